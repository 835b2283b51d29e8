"""Every margin of a table at once."""

from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import margins


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, 4), max_size=5), st.integers(0, 2**32))
def test_equals_the_twin(shape, seed):
    counts = np.random.default_rng(seed).integers(-5, 1000, prod(shape))
    before = counts.copy()
    cube = _core.cube(counts, shape)
    assert cube.dtype == np.int64 and cube.shape == tuple(n + 1 for n in shape)
    assert np.array_equal(cube, margins.cube(counts, shape))
    assert np.array_equal(counts, before)


def test_a_large_table_against_sums():
    counts = np.random.default_rng(1).integers(0, 99, (32, 6, 4, 12, 3, 2))
    cube = _core.cube(counts.reshape(-1), counts.shape)
    assert np.array_equal(cube[:-1, :-1, :-1, :-1, :-1, :-1], counts)
    assert np.array_equal(cube[:-1, -1, :-1, -1, -1, -1], counts.sum(axis=(1, 3, 4, 5)))
    assert cube[-1, -1, -1, -1, -1, -1] == counts.sum()


def test_strided_and_swapped_counts():
    counts = np.arange(12)
    expected = _core.cube(counts, (3, 4))
    assert np.array_equal(_core.cube(np.repeat(counts, 2)[::2], (3, 4)), expected)
    assert np.array_equal(_core.cube(counts.astype(">i8"), (3, 4)), expected)


@pytest.mark.parametrize(
    ("counts", "shape", "error", "message"),
    [
        (np.zeros(3, np.int64), (2, 2), ValueError, "counts has 3 cells but the shape has 4"),
        (np.zeros(3), (3,), TypeError, "counts must be an array of int64, not float64"),
        (np.zeros((3, 1), np.int64), (3,), ValueError, "counts must have one dimension"),
        ([1, 2], (2,), TypeError, "counts must be a NumPy array, not list"),
        (np.zeros(3, np.int64), (-3,), ValueError, "shape must not be negative, but is -3 on axis 0"),
        (np.zeros(3, np.int64), (2**40, 2**40), ValueError, "more cells than memory"),
        (np.zeros(3, np.int64), (0, 2**62), ValueError, "more cells than memory"),
        (np.zeros(3, np.int64), (2**80,), OverflowError, "cannot fit"),
        (np.zeros(3, np.int64), ("a",), TypeError, "integer"),
        (np.zeros(1, np.int64), (1,) * 65, ValueError, "shape has 65 axes"),
        (np.zeros(1, np.int64), (1,) * 64, ValueError, "more cells than memory"),
        (np.array([2**63 - 1, 1]), (2,), OverflowError, "a margin does not fit 64 bits"),
    ],
)
def test_wrong_arguments(counts, shape, error, message):
    with pytest.raises(error, match=message):
        _core.cube(counts, shape)
