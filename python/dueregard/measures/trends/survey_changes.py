"""Changes between two windows of a survey: what the design says of their variance, clusters in both windows included.

Scores add up: those of the four shares of a change of gaps, added with their signs, are the scores of the change,
whatever months, people and clusters the windows share.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.degrees import part_of_strata
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.edge_intervals import NOTHING
from dueregard.inference.surveys.intervals.student import FARTHEST, NEAREST, stretch, student
from dueregard.inference.surveys.intervals.summed_degrees import TellingClusters
from dueregard.inference.surveys.unions import unions
from dueregard.measures.gaps.against_target import HeldAgainst
from dueregard.measures.gaps.compared import Compared
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import SharesEstimated, Surveyed, estimated

METHOD_WORDS = {
    "mover": "MOVER of Wilson limits, effective numbers of cases",
    "wald": "Wald, linearised, Student's t",
}


@dataclass(frozen=True, eq=False)
class SurveyChange:
    """The shares of two windows, with ``gap`` beside those of the reference, estimated together."""

    before: Compared
    after: Compared
    gap: bool

    @cached_property
    def found(self) -> SharesEstimated:
        """The shares of each side in each window, and of all of them together, for its degrees of freedom."""
        sets = [_survey(side) for side, _ in self._sides]
        return estimated([*sets, _together(sets)])

    def changes(self, weight: Floats | None = None) -> Estimates:
        """One change for each area and group; with ``weight``, by area and group, their sum over areas for each."""
        n_areas, n_groups = self.after.grouped.nobs.shape
        n = n_areas * n_groups if weight is None else n_groups
        to, each = np.arange(n_areas * n_groups) % n, 1.0 if weight is None else weight.reshape(-1)
        source = np.concatenate([self.found.places(i) for i in range(len(self._sides))])
        signs = np.concatenate([np.full(len(to), sign) * each for _, sign in self._sides])
        kept = signs != 0
        places = np.tile(to, len(self._sides))
        return self.found.quotients.combined(places[kept], source[kept], signs[kept], n)

    def degrees_of_freedom(self, weight: Floats | None = None) -> Floats:
        """Those of all cases of a change, less one for each share but the first, at least 1."""
        found = self.degrees_together(weight)
        return np.asarray(np.maximum(np.where(np.isnan(found), np.inf, found) - (len(self._sides) - 1), 1.0))

    def degrees_together(self, weight: Floats | None = None) -> Floats:
        """Clusters less strata of all cases of a change."""
        n_groups = self.after.grouped.nobs.shape[1]
        places = self.found.places(len(self._sides))
        found = self.found.degrees_of_freedom[places]
        if weight is not None:
            used = np.flatnonzero(weight.reshape(-1))
            summed = self.found.quotients.combined(used % n_groups, places[used], 1.0, n_groups)
            found = summed.degrees_of_freedom
        return np.asarray(found)

    @property
    def _sides(self) -> list[tuple[Grouped, float]]:
        own = [(self.after.grouped, 1.0), (self.before.grouped, -1.0)]
        return [*own, (of_groups(self.after.shown), -1.0), (of_groups(self.before.shown), 1.0)] if self.gap else own


@dataclass(frozen=True, eq=False)
class SurveyPieces:
    """The shares of all pieces of windows, one after another, and the clusters that tell of their variances."""

    sides: list[Grouped]

    @cached_property
    def telling(self) -> TellingClusters:
        """What each cluster tells of the variance of each piece."""
        found = self._found
        degrees = [np.reshape(each.precision.degrees_of_freedom, -1) for each in self.sides if each.precision]
        alike = _survey(self.sides[0]).alike or 0.0
        return TellingClusters.of(unions(found.cells, found.base), alike, np.concatenate(degrees))

    @cached_property
    def part_of_strata(self) -> Floats:
        """What part of the clusters of their strata the clusters of each piece are."""
        pair = self.telling.parts
        return part_of_strata(pair.clusters, pair.cluster, pair.statistic, pair.n)

    @cached_property
    def _found(self) -> SharesEstimated:
        return estimated([_survey(side) for side in self.sides])


@dataclass(frozen=True, eq=False)
class Precision:
    """What is known of the variances of changes, each a sum of pieces of shape (pieces, n).

    ``coefficient`` and the ``variance`` and ``simple`` degrees of each piece; ``edge`` where it does not tell its own
    variance; ``total`` is the variance of the change by the design, ``most`` the degrees of freedom of all its cases,
    and ``telling`` what clusters tell of pieces, numbered in the order of the arrays. ``held`` is how much of a piece's
    distance from its true share is taken from the scores before they are squared: all of it where the piece is a whole
    window or a whole stratum.
    """

    coefficient: Floats
    variance: Floats
    simple: Floats
    edge: Floats
    held: Floats
    total: Floats
    most: Floats
    telling: TellingClusters

    @property
    def apart(self) -> Floats:
        """The variance of each piece's part."""
        used = self.coefficient != 0
        return np.where(used, np.square(self.coefficient) * np.where(used, self.variance, 0.0), 0.0)

    @property
    def varies(self) -> NDArray[np.bool_]:
        """Where the design has a variance, and not what rounding leaves of scores that cancel."""
        return np.asarray(self.total > NOTHING * self.apart.sum(axis=0))

    @property
    def worth(self) -> Floats:
        """How many times the pieces' sizes give the variance of the design; 1 where a piece does not tell its own."""
        apart = self.apart.sum(axis=0)
        told = ~((self.coefficient != 0) & (self.edge > 0)).any(axis=0) & self.varies
        return np.asarray(np.divide(apart, self.total, out=np.ones(apart.shape), where=told))

    def stretched(self, z: Floats) -> Floats:
        """How many times as far limits reach, for what is not known of the variances (see `student.stretch`).

        Where the scores of a piece are not held at its own share, its distance from the true one is in the variance
        too, which is large where the change is far out; in t = e / s then s^2 has g e^2 in it, of every degree of
        freedom, and t^2 / (1 + g t^2 / df) is what t^2 was.
        """
        degrees, simple = self.degrees, self._satterthwaite(self.simple)
        found = stretch(z, degrees, simple)
        more = self.free * np.square(found * z) / degrees
        return np.asarray(np.maximum(found / np.sqrt(1 + more), 1.0))

    @property
    def degrees(self) -> Floats:
        """Degrees of freedom of the variances of pieces together, at most those of all cases of the change."""
        told = np.where(self.edge > 0, 0.0, self.apart)
        kept = told > 0
        n = self.coefficient.shape[1]
        to = np.broadcast_to(np.arange(n), told.shape)[kept]
        own = self.telling.degrees(to, np.flatnonzero(kept), told[kept], n)
        whole = np.square(np.divide(self.apart.sum(axis=0), told.sum(axis=0), out=np.ones(n), where=kept.any(axis=0)))
        return np.asarray(np.fmin(own * whole, np.where(kept.any(axis=0), self.most, np.inf)))

    @property
    def free(self) -> Floats:
        """How much of the square of a change's distance from the true one is in its variance."""
        apart = self.apart
        total = apart.sum(axis=0)
        kept = (apart * (1 - self.held)).sum(axis=0)
        return np.asarray(np.square(np.divide(kept, total, out=np.zeros(total.shape), where=total > 0)))

    def _satterthwaite(self, degrees: Floats) -> Floats:
        """Degrees of freedom of the sum; what is borrowed is taken as known."""
        apart = self.apart
        with np.errstate(divide="ignore", invalid="ignore"):
            parts = np.where((self.edge > 0) | (apart == 0), 0.0, np.square(apart) / degrees).sum(axis=0)
            found = np.square(apart.sum(axis=0)) / parts
        return np.where(np.isnan(found), np.inf, found)


def students(degrees_of_freedom: Floats, z: Floats) -> Floats:
    """How many times as far as a normal's Student's limits reach."""
    at = np.clip(z, NEAREST, FARTHEST)
    return np.asarray(student(at, degrees_of_freedom) / at)


def of_groups(side: Grouped | HeldAgainst) -> Grouped:
    """What groups are compared with, which in a change is never a target."""
    assert isinstance(side, Grouped)
    return side


def _survey(side: Grouped) -> Surveyed:
    assert side.survey is not None
    return side.survey


def _together(sets: list[Surveyed]) -> Surveyed:
    """The bases of several sets of shares together; a cell that is in two is there once."""
    pairs = np.unique(np.concatenate([np.stack(each.base[:2]) for each in sets], axis=1), axis=1)
    members = (pairs[0], pairs[1], sets[0].n)
    return replace(sets[0], top=members, base=members)
