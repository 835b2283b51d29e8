"""Gaps of a survey: groups and what they are compared with, with the precision of its design."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.inference.surveys.intervals.edge_intervals import SurveyShares, survey_shares
from dueregard.measures.area_means import mean_over_areas
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import SharesEstimated, Surveyed, estimated

OWN, AGAINST, SHOWN = range(3)


@dataclass(frozen=True, eq=False)
class SurveySides:
    """Groups beside what they are compared with (see `compared.Compared`), estimated together."""

    grouped: Grouped
    against: Grouped
    shown: Grouped
    part: Floats
    usable: NDArray[np.bool_]

    @cached_property
    def found(self) -> SharesEstimated:
        """The shares of each group, of what it is compared with, and of the reference shown, if that is another."""
        sides = [self.grouped, self.against] if self.shown is self.against else [self.grouped, self.against, self.shown]
        return estimated([_survey(side) for side in sides])

    @property
    def shown_at(self) -> int:
        """Which set of shares the reference as it is shown is."""
        return AGAINST if self.shown is self.against else SHOWN

    @cached_property
    def differences(self) -> Estimates:
        """Each group less the reference as it is shown; the clusters are those of both."""
        n = self.part.size
        source = np.concatenate([self.found.places(OWN), self.found.places(self.shown_at)])
        return self.found.quotients.combined(np.tile(np.arange(n), 2), source, np.repeat([1.0, -1.0], n), n)

    @cached_property
    def covariance(self) -> Floats:
        """Of each group and what it is compared with."""
        n = self.part.size
        block = np.tile(np.arange(n), len(self.found.starts) - 1)
        return np.asarray(self.found.quotients.covariance(block).of(self.found.places(OWN), self.found.places(AGAINST)))

    def contrast(self, measure: str, method: str) -> DesignContrast:
        """One comparison for each area and group, in that order."""
        first, second = (self._usable(side) for side in (self.grouped, self.against))
        degrees, se = self.differences.degrees_of_freedom, self.differences.se
        return DesignContrast(first, second, self.covariance, degrees, self.part.reshape(-1), measure, method, se)

    def mean_contrast(self, measure: str, method: str) -> DesignContrast:
        """One comparison for each group: the plain means over the areas in which both sides have cases."""
        outside = np.where(self.usable, 1 - self.part, 0.0)
        total, areas = outside.sum(axis=0), self.usable.sum(axis=0)
        weight = np.divide(outside, total, out=np.zeros_like(outside), where=total > 0)
        plain = np.divide(self.usable, areas, out=np.zeros(outside.shape), where=areas > 0)
        n_groups = outside.shape[1]
        group = np.tile(np.arange(n_groups), len(outside))
        sets = ((OWN, weight), (AGAINST, weight), (OWN, plain), (self.shown_at, -plain))
        to = np.concatenate([group + n_groups * k for k in (0, 1, 2, 2)])
        source = np.concatenate([self.found.places(i) for i, _ in sets])
        factor = np.concatenate([each.reshape(-1) for _, each in sets])
        kept = factor != 0
        means = self.found.quotients.combined(to[kept], source[kept], factor[kept], 3 * n_groups)
        covariance = means.covariance(np.tile(np.arange(n_groups), 3))
        first, second, both = np.arange(3 * n_groups).reshape(3, -1)
        sides = [
            mean_shares(side, self.usable, weight, means.variance[at], means.degrees_of_freedom[at], means.clusters[at])
            for side, at in ((self.grouped, first), (self.against, second))
        ]
        part = 1 - np.divide(total, areas, out=np.zeros(total.shape), where=areas > 0)
        return DesignContrast(
            sides[0],
            sides[1],
            covariance.of(first, second),
            means.degrees_of_freedom[both],
            part,
            measure,
            method,
            means.se[both],
        )

    def _usable(self, side: Grouped) -> SurveyShares:
        """The shares in one row, without those that are not compared."""
        precision = side.precision
        assert precision is not None
        fields = {name: np.reshape(getattr(precision, name), -1) for name in precision.__dataclass_fields__}
        used = self.usable.reshape(-1)
        fields["share"] = np.where(used, fields["share"], np.nan)
        fields["size"] = np.where(used, fields["size"], 0.0)
        return SurveyShares(**fields)


def _survey(side: Grouped) -> Surveyed:
    assert side.survey is not None
    return side.survey


def mean_of_survey(areas: Grouped, used: NDArray[np.bool_], weight: Floats) -> SurveyShares:
    """Weighted means over areas (the first axis) of the shares of each group."""
    n_groups = used.shape[1]
    found = estimated([_survey(areas)])
    kept = np.flatnonzero(weight.reshape(-1))
    places = found.places(0)[kept]
    means = found.quotients.combined(kept % n_groups, places, weight.reshape(-1)[kept], n_groups)
    return mean_shares(areas, used, weight, means.variance, means.degrees_of_freedom, means.clusters)


def mean_shares(
    side: Grouped, usable: NDArray[np.bool_], weight: Floats, variance: Floats, degrees: Floats, clusters: Any
) -> SurveyShares:
    """Means over areas (the first axis), with what areas at the edge borrow added to the variance that is seen.

    Their size is at most that of means of simple samples of Kish's number of cases in each area.
    """
    precision = side.precision
    assert precision is not None
    used = usable & (weight > 0)
    share = np.where(used, weight * np.where(used, precision.share, 0.0), 0.0).sum(axis=0)
    share = np.where((used <= (precision.share == 1)).all(axis=0), 1.0, np.minimum(share, 1.0))
    share = np.where(used.any(axis=0), share, np.nan)
    borrowed = np.where(used & precision.edge, np.square(weight) * precision.variance, 0.0).sum(axis=0)
    pieces = np.divide(np.square(weight), precision.size, out=np.zeros(weight.shape), where=used & (precision.size > 0))
    nobs, spread = np.where(used, side.nobs, 0).sum(axis=0), pieces.sum(axis=0)
    worth = np.divide(1.0, spread, out=np.zeros(spread.shape), where=spread > 0)
    kish = mean_over_areas(precision.share, precision.kish, np.where(used, weight, 0.0))[1]
    found = survey_shares(share, variance + borrowed, nobs, kish, np.maximum(clusters, 2 * (nobs > 1)), degrees, 0.0)
    edge = np.where(used, precision.edge, True).all(axis=0) & (worth > 0)
    return replace(found, edge=edge | found.edge, size=np.where(edge, worth, found.size))
