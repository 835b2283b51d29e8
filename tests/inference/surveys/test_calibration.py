from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.surveys.calibration import Calibration
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.ratios import totals_of
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.inference.surveys.unions import placed, unions


def by_rows(clusters, cluster, margins, weight, before, score):
    """The regression written out: a row for each row, a column for each category."""
    columns = np.column_stack([margin[:, None] == np.unique(margin) for margin in margins]).astype(float)
    root = np.sqrt(before)[:, None]
    per_weight = np.divide(score, weight[:, None], out=np.zeros(score.shape), where=weight[:, None] > 0)
    slopes = np.linalg.lstsq(columns * root, per_weight * root, rcond=1e-10)[0]
    left = (per_weight - columns @ slopes) * weight[:, None]
    return np.array([left[cluster == c].sum(axis=0) for c in range(clusters)])


def pieces_of(cluster, margins, weight, before):
    """The same rows as pieces, and the piece of each."""
    first = np.cumsum([0, *(margin.max() + 1 for margin in margins)])
    numbered = np.column_stack([margin + start for margin, start in zip(margins, first, strict=False)])
    pairs, piece = np.unique(np.column_stack([cluster, numbered]), axis=0, return_inverse=True)
    piece = piece.ravel()
    sums = [np.bincount(piece, each, len(pairs)) for each in (weight, before)]
    return Calibration(pairs[:, 0].astype(np.int32), pairs[:, 1:].astype(np.int64), int(first[-1]), *sums), piece


def dense(scores):
    full = np.zeros((scores.clusters.n_clusters, scores.n))
    full[scores.cluster, scores.statistic] = scores.score
    return full


@given(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 4))
def test_it_is_the_weighted_regression_of_rows(seed, n_margins, n_statistics):
    rng = np.random.default_rng(seed)
    n, n_clusters = 60, 7
    cluster = np.sort(np.concatenate([np.arange(n_clusters), rng.integers(0, n_clusters, n - n_clusters)]))
    margins = [np.concatenate([np.arange(3), rng.integers(0, 3, n - 3)]) for _ in range(n_margins)]
    before = rng.lognormal(size=n)
    factors = [rng.lognormal(size=3) for _ in margins]
    weight = before * np.prod([factor[margin] for factor, margin in zip(factors, margins, strict=True)], axis=0)
    score = weight[:, None] * rng.normal(size=(n, n_statistics))
    calibration, piece = pieces_of(cluster, margins, weight, before)
    sums = np.array([np.bincount(piece, each, len(calibration.cluster)) for each in score.T]).T
    where = np.indices(sums.shape).reshape(2, -1)
    clusters = Clusters(np.zeros(n_clusters, np.int32), np.zeros(1))
    found = calibration.residuals(clusters, n_statistics, where[0], where[1], sums.ravel())
    expected = by_rows(n_clusters, cluster, margins, weight, before, score)
    np.testing.assert_allclose(dense(found), expected, atol=1e-9 * np.abs(score).sum())


def test_only_clusters_that_meet_a_margin_have_scores():
    """Post-strata of different clusters: the statistic of one has no score in the others."""
    calibration = Calibration(
        np.array([0, 1, 2, 3], np.int32), np.array([[0], [0], [1], [1]]), 2, np.ones(4), np.ones(4)
    )
    clusters = Clusters(np.zeros(4, np.int32), np.zeros(1))
    found = calibration.residuals(clusters, 1, np.array([0]), np.array([0]), np.array([1.0]))
    assert found.cluster.tolist() == [0, 1] and found.score.tolist() == [0.5, -0.5]


def test_pieces_that_weigh_nothing_explain_nothing():
    calibration = Calibration(
        np.array([0, 1, 2], np.int32),
        np.array([[0], [0], [1]]),
        2,
        np.array([1.0, 3.0, 0.0]),
        np.array([1.0, 3.0, 0.0]),
    )
    clusters = Clusters(np.zeros(3, np.int32), np.zeros(1))
    found = calibration.residuals(clusters, 1, np.array([0, 1]), np.array([0, 0]), np.array([1.0, 0.0]))
    assert dense(found)[:, 0].tolist() == pytest.approx([0.75, -0.75, 0.0])


def test_pieces_of_a_cluster_stay_apart_when_domains_are_added():
    calibration = Calibration(np.array([0, 0, 1], np.int32), np.array([[0], [1], [0]]), 2, np.ones(3), np.ones(3))
    pieces = Clusters(np.zeros(3, np.int32), np.zeros(1))
    numbers = np.arange(3, dtype=np.int32)
    summed = cluster_totals(numbers, numbers, 3, np.ones(3), pieces)
    totals = replace(summed, clusters=Clusters(np.zeros(2, np.int32), np.zeros(1)), calibration=calibration)
    together = unions(totals, placed(np.zeros(3, np.int64), 1))
    assert together.cluster.tolist() == [0, 1, 2] and together.sampled_cluster.tolist() == [0, 0, 1]
    assert totals_of(together, 0).clusters.tolist() == [2] and totals_of(together, 0).degrees_of_freedom.tolist() == [1]


def test_a_statistic_that_is_not_known_leaves_the_others_alone():
    calibration = Calibration(np.arange(2, dtype=np.int32), np.array([[0], [0]]), 1, np.ones(2), np.ones(2))
    clusters = Clusters(np.zeros(2, np.int32), np.zeros(1))
    where = np.array([0, 1, 0, 1]), np.array([0, 0, 1, 1])
    found = dense(calibration.residuals(clusters, 2, *where, np.array([np.nan, 1.0, 2.0, 4.0])))
    assert np.isnan(found[:, 0]).all() and found[:, 1].tolist() == [-1.0, 1.0]
