"""Shapley values of tables: the compiled function against its twin, the definition over orders, and the laws."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import shapley_average as twin

NUMBERS = st.floats(-1e6, 1e6)


@st.composite
def tables(draw, most=5):
    p, n = draw(st.integers(1, most)), draw(st.integers(0, 3))
    values = draw(st.lists(NUMBERS, min_size=n * 2**p, max_size=n * 2**p))
    return np.array(values, float).reshape(n, 2**p)


def tolerance(values):
    return 1e-14 * (1 + np.abs(values).max(initial=0.0))


@settings(max_examples=150, deadline=None)
@given(tables())
def test_it_equals_the_twin_and_sums_to_the_whole(values):
    found = _core.shapley_average(values)
    np.testing.assert_allclose(found, twin.shapley_average(values).reshape(found.shape), rtol=0, atol=tolerance(values))
    whole = values[:, -1] - values[:, 0]
    np.testing.assert_allclose(found.sum(axis=1), whole, rtol=0, atol=10 * tolerance(values))


@settings(max_examples=50, deadline=None)
@given(tables(4))
def test_it_is_the_mean_over_all_orders(values):
    p = values.shape[1].bit_length() - 1
    expected = np.zeros((len(values), p))
    orders = list(permutations(range(p)))
    for order in orders:
        before = 0
        for player in order:
            expected[:, player] += (values[:, before | 1 << player] - values[:, before]) / len(orders)
            before |= 1 << player
    np.testing.assert_allclose(_core.shapley_average(values), expected, rtol=0, atol=10 * tolerance(values))


@settings(max_examples=50, deadline=None)
@given(tables(4), st.data())
def test_who_adds_nothing_has_exactly_nothing_and_changes_nothing(values, data):
    p = values.shape[1].bit_length() - 1
    place = data.draw(st.integers(0, p))
    sets = np.arange(2 ** (p + 1))
    found = _core.shapley_average(np.ascontiguousarray(values[:, sets & 2**place - 1 | sets >> place + 1 << place]))
    assert (found[:, place] == 0).all()
    others = np.delete(found, place, axis=1)
    np.testing.assert_allclose(others, _core.shapley_average(values), rtol=0, atol=10 * tolerance(values))


def test_who_adds_the_same_has_the_same():
    sizes = np.array([bin(set_).count("1") for set_ in range(2**10)], float)
    found = _core.shapley_average(np.sqrt(sizes)[np.newaxis])
    np.testing.assert_allclose(found, np.sqrt(10) / 10, rtol=1e-14)


def test_many_players_lose_nothing_to_rounding():
    p, rng = 20, np.random.default_rng(5)
    values = rng.random((1, 2**p))
    assert _core.shapley_average(values).sum() == pytest.approx(values[0, -1] - values[0, 0], abs=1e-13)


def test_a_value_that_is_not_known_leaves_other_tables_alone():
    values = np.array([[0, 1, 2, np.nan], [0, 1, 2, 3]])
    found = _core.shapley_average(values)
    assert np.isnan(found[0]).all() and found[1].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("error", "message", "values"),
    [
        (TypeError, "values must be a C-contiguous float64 array with 2 dimensions", [[0.0, 1.0]]),
        (TypeError, "values must be a C-contiguous float64", np.zeros((1, 2), np.float32)),
        (TypeError, "values must be a C-contiguous float64", np.zeros(2)),
        (TypeError, "values must be a C-contiguous float64", np.zeros((2, 4))[:, ::2]),
        (ValueError, "values: 3 is not 2\\*\\*p for any number of players p from 1 to 25", np.zeros((1, 3))),
        (ValueError, "values: 1 is not 2", np.zeros((1, 1))),
        (ValueError, "values: 67108864 is not 2", np.broadcast_to(0.0, (0, 2**26)).copy()),
        (ValueError, "values: 0 is not 2", np.zeros((1, 0))),
    ],
)
def test_bad_arguments_are_refused(error, message, values):
    with pytest.raises(error, match=message):
        _core.shapley_average(values)
