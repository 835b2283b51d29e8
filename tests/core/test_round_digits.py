"""Long numbers as floats: correctly rounded everywhere, also among the subnormals."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import exact_sums


@settings(max_examples=1000, derandomize=True, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from([0, 1, 2**31, 2**32 - 1, 0x1FFFFF, 0x200000]), st.integers(0, 2**32 - 1)),
        min_size=1,
        max_size=6,
    ),
    st.one_of(st.integers(-2300, 1100), st.integers(-1300, -1000), st.integers(800, 1030)),
)
def test_equals_the_twin(row, low):
    digits = np.array([row], np.uint64)
    assert _core.round_digits(digits, low) == exact_sums.round_digits(digits, low)


@settings(max_examples=500, derandomize=True, deadline=None)
@given(st.floats(0, allow_nan=False, allow_infinity=False))
def test_every_float_comes_back(value):
    low = -1074
    numerator, denominator = value.as_integer_ratio()
    digits = np.array([exact_sums.to_digits(numerator * 2**1074 // denominator, 66)], np.uint64)
    assert _core.round_digits(digits, low)[0] == value


def test_rows_columns_and_layouts():
    digits = np.array([[1, 0], [0, 1], [2**32 - 1, 2**32 - 1]], np.uint64)
    expected = [1.0, 2.0**32, 2.0**64]
    assert _core.round_digits(digits, 0).tolist() == expected
    assert _core.round_digits(np.asfortranarray(digits), 0).tolist() == expected
    assert _core.round_digits(digits.astype(">u8"), 0).tolist() == expected
    assert _core.round_digits(np.zeros((2, 0), np.uint64), 0).tolist() == [0.0, 0.0]
    assert _core.round_digits(np.zeros((0, 3), np.uint64), 0).tolist() == []
    assert _core.round_digits(digits, 5000).tolist() == [math.inf] * 3


@pytest.mark.parametrize(
    ("digits", "low", "error", "message"),
    [
        (np.zeros(3, np.uint64), 0, TypeError, "two-dimensional array of uint64"),
        (np.zeros((3, 1)), 0, TypeError, "two-dimensional array of uint64"),
        ([[1]], 0, TypeError, "two-dimensional array of uint64"),
        (np.array([[1, 1], [2**32, 0]], np.uint64), 0, ValueError, "row 1 holds 4294967296"),
        (np.zeros((1, 1), np.uint64), 2_000_000, ValueError, "low must lie"),
    ],
)
def test_wrong_arguments(digits, low, error, message):
    with pytest.raises(error, match=message):
        _core.round_digits(digits, low)
