"""Everybody is paired, rank by rank, as far as weights reach."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.decomposition.regression.rank_pairs import rank_pairs
from dueregard.inference.decomposition.sides import Side, Sides

ROWS = st.lists(st.tuples(st.integers(-3, 3), st.integers(0, 3)), min_size=1, max_size=12).filter(
    lambda rows: any(weight for _, weight in rows)
)


def side_of(rows):
    x, weight = np.array(rows, np.float64).T
    return Side(x[:, np.newaxis], np.zeros(len(x)), weight)


@given(ROWS, ROWS)
@settings(max_examples=50, deadline=None)
def test_everybody_is_paired_once_and_in_order(own, other):
    sides = Sides(side_of(own), side_of(other))
    found = rank_pairs(sides, np.array([0.0, 1.0]))
    assert (found.share > 0).all() and found.share.sum() == pytest.approx(1)
    for side, ranked, place in zip(sides, found.sides, (found.group, found.reference), strict=True):
        assert (np.diff(place) >= 0).all() and (np.diff(ranked.x[:, 0]) > 0).all()
        met = np.bincount(place, found.share, len(ranked.reach))
        counted = [side.weight[side.x[:, 0] == value].sum() for value in ranked.x[:, 0]]
        assert met == pytest.approx(np.array(counted) / side.weight.sum())


def test_what_is_known_of_ranks_goes_back_to_rows():
    sides = Sides(side_of([(2, 1), (0, 1), (2, 2), (9, 0)]), side_of([(1, 1)]))
    ranked = rank_pairs(sides, np.array([0.0, -1.0])).sides[0]
    assert ranked.x[:, 0].tolist() == [2, 0]
    assert ranked.by_row(np.array([[5.0], [7.0]]))[:, 0].tolist() == [5, 7, 5, 0]
