"""Published formulas for the excess of a whole, of which the reference is a part."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.normal_tests import deviate, one_sided, pvalues, reach
from dueregard.inference.strata.strata import over


def answered(
    measure: str, of: str, method: str, samples: tuple[Floats, ...], alternative: str, confidence_level: float
) -> Floats:
    """Rows estimate, low, high, statistic and pvalue; NaN where a group has no cases."""
    z = reach(confidence_level, alternative)
    with np.errstate(divide="ignore", invalid="ignore"):
        if measure == "population-fraction":
            estimate, low, high, statistic = _fraction(of, samples, z)
            ends = (-np.inf, 1.0)
        else:
            estimate, low, high, statistic = _difference(of, method, samples, z)
            ends = (-np.inf, np.inf) if of == "rates" else (-1.0, 1.0)
    low, high = one_sided(low, high, alternative, ends)
    pvalue = np.where(np.isnan(statistic), 1.0, pvalues(statistic, alternative))
    rows = np.stack([estimate, low, high, statistic, pvalue])
    return np.where((samples[1] > 0) & (samples[3] > 0), rows, np.nan)


def _fraction(of: str, samples: tuple[Floats, ...], z: float) -> tuple[Floats, ...]:
    """Normal on the scale of log(1 - fraction)."""
    a, nobs1, c, nobs2 = samples
    b, d = nobs1 - a, nobs2 - c
    if of == "odds":
        rest = over(c * (b + d), d * (a + c))
        variance = over(a, c * (a + c)) + over(b, d * (b + d))
    else:
        whole = nobs1 + nobs2
        rest = np.where(a + c > 0, over(c * whole, nobs2 * (a + c)), np.nan)
        variance = over(b + (1 - rest) * (a + d), whole * c)
    known = (rest > 0) & np.isfinite(rest) & np.isfinite(variance)
    error = np.where(known, np.sqrt(np.maximum(variance, 0.0)), np.nan)
    low = np.where(known, 1 - rest * np.exp(z * error), -np.inf)
    high = np.where(known, 1 - rest * np.exp(-z * error), 1.0)
    return 1 - rest, low, high, np.where(known, deviate(-np.log(rest), error), np.nan)


def _difference(of: str, method: str, samples: tuple[Floats, ...], z: float) -> tuple[Floats, ...]:
    """Normal, by one of two variances."""
    a, nobs1, c, nobs2 = samples
    whole = nobs1 + nobs2
    rate, reference = over(a + c, whole), over(c, nobs2)
    if of == "rates":
        variance = rate / whole + reference / nobs2
    elif method == "separate-samples":
        variance = rate * (1 - rate) / whole + reference * (1 - reference) / nobs2
    else:
        variance = _multinomial(a / whole, reference, nobs2 / whole) / whole
    estimate, error = rate - reference, np.sqrt(np.maximum(variance, 0.0))
    statistic = np.where((error == 0) & (estimate == 0), np.nan, deviate(estimate, error))
    return estimate, estimate - z * error, estimate + z * error, statistic


def _multinomial(cases: Floats, reference: Floats, rest: Floats) -> Floats:
    """Variance of the excess for one observation: the mean square of its slopes by the four cells, less their mean's.

    ``cases`` is the share of all that are cases of the group, ``rest`` the share that is the reference.
    """
    slope_case, slope_other = 1 - (1 - reference) / rest, reference / rest
    case, other = rest * reference, rest * (1 - reference)
    mean = cases + case * slope_case + other * slope_other
    return np.asarray(cases + case * np.square(slope_case) + other * np.square(slope_other) - np.square(mean))
