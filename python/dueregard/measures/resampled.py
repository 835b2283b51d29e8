"""Bootstrap and permutation of counts, in arrays or in a tally."""

from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.distributions import answer_tables, resampling
from dueregard.inference.distributions.answer_tables import NOTHING, AnswerTable
from dueregard.inference.distributions.resampling import Bootstrap, PermutationTest, Resampling
from dueregard.tallies import Tally, stated


def bootstrap(
    counts: Any,
    statistic: Any,
    *,
    positive: Any = None,
    values: Any = None,
    n_resamples: int = 9999,
    confidence_level: float = 0.95,
    rng: Any = None,
    exact: bool = True,
    threads: int | None = None,
) -> Bootstrap:
    """Percentile interval of a statistic of counts.

    Each group is drawn again from its own answers, its total fixed: its counts are multinomial. For a share of one
    group, and for the difference of two shares, the law of the result is known and cheap, and is used instead.

    Parameters
    ----------
    counts : array of int, shape (groups, answers) or (answers,), or Tally
        People who gave each answer. Of a tally, the outcome's answers are the last axis and the other dimensions,
        crossed in their order, are the groups; kinds of missing are left out, with a flag.
    statistic : str or callable
        Of one group "share", "mean" or "median"; of two groups, the first against the second, "difference" or
        "ratio" (of shares), "mean difference" or "median difference". A callable takes int64 counts of shape
        (replicates, groups, answers) and returns one number for each replicate; it is also called with the counts
        themselves as the only replicate.
    positive : int, label or list of them
        The answers that a share counts: positions along the last axis, or labels of a tally. Shares need it.
    values : array of float, shape (answers,), or dict of label to float
        The score of each answer. Means and medians need it.
    n_resamples : int
        How many replicates are drawn where the law is not known.
    confidence_level : float
        Between 0 and 1.
    rng : int, numpy SeedSequence or numpy Generator, optional
        The key of the random numbers: that of ``numpy.random.Philox(rng)``, or one drawn from the Generator; a new
        one each time by default. The same key gives the same bits on any number of threads.
    exact : bool
        Whether a known law is used; if not, replicates are drawn always.
    threads : int, optional
        As many as there are processors with enough work each by default.

    Returns
    -------
    Bootstrap
        ``estimate``, ``low``, ``high`` and ``standard_error``; ``distribution``, the statistic of each replicate in
        their order, or None where none was drawn; ``flag``; ``method``, which says what was done, with
        ``rng`` or the key. An empty group gives NaN and a flag. The ratio of 0 and 0 is NaN with limits 0 and infinity.
        Replicates whose statistic is NaN are flagged UNDEFINED and counted in ``method``; the limits are those of the
        others.

    Raises
    ------
    TypeError
        If an argument is of the wrong type.
    ValueError
        If a count is negative or not whole, if there are more than 2**31 - 1 people, if the statistic does not fit
        the number of groups or gives another shape; the message names the argument.

    Notes
    -----
    The lower limit is the smallest value whose distribution function reaches half of 1 - confidence_level, the upper
    one the smallest beyond which at most that half lies (Efron, B. (1979), Bootstrap methods: another look at the
    jackknife, Annals of Statistics 7: 1-26). Where all of a group gave the same answer, so do all its replicates: the
    interval is too narrow, and of no width if that holds for every group. `compare_proportions` has intervals that
    are right there too.

    Examples
    --------
    >>> import dueregard as dr
    >>> satisfied = [[300, 100], [150, 90]]  # 300 of 400 against 150 of 240
    >>> gap = dr.bootstrap(satisfied, "difference", positive=0)
    >>> f"{gap.estimate:.3f} ({gap.low:.3f} to {gap.high:.3f}), {gap.method}"
    '0.125 (0.051 to 0.200), exact: difference of two binomials'
    >>> ratio = dr.bootstrap(satisfied, "ratio", positive=0, rng=1)
    >>> f"{ratio.estimate:.2f} ({ratio.low:.2f} to {ratio.high:.2f})"
    '1.20 (1.07 to 1.35)'
    """
    resampled = Resampling(table_of(counts), statistic, positive, values, n_resamples, rng, threads)
    return resampling.bootstrap(resampled, confidence_level, exact=exact)


