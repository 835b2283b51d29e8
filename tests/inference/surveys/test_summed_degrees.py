"""Clusters that tell of several variances tell of them once."""

import numpy as np
import pytest

from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.degrees import part_of_strata
from dueregard.inference.surveys.intervals.summed_degrees import TellingClusters

N = 6


def totals(places, weights=None):
    """One row in each cluster of each domain, which is in the clusters of its place."""
    pairs = sorted((cluster, domain) for domain, clusters in enumerate(places) for cluster in clusters)
    cluster, domain = (np.array(each, np.int32) for each in zip(*pairs, strict=True))
    weight = np.ones(len(pairs)) if weights is None else np.asarray(weights, float)
    clusters = Clusters(np.zeros(4 * N, np.int32), np.zeros(1))
    nobs = np.ones(len(pairs), np.int64)
    return ClusterTotals(clusters, len(places), cluster, domain, nobs, np.square(weight), weight[:, np.newaxis])


def summed(places, variance, degrees=(N - 1.0, N - 1.0)):
    telling = TellingClusters.of(totals(places), 0.1, np.array(degrees))
    return telling.degrees(np.zeros(len(places), np.int64), np.arange(len(places)), np.array(variance), 1)[0]


@pytest.mark.parametrize("variance", [(1.0, 1.0), (3.0, 1.0), (1.0, 0.0)])
def test_of_different_clusters_they_are_satterthwaites(variance):
    wanted = sum(variance) ** 2 / sum(v**2 / (N - 1) for v in variance)
    assert summed([range(N), range(N, 2 * N)], variance) == pytest.approx(wanted)


@pytest.mark.parametrize("variance", [(1.0, 1.0), (3.0, 1.0)])
def test_of_the_same_clusters_they_are_those_of_one(variance):
    assert summed([range(N), range(N)], variance) == pytest.approx(N - 1)


def test_of_some_of_the_same_clusters_they_are_between():
    found = summed([range(N), range(N // 2, N // 2 + N)], (1.0, 1.0))
    assert N - 1 < found < 2 * (N - 1)
    assert found == pytest.approx(2 * (N - 1) / 1.5)


def test_one_share_has_its_own():
    assert summed([range(N), range(N)], (2.0, 0.0), (3.5, 5.0)) == pytest.approx(3.5)


def test_without_any_variance_or_with_infinitely_many_there_is_no_end_to_them():
    assert summed([range(N), range(N)], (0.0, 0.0)) == np.inf
    assert summed([range(N), range(N)], (1.0, 1.0), (np.inf, np.inf)) == np.inf


def test_what_part_of_strata_a_statistic_is_in():
    clusters = Clusters(np.array([0, 0, 1, 1, 1, 1], np.int32), np.zeros(2))
    cluster, statistic = np.array([0, 0, 1, 2, 3]), np.array([0, 1, 0, 1, 1])
    found = part_of_strata(clusters, cluster, statistic, 3)
    assert found == pytest.approx([1.0, (0.5 + 0.5 + 0.5) / 3, 0.0])
