"""Two groups compared within strata: a difference, ratio or odds ratio common to all, and whether it is common."""

import math
from collections.abc import Callable
from itertools import pairwise
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Strata = list[tuple[float, float, float, float]]
"""(x1, n1, x2, n2) of each stratum that has both groups."""

ENDS = {"difference": (-1.0, 1.0), "ratio": (0.0, math.inf), "odds-ratio": (0.0, math.inf)}
"""The range of each measure."""


class Answer(NamedTuple):
    """What is said of one table of strata."""

    estimate: float
    low: float
    high: float
    statistic: float
    pvalue: float
    homogeneity: float = math.nan
    df: float = math.nan


def compare_stratified(
    count1: NDArray[np.float64],
    nobs1: NDArray[np.float64],
    count2: NDArray[np.float64],
    nobs2: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
) -> NDArray[np.float64]:
    """Rows estimate, low, high, statistic, pvalue, and statistic and degrees of freedom of the test of homogeneity."""
    compare = {"score": score, "mantel-haenszel": mantel_haenszel}[method]
    answers = []
    for table, value in zip(zip(count1, nobs1, count2, nobs2, strict=True), null, strict=True):
        strata = [s for s in zip(*(a.tolist() for a in table), strict=True) if s[1] > 0 and s[3] > 0]
        answer = Answer(*[math.nan] * 5)
        if strata:
            answer = compare(strata, measure, float(value), confidence_level, alternative)
            answer = open_other_side(answer, measure, alternative)
            answer = answer._replace(**dict(zip(("homogeneity", "df"), homogeneity(strata, measure), strict=True)))
        answers.append(answer)
    return np.array(answers, np.float64).reshape(-1, 7).T.copy()


def open_other_side(answer: Answer, measure: str, alternative: str) -> Answer:
    """A one-sided question has one limit; the other is the end of the range."""
    low, high = ENDS[measure]
    if alternative == "less":
        return answer._replace(low=low)
    return answer._replace(high=high) if alternative == "greater" else answer


def quantile(confidence_level: float, alternative: str) -> float:
    """How many standard errors the interval reaches."""
    outside = 1 - confidence_level
    return -NormalDist().inv_cdf(outside / 2 if alternative == "two-sided" else outside)


def pvalue(statistic: float, alternative: str) -> float:
    """The normal tail, or twice the smaller one."""
    if alternative == "two-sided":
        return math.erfc(abs(statistic) / math.sqrt(2))
    return math.erfc((statistic if alternative == "greater" else -statistic) / math.sqrt(2)) / 2


# Mantel and Haenszel


def quotient(strata: Strata, measure: str) -> tuple[float, float]:
    """Weighted sums over the strata: the common measure is the first over the second."""
    weight = [n1 * n2 / (n1 + n2) for _, n1, _, n2 in strata]
    share1, share2 = [x1 / n1 for x1, n1, _, _ in strata], [x2 / n2 for _, _, x2, n2 in strata]
    above = {
        "difference": lambda w, p1, p2: w * (p1 - p2),
        "ratio": lambda w, p1, p2: w * p1,
        "odds-ratio": lambda w, p1, p2: w * p1 * (1 - p2),
    }[measure]
    below = {
        "difference": lambda w, p1, p2: w,
        "ratio": lambda w, p1, p2: w * p2,
        "odds-ratio": lambda w, p1, p2: w * p2 * (1 - p1),
    }[measure]
    return math.fsum(map(above, weight, share1, share2)), math.fsum(map(below, weight, share1, share2))


def divided(above: float, below: float) -> float:
    """A quotient that may be infinite; 0/0 is NaN."""
    if below:
        return above / below
    return math.inf if above else math.nan


