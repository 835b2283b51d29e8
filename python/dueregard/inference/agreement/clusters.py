"""Intervals for means of answers in clusters: several of one unit are more alike than those of different ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

KORN_GRAUBARD = "Korn and Graubard, clusters of units"
JACKKNIFE = "jackknife over units, t"
MOVER = "MOVER of the limits of either side, clusters of units"
LEAST_P = 1e-12
"""Chances are not told apart below this."""
MOST_LOG_P = -1e-3
"""Nor are those whose logarithm is above this: they count as 1."""


class Estimate(NamedTuple):
    """An estimate with its standard error, limits and p-value against 0; NaN where they cannot be had."""

    estimate: float
    se: float = float("nan")
    low: float = float("nan")
    high: float = float("nan")
    pvalue: float = float("nan")


def jackknife(estimate: float, without: Floats, confidence_level: float) -> Estimate:
    """An estimate with limits from what it is without each cluster in turn.

    Parameters
    ----------
    estimate : float
        From all clusters.
    without : array of float, shape (n_clusters,)
        The estimate without each of them.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Estimate
        Without limits where there are fewer than two clusters, an estimate without one of them is undefined, or all are
        the same: that shows no error to measure, not that there is none.

    Notes
    -----
    Student's t with one degree of freedom fewer than clusters. Efron, B. and Tibshirani, R. J. (1993), An Introduction
    to the Bootstrap, chapter 11; Wolter, K. M. (2007), Introduction to Variance Estimation, chapter 4.
    """
    from scipy.special import stdtr, stdtrit

    n = len(without)
    if n < 2 or np.isnan(estimate) or np.isnan(without).any():
        return Estimate(estimate)
    se = float(np.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2)))
    if se <= 1e-12:
        return Estimate(estimate)
    reach = -float(stdtrit(n - 1, (1 - confidence_level) / 2)) * se
    return Estimate(estimate, se, estimate - reach, estimate + reach, float(2 * stdtr(n - 1, -abs(estimate) / se)))


def mean_interval(totals: NDArray[np.float64], sizes: NDArray[np.float64], confidence_level: float) -> Estimate:
    """The mean of all answers, from the sum and the number of answers of each cluster."""
    from_all, number = float(totals.sum()), float(sizes.sum())
    rest = number - sizes
    without = np.divide(from_all - totals, rest, out=np.full(len(sizes), np.nan), where=rest > 0)
    return jackknife(from_all / number if number else float("nan"), without, confidence_level)


def share_interval(counts: NDArray[np.float64], sizes: NDArray[np.float64], confidence_level: float) -> Estimate:
    """The share of all answers that have a property, from the counts and numbers of answers of each cluster.

    Returns
    -------
    Estimate
        Fractions. Without limits where there are fewer than two clusters.

    Notes
    -----
    Clopper and Pearson's limits with the number of independent answers that would vary as much, and never more than
    there are. Where none or all have the property nothing varies, and each cluster counts as one answer. Korn, E. L.
    and Graubard, B. I. (1998), Confidence intervals for proportions with small expected number of positive counts
    estimated from survey data, Survey Methodology 24: 193-201.
    """
    found, n = mean_interval(counts, sizes, confidence_level), len(sizes)
    if n < 2 or np.isnan(found.estimate):
        return Estimate(found.estimate)
    number = _independent(found, sizes, float(sizes.sum()), confidence_level)
    return found._replace(pvalue=float("nan"), **_limits(found.estimate, number or n, confidence_level))


def _independent(found: Estimate, sizes: NDArray[np.float64], most: float, confidence_level: float) -> float | None:
    """How many independent answers, ``most`` at most, would vary as much; None where none or all have the property."""
    from scipy.special import stdtrit

    share, number, tail = found.estimate, float(sizes.sum()), (1 - confidence_level) / 2
    if np.isnan(found.se):  # every cluster has the same share
        return most if 0 < share < 1 else None
    stretch = float(stdtrit(number - 1, tail) / stdtrit(len(sizes) - 1, tail)) ** 2
    return min(most, max(share * (1 - share) / found.se**2 * stretch, 1.0))


def _limits(share: float, number: float, confidence_level: float) -> dict[str, float]:
    """Clopper and Pearson's limits of a share of so many answers, which need not be whole."""
    from scipy.special import betaincinv

    has, has_not, tail = share * number, (1 - share) * number, (1 - confidence_level) / 2
    low = 0.0 if has <= 0 else float(betaincinv(has, has_not + 1, tail))
    return {"low": low, "high": 1.0 if has_not <= 0 else float(betaincinv(has + 1, has_not, 1 - tail))}


