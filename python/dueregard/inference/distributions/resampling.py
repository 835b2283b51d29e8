"""Bootstrap and permutation: counts are resampled, not rows, and not at all where the exact law is cheap."""

from collections.abc import Iterator
from math import ceil, floor, sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, threads
from dueregard.flags import Flag
from dueregard.inference import checked, random_keys
from dueregard.inference.checked import Floats
from dueregard.inference.distributions import table_statistics
from dueregard.inference.distributions.answer_tables import AnswerTable
from dueregard.inference.distributions.table_statistics import Statistic

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


class Resampling:
    """What bootstrap and permutation share: a table, a statistic of it, and how to draw tables like it."""

    def __init__(
        self,
        table: AnswerTable,
        statistic: Any,
        positive: Any,
        values: Any,
        n_resamples: Any,
        rng: Any,
        n_threads: int | None,
    ) -> None:
        self.table = table
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
        return found, f"{self.n:,} resamples{also}, {random_keys.in_words(self.rng, key)}"

    def _drawn(self, kind: str, key: random_keys.Key) -> Iterator[NDArray[np.int64]]:
        """Replicates, so many at once that memory stays small."""
        block = max(1, CELLS_AT_ONCE // self.table.counts.size)
        for start in range(0, self.n, block):
            n = min(block, self.n - start)

            def work(first: int, stop: int, interrupt: threads.Interrupt, start: int = start) -> NDArray[np.int64]:
                return _core.resample_counts(self.table.counts, key, start + first, stop - first, kind, interrupt)

            parts = threads.over_ranges(work, n, min(self.threads, n))
            yield parts[0] if len(parts) == 1 else np.concatenate(parts)


def bootstrap(resampled: Resampling, confidence_level: float, *, exact: bool) -> Bootstrap:
    """The percentile interval; from the law of the statistic, if ``exact``, where that is known."""
    checked.true_or_false("exact", exact)
    tail = (1 - checked.level(confidence_level)) / 2
    estimate, flag = resampled.estimate, resampled.flag
    if resampled.is_impossible:
        return Bootstrap(estimate, np.nan, np.nan, np.nan, None, flag, "none: a group is empty")
    if resampled.name == "ratio" and np.isnan(estimate):
        return Bootstrap(estimate, 0.0, np.inf, np.nan, None, flag, "none: the ratio of 0 and 0")
    if exact and resampled.name in ("share", "difference"):
        return _exact_bootstrap(resampled.shares(), tail, estimate, flag)
    return _drawn_bootstrap(resampled, tail)


def permutation_test(resampled: Resampling, alternative: str, *, exact: bool) -> PermutationTest:
    """The test that groups do not differ; by an exact sum, if ``exact``, where there is one."""
    checked.true_or_false("exact", exact)
    checked.one_of("alternative", alternative, ALTERNATIVES)
    if len(resampled.table.counts) == 1:
        raise ValueError("counts: people can only be shuffled between two groups or more")
    observed, flag = resampled.estimate, resampled.flag
    if resampled.is_impossible or np.isnan(observed):
        reason = "a group is empty" if resampled.is_impossible else "the statistic is not defined"
        return PermutationTest(observed, np.nan, False, flag, f"none: {reason}")
    if exact and resampled.name in ("difference", "ratio"):
        at_most, at_least = _core.permutation_tails(*resampled.shares())
        pvalue = _sided(at_most, at_least, alternative)
        return PermutationTest(observed, pvalue, True, flag, "exact: hypergeometric")
    return _drawn_test(resampled, alternative)


def _exact_bootstrap(shares: tuple[int, int, int, int], tail: float, estimate: float, flag: Flag) -> Bootstrap:
    count1, nobs1, count2, nobs2 = shares
    low, high = _core.difference_quantiles(*shares, tail)
    variance = count1 * (nobs1 - count1) / nobs1**3 + count2 * (nobs2 - count2) / nobs2**3
    of_one = count2 == 0 and nobs2 == 1
    method = "exact: binomial" if of_one else "exact: difference of two binomials"
    common = nobs1 * nobs2
    return Bootstrap(estimate, low / common, high / common, sqrt(variance), None, flag, method)


def _drawn_bootstrap(resampled: Resampling, tail: float) -> Bootstrap:
    distribution, method = resampled.replicates("bootstrap")
    defined = distribution[~np.isnan(distribution)]
    flag = resampled.flag | (Flag.UNDEFINED if len(defined) < len(distribution) else Flag(0))
    low, high = _percentiles(defined, tail)
    return Bootstrap(resampled.estimate, low, high, _spread(defined), distribution, flag, method)


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


def _drawn_test(resampled: Resampling, alternative: str) -> PermutationTest:
    found, method = resampled.replicates("permutation")
    undefined = np.isnan(found)
    sizes = np.abs(np.append(found[~undefined], resampled.estimate))
    same = SAME * float(sizes[np.isfinite(sizes)].max(initial=0.0))
    at_most = (1 + int(((found <= resampled.estimate + same) | undefined).sum())) / (1 + len(found))
    at_least = (1 + int(((found >= resampled.estimate - same) | undefined).sum())) / (1 + len(found))
    flag = resampled.flag | (Flag.UNDEFINED if undefined.any() else Flag(0))
    return PermutationTest(resampled.estimate, _sided(at_most, at_least, alternative), False, flag, method)


def _sided(at_most: float, at_least: float, alternative: str) -> float:
    """The p-value of the alternative from the chances of as little, and as much, as was observed."""
    return {"less": at_most, "greater": at_least, "two-sided": min(1.0, 2 * min(at_most, at_least))}[alternative]
