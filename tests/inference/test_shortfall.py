"""Shortfalls: whole people by trying, limits from the comparison they belong to, and what happens at zero."""

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

import dueregard as dr
from dueregard import Flag

TABLES = [
    (x1, n1, x2, n2)
    for n1, n2 in itertools.product((1, 4, 7, 12), repeat=2)
    for x1 in range(n1 + 1)
    for x2 in range(n2 + 1)
]


def smallest_enough(count1, nobs1, count2, nobs2, part):
    """The first number of further cases that reaches the target, in exact fractions."""
    return next(k for k in itertools.count() if Fraction(count1 + k, nobs1) >= part * Fraction(count2, nobs2))


@pytest.mark.parametrize("target", ["parity", 0.8, 0.5])
def test_needed_is_the_fewest_that_reach_the_target(target):
    part = 1 if target == "parity" else Fraction(str(target))
    found = dr.shortfall(*np.array(TABLES).T, target=target)
    assert found.needed.tolist() == [smallest_enough(*table, part) for table in TABLES]
    assert (found.needed <= np.array([n1 - x1 for x1, n1, _, _ in TABLES])).all()


def test_parity_is_the_difference_in_people():
    count1, nobs1, count2, nobs2 = np.array(TABLES).T
    for method in ("score", "newcombe"):
        found = dr.shortfall(count1, nobs1, count2, nobs2, method=method)
        difference = dr.compare_proportions(count1, nobs1, count2, nobs2, method=method)
        np.testing.assert_allclose(found.estimate, -nobs1 * difference.estimate, atol=1e-12)
        np.testing.assert_array_equal(found.low, -nobs1 * difference.high)
        np.testing.assert_array_equal(found.high, -nobs1 * difference.low)
        np.testing.assert_array_equal(found.pvalue, difference.pvalue)
        np.testing.assert_array_equal(found.flag, difference.flag)


@pytest.mark.parametrize("target", ["parity", 0.8])
def test_limits_exclude_zero_when_p_is_small_and_are_within_the_group(target):
    count1, nobs1, count2, nobs2 = np.array([t for t in TABLES if t[2] > 0 or target == "parity"]).T
    found = dr.shortfall(count1, nobs1, count2, nobs2, target=target, confidence_level=0.9)
    np.testing.assert_array_equal(found.pvalue < 0.1, (found.low > 0) | (found.high < 0))
    assert (found.low <= found.estimate + 1e-9).all()
    assert (found.estimate <= found.high + 1e-9).all()
    assert (np.abs(found.low) <= nobs1).all()
    assert (np.abs(found.high) <= nobs1).all()


def test_a_part_of_the_share_uses_the_ratio():
    found = dr.shortfall(12, 60, 90, 200, target=0.8)
    ratio = dr.compare_proportions(12, 60, 90, 200, measure="ratio", null=0.8)
    assert found.estimate == pytest.approx(60 * 0.8 * 0.45 - 12)
    assert (found.low, found.high) == pytest.approx([27 * (0.8 - r) for r in (ratio.high, ratio.low)])
    assert found.pvalue == ratio.pvalue
    assert found.needed == 10


def test_a_surplus_is_negative_and_needs_nobody():
    found = dr.shortfall(45, 50, 20, 50)
    assert found.estimate == pytest.approx(-25)
    assert found.high < 0
    assert found.needed == 0
    assert type(found.needed) is int


def test_nobody_in_the_reference():
    parity = dr.shortfall(30, 30, 0, 40)
    assert (parity.estimate, parity.needed) == (-30, 0)
    assert parity.low >= -30
    assert parity.high < 0
    part = dr.shortfall(30, 30, 0, 40, target=0.8)
    assert (part.estimate, part.low, part.high, part.needed, part.flag) == (-30, -30, 0, 0, Flag.UNDEFINED)
    neither = dr.shortfall(0, 30, 0, 40, target=0.8)
    assert (neither.estimate, neither.low, neither.high, neither.flag) == (0, -30, 0, Flag.UNDEFINED)


@pytest.mark.parametrize("target", ["parity", 0.8])
def test_empty_groups(target):
    for table, flag in (((0, 0, 3, 40), Flag.NO_CASES), ((3, 40, 0, 0), Flag.NO_REFERENCE)):
        found = dr.shortfall(*table, target=target)
        assert all(math.isnan(value) for value in found[:5])
        assert flag in found.flag
    both = dr.shortfall([0, 3], [0, 40], 1, [2, 4], target=target)
    assert np.isnan(both.needed).tolist() == [True, False]
    assert both.flag.shape == both.low.shape == (2,)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (
            {"target": "four-fifths"},
            ValueError,
            "target: 'four-fifths' is neither 'parity' nor a number",
        ),
        ({"target": 1.2}, ValueError, "target: 1.2 is not between 0 and 1"),
        ({"target": 0}, ValueError, "target: 0 is not between 0 and 1"),
        ({"target": None}, TypeError, "target: None is not a number"),
        ({"count1": 6}, ValueError, "count1: 6 is above nobs1, which is 5 there"),
        ({"method": "katz"}, ValueError, "method: 'katz' is not a method for the difference"),
        ({"confidence_level": 0}, ValueError, "confidence_level: 0 is not between 0 and 1"),
    ],
)
def test_bad_input(change, error, message):
    with pytest.raises(error, match=message):
        dr.shortfall(**{"count1": 2, "nobs1": 5, "count2": 3, "nobs2": 5} | change)
