"""Intervals for means of answers in clusters: several of one unit are more alike than those of different ones."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

KORN_GRAUBARD = "Korn and Graubard, clusters of units"
JACKKNIFE = "jackknife over units, t"


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
    from scipy.stats import t

    n = len(without)
    if n < 2 or np.isnan(estimate) or np.isnan(without).any():
        return Estimate(estimate)
    se = float(np.sqrt((n - 1) / n * np.sum((without - without.mean()) ** 2)))
    if se <= 1e-12:
        return Estimate(estimate)
    reach = float(t.isf((1 - confidence_level) / 2, n - 1)) * se
    return Estimate(estimate, se, estimate - reach, estimate + reach, float(2 * t.sf(abs(estimate) / se, n - 1)))


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
    from scipy.special import betaincinv
    from scipy.stats import t

    found, n = mean_interval(counts, sizes, confidence_level), len(sizes)
    share, number = found.estimate, float(sizes.sum())
    if n < 2 or np.isnan(share):
        return Estimate(share)
    tail = (1 - confidence_level) / 2
    effective = float(n)
    if not np.isnan(found.se):
        stretch = (t.isf(tail, number - 1) / t.isf(tail, n - 1)) ** 2
        effective = min(number, max(share * (1 - share) / found.se**2 * float(stretch), 1.0))
    elif 0 < share < 1:  # every cluster has the same share
        effective = number
    has, has_not = share * effective, (1 - share) * effective
    low = 0.0 if has <= 0 else float(betaincinv(has, has_not + 1, tail))
    high = 1.0 if has_not <= 0 else float(betaincinv(has + 1, has_not, 1 - tail))
    return Estimate(share, found.se, low, high)
