"""Covariances of sums over clusters, against their definition in exact fractions."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import cluster_covariance


def int32(values):
    return np.array(values, np.int32)


@st.composite
def problems(draw):
    """Groups of clusters, some of them empty, with scores of some statistics in some clusters."""
    groups = np.cumsum([0, *draw(st.lists(st.integers(0, 5), max_size=4))])
    blocks = np.cumsum([0, *draw(st.lists(st.integers(0, 4), max_size=4))])
    n_clusters, n_statistics = int(groups[-1]), int(blocks[-1])
    often = draw(st.sampled_from([0.2, 0.6, 1.0]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    cluster, statistic = np.nonzero(rng.random((n_clusters, n_statistics)) < often)
    same = draw(st.booleans())
    score = np.full(len(cluster), 0.1) if same else rng.normal(rng.choice([0, 1e6]), 1, len(cluster))
    centre = draw(st.sampled_from([None, np.zeros(n_statistics), rng.normal(size=n_statistics).round(1)]))
    factor = rng.choice([0.0, 1.0, 1.5], n_clusters)
    return cluster.astype(np.int32), statistic.astype(np.int32), score, groups, factor, blocks, centre


def computed(module, problem):
    *problem, blocks, centre = problem
    covariance = np.zeros(int((np.diff(blocks) ** 2).sum()))
    module.add_covariance(*problem, blocks, covariance, centre)
    return covariance


def largest(problem):
    """The squares that are added up, which set the scale of rounding."""
    _, _, score, _, factor, _, centre = problem
    centre = 0 if centre is None or not len(centre) else np.abs(centre).max()
    return float(factor.sum() * (np.abs(score).max(initial=0) + centre) ** 2)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(problems())
def test_it_is_the_twin(problem):
    twin = computed(cluster_covariance, problem)
    np.testing.assert_allclose(computed(_core, problem), twin, rtol=1e-12, atol=1e-14 * largest(problem))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(problems())
def test_variances_have_no_rounding_of_their_own(problem):
    """However far scores lie from zero, a variance is exact to the rounding of deviations."""
    cluster, statistic, score, groups, factor, blocks, _ = problem
    every = np.arange(int(blocks[-1]) + 1)
    alone = cluster, statistic, score, groups, factor, every, None
    variance, twin = computed(_core, alone), computed(cluster_covariance, alone)
    assert (variance >= 0).all()
    noise = factor.sum() * (2**-52 * np.abs(score).max(initial=0)) ** 2
    assert (np.abs(np.sqrt(variance) - np.sqrt(twin)) <= 1e-12 * np.sqrt(twin) + 2 * np.sqrt(noise)).all()


@settings(max_examples=100, derandomize=True, deadline=None)
@given(problems())
def test_blocks_are_cut_out_of_the_whole(problem):
    *problem, blocks, centre = problem
    n = int(blocks[-1])
    whole = computed(_core, (*problem, np.array([0, n]), centre)).reshape(n, n)
    parts = [whole[a:b, a:b].ravel() for a, b in pairwise(blocks)]
    cut = np.concatenate([np.zeros(0), *parts])
    np.testing.assert_allclose(computed(_core, (*problem, blocks, centre)), cut, rtol=1e-13, atol=1e-15 * n)
    assert (whole == whole.T).all()


def test_equal_scores_have_no_variance():
    """To the last bits, in however many clusters."""
    for n in (2, 3, 1000, 62_500):
        clusters, zeros = np.arange(n, dtype=np.int32), np.zeros(n, np.int32)
        variance = np.zeros(1)
        _core.add_covariance(
            clusters, zeros, np.full(n, 1 / 3), np.array([0, n]), np.ones(n), np.array([0, 1]), variance
        )
        assert variance[0] <= 1e-24 * n


def test_a_statistic_that_all_but_one_cluster_have():
    """The one without it is no rounding error."""
    n = 10_001
    clusters, zeros = np.arange(1, n, dtype=np.int32), np.zeros(n - 1, np.int32)
    variance = np.zeros(1)
    _core.add_covariance(clusters, zeros, np.ones(n - 1), np.array([0, n]), np.ones(n), np.array([0, 1]), variance)
    np.testing.assert_allclose(variance[0], (n - 1) / n, rtol=1e-12)


def test_it_adds_to_what_is_there():
    covariance = np.array([1.0, 2.0, 2.0, 4.0])
    entries = int32([0, 0, 1]), int32([0, 1, 0]), np.array([1.0, 2.0, 3.0])
    _core.add_covariance(*entries, np.array([0, 2]), np.ones(2), np.array([0, 2]), covariance)
    assert covariance.tolist() == [3.0, 0.0, 0.0, 6.0]


def test_a_score_that_is_nan_spoils_its_own_statistic_alone():
    cluster, statistic = int32([0, 0, 1, 1]), int32([0, 1, 0, 1])
    covariance = np.zeros(2)
    score = np.array([np.nan, 1.0, 2.0, 3.0])
    _core.add_covariance(cluster, statistic, score, np.array([0, 2]), np.ones(2), np.array([0, 1, 2]), covariance)
    assert np.isnan(covariance[0])
    assert covariance[1] == 2


GOOD = {
    "cluster": int32([0, 0, 1]),
    "statistic": int32([0, 1, 0]),
    "score": np.array([1.0, 2.0, 3.0]),
    "groups": np.array([0, 2]),
    "factor": np.ones(2),
    "blocks": np.array([0, 2]),
    "covariance": np.zeros(4),
}
SHARED = np.zeros(4)
OUT = "entry %d is out of range, or not in the order of clusters, then statistics"
REFUSED = {
    "cluster type": (TypeError, "cluster must be an array of int32", {"cluster": np.array([0, 0, 1])}),
    "cluster object": (TypeError, "cluster must be a NumPy array, not list", {"cluster": [0, 0, 1]}),
    "cluster length": (ValueError, "cluster has 2 entries, not 3", {"cluster": int32([0, 1])}),
    "cluster axes": (ValueError, "cluster must have one dimension, not 2", {"cluster": int32([[0, 0, 1]])}),
    "cluster high": (ValueError, OUT % 2, {"cluster": int32([0, 0, 2])}),
    "cluster low": (ValueError, OUT % 0, {"cluster": int32([-1, 0, 1])}),
    "cluster order": (ValueError, OUT % 1, {"cluster": int32([1, 0, 1])}),
    "statistic type": (TypeError, "statistic must be an array of int32", {"statistic": np.zeros(3)}),
    "statistic high": (ValueError, OUT % 1, {"statistic": int32([0, 2, 0])}),
    "statistic low": (ValueError, OUT % 2, {"statistic": int32([0, 1, -1])}),
    "statistic twice": (ValueError, OUT % 1, {"statistic": int32([0, 0, 0])}),
    "score type": (TypeError, "score must be an array of float64", {"score": int32([1, 2, 3])}),
    "score steps": (ValueError, "score must be contiguous", {"score": np.arange(6.0)[::2]}),
    "score bytes": (ValueError, "score must be contiguous", {"score": np.arange(3).astype(">f8")}),
    "groups start": (ValueError, "groups must begin with 0, never decrease", {"groups": np.array([1, 2])}),
    "groups order": (ValueError, "groups must begin with 0, never decrease", {"groups": np.array([0, 2, 1])}),
    "groups none": (ValueError, "groups must begin with 0, never decrease", {"groups": np.zeros(0, int)}),
    "groups large": (ValueError, r"end below 2\*\*31", {"groups": np.array([0, 2**40])}),
    "groups type": (TypeError, "groups must be an array of int64", {"groups": np.array([0.0, 2.0])}),
    "factor length": (ValueError, "factor has 3 entries, not 2", {"factor": np.ones(3)}),
    "factor type": (TypeError, "factor must be an array of float64", {"factor": np.ones(2, int)}),
    "blocks order": (ValueError, "blocks must begin with 0, never decrease", {"blocks": np.array([0, -1])}),
    "covariance shape": (ValueError, r"covariance must have the shape \(4,\)", {"covariance": np.zeros(3)}),
    "covariance type": (TypeError, "covariance must be an array of", {"covariance": np.zeros(4, np.float32)}),
    "covariance shared": (ValueError, "must not share memory", {"covariance": SHARED, "score": SHARED[:3]}),
    "centre length": (ValueError, "centre has 3 entries, not 2", {"centre": np.zeros(3)}),
    "centre type": (TypeError, "centre must be an array of float64", {"centre": np.zeros(2, int)}),
    "interrupt": (TypeError, "interrupt", {"interrupt": 5}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_arguments_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        _core.add_covariance(**(GOOD | bad))


def test_more_covariances_than_memory_holds():
    with pytest.raises(ValueError, match="blocks have more covariances than memory can hold"):
        _core.add_covariance(**(GOOD | {"blocks": np.array([0, 2**31 - 1])}))
