"""Missing answers: every way they could have been given."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr


@given(st.data())
def test_the_bounds_are_the_ends_of_all_answers(data):
    sides = []
    for i in (1, 2):
        nobs, missing = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 4), f"missing{i}")
        sides += [data.draw(st.integers(0, nobs), f"count{i}"), nobs, missing]
    count1, nobs1, missing1, count2, nobs2, missing2 = sides
    found = dr.bound_answers(*sides)
    if not nobs1 + missing1 or not nobs2 + missing2:
        assert all(map(math.isnan, found))
        return
    every = [
        (count1 + a) / (nobs1 + missing1) - (count2 + b) / (nobs2 + missing2)
        for a, b in product(range(missing1 + 1), range(missing2 + 1))
    ]
    assert found == pytest.approx((min(every), max(every)))


def test_without_missing_answers_there_is_one_value():
    low, high = dr.bound_answers(37, 50, 0, 81, 100, 0, measure="ratio")
    assert low == high == pytest.approx(0.74 / 0.81)


def test_arrays():
    low, high = dr.bound_answers([37, 5], 50, [10, 0], 81, 100, 20)
    assert low.shape == high.shape == (2,) and (low <= high).all()
    assert np.isfinite(low).all()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3, 2, 0, 1, 2, 0), "count1: 3 is above nobs1"),
        ((1, 2, -1, 1, 2, 0), "missing1: -1 is negative"),
        ((1, 2, 0, 1, 2, 0.5), "missing2: 0.5 is not a whole number"),
    ],
)
def test_bad_counts_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        dr.bound_answers(*arguments)


def test_a_measure_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="measure: 'gap' is not one of"):
        dr.bound_answers(1, 2, 0, 1, 2, 0, measure="gap")
