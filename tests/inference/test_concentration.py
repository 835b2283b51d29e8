"""dr.concentration: published values, standard errors that are right, and values that say nothing of theirs."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.indices import index_formulas as formulas
from dueregard.inference.indices.concentration_slopes import slopes

GOLDEN = json.loads((Path(__file__).parent / "inequality_golden.json").read_text())
KINDS = [
    ("gini", None, formulas.gini),
    ("theil", None, formulas.theil),
    ("mean-log-deviation", None, formulas.mean_log_deviation),
    ("hoover", None, formulas.hoover),
    ("atkinson", 0.5, lambda v, w: formulas.atkinson(v, w, 0.5)),
    ("atkinson", 1.0, lambda v, w: formulas.atkinson(v, w, 1)),
    ("atkinson", 2.0, lambda v, w: formulas.atkinson(v, w, 2)),
    ("entropy", 2.0, lambda v, w: formulas.entropy(v, w, 2)),
    ("entropy", 0.0, formulas.mean_log_deviation),
    ("entropy", 1.0, formulas.theil),
    ("entropy", -1.0, lambda v, w: formulas.entropy(v, w, -1)),
]


@pytest.mark.parametrize("name", ["values", "values_with_a_zero"])
def test_published_values(name):
    golden = GOLDEN[name]
    found = dr.concentration(golden["x"])
    assert found.estimate == pytest.approx(golden["gini"], rel=1e-9)
    assert found.corrected == pytest.approx(golden["gini_corr"], rel=1e-9)
    assert dr.concentration(golden["x"], index="hoover").estimate == pytest.approx(golden["rs_hoover"], rel=1e-9)
    half = dr.concentration(golden["x"], index="atkinson", parameter=0.5)
    assert half.estimate == pytest.approx(golden["atkinson0.5"], rel=1e-9)
    assert (half.name, half.parameter) == ("atkinson", 0.5)
    assert math.isnan(half.corrected)


@pytest.mark.parametrize(("name", "parameter", "formula"), KINDS)
@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(0.5, 20), st.floats(0.5, 5)), min_size=3, max_size=7))
def test_slopes_are_the_derivatives_of_the_formulas(name, parameter, formula, drawn):
    value, weight = np.array(drawn).T
    value = value + 0.01 * np.arange(len(value))  # apart, so that the mean falls on none of them by chance
    if name == "hoover" and np.abs(value - np.average(value, weights=weight)).min() < 0.01:
        return  # it has a corner where a value is the mean
    step = 1e-6 * weight
    expected = [
        (formula(value, weight + step * one) - formula(value, weight - step * one)) / (2 * h)
        for one, h in zip(np.eye(len(value)), step, strict=True)
    ]
    np.testing.assert_allclose(slopes(value, weight, name, parameter), expected, rtol=1e-3, atol=1e-6)
    # an index does not change if all weights grow alike
    assert weight @ slopes(value, weight, name, parameter) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("name", "parameter", "formula"), [kind for kind in KINDS if kind[1] != -1.0])
def test_standard_errors_are_how_much_samples_differ(name, parameter, formula):
    samples = np.random.default_rng(5).gamma(3.0, 1.0, (3000, 100))
    spread = formula(samples, np.ones(100)).std()
    found = dr.concentration(samples[:300], index=name, parameter=parameter)
    assert found.se.mean() == pytest.approx(spread, rel=0.13)  # of 100 units, a little too small for long tails


@pytest.mark.parametrize(
    ("name", "parameter", "true", "held"),
    [
        ("gini", None, 2 * norm.cdf(math.sqrt(0.5)) - 1, 0.91),
        ("atkinson", 0.5, 1 - math.exp(-0.25), 0.89),
        ("theil", None, 0.5, 0.85),
    ],
)
def test_how_often_intervals_hold_the_index_of_long_tails(name, parameter, true, held):
    """The figures that the documentation gives, of lognormal values, whose indices are known."""
    found = dr.concentration(np.random.default_rng(11).lognormal(size=(4000, 200)), index=name, parameter=parameter)
    assert np.mean((found.low <= true) & (true <= found.high)) == pytest.approx(held, abs=0.012)


def test_the_square_of_variation_by_hand():
    """Of 0 and 2 in equal numbers the entropy of 2 is a half, and its slope at a unit (x - 1)^2 / 2 - (x - 1) - 1/2."""
    values = np.array([0.0, 2.0] * 20)
    found = dr.concentration(values, index="entropy")
    assert found.estimate == pytest.approx(0.5)
    slope = (values - 1) ** 2 / 2 - (values - 1) - 0.5
    assert found.se == pytest.approx(slope.std(ddof=1) / math.sqrt(40))
    factor = math.exp(norm.ppf(0.975) * found.se / 0.5)
    assert (found.low, found.high) == pytest.approx((0.5 / factor, 0.5 * factor))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(0, 50), min_size=2, max_size=12),
    st.sampled_from([(name, parameter) for name, parameter, _ in KINDS]),
)
def test_laws(values, kind):
    name, parameter = kind
    found = dr.concentration(values, index=name, parameter=parameter)
    if sum(values) == 0:
        assert math.isnan(found.estimate)
        assert found.flag & Flag.UNDEFINED
        return
    assert 0 <= found.low <= found.high
    assert found.low - 1e-12 <= found.estimate <= found.high + 1e-12
    if name in ("gini", "hoover", "atkinson"):
        assert found.high <= 1
    scaled = dr.concentration(np.multiply(values, 8), index=name, parameter=parameter)
    assert scaled.estimate == pytest.approx(found.estimate, abs=1e-9)
    weighted = dr.concentration(values, np.full(len(values), 2.5), index=name, parameter=parameter)
    assert weighted.estimate == pytest.approx(found.estimate, abs=1e-9)


@pytest.mark.parametrize("kind", [(name, parameter) for name, parameter, _ in KINDS])
@pytest.mark.parametrize("values", [[18.0, 4.8e-308], [1e308, 1e-300], [5e-324, 50.0], [1e200, 1e200, 1.0]])
def test_amounts_of_any_size_have_an_index(values, kind):
    found = dr.concentration(values, index=kind[0], parameter=kind[1])
    assert 0 <= found.low <= found.estimate <= found.high


def test_weights_of_0_are_not_there():
    assert dr.concentration([1, 2, 3, 90], [1, 1, 1, 0]) == dr.concentration([1, 2, 3])


def test_equal_values_do_not_say_how_sure_they_are():
    for values, estimate in (([3, 3, 3], 0), ([7], 0)):
        found = dr.concentration(values)
        assert (found.estimate, found.low, found.high) == (estimate, 0, 1)
        assert math.isnan(found.se)
        assert found.flag == Flag.SMALL_BASE | Flag.UNDEFINED
    one_has_all = dr.concentration([0, 0, 0, 5])
    assert (one_has_all.estimate, one_has_all.low, one_has_all.high, one_has_all.corrected) == (0.75, 0, 1, 1)


def test_zeros():
    infinite = dr.concentration([0, 1, 2], index="mean-log-deviation")
    assert (infinite.estimate, infinite.low, infinite.high) == (math.inf, 0, math.inf)
    assert infinite.flag & Flag.UNDEFINED
    assert dr.concentration([0, 1, 2], index="atkinson").estimate == 1
    nothing = dr.concentration([], index="gini")
    assert math.isnan(nothing.estimate)
    assert nothing.flag == Flag.NO_CASES


def test_areas_in_a_leading_axis():
    found = dr.concentration([[1, 2, 3], [0, 0, 0]])
    assert found.estimate.shape == found.flag.shape == (2,)
    assert found.flag[1] & Flag.UNDEFINED
    assert dr.concentration(np.ones((0, 3))).estimate.shape == (0,)


@pytest.mark.slow
def test_coverage():
    """Of a gamma distribution close to what is said, of long tails a little less."""
    random = np.random.default_rng(6)
    gamma = dr.concentration(random.gamma(2.0, 1.0, (2000, 200)))
    assert np.mean((gamma.low > 0.375) | (gamma.high < 0.375)) == pytest.approx(0.05, abs=0.015)
    true = 2 * norm.cdf(1 / math.sqrt(2)) - 1
    long_tails = dr.concentration(random.lognormal(0.0, 1.0, (2000, 200)))
    assert np.mean((long_tails.low > true) | (long_tails.high < true)) == pytest.approx(0.08, abs=0.025)


@pytest.mark.parametrize(
    ("values", "options", "error", "message"),
    [
        ([1, -2], {}, ValueError, "values: -2 at index 1 is negative"),
        ([1, math.nan], {}, ValueError, "values: nan at index 1 is not a number"),
        ([1, math.inf], {}, ValueError, "values: inf at index 1 is infinite"),
        (["a"], {}, TypeError, "values: 'a' at index 0 is not a number"),
        (3, {}, ValueError, "values: needs an axis of units"),
        ([1, 2], {"weights": [1, -1]}, ValueError, "weights: -1 at index 1 is negative"),
        ([1, 2], {"weights": [1, 1, 1]}, ValueError, "values and weights: shapes .* do not broadcast"),
        ([1, 2], {"index": "lorenz"}, ValueError, "index: 'lorenz' is not one of 'gini'"),
        ([1, 2], {"parameter": 2}, ValueError, "parameter: the index 'gini' has none"),
        ([1, 2], {"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_bad_input(values, options, error, message):
    with pytest.raises(error, match=message):
        dr.concentration(values, **options)