def permutation_test(
    counts: Any,
    statistic: Any,
    *,
    positive: Any = None,
    values: Any = None,
    alternative: str = "two-sided",
    n_resamples: int = 9999,
    rng: Any = None,
    exact: bool = True,
    threads: int | None = None,
) -> PermutationTest:
    """Test that groups do not differ, by shuffling people between them.

    The totals of groups and of answers stay as they are, so that counts are hypergeometric. For the difference and
    for the ratio of two shares, which grow with the first group's count, the p-value is an exact sum.

    Parameters
    ----------
    counts, statistic, positive, values, n_resamples, rng, threads
        As in `bootstrap`; there are two groups or more, so the statistics of one group do not exist here.
    alternative : {"two-sided", "less", "greater"}
        "greater": large values of the statistic (the first group above the second) speak against no difference.
    exact : bool
        Whether an exact sum is used where there is one; if not, replicates are drawn always.

    Returns
    -------
    PermutationTest
        ``statistic``, ``pvalue``, ``exact``, ``flag`` and ``method``. An empty group, and a statistic that is NaN,
        give NaN and a flag.

    Raises
    ------
    TypeError, ValueError
        As in `bootstrap`.

    Notes
    -----
    One-sided, the exact p-value is the chance of a statistic as large (as small) as the observed one or more so, and 0
    where that is below 1e-290 of the likeliest; of n replicates, e as extreme, it is (1 + e) / (1 + n), never 0
    (Phipson, B. and Smyth, G. K. (2010), Permutation p-values should never be zero, Statistical Applications in
    Genetics and Molecular Biology 9: 39). Two-sided it is
    twice the smaller of the two, at most 1. A replicate within 1e-12 of the largest size of the statistic counts as
    equal to the observed one; one that is NaN counts as more extreme, with the flag UNDEFINED.

    Examples
    --------
    >>> import dueregard as dr
    >>> test = dr.permutation_test([[300, 100], [150, 90]], "difference", positive=0)
    >>> f"{test.pvalue:.5f}, {test.method}"
    '0.00119, exact: hypergeometric'
    """
    resampled = Resampling(table_of(counts), statistic, positive, values, n_resamples, rng, threads)
    return resampling.permutation_test(resampled, alternative, exact=exact)


def table_of(counts: Any) -> AnswerTable:
    """The table that the argument `counts` stands for, refused where it cannot be resampled."""
    return answer_tables.checked_size(
        _of_tally(counts) if isinstance(counts, Tally) else answer_tables.of_array(counts)
    )


def _of_tally(tally: Tally) -> AnswerTable:
    """The outcome's answers for each cell of the other dimensions; kinds of missing are left out and flagged."""
    if tally.outcome is None:
        raise ValueError(f"counts: the tally has no outcome; its dimensions are {', '.join(map(repr, tally.dims))}")
    if tally.weighted:
        raise ValueError("counts: the tally is weighted, and resampled counts would ignore its weights")
    keep = [stated(names) for names in tally.labels.values()]
    answers = tally.counts[..., keep[-1]]
    groups = answers[np.ix_(*keep[:-1], range(answers.shape[-1]))]
    left_out = Flag.MISSING_ANSWERS if answers.sum() < tally.counts.sum() else NOTHING
    if groups.sum() < answers.sum():
        left_out |= Flag.MISSING_GROUP
    labels = tally.labels[tally.outcome]
    return AnswerTable(np.ascontiguousarray(groups).reshape(-1, len(keep[-1])), [labels[i] for i in keep[-1]], left_out)
