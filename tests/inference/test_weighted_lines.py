"""The line through readings and the next one it leads to: against statsmodels, laws, and how often it is right."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.trends.weighted_lines import project_reading

TIME = np.array([0.0, 0.25, 0.5, 1.0, 1.5])
VALUE = np.array([74.0, 80.0, 71.0, 83.0, 76.0])
VARIANCE = np.array([1.0, 2.0, 0.5, 4.0, 1.5])


def by_statsmodels(value, variance, at, new):
    design = sm.add_constant(TIME)
    fit = sm.WLS(value, design, weights=1 / variance).fit()
    return fit, fit.get_prediction([[1.0, at]], weights=1 / new).summary_frame(alpha=0.05).iloc[0]


def test_readings_that_stray_have_the_interval_of_weighted_least_squares():
    found = project_reading(TIME, VALUE, VARIANCE, 2.5, 3.0, 0.95)
    fit, told = by_statsmodels(VALUE, VARIANCE, 2.5, 3.0)
    assert found.dispersion == pytest.approx(fit.scale)
    assert found.dispersion > 1
    assert (found.slope, found.estimate) == pytest.approx((fit.params[1], told["mean"]))
    assert (found.low, found.high) == pytest.approx((told["obs_ci_lower"], told["obs_ci_upper"]))


def test_readings_close_to_the_line_do_not_narrow_it():
    value = 70 + 4 * TIME
    found = project_reading(TIME, value, VARIANCE, 2.5, 3.0, 0.95)
    weight = 1 / VARIANCE
    mean = (weight * TIME).sum() / weight.sum()
    variance = 1 / weight.sum() + (2.5 - mean) ** 2 / (weight * (TIME - mean) ** 2).sum() + 3.0
    assert found.dispersion == 1
    assert found.estimate == pytest.approx(80)
    assert found.high - found.estimate == pytest.approx(3.182446305 * math.sqrt(variance))


def test_without_variances_it_is_ordinary_least_squares():
    found = project_reading(TIME, VALUE, None, 2.5, math.nan, 0.9)
    fit = sm.OLS(VALUE, sm.add_constant(TIME)).fit()
    told = fit.get_prediction([[1.0, 2.5]]).summary_frame(alpha=0.1).iloc[0]
    assert (found.low, found.high) == pytest.approx((told["obs_ci_lower"], told["obs_ci_upper"]))
    exact = project_reading(TIME, 70 + 4 * TIME, None, 2.5, math.nan, 0.9)
    assert (exact.low, exact.estimate, exact.high) == pytest.approx((80, 80, 80))


@pytest.mark.parametrize("time", [[0.0, 1.0], [1.0, 1.0, 1.0], []])
def test_two_readings_or_one_time_make_no_line(time):
    time = np.array(time)
    assert all(map(math.isnan, project_reading(time, time, np.ones(len(time)), 2.0, 1.0, 0.95)))


values = st.lists(st.floats(-50, 50), min_size=5, max_size=5).map(np.array)


@given(values, st.floats(0.1, 20), st.floats(-100, 100))
def test_the_scale_of_values_carries_through(value, factor, shift):
    one = project_reading(TIME, value, VARIANCE, 2.5, 3.0, 0.95)
    other = project_reading(TIME, factor * value + shift, factor**2 * VARIANCE, 2.5, factor**2 * 3.0, 0.95)
    assert other.dispersion == pytest.approx(one.dispersion, rel=1e-6)
    assert other[1:4] == pytest.approx([factor * each + shift for each in one[1:4]], rel=1e-6, abs=1e-6)


@given(values)
def test_turning_the_sign_turns_the_interval(value):
    one = project_reading(TIME, value, VARIANCE, 2.5, 3.0, 0.95)
    other = project_reading(TIME, -value, VARIANCE, 2.5, 3.0, 0.95)
    assert (other.low, other.high, other.slope) == pytest.approx((-one.high, -one.low, -one.slope), abs=1e-9)


@given(values, st.floats(-5, 5), st.floats(0.1, 10))
def test_the_origin_and_the_unit_of_time_do_not_matter(value, shift, factor):
    one = project_reading(TIME, value, VARIANCE, 2.5, 3.0, 0.95)
    other = project_reading(factor * TIME + shift, value, VARIANCE, factor * 2.5 + shift, 3.0, 0.95)
    assert other[1:] == pytest.approx(one[1:], rel=1e-6, abs=1e-6)


def held(n, strays, rounds, seed=1):
    """How often a 95% prediction interval holds the next reading of a line that readings stray from."""
    rng = np.random.default_rng(seed)
    time, variance = np.arange(n) / 4, rng.uniform(0.5, 3.0, n)
    at, new = time[-1] + 1.0, 1.0
    hits = 0
    for _ in range(rounds):
        value = 70 + 2 * time + strays * np.sqrt(variance) * rng.standard_normal(n)
        following = 70 + 2 * at + strays * math.sqrt(new) * rng.standard_normal()
        found = project_reading(time, value, variance, at, new, 0.95)
        hits += found.low <= following <= found.high
    return hits / rounds


@pytest.mark.parametrize("n", [3, 6, 12])
@pytest.mark.parametrize("strays", [1.0, 2.0])
def test_the_interval_holds_the_next_reading_at_least_as_often_as_it_says(n, strays):
    assert held(n, strays, 1500) > 0.95 - 3 * math.sqrt(0.95 * 0.05 / 1500)


@pytest.mark.thorough
@pytest.mark.parametrize("n", [3, 4, 8, 20])
@pytest.mark.parametrize("strays", [1.0, 1.5, 3.0])
def test_the_interval_holds_the_next_reading_in_many_rounds(n, strays):
    share = held(n, strays, 40_000)
    assert share > 0.945
    if strays == 3 and n >= 8:  # where the dispersion is all but never held at 1, the interval is exact
        assert share < 0.956
