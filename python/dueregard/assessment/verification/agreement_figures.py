"""The figures of agreement for some of the pairs, as arrays by unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment.verification.pairs import Pairs
from dueregard.inference.agreement.clusters import Estimate, difference_interval, jackknife, share_interval
from dueregard.inference.agreement.kappas import Kappa, weighted_kappa
from dueregard.inference.checked import Floats
from dueregard.inference.finite_populations.hypergeometric import number_limits
from dueregard.inference.two_groups.paired import compare_paired


@dataclass(frozen=True)
class Figures:
    """Agreement of the pairs chosen by ``chosen``, (n_units, n_indicators), at a confidence level.

    ``one_unit`` says that they are of one unit alone: then what is sampled is which of its answers were checked.
    """

    pairs: Pairs
    chosen: NDArray[np.bool_]
    confidence_level: float
    weights: str
    one_unit: bool = False

    @cached_property
    def _both(self) -> NDArray[np.bool_]:
        return np.asarray(self.pairs.both & self.chosen)

    @cached_property
    def sizes(self) -> Floats:
        """Pairs of each unit that has any."""
        sizes = self._both.sum(axis=1).astype(np.float64)
        return np.asarray(sizes[sizes > 0])

    @property
    def nobs(self) -> int:
        return int(self.sizes.sum())

    @cached_property
    def not_checked(self) -> int:
        """Own answers that were not asked about."""
        return int(((self.pairs.own >= 0) & ~self.pairs.drawn & self.chosen).sum())

    @cached_property
    def check_missing(self) -> int:
        """Own answers that were checked without a result."""
        return int(((self.pairs.own >= 0) & self.pairs.drawn & (self.pairs.check < 0) & self.chosen).sum())

    @cached_property
    def own_missing(self) -> int:
        """Answers of the check where the unit's own is missing."""
        return int(((self.pairs.own < 0) & (self.pairs.check >= 0) & self.chosen).sum())

    @property
    def of_all(self) -> bool:
        """Whether all answers of the one unit were checked, with a result."""
        return self.one_unit and self.nobs > 0 and not self.not_checked and not self.check_missing

    def by_unit(self, values: NDArray[np.generic]) -> Floats:
        """Sums over the pairs of each unit that has any."""
        kept = self._both.any(axis=1)
        return np.asarray(np.where(self._both, values, 0).sum(axis=1, dtype=np.float64)[kept])

    def share(self, has: NDArray[np.bool_]) -> Estimate:
        """The share of pairs with a property, as a fraction: by cluster, or for one unit of all that it answered."""
        counts = self.by_unit(has)
        if not self.one_unit:
            return share_interval(counts, self.sizes, self.confidence_level)
        share = float(counts.sum() / self.nobs) if self.nobs else float("nan")
        return Estimate(share) if self.of_all or not self.nobs else self._of_whole(int(counts.sum()), share)

    def _of_whole(self, count: int, share: float) -> Estimate:
        """Limits for all answers of a unit; a check without a result could have come out either way."""
        sampled, unclear = self.nobs + self.check_missing, self.check_missing
        total = sampled + self.not_checked
        low, _ = number_limits(count, sampled, total, self.confidence_level)
        _, high = number_limits(count + unclear, sampled, total, self.confidence_level)
        return Estimate(share, float("nan"), float(low) / total, float(high) / total)

    def mean(self, values: NDArray[np.int64], largest: float) -> Estimate:
        """The mean of differences that are at most ``largest`` either way."""
        if self.one_unit:
            return Estimate(float(self.by_unit(values).sum() / self.nobs) if self.nobs else float("nan"))
        sides = [np.maximum(side, 0) / largest for side in (values, -values)]
        above, below = (self.by_unit(side) for side in sides)
        squares = float(self.by_unit(sides[0] ** 2).sum()), float(self.by_unit(sides[1] ** 2).sum())
        found = difference_interval(above, below, self.sizes, self.confidence_level, squares)
        estimate, se, low, high, pvalue = found
        found = Estimate(largest * estimate, largest * se, largest * low, largest * high, pvalue)
        return _inside(found, largest)

    @cached_property
    def _tables(self) -> NDArray[np.int64]:
        """(n_units, k, k): pairs of each unit that has any, by own answer and answer of the check."""
        k, kept = len(self.pairs.met), np.flatnonzero(self._both.any(axis=1))
        unit, indicator = np.nonzero(self._both)
        tables = np.zeros((len(self.pairs.units), k, k), dtype=np.int64)
        np.add.at(tables, (unit, self.pairs.own[unit, indicator], self.pairs.check[unit, indicator]), 1)
        return tables[kept]

    @cached_property
    def kappa(self) -> tuple[Kappa, Estimate]:
        """Kappa, with limits from its own error where pairs are of different units, else by cluster; inside -1 to 1."""
        table = self._tables.sum(axis=0)
        found = weighted_kappa(table, self.weights)
        if self.one_unit or np.isnan(found.estimate) or found.least_possible == found.most_possible:
            return found, Estimate(found.estimate)
        if self.sizes.max() > 1:
            without = [weighted_kappa(table - own, self.weights).estimate for own in self._tables]
            made = jackknife(found.estimate, np.array(without), self.confidence_level)
        else:
            made = _normal(found, self.confidence_level)
        return found, _inside(made, 1.0)

    @property
    def mid_p(self) -> float:
        """McNemar's mid-p of met or not, as if all pairs were independent; NaN for one unit."""
        if len(self.sizes) < 2:
            return float("nan")
        own, check = (self.pairs.met[np.maximum(side, 0)] for side in (self.pairs.own, self.pairs.check))
        cells = [int((self._both & first & second).sum()) for first in (own, ~own) for second in (check, ~check)]
        both, own_only, check_only, neither = cells
        return float(compare_paired(both, own_only, check_only, neither, measure="odds-ratio", method="mid-p").pvalue)


def _inside(found: Estimate, largest: float) -> Estimate:
    """Limits no further out than what there can be."""
    low, high = (float(np.clip(limit, -largest, largest)) for limit in (found.low, found.high))
    return found._replace(low=low, high=high)


def _normal(found: Kappa, confidence_level: float) -> Estimate:
    """Limits and p-value from a standard error; none from an error of 0, which only says that nothing varied."""
    from scipy.stats import norm

    if not found.se > 0:
        return Estimate(found.estimate)
    reach = float(norm.isf((1 - confidence_level) / 2)) * found.se
    pvalue = float(2 * norm.sf(abs(found.estimate) / found.se))
    return Estimate(found.estimate, found.se, found.estimate - reach, found.estimate + reach, pvalue)
