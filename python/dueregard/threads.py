"""Row ranges worked on apart, each in its own thread."""

import os
import sys
from collections.abc import Callable
from threading import Event, Thread
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Interrupt = NDArray[np.uint8]
Result = TypeVar("Result")

# With fewer rows each, starting a thread takes a good part of the time it saves.
MIN_ROWS_PER_THREAD = 1 << 18


def choose(threads: int | None, n_rows: int) -> int:
    """The number of threads for ``n_rows``: what was asked for, else one per processor with enough rows each."""
    if threads is None:
        threads = max(1, min(_processors(), n_rows // MIN_ROWS_PER_THREAD))
    if isinstance(threads, bool) or not isinstance(threads, int | np.integer):
        raise TypeError(f"threads must be a whole number, not {threads!r}")
    if threads < 1:
        raise ValueError(f"threads must be at least 1, not {threads}")
    if sys.is_finalizing():  # a new thread would never run, and be waited for without end
        return 1
    return max(1, min(int(threads), n_rows))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def over_ranges(work: Callable[[int, int, Interrupt], Result], n_rows: int, threads: int) -> list[Result]:
    """``work(start, stop, interrupt)`` for ``threads`` equal ranges of rows, the first in the calling thread.

    If a range fails the others are told to stop through ``interrupt``, all are waited for, and the error of the first
    range in row order is raised. Ctrl-C is such a failure of the calling thread.
    """
    bounds = [n_rows * i // threads for i in range(threads + 1)]
    interrupt = np.zeros(1, np.uint8)
    outcomes: list[Any] = [None] * threads

    def run(i: int) -> None:
        try:
            outcomes[i] = work(bounds[i], bounds[i + 1], interrupt)
        except InterruptedError:
            pass  # another range failed, and its error is the one to raise
        except BaseException as error:
            outcomes[i] = error
            if i == 0:
                interrupt[0] = 1  # later ranges cannot hold an earlier error

    workers = [_Worker(run, i) for i in range(1, threads)]
    try:
        for worker in workers:
            worker.start()
        run(0)
        _wait_for(workers)
    except BaseException:  # Ctrl-C between the lines, or no thread to be had
        interrupt[0] = 1
        _wait_for(workers)
        raise
    for outcome in outcomes:
        if isinstance(outcome, BaseException):
            raise outcome
    return outcomes


class _Worker(Thread):
    """A thread that says itself when it is done: Ctrl-C in a join makes Python take a running thread for one ended."""

    def __init__(self, work: Callable[[int], None], i: int) -> None:
        super().__init__(daemon=True)
        self.work, self.i = work, i
        self.done = Event()
        self.longest_wait: float | None = 0.0

    def start(self) -> None:
        self.longest_wait = 0.1  # Ctrl-C in the next line leaves open whether there is a thread
        super().start()
        self.longest_wait = None

    def run(self) -> None:
        try:
            self.work(self.i)
        finally:
            self.done.set()


def _wait_for(workers: list[_Worker]) -> None:
    for worker in workers:
        if worker.done.wait(worker.longest_wait):
            worker.join()
