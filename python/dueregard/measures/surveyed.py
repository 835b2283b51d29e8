"""Which cells of a survey shares are made of, and how they vary from sample to sample, alone and together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.edge_intervals import SurveyShares, survey_shares
from dueregard.inference.surveys.intervals.likeness import effective_clusters
from dueregard.inference.surveys.ratios import totals_of
from dueregard.inference.surveys.unions import Members, in_statistics, together, unions

Integers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Surveyed:
    """Shares of a survey, flat: each is the weight of its ``top`` cells over that of its ``base`` cells.

    ``alike`` says how alike answers of one cluster are (see `likeness`), from all shares that were there at first, so
    that a group borrows the same precision whatever it is compared with.
    """

    cells: ClusterTotals
    top: Members
    base: Members
    weighted: bool
    alike: float | None = None

    @property
    def n(self) -> int:
        return self.base[2]

    def united(self, new: Any, old: Any, n: int) -> "Surveyed":
        """Other shares: number ``new[i]`` of ``n`` takes in the cells of number ``old[i]`` of these."""
        new, old = np.asarray(new, np.int64).reshape(-1), np.asarray(old, np.int64).reshape(-1)
        parts = []
        for statistic, cell, count in (self.top, self.base):
            pair, to = in_statistics(np.asarray(statistic), new, old, count)
            parts.append((to, np.asarray(cell)[pair], n))
        return replace(self, top=parts[0], base=parts[1])

    @cached_property
    def estimates(self) -> "SharesEstimated":
        """These shares."""
        return estimated([self])

    def shares(self, share: Floats, nobs: Any, kish: Floats) -> SurveyShares:
        """With their effective sizes; the arrays are of one shape, in the order of the shares."""
        return self.estimates.shares(0, share, nobs, kish, self.alike)


@dataclass(frozen=True, eq=False)
class SharesEstimated:
    """Several sets of shares of one survey, estimated together; set ``i`` has the shares from ``starts[i]`` on."""

    cells: ClusterTotals
    base: Members
    quotients: Estimates
    totals: Estimates
    starts: tuple[int, ...]

    def places(self, i: int) -> Integers:
        """The numbers of the shares of one set."""
        return np.arange(self.starts[i], self.starts[i + 1])

    def variance(self, i: int) -> Floats:
        """The variances of the shares of one set."""
        return np.asarray(self.quotients.variance[self.places(i)])

    @property
    def degrees_of_freedom(self) -> Floats:
        """Clusters less strata in which the base of each share is."""
        return np.asarray(self.totals.degrees_of_freedom[self.starts[-1] :])

    @property
    def clusters(self) -> Integers:
        return np.asarray(self.totals.clusters[self.starts[-1] :])

    def shares(self, i: int, share: Floats, nobs: Any, kish: Floats, alike: float | None) -> SurveyShares:
        """One set of shares with their effective sizes."""
        at = self.places(i)
        found = (self.quotients.variance, self.clusters, self._telling(alike or 0.0))
        variance, clusters, degrees = (np.asarray(each[at], np.float64).reshape(share.shape) for each in found)
        return survey_shares(share, variance, nobs, kish, clusters, degrees, alike)

    def _telling(self, alike: float) -> Floats:
        """Degrees of freedom, as few as clusters of unequal say leave: their effective number, less strata in part."""
        degrees, clusters = self.degrees_of_freedom, np.maximum(self.clusters, 1)
        less = (clusters - 1) / clusters if self.cells.replicates is not None else degrees / clusters
        telling = effective_clusters(unions(self.cells, self.base), alike) * less
        return np.fmin(degrees, np.maximum(telling, np.fmin(degrees, 1.0)))

    def flags(self, i: int) -> Integers:
        """What the design has to say of the shares of one set."""
        return np.asarray(self.totals.flag[self.starts[-1] :][self.places(i)]) & int(Flag.LONELY_STRATUM)


def estimated(sets: Sequence[Surveyed]) -> SharesEstimated:
    """Several sets of shares of one survey, estimated together so that their covariances can be asked for."""
    base = together(*(each.base for each in sets))
    totals = totals_of(sets[0].cells, 0, together(*(each.top for each in sets), base))
    quotients = totals.quotients(np.arange(base[2]), base[2] + np.arange(base[2]))
    starts = tuple(np.cumsum([0, *(each.n for each in sets)]).tolist())
    return SharesEstimated(sets[0].cells, base, quotients, totals, starts)


@dataclass(frozen=True, eq=False)
class Beside(Surveyed):
    """Sets of shares by different cells of one survey, one after another; the other fields are those of the first."""

    sets: tuple[Surveyed, ...] = ()

    @cached_property
    def estimates(self) -> "EstimatedBeside":
        """The shares of every set."""
        parts = tuple(each.estimates for each in self.sets)
        return EstimatedBeside(**parts[0].__dict__, parts=parts)

    def shares(self, share: Floats, nobs: Any, kish: Floats) -> SurveyShares:
        """With their effective sizes; see `Surveyed.shares`."""
        ends = np.cumsum([each.n for each in self.sets])[:-1]
        split = [np.split(np.reshape(each, -1), ends) for each in (share, nobs, kish)]
        parts = [each.shares(*arrays) for each, *arrays in zip(self.sets, *split, strict=True)]
        joined = SurveyShares.joined(parts)
        return replace(joined, **{name: np.reshape(each, share.shape) for name, each in joined.__dict__.items()})

    def united(self, new: Any, old: Any, n: int) -> Surveyed:
        raise NotImplementedError("shares by different cells cannot be united")


@dataclass(frozen=True, eq=False)
class EstimatedBeside(SharesEstimated):
    """The estimates of sets of shares by different cells."""

    parts: tuple[SharesEstimated, ...] = ()

    @property
    def degrees_of_freedom(self) -> Floats:
        return np.concatenate([part.degrees_of_freedom for part in self.parts])

    def variance(self, i: int) -> Floats:
        return np.concatenate([part.variance(i) for part in self.parts])

    def flags(self, i: int) -> Integers:
        return np.concatenate([part.flags(i) for part in self.parts])


def beside(sets: Sequence[Surveyed]) -> Beside:
    """Several sets of shares as one."""
    first = sets[0]
    return Beside(first.cells, first.top, first.base, first.weighted, first.alike, sets=tuple(sets))
