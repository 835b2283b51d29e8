"""Events that a sample stands for: how many independent events they are worth, and how they vary together."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.student import stretch
from dueregard.inference.surveys.ratios import totals_of
from dueregard.inference.surveys.unions import Members, each_alone, in_statistics, together

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SurveyEvents:
    """Totals of weights of events, flat; ``typical`` is the variance over the total of them all together."""

    cells: ClusterTotals
    members: Members
    typical: float
    weighted: bool

    def united(self, new: Any, old: Any, n: int) -> "SurveyEvents":
        """Other totals: number ``new[i]`` of ``n`` takes in the cells of number ``old[i]`` of these."""
        new, old = np.asarray(new, np.int64).reshape(-1), np.asarray(old, np.int64).reshape(-1)
        pair, to = in_statistics(np.asarray(self.members[0]), new, old, self.members[2])
        return replace(self, members=(to, np.asarray(self.members[1])[pair], n))

    @cached_property
    def totals(self) -> Estimates:
        return totals_of(self.cells, 0, self.members)

    @property
    def told(self) -> NDArray[np.bool_]:
        """Where the sample says something of its own precision."""
        found = self.totals
        return np.asarray((found.value > 0) & (found.clusters > 1) & (found.degrees_of_freedom >= 1))

    @property
    def worth_one(self) -> Floats:
        """How many events are worth one independent event: variance over total, as a Poisson count has 1.

        Where there is none, or all are in one cluster, that of all groups together; all in one cluster are worth one.
        """
        found = self.totals
        own = np.divide(found.variance, found.value, out=np.full(len(found.value), self.typical), where=self.told)
        return np.where(found.clusters == 1, np.maximum(found.value, self.typical), own)

    def flags(self) -> Integers:
        """What the design has to say of each total."""
        borrowed = np.where((self.totals.nobs > 0) & ~self.told, int(Flag.BORROWED_PRECISION), 0)
        design = int(Flag.EFFECTIVE_SIZE) if self.weighted else 0
        design |= int(Flag.CLUSTERED) if (self.cells.nobs > 1).any() else 0
        return (self.totals.flag & int(Flag.LONELY_STRATUM)) | borrowed | design

    def covariance(self, other: "SurveyEvents") -> Floats:
        """Of the logarithms of these totals and others, number by number; 0 where either says nothing of its own."""
        n = self.members[2]
        found = totals_of(self.cells, 0, together(self.members, other.members))
        both = found.covariance(np.tile(np.arange(n), 2)).of(np.arange(n), n + np.arange(n))
        told = self.told & other.told
        product = self.totals.value * other.totals.value
        return np.asarray(np.divide(both, product, out=np.zeros(n), where=told))

    def stretch(self, other: "SurveyEvents", z: float) -> Floats:
        """How many times as far as limits of counts those of two totals reach, for what clusters leave unknown."""
        sides = [np.where(side.told, side.totals.degrees_of_freedom, np.inf) for side in (self, other)]
        return stretch(z, np.minimum(*sides), np.full(self.members[2], np.inf))


def survey_events(cells: ClusterTotals, *, weighted: bool) -> SurveyEvents:
    """Every cell a total of its own."""
    made = SurveyEvents(cells, each_alone(cells.n_domains), 1.0, weighted)
    total, variance = (np.where(made.told, each, 0.0).sum() for each in (made.totals.value, made.totals.variance))
    weight = cells.domain_sums[:, 0].sum()
    alone = cells.domain_squares.sum() / weight if weight > 0 else 1.0
    return replace(made, typical=float(variance / total) if variance > 0 else float(alone))
