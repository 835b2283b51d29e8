"""Wilson intervals: against R, against the formula written plainly, at the edges, and with bad input."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile, proportion_interval, wilson

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text())


def plain_wilson(count, nobs, z):
    """The formula as Wilson's paper has it, one number at a time."""
    centre = 2 * count + z * z
    spread = z * math.sqrt(z * z + 4 * count * (1 - count / nobs))
    return (centre - spread) / (2 * (nobs + z * z)), (centre + spread) / (2 * (nobs + z * z))


@pytest.mark.parametrize("count, nobs, low, high", GOLDEN["wilson"])
def test_limits_are_those_of_r(count, nobs, low, high):
    result = proportion_interval(count, nobs)
    assert result.estimate == count / nobs
    assert result.low == pytest.approx(low, abs=1e-12)
    assert result.high == pytest.approx(high, abs=1e-12)


@given(st.integers(1, 10**6), st.floats(0, 1), st.floats(0.5, 0.9999))
@settings(max_examples=300, derandomize=True)
def test_limits_are_those_of_the_plain_formula(nobs, part, confidence_level):
    count = round(part * nobs)
    result = proportion_interval(count, nobs, confidence_level=confidence_level)
    low, high = plain_wilson(count, nobs, normal_quantile(confidence_level))
    assert result.low == pytest.approx(low, abs=1e-12)
    assert result.high == pytest.approx(high, abs=1e-12)
    assert 0 <= result.low <= result.estimate <= result.high <= 1


@given(st.integers(1, 2**53), st.floats(0, 1))
@settings(max_examples=200, derandomize=True)
def test_counting_the_complement_turns_the_interval_round(nobs, part):
    count = min(nobs, int(part * nobs))
    one, other = proportion_interval(count, nobs), proportion_interval(nobs - count, nobs)
    assert one.low == pytest.approx(1 - other.high, abs=1e-15)
    assert one.high == pytest.approx(1 - other.low, abs=1e-15)


@pytest.mark.parametrize("nobs", [1, 2, 7, 300, 10**9, 2**53])
def test_limits_at_the_edges_are_exact(nobs):
    assert proportion_interval(0, nobs).low == 0.0
    assert proportion_interval(nobs, nobs).high == 1.0


def test_small_counts_out_of_very_many_keep_their_digits():
    low = proportion_interval(1, 10**12).low
    z = normal_quantile(0.95)  # the limit of the formula for one case among ever more
    exact = (2 + z * z - z * math.sqrt(z * z + 4)) / 2
    assert low * 10**12 == pytest.approx(exact, rel=1e-9)


def test_no_cases_give_nan_and_say_so():
    result = proportion_interval(0, 0)
    assert all(math.isnan(x) for x in result[:3])
    assert result.flag == Flag.NO_CASES
    mixed = proportion_interval([0, 3], [0, 40])
    assert np.isnan(mixed.low[0]) and not np.isnan(mixed.low[1])
    assert mixed.flag.tolist() == [Flag.NO_CASES, 0]


def test_scalars_in_scalars_out_and_arrays_broadcast():
    result = proportion_interval(np.int64(3), 10)
    assert isinstance(result.low, float) and isinstance(result.flag, Flag)
    assert result.flag == Flag.SMALL_BASE
    grid = proportion_interval(np.arange(3)[:, None], np.array([10, 20]))
    assert grid.low.shape == (3, 2)
    assert grid.low[1, 1] == proportion_interval(1, 20).low
    assert proportion_interval([], []).low.shape == (0,)


def test_effective_sizes_may_be_fractions():
    low, high = wilson(np.array([0.3]), np.array([12.5]), 1.96)
    assert (low[0], high[0]) == pytest.approx(plain_wilson(0.3 * 12.5, 12.5, 1.96), abs=1e-14)


@pytest.mark.parametrize(
    "count, nobs, message",
    [
        (-1, 10, "count: -1 is negative"),
        ([1, -2, -3], 10, "count: -2 at index 1 is negative"),
        ([[1, 2], [3, 1.5]], 10, r"count: 1.5 at index \(1, 1\) is not a whole number"),
        ([1, float("nan")], 10, "count: nan at index 1 is not a number"),
        (1, [10, float("inf")], "nobs: inf at index 1 is infinite"),
        (1, 2**53 + 2, r"nobs: 9007199254740994 is above 2\*\*53"),
        (1, 2**70, r"nobs: 1\.1805916207174113e\+21 is above 2\*\*53"),
        (11, 10, "count: 11 is above nobs, which is 10 there"),
        ([1, 5], [2, 4], "count: 5 at index 1 is above nobs, which is 4 there"),
        ([1, 2], [1, 2, 3], r"count and nobs: shapes \(2,\) and \(3,\) do not broadcast"),
    ],
)
def test_bad_counts_are_refused_by_name(count, nobs, message):
    with pytest.raises(ValueError, match=message):
        proportion_interval(count, nobs)


@pytest.mark.parametrize(
    "count, message",
    [
        ("3", "count: '3' is not a number"),
        ([1, None], "count: None at index 1 is not a number"),
        (True, "count: True is not a number"),
        ([1 + 2j], r"count: \(1\+2j\) at index 0 is not a number"),
    ],
)
def test_what_is_not_a_number_is_a_type_error(count, message):
    with pytest.raises(TypeError, match=message):
        proportion_interval(count, 10)


def test_unknown_methods_and_levels_are_refused():
    with pytest.raises(ValueError, match="method: 'exact' is not one of 'wilson', 'agresti-coull'"):
        proportion_interval(1, 2, method="exact")
    for level in (0, 1, 95, -0.1, float("nan")):
        with pytest.raises(ValueError, match=r"confidence_level: .* is not between 0 and 1"):
            proportion_interval(1, 2, confidence_level=level)
    with pytest.raises(TypeError, match=r"confidence_level: '0.95' is not a number"):
        proportion_interval(1, 2, confidence_level="0.95")


@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=5), st.floats(0.01, 0.9999)
)
@settings(max_examples=50, derandomize=True)
def test_shares_with_effective_sizes_have_the_same_limits(pairs, confidence_level):
    counts, totals = np.array([sorted(pair) for pair in pairs]).T
    found = proportion_interval(counts, totals, confidence_level=confidence_level)
    low, high = wilson(found.estimate, totals, normal_quantile(confidence_level))
    np.testing.assert_allclose(found.low, low, rtol=1e-12)
    np.testing.assert_allclose(found.high, high, rtol=1e-12)


def test_a_masked_count_is_no_count():
    with pytest.raises(ValueError, match="count: 2 at index 1 is masked"):
        proportion_interval(np.ma.array([1, 2], mask=[0, 1]), [5, 5])
    assert proportion_interval(np.ma.array([1, 2]), 5).estimate.tolist() == [0.2, 0.4]


def test_levels_next_to_1_have_limits():
    found = proportion_interval(5, 10, confidence_level=1 - 2**-53)
    assert 0 < found.low < 0.05 and 0.95 < found.high < 1
