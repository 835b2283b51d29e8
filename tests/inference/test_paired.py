"""The same people asked twice: against R, against the definitions, over every table of few people, laws, bad input."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from scipy import optimize, stats

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.two_groups.paired import METHODS

GOLDEN = json.loads((Path(__file__).parent / "rates_golden.json").read_text())
CASES = [(measure, method) for measure, methods in METHODS.items() for method in methods]
LEVELS = (0.8, 0.95, 0.998)
FEW = np.array([table for table in product(range(13), repeat=4) if sum(table) <= 12], np.float64).T
SOME = FEW[:, FEW.sum(axis=0) > 0]


@pytest.mark.parametrize("both, first_only, second_only, neither, chi_squared, pvalue", GOLDEN["mcnemar"])
def test_at_no_difference_the_score_is_mcnemars(both, first_only, second_only, neither, chi_squared, pvalue):
    found = dr.compare_paired(both, first_only, second_only, neither)
    assert found.statistic**2 == pytest.approx(chi_squared, rel=1e-12)
    assert found.pvalue == pytest.approx(pvalue, rel=1e-12)
    assert found.statistic == pytest.approx((first_only - second_only) / math.sqrt(first_only + second_only), rel=1e-14)


def test_published_example_of_airway_reactivity():
    """1, 1, 7 and 12 children: Tango's limits and p-values as Fagerland, Lydersen and Laake print them."""
    found = dr.compare_paired(1, 1, 7, 12)
    assert (round(found.low, 3), round(found.high, 3)) == (-0.517, -0.026)
    assert round(dr.compare_paired(1, 1, 7, 12, measure="odds-ratio").pvalue, 3) == 0.039
    assert round(dr.compare_paired(1, 1, 7, 12, measure="odds-ratio", method="exact").pvalue, 3) == 0.070


@pytest.mark.parametrize("table", [(1, 1, 7, 12), (0, 3, 0, 4), (5, 2, 2, 0), (40, 9, 3, 61), (0, 0, 2, 1)])
@pytest.mark.parametrize("null", [-0.6, -0.05, 0.0, 0.2, 0.9])
def test_the_score_is_that_of_the_most_probable_table(table, null):
    """The likelihood is maximised by a general routine; the score's variance follows."""
    both, b, c, neither = table
    people, same = sum(table), both + neither

    def unlikely(second_only):
        probabilities = np.array([second_only + null, second_only, 1 - 2 * second_only - null])
        return -sum(n * math.log(max(p, 1e-300)) for n, p in zip((b, c, same), probabilities, strict=True) if n)

    best = optimize.minimize_scalar(
        unlikely, bounds=(max(0.0, -null), (1 - null) / 2), method="bounded", options={"xatol": 1e-12}
    ).x
    expected = (b - c - people * null) / math.sqrt(people * (2 * best + null - null**2))
    assert dr.compare_paired(*table, null=null).statistic == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("level", LEVELS)
def test_a_limit_put_back_gives_the_critical_value(level):
    z = normal_quantile(level)
    found = dr.compare_paired(*SOME, confidence_level=level)
    for limit, wanted in ((found.low, z), (found.high, -z)):
        inside = np.abs(limit) < 1 - 1e-9
        back = dr.compare_paired(*SOME[:, inside], null=limit[inside])
        np.testing.assert_allclose(back.statistic, wanted, atol=1e-8)
        assert (np.abs(limit) <= 1).all()


@pytest.mark.parametrize("method, own", [("exact", 1.0), ("mid-p", 0.5)])
def test_odds_are_binomial_among_those_who_change(method, own):
    b, c = SOME[1], SOME[2]
    some = b + c > 0
    for null in (1.0, 0.4):
        found = dr.compare_paired(*SOME, measure="odds-ratio", method=method, null=null)
        split = stats.binom(b + c, null / (1 + null))
        above, below = split.sf(b) + own * split.pmf(b), split.cdf(b - 1) + own * split.pmf(b)
        expected = np.minimum(1, 2 * np.minimum(above, below))
        np.testing.assert_allclose(found.pvalue[some], expected[some], rtol=1e-10)
    assert (found.pvalue[~some] == 1).all()


@pytest.mark.parametrize("measure, method", CASES)
def test_it_never_fails(measure, method):
    for level in LEVELS:
        found = dr.compare_paired(*FEW, measure=measure, method=method, confidence_level=level)
        nobody, same = FEW.sum(axis=0) == 0, (FEW[1] + FEW[2] == 0) & (FEW.sum(axis=0) > 0)
        assert np.array_equal(np.isnan(found.low), nobody)
        assert np.array_equal(np.isnan(found.high), nobody)
        assert np.array_equal((found.flag & Flag.NO_CASES) > 0, nobody)
        if measure == "difference":
            assert np.array_equal(np.isnan(found.estimate), nobody)
            assert ((found.low[same] > -1) & (found.high[same] < 1) & (found.low[same] < 0)).all()
        else:
            assert np.array_equal(np.isnan(found.estimate), nobody | same)
            assert np.array_equal((found.flag & Flag.UNDEFINED) > 0, same)
            assert (found.low[same] == 0).all()
            assert (found.high[same] == np.inf).all()
        known = ~np.isnan(found.estimate)
        assert (found.low[known] <= found.estimate[known] + 1e-15).all()
        assert (found.estimate[known] <= found.high[known] + 1e-15).all()


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_p_and_interval_tell_one_story(measure, method, alternative):
    for level in LEVELS:
        for null in (0.0, 0.25, -0.6) if measure == "difference" else (1.0, 0.5, 3.0):
            asked = {"measure": measure, "method": method, "confidence_level": level, "alternative": alternative}
            found = dr.compare_paired(*SOME, null=null, **asked)
            outside = (null < found.low) | (null > found.high)
            assert np.array_equal(outside, found.pvalue < 1 - level)


