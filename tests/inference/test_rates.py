"""Two rates: against R, against their own equations, at every small count, one story, laws, and bad input."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.two_groups.rates import METHODS, NO_EFFECT

GOLDEN = json.loads((Path(__file__).parent / "rates_golden.json").read_text())
CASES = [(measure, method) for measure, methods in METHODS.items() for method in methods]
MONOTONE = [case for case in CASES if case[1] != "skewness-corrected"]
NORMAL = [case for case in CASES if case[1] not in ("exact", "mid-p")]
LEVELS = (0.8, 0.95, 0.998)
EXPOSURES = [(1.0, 1.0), (10.0, 35.5), (2e5, 3.0)]


def every_pair(most):
    return np.meshgrid(np.arange(most + 1.0), np.arange(most + 1.0), indexing="ij")


# The figures of others


@pytest.mark.parametrize("measure, method, x1, n1, x2, n2, low, high", GOLDEN["ratesci"])
def test_limits_are_those_of_ratesci(measure, method, x1, n1, x2, n2, low, high):
    found = dr.compare_rates(x1, n1, x2, n2, measure=measure, method=method)
    assert found.low == pytest.approx(float(low), rel=1e-6, abs=1e-6)
    assert found.high == pytest.approx(float(high), rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("x1, n1, x2, n2, ratio, low, high, _", GOLDEN["poisson.test"])
def test_exact_limits_are_those_of_poisson_test(x1, n1, x2, n2, ratio, low, high, _):
    """R's two-sided p adds up what is less probable, so it is not compared: its one-sided tails are, below."""
    found = dr.compare_rates(x1, n1, x2, n2, method="exact")
    assert found.estimate == pytest.approx(float(ratio), rel=1e-14)
    assert found.low == pytest.approx(float(low), rel=1e-9)
    assert found.high == pytest.approx(float(high), rel=1e-9)


@pytest.mark.parametrize("x1, n1, x2, n2, ratio, low, high, difference", GOLDEN["epiR"])
def test_person_time_of_epir(x1, n1, x2, n2, ratio, low, high, difference):
    exact = dr.compare_rates(x1, n1, x2, n2, method="exact")
    assert (exact.estimate, exact.low, exact.high) == pytest.approx((ratio, low, high), rel=1e-9)
    assert dr.compare_rates(x1, n1, x2, n2, measure="difference").estimate == pytest.approx(difference, rel=1e-12)


@given(st.integers(0, 400), st.integers(0, 400), st.floats(0.05, 20), st.sampled_from(["less", "greater"]))
@settings(max_examples=150, derandomize=True, deadline=None)
def test_exact_and_mid_p_tails_are_scipys(x1, x2, null, alternative):
    split = stats.binom(x1 + x2, null * 10 / (null * 10 + 25))
    tail = split.sf(x1 - 1) if alternative == "greater" else split.cdf(x1)
    for method, part in (("exact", 0.0), ("mid-p", 0.5)):
        found = dr.compare_rates(x1, 10, x2, 25, method=method, alternative=alternative, null=null)
        if x1 + x2:
            assert found.pvalue == pytest.approx(tail - part * split.pmf(x1), rel=1e-9, abs=1e-290)


# Their own equations


def score(x1, n1, x2, n2, measure, null):
    """The statistic and a sixth of its skewness, from the likelihood's quadratic written plainly."""
    if measure == "ratio":
        rate2 = (x1 + x2) / (null * n1 + n2)
        rate1, factor = null * rate2, null
    else:
        total = n1 + n2
        b = total * null - x1 - x2
        rate2 = (-b + math.sqrt(b * b + 4 * total * x2 * null)) / (2 * total)
        rate1, factor = rate2 + null, 1.0
    variance = rate1 / n1 + factor**2 * rate2 / n2
    excess = x1 / n1 - factor * x2 / n2 - (0 if measure == "ratio" else null)
    return excess / math.sqrt(variance), (rate1 / n1**2 - factor**3 * rate2 / n2**2) / (6 * variance**1.5)


@pytest.mark.parametrize("measure", METHODS)
@pytest.mark.parametrize("level", LEVELS)
@given(x1=st.integers(0, 60), x2=st.integers(0, 60), n1=st.floats(0.1, 100), n2=st.floats(0.1, 100))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_a_limit_put_back_gives_the_critical_value(measure, level, x1, x2, n1, n2):
    z = normal_quantile(level)
    for method in ("score", "skewness-corrected"):
        found = dr.compare_rates(x1, n1, x2, n2, measure=measure, method=method, confidence_level=level)
        for limit, wanted in ((found.low, z), (found.high, -z)):
            if limit == 0 or math.isinf(limit):
                continue
            value, g = score(x1, n1, x2, n2, measure, limit)
            skewed = g * (wanted**2 - 1) if method == "skewness-corrected" else 0.0
            assert value == pytest.approx(wanted + skewed, abs=1e-8)


