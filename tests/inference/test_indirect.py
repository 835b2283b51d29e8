"""Events over those expected: limits and tests of each method against their own equations, and laws."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, poisson

import dueregard as dr
from dueregard import Flag

METHODS = ("exact", "mid-p", "byar", "vandenbroucke", "score", "rothman-greenland")
COUNTS = [0, 1, 2, 5, 9, 10, 40, 1000]


def tails(method, events, mean):
    """The chance of no more and of no fewer events, by the formula of each method, one number at a time."""
    if method == "exact":
        return poisson.cdf(events, mean), poisson.sf(events - 1, mean)
    if method == "mid-p":
        half = poisson.pmf(events, mean) / 2
        return poisson.cdf(events, mean) - half, poisson.sf(events - 1, mean) - half
    if method == "byar":
        low, high = (3 * math.sqrt(x) * (1 - 1 / (9 * x) - (mean / x) ** (1 / 3)) for x in (max(events, 1), events + 1))
        return norm.cdf(high), norm.sf(low) if events else 1.0
    deviate = {
        "vandenbroucke": lambda: 2 * (math.sqrt(events) - math.sqrt(mean)),
        "score": lambda: (events - mean) / math.sqrt(mean),
        "rothman-greenland": lambda: math.log(events / mean) * math.sqrt(events),
    }[method]()
    return norm.cdf(deviate), norm.sf(deviate)


@pytest.mark.parametrize("null", [0.5, 1.0, 1.7])
@pytest.mark.parametrize("expected", [0.3, 3.3, 38.0])
@pytest.mark.parametrize("method", METHODS)
def test_p_values_are_those_of_the_formula(method, expected, null):
    for events in COUNTS[1:] if method == "rothman-greenland" else COUNTS:
        fewer, more = tails(method, events, null * expected)
        asked = {"method": method, "null": null}
        assert dr.indirect_ratio(events, expected, **asked).pvalue == pytest.approx(
            min(2 * min(fewer, more), 1), rel=1e-9, abs=1e-300
        )
        assert dr.indirect_ratio(events, expected, **asked, alternative="less").pvalue == pytest.approx(fewer, rel=1e-9)
        assert dr.indirect_ratio(events, expected, **asked, alternative="greater").pvalue == pytest.approx(
            more, rel=1e-9, abs=1e-300
        )


@pytest.mark.parametrize("level", [0.5, 0.95, 0.998])
@pytest.mark.parametrize("method", METHODS)
def test_limits_put_back_have_the_tail(method, level):
    """At the lower limit that many events or more have the tail, at the upper one that many or fewer."""
    for events in COUNTS[1:]:
        found = dr.indirect_ratio(events, 3.3, method=method, confidence_level=level)
        tail = (1 - level) / 2
        if found.low > 0:
            assert tails(method, events, found.low * 3.3)[1] == pytest.approx(tail, rel=1e-7)
        assert tails(method, events, found.high * 3.3)[0] == pytest.approx(tail, rel=1e-7)


@pytest.mark.parametrize(("method", "rate_method"), [(m, m) for m in ("exact", "mid-p", "byar", "score")])
def test_limits_are_those_of_a_rate_per_event_expected(method, rate_method):
    found = dr.indirect_ratio(COUNTS, 7.5, method=method)
    rate = dr.rate_interval(COUNTS, 7.5, method=rate_method)
    for name in ("estimate", "low", "high"):
        np.testing.assert_allclose(getattr(found, name), getattr(rate, name), rtol=1e-9, err_msg=name)


@pytest.mark.parametrize("method", METHODS)
@given(
    events=st.integers(0, 60),
    expected=st.floats(0.01, 80),
    null=st.floats(0.2, 5),
    level=st.floats(0.55, 0.999),
    alternative=st.sampled_from(["two-sided", "less", "greater"]),
)
@settings(max_examples=150, derandomize=True, deadline=None)
def test_one_story_of_p_and_interval(method, events, expected, null, level, alternative):
    found = dr.indirect_ratio(
        events, expected, method=method, null=null, confidence_level=level, alternative=alternative
    )
    if abs(found.pvalue - (1 - level)) > 1e-9:
        assert (found.pvalue < 1 - level) == (not found.low <= null <= found.high)
    assert found.low <= found.estimate <= found.high


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("method", ["byar", "vandenbroucke", "score", "rothman-greenland"])
def test_the_statistic_has_the_p_value(method, alternative):
    found = dr.indirect_ratio(COUNTS[1:], 8.0, method=method, alternative=alternative)
    expected = {
        "two-sided": 2 * norm.sf(np.abs(found.statistic)),
        "less": norm.cdf(found.statistic),
        "greater": norm.sf(found.statistic),
    }[alternative]
    np.testing.assert_allclose(found.pvalue, expected, rtol=1e-9)
    assert math.isnan(dr.indirect_ratio(3, 8.0).statistic)


@pytest.mark.parametrize("method", METHODS)
def test_without_events(method):
    found = dr.indirect_ratio(0, 4.0, method=method)
    assert (found.estimate, found.low) == (0, 0)
    if method == "rothman-greenland":
        assert (found.high, found.pvalue, found.flag) == (math.inf, 1, Flag.FEW_EVENTS | Flag.UNDEFINED)
        assert math.isnan(found.statistic)
    else:
        assert 0 < found.high < 1
        assert found.pvalue < 0.4
        assert found.flag == Flag.FEW_EVENTS


@pytest.mark.parametrize("expected", [0, 0.0, math.nan])
def test_nothing_expected(expected):
    found = dr.indirect_ratio(3, expected)
    assert all(math.isnan(value) for value in found[:5])
    assert Flag.NO_REFERENCE in found.flag
    several = dr.indirect_ratio([3, 30], [expected, 20.0])
    assert several.flag.tolist() == [Flag.NO_REFERENCE, 0]
    assert not np.isnan(several.high[1])


def test_few_events():
    assert dr.indirect_ratio([9, 10], 12.0).flag.tolist() == [Flag.FEW_EVENTS, 0]


def test_equivalence_is_two_one_sided_tests():
    found = dr.indirect_ratio(300, 310, alternative="equivalence", null=(0.8, 1.25))
    above = dr.indirect_ratio(300, 310, alternative="greater", null=0.8)
    below = dr.indirect_ratio(300, 310, alternative="less", null=1.25)
    assert (found.low, found.high, found.pvalue) == (above.low, below.high, max(above.pvalue, below.pvalue))


@pytest.mark.parametrize("level", [0.2, 0.5])
@pytest.mark.parametrize("method", METHODS)
def test_one_sided_limits_of_low_levels_lie_on_the_other_side(method, level):
    low = dr.indirect_ratio(40, 40, method=method, confidence_level=level, alternative="greater").low
    high = dr.indirect_ratio(40, 40, method=method, confidence_level=1 - level, alternative="less").high
    if method in ("exact", "byar"):
        assert low < high
    else:
        assert low == pytest.approx(high, rel=1e-9)


def test_expected_events():
    assert dr.expected_events([1000, 1500, 900], [0.02, 0.04, 0.09]) == 161
    several = dr.expected_events([[1000, 1500, 900], [0, 0, 0]], [0.02, 0.04, 0.09])
    assert several.tolist() == [161, 0]
    np.testing.assert_array_equal(dr.expected_events([[10, 0], [20, 5]], [0.5, math.nan]), [5, math.nan])
    assert dr.expected_events([[10, 20], [30, 40]], [[0.1], [0.2]], axis=0).tolist() == [7, 10]


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"count": [1, -2]}, ValueError, "count: -2 at index 1 is negative"),
        ({"count": 1.5}, ValueError, "count: 1.5 is not a whole number"),
        ({"expected": -1}, ValueError, "expected: -1 is negative"),
        ({"expected": [math.nan, -1.0]}, ValueError, "expected: -1 at index 1 is negative"),
        ({"expected": math.inf}, ValueError, "expected: inf is infinite"),
        ({"expected": "a"}, TypeError, "expected: 'a' is not a number"),
        ({"method": "wald"}, ValueError, "method: 'wald' is not one of"),
        ({"null": -1}, ValueError, "null: -1 is not above 0"),
        ({"confidence_level": 0}, ValueError, "confidence_level: 0 is not between 0 and 1"),
        ({"alternative": "both"}, ValueError, "alternative: 'both' is not one of"),
        ({"count": [1, 2], "expected": [1, 2, 3]}, ValueError, "do not broadcast"),
    ],
)
def test_bad_input(arguments, error, message):
    with pytest.raises(error, match=message):
        dr.indirect_ratio(**{"count": 3, "expected": 4.0} | arguments)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"exposure": [1, -2]}, ValueError, "exposure: -2 at index 1 is negative"),
        ({"exposure": [1, math.nan]}, ValueError, "exposure: nan at index 1 is not a number"),
        ({"reference_rate": [1, -2]}, ValueError, "reference_rate: -2 at index 1 is negative"),
        ({"reference_rate": [1, math.inf]}, ValueError, "reference_rate: inf at index 1 is infinite"),
        ({"reference_rate": ["a", 1]}, TypeError, "reference_rate: 'a' at index 0 is not a number"),
        ({"axis": 1}, ValueError, r"axis: 1 is not an axis of exposures of shape \(2,\)"),
    ],
)
def test_bad_expectations(arguments, error, message):
    with pytest.raises(error, match=message):
        dr.expected_events(**{"exposure": [1, 2], "reference_rate": [0.1, 0.2]} | arguments)
