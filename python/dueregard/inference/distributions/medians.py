"""Medians and other quantiles of value counts, with exact intervals; medians compared."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.reaches import Limits, Reach
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Comparison

Integers = NDArray[np.int64]
MEASURES = ("difference", "ratio")


class QuantileInterval(NamedTuple):
    """A quantile with its limits, the level they really have, and what to know about it (see `dueregard.Flag`)."""

    estimate: Any
    low: Any
    high: Any
    level: Any
    flag: Any


def median_interval(
    values: Any, counts: Any = None, *, quantile: float = 0.5, confidence_level: float = 0.95
) -> QuantileInterval:
    """Median, or another quantile, with its exact interval from order statistics.

    Parameters
    ----------
    values : array of float
        The values, along one axis and in any order.
    counts : array of int, optional
        How many had each value (the last axis); once each unless given.
    quantile : float
        Between 0 and 1.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    QuantileInterval
        ``estimate``, ``low``, ``high``, ``level`` and ``flag``: numbers for one distribution, otherwise arrays.
        ``level`` is the level that the interval really has for a continuous quantity, at least ``confidence_level``;
        ties only raise it. Where there are too few values for a limit (fewer than 6 for a median at 95%) it is
        infinite. Without values all are NaN.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a value is not finite, a count is negative or fractional, the lengths differ, or the quantile or the level
        lies outside 0 to 1.

    Notes
    -----
    The limits are the r-th smallest and the s-th smallest value, where r is the largest with P(B < r) and s the
    smallest with P(B >= s) at most (1 - confidence_level) / 2 each, and B is binomial with n values and probability
    ``quantile``. Where quantile x n is a whole number k the estimate is the mean of the k-th and the next
    value, otherwise it is the one after it; for the median that is the usual one. Thompson, W. R. (1936), Annals of
    Mathematical Statistics 7: 122-128.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.median_interval([11.9, 12.0, 12.5, 13.0, 14.2, 15.0, 17.5, 21.0, 28.0, 35.0])
    >>> found.estimate, found.low, found.high, round(found.level, 4)
    (14.6, 12.0, 28.0, 0.9785)
    """
    level = checked.level(confidence_level)
    share = checked.level(quantile) if isinstance(quantile, float) and 0 < quantile < 1 else _refuse_quantile(quantile)
    known, numbers = _distribution("values", values, "counts", counts)
    total = numbers.sum(axis=-1)
    tail = np.asarray((1 - level) / 2)
    first, last = order_ranks(total, share, tail)
    low, high = _values_at(known, numbers, first), _values_at(known, numbers, last)
    estimate = quantiles(known, numbers, share)
    reached = _binomial_below(last - 1, total, share) - _binomial_below(first - 1, total, share)
    flag = np.where(total == 0, Flag.NO_CASES, np.where(total < SMALL_BASE, Flag.SMALL_BASE, 0))
    low, high, reached = (np.where(total > 0, a, np.nan) for a in (low, high, reached))
    if total.ndim == 0:
        return QuantileInterval(float(estimate), float(low), float(high), float(reached), Flag(int(flag)))
    return QuantileInterval(estimate, low, high, reached, flag.astype(np.int64))


def compare_medians(
    values: Any,
    counts1: Any,
    counts2: Any,
    *,
    measure: str = "difference",
    confidence_level: float = 0.95,
) -> Comparison:
    """Compare the medians of two groups.

    Parameters
    ----------
    values : array of float
        The values, along one axis; for a ratio above 0.
    counts1, counts2 : array of int
        How many of each group had each value (the last axis; the others broadcast).
    measure : {"difference", "ratio"}
        First less second, or first over second.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic`` (the normal deviate that the p-value stands for), ``pvalue`` and
        ``flag``; NaN where a group has no values. A group of so few values that a limit of its own median is infinite
        gives an infinite limit here.

    Raises
    ------
    TypeError, ValueError
        As `median_interval`.

    Notes
    -----
    The limits recover variances from the two exact intervals, as Newcombe's do for proportions (MOVER; Zou and Donner
    2008, Statistics in Medicine 27: 1693-1702): the difference less sqrt((m1 - l1)^2 + (u2 - m2)^2) and plus
    sqrt((u1 - m1)^2 + (m2 - l2)^2), for a ratio the same on logarithms. The p-value is the smallest 1 - level at which
    the interval excludes no difference. Both steps lean to caution, the exact intervals most in small groups.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_medians([5, 10, 15, 20, 30], [4, 9, 12, 9, 6], [1, 4, 10, 15, 10])
    >>> round(found.estimate, 2), round(found.low, 2), round(found.high, 2)
    (-5.0, -5.0, 2.07)
    """
    checked.one_of("measure", measure, MEASURES)
    level = checked.level(confidence_level)
    for name, counts in (("counts1", counts1), ("counts2", counts2)):
        if counts is None:
            raise TypeError(f"{name}: None is not a number")
    known, first = _distribution("values", values, "counts1", counts1)
    _, second = _distribution("values", values, "counts2", counts2)
    if measure == "ratio":
        checked.refuse_first("values", known, known <= 0, "is not above 0, which a ratio needs")
    first, second = checked.broadcast(counts1=first, counts2=second)
    shape = first.shape[:-1]
    one, other = (counts.reshape(-1, len(known)) for counts in (first, second))
    found = median_contrast(known, one, other, measure).compare(level)
    stacked = np.stack(found).reshape(5, *shape)
    sizes = first.sum(axis=-1), second.sum(axis=-1)
    return two_samples.pack(stacked, two_samples.sample_flags(*sizes, stacked[0]))


def median_contrast(values: Floats, first: Floats, second: Floats, measure: str) -> Reach:
    """Medians of counts (one row for each comparison) of ascending values, compared by MOVER on exact intervals."""
    limits1, limits2 = exact_limits(values, first), exact_limits(values, second)
    middle1, middle2 = quantiles(values, first, 0.5), quantiles(values, second, 0.5)
    if measure == "ratio":
        return ratio_by_logarithms(middle1, limits1, middle2, limits2, "MOVER of exact medians")
    return Reach(middle1 - middle2, mover(middle1, limits1, middle2, limits2), 0.0, "MOVER of exact medians")


def mover(middle1: Floats, limits1: Limits, middle2: Floats, limits2: Limits) -> Limits:
    """The limits of a difference from those of its two sides."""

    def limits(z: Floats) -> tuple[Floats, Floats]:
        (low1, high1), (low2, high2) = limits1(z), limits2(z)
        with np.errstate(invalid="ignore"):
            below, above = np.hypot(middle1 - low1, high2 - middle2), np.hypot(high1 - middle1, middle2 - low2)
            return middle1 - middle2 - below, middle1 - middle2 + above

    return limits


def ratio_by_logarithms(middle1: Floats, limits1: Limits, middle2: Floats, limits2: Limits, method: str) -> Reach:
    """A ratio whose limits are those of the difference of logarithms; NaN where a median is not above 0."""

    def logarithms(limits: Limits) -> Limits:
        return lambda z: tuple(_log(limit) for limit in limits(z))  # type: ignore[return-value]

    logs = _log(np.where(middle1 > 0, middle1, np.nan)), _log(np.where(middle2 > 0, middle2, np.nan))
    of_logs = mover(logs[0], logarithms(limits1), logs[1], logarithms(limits2))

    def limits(z: Floats) -> tuple[Floats, Floats]:
        with np.errstate(over="ignore"):
            low, high = of_logs(z)
            return np.exp(low), np.exp(high)

    return Reach(np.exp(logs[0] - logs[1]), limits, 1.0, method)


def _log(values: Floats) -> Floats:
    """Logarithms; of what is 0 or below, minus infinity."""
    with np.errstate(divide="ignore"):
        return np.log(np.where(np.isnan(values), np.nan, np.maximum(values, 0)))


def exact_limits(values: Floats, counts: Floats) -> Limits:
    """The exact limits of medians (one row of counts each) for any number of standard errors."""
    from scipy.special import ndtr

    total = counts.sum(axis=-1)
    before = np.cumsum(counts, axis=-1)

    def limits(z: Floats) -> tuple[Floats, Floats]:
        first, last = order_ranks(total, 0.5, np.asarray(ndtr(-z)))
        return _looked_up(values, before, first), _looked_up(values, before, last)

    return limits


def order_limits(values: Floats, counts: Floats, confidence_level: float) -> tuple[Floats, Floats]:
    """The exact limits of medians of counts (the last axis) of ascending values; NaN where there are none."""
    low, high = exact_limits(values, counts)(np.asarray(normal_quantile(confidence_level)))
    present = counts.sum(axis=-1) > 0
    return np.where(present, low, np.nan), np.where(present, high, np.nan)


def order_ranks(total: Floats, share: float, tail: Floats) -> tuple[Integers, Integers]:
    """The ranks of the limits: 0 and n + 1 stand for infinite ones. Each leaves at most ``tail`` outside."""
    total, tail = np.broadcast_arrays(total, tail)
    first = _largest_rank(total, share, tail)
    return first, (total + 1 - _largest_rank(total, 1 - share, tail)).astype(np.int64)


def _largest_rank(total: Floats, share: float, tail: Floats) -> Integers:
    """The largest r with P(B < r) at most ``tail``, by halving."""
    low, high = np.zeros(total.shape, np.int64), total.astype(np.int64)
    while (low < high).any():
        middle = (low + high + 1) // 2
        fits = _binomial_below(middle - 1, total, share) <= tail
        low, high = np.where(fits, middle, low), np.where(fits, high, np.maximum(middle - 1, low))
    return low


def _binomial_below(largest: Any, total: Floats, share: float) -> Floats:
    """P(B <= largest), also where that is -1 or n."""
    from scipy.special import bdtr

    inside = np.clip(largest, 0, total).astype(np.float64)
    return np.where(np.asarray(largest) < 0, 0.0, bdtr(inside, total.astype(np.int64), share))


def quantiles(values: Floats, counts: Floats, share: float) -> Floats:
    """Quantiles of counts (the last axis) of ascending values, averaged where they fall between two."""
    total = counts.sum(axis=-1)
    exact = share * total
    near = np.round(exact)
    whole = np.abs(exact - near) <= 1e-9 * np.maximum(near, 1)
    first = np.where(whole, near, np.ceil(exact)).astype(np.int64)
    low, high = (_values_at(values, counts, rank) for rank in (first, first + whole))
    with np.errstate(invalid="ignore"):
        return np.where(total > 0, low + (high - low) / 2, np.nan)


def _values_at(values: Floats, counts: Floats, rank: Integers) -> Floats:
    return _looked_up(values, np.cumsum(counts, axis=-1), rank)


def _looked_up(values: Floats, before: Floats, rank: Integers) -> Floats:
    """The value at each rank of each row of cumulated counts; rank 0 is minus infinity, n + 1 infinity."""
    if not len(values):
        return np.full(np.broadcast_shapes(rank.shape, before.shape[:-1]), np.nan)
    rows = before.reshape(-1, len(values))
    shape = np.broadcast_shapes(rank.shape, before.shape[:-1])
    wanted = np.moveaxis(np.broadcast_to(rank, shape).reshape(*shape[: len(shape) - before.ndim + 1], len(rows)), -1, 0)
    found = np.stack([_value_of(values, row, ranks) for row, ranks in zip(rows, wanted, strict=True)], axis=-1)
    return found.reshape(shape)


def _value_of(values: Floats, before: Floats, ranks: Integers) -> Floats:
    at = np.searchsorted(before, ranks, side="left")
    inside = values[np.minimum(at, len(values) - 1)]
    return np.where(ranks < 1, -np.inf, np.where(ranks > before[-1], np.inf, inside))


def _distribution(values_name: str, values: Any, counts_name: str, counts: Any) -> tuple[Floats, Floats]:
    """Ascending values, and the counts in their order."""
    known = checked.finite_numbers(values_name, values)
    if known.ndim != 1:
        raise ValueError(f"{values_name}: needs one axis, not shape {known.shape}")
    numbers = np.ones(known.shape) if counts is None else checked.whole_numbers(counts_name, counts)
    if numbers.ndim == 0 or numbers.shape[-1] != len(known):
        length = "none" if numbers.ndim == 0 else numbers.shape[-1]
        raise ValueError(f"{counts_name}: {length} along the last axis for {len(known)} values")
    order = np.argsort(known, kind="stable")
    return known[order], numbers[..., order]


def _refuse_quantile(quantile: Any) -> float:
    if isinstance(quantile, bool) or not isinstance(quantile, (int, float)):
        raise TypeError(f"quantile: {quantile!r} is not a number")
    raise ValueError(f"quantile: {quantile!r} is not between 0 and 1")
