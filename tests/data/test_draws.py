"""Draws that depend on Generator.random alone, and the windows that published figures leave."""

import numpy as np
import pytest

from dueregard.data import draws
from dueregard.data.survey_targets import Targets, comes_out, targets, window, window_where_published


@pytest.mark.parametrize(("n", "share"), [(1, 0.5), (40, 0.02), (40, 0.98), (640, 0.65), (3000, 0.5)])
def test_binomial_chances_are_those_of_the_distribution(n, share):
    from scipy import stats

    chances = draws.binomial_chances(n, share)
    assert chances / chances.sum() == pytest.approx(stats.binom.pmf(np.arange(n + 1), n, share), rel=1e-9, abs=1e-15)


def test_a_draw_of_nobody_is_nobody():
    assert draws.binomial_chances(0, 0.3).tolist() == [1.0]


def test_picked_indices_follow_their_chances():
    rng = draws.generator("x", 1)
    chances = np.array([0.0, 3.0, 0.0, 1.0, 0.0])
    picks = np.bincount([draws.picked(rng, chances) for _ in range(4000)], minlength=5)
    assert picks[[0, 2, 4]].tolist() == [0, 0, 0]
    assert picks[1] / 4000 == pytest.approx(0.75, abs=0.03)


def test_scattered_values_have_mean_0_and_standard_deviation_1():
    values = draws.scattered(draws.generator("x", 1), 40_000)
    assert values.mean() == pytest.approx(0, abs=0.02)
    assert values.std() == pytest.approx(1, abs=0.02)


def test_free_figures_have_the_widest_space_that_published_ones_leave():
    free = np.array([False, True, False, False, True])
    space = window(Targets(np.array([0.0, 9.0, 15.0, 17.0, 3.0]), free))
    assert np.round(space.low, 3).tolist() == [-0.5, 0.5, 14.5, 16.5, 0.5]
    assert np.round(space.high, 3).tolist() == [0.5, 14.5, 15.5, 17.5, 14.5]
    assert space.holds(1, np.array([0.4, 0.6, 14.4, 14.6])).tolist() == [False, True, True, False]


@pytest.mark.parametrize(
    ("measure", "low", "high"),
    [("satisfaction", 75, 81), ("satisfaction gap", 1, 14), ("good_job", 51, 77), ("partnership", 32, 71)],
)
def test_the_space_left_by_the_documents(measure, low, high):
    figures = targets(measure)
    space = window(figures)
    assert set(np.round(space.low[figures.free], 3)) == {low - 0.5}
    assert set(np.round(space.high[figures.free], 3)) == {high + 0.5}


def test_only_harrow_has_published_figures_by_group():
    space = window_where_published("satisfaction, White")
    assert np.flatnonzero(np.isfinite(space.low)).tolist() == [13]
    assert np.round([space.low[13], space.high[13]], 3).tolist() == [81.5, 82.5]


def test_a_figure_comes_out_when_it_rounds_to_the_published_one():
    assert comes_out(78.6, 79) and comes_out(79.4, 79)
    assert not comes_out(78.5, 79) and not comes_out(79.5, 79)
