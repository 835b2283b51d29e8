"""`dueregard.compare_share`: a share of a workforce over the share of a population, or the points between them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.staff.share_contrasts import METHODS, ShareContrast
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Comparison

MEASURES = ("ratio", "difference")


def compare_share(
    count: Any,
    nobs: Any,
    population_share: Any,
    *,
    population_se: Any = None,
    population_low: Any = None,
    population_high: Any = None,
    population_level: float = 0.95,
    measure: str = "ratio",
    method: str = "score",
    confidence_level: float = 0.95,
) -> Comparison:
    """Compare a share of cases, such as staff, with the share of a population.

    Parameters
    ----------
    count, nobs : int or array of int
        Number of cases in the group (staff of an ethnic group) and number of cases whose group is stated. All arguments
        up to ``population_high`` broadcast against each other.
    population_share : float or array of float
        The group's share of the population, from 0 to 1, such as a census figure. NaN where there is none.
    population_se : float or array of float, optional
        Its standard error, where the share of the population is itself an estimate.
    population_low, population_high : float or array of float, optional
        Its limits instead, both of level ``population_level``.
    population_level : float
        Of those limits, between 0 and 1.
    measure : {"ratio", "difference"}
        Share over share, or share minus share.
    method : {"score", "exact", "mid-p"}
        "score": Wilson's limits of the share of cases and the score test. "exact" (Clopper and Pearson) and "mid-p" are
        for populations that are known.
    confidence_level : float
        Between 0 and 1.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag``, as fractions: numbers and a `Flag` when
        all arguments are scalars, otherwise arrays of the common shape (flags as integers). ``statistic`` is a signed
        standard normal deviate, NaN for "exact" and "mid-p". The p-value is two-sided, against a ratio of 1 or a
        difference of 0, and the same for both.

        Nobody among the cases: the ratio and its lower limit are 0, with an upper limit. ``nobs`` of 0: NaN and
        ``NO_CASES``. A share of the population that is NaN, or that is 0 although there are cases: NaN and
        ``NO_POPULATION``, for such cases have nothing to be held against. 0 to 0: the ratio is NaN with limits 0 and
        infinity, p is 1 (``NO_POPULATION`` and ``UNDEFINED``). ``ESTIMATED_POPULATION`` where there is a standard error
        or a range; fewer than 30 cases set ``SMALL_BASE``.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole or above ``nobs``; if a share or a limit is outside 0 to 1, a limit on the
        wrong side of the share, or a standard error negative: the message names the first. If there is a standard error
        and a range, or one limit alone; if "exact" or "mid-p" is asked of an estimated population; if shapes do not
        broadcast.

    Notes
    -----
    With a known share P of the population, the limits are those of the share of cases, less P or over P, and the
    statistic of "score" is (p - P) / sqrt(P (1 - P) / nobs): p is below 1 - confidence_level exactly when the interval
    excludes no difference. Wilson, E. B. (1927), Journal of the American Statistical Association 22: 209-212.

    With an estimated one, the limits of both shares are put together by MOVER: Donner, A. and Zou, G. Y. (2012),
    Closed-form confidence intervals for functions of the normal mean and standard deviation, Statistical Methods in
    Medical Research 21: 347-359. Limits of the population at other levels than ``population_level`` are taken at the
    same number of standard errors further out or in, and cut at 0 and 1; where the lower one reaches 0 the ratio has no
    upper limit. p is the smallest 1 - level at which the interval excludes no difference, and again the same for both.

    The cases are taken to be independent of the population: that staff live in it is of no account, for they are few
    of it. For a part held against a whole that it is a large part of, use `dueregard.compare_groups` with ``OVERALL``.

    Examples
    --------
    2,750 of 50,485 officers whose ethnic group is known are Black, and 16% of the population.

    >>> import dueregard as dr
    >>> found = dr.compare_share(2_750, 50_485, 0.16)
    >>> f"{found.estimate:.3f} times its share ({found.low:.3f} to {found.high:.3f})"
    '0.340 times its share (0.328 to 0.353)'
    >>> dr.compare_share([0, 3], 60, 0.16, measure="difference").high.round(3)
    array([-0.1  , -0.023])
    """
    checked.one_of("measure", measure, MEASURES)
    checked.one_of("method", method, METHODS)
    level = checked.level(confidence_level)
    named = {
        "count": checked.whole_numbers("count", count),
        "nobs": checked.whole_numbers("nobs", nobs),
        "population_share": checked.probabilities("population_share", population_share),
    }
    below, above = distances(
        named["population_share"], population_se, population_low, population_high, population_level
    )
    counts, sizes, against, below, above = checked.broadcast(**named, below=below, above=above)
    checked.refuse_above("count", counts, "nobs", sizes)
    if method != "score" and (below.any() or above.any()):
        raise ValueError(f"method: {method!r} is for a population that is known; use 'score' for an estimated one")
    share = np.divide(counts, sizes, out=np.full(sizes.shape, np.nan), where=sizes > 0)
    contrast = ShareContrast(share, sizes, against, below, above, measure, method)
    rows = np.stack(np.broadcast_arrays(*contrast.compare(level)))
    return two_samples.pack(rows, share_flags(contrast, rows[0]))


def distances(share: Floats, se: Any, low: Any, high: Any, level: float) -> tuple[Floats, Floats]:
    """How far limits of a population's shares are below and above them, for each standard error they reach."""
    if se is not None and not (low is None and high is None):
        raise ValueError("population_se: there is a range too, population_low to population_high; give one of the two")
    if (low is None) != (high is None):
        given, other = ("population_low", "population_high") if high is None else ("population_high", "population_low")
        raise ValueError(f"{given}: a range has two ends; give {other} too")
    reach = normal_quantile(checked.level(level))
    if se is not None:
        errors = checked.exposures("population_se", se)
        return errors, errors
    if low is None:
        return np.zeros(()), np.zeros(())
    lows, highs = _fractions("population_low", low), _fractions("population_high", high)
    middle, lows, highs = checked.broadcast(population_share=share, population_low=lows, population_high=highs)
    checked.refuse_first("population_low", lows, lows > middle, "is above population_share there")
    checked.refuse_first("population_high", highs, highs < middle, "is below population_share there")
    return (middle - lows) / reach, (highs - middle) / reach


def _fractions(name: str, values: Any) -> Floats:
    """Numbers from 0 to 1, all of them known."""
    return checked.probabilities(name, checked.finite_numbers(name, values))


def share_flags(contrast: ShareContrast, estimate: Floats) -> NDArray[np.int64]:
    """No cases, few cases, no population, one that is estimated, and 0 against 0."""
    size, against = contrast.size, contrast.against
    estimated = (contrast.below > 0) | (contrast.above > 0)
    flags = np.where(size == 0, Flag.NO_CASES, np.where(size < SMALL_BASE, Flag.SMALL_BASE, 0))
    flags = flags | np.where(np.isnan(against) | (against == 0), Flag.NO_POPULATION, 0)
    flags = flags | np.where(estimated, Flag.ESTIMATED_POPULATION, 0)
    undefined = (against == 0) & (contrast.share == 0) & np.isnan(estimate)
    return np.asarray(flags | np.where(undefined, Flag.UNDEFINED, 0), np.int64)
