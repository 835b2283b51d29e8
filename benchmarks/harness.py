"""Timing that a shared, noisy machine cannot spoil: the best of many runs, taken in turns, and their ratios."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

RUNS = 15


def race(functions: Mapping[str, Callable[[], Any]], runs: int = RUNS) -> dict[str, float]:
    """Seconds of the fastest of ``runs`` calls of each function.

    The functions take turns, so that a slow minute of the machine is everybody's; before each timed call there is one
    that brings the function's own data near.
    """
    times: dict[str, list[float]] = {name: [] for name in functions}
    for _ in range(runs):
        for name, function in functions.items():
            function()
            start = time.perf_counter()
            function()
            times[name].append(time.perf_counter() - start)
    return {name: min(taken) for name, taken in times.items()}


@dataclass
class Question:
    """One benchmark: what was timed, and which promise each ratio keeps, where one was given."""

    title: str
    note: str
    timings: list[tuple[str, float]] = field(default_factory=list)
    promises: list[tuple[str, float, str, float]] = field(default_factory=list)
    reported: list[tuple[str, float]] = field(default_factory=list)

    def race(self, functions: Mapping[str, Callable[[], Any]], runs: int = RUNS) -> dict[str, float]:
        """Time the functions in turns and keep the times for the report."""
        seconds = race(functions, runs)
        self.timings += seconds.items()
        for name, taken in seconds.items():
            print(f"  {name:<60} {taken * 1e3:10.2f} ms", flush=True)
        return seconds

    def at_most(self, what: str, measured: float, bound: float) -> None:
        self._promise(what, measured, "at most", bound, measured <= bound)

    def at_least(self, what: str, measured: float, bound: float) -> None:
        self._promise(what, measured, "at least", bound, measured >= bound)

    def report(self, what: str, measured: float) -> None:
        """Keep a ratio that nothing is promised of."""
        self.reported.append((what, measured))
        print(f"  {what}: {measured:.2f}", flush=True)

    def _promise(self, what: str, measured: float, sense: str, bound: float, kept: bool) -> None:
        self.promises.append((what, measured, sense, bound))
        print(f"  {what}: {measured:.2f}, {sense} {bound:g}: {'kept' if kept else 'NOT KEPT'}", flush=True)

    def markdown(self) -> str:
        lines = [f"## {self.title}", "", self.note, "", "| work | time |", "|---|--:|"]
        lines += [f"| {name} | {seconds * 1e3:,.2f} ms |" for name, seconds in self.timings]
        lines += ["", "| ratio | measured | promised | kept |", "|---|--:|--:|---|"]
        for what, measured, sense, bound in self.promises:
            kept = measured <= bound if sense == "at most" else measured >= bound
            lines.append(f"| {what} | {measured:.2f} | {sense} {bound:g} | {'yes' if kept else 'no'} |")
        lines += [f"| {what} | {measured:.2f} | | |" for what, measured in self.reported]
        return "\n".join(lines) + "\n"


def versions(*packages: str) -> str:
    return ", ".join(f"{package} {version(package)}" for package in packages)


def check_equal(name: str, found: Any, expected: Any) -> None:
    """Refuse to time what gives another answer."""
    if found != expected:
        raise AssertionError(f"{name} counts differently: it is not the same work, so it is not timed")
