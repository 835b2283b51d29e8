"""Limits for a number in a finite whole: by enumeration in whole numbers, and their coverage."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.finite_populations.hypergeometric import number_limits

LEVELS = (Fraction(4, 5), Fraction(19, 20))


def chance(count, sampled, number, total):
    return Fraction(comb(number, count) * comb(total - number, sampled - count), comb(total, sampled))


def enumerated(count, sampled, total, level):
    """The least and greatest number that leave enough in either tail."""
    tail = (1 - level) / 2
    kept = [
        number
        for number in range(count, total - sampled + count + 1)
        if sum(chance(x, sampled, number, total) for x in range(count + 1)) >= tail
        and sum(chance(x, sampled, number, total) for x in range(count, sampled + 1)) >= tail
    ]
    return min(kept), max(kept)


@pytest.mark.parametrize("total", range(1, 13))
@pytest.mark.parametrize("level", LEVELS)
def test_limits_are_those_of_enumeration_in_whole_numbers(total, level):
    for sampled in range(total + 1):
        for count in range(sampled + 1):
            low, high = number_limits(count, sampled, total, float(level))
            assert (int(low), int(high)) == enumerated(count, sampled, total, level)


@pytest.mark.parametrize("level", LEVELS)
def test_the_limits_hold_the_number_at_least_as_often_as_the_level_says(level):
    total = 18
    for sampled in range(1, total + 1):
        low, high = number_limits(np.arange(sampled + 1), sampled, total, float(level))
        for number in range(total + 1):
            held = sum(
                chance(x, sampled, number, total)
                for x in range(max(0, sampled - total + number), min(sampled, number) + 1)
                if low[x] <= number <= high[x]
            )
            assert held >= level


@given(st.integers(0, 10**6), st.data())
def test_everything_sampled_is_known_and_nothing_sampled_is_not(total, data):
    count = data.draw(st.integers(0, total))
    assert [int(limit) for limit in number_limits(count, total, total, 0.95)] == [count, count]
    assert [int(limit) for limit in number_limits(0, 0, total, 0.95)] == [0, total]


@given(st.integers(1, 3000), st.data())
def test_the_two_sides_mirror_each_other(total, data):
    sampled = data.draw(st.integers(0, total))
    count = data.draw(st.integers(0, sampled))
    low, high = number_limits(count, sampled, total, 0.9)
    other_low, other_high = number_limits(sampled - count, sampled, total, 0.9)
    assert (int(low), int(high)) == (total - int(other_high), total - int(other_low))
    assert count <= low <= high <= total - sampled + count
