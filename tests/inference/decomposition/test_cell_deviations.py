"""Deviations from the means of cells, as a regression with a coefficient for each cell widens them (HC2)."""

import numpy as np
import pytest
import statsmodels.api as sm

from dueregard.inference.decomposition.reweighting.cell_deviations import more_deviation
from dueregard.inference.decomposition.sides import Side


def side(y, weight=None):
    y = np.asarray(y, float)
    return Side(np.zeros((len(y), 1)), y, np.ones(len(y)) if weight is None else np.asarray(weight, float))


def test_rows_without_weights_are_those_of_hc2():
    rng = np.random.default_rng(2)
    cell = rng.integers(0, 4, 30)
    y = rng.normal(size=30)
    dummies = (cell[:, np.newaxis] == np.arange(4)).astype(float)
    fit = sm.OLS(y, dummies).fit()
    away = y - (dummies @ fit.params)
    widened = away / np.sqrt(1 - fit.get_influence().hat_matrix_diag)
    assert away + more_deviation(side(y), cell) == pytest.approx(widened)


def test_a_single_row_is_as_far_as_others_are_on_average():
    y, cell = [1.0, 0.0, 1.0, 0.0, 1.0], np.array([0, 0, 0, 0, 1])
    usual = np.sqrt(0.25 * 4 / 3)
    assert more_deviation(side(y), cell)[-1] == pytest.approx(usual)
    assert more_deviation(side([0.0, 1.0, 1.0, 1.0, 0.0]), cell)[-1] < 0, "away from the mean of all"


def test_where_all_rows_are_single_they_are_as_far_as_from_the_mean_of_all():
    assert more_deviation(side([0.0, 1.0]), np.array([0, 1])) == pytest.approx([-0.5, 0.5])
    assert more_deviation(side([1.0, 1.0]), np.array([0, 1])) == pytest.approx([0, 0])


def test_weights_count_by_their_effective_number():
    one = more_deviation(side([1.0, 0.0, 1.0, 0.0], [1, 1, 2, 2]), np.array([0, 0, 1, 1]))
    assert one == pytest.approx(0.5 * (np.sqrt(2) - 1) * np.array([1, -1, 1, -1]))
    assert np.isfinite(more_deviation(side([1.0, 0.0, 1.0], [1, 1, 0]), np.array([0, 0, 0]))).all()
