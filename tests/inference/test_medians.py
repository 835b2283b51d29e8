"""Medians of value counts: exact intervals against SciPy and enumeration, and medians compared."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, quantile_test

import dueregard as dr
from dueregard.inference.distributions.medians import exact_limits, quantiles
from dueregard.inference.intervals import normal_quantile

samples = st.lists(st.integers(-20, 20), min_size=1, max_size=60)


@given(samples)
@settings(max_examples=60, deadline=None)
def test_the_estimate_is_the_usual_median(values):
    assert dr.median_interval(values).estimate == np.median(values)


@given(samples, st.sampled_from([0.1, 0.25, 0.5, 0.9]), st.sampled_from([0.81, 0.95, 0.998]))
@settings(max_examples=100, deadline=None)
def test_the_limits_are_those_of_scipy(values, quantile, level):
    """SciPy gives one-sided limits; two of them at half the tail make ours."""
    found = dr.median_interval(values, quantile=quantile, confidence_level=level)
    test = quantile_test(values, p=quantile)
    for ours, theirs in zip((found.low, found.high), test.confidence_interval(level), strict=True):
        assert ours == theirs or (math.isinf(ours) and math.isnan(theirs))


@pytest.mark.parametrize("n", [1, 5, 6, 10, 17, 100, 1001])
@pytest.mark.parametrize("quantile", [0.5, 0.2])
def test_the_level_is_at_least_the_one_asked_for_and_the_next_interval_would_have_less(n, quantile):
    found = dr.median_interval(np.arange(1, n + 1), quantile=quantile)
    assert found.level >= 0.95
    if math.isfinite(found.low):
        assert binom.cdf(found.low - 1, n, quantile) <= 0.025 < binom.cdf(found.low, n, quantile)
    if math.isfinite(found.high):
        assert binom.sf(found.high - 1, n, quantile) <= 0.025 < binom.sf(found.high - 2, n, quantile)


def test_counts_are_repeated_values_in_any_order():
    found = dr.median_interval([3, 1, 2], [4, 9, 8])
    assert found == dr.median_interval([1] * 9 + [2] * 8 + [3] * 4)
    both = dr.median_interval([3, 1, 2], [[4, 9, 8], [0, 0, 0]])
    assert both.estimate[0] == found.estimate and np.isnan(both.level[1])
    assert both.flag.tolist() == [dr.Flag.SMALL_BASE, dr.Flag.NO_CASES]


def test_without_values_there_is_no_number():
    assert all(map(math.isnan, dr.median_interval([])[:4]))


def test_coverage_by_enumeration_is_never_below_the_level():
    """Every sample of 7 from a skewed distribution of three values."""
    values, chances = np.array([1.0, 2.0, 5.0]), np.array([0.3, 0.35, 0.35])
    rows = np.array([row for row in product(range(8), repeat=3) if sum(row) == 7])
    weight = np.array([math.factorial(7) / np.prod([math.factorial(k) for k in row]) for row in rows.tolist()])
    weight = weight * (chances**rows).prod(axis=1)
    found = dr.median_interval(values, rows)
    assert weight.sum() == pytest.approx(1)
    assert weight[(found.low <= 2) & (found.high >= 2)].sum() >= 0.95


tables = st.integers(2, 6).flatmap(
    lambda k: st.tuples(*[st.lists(st.integers(0, 12), min_size=k, max_size=k).filter(any) for _ in range(2)])
)


@given(tables, st.sampled_from(["difference", "ratio"]))
@settings(max_examples=60, deadline=None)
def test_swapping_the_groups_turns_the_comparison(counts, measure):
    values = np.arange(1.0, len(counts[0]) + 1) * 10
    one = dr.compare_medians(values, *counts, measure=measure)
    other = dr.compare_medians(values, *counts[::-1], measure=measure)
    if measure == "difference":
        expected = (-other.estimate, -other.high, -other.low)
    else:
        with np.errstate(divide="ignore"):
            expected = tuple(float(np.divide(1.0, x)) for x in (other.estimate, other.high, other.low))
    assert one[:3] == pytest.approx(expected)
    assert one.pvalue == pytest.approx(other.pvalue)


@given(tables, st.sampled_from([0.8, 0.95, 0.998]))
@settings(max_examples=60, deadline=None)
def test_p_is_the_smallest_one_less_level_at_which_the_interval_leaves_out_no_difference(counts, level):
    values = np.arange(len(counts[0])) ** 2
    found = dr.compare_medians(values, *counts, confidence_level=level)
    if abs(found.pvalue - (1 - level)) > 1e-9:
        assert (found.pvalue < 1 - level) == (found.low > 0 or found.high < 0)


def test_the_limits_recover_variances_from_the_exact_intervals():
    values = [5, 10, 15, 20, 30]
    first, second = [4, 9, 12, 9, 6], [1, 4, 10, 15, 10]
    one, other = (dr.median_interval(values, counts) for counts in (first, second))
    found = dr.compare_medians(values, first, second)
    assert found.low == one.estimate - other.estimate - math.hypot(one.estimate - one.low, other.high - other.estimate)
    assert found.high == one.estimate - other.estimate + math.hypot(one.high - one.estimate, other.estimate - other.low)


def test_a_group_too_small_for_an_interval_has_infinite_limits():
    found = dr.compare_medians([1, 2, 3], [1, 1, 1], [20, 20, 20])
    assert (found.estimate, found.low, found.high, found.pvalue) == (0, -math.inf, math.inf, 1)
    ratio = dr.compare_medians([1, 2, 3], [1, 1, 1], [20, 20, 20], measure="ratio")
    assert (ratio.low, ratio.high) == (0, math.inf)


def test_a_hundred_thousand_values_are_quick_and_right():
    values = np.arange(100_000.0)
    low, high = exact_limits(values, np.ones((1, 100_000)))(np.asarray(normal_quantile(0.95)))
    near = 1.96 * math.sqrt(100_000) / 2
    assert quantiles(values, np.ones(100_000), 0.5) == 49_999.5
    assert (high - low)[0] == pytest.approx(2 * near, rel=0.01)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"values": [1, math.nan]}, ValueError, "values: nan at index 1 is not a number"),
        ({"values": [1, math.inf]}, ValueError, "values: inf at index 1 is infinite"),
        ({"values": [[1, 2]]}, ValueError, r"values: needs one axis, not shape \(1, 2\)"),
        ({"counts": [1]}, ValueError, "counts: 1 along the last axis for 2 values"),
        ({"counts": 3}, ValueError, "counts: none along the last axis for 2 values"),
        ({"counts": [1, -1]}, ValueError, "counts: -1 at index 1 is negative"),
        ({"quantile": 1}, ValueError, "quantile: 1 is not between 0 and 1"),
        ({"quantile": "half"}, TypeError, "quantile: 'half' is not a number"),
    ],
)
def test_bad_input_is_named(change, error, words):
    with pytest.raises(error, match=words):
        dr.median_interval(**{"values": [1, 2]} | change)


def test_a_ratio_needs_values_above_zero():
    with pytest.raises(ValueError, match="values: 0 at index 0 is not above 0"):
        dr.compare_medians([0, 1], [1, 1], [1, 1], measure="ratio")
