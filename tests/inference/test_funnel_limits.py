"""Control limits: R's numbers, the distributions they are drawn from, and one story of limits and deviates."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, chi2, norm, poisson

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.areas.funnel_methods import METHODS
from dueregard.inference.areas.funnel_scales import SCALES
from dueregard.inference.intervals import normal_quantile

GOLDEN = json.loads((Path(__file__).parent / "funnel_golden.json").read_text())["limits"]
"""FunnelPlotR 0.6.0 on data of 12 areas."""
Z = 1.959964, 3.090232
"""The quantiles as FunnelPlotR types them."""
LEVELS = tuple(2 * norm.cdf(z) - 1 for z in Z)
TARGET = GOLDEN["target"]
TAU2 = 0.02  # of the golden limits that are widened


def golden(name, prefix=""):
    """The sizes, and limits in the order in which `funnel_limits` gives them."""
    found = {key: np.array(values) for key, values in GOLDEN[name].items()}
    low = np.stack([found[f"{prefix}ll95"], found[f"{prefix}ll998"]])
    high = np.stack([found[f"{prefix}ul95"], found[f"{prefix}ul998"]])
    return found["n"], low, high


def reaches(size, tau2=0.0):
    """How far the limits of proportions reach on the arcsine scale."""
    return np.array(Z)[:, np.newaxis] * np.sqrt(1 / (4 * size) + tau2)


@pytest.mark.parametrize(("name", "prefix", "tau2"), [("PR", "", 0.0), ("PR_od", "od", TAU2)])
def test_limits_of_proportions_are_those_of_r(name, prefix, tau2):
    """Except that R folds what lies beyond 0 and 1 back inside at the first size where it does; here it is 0 and 1."""
    size, low, high = golden(name, prefix)
    found = dr.funnel_limits(TARGET, size, method="arcsine", confidence_level=LEVELS, tau2=tau2)
    middle = math.asin(math.sqrt(TARGET))
    below, above = middle - reaches(size, tau2) <= 0, middle + reaches(size, tau2) >= math.pi / 2
    np.testing.assert_allclose(found.low[~below], low[~below], rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.high[~above], high[~above], rtol=0, atol=1e-9)
    assert (found.low[below] == 0).all() and (found.high[above] == 1).all()


@pytest.mark.parametrize(("name", "prefix", "tau2"), [("PR", "", 0.0), ("PR_od", "od", TAU2)])
def test_where_r_differs_it_has_folded_the_scale(name, prefix, tau2):
    size, low, high = golden(name, prefix)
    middle, reach = math.asin(math.sqrt(TARGET)), reaches(size, tau2)
    odd = 0
    for found, position, end in ((low, middle - reach, 0), (high, middle + reach, 1)):
        beyond = (position <= 0) | (position >= math.pi / 2)
        folded = beyond & (found != end)
        np.testing.assert_allclose(found[folded], np.sin(position[folded]) ** 2, rtol=0, atol=1e-9)
        odd += folded.sum()
    assert odd >= 1


def test_exact_limits_of_ratios_are_those_of_r():
    size, low, high = golden("SR")
    found = dr.funnel_limits(1.0, size, measure="ratio", method="exact")
    np.testing.assert_allclose(found.low, low, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.high, high, rtol=0, atol=1e-9)


def test_widened_limits_on_the_log_scale_are_those_of_r():
    size, low, high = golden("SR_od_SHMI", "od")
    found = dr.funnel_limits(1.0, size, measure="ratio", method="log", confidence_level=LEVELS, tau2=TAU2)
    np.testing.assert_allclose(found.low, low, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.high, high, rtol=0, atol=1e-9)


def test_widened_limits_on_the_square_root_scale_are_the_squares_of_those_of_r():
    """R leaves them on the scale, where some are below 0; a ratio is the square, and 0 at least."""
    size, low, high = golden("SR_od_CQC", "od")
    found = dr.funnel_limits(1.0, size, measure="ratio", method="square-root", confidence_level=LEVELS, tau2=TAU2)
    np.testing.assert_allclose(np.sqrt(found.low), np.maximum(low, 0), rtol=0, atol=1e-9)
    np.testing.assert_allclose(np.sqrt(found.high), high, rtol=0, atol=1e-9)


def test_limits_of_ratios_of_counts_are_those_of_r_at_the_same_standard_error():
    """R takes 1 / (2 sqrt(n)), which no log ratio of counts has; at the size that has it the limits are R's."""
    n, low, high = golden("RC")
    size = 4 * n * (1 + TARGET) ** 2 / TARGET
    found = dr.funnel_limits(TARGET, size, measure="count-ratio", method="log", confidence_level=LEVELS)
    np.testing.assert_allclose(found.low, low, rtol=0, atol=1e-9)
    np.testing.assert_allclose(found.high, high, rtol=0, atol=1e-9)


