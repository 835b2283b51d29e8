"""Degrees of freedom: clusters less strata that contain a domain."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.clusters import Clusters


def clusters_of(cluster: NDArray[Any], statistic: NDArray[Any], n: int) -> NDArray[np.int64]:
    """How many clusters contain each of n statistics; pairs of cluster and statistic may repeat."""
    pairs = cluster.astype(np.int64) * n + statistic
    if (pairs[1:] > pairs[:-1]).all():  # as totals have them: none repeats
        return np.bincount(statistic, minlength=n)
    return np.bincount(_distinct(pairs) % max(n, 1), minlength=n)


def part_of_strata(clusters: Clusters, cluster: NDArray[Any], statistic: NDArray[Any], n: int) -> Floats:
    """What part of the clusters of their strata the clusters with each statistic are; 0 where there is none.

    The mean over its clusters. Pairs of cluster and statistic are there once each.
    """
    stratum = clusters.stratum[cluster].astype(np.int64)
    pair, place = np.unique(stratum * max(n, 1) + statistic, return_inverse=True)
    part = np.bincount(place, minlength=len(pair)) / clusters.size[pair // max(n, 1)]
    met = np.bincount(statistic, minlength=n)
    return np.asarray(np.bincount(statistic, part[place], n) / np.maximum(met, 1))


def _distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, in order; marked in a table where that takes no more memory than a sorted copy or two."""
    size = int(numbers.max()) + 1
    if size > 16 * len(numbers):
        numbers = np.sort(numbers)
        return numbers[np.diff(numbers, prepend=-1) > 0]
    met = np.zeros(size, np.bool_)
    met[numbers] = True
    return np.flatnonzero(met)


def degrees_of_freedom(
    clusters: Clusters, cluster: NDArray[Any], statistic: NDArray[Any], contain: NDArray[np.int64]
) -> Floats:
    """Clusters less strata that contain each statistic; 0 where there is one cluster in each, or none.

    ``contain`` is how many clusters do: `clusters_of` the same pairs.

    Korn and Graubard (1999), Analysis of Health Surveys, section 5.2: a stratum without anybody of the domain tells
    nothing of how the domain varies. Clusters in which the domain weighs nothing do not contain it.
    """
    return (contain - clusters_of(clusters.stratum[cluster], statistic, len(contain))).astype(np.float64)
