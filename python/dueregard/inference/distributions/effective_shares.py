"""A share that rests on an effective number of cases: Wilson's interval, and the score test that it inverts."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson


def score_rows(samples: tuple[Floats, ...], null: Floats, confidence_level: float, alternative: str) -> Floats:
    """The rows estimate, low, high, statistic and pvalue for ``samples``: shares and effective numbers of cases.

    One-sided, the limit that is not asked for is 0 or 1. The p-value is below 1 - level exactly when the interval
    leaves the null out, for both come from (share - null)^2 size = z^2 null (1 - null).
    """
    from scipy.special import ndtr

    share, size = samples
    two = alternative == "two-sided"
    z = normal_quantile(confidence_level if two else abs(2 * confidence_level - 1))
    low, high = wilson(share, size, z)
    if not two and confidence_level < 0.5:  # the limit lies on the other side of the estimate
        low, high = high, low
    if alternative == "greater":
        high = np.where(np.isnan(high), high, 1.0)
    elif alternative == "less":
        low = np.where(np.isnan(low), low, 0.0)
    with np.errstate(invalid="ignore"):
        statistic = (share - null) * np.sqrt(size / (null * (1 - null)))
    pvalue = 2 * ndtr(-np.abs(statistic)) if two else ndtr(statistic if alternative == "less" else -statistic)
    return np.stack([share, low, high, np.where(np.isnan(low), np.nan, statistic), pvalue])