def rate_limits(x, n, z):
    spread = z * math.sqrt(x + z * z / 4)
    return (x + z * z / 2 - spread) / n, (x + z * z / 2 + spread) / n


@given(x1=st.integers(0, 60), x2=st.integers(0, 60), n1=st.floats(0.1, 100), n2=st.floats(0.1, 100))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_mover_is_put_together_from_the_limits_of_each_rate(x1, x2, n1, n2):
    z, r1, r2 = normal_quantile(0.95), x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = rate_limits(x1, n1, z), rate_limits(x2, n2, z)
    found = dr.compare_rates(x1, n1, x2, n2, measure="difference", method="mover")
    assert found.low == pytest.approx(r1 - r2 - math.hypot(r1 - l1, u2 - r2), rel=1e-9, abs=1e-9 * (u1 + u2))
    assert found.high == pytest.approx(r1 - r2 + math.hypot(u1 - r1, r2 - l2), rel=1e-9, abs=1e-9 * (u1 + u2))
    found = dr.compare_rates(x1, n1, x2, n2, method="mover")
    for limit, below1, above2 in ((found.low, r1 - l1, u2 - r2), (found.high, u1 - r1, r2 - l2)):
        if 0 < limit < math.inf:
            assert abs(r1 - limit * r2) == pytest.approx(math.hypot(below1, limit * above2), rel=1e-9)


@pytest.mark.parametrize("method, own", [("exact", 1.0), ("mid-p", 0.5)])
def test_the_tail_at_an_exact_limit_is_the_one_asked_for(method, own):
    x1, x2 = (a.ravel() for a in every_pair(40))
    for level in LEVELS:
        found = dr.compare_rates(x1, 3.0, x2, 7.0, method=method, confidence_level=level)
        odds_low, odds_high = found.low * 3 / 7, found.high * 3 / 7
        with np.errstate(invalid="ignore"):
            low, high = odds_low / (1 + odds_low), odds_high / (1 + odds_high)
            above = stats.binom.sf(x1, x1 + x2, low) + own * stats.binom.pmf(x1, x1 + x2, low)
            below = stats.binom.cdf(x1 - 1, x1 + x2, high) + own * stats.binom.pmf(x1, x1 + x2, high)
        assert above[x1 > 0] == pytest.approx((1 - level) / 2, rel=1e-9)
        assert below[x2 > 0] == pytest.approx((1 - level) / 2, rel=1e-9)
        assert (found.low[x1 == 0] == 0).all()
        assert np.isinf(found.high[x2 == 0]).all()


# Every small count


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize("n1, n2", EXPOSURES)
def test_it_never_fails(measure, method, n1, n2):
    x1, x2 = every_pair(60)
    nothing = (x1 == 0) & (x2 == 0)
    for level in LEVELS:
        found = dr.compare_rates(x1, n1, x2, n2, measure=measure, method=method, confidence_level=level)
        assert not np.isnan(found.low).any()
        assert not np.isnan(found.high).any()
        assert ((found.pvalue >= 0) & (found.pvalue <= 1)).all()
        known = ~np.isnan(found.estimate)
        slack = 1e-12 * np.abs(found.estimate[known])
        assert (found.low[known] <= found.estimate[known] + slack).all()
        assert (found.estimate[known] <= found.high[known] + slack).all()
        if measure == "difference":
            assert np.isfinite([found.low, found.high, found.estimate]).all()
        else:
            assert np.array_equal(np.isnan(found.estimate), nothing)
            assert np.array_equal(found.flag == Flag.UNDEFINED, nothing)
            assert (found.low[nothing], found.high[nothing], found.pvalue[nothing]) == (0, np.inf, 1)


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_p_and_interval_tell_one_story(measure, method, alternative):
    """For the skewness-corrected score only one way: a null value outside the interval is rejected."""
    most = 60 if alternative == "two-sided" and method not in ("exact", "mid-p") else 30
    x1, x2 = (counts[..., np.newaxis] for counts in every_pair(most))
    n1, n2 = np.array(EXPOSURES).T
    for level in LEVELS:
        for null in (0.0, 0.5, -1.3) if measure == "difference" else (1.0, 0.5, 2.2):
            asked = {"measure": measure, "method": method, "confidence_level": level, "alternative": alternative}
            found = dr.compare_rates(x1, n1, x2, n2, null=null, **asked)
            outside = (null < found.low) | (null > found.high)
            rejected = found.pvalue < 1 - level
            if (measure, method) in MONOTONE:
                assert np.array_equal(outside, rejected)
            else:
                assert (rejected | ~outside).all()
                assert np.array_equal((found.flag & Flag.REJECTED_INSIDE) > 0, rejected & ~outside)


