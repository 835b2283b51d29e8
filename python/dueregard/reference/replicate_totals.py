"""Sums of domains when clusters count for something else, cluster by cluster."""

import numpy as np
from numpy.typing import NDArray


def replicate_totals(
    cluster: NDArray[np.int32],
    domain: NDArray[np.int32],
    sums: NDArray[np.float64],
    multipliers: NDArray[np.float64],
    n_domains: int,
) -> NDArray[np.float64]:
    """Domains x replicates: ``sums`` of pairs of a cluster and a domain, times the cluster's multiplier, added up."""
    totals = [[0.0] * multipliers.shape[1] for _ in range(n_domains)]
    for c, d, total in zip(cluster.tolist(), domain.tolist(), sums.tolist(), strict=True):
        for replicate, multiplier in enumerate(multipliers[c].tolist()):
            totals[d][replicate] += total * multiplier
    return np.array(totals, np.float64).reshape(n_domains, multipliers.shape[1])
