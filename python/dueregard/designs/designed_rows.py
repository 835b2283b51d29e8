"""The rows of a sample as numbers, and added up."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dueregard.designs import given_replicates, known_totals
from dueregard.designs.survey_design import SurveyDesign
from dueregard.inference.surveys.calibration import Calibration
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates.replicates import Replicates
from dueregard.inference.surveys.summing import cluster_totals

Codes = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DesignedRows:
    """The rows of a sample as numbers. ``cell`` is -1 where a row is left out: its cluster was sampled all the same.

    ``replicate_weights`` has a row for each replicate; None unless they came with the data. ``made`` are replicates of
    the clusters, the same whatever is added up. Where weights are calibrated, ``piece`` is the piece of its cluster
    that a row is in.
    """

    clusters: Clusters
    cluster: Codes
    cell: Codes
    weight: Floats
    values: Floats
    replicate_weights: Floats | None = None
    made: Replicates | None = None
    calibration: Calibration | None = None
    piece: Codes | None = None

    def renumbered(self, design: SurveyDesign, cell: Codes, values: Floats) -> "DesignedRows":
        """The same rows, where each was drawn by itself, numbered by their cells, weights and values.

        Rows that are alike in all of these change places without a trace, so that nothing depends on how they came.
        """
        if design.psu or self.calibration is not None:
            return self
        number = np.empty(len(self.cluster), np.int32)
        keys = (*values.T[::-1], self.weight, cell, self.clusters.stratum[self.cluster])
        number[np.lexsort(keys)] = np.arange(len(number), dtype=np.int32)
        return replace(self, cluster=number)

    def of(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> "DesignedRows":
        """Some of the rows alone, as often as they are named; the clusters of the others were sampled all the same."""
        given = self.replicate_weights
        return replace(
            self,
            cluster=self.cluster[which],
            cell=self.cell[which],
            weight=self.weight[which],
            values=self.values[which],
            replicate_weights=None if given is None else given[:, which],
            piece=None if self.piece is None else self.piece[which],
        )

    def summed(
        self,
        design: SurveyDesign,
        cell: Codes,
        n_cells: int,
        values: Floats | None,
        *,
        products: bool = False,
        threads: int | None = None,
    ) -> ClusterTotals:
        """Cells by cluster, with the replicates of the design."""
        numbers = None if values is None or not values.shape[1] else np.where((cell >= 0)[:, None], values, 0.0)
        cluster, clusters = self.cluster, self.clusters
        if self.calibration is not None and self.piece is not None:
            cluster, clusters = self.piece, known_totals.pieces(self.calibration, clusters)
        totals = cluster_totals(
            cluster, cell, n_cells, self.weight, clusters, values=numbers, products=products, threads=threads
        )
        totals = replace(totals, clusters=self.clusters, calibration=self.calibration)
        replicates = self.made
        if self.replicate_weights is not None:
            replicates = given_replicates.summed(design, self.replicate_weights, cell, n_cells, numbers, threads)
        return totals if replicates is None else replace(totals, replicates=replicates)