def test_the_score_falls_as_the_null_value_grows():
    nulls = np.linspace(-0.999, 0.999, 301)
    found = dr.compare_paired(*SOME[:, ::3, np.newaxis], null=nulls)
    assert (np.diff(found.statistic, axis=1) < 1e-9).all()


@pytest.mark.parametrize("measure, method", CASES)
def test_the_two_times_can_be_swapped(measure, method):
    both, b, c, neither = SOME
    null = 0.15 if measure == "difference" else 1.7
    one = dr.compare_paired(both, b, c, neither, measure=measure, method=method, null=null)
    turned = -null if measure == "difference" else 1 / null
    other = dr.compare_paired(both, c, b, neither, measure=measure, method=method, null=turned)
    np.testing.assert_allclose(one.pvalue, other.pvalue, rtol=1e-10)
    with np.errstate(divide="ignore"):
        low, high = (-other.high, -other.low) if measure == "difference" else (1 / other.high, 1 / other.low)
    np.testing.assert_allclose(one.low, low, rtol=1e-10, atol=1e-14)
    np.testing.assert_allclose(one.high, high, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("measure, method", CASES)
def test_only_the_number_of_those_who_do_not_change_matters(measure, method):
    one = dr.compare_paired(5, 3, 1, 2, measure=measure, method=method)
    other = dr.compare_paired(0, 3, 1, 7, measure=measure, method=method)
    np.testing.assert_array_equal(np.array(other[:5]), np.array(one[:5]))


@pytest.mark.parametrize("measure, method", CASES)
def test_equivalence_is_an_interval_between_bounds(measure, method):
    bounds = (-0.3, 0.4) if measure == "difference" else (0.1, 9.0)
    asked = {"measure": measure, "method": method, "confidence_level": 0.8}
    found = dr.compare_paired(*SOME, alternative="equivalence", null=bounds, **asked)
    inside = (found.low > bounds[0]) & (found.high < bounds[1])
    assert np.array_equal(found.pvalue < 0.2, inside)
    assert inside.any()
    assert not inside.all()


@pytest.mark.parametrize("measure, method", CASES)
@pytest.mark.parametrize(
    "table", [(2**53, 2**53, 2**53, 2**53), (0, 2**53, 0, 0), (2**53, 1, 2**53, 0), (2**53, 0, 0, 7)]
)
def test_the_largest_counts(measure, method, table):
    found = dr.compare_paired(*table, measure=measure, method=method)
    assert not math.isnan(found.low)
    assert found.low <= found.high
    if table[1] == table[2] > 0:
        middle, error = (
            (0.0, math.sqrt(2 * table[1]) / sum(table)) if measure == "difference" else (1.0, math.sqrt(2 / table[1]))
        )
        assert found.high - middle == pytest.approx(normal_quantile(0.95) * error, rel=1e-6)


def test_scalars_in_scalars_out_and_arrays_broadcast():
    one = dr.compare_paired(20, 9, 3, 40)
    assert [type(value) for value in one] == [float] * 5 + [Flag]
    many = dr.compare_paired([[20], [1]], 9, [3, 0, 4], 40)
    assert all(values.shape == (2, 3) for values in many)
    assert many.low[0, 0] == one.low
    assert many.flag.tolist() == [[0] * 3] * 2
    assert dr.compare_paired(1, 2, 3, 4).flag == Flag.SMALL_BASE


@pytest.mark.parametrize(
    "arguments, message",
    [
        ({"both": -1}, "both: -1 is negative"),
        ({"first_only": [3, 1.5]}, "first_only: 1.5 at index 1 is not a whole number"),
        ({"second_only": math.nan}, "second_only: nan is not a number"),
        ({"neither": math.inf}, "neither: inf is infinite"),
        ({"null": 1}, "null: 1 is not between -1 and 1"),
        ({"null": 0, "measure": "odds-ratio"}, "null: 0 is not above 0"),
        ({"measure": "ratio"}, "measure: 'ratio' is not one of 'difference', 'odds-ratio'"),
        ({"method": "mid-p"}, "method: 'mid-p' is not a method for the difference: 'score'"),
        ({"confidence_level": 0}, "confidence_level: 0 is not between 0 and 1"),
        ({"alternative": "both"}, "alternative: 'both' is not one of"),
        ({"both": [1, 2], "neither": [1, 2, 3]}, "do not broadcast"),
    ],
)
def test_bad_input_is_named(arguments, message):
    usual = {"both": 3, "first_only": 10, "second_only": 4, "neither": 12}
    with pytest.raises(ValueError) as raised:
        dr.compare_paired(**{**usual, **arguments})
    assert message in str(raised.value)


@pytest.mark.parametrize("name", ["both", "first_only", "second_only", "neither"])
def test_what_is_not_a_number_is_named(name):
    usual = {"both": 3, "first_only": 10, "second_only": 4, "neither": 12}
    with pytest.raises(TypeError, match=f"{name}: 'many' is not a number"):
        dr.compare_paired(**{**usual, name: "many"})
