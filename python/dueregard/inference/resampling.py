"""Bootstrap and permutation: counts are resampled, not rows, and not at all where the exact law is cheap."""

from collections.abc import Iterator
from math import ceil, floor, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, threads
from dueregard.flags import Flag
from dueregard.inference import answer_tables, checked, random_keys, table_statistics
from dueregard.inference.answer_tables import AnswerTable
from dueregard.inference.checked import Floats
from dueregard.inference.table_statistics import Statistic

ALTERNATIVES = ("two-sided", "less", "greater")
SAME = 1e-12
"""Chances, and values of a statistic, this close relative to their size count as equal: both are rounded."""
CELLS_AT_ONCE = 2**22


class Bootstrap(NamedTuple):
    """An estimate with the percentile limits of its resampled law, and how they were found."""

    estimate: float
    low: float
    high: float
    standard_error: float
    distribution: Floats | None
    flag: Flag
    method: str


class PermutationTest(NamedTuple):
    """A statistic, how often shuffling people between groups gives one as extreme, and how that was found."""

    statistic: float
    pvalue: float
    exact: bool
    flag: Flag
    method: str


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
        their order, or None where none was drawn; ``flag``; ``method``, which says what was done, with the key. An
        empty group gives NaN and a flag. The ratio of 0 and 0 is NaN with limits 0 and infinity. Replicates whose
        statistic is NaN are flagged UNDEFINED and counted in ``method``; the limits are those of the others.

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
    checked.true_or_false("exact", exact)
    request = _Request(counts, statistic, positive, values, n_resamples, rng, threads)
    tail = (1 - checked.level(confidence_level)) / 2
    estimate, flag = request.estimate, request.flag
    if request.is_impossible:
        return Bootstrap(estimate, np.nan, np.nan, np.nan, None, flag, "none: a group is empty")
    if statistic == "ratio" and np.isnan(estimate):
        return Bootstrap(estimate, 0.0, np.inf, np.nan, None, flag, "none: the ratio of 0 and 0")
    if exact and statistic in ("share", "difference"):
        return _exact_bootstrap(request.shares(), tail, estimate, flag)
    return _drawn_bootstrap(request, tail)


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
    checked.true_or_false("exact", exact)
    checked.one_of("alternative", alternative, ALTERNATIVES)
    request = _Request(counts, statistic, positive, values, n_resamples, rng, threads)
    if len(request.table.counts) == 1:
        raise ValueError("counts: people can only be shuffled between two groups or more")
    observed, flag = request.estimate, request.flag
    if request.is_impossible or np.isnan(observed):
        reason = "a group is empty" if request.is_impossible else "the statistic is not defined"
        return PermutationTest(observed, np.nan, False, flag, f"none: {reason}")
    if exact and statistic in ("difference", "ratio"):
        at_most, at_least = _core.permutation_tails(*request.shares())
        pvalue = _sided(at_most, at_least, alternative)
        return PermutationTest(observed, pvalue, True, flag, "exact: hypergeometric")
    return _drawn_test(request, alternative)


