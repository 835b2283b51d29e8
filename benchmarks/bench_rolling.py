"""How fast are the shares and gaps of every rolling window of ten years of months?"""

from functools import partial
from typing import Any

import numpy as np
from harness import Question
from numpy.typing import NDArray

import dueregard as dr
from dueregard.inference.trends.windows import RollingIntervals

MONTHS, BOROUGHS, GROUPS = 120, 32, 6
WINDOWS = range(1, 37)
REFERENCE = 5
CHECKED = (1, 12, 36)
"""Windows that are summed month by month before anything is timed."""
PROMISES = {"newcombe": 0.1, "score": 2.0}

Counts = NDArray[np.int64]


def months() -> tuple[Counts, Counts]:
    """Satisfied people and people asked, by month, borough and group: 640 a borough and year."""
    rng = np.random.default_rng(2011)
    share = np.array([0.09, 0.07, 0.02, 0.02, 0.09, 0.71])
    nobs = rng.poisson(640 / 12 * share, (MONTHS, BOROUGHS, GROUPS))
    return rng.binomial(nobs, np.where(np.arange(GROUPS) == REFERENCE, 0.81, 0.74)), nobs


def with_dueregard(count: Counts, nobs: Counts, method: str, threads: int | None = None) -> RollingIntervals:
    return dr.rolling_intervals(count, nobs, window=WINDOWS, reference=REFERENCE, method=method, threads=threads)


def month_by_month(count: Counts, nobs: Counts, method: str) -> dict[int, tuple[Any, ...]]:
    """Each window summed anew, with the intervals of the public functions."""
    found = {}
    for length in CHECKED:
        starts = range(MONTHS - length + 1)
        x, n = (np.array([each[i : i + length].sum(axis=0) for i in starts]) for each in (count, nobs))
        others, one = slice(0, REFERENCE), slice(REFERENCE, None)
        gaps = dr.compare_proportions(x[..., others], n[..., others], x[..., one], n[..., one], method=method)
        shares = dr.proportion_interval(x, n)
        found[length] = (x, n, shares.low, shares.high, gaps.estimate, gaps.low, gaps.high)
    return found


def check(count: Counts, nobs: Counts, method: str) -> None:
    """Refuse to time what gives other counts or limits."""
    rolling = with_dueregard(count, nobs, method)
    for length, (x, n, *limits) in month_by_month(count, nobs, method).items():
        rows = rolling.window == length
        if not (np.array_equal(rolling.count[rows], x) and np.array_equal(rolling.nobs[rows], n)):
            raise AssertionError(f"windows of {length}: other counts")
        ours = (rolling.low, rolling.high, rolling.difference, rolling.difference_low, rolling.difference_high)
        for mine, theirs in zip(ours, limits, strict=True):
            assert mine is not None
            if not np.allclose(mine[rows], theirs, rtol=1e-12, atol=1e-12, equal_nan=True):
                raise AssertionError(f"windows of {length}: other limits by {method}")


def run() -> Question:
    count, nobs = months()
    cells = sum(MONTHS - length + 1 for length in WINDOWS) * BOROUGHS * GROUPS
    question = Question(
        "Rolling windows of every length",
        f"{MONTHS} months, {BOROUGHS} boroughs and {GROUPS} groups at every window from 1 to {WINDOWS[-1]} months: "
        f"{cells:,} shares with Wilson's limits, and their differences from one group. Windows of "
        f"{', '.join(map(str, CHECKED))} months are first summed month by month and compared.",
    )
    for method in PROMISES:
        check(count, nobs, method)
    names = {"newcombe": "counts, Wilson, Newcombe", "score": "counts, Wilson, score with p-values"}
    asked = {
        f"dueregard: {names[method]}{', 1 thread' if threads else ''}": partial(
            with_dueregard, count, nobs, method, threads
        )
        for method in PROMISES
        for threads in (None, 1)
    }
    seconds = question.race(asked, runs=7)
    for method, bound in PROMISES.items():
        question.at_most(f"{names[method]}, seconds", seconds[f"dueregard: {names[method]}"], bound)
    return question
