"""How far limits of changes reach for what clusters tell of their variances."""

import numpy as np
import pytest

from dueregard.inference.surveys.cluster_totals import Clusters
from dueregard.inference.surveys.intervals.student import stretch
from dueregard.inference.surveys.intervals.summed_degrees import TellingClusters
from dueregard.inference.surveys.scores import Scores
from dueregard.measures.trends.survey_changes import Precision

WARDS = 8
Z = np.asarray(1.959963984540054)


def precision(*, held=(1.0, 1.0), edge=(0.0, 0.0), most=100.0, together=False):
    """A change of two pieces with equal variances, each told by eight wards with 7 degrees of freedom."""
    cluster = np.concatenate([np.arange(WARDS), np.arange(WARDS) + (0 if together else WARDS)])
    statistic = np.repeat([0, 1], WARDS)
    order = np.lexsort((statistic, cluster))
    parts = np.full(2 * WARDS, 1 / np.sqrt(WARDS * 7))
    clusters = Clusters(np.zeros(2 * WARDS, np.int32), np.zeros(1))
    scores = Scores(clusters, 2, cluster[order].astype(np.int32), statistic[order].astype(np.int32), parts)
    column = np.ones((2, 1))
    arrays = (column * [[1.0], [-1.0]], column, column * np.inf, np.array(edge)[:, np.newaxis])
    held = np.array(held)[:, np.newaxis]
    return Precision(*arrays, held, np.array([2.0]), np.array([most]), TellingClusters(scores))


def test_degrees_are_those_of_all_wards_and_at_most_of_all_cases():
    assert precision().degrees == pytest.approx([14.0])
    assert precision(together=True).degrees == pytest.approx([7.0])
    assert precision(most=9.0).degrees == [9.0]


def test_what_is_borrowed_is_taken_as_known():
    assert precision(edge=(1.0, 0.0)).degrees == pytest.approx([4 * 7.0])
    assert precision(edge=(1.0, 1.0)).degrees == [np.inf]
    assert precision(edge=(1.0, 1.0)).stretched(Z) == [1.0]


def test_whole_windows_reach_as_far_as_student():
    assert precision().stretched(Z) == pytest.approx(stretch(Z, np.array([14.0]), np.array([np.inf])))


def test_parts_of_windows_and_strata_reach_less_far_but_never_less_than_a_normal():
    whole, part, most = (precision(held=(h, h)).stretched(Z)[0] for h in (1.0, 0.5, 0.0))
    assert whole > part > most == 1.0
    wanted = whole / np.sqrt(1 + 0.25 * (whole * Z) ** 2 / 14)
    assert part == pytest.approx(wanted)


def test_limits_move_apart_with_the_number_of_errors():
    z = np.linspace(0, 40, 400)[:, np.newaxis]
    for held in (0.0, 0.3, 0.7, 1.0):
        reach = (z * precision(held=(held, held)).stretched(z))[:, 0]
        assert (np.diff(reach) > 0).all()
