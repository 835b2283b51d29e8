"""Intervals for one sample: today the Wilson interval of a proportion."""

from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats

METHODS = ("wilson",)


class Interval(NamedTuple):
    """An estimate with its limits, and what to know about it (see `dueregard.Flag`)."""

    estimate: Any
    low: Any
    high: Any
    flag: Any


def proportion_interval(count: Any, nobs: Any, *, method: str = "wilson", confidence_level: float = 0.95) -> Interval:
    """Interval for a proportion.

    Parameters
    ----------
    count, nobs : int or array of int
        Number of cases that have the property, and number of cases; they broadcast against each other.
    method : {"wilson"}
        Wilson's score interval.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Interval
        ``estimate``, ``low`` and ``high`` as fractions and ``flag``: numbers and a `Flag` when both arguments are
        scalars, otherwise arrays of the common shape (flags as integers). Where ``nobs`` is 0 the three are NaN and
        the flag is ``NO_CASES``. At ``count`` 0 the lower limit is exactly 0, at ``count`` equal to ``nobs`` the
        upper limit is exactly 1.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole, not finite, above ``nobs`` or above 2**53; the message names the first
        bad element. If the method or the level does not exist.

    Notes
    -----
    Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, Journal of the
    American Statistical Association 22: 209-212. The limits are the two p at which (count/nobs - p)^2 equals
    z^2 p (1 - p) / nobs.

    Examples
    --------
    >>> import dueregard as dr
    >>> result = dr.proportion_interval(81, 100)
    >>> f"{result.estimate:.2f} ({result.low:.3f} to {result.high:.3f})"
    '0.81 (0.722 to 0.875)'
    >>> dr.proportion_interval([0, 10, 0], [10, 10, 0]).high.round(3)
    array([0.278, 1.   ,   nan])
    """
    checked.one_of("method", method, METHODS)
    z = normal_quantile(checked.level(confidence_level))
    counts, totals = checked.counts_within(count, nobs)
    share = np.divide(counts, totals, out=np.full(counts.shape, np.nan), where=totals > 0)
    low, high = wilson(share, totals, z)
    flag = np.where(totals == 0, Flag.NO_CASES, np.where(totals < SMALL_BASE, Flag.SMALL_BASE, 0))
    if counts.ndim == 0:
        return Interval(float(share), float(low), float(high), Flag(int(flag)))
    return Interval(share, low, high, flag.astype(np.int64))


def wilson(share: Floats, size: Floats, z: float | Floats) -> tuple[Floats, Floats]:
    """Wilson limits of shares whose numbers of cases may be fractions (effective sizes); NaN where there are none.

    The upper limit is the larger root of (1 + t) p^2 - (2 share + t) p + share^2 = 0 with t = z^2 / size. The lower
    one is the upper one of the complement, so that both are exact at 0 and 1 and nothing cancels near them.
    """
    share, size = np.asarray(share, np.float64), np.asarray(size, np.float64)
    t = np.divide(np.square(z), size, out=np.full(np.broadcast(share, size, z).shape, np.nan), where=size > 0)
    spread = np.sqrt(t * (t + 4 * share * (1 - share)))
    high = np.where(share == 1, 1.0, (2 * share + t + spread) / (2 * (1 + t)))
    miss_high = np.where(share == 0, 1.0, (2 * (1 - share) + t + spread) / (2 * (1 + t)))
    with np.errstate(divide="ignore", invalid="ignore"):  # share 0 at z 0: the limit is the share itself
        low = np.where(share < 0.5, np.where(share == 0, 0.0, share**2 / ((1 + t) * high)), 1 - miss_high)
        high = np.where(share > 0.5, 1 - np.where(share == 1, 0.0, (1 - share) ** 2 / ((1 + t) * miss_high)), high)
    empty = np.isnan(t) | np.isnan(share)
    return np.where(empty, np.nan, low), np.where(empty, np.nan, high)


def normal_quantile(confidence_level: float) -> float:
    """How many standard errors a two-sided interval of this level reaches."""
    from statistics import NormalDist

    upper = 0.5 + confidence_level / 2
    return NormalDist().inv_cdf(upper) if upper < 1 else -NormalDist().inv_cdf((1 - confidence_level) / 2)
