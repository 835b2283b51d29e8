"""Weighted totals by cluster and domain: all that an estimate from a survey needs of its rows."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.surveys.calibration import Calibration
from dueregard.inference.surveys.clusters import Clusters, Codes, Floats
from dueregard.inference.surveys.replicates.replicates import Replicates

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ClusterTotals:
    """Weighted sums in every pair of a cluster and a domain that has rows, ordered by cluster, then domain.

    Attributes
    ----------
    clusters : Clusters
        All sampled clusters, also those without rows in any domain.
    n_domains : int
    cluster, domain : array of int32, shape (m,)
    nobs : array of int64, shape (m,)
        Rows.
    squares : array of float64, shape (m,)
        Sums of squared weights.
    sums : array of float64, shape (m, k + 1)
        Column 0 has sums of weights, column j sums of weight times value j. Each column lies in memory in one piece.
    products : array of float64, shape (m, k (k + 1) / 2), or None
        Sums of weight times value i times value j, i <= j, in the order (1, 1), (1, 2), ... (2, 2), ...
    replicates : Replicates or None
        If given, variances come from them.
    calibration : Calibration or None
        If given, ``cluster`` has the numbers of its pieces of clusters, and variances are those of residuals.
    """

    clusters: Clusters
    n_domains: int
    cluster: Codes
    domain: Codes
    nobs: Counts
    squares: Floats
    sums: Floats
    products: Floats | None = None
    replicates: Replicates | None = None
    calibration: Calibration | None = None

    @property
    def sampled_cluster(self) -> Codes:
        """The cluster of each pair; a domain has it in several pairs where calibration cuts clusters into pieces."""
        return self.cluster if self.calibration is None else self.calibration.cluster[self.cluster]

    @property
    def is_full_count(self) -> bool:
        """Whether all clusters there are were sampled, and each row stands for itself: then nothing is left to chance.

        With rows of other weights later stages were sampled, or people did not answer, whose variance is not 0.
        """
        one_each = (self.squares == self.nobs).all() and (self.sums[:, 0] == self.nobs).all()
        return bool(len(self.nobs) and one_each and (self.clusters.fraction == 1).all())

    @property
    def n_values(self) -> int:
        return int(self.sums.shape[1]) - 1

    @cached_property
    def domain_nobs(self) -> Counts:
        """Rows in each domain, shape (n_domains,)."""
        return self._by_domain(self.nobs).astype(np.int64)

    @cached_property
    def domain_squares(self) -> Floats:
        """Sums of squared weights, shape (n_domains,)."""
        return self._by_domain(self.squares)

    @cached_property
    def domain_sums(self) -> Floats:
        """Sums over all clusters, in the order of the clusters, shape (n_domains, k + 1)."""
        columns = [self._by_domain(self.sums[:, j]) for j in range(self.sums.shape[1])]
        return np.stack(columns, axis=1)

    @cached_property
    def domain_products(self) -> Floats | None:
        """Sums of products over all clusters, shape (n_domains, k (k + 1) / 2)."""
        if self.products is None:
            return None
        return np.stack([self._by_domain(column) for column in self.products.T], axis=1)

    def _by_domain(self, values: NDArray[np.generic]) -> Floats:
        return np.bincount(self.domain, values, self.n_domains).astype(np.float64)
