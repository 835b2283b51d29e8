"""code_integers against its twin."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import text_coding


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    values=st.lists(st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.integers(-3, 3)), max_size=60),
    offset=st.integers(0, 20),
)
def test_equals_the_twin(values, offset):
    numbers = np.array([value or 0 for value in values], np.int64)
    bits = np.array([True] * offset + [value is not None for value in values], bool)
    valid = np.packbits(bits, bitorder="little")
    codes = np.full(len(values), -9, np.int32)
    distinct = _core.code_integers(numbers, codes, "x", valid, offset)
    assert (codes.tolist(), distinct.tolist()) == text_coding.code(values)


def test_unsigned_numbers_stay_unsigned():
    codes = np.zeros(3, np.int32)
    distinct = _core.code_integers(np.array([2**64 - 1, 0, 2**64 - 1], np.uint64), codes, "x")
    assert distinct.tolist() == [2**64 - 1, 0]
    assert distinct.dtype == np.uint64
    assert codes.tolist() == [0, 1, 0]


def test_many_distinct_and_regular_numbers():
    numbers = np.arange(1_000_000, dtype=np.int64) << 40  # equal in their low bits
    codes = np.zeros(len(numbers), np.int32)
    assert np.array_equal(_core.code_integers(numbers, codes, "x"), numbers)
    assert np.array_equal(codes, np.arange(len(numbers)))


def test_it_checks_its_arguments():
    codes = np.zeros(2, np.int32)
    for wrong in (np.zeros(2, np.int32), np.zeros(2), np.zeros(4, np.int64)[::2], np.zeros(2, ">i8")):
        with pytest.raises(TypeError, match="contiguous array of int64 or uint64"):
            _core.code_integers(wrong, codes, "x")
    with pytest.raises(ValueError, match="shape"):
        _core.code_integers(np.zeros(3, np.int64), codes, "x")
    with pytest.raises(ValueError, match="bitmap is too short"):
        _core.code_integers(np.zeros(2, np.int64), codes, "x", np.zeros(1, np.uint8), 7)
