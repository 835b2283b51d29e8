"""Clusters, and strata, that contain a domain."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.degrees import clusters_of, degrees_of_freedom

CLUSTERS = Clusters(np.array([0, 0, 0, 1, 1], np.int32), np.zeros(2))
pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), max_size=60)


def arrays(found):
    return np.array([c for c, _ in found], np.int32), np.array([s for _, s in found], np.int32)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(pairs, st.booleans())
def test_every_pair_counts_once(found, in_order):
    found = sorted(set(found)) if in_order else found
    expected = [len({cluster for cluster, statistic in found if statistic == s}) for s in range(4)]
    assert clusters_of(*arrays(found), 4).tolist() == expected
    strata = [len({CLUSTERS.stratum[c] for c, statistic in found if statistic == s}) for s in range(4)]
    freedom = degrees_of_freedom(CLUSTERS, *arrays(found), clusters_of(*arrays(found), 4))
    assert freedom.tolist() == [clusters - n for clusters, n in zip(expected, strata, strict=True)]


def test_numbers_far_apart_are_counted_as_well():
    cluster, statistic = np.array([10**6, 5, 10**6], np.int32), np.array([0, 1, 0], np.int32)
    assert clusters_of(cluster, statistic, 2).tolist() == [1, 1]


def test_none():
    nothing = np.zeros(0, np.int32)
    assert clusters_of(nothing, nothing, 3).tolist() == [0, 0, 0]
