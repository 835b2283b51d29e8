"""What keeps a group from telling all coefficients is named."""

import numpy as np
import pytest

from dueregard.inference.decomposition.regression.estimable import Obstacle, obstacle
from dueregard.inference.importance.collinear import made_of


def of(x, categories=(), n_rows=None):
    x = np.asarray(x, np.float64)
    return obstacle(
        np.atleast_2d(np.cov(x.T, bias=True)),
        x.mean(axis=0),
        len(x) if n_rows is None else n_rows,
        categories,
        np.abs(x).max(axis=0),
    )


RNG = np.random.default_rng(1)
NUMBERS = RNG.normal(size=(30, 3))
LEVELS = np.eye(3)[RNG.permutation(np.arange(30) % 3)]


def test_nothing_is_in_the_way_of_numbers_and_levels():
    assert of(np.column_stack([NUMBERS, LEVELS]), [(3, 4, 5)]) is None
    assert of(LEVELS, [(0, 1, 2)]) is None


@pytest.mark.parametrize("far", [0.0, 1.0, 2000.0, -1e6])
def test_a_column_that_does_not_vary(far):
    assert of(np.column_stack([NUMBERS, np.full(30, far)])) == Obstacle("constant", 3)


def test_a_level_at_which_nobody_is():
    assert of(np.column_stack([NUMBERS, LEVELS[:, :2], np.zeros(30), LEVELS[:, 2]]), [(3, 4, 5, 6)]) == Obstacle(
        "empty", 5
    )


def test_columns_made_of_others():
    made = np.column_stack([NUMBERS, NUMBERS[:, 0] - 2 * NUMBERS[:, 2]])
    assert of(made) == Obstacle("made of", 3, (0, 2))
    assert of(np.column_stack([LEVELS, LEVELS]), [(0, 1, 2), (3, 4, 5)]) == Obstacle("made of", 4, (1,))


@pytest.mark.parametrize(("n_rows", "expected"), [(3, Obstacle("few")), (4, Obstacle("few")), (5, None)])
def test_people_must_be_more_than_coefficients(n_rows, expected):
    assert of(NUMBERS, n_rows=n_rows) == expected


@pytest.mark.parametrize(("noise", "told"), [(1e-6, False), (1e-3, True)])
def test_what_is_made_of_others_is_the_same_for_drivers_and_for_gaps(noise, told):
    made = NUMBERS[:, 0] - 2 * NUMBERS[:, 2] + noise * np.random.default_rng(2).normal(size=30)
    rows = np.column_stack([np.ones(30), NUMBERS, made, np.arange(30.0)])  # the outcome is the last
    assert of(rows[:, 1:5]) == (None if told else Obstacle("made of", 3, (0, 2)))
    assert made_of(rows.T @ rows) == ({} if told else {3: (0, 2)})
