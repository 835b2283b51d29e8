"""Least squares from cross-products: against statsmodels, in batches, within a basis, and by the weight of each row."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.regression.linear_fits import linear_fit, row_changes, times


def rows(seed=1, n=80, p=3):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, p)) + rng.normal(size=(n, 1)) + np.arange(p) * 5
    return x, x @ np.linspace(1, -1, p) + 3 + rng.normal(size=n), rng.uniform(0.3, 3, n)


def crossed(x, y, weight, centre=0.0):
    full = np.column_stack([np.ones(len(y)), x - centre, y])
    return (full * weight[:, np.newaxis]).T @ full


def test_it_is_weighted_least_squares_of_statsmodels():
    x, y, weight = rows()
    found = linear_fit(crossed(x, y, weight), np.eye(3))
    told = sm.WLS(y, sm.add_constant(x), weights=weight).fit()
    assert [found.constant, *found.slope] == pytest.approx(told.params)
    assert (found.weight, found.outcome) == pytest.approx((weight.sum(), np.average(y, weights=weight)))
    assert found.mean == pytest.approx(np.average(x, axis=0, weights=weight))


def test_row_changes_give_the_robust_covariance_of_statsmodels():
    x, y, weight = rows()
    changes = row_changes(linear_fit(crossed(x, y, weight), np.eye(3)), x, y)
    told = sm.WLS(y, sm.add_constant(x), weights=weight).fit(cov_type="HC0")
    by_row = weight[:, np.newaxis] * np.column_stack([changes.constant, changes.slope])
    assert np.sqrt(np.square(by_row).sum(axis=0)) == pytest.approx(told.bse)


def test_row_changes_are_derivatives_by_the_weights_of_rows():
    x, y, weight = rows(n=30)
    changes = row_changes(linear_fit(crossed(x, y, weight), np.eye(3)), x, y)
    for i in range(0, 30, 5):
        ends = []
        for step in (1e-4, -1e-4):
            moved = weight + step * (np.arange(30) == i)
            ends.append(linear_fit(crossed(x, y, moved), np.eye(3)))
        for name in ("outcome", "constant", "mean", "slope"):
            slope = (getattr(ends[0], name) - getattr(ends[1], name)) / 2e-4
            assert getattr(changes, name)[i] == pytest.approx(slope, rel=1e-5, abs=1e-8)
    for each in changes:
        assert weight @ each == pytest.approx(np.zeros(each.shape[1:]), abs=1e-10)


def test_a_batch_is_each_by_itself_and_a_singular_one_is_nan_alone():
    sets = [rows(seed) for seed in range(4)]
    sets[2][0][:, 1] = 7.0
    crosses = np.array([crossed(*each) for each in sets])
    batch = linear_fit(crosses.reshape(2, 2, 5, 5), np.eye(3))
    for i, cross in enumerate(crosses):
        alone = linear_fit(cross, np.eye(3))
        assert batch.slope.reshape(4, 3)[i] == pytest.approx(alone.slope, nan_ok=True)
        assert batch.constant.ravel()[i] == pytest.approx(alone.constant, nan_ok=True)
    assert np.isnan(batch.slope).all(axis=-1).ravel().tolist() == [False, False, True, False]
    assert not np.isnan(batch.mean).any()


@given(st.integers(0, 999), st.floats(0.001, 1e6))
def test_a_column_that_does_not_vary_has_no_slope_however_sums_are_rounded(seed, value):
    x, y, weight = rows(seed, n=20)
    x[:, 1] = value
    assert np.isnan(linear_fit(crossed(x, y, weight), np.eye(3)).slope).all()


def test_columns_that_depend_on_one_another_have_no_slopes():
    x, y, weight = rows()
    x[:, 2] = x[:, 0] - 2 * x[:, 1]
    assert np.isnan(linear_fit(crossed(x, y, weight), np.eye(3)).slope).all()


def test_within_a_basis_categories_have_deviations_that_sum_to_0():
    rng = np.random.default_rng(2)
    level = np.arange(90) % 3
    indicators = (level[:, np.newaxis] == np.arange(3)).astype(float)
    y, weight = rng.normal(size=90) + level, rng.uniform(0.5, 2, 90)
    basis = np.array([[1.0, 0], [0, 1], [-1, -1]])
    found = linear_fit(crossed(indicators, y, weight), basis)
    means = [np.average(y[level == j], weights=weight[level == j]) for j in range(3)]
    assert found.slope == pytest.approx(means - np.mean(means))
    assert found.constant == pytest.approx(np.mean(means))


@settings(max_examples=20)
@given(st.integers(0, 999), st.floats(-1e5, 1e5))
def test_taking_a_centre_off_first_changes_nothing(seed, shift):
    x, y, weight = rows(seed)
    x = x + shift
    centre = x.mean(axis=0)
    found = linear_fit(crossed(x, y, weight, centre), np.eye(3), centre)
    told = linear_fit(crossed(x - shift, y, weight), np.eye(3))
    assert found.slope == pytest.approx(told.slope, rel=1e-7, abs=1e-8)
    assert found.mean == pytest.approx(told.mean + shift, rel=1e-9)
    assert found.constant == pytest.approx(told.constant - shift * told.slope.sum(), rel=1e-6, abs=1e-4)


def test_a_row_is_the_same_bits_wherever_it_stands():
    x, _, _ = rows(n=201, p=7)
    order = np.random.default_rng(4).permutation(201)
    by = np.linspace(0.1, 3, 7)
    assert times(x[order], by).tolist() == times(x, by)[order].tolist()
    assert times(x[order], np.outer(by, by)).tolist() == times(x, np.outer(by, by))[order].tolist()
