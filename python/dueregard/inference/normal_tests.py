"""Questions whose statistic is a standard normal deviate: how far limits reach, and the p-value."""

from collections.abc import Callable

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Null

Ask = Callable[[Floats, str, float], Floats]
"""Null values, an alternative that is not equivalence, and the confidence level, to rows estimate, low, high,
statistic and pvalue."""


def answered(ask: Ask, null: Null, alternative: str, confidence_level: float) -> Floats:
    """The rows of the answer; equivalence as two one-sided questions."""
    if null.high is None:
        return ask(null.low, alternative, confidence_level)
    above, below = ask(null.low, "greater", confidence_level), ask(null.high, "less", confidence_level)
    return two_samples.two_one_sided(above, below)


def outside(confidence_level: float, alternative: str) -> float:
    """The probability left beyond a limit."""
    return (1 - confidence_level) / 2 if alternative == "two-sided" else 1 - confidence_level


def reach(confidence_level: float, alternative: str) -> float:
    """How many standard errors a limit is away."""
    from statistics import NormalDist

    return -NormalDist().inv_cdf(outside(confidence_level, alternative))


def pvalues(statistic: Floats, alternative: str) -> Floats:
    """The normal tail of the statistic, or twice the smaller one; NaN of NaN."""
    from scipy.special import ndtr

    if alternative == "two-sided":
        return np.asarray(np.minimum(2 * ndtr(-np.abs(statistic)), 1.0))
    return np.asarray(ndtr(-statistic if alternative == "greater" else statistic))


def one_sided(low: Floats, high: Floats, alternative: str, ends: tuple[float, float]) -> tuple[Floats, Floats]:
    """A one-sided question has one limit; the other end is that of the range, wherever the limit is a number."""
    if alternative == "less":
        low = np.where(np.isnan(high), np.nan, ends[0])
    elif alternative == "greater":
        high = np.where(np.isnan(low), np.nan, ends[1])
    return low, high


def deviate(distance: Floats, error: Floats) -> Floats:
    """A distance in standard errors; infinite where there is no error, 0 where there is no distance either."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(distance == 0, 0.0, np.asarray(distance) / error)
