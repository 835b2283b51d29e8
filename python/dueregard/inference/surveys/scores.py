"""Linearised scores of statistics in sampled clusters, and their covariance.

A statistic's score in a cluster is what it would change by, to first order, if the cluster counted a little more. Scores
add up, so a difference, a rest or a mean of statistics has scores that are the same combination of theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.surveys.block_covariance import BlockCovariance, Blocks

if TYPE_CHECKING:
    from dueregard.inference.surveys.cluster_totals import Clusters

Floats = NDArray[np.float64]
Integers = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Scores:
    """The score of each of ``n`` statistics in each cluster in which it has one; in the others it is zero.

    ``cluster``, ``statistic`` and ``score`` have the same length and are ordered by cluster, then statistic, each pair
    at most once.
    """

    clusters: Clusters
    n: int
    cluster: Integers
    statistic: Integers
    score: Floats

    def combined(self, to: Any, source: Any, coefficient: Any, n: int) -> Scores:
        """Scores of ``n`` linear combinations: ``coefficient[i]`` times statistic ``source[i]`` is added to ``to[i]``."""
        from scipy.sparse import csr_array

        terms = csr_array(
            (np.asarray(coefficient, np.float64), (np.asarray(source), np.asarray(to))), shape=(self.n, n)
        )
        starts = np.searchsorted(self.cluster, np.arange(self.clusters.n_clusters + 1))
        shape = (self.clusters.n_clusters, self.n)
        product = csr_array((self.score, self.statistic, starts), shape=shape) @ terms
        product.sort_indices()
        cluster = np.repeat(np.arange(shape[0], dtype=np.int32), np.diff(product.indptr))
        return Scores(self.clusters, n, cluster, product.indices.astype(np.int32), product.data)

    @property
    def variance(self) -> Floats:
        """The variance of each statistic, ``(n,)``."""
        return self.covariance(np.arange(self.n)).variance

    def covariance(self, block: Any = None) -> BlockCovariance:
        """Covariances of statistics of the same ``block`` (a number for each statistic; all in one unless given).

        The sum over strata of (1 - f) n / (n - 1) times the sum of products of deviations from the stratum's mean over
        all its clusters, those without a score counting as zero: Cochran (1977), Sampling Techniques, sections 9.3 and
        11.4, of the linearised scores of Woodruff (1971), JASA 66: 411-414.
        """
        blocks = Blocks.of(block, self.n)
        stratum = self.clusters.stratum
        scores = np.zeros((self.clusters.n_clusters, self.n))
        scores[self.cluster, self.statistic] = self.score
        centre = np.array([scores[stratum == h].mean(axis=0) for h in range(self.clusters.n_strata)])
        if self.clusters.lonely == "grand-mean":
            centre[self.clusters.is_lonely] = scores.mean(axis=0)
        deviations = (scores - centre[stratum]) * np.sqrt(self.clusters.factor[stratum])[:, None]
        full = deviations.T @ deviations
        values = [full[np.ix_(part, part)].ravel() for part in np.split(blocks.order, blocks.start[1:-1])]
        return BlockCovariance(blocks, np.concatenate(values) if self.n else np.zeros(0))
