"""How much areas vary beyond chance, looked at before they are ordered."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.roots import solve_increasing
from dueregard.inference.two_groups.chance_of_q import Errors, chance_of_q

SPREAD = "between-area standard deviation"
LARGEST = "largest gap expected if areas did not differ"

PRIOR_CASES = 30.0
"""How many cases of the rate over all areas are added to those of an area when its variance is estimated."""

STEPS = 2000
"""Intervals of Simpson's rule."""


class Spread(NamedTuple):
    """Standard deviation of the gap between areas with its interval, as fractions, and the p-value of Cochran's Q."""

    estimate: float
    low: float
    high: float
    pvalue: float


def chance_rate(share: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Rates of areas (the first axis) for judging chance, and the variances of the areas' shares by them.

    Each is the area's share drawn towards the rate over all areas, as if 30 more cases with that rate had been seen,
    with the binomial variance that follows from it; NaN where there are no cases. An area's own share alone would go
    wrong twice: at 0 or 1 its variance is 0, and areas that are far out by chance would get too much weight in Q, which
    then finds variation that is not there. The tests hold the type I error of this form, at 5%, below 7.5%.
    """
    overall = ((share * size).sum(axis=0) + 0.5) / (size.sum(axis=0) + 1)
    drawn = (share * size + PRIOR_CASES * overall) / (size + PRIOR_CASES)
    return drawn, np.divide(drawn * (1 - drawn), size, out=np.full(size.shape, np.nan), where=size > 0)


def cochran_q(gap: Floats, variance: Floats) -> float:
    """Weighted squared distances of the gaps from their weighted mean."""
    return float((np.square(gap - _mean(gap, variance)) / variance).sum())


def spread(
    gap: Floats, variance: Floats, confidence_level: float, most: float = 1.0, errors: Errors | None = None
) -> Spread:
    """Between-area standard deviation by Paule and Mandel, with the Q-profile interval.

    The estimate is the deviation at which Cochran's Q comes to its number of degrees of freedom, the limits those at
    which it comes to quantiles of chi-squared: so that the estimate lies between them, also where a few areas are far
    out, and it is 0 wherever Q is no larger than without any variation.

    The p-value is that of Cochran's Q against chi-squared with one degree of freedom fewer than areas: one-sided, since
    only more variation than chance is looked for. So that the interval excludes 0 exactly when p is below
    1 - confidence_level, each of its tails is that wide: its own level is 2 confidence_level - 1, 90% for 95%. It is
    cut at ``most``: no difference can spread beyond 1 (100 percentage points). Paule, R. C. and Mandel, J. (1982),
    Journal of Research of the National Bureau of Standards 87: 377-385; Viechtbauer, W. (2007), Statistics in Medicine
    26: 37-52. With ``errors``, of variances that are estimated or of areas that share clusters, Q is held against what
    it comes to then instead of chi-squared, see `chance_of_q`.
    """
    estimate, low, high = _q_profile(gap, variance, confidence_level, most, errors)
    return Spread(estimate, low, high, chance_of_q(variance, errors).pvalue(cochran_q(gap, variance)))


def _q_profile(
    gap: Floats, variance: Floats, confidence_level: float, most: float, errors: Errors | None
) -> tuple[float, float, float]:
    """The standard deviations at which Q equals its mean and its quantiles."""
    tail = min(1 - confidence_level, 0.5)

    def shortfall(deviation: Floats) -> Floats:
        by_chance = [chance_of_q(variance, errors, d * d) for d in deviation]
        first, low, high = by_chance
        targets = np.array([first.mean, low.upper(tail), high.upper(1 - tail)])
        return np.asarray(targets - np.array([cochran_q(gap, variance + d * d) for d in deviation]))

    estimate, low, high = solve_increasing(shortfall, np.zeros(3), np.full(3, most))
    return float(estimate), float(low), float(high)


def largest_expected(gap: Floats, variance: Floats, most: float = 1.0) -> float:
    """How large the largest gap, in size, would be on average if every area had the same true gap.

    The mean of the largest of independent normals around the weighted mean gap: the integral over t of the chance that
    any gap is beyond t, from 0 to ``most``, the largest gap there can be, by Simpson's rule on 2,000 intervals.
    """
    from scipy.special import ndtr

    common, error = _mean(gap, variance), np.sqrt(variance)
    top = min(most, abs(common) + 10 * float(error.max()))
    beyond = np.empty(STEPS + 1)
    block = max(1, 2**20 // len(gap))  # so that many areas do not take much memory
    for start in range(0, STEPS + 1, block):
        t = top / STEPS * np.arange(start, min(start + block, STEPS + 1))[:, np.newaxis]
        within = ndtr((t - common) / error) - ndtr((-t - common) / error)
        beyond[start : start + block] = 1 - within.prod(axis=1)
    weights = np.where(np.arange(STEPS + 1) % 2 == 1, 4.0, 2.0)
    weights[[0, -1]] = 1.0
    return float((weights * beyond).sum() * top / (3 * STEPS))


def _mean(gap: Floats, variance: Floats) -> float:
    return float((gap / variance).sum() / (1 / variance).sum())