@pytest.mark.parametrize("measure, method", NORMAL)
def test_the_statistic_falls_as_the_null_value_grows(measure, method):
    """So that what is not rejected is an interval. The correction turns round only within one standard error."""
    x1, x2 = (a.ravel()[1:, np.newaxis] for a in every_pair(7))
    far = np.geomspace(1e-3, 30, 200)
    nulls = np.geomspace(1e-4, 1e4, 400) if measure == "ratio" else np.concatenate([-far[::-1], far])
    found = dr.compare_rates(x1, 1.0, x2, 3.0, measure=measure, method=method, null=nulls)
    rises = np.diff(found.statistic, axis=1) > 1e-9
    assert (np.abs(found.statistic[:, 1:][rises]) < (1 if method == "skewness-corrected" else 0)).all()


# Laws


@pytest.mark.parametrize("measure, method", CASES)
@given(x1=st.integers(0, 300), x2=st.integers(0, 300), n1=st.floats(0.1, 1e6), n2=st.floats(0.1, 1e6))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_groups_can_be_swapped(measure, method, x1, x2, n1, n2):
    null = 0.4 if measure == "difference" else 1.7
    one = dr.compare_rates(x1, n1, x2, n2, measure=measure, method=method, null=null)
    turned = -null if measure == "difference" else 1 / null
    other = dr.compare_rates(x2, n2, x1, n1, measure=measure, method=method, null=turned)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-9, abs=1e-300)
    if measure == "difference":
        scale = abs(one.low) + abs(one.high)
        assert (one.low, one.high) == pytest.approx((-other.high, -other.low), rel=1e-9, abs=1e-12 * scale)
    else:
        for limit, turned in ((one.low, other.high), (one.high, other.low)):
            inverse = math.inf if turned == 0 else 1 / turned
            assert limit == pytest.approx(inverse, rel=1e-9)


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize("unit", [1e-6, 0.25, 365.25, 1e9])
def test_the_unit_of_exposure_does_not_matter(measure, method, unit):
    x1, x2 = every_pair(12)
    null = 0.2 if measure == "difference" else 1.7
    one = dr.compare_rates(x1, 4.0, x2, 9.0, measure=measure, method=method, null=null)
    back = unit if measure == "difference" else 1.0
    other = dr.compare_rates(x1, 4 * unit, x2, 9 * unit, measure=measure, method=method, null=null / back)
    np.testing.assert_allclose(other.pvalue, one.pvalue, rtol=1e-9)
    np.testing.assert_allclose(other.low * back, one.low, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(other.high * back, one.high, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("measure, method", CASES)
def test_more_events_in_the_first_group_raise_the_limits(measure, method):
    x1, x2 = every_pair(30)
    found = dr.compare_rates(x1, 5.0, x2, 8.0, measure=measure, method=method)
    for limit in (found.low, found.high):
        with np.errstate(invalid="ignore"):  # infinite less infinite
            assert not (np.diff(limit, axis=0) < -1e-12).any()


@pytest.mark.parametrize("measure, method", CASES)
def test_equivalence_is_an_interval_between_bounds(measure, method):
    bounds = (-0.5, 0.6) if measure == "difference" else (0.5, 2.0)
    x1, x2 = every_pair(40)
    found = dr.compare_rates(x1, 20, x2, 25, measure=measure, method=method, alternative="equivalence", null=bounds)
    if (measure, method) in MONOTONE:
        inside = (found.low > bounds[0]) & (found.high < bounds[1])
        assert np.array_equal(found.pvalue < 0.05, inside)
        assert inside.any()
        assert not inside.all()
    plain = dr.compare_rates(x1, 20, x2, 25, measure=measure, method=method, confidence_level=0.9)
    np.testing.assert_allclose(found.low, plain.low, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(found.high, plain.high, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize(
    "counts", [(2**53, 2**53), (2**53, 2**53 - 1), (2**53, 0), (0, 2**53), (2**53, 1), (7, 2**53), (10**9, 10**9)]
)
def test_the_largest_counts(measure, method, counts):
    x1, x2 = counts
    found = dr.compare_rates(x1, 1000.0, x2, 800.0, measure=measure, method=method)
    assert found.low <= found.estimate <= found.high
    assert not math.isnan(found.pvalue)
    if min(counts) > 10**6:
        width = 2 * normal_quantile(0.95) * math.sqrt(1 / x1 + 1 / x2)
        wald = found.estimate * width
        if measure == "difference":
            wald = 2 * normal_quantile(0.95) * math.sqrt(x1 / 1e6 + x2 / 6.4e5)
        assert found.high - found.low == pytest.approx(wald, rel=1e-3)


# What is not defined, and shapes


@pytest.mark.parametrize("measure, method", CASES)
def test_no_exposure_no_answer(measure, method):
    found = dr.compare_rates(0, 0, 3, 10, measure=measure, method=method)
    assert all(math.isnan(value) for value in found[:5])
    assert found.flag == Flag.NO_CASES
    found = dr.compare_rates([0, 3], [0, 10], 0, 0, measure=measure, method=method)
    assert np.isnan(found[:5]).all()
    assert found.flag.tolist() == [Flag.NO_CASES | Flag.NO_REFERENCE, Flag.NO_REFERENCE]


@pytest.mark.parametrize("measure, method", CASES)
def test_one_side_leaves_the_other_open(measure, method):
    less = dr.compare_rates(9, 10, 3, 10, measure=measure, method=method, alternative="less")
    greater = dr.compare_rates(9, 10, 3, 10, measure=measure, method=method, alternative="greater")
    assert less.low == (-math.inf if measure == "difference" else 0)
    assert greater.high == math.inf
    both = dr.compare_rates(9, 10, 3, 10, measure=measure, method=method, confidence_level=0.9)
    assert (greater.low, less.high) == pytest.approx((both.low, both.high), rel=1e-12)


def test_scalars_in_scalars_out_and_arrays_broadcast():
    one = dr.compare_rates(9, 10, 3, 10.5)
    assert [type(value) for value in one] == [float] * 5 + [Flag]
    many = dr.compare_rates([[9], [4]], 10, [3, 0, 2], 10.5, null=[1, 2, 3])
    assert all(values.shape == (2, 3) for values in many)
    assert many.low[0, 0] == one.low
    assert dr.compare_rates([], 10, [], 5).low.shape == (0,)


def test_the_default_is_the_score_for_the_ratio_with_null_1():
    asked = dr.compare_rates(9, 10, 3, 10, measure="ratio", method="score", null=NO_EFFECT["ratio"])
    assert dr.compare_rates(9, 10, 3, 10) == asked


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"count1": -1}, "count1: -1 is negative"),
        ({"count1": [3, 1.5]}, "count1: 1.5 at index 1 is not a whole number"),
        ({"count2": math.nan}, "count2: nan is not a number"),
        ({"count2": 2.0**54}, "count2: 1.8014398509481984e+16 is above"),
        ({"exposure1": -0.5}, "exposure1: -0.5 is negative"),
        ({"exposure2": [1, math.inf]}, "exposure2: inf at index 1 is infinite"),
        ({"exposure2": math.nan}, "exposure2: nan is not a number"),
        ({"exposure1": 0}, "count1: 3 happened where exposure1 is 0"),
        ({"count2": [0, 4], "exposure2": [0, 0]}, "count2: 4 at index 1 happened where exposure2 is 0"),
        ({"null": 0}, "null: 0 is not above 0"),
        ({"null": [1, -2]}, "null: -2 at index 1 is not above 0"),
        ({"null": math.inf, "measure": "difference"}, "null: inf is infinite"),
        ({"measure": "odds-ratio"}, "measure: 'odds-ratio' is not one of 'ratio', 'difference'"),
        ({"method": "exact", "measure": "difference"}, "method: 'exact' is not a method for the difference"),
        ({"confidence_level": 95}, "confidence_level: 95 is not between 0 and 1"),
        ({"alternative": "larger"}, "alternative: 'larger' is not one of"),
        ({"alternative": "equivalence"}, "null: None is not a pair"),
        ({"count1": [1, 2], "count2": [1, 2, 3]}, "do not broadcast"),
    ],
)
def test_bad_input_is_named(arguments, message):
    usual = {"count1": 3, "exposure1": 10, "count2": 4, "exposure2": 12}
    given = {**usual, **arguments}
    data = [given.pop(name) for name in usual]
    with pytest.raises(ValueError) as raised:
        dr.compare_rates(*data, **given)
    assert message in str(raised.value)


@pytest.mark.parametrize("name", ["count1", "exposure1", "count2", "exposure2"])
def test_what_is_not_a_number_is_named(name):
    usual = {"count1": 3, "exposure1": 10, "count2": 4, "exposure2": 12}
    with pytest.raises(TypeError, match=f"{name}: 'many' is not a number"):
        dr.compare_rates(**{**usual, name: "many"})
