"""Columns that are made of others, by their numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.importance.collinear import made_of


def crossed(x):
    rows = np.column_stack([np.ones(len(x)), x, np.arange(len(x)) ** 2 % 7])
    return rows.T @ rows


@st.composite
def combinations(draw):
    """Columns, of which some are sums of others before them."""
    k = draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    columns, expected = [], {}
    for column in range(k):
        free = [other for other in range(column) if other not in expected]
        parts = draw(st.sets(st.sampled_from(free), max_size=3)) if free else set()
        made = draw(st.booleans())
        if made and (parts or draw(st.booleans())):
            columns.append(4 + sum((rng.choice([-2, -1, 1, 3]) * columns[part] for part in parts), np.zeros(40)))
            expected[column] = tuple(sorted(parts))
        else:
            columns.append(rng.normal(size=40) * rng.choice([0.1, 1, 50]) + rng.choice([0, 30]))
    return np.column_stack(columns), expected


@settings(max_examples=100, deadline=None)
@given(combinations())
def test_made_of_says_which_and_of_what(sample):
    x, expected = sample
    assert made_of(crossed(x)) == expected


def test_controls_come_first():
    rng = np.random.default_rng(1)
    x = rng.normal(size=(30, 3))
    x = np.column_stack([x, x[:, 0] + x[:, 1]])
    assert made_of(crossed(x)) == {3: (0, 1)}
    assert made_of(crossed(x), [3, 2]) == {1: (0, 3)}


@pytest.mark.parametrize("noise", [1e-3, 1e-4])
def test_columns_that_are_nearly_made_of_others_are_not(noise):
    rng = np.random.default_rng(2)
    x = rng.normal(size=(50, 2))
    assert made_of(crossed(np.column_stack([x, x[:, 0] + noise * rng.normal(size=50)]))) == {}


def test_years_are_not_constant():
    years = 2009 + np.arange(40) % 3
    assert made_of(crossed(np.column_stack([years, years**2 / 4000]))) == {}