def difference_interval(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    sizes: NDArray[np.float64],
    confidence_level: float,
    squares: tuple[float, float] | None = None,
) -> Estimate:
    """The difference of two means of the same answers, each of them from 0 to 1.

    Parameters
    ----------
    first, second : array of float, shape (n_clusters,)
        Sums over the answers of each cluster.
    sizes : array of float, shape (n_clusters,)
        Answers of each cluster.
    confidence_level : float
        Between 0 and 1.
    squares : pair of float, optional
        Sums of the squares of all answers, first and second, where they are not 0 or 1 alone.

    Returns
    -------
    Estimate
        First less second. Without limits where there are fewer than two clusters. The p-value is the smallest
        1 - confidence_level at which the limits leave out 0.

    Notes
    -----
    The limits of `share_interval` of either mean, put together with their correlation over clusters (MOVER); a side
    that is all 0 or all 1 is taken to vary as the other one does. They hold where few answers are other than 0, of
    which a jackknife makes too little. Zou, G. Y. and Donner, A. (2008), Construction of confidence limits about effect
    measures, Statistics in Medicine 27: 1693-1702.
    """
    whole = mean_interval(first - second, sizes, confidence_level)
    if len(sizes) < 2 or np.isnan(whole.estimate):
        return Estimate(whole.estimate)
    most = [
        _most(each.sum(), square, sizes) for each, square in zip((first, second), squares or (None, None), strict=True)
    ]
    low, high = _put_together(first, second, sizes, most, confidence_level)
    pvalue = _smallest(lambda level: _put_together(first, second, sizes, most, level))
    return Estimate(whole.estimate, whole.se, low, high, pvalue)


def _most(total: float, square: float | None, sizes: NDArray[np.float64]) -> float:
    """As how many answers of 0 or 1 all answers count if they are independent: more where they vary less than those."""
    number = float(sizes.sum())
    share = total / number
    varying = share * (1 - share) if square is None else square / number - share**2
    return number * max(share * (1 - share) / varying, 1.0) if varying > 1e-12 else number


def _put_together(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    sizes: NDArray[np.float64],
    most: list[float],
    level: float,
) -> tuple[float, float]:
    sides = [mean_interval(counts, sizes, level) for counts in (first, second)]
    numbers = [_independent(side, sizes, own, level) for side, own in zip(sides, most, strict=True)]
    one, other = (
        side._replace(**_limits(side.estimate, own or its or len(sizes), level))
        for side, own, its in zip(sides, numbers, reversed(numbers), strict=True)
    )
    both = mean_interval(first - second, sizes, level).se
    product = one.se * other.se
    found = (one.se**2 + other.se**2 - both**2) / (2 * product) if product > 0 else 0.0  # NaN where nothing varies
    correlation = float(np.clip(found, -1, 1)) if found == found else 0.0

    def reach(a: float, b: float) -> float:
        return float(np.sqrt(max(a * a + b * b - 2 * correlation * a * b, 0.0)))

    estimate = one.estimate - other.estimate
    below = reach(one.estimate - one.low, other.high - other.estimate)
    return estimate - below, estimate + reach(one.high - one.estimate, other.estimate - other.low)


def _smallest(limits: Callable[[float], tuple[float, float]]) -> float:
    """The smallest 1 - level at which limits leave out 0."""
    from scipy.optimize import brentq

    def outside(log_chance: float) -> float:
        low, high = limits(-float(np.expm1(log_chance)))
        return max(low, -high)

    least, most = np.log(LEAST_P), MOST_LOG_P
    if outside(most) <= 0:
        return 1.0
    return LEAST_P if outside(least) > 0 else float(np.exp(brentq(outside, least, most, xtol=1e-10)))