class _Request:
    """The arguments that both share, checked."""

    def __init__(
        self, counts: Any, statistic: Any, positive: Any, values: Any, n_resamples: Any, rng: Any, n_threads: int | None
    ) -> None:
        self.table: AnswerTable = answer_tables.read(counts)
        self.name = statistic if isinstance(statistic, str) else None
        self.positive, self.rng = positive, rng
        self.of_tables: Statistic = table_statistics.choose(statistic, self.table, positive, values)
        self.n = checked.at_least_one("n_resamples", n_resamples)
        self.threads = min(threads.choose(n_threads, max(self.n * self.table.counts.size, 1)), self.n)
        random_keys.check(rng)
        self.estimate = float(self.of_tables(self.table.counts[np.newaxis])[0])
        undefined = np.isnan(self.estimate) and not self.is_impossible
        self.flag = self.table.flag() | (Flag.UNDEFINED if undefined else Flag(0))

    @property
    def is_impossible(self) -> bool:
        """Whether a statistic of ours has a group without people."""
        return self.name is not None and not self.table.totals.all()

    def shares(self) -> tuple[int, int, int, int]:
        """Count and total of the first and of the second group; nobody of one where there is no second."""
        chosen = self.table.counts[:, self.table.positions(self.positive)].sum(axis=1).tolist()
        totals = self.table.totals.tolist()
        return (chosen[0], totals[0], chosen[1], totals[1]) if len(totals) == 2 else (chosen[0], totals[0], 0, 1)

    def replicates(self, kind: str) -> tuple[Floats, str]:
        """The statistic of each replicate, and what was drawn."""
        key = random_keys.key_of(self.rng)
        found = np.concatenate([self.of_tables(tables) for tables in self._drawn(kind, key)])
        undefined = int(np.isnan(found).sum())
        also = f", {undefined:,} of them not defined" if undefined else ""
        return found, f"{self.n:,} resamples{also}, Philox key {random_keys.in_words(key)}"

    def _drawn(self, kind: str, key: random_keys.Key) -> Iterator[NDArray[np.int64]]:
        """Replicates, so many at once that memory stays small."""
        block = max(1, CELLS_AT_ONCE // self.table.counts.size)
        for start in range(0, self.n, block):
            n = min(block, self.n - start)

            def work(first: int, stop: int, interrupt: threads.Interrupt, start: int = start) -> NDArray[np.int64]:
                return _core.resample_counts(self.table.counts, key, start + first, stop - first, kind, interrupt)

            parts = threads.over_ranges(work, n, min(self.threads, n))
            yield parts[0] if len(parts) == 1 else np.concatenate(parts)


def _exact_bootstrap(shares: tuple[int, int, int, int], tail: float, estimate: float, flag: Flag) -> Bootstrap:
    count1, nobs1, count2, nobs2 = shares
    low, high = _core.difference_quantiles(*shares, tail)
    variance = count1 * (nobs1 - count1) / nobs1**3 + count2 * (nobs2 - count2) / nobs2**3
    of_one = count2 == 0 and nobs2 == 1
    method = "exact: binomial" if of_one else "exact: difference of two binomials"
    common = nobs1 * nobs2
    return Bootstrap(estimate, low / common, high / common, sqrt(variance), None, flag, method)


def _drawn_bootstrap(request: _Request, tail: float) -> Bootstrap:
    distribution, method = request.replicates("bootstrap")
    defined = distribution[~np.isnan(distribution)]
    flag = request.flag | (Flag.UNDEFINED if len(defined) < len(distribution) else Flag(0))
    low, high = _percentiles(defined, tail)
    return Bootstrap(request.estimate, low, high, _spread(defined), distribution, flag, method)


def _percentiles(values: Floats, tail: float) -> tuple[float, float]:
    """The smallest value with a share of at least `tail` up to it, and the smallest with at most `tail` above it."""
    n = len(values)
    if n == 0:
        return np.nan, np.nan
    low, high = ceil(tail * n * (1 - SAME)) - 1, n - 1 - floor(tail * n * (1 + SAME))
    ordered = np.partition(values, [low, high])
    return float(ordered[low]), float(ordered[high])


def _spread(values: Floats) -> float:
    """The standard deviation; infinite where a value is, and NaN for fewer than two."""
    if len(values) < 2:
        return np.nan
    return float(values.std(ddof=1)) if np.isfinite(values).all() else np.inf


def _drawn_test(request: _Request, alternative: str) -> PermutationTest:
    found, method = request.replicates("permutation")
    undefined = np.isnan(found)
    sizes = np.abs(np.append(found[~undefined], request.estimate))
    same = SAME * float(sizes[np.isfinite(sizes)].max(initial=0.0))
    at_most = (1 + int(((found <= request.estimate + same) | undefined).sum())) / (1 + len(found))
    at_least = (1 + int(((found >= request.estimate - same) | undefined).sum())) / (1 + len(found))
    flag = request.flag | (Flag.UNDEFINED if undefined.any() else Flag(0))
    return PermutationTest(request.estimate, _sided(at_most, at_least, alternative), False, flag, method)


def _sided(at_most: float, at_least: float, alternative: str) -> float:
    """The p-value of the alternative from the chances of as little, and as much, as was observed."""
    return {"less": at_most, "greater": at_least, "two-sided": min(1.0, 2 * min(at_most, at_least))}[alternative]
