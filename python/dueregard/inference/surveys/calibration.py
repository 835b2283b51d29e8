"""Calibrated weights: what is known of the population does not vary from sample to sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.scores import Scores

Floats = NDArray[np.float64]
Integers = NDArray[np.integer[Any]]


@dataclass(frozen=True, eq=False)
class Calibration:
    """Weights that add up to the known totals of one margin (post-strata) or several (raking).

    A piece is the part of a cluster that is in the same category of every margin.

    Attributes
    ----------
    cluster : array of int32, shape (n_pieces,)
        The cluster of each piece; never decreasing.
    category : array of int64, shape (n_pieces, n_margins)
        The category of each piece in each margin, numbered through all margins.
    n_categories : int
    weight : array of float64, shape (n_pieces,)
        Sums of weights of all rows of a piece, also of those in no domain.
    before : array of float64, shape (n_pieces,)
        Sums of weights before calibration; the same where those are not known, which gives the same variance to the
        first order.
    """

    cluster: NDArray[np.int32]
    category: NDArray[np.int64]
    n_categories: int
    weight: Floats
    before: Floats

    def residuals(self, clusters: Clusters, n: int, piece: Integers, statistic: Integers, score: Floats) -> Scores:
        """Scores by cluster of what the margins do not explain.

        Scores of ``n`` statistics come by piece. Each row's is regressed on the indicators of all categories, by its
        weight before calibration (Deville and Särndal 1992, JASA 87: 376-382, section 3); what is left of it, by its
        weight, is added up by cluster. With one margin this is the deviation from the mean of the post-stratum. Rows of
        a piece have the same calibration, so that sums of pieces are all it takes.
        """
        from scipy.sparse import csr_array

        n_pieces, every = len(self.cluster), np.arange(len(self.cluster))
        scores = csr_array((score, (piece, statistic)), shape=(n_pieces, n))
        member = self._members()
        known = (member.T @ _diagonal(self.before) @ member).toarray()
        rate = np.divide(self.before, self.weight, out=np.zeros(n_pieces), where=self.weight > 0)
        slopes = csr_array(self._inverse(known)) @ (member.T @ (_diagonal(rate) @ scores))
        sum_up = csr_array((np.ones(n_pieces), (self.cluster, every)), shape=(clusters.n_clusters, n_pieces))
        left = csr_array(sum_up @ scores - (sum_up @ _diagonal(self.weight) @ member) @ slopes)
        left.sort_indices()
        cluster = np.repeat(np.arange(clusters.n_clusters, dtype=np.int32), np.diff(left.indptr))
        return Scores(clusters, n, cluster, left.indices.astype(np.int32), left.data)

    def _members(self) -> Any:
        """Which categories each piece is in."""
        from scipy.sparse import csr_array

        n_pieces, n_margins = self.category.shape
        pieces = np.repeat(np.arange(n_pieces), n_margins)
        shape = (n_pieces, self.n_categories)
        return csr_array((np.ones(len(pieces)), (pieces, self.category.ravel())), shape=shape)

    def _inverse(self, crossed: Floats) -> Floats:
        """The generalised inverse of the margins' weights crossed: margins share the grand total."""
        size = np.diag(crossed)
        inverse = np.divide(1.0, size, out=np.zeros(len(size)), where=size > 0)
        if self.category.shape[1] == 1:
            return np.diag(inverse)
        unit = np.sqrt(inverse)
        inverse = np.linalg.pinv(crossed * unit * unit[:, None], rcond=1e-10, hermitian=True)
        return np.asarray(inverse * unit * unit[:, None])


def _diagonal(values: Floats) -> Any:
    from scipy.sparse import csr_array

    every = np.arange(len(values))
    return csr_array((values, (every, every)), shape=(len(values), len(values)))
