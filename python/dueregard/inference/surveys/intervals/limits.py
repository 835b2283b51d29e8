"""Student's limits of estimates from a survey, with the degrees of freedom of each; never an interval without width."""

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.estimates import Estimates

ROUNDING = 1e-12
"""A standard error below this part of the estimate is rounding, not variance."""


def t_quantile(degrees_of_freedom: Floats, confidence_level: float) -> Floats:
    """The two-sided quantile of Student's t; NaN below one degree of freedom."""
    from scipy.special import stdtrit

    enough = degrees_of_freedom >= 1
    found = stdtrit(np.where(enough, degrees_of_freedom, 1.0), (1 + confidence_level) / 2)
    return np.asarray(np.where(enough, found, np.nan))


def t_limits(estimates: Estimates, confidence_level: float) -> tuple[Floats, Floats]:
    """Estimate -+ t se; NaN where there is no variance to go by, for which see `interval_flags`."""
    width = t_quantile(estimates.degrees_of_freedom, confidence_level) * known_se(estimates)
    return estimates.value - width, estimates.value + width


def known_se(estimates: Estimates, size: Floats | None = None) -> Floats:
    """Standard errors; NaN where all cases are in one cluster or nothing varies (see `has_no_variance`)."""
    return np.where(has_no_variance(estimates, size) | (estimates.clusters <= 1), np.nan, estimates.se)


def has_no_variance(estimates: Estimates, size: Floats | None = None) -> NDArray[np.bool_]:
    """Where the standard error is 0, but for rounding, or NaN.

    ``size`` is what rounding goes with: the estimates themselves unless given; of differences, what they are between.
    """
    size = np.abs(estimates.value) if size is None else size
    with np.errstate(invalid="ignore"):
        return np.asarray(~(estimates.se > ROUNDING * size))


def interval_flags(estimates: Estimates, size: Floats | None = None) -> NDArray[np.int64]:
    """Why an estimate has no interval."""
    present = ~np.isnan(estimates.value)
    several = present & (estimates.clusters > 1)
    none = several & has_no_variance(estimates, size)
    few = several & ~(estimates.degrees_of_freedom >= 1)
    flag = np.where(none, int(Flag.NO_VARIANCE), 0) | np.where(few, int(Flag.FEW_DEGREES), 0)
    return flag.astype(np.int64)
