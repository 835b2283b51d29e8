"""The same people asked twice: difference and odds ratio of their answers, with interval and test of one statistic."""

from typing import Any

import numpy as np

from dueregard import _core
from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference import checked
from dueregard.inference.two_groups import two_samples
from dueregard.inference.two_groups.two_samples import Comparison as Comparison

METHODS = {"difference": ("score",), "odds-ratio": ("mid-p", "exact")}
"""The first of each measure is its default."""

NO_EFFECT = {"difference": 0.0, "odds-ratio": 1.0}
"""The null value of each measure unless another is given."""


def compare_paired(
    both: Any,
    first_only: Any,
    second_only: Any,
    neither: Any,
    *,
    measure: str = "difference",
    method: str | None = None,
    confidence_level: float = 0.95,
    alternative: str = "two-sided",
    null: Any = None,
) -> Comparison:
    """Compare two answers of the same people, the first against the second.

    For people asked before and after, or asked two questions: the two shares are not independent, and only those whose
    answers differ say which is higher.

    Parameters
    ----------
    both, first_only, second_only, neither : int or array of int
        Number of people who said yes both times, only the first time, only the second time and neither time. They and
        ``null`` broadcast against each other.
    measure : {"difference", "odds-ratio"}
        The share of yes the first time less that of the second, (first_only - second_only) / people; or the odds ratio,
        first_only / second_only.
    method : {"score", "mid-p", "exact"}, optional
        Difference: "score" (Tango). Odds ratio: "mid-p" (McNemar's mid-p), the default, or "exact".
    confidence_level : float
        Between 0 and 1.
    alternative : {"two-sided", "less", "greater", "equivalence"}
        What the null value is held against. With "less" and "greater" the interval has one limit, at the whole of
        1 - confidence_level, and the other end is that of the measure's range. "equivalence" makes two one-sided tests.
    null : float, array of float, or pair of them
        The value of the measure that is tested: 0 for a difference, 1 for an odds ratio unless given. With
        "equivalence" a pair (low, high), the bounds within which the answers count as equivalent.

    Returns
    -------
    Comparison
        ``estimate``, ``low``, ``high``, ``statistic``, ``pvalue`` and ``flag``, differences as fractions: numbers and a
        `Flag` when all arguments are scalars, otherwise arrays of the common shape (flags as integers). ``statistic``
        is a signed standard normal deviate, at null 0 McNemar's (the square root of his chi-squared without
        correction), and NaN for an odds ratio, which has none.

        Where there is nobody all of them are NaN, with the flag ``NO_CASES``. Where nobody's answers differ the
        difference is 0 with finite limits, and the odds ratio has estimate NaN, limits 0 and infinity, p 1 and the flag
        ``UNDEFINED``. Fewer than 30 people set ``SMALL_BASE``.

    Raises
    ------
    TypeError
        If an argument is not a number.
    ValueError
        If a count is negative, not whole, not finite or above 2**53, if a null value is outside the measure's range
        (-1 to 1, or above 0), if shapes do not broadcast: the message names the argument and the first bad element. If
        the measure, the method, the level or the alternative does not exist.

    Notes
    -----
    A two-sided p is twice the smaller one-sided p, at most 1, and below 1 - confidence_level exactly when the interval
    excludes the null value.

    - "score": Tango, T. (1998), Equivalence test and confidence interval for the difference in proportions for the
      paired-sample design, Statistics in Medicine 17: 891-908.
    - "exact": of the people whose answers differ, those with a yes the first time are binomial with odds equal to the
      odds ratio; the limits are Clopper and Pearson's. "mid-p" counts half the probability of the table itself.
      Fagerland, M. W., Lydersen, S. and Laake, P. (2013), The McNemar test for binary matched-pairs data, BMC Medical
      Research Methodology 13: 91.

    Examples
    --------
    >>> import dueregard as dr
    >>> found = dr.compare_paired(1, 1, 7, 12)
    >>> f"{found.estimate:.3f} ({found.low:.3f} to {found.high:.3f}), p {found.pvalue:.3f}"
    '-0.286 (-0.517 to -0.026), p 0.034'
    >>> round(dr.compare_paired(1, 1, 7, 12, measure="odds-ratio").pvalue, 4)
    0.0391
    """
    checked.one_of("measure", measure, tuple(METHODS))
    chosen = METHODS[measure][0] if method is None else method
    two_samples.check_method(measure, chosen, METHODS)
    level = checked.level(confidence_level)
    asked = two_samples.read_null(null, alternative, NO_EFFECT[measure], two_samples.RANGES[measure])
    named = {"both": both, "first_only": first_only, "second_only": second_only, "neither": neither}
    counts = {name: checked.whole_numbers(name, values) for name, values in named.items()}
    samples, asked = two_samples.in_common_shape(counts, asked)
    kernel = two_samples.compiled(_core.compare_paired, measure, chosen)
    rows = two_samples.answer(kernel, samples, asked, level, alternative)
    people = samples[0] + samples[1] + samples[2] + samples[3]
    flags = np.where(people == 0, Flag.NO_CASES, np.where(people < SMALL_BASE, Flag.SMALL_BASE, 0))
    flags |= np.where(np.isnan(rows[0]) & (people > 0), Flag.UNDEFINED, 0)
    return two_samples.pack(rows, np.asarray(flags, np.int64))
