"""Groups of a survey with a design beside a target or a published figure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.references import Target
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.inference.surveys.intervals.edge_intervals import SurveyShares
from dueregard.measures.gaps.survey_gaps import mean_shares
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import estimated

ENDLESS = 1e18
"""Cases that stand for the endless number of a constant: its own interval is then 1e-9 wide."""


@dataclass(frozen=True, eq=False)
class SurveyHeld:
    """Groups, and one figure that does not come from the same survey."""

    grouped: Grouped
    target: Target
    usable: NDArray[np.bool_]

    @property
    def correlation(self) -> Floats:
        """Of each group with the figure: none."""
        return np.zeros(self.usable.size)

    def contrast(self, measure: str, method: str) -> DesignContrast:
        """One comparison for each area and group, in that order."""
        precision = self.grouped.precision
        assert precision is not None
        used = self.usable.reshape(-1)
        fields = {name: np.reshape(getattr(precision, name), -1) for name in precision.__dataclass_fields__}
        fields["share"] = np.where(used, fields["share"], np.nan)
        fields["size"] = np.where(used, fields["size"], 0.0)
        return self._against(SurveyShares(**fields), measure, method)

    def mean_contrast(self, measure: str, method: str) -> DesignContrast:
        """One comparison for each group: the plain mean over the areas in which it has cases."""
        survey, n_groups = self.grouped.survey, self.usable.shape[1]
        assert survey is not None
        areas = self.usable.sum(axis=0)
        weight = np.divide(self.usable, areas, out=np.zeros(self.usable.shape), where=areas > 0)
        kept = weight.reshape(-1) > 0
        found, group = estimated([survey]), np.tile(np.arange(n_groups), len(weight))
        means = found.quotients.combined(group[kept], found.places(0)[kept], weight.reshape(-1)[kept], n_groups)
        shares = mean_shares(
            self.grouped, self.usable, weight, means.variance, means.degrees_of_freedom, means.clusters
        )
        return self._against(shares, measure, method)

    def _against(self, shares: SurveyShares, measure: str, method: str) -> DesignContrast:
        """Student's t of the shares' own degrees of freedom: one more is given, for two groups have one less."""
        shape, nobs = shares.share.shape, min(self.target.nobs, ENDLESS)
        figure = SurveyShares(
            share=np.full(shape, self.target.share),
            size=np.full(shape, nobs),
            nobs=np.full(shape, nobs),
            kish=np.full(shape, nobs),
            degrees_of_freedom=np.full(shape, nobs - 1),
            edge=np.zeros(shape, bool),
        )
        nothing = np.zeros(shape)
        return DesignContrast(shares, figure, nothing, shares.degrees_of_freedom + 1, nothing, measure, method)
