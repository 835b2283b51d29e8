"""Shares of explained sums of squares: the compiled sweep against one regression a set, and the laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import subset_sweep as twin


def products(rng, n, k):
    """Correlations of k columns and an outcome, in n samples of their own."""
    rows = rng.normal(size=(n, 3 * k + 5, k + 1))
    rows += rng.normal(size=(n, 3 * k + 5, 1))
    rows -= rows.mean(axis=1, keepdims=True)
    rows /= np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return np.swapaxes(rows, 1, 2) @ rows


def floors(matrices):
    return np.full((len(matrices), matrices.shape[1] - 1), 1e-9)


def shares(matrices, sizes):
    return _core.subset_shares(matrices, floors(matrices), np.array(sizes, np.int32))


def explained(matrix):
    return matrix[:-1, -1] @ np.linalg.solve(matrix[:-1, :-1], matrix[:-1, -1])


SIZES = st.lists(st.integers(1, 3), min_size=1, max_size=5)
SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=100, deadline=None)
@given(SIZES, SEEDS, st.integers(0, 2))
def test_it_equals_the_twin_and_sums_to_what_is_explained(sizes, seed, n):
    matrices = products(np.random.default_rng(seed), n, sum(sizes))
    found = shares(matrices, sizes)
    expected = twin.subset_shares(matrices, floors(matrices), np.array(sizes, np.int32))
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.sum(axis=1), [explained(matrix) for matrix in matrices], rtol=0, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(SIZES, SEEDS, st.randoms(use_true_random=False))
def test_the_order_of_players_says_nothing(sizes, seed, random):
    (matrix,) = products(np.random.default_rng(seed), 1, sum(sizes))
    order = list(range(len(sizes)))
    random.shuffle(order)
    ends = np.cumsum([0, *sizes])
    columns = [c for player in order for c in range(ends[player], ends[player + 1])]
    places = [*columns, len(matrix) - 1]
    turned = shares(matrix[np.ix_(places, places)][np.newaxis].copy(), [sizes[player] for player in order])
    np.testing.assert_allclose(turned, shares(matrix[np.newaxis], sizes)[:, order], rtol=0, atol=1e-13)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 6), SEEDS, st.data())
def test_players_alike_share_alike(k, seed, data):
    (matrix,) = products(np.random.default_rng(seed), 1, k)
    twice = data.draw(st.integers(0, k - 1))
    places = [twice, *range(k + 1)]
    doubled = matrix[np.ix_(places, places)].copy()
    doubled[0, 1 + twice] = doubled[1 + twice, 0] = 0.5 * doubled[0, 0]  # like, and not the same
    found = shares(doubled[np.newaxis], [1] * (k + 1))
    assert found[0, 0] == pytest.approx(found[0, 1 + twice], abs=1e-12)


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 5), SEEDS, st.floats(-0.4, 0.4))
def test_who_has_nothing_in_common_with_others_keeps_what_is_explained_alone(k, seed, correlation):
    (matrix,) = products(np.random.default_rng(seed), 1, k)
    apart = np.zeros((k + 2, k + 2))
    apart[1:, 1:], apart[0, 0] = matrix, 1.0
    apart[0, -1] = apart[-1, 0] = correlation
    found = shares(apart[np.newaxis], [1] * (k + 1))
    assert found[0, 0] == pytest.approx(correlation**2, abs=1e-13)
    np.testing.assert_allclose(found[0, 1:], shares(matrix[np.newaxis], [1] * k)[0], rtol=0, atol=1e-13)


@settings(max_examples=50, deadline=None)
@given(SIZES, SEEDS, st.data())
def test_a_column_made_of_others_adds_nothing_to_them(sizes, seed, data):
    rng = np.random.default_rng(seed)
    (matrix,) = products(rng, 1, sum(sizes))
    place = data.draw(st.integers(0, sum(sizes)))
    combination = np.append(rng.integers(-1, 2, sum(sizes)), 0.0)
    to = np.insert(np.eye(len(matrix)), place, combination, axis=0)
    made = (to @ matrix @ to.T)[np.newaxis].copy()
    spread = np.sqrt(np.diagonal(made[0]))
    made[0] /= np.outer(np.where(spread > 0, spread, 1), np.where(spread > 0, spread, 1))
    every = [1] * (sum(sizes) + 1)
    expected = twin.subset_shares(made, floors(made), np.array(every, np.int32))
    np.testing.assert_allclose(shares(made, every), expected, rtol=0, atol=1e-8)


@pytest.mark.parametrize("p", [12, 20])
def test_many_players_lose_nothing_to_rounding(p):
    matrices = products(np.random.default_rng(p), 1, p)
    assert shares(matrices, [1] * p).sum() == pytest.approx(explained(matrices[0]), abs=1e-13)


def test_twenty_five_players_sum_to_what_is_explained():
    matrices = products(np.random.default_rng(25), 1, 25)
    assert shares(matrices, [1] * 25).sum() == pytest.approx(explained(matrices[0]), abs=1e-12)


def test_matrices_of_a_batch_are_apart():
    matrices = products(np.random.default_rng(3), 40, 7)
    together = shares(matrices, [2, 1, 4])
    assert together.tolist() == [shares(each[np.newaxis], [2, 1, 4])[0].tolist() for each in matrices]


GOOD = {"matrices": np.eye(3)[np.newaxis], "floors": np.zeros((1, 2)), "sizes": np.array([1, 1], np.int32)}
REFUSED = {
    "matrices: a list": (
        TypeError,
        "matrices must be a C-contiguous float64 array with 3 dimensions",
        {"matrices": []},
    ),
    "matrices: one": (TypeError, "matrices must be a C-contiguous float64", {"matrices": np.eye(3)}),
    "matrices: turned": (TypeError, "matrices must be", {"matrices": np.asfortranarray(np.ones((2, 3, 3)))}),
    "matrices: not square": (ValueError, "matrices: 3 x 2 is not square", {"matrices": np.zeros((1, 3, 2))}),
    "matrices: no column": (
        ValueError,
        "matrices: 1 x 1 is not square, with one row",
        {"matrices": np.zeros((1, 1, 1))},
    ),
    "matrices: none at all": (ValueError, "matrices: 0 x 0 is not square", {"matrices": np.zeros((1, 0, 0))}),
    "floors: type": (TypeError, "floors must be a C-contiguous float64", {"floors": np.zeros((1, 2), np.int64)}),
    "floors: columns": (ValueError, r"floors: the shape is \(1, 3\), not \(1, 2\)", {"floors": np.zeros((1, 3))}),
    "floors: matrices": (ValueError, r"floors: the shape is \(2, 2\), not \(1, 2\)", {"floors": np.zeros((2, 2))}),
    "sizes: type": (TypeError, "sizes must be an array of int32", {"sizes": np.array([1, 1])}),
    "sizes: none": (ValueError, "sizes: 0 players, not 1 to 25", {"sizes": np.zeros(0, np.int32)}),
    "sizes: many": (ValueError, "sizes: 26 players, not 1 to 25", {"sizes": np.ones(26, np.int32)}),
    "sizes: empty": (ValueError, "sizes: player 1 has 0 columns", {"sizes": np.array([2, 0], np.int32)}),
    "sizes: negative": (ValueError, "sizes: player 0 has -1 columns", {"sizes": np.array([-1, 3], np.int32)}),
    "sizes: sum": (
        ValueError,
        "sizes: players have 3 columns together, and matrices have 2",
        {"sizes": np.array([1, 2], np.int32)},
    ),
    "interrupt": (
        ValueError,
        "interrupt must be None or a uint8 array of length 1",
        {"interrupt": np.zeros(2, np.uint8)},
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_arguments_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        _core.subset_shares(**(GOOD | bad))
