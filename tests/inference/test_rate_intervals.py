"""Every method for a rate of events: against R and SciPy, its own equation, its laws, and with bad input."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from dueregard.flags import Flag
from dueregard.inference.intervals import RATE_METHODS, normal_quantile, rate_interval

GOLDEN = json.loads((Path(__file__).parent / "one_sample.json").read_text())["rate"]
EVENTS = np.arange(400)
COUNTS = st.integers(0, 200) | st.integers(0, 2**53)
LEVELS = st.sampled_from([0.2, 0.8, 0.95, 0.998]) | st.floats(0.01, 0.9999)


@pytest.mark.parametrize("count, exposure, low, high", GOLDEN["exact"])
def test_exact_limits_are_those_of_r(count, exposure, low, high):
    found = rate_interval(count, exposure, method="exact")
    assert found.estimate == count / exposure
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize("confidence_level", [0.5, 0.95, 0.998])
@pytest.mark.parametrize("method, share", [("exact", 1.0), ("mid-p", 0.5)])
def test_limits_put_the_tail_beyond_the_count(method, share, confidence_level):
    """With the whole probability of the count itself, or half of it."""
    found = rate_interval(EVENTS, 1, method=method, confidence_level=confidence_level)
    tail, low, high, some = (1 - confidence_level) / 2, found.low[1:], found.high, EVENTS[1:]
    above = stats.poisson.sf(some, low) + share * stats.poisson.pmf(some, low)
    np.testing.assert_allclose(above, tail, rtol=1e-9)
    below = stats.poisson.cdf(EVENTS, high) - (1 - share) * stats.poisson.pmf(EVENTS, high)
    np.testing.assert_allclose(below, tail, rtol=1e-9)


def test_limits_with_a_formula():
    z, x = normal_quantile(0.95), EVENTS[1:].astype(float)
    byar = rate_interval(EVENTS, 1, method="byar")
    np.testing.assert_allclose(byar.low[1:], x * (1 - 1 / (9 * x) - z / (3 * np.sqrt(x))) ** 3, rtol=1e-12)
    more = EVENTS + 1.0
    np.testing.assert_allclose(byar.high, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3, rtol=1e-12)
    assert rate_interval(1, 1, method="byar", confidence_level=0.9999).low == 0  # the cube would be negative
    score = rate_interval(EVENTS, 1, method="score")
    for limit in (score.low[1:], score.high[1:]):
        np.testing.assert_allclose((x - limit) ** 2, z * z * limit, rtol=1e-9)
    assert score.high[0] == pytest.approx(z * z)


def test_large_counts_meet_the_quantiles_of_scipy():
    x = np.unique(np.floor(np.logspace(0, 6, 400)))
    exact, jeffreys = (rate_interval(x, 1, method=method) for method in ("exact", "jeffreys"))
    np.testing.assert_allclose(exact.low, special.gammaincinv(x, 0.025), rtol=1e-11)
    np.testing.assert_allclose(exact.high, special.gammainccinv(x + 1, 0.025), rtol=1e-11)
    np.testing.assert_allclose(jeffreys.low, special.gammaincinv(x + 0.5, 0.025), rtol=1e-11)
    np.testing.assert_allclose(jeffreys.high, special.gammainccinv(x + 0.5, 0.025), rtol=1e-11)


@pytest.mark.parametrize("method", RATE_METHODS)
@pytest.mark.parametrize("count", [10**9, 10**12, 2**53])
def test_very_large_counts_have_normal_limits(method, count):
    found, reach = rate_interval(count, 1, method=method), normal_quantile(0.95) * math.sqrt(count)
    assert (found.low, found.high) == pytest.approx((count - reach, count + reach), abs=3)


@pytest.mark.parametrize("method", RATE_METHODS)
@given(count=COUNTS, exposure=st.floats(1e-9, 1e9), confidence_level=LEVELS)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_the_estimate_lies_within_and_exposure_only_divides(method, count, exposure, confidence_level):
    found = rate_interval(count, exposure, method=method, confidence_level=confidence_level)
    assert 0 <= found.low <= found.high < math.inf
    assert (found.low == 0) == (count == 0) or method == "byar"
    if method not in ("byar", "exact", "mid-p", "jeffreys") or confidence_level > 0.8:
        assert found.low <= found.estimate <= found.high
    one = rate_interval(count, 1, method=method, confidence_level=confidence_level)
    assert (found.low, found.high) == (one.low / exposure, one.high / exposure)


@pytest.mark.parametrize("method", RATE_METHODS)
@given(count=st.integers(0, 10**6), levels=st.tuples(LEVELS, LEVELS).map(sorted))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_limits_rise_with_the_count_and_widen_with_the_level(method, count, levels):
    few, more = (rate_interval([count, count + 1], 7, method=method, confidence_level=level) for level in levels)
    assert few.low[0] <= few.low[1] and few.high[0] < few.high[1]
    assert (more.low <= few.low * (1 + 1e-14)).all() and (few.high * (1 - 1e-14) <= more.high).all()


@pytest.mark.parametrize("method", RATE_METHODS)
def test_without_exposure_there_is_no_rate(method):
    found = rate_interval([0, 0, 5], [0, 10, 10.5], method=method)
    assert np.isnan([found.estimate[0], found.low[0], found.high[0]]).all()
    assert found.flag.tolist() == [Flag.NO_CASES, 0, 0] and found.low[1] == 0
    one = rate_interval(0, 0, method=method)
    assert math.isnan(one.low) and one.flag == Flag.NO_CASES


def test_scalars_in_scalars_out_and_arrays_broadcast():
    one = rate_interval(np.int64(3), 2.5)
    assert isinstance(one.low, float) and isinstance(one.flag, Flag)
    grid = rate_interval(np.arange(3)[:, None], [1.5, 2.5])
    assert grid.low.shape == (3, 2) and grid.high[2, 1] == rate_interval(2, 2.5).high
    assert rate_interval([], []).low.shape == (0,)


@pytest.mark.parametrize(
    "count, exposure, message",
    [
        (-1, 10, "count: -1 is negative"),
        ([1, 2.5], 10, "count: 2.5 at index 1 is not a whole number"),
        (float("nan"), 10, "count: nan is not a number"),
        (1, [10, float("inf")], "exposure: inf at index 1 is infinite"),
        (1, [10, float("nan")], "exposure: nan at index 1 is not a number"),
        (1, [10, -0.5], "exposure: -0.5 at index 1 is negative"),
        ([0, 3], [0, 0], "count: 3 at index 1 is above 0 although the exposure is 0 there"),
        (2**53 + 2, 1, r"count: 9007199254740994 is above 2\*\*53"),
        ([1, 2], [1, 2, 3], r"count and exposure: shapes \(2,\) and \(3,\) do not broadcast"),
        (1, np.ma.array([1.0, 2.0], mask=[0, 1]), "exposure: 2 at index 1 is masked"),
    ],
)
def test_bad_values_are_refused_by_name(count, exposure, message):
    with pytest.raises(ValueError, match=message):
        rate_interval(count, exposure)


@pytest.mark.parametrize("exposure, shown", [("3", "'3'"), (True, "True"), ([1, None], "None at index 1")])
def test_what_is_not_a_number_is_a_type_error(exposure, shown):
    with pytest.raises(TypeError, match=f"exposure: {shown} is not a number"):
        rate_interval(1, exposure)


def test_unknown_methods_and_levels_are_refused():
    with pytest.raises(ValueError, match="method: 'wald' is not one of 'mid-p', 'exact', 'byar', 'jeffreys', 'score'"):
        rate_interval(1, 2, method="wald")
    for level in (0, 1, 95, -0.1, float("nan")):
        with pytest.raises(ValueError, match=r"confidence_level: .* is not between 0 and 1"):
            rate_interval(1, 2, confidence_level=level)