def test_byar_and_wilson_by_their_formulas():
    found = dr.funnel_limits(1.0, 40, measure="ratio", method="byar", confidence_level=0.95)
    z = norm.ppf(0.975)
    assert found.low == pytest.approx((1 - 1 / 360 - z / (3 * math.sqrt(40))) ** 3, abs=1e-12)
    assert found.high == pytest.approx(41 / 40 * (1 - 1 / 369 + z / (3 * math.sqrt(41))) ** 3, abs=1e-12)
    wilson = dr.funnel_limits(0.2, 50, method="wilson", confidence_level=0.95)
    middle, half = 0.2 + z**2 / 100, z * math.sqrt(0.2 * 0.8 / 50 + z**2 / 10_000)
    assert wilson.low == pytest.approx((middle - half) / (1 + z**2 / 50), abs=1e-12)
    assert wilson.high == pytest.approx((middle + half) / (1 + z**2 / 50), abs=1e-12)


def mid_p(distribution, count):
    return distribution.cdf(count - 1) + distribution.pmf(count) / 2


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize(("target", "size"), [(0.3, 12), (0.02, 200), (0.9, 45)])
def test_mid_p_limits_part_the_counts_of_a_binomial(target, size, level):
    found = dr.funnel_limits(target, size, confidence_level=level)
    for count in range(size + 1):
        below = mid_p(binom(size, target), count)
        assert (count / size < found.low) == (below < (1 - level) / 2)
        assert (count / size > found.high) == (1 - below < (1 - level) / 2)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize(("rate", "exposure"), [(0.7, 3.5), (0.001, 41_000.0), (2.0, 0.1)])
def test_mid_p_limits_part_the_counts_of_a_poisson(rate, exposure, level):
    found = dr.funnel_limits(rate, exposure, measure="rate", confidence_level=level)
    for count in range(120):
        below = mid_p(poisson(rate * exposure), count)
        assert (count / exposure < found.low) == (below < (1 - level) / 2)
        assert (count / exposure > found.high) == (1 - below < (1 - level) / 2)


def test_areas_that_do_not_differ_are_outside_about_as_often_as_said():
    for size, target in ((30, 0.2), (200, 0.05), (1000, 0.4)):
        counts = np.arange(size + 1)
        outside = dr.funnel_scores(counts, size, target).pvalue < 0.05
        assert 0.03 < binom.pmf(counts[outside], size, target).sum() < 0.07


def test_the_intervals_of_others_call_a_count_of_none_low_at_every_level():
    """Which is why they are not the method that is taken: with two expected events, none come 14% of the time."""
    assert dr.funnel_scores(0, 2.0, 1.0, measure="ratio", method="exact").z == -math.inf
    assert dr.funnel_scores(0, 10, 0.1, method="wilson").z == -math.inf
    assert abs(dr.funnel_scores(0, 2.0, 1.0, measure="ratio").z) < 1.96
    assert chi2.ppf(0.001, 4) > 0  # the exact lower limit of 99.8% is above 0


OPTIONS = [(measure, method) for measure, methods in METHODS.items() for method in methods]


