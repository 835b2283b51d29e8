"""The smallest and largest code, of every integer type and layout; and the sum of bytes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import byte_sum, code_range

DTYPES = ["i1", "u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">i4", "<u4", ">u4", "<i8", ">i8", "<u8", ">u8"]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.data(), st.sampled_from(DTYPES), st.sampled_from([1, 2, -1]))
def test_equals_the_twin(data, dtype, step):
    info = np.iinfo(dtype)
    codes = np.array(data.draw(st.lists(st.integers(info.min, info.max), max_size=20)), dtype)[::step]
    assert _core.integer_range(codes) == code_range.integer_range(codes)


@pytest.mark.parametrize("dtype", DTYPES)
def test_over_many_blocks(dtype):
    codes = np.full(50_000, 5, dtype)
    codes[49_999], codes[3] = 100, 1
    assert _core.integer_range(codes) == (1, 100)


def test_bools_and_nothing():
    assert _core.integer_range(np.array([True, False])) == (0, 1)
    assert _core.integer_range(np.array([], "u8")) is None


@pytest.mark.parametrize("codes", [np.zeros(2), np.zeros(2, "O"), np.zeros(2, "m8[s]"), [1, 2]])
def test_what_is_no_integer_is_refused(codes):
    with pytest.raises(TypeError):
        _core.integer_range(codes)


@given(st.binary(max_size=300))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_byte_sum_equals_the_twin(data):
    codes = np.frombuffer(data, np.uint8)
    assert _core.byte_sum(codes) == byte_sum.byte_sum(codes)


@pytest.mark.parametrize("codes", [np.zeros(4, "i1"), np.zeros(4, "u1")[::2], np.zeros(2), [1]])
def test_byte_sum_takes_contiguous_bytes_only(codes):
    with pytest.raises(TypeError):
        _core.byte_sum(codes)
