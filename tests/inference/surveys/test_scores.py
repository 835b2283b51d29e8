"""Covariances of linearised scores: the design's formula, policies for lonely strata, and what combinations keep."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.ratios import ratios, totals_of
from dueregard.inference.surveys.scores import Scores

GOLDEN = json.loads((Path(__file__).parent / "golden" / "r_replicate_designs.json").read_text())
R_POLICIES = {"grand-mean": "adjust", "remove": "remove", "average": "average"}


def clusters_of(sizes, fraction=0.0, lonely="grand-mean"):
    stratum = np.repeat(np.arange(len(sizes)), sizes).astype(np.int32)
    return Clusters(stratum, np.full(len(sizes), fraction), lonely)


def scores_of(clusters, table, present=None):
    """Scores from an array of clusters x statistics."""
    present = np.ones(table.shape, bool) if present is None else present
    cluster, statistic = np.nonzero(present)
    codes = cluster.astype(np.int32), statistic.astype(np.int32)
    return Scores(clusters, table.shape[1], *codes, table[present])


@st.composite
def samples(draw, smallest=1):
    sizes = draw(st.lists(st.integers(smallest, 6), min_size=1, max_size=5))
    policy = draw(st.sampled_from(["grand-mean", "remove", "average"]))
    clusters = clusters_of(sizes, draw(st.sampled_from([0.0, 0.25])), policy)
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = clusters.n_clusters, draw(st.integers(1, 6))
    present = rng.random(shape) < draw(st.sampled_from([0.3, 0.8, 1.0]))
    return clusters, np.where(present, rng.normal(size=shape), 0.0), present


def expected_covariance(clusters, table):
    """Stratum by stratum, as the formula is written."""
    total = np.zeros((table.shape[1],) * 2)
    for h, (n, f) in enumerate(zip(clusters.size, clusters.fraction, strict=True)):
        rows = table[clusters.stratum == h]
        if n > 1:
            deviations = rows - rows.mean(axis=0)
            total += (1 - f) * n / (n - 1) * deviations.T @ deviations
        elif clusters.lonely == "grand-mean":
            deviations = rows - table.mean(axis=0)
            total += (1 - f) * deviations.T @ deviations
    lonely = np.count_nonzero(clusters.size == 1)
    if clusters.lonely == "average" and lonely:
        total *= clusters.n_strata / (clusters.n_strata - lonely)
    return total


def known(clusters, present):
    """Statistics that some stratum with a variance of its own has; all by "grand-mean", but for a single cluster."""
    if clusters.lonely == "grand-mean":
        return np.full(present.shape[1], clusters.n_clusters > 1)
    return present[(clusters.size > 1)[clusters.stratum]].any(axis=0) | ~present.any(axis=0)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(samples())
def test_it_is_the_formula(sample):
    clusters, table, present = sample
    if clusters.lonely == "average" and (clusters.size == 1).all():
        return
    indices, matrix = scores_of(clusters, table, present).covariance().matrix()
    assert indices.tolist() == list(range(table.shape[1]))
    sure = known(clusters, present)
    np.testing.assert_allclose(
        matrix[np.ix_(sure, sure)], expected_covariance(clusters, table)[np.ix_(sure, sure)], rtol=1e-10, atol=1e-12
    )
    assert np.isnan(matrix[~sure]).all()
    assert np.isnan(matrix[:, ~sure]).all()


@settings(max_examples=100, derandomize=True, deadline=None)
@given(samples(smallest=2), st.integers(0, 2**32))
def test_blocks_in_any_order_hold_the_same(sample, seed):
    clusters, table, present = sample
    scores = scores_of(clusters, table, present)
    block = np.random.default_rng(seed).integers(-1, 3, scores.n)
    found, (_, whole) = scores.covariance(block), scores.covariance().matrix()
    for label in set(block.tolist()):
        indices, matrix = found.matrix(label)
        assert indices.tolist() == np.flatnonzero(block == label).tolist()
        np.testing.assert_allclose(matrix, whole[np.ix_(indices, indices)], rtol=1e-12, atol=1e-14)
        np.testing.assert_array_equal(found.of(indices[:, None], indices), matrix)
    np.testing.assert_array_equal(found.variance, scores.variance)
    np.testing.assert_allclose(scores.variance, np.diag(whole), rtol=1e-12, atol=1e-14)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(samples(smallest=2), st.integers(0, 2**32))
def test_combinations_have_the_covariance_of_combinations(sample, seed):
    clusters, table, present = sample
    scores = scores_of(clusters, table, present)
    weights = np.random.default_rng(seed).normal(size=(3, scores.n)).round(1)
    to, source = np.nonzero(weights)
    combined = scores.combined(to, source, weights[to, source], 3)
    assert (np.diff(combined.cluster.astype(int) * 3 + combined.statistic) > 0).all()
    _, found = combined.covariance().matrix()
    np.testing.assert_allclose(found, weights @ scores.covariance().matrix()[1] @ weights.T, rtol=1e-9, atol=1e-12)


def test_terms_of_the_same_pair_add_up():
    clusters = clusters_of([3])
    scores = scores_of(clusters, np.array([[1.0, 2.0], [4.0, 0.0], [0.0, 5.0]]))
    twice = scores.combined([0, 0, 0], [0, 1, 0], [1.0, -1.0, 1.0], 1)
    assert twice.score.tolist() == [0.0, 8.0, -5.0]


TERMS = {
    "lengths": (r"terms: \(2,\) and \(1,\) and \(2,\) are not one length", ([0, 0], [0], [1, 1])),
    "to": ("to: 2 of term 1 is not a statistic from 0 to 1", ([0, 2], [0, 1], [1, 1])),
    "source": ("source: -1 of term 0 is not a statistic from 0 to 2", ([0], [-1], [1])),
}


@pytest.mark.parametrize("case", TERMS)
def test_terms_of_no_statistic_are_refused(case):
    message, terms = TERMS[case]
    with pytest.raises(ValueError, match=message):
        scores_of(clusters_of([3]), np.eye(3)).combined(*terms, 2)


def test_a_constant_has_no_variance():
    """Means of strata themselves vary in no sample of the same strata."""
    clusters = clusters_of([100, 50, 50])
    table = np.repeat([[0.1], [1 / 3], [1e5 / 7]], [100, 50, 50], axis=0)
    scores = scores_of(clusters, table)
    assert scores.variance[0] <= 1e-24 * table.sum() ** 2


@pytest.mark.parametrize("policy", R_POLICIES)
def test_lonely_strata_are_rs(policy, api):
    """R does not centre lonely strata at all by "adjust"; for ratios, whose scores add up to 0, that is the same."""
    (row,) = [row for row in GOLDEN["rows"] if row.get("lonely") == R_POLICIES[policy] and "kind" not in row]
    sample = api("apiclus1_strata").with_lonely(policy)
    students = sample.summed(sample.numbers("enroll", "api.stu"))
    schools = sample.summed(sample.numbers("api00"))
    np.testing.assert_allclose(ratios(students, numerator=2, denominator=1).se, row["se_ratio"], rtol=1e-9)
    np.testing.assert_allclose(ratios(schools).se, row["se_mean"], rtol=1e-9)
    if policy != "grand-mean":
        np.testing.assert_allclose(totals_of(students).se, row["se_total"], rtol=1e-9)


def test_lonely_strata_can_be_refused():
    scores = scores_of(clusters_of([2, 1, 1], lonely="refuse"), np.ones((4, 1)))
    with pytest.raises(ValueError, match="stratum 1 has one cluster"):
        scores.covariance()


def test_a_lonely_stratum_taken_for_certain_adds_nothing():
    clusters = Clusters(np.array([0, 0, 1], np.int32), np.array([0.0, 1.0]), "refuse")
    variance = scores_of(clusters, np.array([[1.0], [2.0], [50.0]])).variance
    np.testing.assert_allclose(variance, [1.0], rtol=1e-15)


@pytest.mark.parametrize("policy", ["grand-mean", "remove", "average"])
def test_one_cluster_says_nothing_of_a_variance(policy):
    assert np.isnan(scores_of(clusters_of([1], lonely=policy), np.ones((1, 2))).variance).all()


def test_statistics_without_scores():
    """A statistic that no cluster has, or no statistic at all."""
    clusters = clusters_of([2, 2])
    scores = Scores(clusters, 2, np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))
    assert scores.variance.tolist() == [0.0, 0.0]
    assert scores_of(clusters, np.zeros((4, 0))).variance.shape == (0,)


def test_what_is_not_in_a_block_is_not_known():
    found = scores_of(clusters_of([3]), np.eye(3)).covariance([0, 0, 1])
    with pytest.raises(ValueError, match="statistics 1 and 2 are of different blocks"):
        found.of([0, 1], [1, 2])
    with pytest.raises(ValueError, match="block: there is no statistic of block 2"):
        found.matrix(2)
    for wrong in ([0, 1], [0.0, 1.0, 1.0], [[0, 0, 1]]):
        with pytest.raises(ValueError, match="block: not a whole number for each of 3 statistics"):
            scores_of(clusters_of([3]), np.eye(3)).covariance(wrong)
