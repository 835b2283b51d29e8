"""Two independent proportions compared: difference, ratio and odds ratio, with interval and test of one statistic."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import two_samples, unconditional
from dueregard.inference.two_groups.two_samples import Comparison as Comparison
from dueregard.inference.two_groups.two_samples import Kernel, Null

CONDITIONAL = ("fisher", "central", "mid-p")
"""Exact methods, given the margins."""

LARGEST_MARGIN = 10**8
"""The smallest margin of a table beyond which one exact answer would take longer than a tenth of a second."""

METHODS = {
    "difference": (
        "score",
        "score-uncorrected",
        "skewness-corrected",
        "newcombe",
        "agresti-caffo",
        "wald",
        *unconditional.METHODS,
    ),
    "ratio": ("score", "score-uncorrected", "skewness-corrected", "katz", "mover"),
    "odds-ratio": ("score", "score-uncorrected", "skewness-corrected", "wald", "mover", *CONDITIONAL),
}

METHOD_WORDS = {
    "score": "Miettinen-Nurminen score",
    "score-uncorrected": "score without correction",
    "skewness-corrected": "skewness-corrected score",
    "newcombe": "Newcombe",
    "agresti-caffo": "Agresti-Caffo",
    "wald": "Wald",
    "katz": "Katz log",
    "mover": "MOVER",
    "fisher": "Fisher exact",
    "central": "central exact",
    "mid-p": "mid-p exact",
    "chan-zhang": "Chan-Zhang exact",
    "agresti-min": "Agresti-Min exact",
}
"""What methods are called in tables."""

NO_EFFECT = {"difference": 0.0, "ratio": 1.0, "odds-ratio": 1.0}
"""The null value of each measure unless another is given."""

REJECT_INSIDE = ("skewness-corrected", "fisher")
"""Methods whose interval can hold values that their test rejects: their p is not monotone in the null value."""


def compare_proportions(
    count1: Any,
    nobs1: Any,
    count2: Any,
    nobs2: Any,
    *,
    measure: str = "difference",
    method: str = "score",
    confidence_level: float | None = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
) -> Comparison:
    """Compare two independent proportions, first against second, with an interval and a test that tell one story.

    Parameters
    ----------
    count1, nobs1, count2, nobs2 : int or array of int
        Number of cases that have the property and number of cases, in the first group and in the second. All arguments
        up to here, and ``null``, broadcast against each other.
    measure : {"difference", "ratio", "odds-ratio"}
        Of the proportions p1 and p2: p1 - p2, p1 / p2, or p1 (1 - p2) / (p2 (1 - p1)).
    method : str
        "score" (Miettinen and Nurminen), "score-uncorrected" (Mee; Koopman) and "skewness-corrected" (Laud; Gart and
        Nam) for every measure. For a difference also "newcombe", "agresti-caffo" and "wald", and the exact
        unconditional "chan-zhang" and "agresti-min", for samples of at most 5,000; for a ratio "katz" (log)
        and "mover"; for an odds ratio "wald" (Woolf, log), "mover", and the exact conditional "central", "mid-p" and
        "fisher".
    confidence_level : float or None
        Between 0 and 1. None, with the exact unconditional methods only, asks for the p-value without an interval,
        which takes them a hundred times as long.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        What the null value is held against. With "less" and "greater" the interval has one limit, at the whole of
        1 - confidence_level, and the other end is that of the measure's range. "equivalence" makes two one-sided tests.
    null : float, array of float, or pair of them
        The value of the measure that is tested: 0 for a difference, 1 for ratios unless given; a margin for a test of
        non-inferiority. With "equivalence" a pair (low, high), the bounds within which the groups count as equivalent.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag``, as fractions: numbers and a `Flag` when
        all arguments are scalars, otherwise arrays of the common shape (flags as integers). ``statistic`` is a signed
        standard normal deviate, and NaN for the exact conditional methods, which have none; for the unconditional ones
        it is the "score-uncorrected" one, by which they order tables.

        Where ``nobs1`` or ``nobs2`` is 0 all of them are NaN, with the flag ``NO_CASES`` or ``NO_REFERENCE``. A ratio
        of 0 to 0, and an odds ratio where both groups have no cases or only cases, has estimate NaN, limits 0 and
        infinity and the flag ``UNDEFINED``. Fewer than 30 cases set ``SMALL_BASE`` (first group) or ``SMALL_REFERENCE``
        (second). ``REJECTED_INSIDE`` says that the interval holds the null value although p is below
        1 - confidence_level, which happens with "fisher" and "skewness-corrected" only; with "chan-zhang" and
        "agresti-min", that it holds some value that the test rejects.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole, not finite, above its number of observations or above 2**53, if a null value
        is outside the measure's range (-1 to 1, or above 0), if shapes do not broadcast, or if a table is too large for
        an exact method (both groups, cases and non-cases above 100 million): the message names the argument and the
        first bad element. If the measure, the method, the level or the alternative does not exist.

    Notes
    -----
    A two-sided p is twice the smaller one-sided p, at most 1, except for "fisher", where tables no more probable than
    the one seen are added up. For "newcombe" and "mover", which are intervals first, p is the smallest
    1 - confidence_level at which the interval excludes the null value (0 if none includes it). For all methods but
    "skewness-corrected", "fisher" and the unconditional ones, p is below 1 - confidence_level exactly when the interval
    excludes the null value; for these whenever it does. (The statistic of "skewness-corrected" can turn back near the
    estimate: two-sided levels below about 0.7 and one-sided ones below about 0.65 are not for it.)

    The exact unconditional methods enumerate all tables of the same sizes. p is the probability of those at least as
    extreme under the worst pair of proportions that differ by the null value: the supremum, to within 1e-12.
    "chan-zhang" doubles the smaller one-sided p, and its interval inverts the two one-sided tests (Chan, I. S. F. and
    Zhang, Z. (1999), Biometrics 55: 1202-1209); "agresti-min" makes one test of the size of the statistic (Agresti, A.
    and Min, Y. (2001), Biometrics 57: 963-971); one-sided the two are the same. p is not monotone in the null value, so
    the interval is the hull of the values that are not rejected, wider than it by less than 1e-9 at either end;
    rejected stretches inside it are found down to a width of 1e-7.

    With "equivalence" p is the larger of the two one-sided p-values and ``statistic`` is that test's; the limits are
    the two one-sided ones, an interval of level 2 confidence_level - 1, so that p is below 1 - confidence_level when
    the interval lies between the bounds.

    The methods, with what they do at zero:

    - "score", "score-uncorrected", "skewness-corrected": (p1 - p2 - null) or its like over the standard error at the
      most likely proportions that have that null value. Defined at every count. Miettinen, O. and Nurminen, M. (1985),
      Statistics in Medicine 4: 213-226; Mee, R. W. (1984), Biometrics 40: 1175-1176; Koopman, P. A. R. (1984),
      Biometrics 40: 513-517; Laud, P. J. (2017), Pharmaceutical Statistics 16: 334-348; Gart, J. J. and Nam, J. (1988),
      Biometrics 44: 323-338.
    - "newcombe": p1 - p2 -+ root sum of squares of the distances to the Wilson limits. Defined at every count.
      Newcombe, R. G. (1998), Statistics in Medicine 17: 873-890, method 10.
    - "mover": the same for a quotient of proportions or of odds. Defined at every count; where a group has only cases
      its odds are infinite, and the other two cells are compared, which have the same odds ratio. Donner, A. and Zou,
      G. (2012), Statistical Methods in Medical Research 21: 347-359; Fagerland, M. W. and Newcombe, R. G. (2013),
      Statistics in Medicine 32: 2823-2836.
    - "wald" (difference): p1 - p2 -+ z standard errors. With shares of 0 or 1 only the formula gives a point, which is
      flagged ``NO_VARIANCE``, as nothing is known then; `gap` and `compare_groups` have no limits and no p-value there.
      "agresti-caffo": the same with a case and a non-case added to each group; ``estimate`` stays p1 - p2. Agresti, A.
      and Caffo, B. (2000), The American Statistician 54: 280-288.
    - "katz" and "wald" (odds ratio; Woolf 1955): normal on the log scale. With a count of 0 (for the odds ratio, any
      cell of 0) they know nothing: limits 0 and infinity, no statistic, p 1. Katz, D. et al. (1978), Biometrics 34:
      469-474. "katz" of all cases against all is a point too, and flagged.
    - "central", "mid-p", "fisher": exact given both margins; the estimate is the conditional maximum likelihood one.
      The limits are where p, or its tail, crosses 1 - confidence_level, or half of it; for "fisher" the smallest
      and the largest null value that is not rejected, where probabilities within 1e-7 of each other, relatively, are
      equal (as in R's fisher.test, whose interval is the central one). With all margins on one side (0 against 0) they
      know nothing. Cornfield, J. (1956), Third Berkeley Symposium 4: 135-148; Baptista, J. and Pike, M. C. (1977),
      Applied Statistics 26: 214-220.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_proportions(56, 70, 48, 80)
    >>> f"{found.estimate:.2f} ({found.low:.3f} to {found.high:.3f}), p {found.pvalue:.4f}"
    '0.20 (0.053 to 0.338), p 0.0083'
    >>> dr.compare_proportions([9, 0], [17, 9], 0, 29, measure="ratio").low.round(2)
    array([4.33, 0.  ])
    """
    two_samples.check_method(measure, method, METHODS)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], two_samples.RANGES[measure])
    samples, asked = two_samples.read_counts(count1, nobs1, count2, nobs2, asked)
    rows, rejected_inside = _answer(measure, method, samples, asked, confidence_level, alternative)
    flags = two_samples.sample_flags(samples[1], samples[3], rows[0])
    flags |= np.where(_has_no_error(measure, method, samples), np.int64(Flag.NO_VARIANCE), np.int64(0))
    return two_samples.pack(rows, flags | rejected_inside)


def kernel(measure: str, method: str) -> Kernel:
    """The compiled function that has the method; where it is a formula, counts may be fractions."""
    return two_samples.compiled(_core.compare_proportions, measure, method)


def _answer(
    measure: str,
    method: str,
    samples: tuple[Floats, ...],
    null: Null,
    confidence_level: float | None,
    alternative: str,
) -> tuple[Floats, NDArray[np.int64]]:
    """The rows of the answer, and the flags of intervals that hold a null value which is rejected."""
    if method in unconditional.METHODS:
        return unconditional.compare(method, samples, null, confidence_level, alternative)
    level = checked.level(confidence_level)
    if method in CONDITIONAL:
        _refuse_large(method, samples)
    rows = two_samples.answer(kernel(measure, method), samples, null, level, alternative)
    if method not in REJECT_INSIDE:
        return rows, np.zeros(rows.shape[1:], np.int64)
    return rows, two_samples.rejected_inside(rows, null, level)


def _has_no_error(measure: str, method: str, samples: tuple[Floats, ...]) -> NDArray[np.bool_]:
    """Where a textbook formula takes its estimate for certain: shares of 0 or 1 only, of a ratio those of 1 only."""
    count1, nobs1, count2, nobs2 = samples
    textbook = (measure, method) in (("difference", "wald"), ("ratio", "katz"))
    whole1, whole2 = (count == nobs for count, nobs in ((count1, nobs1), (count2, nobs2)))
    none1, none2 = ((count == 0) & (measure == "difference") for count in (count1, count2))
    return np.asarray(textbook & (whole1 | none1) & (whole2 | none2) & (nobs1 > 0) & (nobs2 > 0))


def _refuse_large(method: str, samples: tuple[Floats, ...]) -> None:
    """The tables that share their margins with the one seen are as many as the smallest margin allows."""
    count1, nobs1, count2, nobs2 = samples
    groups, cases = np.minimum(nobs1, nobs2), count1 + count2
    smallest = np.minimum(groups, np.minimum(cases, nobs1 + nobs2 - cases))
    problem = f"is too large for {method!r}: groups, cases and non-cases are all above {LARGEST_MARGIN:,}"
    checked.refuse_first("nobs1", nobs1, smallest > LARGEST_MARGIN, problem)
