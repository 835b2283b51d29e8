"""Limits of shares: percentiles, Student's t of angles, and never below 0, above 1 or without width."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm, t

from dueregard.inference.importance.share_limits import (
    Limits,
    angle_error,
    angle_limits,
    angle_of,
    correlation_limits,
    outer,
    percentile_limits,
)

SHARES = st.floats(0.001, 0.999)


def test_percentiles_go_as_far_out_as_student():
    replicates = np.linspace(0, 1, 10_001)[:, np.newaxis, np.newaxis] * np.ones((1, 2, 3))
    found = percentile_limits(replicates, np.array([1e9, 5.0]), 0.95)
    np.testing.assert_allclose(found.low[0], 0.025, atol=1e-4)
    np.testing.assert_allclose(found.high[1], norm.cdf(t.ppf(0.975, 5)), atol=1e-4)


def test_percentiles_want_nearly_all_replicates():
    replicates = np.random.default_rng(0).uniform(size=(100, 1, 2))
    replicates[:3, 0, 0] = replicates[:10, 0, 1] = np.nan
    found = percentile_limits(replicates, np.array([50.0]), 0.9)
    assert np.isfinite(found.low[0, 0]) and np.isnan(found.low[0, 1]) and np.isnan(found.high[0, 1])


def test_replicates_without_a_value_may_have_any():
    replicates = np.random.default_rng(0).uniform(0.4, 0.6, (1000, 1, 2))
    replicates[:100, 0, 1] = np.nan
    found = percentile_limits(replicates, np.array([1e9]), 0.9, open_ended=True)
    assert 0.4 < found.low[0, 0] < found.high[0, 0] < 0.6
    assert found.low[0, 1] == 0 and found.high[0, 1] == 1


def test_r_squared_is_above_0_only_if_it_is_so_by_its_own_error():
    found = correlation_limits(np.array([0.05, 0.05]), np.array([0.03, 0.02]), np.array([1e9, 1e9]), 0.95)
    assert found.low[0] == 0 and 0.05 - 2 * 0.02 <= found.low[1] < 0.05


def test_without_degrees_of_freedom_or_width_there_are_no_limits():
    replicates = np.random.default_rng(0).uniform(size=(100, 2, 1))
    replicates[:, 1] = 0.3
    found = percentile_limits(replicates, np.array([0.0, 9.0]), 0.95)
    assert np.isnan(found.low).all() and np.isnan(found.high).all()
    assert np.isnan(angle_limits(np.array([0.2]), np.array([0.0]), np.array([9.0]), 0.95).low).all()
    assert np.isnan(correlation_limits(np.array([0.2]), np.array([0.1]), np.array([0.0]), 0.95).low).all()


@given(SHARES, st.floats(1e-6, 3.0), st.floats(1, 1e4))
def test_limits_of_angles_lie_within_bounds_and_hold_the_share(share, error, degrees):
    low, high = (float(each) for each in angle_limits(np.array(share), np.array(error), np.array(degrees), 0.95))
    assert 0 <= low < share < high <= 1


@given(SHARES, st.floats(1e-5, 0.2))
def test_the_error_of_an_angle_is_that_of_the_share_to_first_order(share, se):
    step = 1e-6
    slope = (angle_of(np.array(share + step * share)) - angle_of(np.array(share))) / (step * share)
    assert float(angle_error(np.array(share), np.array(se))) == pytest.approx(float(slope) * se, rel=1e-3)


def test_at_the_ends_an_angle_has_no_error():
    assert np.isnan(angle_error(np.array([0.0, 1.0]), np.array([0.1, 0.1]))).all()


@given(SHARES, st.floats(1e-5, 1.0), st.floats(1, 1e4))
def test_limits_of_r_squared_lie_within_bounds_and_hold_it(r_squared, se, degrees):
    found = correlation_limits(np.array([r_squared]), np.array([se]), np.array([degrees]), 0.95)
    assert 0 <= found.low[0] < r_squared < found.high[0] <= 1


def test_the_outer_ones_are_known_only_where_both_are():
    found = outer(
        Limits(np.array([0.1, 0.1]), np.array([0.3, 0.3])), Limits(np.array([0.2, np.nan]), np.array([0.4, 1]))
    )
    assert found.low.tolist()[0] == 0.1 and found.high.tolist()[0] == 0.4 and np.isnan(found.low[1])
