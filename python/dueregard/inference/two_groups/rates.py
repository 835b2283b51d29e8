"""Two independent Poisson rates compared: ratio and difference, with interval and test of one statistic."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Comparison as Comparison
from dueregard.inference.two_groups.two_samples import Null

METHODS = {
    "ratio": ("score", "skewness-corrected", "mover", "exact", "mid-p"),
    "difference": ("score", "skewness-corrected", "mover"),
}

NO_EFFECT = {"ratio": 1.0, "difference": 0.0}
"""The null value of each measure unless another is given."""

RANGES = {"ratio": (0.0, np.inf), "difference": (-np.inf, np.inf)}
"""Where null values lie: strictly between these."""


def compare_rates(
    count1: Any,
    exposure1: Any,
    count2: Any,
    exposure2: Any,
    *,
    measure: str = "ratio",
    method: str = "score",
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
) -> Comparison:
    """Compare two rates of events, first against second, with an interval and a test that tell one story.

    Parameters
    ----------
    count1, count2 : int or array of int
        Number of events in the first group and in the second; the events are taken to be Poisson.
    exposure1, exposure2 : float or array of float
        What the events happened in: people, person-years, hours. Estimate and limits of a difference are events per
        unit of it; a ratio has no unit. All arguments up to here, and ``null``, broadcast against each other.
    measure : {"ratio", "difference"}
        Of the rates r1 = count1 / exposure1 and r2: r1 / r2 or r1 - r2.
    method : str
        For both measures "score", the skewness-corrected score ("skewness-corrected") and "mover", which puts the
        limits together from the score limits of each rate. For a ratio also the exact conditional method ("exact"),
        which is binomial given all events, and its version with half the probability of the counts seen ("mid-p").
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        What the null value is held against. With "less" and "greater" the interval has one limit, at the whole of
        1 - confidence_level, and the other end is that of the measure's range: 0 or infinity for a ratio, minus
        infinity or infinity for a difference. "equivalence" makes two one-sided tests.
    null : float, array of float, or pair of them
        The value of the measure that is tested: 1 for a ratio, 0 for a difference unless given. With "equivalence" a
        pair (low, high), the bounds within which the groups count as equivalent.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag``: numbers and a `Flag` when all arguments
        are scalars, otherwise arrays of the common shape (flags as integers). ``statistic`` is a signed standard normal
        deviate, and NaN for "exact" and "mid-p", which have none.

        Where an exposure is 0 all of them are NaN, with the flag ``NO_CASES`` (first group) or ``NO_REFERENCE``
        (second). Without events in the second group a ratio is infinite, and so is its upper limit; without events in
        the first both the ratio and its lower limit are 0. A ratio of 0 to 0 has estimate NaN, limits 0 and infinity,
        p 1 and the flag ``UNDEFINED``. A difference is finite whatever the counts. ``REJECTED_INSIDE`` says that the
        interval holds the null value although p is below 1 - confidence_level, which happens with
        "skewness-corrected" only.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole, not finite or above 2**53, if an exposure is negative or not finite, or 0
        where there are events, if a null value is outside the measure's range, if shapes do not broadcast: the message
        names the argument and the first bad element. If the measure, the method, the level or the alternative does not
        exist.

    Notes
    -----
    A two-sided p is twice the smaller one-sided p, at most 1. For "mover", which is an interval first, it is the
    smallest 1 - confidence_level at which the interval excludes the null value.

    - "score": the distance from the null value in standard errors of the rates that are most probable under it.
      Miettinen, O. and Nurminen, M. (1985), Comparative analysis of two rates, Statistics in Medicine 4: 213-226.
    - "skewness-corrected": the same, with the skewness of the score allowed for, so that both tails of the interval
      come nearer to the same probability. Laud, P. J. (2017), Equal-tailed confidence intervals for comparison of
      rates, Pharmaceutical Statistics 16: 334-348.
    - "mover": Donner, A. and Zou, G. Y. (2012), Closed-form confidence intervals for functions of the normal mean and
      standard deviation, Statistical Methods in Medical Research 21: 347-359, with each rate's score limits,
      (x + z^2 / 2 -+ z sqrt(x + z^2 / 4)) / exposure.
    - "exact", "mid-p": given all events, those of the first group are binomial with odds ratio * exposure1 / exposure2;
      "exact" has the limits of Clopper and Pearson. Its intervals hold the ratio at least as often as they say, and
      "mid-p" gives up that promise for shorter ones.

    With "equivalence" p is the larger of the two one-sided p-values and ``statistic`` is that test's; the limits are
    the two one-sided ones, an interval of level 2 confidence_level - 1, so that p is below 1 - confidence_level
    exactly when the interval lies between the bounds.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_rates(41, 28_010, 15, 19_017)
    >>> f"{found.estimate:.2f} times the rate ({found.low:.2f} to {found.high:.2f}), p {found.pvalue:.3f}"
    '1.86 times the rate (1.04 to 3.32), p 0.037'
    >>> dr.compare_rates([0, 3], 200, [0, 0], 250).high
    array([inf, inf])
    """
    two_samples.check_method(measure, method, METHODS)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], RANGES[measure])
    samples, asked = read_samples(count1, exposure1, count2, exposure2, asked)
    kernel = two_samples.compiled(_core.compare_rates, measure, method)
    rows = two_samples.answer(kernel, samples, asked, level, alternative)
    flags = _flags(samples[1], samples[3], rows[0])
    if method == "skewness-corrected":
        flags |= two_samples.rejected_inside(rows, asked, level)
    return two_samples.pack(rows, flags)


def read_samples(
    count1: Any, exposure1: Any, count2: Any, exposure2: Any, null: Null
) -> tuple[tuple[Floats, ...], Null]:
    """Whole counts, exposures and null values in their common shape; no events where there is no exposure."""
    named = {
        "count1": checked.whole_numbers("count1", count1),
        "exposure1": checked.exposures("exposure1", exposure1),
        "count2": checked.whole_numbers("count2", count2),
        "exposure2": checked.exposures("exposure2", exposure2),
    }
    samples, null = two_samples.in_common_shape(named, null)
    checked.refuse_events_without_exposure("count1", samples[0], "exposure1", samples[1])
    checked.refuse_events_without_exposure("count2", samples[2], "exposure2", samples[3])
    return samples, null


def _flags(exposure1: Floats, exposure2: Floats, estimate: Floats) -> NDArray[np.int64]:
    """No exposure, and estimates that are not defined although there is some."""
    flags = np.where(exposure1 == 0, Flag.NO_CASES, 0) | np.where(exposure2 == 0, Flag.NO_REFERENCE, 0)
    return np.asarray(flags | np.where(np.isnan(estimate) & (flags == 0), Flag.UNDEFINED, 0), np.int64)
