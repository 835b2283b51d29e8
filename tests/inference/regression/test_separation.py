"""Levels that columns tell apart: complete, in part, none; and the smallest set of columns."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.regression.separation import separating


def test_one_column_with_no_overlap_separates():
    assert separating(np.array([[1.0], [2.0], [3.0], [4.0]]), np.array([0, 0, 1, 1]), 2) == (0,)


def test_one_column_that_meets_in_a_value_separates_in_part():
    assert separating(np.array([[1.0], [2.0], [2.0], [4.0]]), np.array([0, 0, 1, 1]), 2) == (0,)


def test_overlap_does_not_separate():
    assert separating(np.array([[1.0], [3.0], [2.0], [4.0]]), np.array([0, 0, 1, 1]), 2) == ()


def test_an_answer_that_nobody_of_one_level_gave_separates_in_part():
    indicator = np.array([1.0, 1, 0, 0, 0, 0])
    other = np.array([1.0, 2, 1, 2, 2, 1])
    assert separating(np.column_stack([other, indicator]), np.array([1, 1, 0, 1, 0, 1]), 2) == (1,)


def test_two_columns_together_may_separate_what_neither_does():
    x = np.array([[0.0, 1.0], [3.0, 4.0], [1.0, 0.0], [4.0, 3.0]])
    y = np.array([0, 0, 1, 1])
    assert separating(x[:, :1], y, 2) == separating(x[:, 1:], y, 2) == ()
    assert separating(x, y, 2) == (0, 1)


@pytest.mark.parametrize(
    ("y", "expected"), [([0, 0, 1, 1, 2, 2], (0,)), ([0, 1, 0, 2, 1, 2], ()), ([0, 0, 1, 2, 1, 2], ())]
)
def test_one_slope_serves_all_levels_so_that_one_alone_is_not_apart(y, expected):
    assert separating(np.arange(6.0)[:, np.newaxis], np.array(y), 3) == expected


def test_one_row_in_thousands_that_overlaps_is_enough():
    x = np.arange(20_000.0)[:, np.newaxis]
    y = (x[:, 0] > 10_000).astype(int)
    assert separating(x, y, 2) == (0,)
    y[[9_990, 10_010]] = [1, 0]
    assert separating(x, y, 2) == ()


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 1)), min_size=2, max_size=12))
def test_of_one_column_it_is_that_ranges_overlap_by_no_more_than_an_end(rows):
    x, y = np.array(rows, np.float64)[:, :1], np.array(rows)[:, 1]
    if len(set(y.tolist())) < 2:
        return
    no, yes = x[y == 0], x[y == 1]
    apart = no.max() <= yes.min() or yes.max() <= no.min()
    assert (separating(x, y, 2) == (0,)) == (apart and np.ptp(x) > 0)
