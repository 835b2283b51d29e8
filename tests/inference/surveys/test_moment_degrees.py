"""Degrees of freedom of a sum of squared scores."""

import numpy as np
import pytest

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.moment_degrees import moment_degrees
from dueregard.inference.surveys.scores import Scores
from dueregard.inference.surveys.side_by_side import side_by_side


def scores(*columns):
    """Statistics with a score in each cluster."""
    n = len(columns[0])
    cluster = np.repeat(np.arange(n, dtype=np.int32), len(columns))
    statistic = np.tile(np.arange(len(columns), dtype=np.int32), n)
    return Scores(
        Clusters(np.zeros(n, np.int32), np.zeros(1)), len(columns), cluster, statistic, np.column_stack(columns).ravel()
    )


def test_by_hand():
    z = np.array([1.0, -2.0, 3.0, -2.0])  # squares 1, 4, 9, 4 (sum 18), fourth powers 1, 16, 81, 16 (sum 114)
    assert moment_degrees(scores(z)) == pytest.approx([2 / (114 / 18**2 - 1 / 4)])


def test_they_say_how_much_the_sum_of_squares_varies():
    rng = np.random.default_rng(0)
    for draw, scale in ((rng.standard_normal, 1.0), (lambda shape: rng.standard_normal(shape) ** 3, 1.0)):
        z = draw((4000, 400)) * scale
        total = np.square(z).sum(axis=1)
        varies = 2 / (total.var() / total.mean() ** 2)
        pooled = (z**4).mean() / (z**2).mean() ** 2
        assert 2 / (pooled / 400 - 1 / 400) == pytest.approx(varies, rel=0.1)
    many = rng.standard_normal(20_000)
    assert moment_degrees(scores(many)) == pytest.approx([20_000], rel=0.05)


def test_scores_of_one_size_are_known_for_sure_and_a_single_one_is_not():
    assert np.isinf(moment_degrees(scores(np.array([1.0, -1.0, 1.0]))))
    assert np.isinf(moment_degrees(scores(np.array([1.0]))))


def test_parts_side_by_side_vary_as_all_at_once():
    rng = np.random.default_rng(3)
    first, second, third = rng.standard_normal((3, 12))
    together = side_by_side([scores(first, second), scores(third)])
    expected = scores(first, second, third).covariance().matrix()[1]
    assert together.covariance().matrix()[1] == pytest.approx(expected)
    alone = scores(first)
    assert side_by_side([alone]) is alone
