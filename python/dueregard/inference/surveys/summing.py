"""From rows to totals by cluster and domain."""

from math import fsum
from typing import Any

import numpy as np

from dueregard.inference.surveys.cluster_totals import Clusters, ClusterTotals, Codes, Floats


def cluster_totals(
    cluster: Codes,
    domain: Codes,
    n_domains: int,
    weight: Floats,
    clusters: Clusters,
    *,
    values: Floats | None = None,
    products: bool = False,
    threads: int | None = None,
) -> ClusterTotals:
    """Add rows up by cluster and domain."""
    values = np.zeros((len(weight), 0)) if values is None else values
    kept = domain >= 0
    key = cluster[kept].astype(np.int64) * n_domains + domain[kept]
    columns = [weight, *(weight * column for column in values.T), weight * weight]
    if products:
        k = values.shape[1]
        columns += [weight * values[:, i] * values[:, j] for i in range(k) for j in range(i, k)]
    keys, place = np.unique(key, return_inverse=True)
    sums = np.array([_summed(place, column[kept], len(keys)) for column in columns])
    n_sums = values.shape[1] + 1
    found, within = np.divmod(keys, n_domains)
    return ClusterTotals(
        clusters,
        n_domains,
        found.astype(np.int32),
        within.astype(np.int32),
        np.bincount(place, minlength=len(keys)),
        sums[n_sums],
        sums[:n_sums].T,
        sums[n_sums + 1 :].T if products else None,
    )


def _summed(place: Any, column: Floats, n: int) -> list[float]:
    parts: list[list[float]] = [[] for _ in range(n)]
    for i, value in zip(place.tolist(), column.tolist(), strict=True):
        parts[i].append(value)
    return [fsum(part) for part in parts]
