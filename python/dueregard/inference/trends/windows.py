"""Rolling windows over counts by period: their sums, their shares, and their differences from a reference."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, threads
from dueregard.inference import checked
from dueregard.inference.checked import Floats

METHODS = ("newcombe", "score")

BLOCK = 1 << 15
"""How many cells are worked on at a time: what fits near the processor."""

Counts = NDArray[Any]


@dataclass(frozen=True, eq=False)
class RollingIntervals:
    """Windows down the first axis, shortest first and in order of time; the other axes are those of the counts.

    ``window`` is how many periods each has and ``end`` the position of its last one. ``low`` and ``high`` are Wilson's
    for each share; ``difference`` and what follows have one group fewer along the last axis, and are None without a
    reference. ``pvalue`` is None where the method is only an interval.
    """

    window: NDArray[np.int64]
    end: NDArray[np.int64]
    count: Counts
    nobs: Counts
    share: Floats
    low: Floats
    high: Floats
    difference: Floats | None = None
    difference_low: Floats | None = None
    difference_high: Floats | None = None
    pvalue: Floats | None = None


def cumulated(counts: Counts) -> Counts:
    """What had been counted before each period, and after the last one: sums down the first axis, from 0."""
    sums = np.zeros((len(counts) + 1, *counts.shape[1:]), counts.dtype)
    np.cumsum(counts, axis=0, out=sums[1:])
    return sums


def rolled(counts: Counts, window: int) -> Counts:
    """Sums over every ``window`` successive periods (the first axis), from the first full window on.

    >>> rolled(np.array([1, 2, 3, 4]), 2)
    array([3, 5, 7])
    """
    sums = cumulated(counts)
    return np.asarray(sums[window:] - sums[: len(sums) - window])


def rolling_intervals(
    count: Any,
    nobs: Any,
    *,
    window: int | Sequence[int],
    reference: int | None = None,
    method: str = "newcombe",
    confidence_level: float = 0.95,
    threads: int | None = None,
) -> RollingIntervals:
    """Rolling shares, and their differences from a reference group, at every length of window asked for.

    Parameters
    ----------
    count, nobs : array of int
        Cases with the property among cases, periods down the first axis (every period of the calendar, in order) and,
        with a reference, groups along the last. Any axes between them, such as areas. They have one shape.
    window : int or sequence of int
        How many periods a window has, or several such numbers.
    reference : int, optional
        Position of the group that every other one is compared with.
    method : {"newcombe", "score"}
        Intervals of the differences: as in `dueregard.compare_proportions`, where "newcombe" comes without p-values.
    confidence_level : float
        Between 0 and 1.
    threads : int, optional
        By default one per processor when there is work enough. The result does not depend on it.

    Returns
    -------
    RollingIntervals
        As fractions. A window is pooled: its share is that of all its cases, not the mean of the shares of its periods.
        Where a window has no cases, or its reference none, NaN.

    Raises
    ------
    TypeError
        If a count, a window or the reference is no whole number.
    ValueError
        If a count is negative, not whole, not finite or above ``nobs``, with the first bad element; if a window is
        below 1 or longer than the series, with both lengths; if there is no such group or method.

    Notes
    -----
    Sums of windows are differences of running sums of whole numbers: exact, and the same work for every length.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.rolling_intervals([8, 9, 7, 4], [10, 10, 10, 10], window=3)
    >>> found.end.tolist(), found.share.round(2).tolist(), found.low.round(2).tolist()
    ([2, 3], [0.8, 0.67], [0.63, 0.49])
    """
    counts, sizes = _read(count, nobs)
    lengths = _windows(window, len(counts))
    checked.one_of("method", method, METHODS)
    place = None if reference is None else _position(reference, counts)
    ends = [np.arange(length - 1, len(counts)) for length in lengths]
    made = _Work(
        np.repeat(np.array(lengths, np.int64), [len(each) for each in ends]),
        np.concatenate(ends),
        cumulated(counts),
        cumulated(sizes),
        place,
        method,
        checked.level(confidence_level),
    )
    return made.done(threads)


class _Work:
    """Windows worked on in blocks, each range of them in a thread of its own."""

    def __init__(
        self, window: Counts, end: Counts, counts: Floats, sizes: Floats, place: int | None, method: str, level: float
    ) -> None:
        self.window, self.end, self.place, self.method, self.level = window, end, place, method, level
        self.counts, self.sizes = counts, sizes
        shape = counts.shape[1:]
        self.each = max(1, int(np.prod(shape)))
        self.others = [] if place is None else [i for i in range(shape[-1]) if i != place]
        self.of_shares = np.empty((5, len(end), *shape))
        self.of_gaps = np.empty((4, len(end), *shape[:-1], len(self.others))) if place is not None else None

    def done(self, asked: int | None) -> RollingIntervals:
        n_threads = min(threads.choose(asked, len(self.end) * self.each), max(1, len(self.end)))
        threads.over_ranges(self._range, len(self.end), n_threads)
        count, nobs, share, low, high = self.of_shares
        counts, sizes = count.astype(np.int64), nobs.astype(np.int64)
        shares = RollingIntervals(self.window, self.end, counts, sizes, share, low, high)
        if self.of_gaps is None:
            return shares
        difference, below, above, pvalue = self.of_gaps
        return replace(
            shares, difference=difference, difference_low=below, difference_high=above,
            pvalue=None if self.method == "newcombe" else pvalue,
        )  # fmt: skip

    def _range(self, start: int, stop: int, interrupt: threads.Interrupt) -> None:
        step = max(1, BLOCK // self.each)
        for first in range(start, stop, step):
            block = slice(first, min(first + step, stop))
            self._shares(block, interrupt)
            if self.of_gaps is not None:
                self._by_distances(block) if self.method == "newcombe" else self._by_score(block, interrupt)

    def _shares(self, block: slice, interrupt: threads.Interrupt) -> None:
        after, before = self.end[block] + 1, self.end[block] + 1 - self.window[block]
        count, nobs, share, low, high = self.of_shares[:, block]
        np.subtract(self.counts[after], self.counts[before], out=count)
        np.subtract(self.sizes[after], self.sizes[before], out=nobs)
        share[...] = np.nan
        np.divide(count, nobs, out=share, where=nobs > 0)
        limits = _core.proportion_interval(count.reshape(-1), nobs.reshape(-1), "wilson", self.level, interrupt)
        low[...], high[...] = limits.reshape(2, *count.shape)

    def _by_distances(self, block: slice) -> None:
        """Newcombe's limits: root sums of squares of the distances to Wilson's, which are there already."""
        assert self.of_gaps is not None and self.place is not None
        _, _, share, low, high = self.of_shares[:, block]
        down, up = np.square(share - low), np.square(high - share)
        one = slice(self.place, self.place + 1)
        estimate, below, above, _ = self.of_gaps[:, block]
        np.subtract(share[..., self.others], share[..., one], out=estimate)
        np.subtract(estimate, np.sqrt(down[..., self.others] + up[..., one]), out=below)
        np.add(estimate, np.sqrt(up[..., self.others] + down[..., one]), out=above)

    def _by_score(self, block: slice, interrupt: threads.Interrupt) -> None:
        assert self.of_gaps is not None and self.place is not None
        count, nobs = self.of_shares[:2, block]
        theirs = (np.broadcast_to(each[..., [self.place]], each[..., self.others].shape) for each in (count, nobs))
        arrays = (count[..., self.others], nobs[..., self.others], *theirs)
        count1, nobs1, count2, nobs2 = (np.ascontiguousarray(each).reshape(-1) for each in arrays)
        null = np.zeros(len(count1))
        rows = _core.compare_proportions(
            count1, nobs1, count2, nobs2, null, "difference", "score", self.level, "two-sided", interrupt
        )
        self.of_gaps[:, block] = rows[[0, 1, 2, 4]].reshape(4, *arrays[0].shape)


def _read(count: Any, nobs: Any) -> tuple[Floats, Floats]:
    counts, sizes = checked.counts_within(count, nobs)
    if counts.ndim == 0:
        raise ValueError("count: needs periods down its first axis, and is one number")
    return counts, sizes


def _windows(window: Any, n_periods: int) -> list[int]:
    several = window if isinstance(window, Sequence | np.ndarray | range) and not isinstance(window, str) else [window]
    lengths = [checked.at_least_one("window", each) for each in several]
    if not lengths:
        raise ValueError("window: there is none")
    for length in lengths:
        if length > n_periods:
            raise ValueError(f"window: {length} periods, and the series has {n_periods}")
    return sorted(set(lengths))


def _position(reference: Any, counts: Floats) -> int:
    place = checked.integer("reference", reference)
    n_groups = counts.shape[-1] if counts.ndim > 1 else 0
    if not 0 <= place < n_groups:
        raise ValueError(f"reference: {place} is not the position of one of {n_groups} groups (the last axis)")
    return place
