"""Weighted sums of domains in each replicate."""

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.replicates.replicates import Replicates
from dueregard.threads import Interrupt, choose, over_ranges

Floats = NDArray[np.float64]

TILE = 16
"""Replicates at a time: so many totals of a domain fill two cache lines."""


def replicate_totals(replicates: Replicates, pairs: ClusterTotals, threads: int | None = None) -> Floats:
    """Weighted sums of each domain in each replicate, shape (R, n_domains, k + 1).

    The same for any number of threads: each sum is over the clusters in their order.

    Raises
    ------
    ValueError
        If the replicates are not of these clusters or domains.
    """
    if replicates.totals is not None:
        wanted = (replicates.n, pairs.n_domains, pairs.sums.shape[1])
        if replicates.totals.shape != wanted:
            raise ValueError(f"replicates: totals have the shape {replicates.totals.shape}, not {wanted}")
        return replicates.totals
    if replicates.n_clusters != pairs.clusters.n_clusters:
        raise ValueError(f"replicates: of {replicates.n_clusters} clusters, but there are {pairs.clusters.n_clusters}")
    totals = np.empty((replicates.n, pairs.n_domains, pairs.sums.shape[1]))
    columns = [np.ascontiguousarray(column) for column in pairs.sums.T]

    def fill(start: int, stop: int, interrupt: Interrupt) -> None:
        for first in range(start * TILE, min(stop * TILE, replicates.n), TILE):
            multipliers = replicates.multipliers_of(first, min(TILE, replicates.n - first))
            for j, column in enumerate(columns):
                found = _core.replicate_totals(
                    pairs.cluster, pairs.domain, column, multipliers, pairs.n_domains, interrupt
                )
                totals[first : first + TILE, :, j] = found.T

    n_tiles = -(-replicates.n // TILE)
    over_ranges(fill, n_tiles, min(n_tiles, choose(threads, len(pairs.domain) * n_tiles)))
    return totals
