"""Excess over the reference's rate: by hand, against plain formulas, and as what follows from ratio and difference."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

import dueregard as dr
from dueregard import Flag

MEASURES = ("fraction", "population-fraction", "population-difference", "number-needed", "excess-events")
TABLES = st.tuples(st.integers(1, 200), st.integers(1, 200), st.floats(0, 1), st.floats(0, 1)).map(
    lambda t: (round(t[0] * t[2]), t[0], round(t[1] * t[3]), t[1])
)


def by_hand(measure, a, nobs1, c, nobs2):
    rate1, rate2, rate = a / nobs1, c / nobs2, (a + c) / (nobs1 + nobs2)
    return {
        "fraction": (rate1 - rate2) / rate1,
        "population-fraction": (rate - rate2) / rate,
        "population-difference": rate - rate2,
        "number-needed": 1 / (rate1 - rate2),
        "excess-events": nobs1 * (rate1 - rate2),
    }[measure]


@pytest.mark.parametrize("of", ["proportions", "rates"])
@pytest.mark.parametrize("measure", MEASURES)
def test_estimates_by_hand(measure, of):
    found = dr.attributable(36, 61, 18, 63, measure=measure, of=of)
    assert found.estimate == pytest.approx(by_hand(measure, 36, 61, 18, 63), rel=1e-12)
    assert found.low < found.estimate < found.high


@pytest.mark.parametrize("method", ["pirikahu", "separate-samples"])
def test_published_differences_have_the_estimate(method):
    found = dr.attributable(36, 61, 18, 63, measure="population-difference", method=method)
    assert found.estimate == pytest.approx(by_hand("population-difference", 36, 61, 18, 63), rel=1e-12)


@pytest.mark.parametrize("of", ["proportions", "rates"])
@pytest.mark.parametrize("method", ["score", "skewness-corrected", "mover"])
@pytest.mark.parametrize("measure", MEASURES)
def test_limits_and_p_follow_from_the_ratio_or_the_difference(measure, method, of):
    counts = (36, 61, 18, 63)
    if measure.endswith("fraction"):
        base = "ratio"
    else:
        base = "difference"
        method = "newcombe" if (method, of) == ("mover", "proportions") else method
    compare = dr.compare_rates if of == "rates" else dr.compare_proportions
    under = compare(*counts, measure=base, method=method)
    found = dr.attributable(*counts, measure=measure, method=method, of=of)
    part = 61 / 124
    turn = {
        "fraction": lambda r: 1 - 1 / r,
        "population-fraction": lambda r: part * (r - 1) / (1 + part * (r - 1)),
        "population-difference": lambda d: part * d,
        "number-needed": lambda d: 1 / d,
        "excess-events": lambda d: 61 * d,
    }[measure]
    ends = sorted([turn(under.low), turn(under.high)])
    assert (found.low, found.high) == pytest.approx(ends, rel=1e-12)
    assert (found.statistic, found.pvalue, found.flag) == (under.statistic, under.pvalue, under.flag)


def test_a_number_needed_runs_through_infinity_where_there_may_be_no_difference():
    found = dr.attributable(30, 100, 28, 100, measure="number-needed")
    difference = dr.compare_proportions(30, 100, 28, 100)
    assert difference.low < 0 < difference.high
    assert (found.low, found.high) == pytest.approx((1 / difference.high, 1 / difference.low), rel=1e-12)
    assert found.high < 0 < found.low
    fewer = dr.attributable(10, 100, 40, 100, measure="number-needed")
    assert fewer.low < fewer.estimate < fewer.high < 0
    same = dr.attributable(30, 100, 30, 100, measure="number-needed")
    assert same.estimate == math.inf
    one_sided = dr.attributable(0, 100, 30, 100, measure="number-needed", alternative="less")
    nearest = dr.compare_proportions(0, 100, 30, 100, alternative="less").high
    assert (one_sided.low, one_sided.high) == pytest.approx((1 / nearest, -1), rel=1e-12)


def plain_log_fraction(a, nobs1, c, nobs2, z):
    b, d, whole = nobs1 - a, nobs2 - c, nobs1 + nobs2
    fraction = ((a + c) / whole - c / nobs2) / ((a + c) / whole)
    error = math.sqrt((b + fraction * (a + d)) / (whole * c))
    return fraction, 1 - (1 - fraction) * math.exp(z * error), 1 - (1 - fraction) * math.exp(-z * error)


def plain_pirikahu(a, nobs1, c, nobs2, z):
    """Slopes by differences of the four shares, and the multinomial covariance in full."""
    whole = nobs1 + nobs2
    shares = np.array([a, nobs1 - a, c, nobs2 - c]) / whole

    def excess(p):
        return p[0] + p[2] - p[2] / (p[2] + p[3])

    step = 1e-6
    slopes = np.array([(excess(shares + step * e) - excess(shares - step * e)) / (2 * step) for e in np.eye(4)])
    covariance = (np.diag(shares) - np.outer(shares, shares)) / whole
    error = math.sqrt(slopes @ covariance @ slopes)
    return excess(shares), excess(shares) - z * error, excess(shares) + z * error


@given(table=TABLES)
@settings(max_examples=80, derandomize=True, deadline=None)
def test_published_formulas_against_plain_ones(table):
    _, _, c, nobs2 = table
    z = 1.959963984540054
    if 0 < c < nobs2:
        log = dr.attributable(*table, measure="population-fraction", method="log")
        assert log[:3] == pytest.approx(plain_log_fraction(*table, z), rel=1e-9, abs=1e-12)
        delta = dr.attributable(*table, measure="population-difference", method="pirikahu")
        assert delta[:3] == pytest.approx(plain_pirikahu(*table, z), rel=1e-5, abs=1e-6)


def test_p_is_where_the_interval_ends_at_no_excess():
    for measure, of, method in (
        ("population-fraction", "proportions", "log"),
        ("population-fraction", "odds", "log"),
        ("population-difference", "proportions", "pirikahu"),
        ("population-difference", "rates", "separate-samples"),
    ):
        asked = {"measure": measure, "of": of, "method": method}
        pvalue = dr.attributable(36, 61, 25, 63, **asked).pvalue
        level = brentq(lambda v: dr.attributable(36, 61, 25, 63, **asked, confidence_level=v).low, 0.01, 0.9999)  # noqa: B023
        assert 1 - level == pytest.approx(pvalue, rel=1e-6)


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_every_small_table(alternative, level):
    """No failure; NaN limits only where a group is empty; p below the level exactly when no excess is excluded."""
    arms = [(x, n) for n in range(5) for x in range(n + 1)]
    tables = np.array([(*a, *b) for a, b in itertools.product(arms, arms)]).T
    empty = (tables[1] == 0) | (tables[3] == 0)
    for measure in MEASURES:
        methods = {
            "population-difference": ("score", "pirikahu", "separate-samples"),
            "population-fraction": ("score", "log"),
        }.get(measure, ("score",))
        for method in methods:
            found = dr.attributable(
                *tables, measure=measure, method=method, alternative=alternative, confidence_level=level
            )
            np.testing.assert_array_equal(np.isnan(found.low), empty)
            np.testing.assert_array_equal(np.isnan(found.high), empty)
            np.testing.assert_array_equal(np.isnan(found.pvalue), empty)
            if measure != "number-needed":
                excluded = (found.low > 0) | (found.high < 0)
                np.testing.assert_array_equal(found.pvalue < 1 - level, excluded, err_msg=f"{measure} {method}")


def test_at_zero():
    none = dr.attributable(0, 50, 5, 50)
    assert (none.estimate, none.low) == (-math.inf, -math.inf)
    assert none.high < 1
    to_none = dr.attributable(5, 50, 0, 50)
    assert (to_none.estimate, to_none.high) == (1, 1)
    nothing = dr.attributable(0, 50, 0, 50)
    assert math.isnan(nothing.estimate)
    assert (nothing.low, nothing.high, nothing.pvalue, nothing.flag) == (-math.inf, 1, 1, Flag.UNDEFINED)
    whole = dr.attributable(0, 50, 5, 50, measure="population-fraction")
    assert whole.estimate == pytest.approx(-1, rel=1e-12)
    assert whole.low == pytest.approx(-1, rel=1e-12)
    blunt = dr.attributable(5, 50, 0, 50, measure="population-fraction", method="log")
    assert (blunt.estimate, blunt.low, blunt.high, blunt.pvalue) == (1, -math.inf, 1, 1)
    assert blunt.flag == Flag.UNDEFINED
    assert math.isnan(blunt.statistic)
    empty = dr.attributable(0, 0, 5, 50, measure="population-difference", method="pirikahu")
    assert all(math.isnan(value) for value in empty[:5])
    assert empty.flag == Flag.NO_CASES


def test_arrays():
    found = dr.attributable([[36], [0]], [[61], [0]], [18, 20, 30], 63, of="rates", measure="excess-events")
    assert found.low.shape == found.flag.shape == (2, 3)
    assert found.estimate[0, 1] == pytest.approx(36 - 61 * 20 / 63, rel=1e-12)
    assert (found.flag[1] & Flag.NO_CASES).all()


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"measure": "attributable"}, ValueError, "measure: 'attributable' is not one of"),
        ({"of": "hazards"}, ValueError, "of: 'hazards' is not one of"),
        ({"of": "odds", "measure": "excess-events"}, ValueError, "measure: 'excess-events' cannot be had from odds"),
        ({"method": "newcombe"}, ValueError, "method: 'newcombe' is not a method for the fraction of proportions"),
        ({"of": "odds", "measure": "population-fraction", "method": "score"}, ValueError, "of odds: 'log'"),
        ({"of": "rates", "measure": "population-difference", "method": "pirikahu"}, ValueError, "of rates"),
        ({"alternative": "equivalence"}, ValueError, "alternative: 'equivalence' is not one of"),
        ({"count1": 99}, ValueError, "count1: 99 is above nobs1, which is 61 there"),
        ({"count2": -1}, ValueError, "count2: -1 is negative"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_bad_input(arguments, error, message):
    with pytest.raises(error, match=message):
        dr.attributable(**{"count1": 36, "nobs1": 61, "count2": 18, "nobs2": 63} | arguments)