def mantel_haenszel(strata: Strata, measure: str, null: float, confidence_level: float, alternative: str) -> Answer:
    """The common measure, as many standard errors each way, on the scale of logarithms for ratios."""
    z = quantile(confidence_level, alternative)
    above, below = quotient(strata, measure)
    estimate = divided(above, below)
    if measure == "difference":
        error = math.sqrt(max(0.0, sato(strata, estimate))) / below
        distance, low, high = estimate - null, max(-1.0, estimate - z * error), min(1.0, estimate + z * error)
    elif not 0 < estimate < math.inf:
        return Answer(estimate, 0.0, math.inf, math.nan, 1.0)
    else:
        variance = greenland_robins if measure == "ratio" else robins_breslow_greenland
        error = math.sqrt(variance(strata, above, below))
        distance = math.log(estimate) - (math.log(null) if null else -math.inf)
        low, high = estimate * math.exp(-z * error), estimate * math.exp(z * error)
    if error == 0 == distance:
        return Answer(estimate, low, high, math.nan, 1.0)
    statistic = distance / error if error else math.copysign(math.inf, distance)
    return Answer(estimate, low, high, statistic, pvalue(statistic, alternative))


def sato(strata: Strata, difference: float) -> float:
    """Variance of the sum above the line of the difference (Sato 1989)."""
    p = q = 0.0
    for x1, n1, x2, n2 in strata:
        n = n1 + n2
        p += (n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / n**2
        q += (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * n)
    return difference * p + q


def greenland_robins(strata: Strata, above: float, below: float) -> float:
    """Variance of the logarithm of the common ratio (Greenland and Robins 1985)."""
    spread = sum((n1 * n2 * (x1 + x2) - x1 * x2 * (n1 + n2)) / (n1 + n2) ** 2 for x1, n1, x2, n2 in strata)
    return max(0.0, spread) / (above * below)


def robins_breslow_greenland(strata: Strata, above: float, below: float) -> float:
    """Variance of the logarithm of the common odds ratio (Robins, Breslow and Greenland 1986)."""
    total = 0.0
    for a, n1, c, n2 in strata:
        b, d, n = n1 - a, n2 - c, n1 + n2
        p, q, r, s = (a + d) / n, (b + c) / n, a * d / n, b * c / n
        total += p * r / above**2 + (p * s + q * r) / (above * below) + q * s / below**2
    return total / 2


# The score


def bisect(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses 0, to neighbouring doubles or to 1e-30; an end where it does not."""
    while high - low > 1e-30:
        middle = low + (high - low) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high if falling(high) >= 0 else low


def restricted(stratum: tuple[float, float, float, float], measure: str, null: float) -> tuple[float, float]:
    """The most likely proportions among those with the null value: where the slope of the log likelihood is 0."""
    x1, n1, x2, n2 = stratum
    if measure == "odds-ratio":
        # The likelihood equation is that the expected number of cases is the observed one.
        def first(p2: float) -> float:
            return null * p2 / (1 - p2 + null * p2)

        p2 = bisect(lambda p: x1 + x2 - n1 * first(p) - n2 * p, 0.0, 1.0)
        return first(p2), p2

    def part(x: float, n: float, p: float) -> float:
        gained = 0.0 if x == 0 else math.inf if p <= 0 else x / p
        lost = 0.0 if x == n else math.inf if p >= 1 else (n - x) / (1 - p)
        return gained - lost

    if measure == "ratio":
        p2 = bisect(lambda p: null * part(x1, n1, null * p) + part(x2, n2, p), 0.0, min(1.0, 1 / null))
        return min(1.0, null * p2), p2
    p2 = bisect(lambda p: part(x1, n1, p + null) + part(x2, n2, p), max(0.0, -null), min(1.0, 1 - null))
    return min(1.0, max(0.0, p2 + null)), p2


def residual_and_variance(
    stratum: tuple[float, float, float, float], measure: str, null: float
) -> tuple[float, float, float]:
    """Of one stratum at a null value: the residual, its variance, and how fast its mean falls as the value rises."""
    x1, n1, x2, n2 = stratum
    p1, p2 = restricted(stratum, measure, null)
    v1, v2 = p1 * (1 - p1), p2 * (1 - p2)
    if measure == "odds-ratio":
        information = n1 * v1 * n2 * v2 / (n1 * v1 + n2 * v2) if v1 or v2 else 0.0
        return x1 - n1 * p1, information, information
    if measure == "ratio":
        return x1 / n1 - null * x2 / n2, v1 / n1 + null**2 * v2 / n2, p2
    return x1 / n1 - x2 / n2 - null, v1 / n1 + v2 / n2, 1.0


def score_sums(strata: Strata, measure: str, null: float) -> tuple[float, float]:
    """The weighted residuals of all strata, and the variance of that sum, with Miettinen and Nurminen's factor."""
    numerator = variance = 0.0
    for stratum in strata:
        n1, n2 = stratum[1], stratum[3]
        weight = 1.0 if measure == "odds-ratio" else n1 * n2 / (n1 + n2)
        residual, own, _ = residual_and_variance(stratum, measure, null)
        numerator += weight * residual
        variance += weight**2 * own * (n1 + n2) / (n1 + n2 - 1)
    return numerator, variance


def score_statistic(strata: Strata, measure: str, null: float) -> float:
    """The weighted residuals in standard errors; 0/0, where all agree with the null value, is 0."""
    numerator, variance = score_sums(strata, measure, null)
    if abs(numerator) < 1e-14:
        return 0.0
    return numerator / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, numerator)


def score(strata: Strata, measure: str, null: float, confidence_level: float, alternative: str) -> Answer:
    """The null values where the statistic is 0, z and -z."""
    z = quantile(confidence_level, alternative)
    statistic = score_statistic(strata, measure, null)
    estimate = score_estimate(strata, measure)
    low, high = ENDS[measure]
    if measure == "difference" or estimate > 0:
        low = score_limit(strata, measure, z)
    if measure == "difference" or estimate < math.inf:
        high = score_limit(strata, measure, -z)
    return Answer(estimate, low, high, statistic, pvalue(statistic, alternative))


def score_limit(strata: Strata, measure: str, target: float) -> float:
    """The outermost null value where the statistic is the target; sought among logarithms for ratios."""
    low, high = (-1.0, 1.0) if measure == "difference" else (-99.0, 99.0)

    def null(at: float) -> float:
        return at if measure == "difference" else math.exp(at)

    def beyond(at: float) -> float:
        return score_statistic(strata, measure, null(at)) - target

    first = bisect(beyond, low, high)
    end, sign = (low, 1.0) if target > 0 else (high, -1.0)
    steps = [end + (first - end) * i / 50 for i in range(51)]
    for outer, inner in pairwise(steps):
        if beyond(outer) * sign > 0 >= beyond(inner) * sign:
            return null(bisect(beyond, min(outer, inner), max(outer, inner)))
    return null(first)


def score_estimate(strata: Strata, measure: str) -> float:
    """Where the weighted residuals add up to 0; for odds ratios that is the most likely common one."""
    if measure == "difference":
        return bisect(lambda d: score_sums(strata, measure, d)[0], -1.0, 1.0)
    first, second = quotient(strata, measure)
    if first == 0 or second == 0:
        return divided(first, second)
    return math.exp(bisect(lambda t: score_sums(strata, measure, math.exp(t))[0], -99.0, 99.0))


# Homogeneity


def homogeneity(strata: Strata, measure: str) -> tuple[float, float]:
    """Efficient scores at the common measure: their squares over their information, less what the estimate took up."""
    common = divided(*quotient(strata, measure))
    scores: list[tuple[float, float]] = []
    for stratum in strata if math.isfinite(common) else []:
        if measure != "difference" and common == 0:
            continue  # nobody in the first group has the outcome, so that it could not be otherwise
        residual, variance, slope = residual_and_variance(stratum, measure, common)
        n = stratum[1] + stratum[3]
        weight = stratum[1] * stratum[3] / n
        factor = 1.0 if measure == "odds-ratio" else n / (n - 1)
        if (variance / weight if measure == "odds-ratio" else variance * weight) > 1e-12:
            scores.append((residual * slope / (variance * factor), slope**2 / (variance * factor)))
    if len(scores) < 2:
        return math.nan, math.nan
    total, information = sum(s for s, _ in scores), sum(i for _, i in scores)
    return max(0.0, sum(s * s / i for s, i in scores) - total**2 / information), len(scores) - 1.0
