"""Newcombe differences: against R, the formula written plainly, their own equation, and laws."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm

from dueregard.inference.intervals import normal_quantile
from dueregard.inference.newcombe import Difference, newcombe

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text())
Z = normal_quantile(0.95)
TABLES = st.tuples(st.integers(1, 3000), st.floats(0, 1), st.integers(1, 3000), st.floats(0, 1)).map(
    lambda t: (round(t[1] * t[0]), t[0], round(t[3] * t[2]), t[2])
)


def difference(count1, nobs1, count2, nobs2):
    return newcombe(count1 / nobs1, nobs1, count2 / nobs2, nobs2)


def plain_newcombe(count1, nobs1, count2, nobs2, z):
    """The formula with nothing shared with the library."""

    def wilson(count, nobs):
        centre = 2 * count + z * z
        spread = z * math.sqrt(z * z + 4 * count * (1 - count / nobs))
        return (centre - spread) / (2 * (nobs + z * z)), (centre + spread) / (2 * (nobs + z * z))

    (l1, u1), (l2, u2) = wilson(count1, nobs1), wilson(count2, nobs2)
    p1, p2 = count1 / nobs1, count2 / nobs2
    below = math.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    return p1 - p2 - below, p1 - p2 + math.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


@pytest.mark.parametrize("row", GOLDEN["newcombe"])
def test_limits_are_those_of_r(row):
    *table, low, high, estimate = row
    found = difference(*table)
    assert float(found.estimate) == pytest.approx(estimate, abs=1e-14)
    assert [float(limit) for limit in found.interval(Z)] == pytest.approx([low, high], abs=1e-12)


@given(TABLES, st.floats(0.1, 5))
@settings(max_examples=300, derandomize=True)
def test_limits_are_those_of_the_plain_formula(table, z):
    found = [float(limit) for limit in difference(*table).interval(z)]
    assert found == pytest.approx(plain_newcombe(*table, z), abs=1e-12)


@given(TABLES)
@settings(max_examples=200, derandomize=True)
def test_swapping_the_groups_turns_the_sign(table):
    one, other = difference(*table), difference(*table[2:], *table[:2])
    low, high = one.interval(Z)
    other_low, other_high = other.interval(Z)
    assert one.estimate == -other.estimate
    assert (float(low), float(high)) == (-float(other_high), -float(other_low))
    assert one.pvalue() == other.pvalue()


@given(TABLES)
@settings(max_examples=200, derandomize=True)
def test_counting_the_complement_turns_the_sign(table):
    x1, n1, x2, n2 = table
    one, other = difference(*table), difference(n1 - x1, n1, n2 - x2, n2)
    low, high = one.interval(Z)
    other_low, other_high = other.interval(Z)
    assert [float(low), float(high)] == pytest.approx([-float(other_high), -float(other_low)], abs=1e-14)


@given(TABLES, st.floats(0.5, 0.9999))
@settings(max_examples=400, derandomize=True)
def test_p_is_below_1_minus_level_exactly_when_the_interval_excludes_zero(table, level):
    found = difference(*table)
    low, high = found.interval(normal_quantile(level))
    p = float(found.pvalue())
    assume(abs(p - (1 - level)) > 1e-9)
    assert (p < 1 - level) == (float(low) > 1e-15 or float(high) < -1e-15)


@given(TABLES)
@settings(max_examples=100, derandomize=True)
def test_the_p_value_solves_its_own_equation(table):
    found = difference(*table)
    assume(found.estimate != 0)
    z = float(found.root())
    assert 0 < z < 40 or float(found.pvalue()) == 0
    if z < 40:
        limits = plain_newcombe(*table, z)
        assert min(abs(limit) for limit in limits) < 1e-12


def test_the_p_value_is_that_of_a_scalar_solver():
    rng = np.random.default_rng(7)
    for _ in range(50):
        n1, n2 = rng.integers(2, 400, 2)
        x1, x2 = rng.integers(0, n1 + 1), rng.integers(0, n2 + 1)
        if x1 * n2 == x2 * n1:
            continue
        side = 0 if x1 / n1 > x2 / n2 else 1
        z = brentq(lambda z, t=(x1, n1, x2, n2), s=side: plain_newcombe(*t, z)[s], 1e-9, 100, xtol=1e-14)
        assert float(difference(x1, n1, x2, n2).pvalue()) == pytest.approx(2 * norm.sf(z), rel=1e-9)


def test_edges():
    assert float(difference(3, 10, 6, 20).pvalue()) == 1.0
    assert float(difference(0, 10, 0, 20).pvalue()) == 1.0
    low, high = difference(10, 10, 0, 20).interval(Z)
    assert float(high) == 1.0 and float(low) > 0.5
    assert float(difference(10**6, 10**6, 0, 10**6).pvalue()) == 0.0


def test_an_empty_sample_gives_nan_everywhere():
    found = newcombe([np.nan, 0.5], [0, 10], [0.5, 0.5], [10, 10])
    low, high = found.interval(Z)
    for values in (found.estimate, low, high, found.pvalue()):
        assert np.isnan(values[0]) and not np.isnan(values[1])


def test_a_coefficient_scales_limits_and_leaves_the_p_value():
    shares = [np.array([0.8]), np.array([50.0]), np.array([0.6]), np.array([70.0])]
    whole, part = Difference(*shares, np.array([1.0])), Difference(*shares, np.array([0.25]))
    assert part.pvalue() == whole.pvalue()
    assert np.array(part.interval(Z)) == pytest.approx(0.25 * np.array(whole.interval(Z)))
    nothing = Difference(*shares, np.array([np.nan]))
    assert np.isnan(nothing.pvalue()).all() and np.isnan(nothing.interval(Z)).all()


def test_more_cases_at_the_same_shares_narrow_the_interval():
    sizes = [(8, 20, 5, 20), (16, 40, 10, 40), (80, 200, 50, 200), (8000, 20000, 5000, 20000)]
    widths = [np.subtract(*difference(*table).interval(Z)[::-1]) for table in sizes]
    assert all(later < earlier for earlier, later in itertools.pairwise(widths))


@given(TABLES, st.integers(2, 50))
@settings(max_examples=100, derandomize=True)
def test_numbers_m_times_as_large_reach_root_m_times_as_far(table, m):
    grown = difference(*(m * number for number in table))
    assert float(grown.root()) == pytest.approx(min(40, math.sqrt(m) * float(difference(*table).root())), rel=1e-9)
