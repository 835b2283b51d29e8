"""What drivers explain in many matrices at once: exactly, and over some orders alone."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.importance.explained_shares import changes_over_orders, explained_shares
from dueregard.inference.importance.players import Players
from dueregard.inference.importance.relative_importance import importance_of


def crossed(seed, n=5, k=4, rows=40):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, rows, k)) + rng.normal(size=(n, rows, 1))
    y = x @ rng.normal(size=k) + rng.normal(size=(n, rows))
    full = np.concatenate([np.ones((n, rows, 1)), x, y[:, :, np.newaxis]], axis=2)
    return np.swapaxes(full, 1, 2) @ full


PLAYERS = (
    Players(((0,), (1,), (2,), (3,)), ()),
    Players(((0, 3), (1,), (2,)), ()),
    Players(((2,), (0, 1)), (3,)),
)


@given(st.integers(0, 2**32 - 1), st.sampled_from(PLAYERS))
@settings(max_examples=30, deadline=None)
def test_they_are_those_of_importance_of(seed, players):
    cross = crossed(seed)
    expected = importance_of(cross, groups=players.groups, controls=players.controls).lmg
    np.testing.assert_allclose(explained_shares(cross, players), expected, rtol=1e-9, atol=1e-12)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_changes_over_some_orders_sum_to_the_change_of_all_that_is_explained(seed):
    cross = crossed(seed, n=4, k=6)
    players = Players(((0, 1), (2,), (3,), (4,)), (5,))
    change = changes_over_orders(cross[1:], cross[0], players)
    exact = explained_shares(cross[1:], players) - explained_shares(cross[:1], players)
    np.testing.assert_allclose(change.sum(axis=1), exact.sum(axis=1), atol=1e-6)
    np.testing.assert_allclose(change, exact, atol=0.05)


def test_four_drivers_have_nearly_all_orders_among_200():
    cross = crossed(3, n=6)
    change = changes_over_orders(cross[1:], cross[0], PLAYERS[0])
    exact = explained_shares(cross[1:], PLAYERS[0]) - explained_shares(cross[:1], PLAYERS[0])
    np.testing.assert_allclose(change, exact, atol=0.02)


def test_a_column_that_a_replicate_lacks_adds_nothing():
    cross = crossed(1)
    cross[2, 2, :] = cross[2, :, 2] = 0.0
    found = explained_shares(cross, PLAYERS[0])
    assert found[2, 1] == 0 and (found[[0, 1, 3, 4], 1] > 0).all()
    assert changes_over_orders(cross[2:3], cross[0], PLAYERS[0])[0, 1] == pytest.approx(-found[0, 1], abs=0.05)


def test_threads_change_nothing():
    cross = crossed(2, n=50, k=6)
    players = Players(tuple((i,) for i in range(6)), ())
    assert (explained_shares(cross, players, 1) == explained_shares(cross, players, 3)).all()
