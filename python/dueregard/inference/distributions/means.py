"""Means of value counts compared as a ratio."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.reaches import Reach


def means(values: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Means of counts (the last axis) of values, and the variances of the means; NaN where there are too few."""
    total = counts.sum(axis=-1)
    mean = np.divide(counts @ values, total, out=np.full(total.shape, np.nan), where=total > 0)
    squares = (counts * np.square(values - np.where(np.isnan(mean), 0.0, mean)[..., np.newaxis])).sum(axis=-1)
    variance = np.divide(squares, total * (total - 1), out=np.full(total.shape, np.nan), where=total > 1)
    return mean, variance


def relative_means(values: Floats, first: Floats, second: Floats) -> Reach:
    """The ratio of two means less 1, with Fieller's limits.

    They are the r at which (m1 - r m2)^2 = z^2 (v1 + r^2 v2), with the variances v of the means m, so that at r = 1 the
    test is Welch's with normal quantiles. Where the second mean is not clearly above 0 there are none: infinite. NaN
    where the second mean is 0. Fieller, E. C. (1954), Journal of the Royal Statistical Society B 16: 175-185.
    """
    (mean1, variance1), (mean2, variance2) = means(values, first), means(values, second)
    ratio = np.divide(mean1, mean2, out=np.full(mean1.shape, np.nan), where=mean2 > 0)
    usable = ~np.isnan(ratio)
    variance1, variance2 = (np.where(np.isnan(v), np.inf, v) for v in (variance1, variance2))

    def limits(z: Floats) -> tuple[Floats, Floats]:
        with np.errstate(invalid="ignore", over="ignore", divide="ignore"):
            square = np.square(z)
            lead = np.square(mean2) - square * variance2
            root = np.sqrt(np.square(mean1 * mean2) - lead * (np.square(mean1) - square * variance1))
            low, high = (mean1 * mean2 - root) / lead, (mean1 * mean2 + root) / lead
        found = (lead > 0) & np.isfinite(root) & usable
        low, high = np.where(found, low - 1, -np.inf), np.where(found, high - 1, np.inf)
        none = np.asarray(z) == 0
        return np.where(none, ratio - 1, low), np.where(none, ratio - 1, high)

    return Reach(ratio - 1, limits, 0.0, "Fieller")