@pytest.mark.parametrize(("measure", "method"), OPTIONS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_outside_a_limit_is_beyond_its_quantile(measure, method, data):
    size = data.draw(st.integers(1, 400))
    count = data.draw(st.integers(0, size))
    target = data.draw(st.floats(0.01, 0.99))
    level = data.draw(st.sampled_from([0.8, 0.95, 0.998]))
    if method == "log" and (count == 0 or measure == "count-ratio"):
        return  # half an event stands for none, and is added to both counts
    limits = dr.funnel_limits(target, size, measure=measure, method=method, confidence_level=level)
    scores = dr.funnel_scores(count, size, target, measure=measure, method=method)
    z = normal_quantile(level)
    if abs(abs(scores.z) - z) > 1e-9:
        assert (scores.value > limits.high) == (scores.z > z)
        assert (scores.value < limits.low) == (scores.z < -z)


@pytest.mark.parametrize(("measure", "method"), OPTIONS)
def test_limits_close_in_on_the_target_as_areas_grow(measure, method):
    size = np.array([5.0, 10, 20.5, 50, 100, 1000, 1e5, 1e7])
    low, high, _ = dr.funnel_limits(0.3, size, measure=measure, method=method)
    assert (low <= 0.3).all() and (high >= 0.3).all()
    assert (np.diff(high, axis=1) < 0).all() and (np.diff(low, axis=1) >= 0).all()
    assert (low[1] <= low[0]).all() and (high[1] >= high[0]).all()
    assert high[:, -1] == pytest.approx(0.3, abs=0.002)


@pytest.mark.parametrize("measure", list(SCALES))
def test_widening_widens(measure):
    narrow = dr.funnel_limits(0.3, 80, measure=measure, method=next(iter(SCALES[measure])))
    for widening in ({"phi": 2.0}, {"tau2": 0.01}):
        wide = dr.funnel_limits(0.3, 80, measure=measure, **widening)
        assert (wide.low < narrow.low).all() and (wide.high > narrow.high).all()
        assert wide.flag & Flag.WIDER_LIMITS
    assert (
        dr.funnel_limits(0.3, 80, measure=measure, method=next(iter(SCALES[measure])), phi=0.5).low == narrow.low
    ).all()


def test_twice_the_variance_is_half_the_size():
    wide = dr.funnel_limits(0.2, 100, phi=2.0)
    small = dr.funnel_limits(0.2, 50, method="arcsine")
    np.testing.assert_allclose(wide.low, small.low, atol=1e-14)
    np.testing.assert_allclose(wide.high, small.high, atol=1e-14)


def test_no_cases_have_no_limits_and_small_ones_are_flagged():
    found = dr.funnel_limits(0.2, [0, 10, 100])
    assert np.isnan(found.low[:, 0]).all() and np.isnan(found.high[:, 0]).all()
    assert found.flag.tolist() == [int(Flag.NO_CASES), int(Flag.SMALL_BASE), 0]
    scores = dr.funnel_scores(0, 0, 0.2)
    assert math.isnan(scores.value) and math.isnan(scores.z) and math.isnan(scores.pvalue)
    assert scores.flag is Flag.NO_CASES
    assert dr.funnel_limits(0.5, 10.0, measure="rate").flag is Flag.FEW_EVENTS


def test_a_target_at_an_end_leaves_nothing_beyond_it():
    none = dr.funnel_limits(0.0, 50, confidence_level=0.95)
    assert (none.low, none.high) == (0.0, 0.0)
    every = dr.funnel_limits(1.0, 50, confidence_level=0.95)
    assert (every.low, every.high) == (1.0, 1.0)
    assert dr.funnel_scores(0, 50, 0.0).z == 0
    assert dr.funnel_scores(1, 50, 0.0).z == math.inf
    rate = dr.funnel_limits(0.0, 50, measure="rate", method="log", confidence_level=0.95)
    assert math.isnan(rate.high) and rate.flag & Flag.UNDEFINED


def test_on_the_log_scale_half_an_event_stands_for_none_and_is_flagged():
    found = dr.funnel_scores([0, 0, 3], [8.0, 0.3, 8.0], 1.0, measure="ratio", method="log")
    assert found.value[0] == 0
    assert found.z[0] == pytest.approx(math.log(0.5 / 8) * math.sqrt(8), abs=1e-12)
    assert found.z[1] == 0  # fewer than half an event is expected: none is not more than that
    assert [bool(flag & Flag.UNDEFINED) for flag in found.flag] == [True, True, False]


def test_numbers_come_back_for_numbers_and_a_first_axis_for_several_levels():
    one = dr.funnel_limits(0.2, 100, confidence_level=0.95)
    assert isinstance(one.low, float) and isinstance(one.flag, Flag)
    assert dr.funnel_limits(0.2, 100).low.shape == (2,)
    assert dr.funnel_limits(0.2, [100, 200, 300], confidence_level=[0.9]).low.shape == (1, 3)
    assert dr.funnel_limits(0.2, [100, 200, 300], confidence_level=0.9).low.shape == (3,)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"target": 1.2}, "target: 1.2 is not between 0 and 1"),
        ({"target": -0.1}, "target: -0.1 is negative"),
        ({"target": float("nan")}, "target: nan is not a number"),
        ({"size": [3, -1]}, "size: -1 at index 1 is negative"),
        ({"size": [3, math.inf]}, "size: inf at index 1 is infinite"),
        ({"measure": "mean"}, "measure: 'mean' is not one of"),
        ({"method": "square-root"}, "method: 'square-root' is not one of"),
        ({"method": "mid-p", "phi": 2.0}, "method: 'mid-p' has no variance to widen; use 'arcsine'"),
        ({"phi": -1.0}, "phi: -1.0 is not a number from 0"),
        ({"tau2": math.inf}, "tau2: inf is not a number from 0"),
        ({"confidence_level": 95}, "confidence_level: 95 is not between 0 and 1"),
        ({"target": [0.1, 0.2], "size": [1, 2, 3]}, "shapes .* do not broadcast"),
    ],
)
def test_bad_input_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        dr.funnel_limits(**{"target": 0.2, "size": [10, 20], **options})


@pytest.mark.parametrize(
    ("count", "size", "message"),
    [
        ([2, 30], 20, "count: 30 at index 1 is above size, which is 20 there"),
        ([-1], 20, "count: -1 at index 0 is negative"),
    ],
)
def test_bad_counts_are_named(count, size, message):
    with pytest.raises(ValueError, match=message):
        dr.funnel_scores(count, size, 0.2)


def test_events_without_exposure_are_refused():
    with pytest.raises(ValueError, match="count: 3 at index 1 happened where size is 0"):
        dr.funnel_scores([1, 3], [2.0, 0.0], 0.2, measure="rate")
    with pytest.raises(TypeError, match="size: 'ten' is not a number"):
        dr.funnel_limits(0.2, "ten")


def test_where_next_to_nothing_is_expected_no_number_of_events_is_too_many():
    found = dr.funnel_limits(1e-6, 2.0, measure="rate", method="log", confidence_level=0.998)
    assert (found.low, found.high) == (0.0, math.inf)
    exact = dr.funnel_limits(1e-6, 2.0, measure="rate", confidence_level=0.998)
    assert exact.low == 0 and exact.high < 1
