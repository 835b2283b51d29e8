"""Intervals for one sample: of a proportion and of a rate of events."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from dueregard import _core
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats

PROPORTION_METHODS = ("wilson", "agresti-coull", "jeffreys", "clopper-pearson", "mid-p", "wald")
RATE_METHODS = ("mid-p", "exact", "byar", "jeffreys", "score")


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
    method : {"wilson", "agresti-coull", "jeffreys", "clopper-pearson", "mid-p", "wald"}
        "wilson": the score interval. "agresti-coull": Wald's with z^2/2 cases added on each side. "jeffreys": equal
        tails of the beta distribution with count + 1/2 and nobs - count + 1/2. "clopper-pearson": the exact one, which
        never covers less than it says. "mid-p": the same with half the probability of the count itself, which covers
        what it says on average. "wald": the textbook's; for comparison only, it fails for small counts.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Interval
        ``estimate``, ``low`` and ``high`` as fractions and ``flag``: numbers and a `Flag` when both arguments are
        scalars, otherwise arrays of the common shape (flags as integers). Where ``nobs`` is 0 the three are NaN and
        the flag is ``NO_CASES``; below 30 it is ``SMALL_BASE``.

        Limits lie within 0 and 1; those of Agresti and Coull and of Wald are cut there. At ``count`` 0 the lower limit
        is exactly 0, at ``count`` equal to ``nobs`` the upper one is exactly 1 ("jeffreys" too, as Brown, Cai and
        DasGupta define it). There Wald's interval is that point alone.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole, not finite, masked, above ``nobs`` or above 2**53; the message names the
        first bad element. If the method or the level does not exist, or the shapes do not broadcast.

    Notes
    -----
    Wilson's limits are the two p at which (count/nobs - p)^2 equals z^2 p (1 - p) / nobs; Clopper and Pearson's those
    at which P(X >= count) and P(X <= count) are half of 1 - confidence_level.

    Wilson, E. B. (1927), Journal of the American Statistical Association 22: 209-212. Clopper, C. J., Pearson, E. S.
    (1934), Biometrika 26: 404-413. Lancaster, H. O. (1961), Journal of the American Statistical Association 56: 223-234
    (mid-p). Agresti, A., Coull, B. A. (1998), The American Statistician 52: 119-126. Brown, L. D., Cai, T. T.,
    DasGupta, A. (2001), Statistical Science 16: 101-133 (Jeffreys; a comparison of them all).

    Examples
    --------
    >>> import dueregard as dr
    >>> result = dr.proportion_interval(81, 100)
    >>> f"{result.estimate:.2f} ({result.low:.3f} to {result.high:.3f})"
    '0.81 (0.722 to 0.875)'
    >>> dr.proportion_interval([0, 10, 0], [10, 10, 0]).high.round(3)
    array([0.278, 1.   ,   nan])
    >>> result = dr.proportion_interval(9, 17, method="clopper-pearson")
    >>> f"{result.low:.3f} to {result.high:.3f}"
    '0.278 to 0.770'
    """
    checked.one_of("method", method, PROPORTION_METHODS)
    level = checked.level(confidence_level)
    counts, totals = checked.counts_within(count, nobs)
    flags = np.where(totals == 0, Flag.NO_CASES, np.where(totals < SMALL_BASE, Flag.SMALL_BASE, 0))
    return _intervals(_core.proportion_interval, counts, totals, method, level, flags)


def rate_interval(count: Any, exposure: Any, *, method: str = "mid-p", confidence_level: float = 0.95) -> Interval:
    """Interval for a rate: events over an exposure, such as stops over person-years.

    The count is taken to be Poisson: events that happen one by one and do not set off each other. For people who either
    have a property or do not, `proportion_interval` is the one to use.

    Parameters
    ----------
    count : int or array of int
        Number of events.
    exposure : float or array of float
        What they are over, above 0: people, person-years, thousands of them. It broadcasts against ``count``.
    method : {"mid-p", "exact", "byar", "jeffreys", "score"}
        "exact": Garwood's, which never covers less than it says. "mid-p": the same with half the probability of the
        count itself, which covers what it says on average. "byar": an approximation of the exact one. "jeffreys": equal
        tails of the gamma distribution of shape count + 1/2. "score": the means at which (count - mean)^2 is z^2 mean.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Interval
        ``estimate``, ``low`` and ``high`` in events per unit of exposure and ``flag``: numbers and a `Flag` when both
        arguments are scalars, otherwise arrays of the common shape (flags as integers). Where both ``count`` and
        ``exposure`` are 0 the three are NaN and the flag is ``NO_CASES``. At ``count`` 0 the lower limit is exactly 0.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole, not finite, masked or above 2**53; if an exposure is negative, not finite or
        masked, or is 0 where there are events; the message names the first bad element. If the method or the level does
        not exist, or the shapes do not broadcast.

    Notes
    -----
    Garwood, F. (1936), Biometrika 28: 437-442. Cohen, G. R., Yang, S.-Y. (1994), Statistics in Medicine 13: 2189-2203
    (mid-p). Breslow, N. E., Day, N. E. (1987), Statistical methods in cancer research II (Byar; its lower limit, where
    the formula would be negative, is 0). Brown, L. D., Cai, T. T., DasGupta, A. (2003), Statistica Sinica 13: 19-49
    (Jeffreys, score).

    Examples
    --------
    >>> import dueregard as dr
    >>> result = dr.rate_interval(10, 4.5)
    >>> f"{result.estimate:.2f} ({result.low:.2f} to {result.high:.2f})"
    '2.22 (1.13 to 3.96)'
    >>> dr.rate_interval([0, 10], 100, method="exact").high.round(4)
    array([0.0369, 0.1839])
    """
    checked.one_of("method", method, RATE_METHODS)
    level = checked.level(confidence_level)
    counts, exposures = checked.events_over(count, exposure)
    flags = np.where(exposures == 0, Flag.NO_CASES, 0)
    return _intervals(_core.rate_interval, counts, exposures, method, level, flags)


def _intervals(
    kernel: Callable[..., Floats], counts: Floats, sizes: Floats, method: str, level: float, flags: Any
) -> Interval:
    """One compiled call for all samples; numbers for a single one."""
    vectors = (np.ascontiguousarray(a).reshape(-1) for a in (counts, sizes))
    low, high = kernel(*vectors, method, level).reshape(2, *counts.shape)
    estimate = np.divide(counts, sizes, out=np.full(counts.shape, np.nan), where=sizes > 0)
    if counts.ndim == 0:
        return Interval(float(estimate), float(low), float(high), Flag(int(flags)))
    return Interval(estimate, low, high, flags.astype(np.int64))


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
