"""Shapley values of tables of any shape, and every bad input."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr


def test_three_factors_of_a_product_by_hand():
    value = [1, 2, 3, 6, 5, 10, 15, 30]  # 2, 3 and 5, multiplied
    found = dr.shapley_values(value)
    assert found.sum() == 29
    assert found[0] == pytest.approx((1 / 3) * 1 + (1 / 6) * (3 + 5) + (1 / 3) * 15)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 4), st.lists(st.integers(0, 3), max_size=3), st.integers(0, 2**32 - 1))
def test_tables_stand_in_any_shape(p, shape, seed):
    values = np.random.default_rng(seed).normal(size=(*shape, 2**p))
    found = dr.shapley_values(values)
    assert found.shape == (*shape, p)
    for index in np.ndindex(*shape):
        assert found[index].tolist() == dr.shapley_values(values[index].tolist()).tolist()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_values_of_a_sum_are_sums_of_values(p, seed):
    first, second = np.random.default_rng(seed).normal(size=(2, 2**p))
    together = dr.shapley_values(first + 3 * second)
    np.testing.assert_allclose(together, dr.shapley_values(first) + 3 * dr.shapley_values(second), atol=1e-13)


def test_threads_give_the_same_bits():
    values = np.random.default_rng(1).normal(size=(31, 2**9))
    assert dr.shapley_values(values, threads=1).tolist() == dr.shapley_values(values, threads=4).tolist()


def test_a_value_that_is_not_known_leaves_other_tables_alone():
    found = dr.shapley_values([[0, 1, np.nan, 3], [0, 1, 2, 3]])
    assert np.isnan(found[0]).all() and found[1].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("error", "message", "values"),
    [
        (ValueError, r"values: the shape \(3,\) is not \(\.\.\., 2\*\*p\) for any number", [1, 2, 3]),
        (ValueError, r"values: the shape \(\) is not", 1.0),
        (ValueError, r"values: the shape \(4, 1\) is not", np.zeros((4, 1))),
        (ValueError, r"values: the shape \(0,\) is not", []),
        (ValueError, "values: inf at index 1 is infinite", [0, np.inf]),
        (ValueError, "values: .* at index 1 is masked: use NaN", np.ma.masked_equal([0, 1], 1)),
        (TypeError, "values: 'a' at index 0 is not a number", ["a", "b"]),
    ],
)
def test_bad_tables_are_refused(error, message, values):
    with pytest.raises(error, match=message):
        dr.shapley_values(values)


def test_no_threads_are_refused():
    with pytest.raises(ValueError, match="threads must be at least 1, not 0"):
        dr.shapley_values([0, 1], threads=0)
