"""Subsets of players and what they count for: Shapley averages of any values, exact and from sampled orders."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.importance.shapley_subsets import FEWEST_ROUNDS, all_subsets, sampled_subsets
from dueregard.inference.importance.shapley_values import shapley_values
from dueregard.inference.random_keys import key_of


def by_orders(values, p):
    """What each player adds, averaged over all orders, one after the other."""
    total = [0.0] * p
    orders = list(permutations(range(p)))
    for order in orders:
        subset = 0
        for player in order:
            total[player] += values[subset | 1 << player] - values[subset]
            subset |= 1 << player
    return np.array(total) / len(orders)


def concave(p, seed=0):
    """Values that rise ever less as players join, as explained variance does."""
    rng = np.random.default_rng(seed)
    own = rng.uniform(0.5, 2, p)
    sums = np.array([own[[j for j in range(p) if subset >> j & 1]].sum() for subset in range(2**p)])
    return np.sqrt(sums) + 0.02 * rng.normal(size=2**p)


@pytest.mark.parametrize("p", [1, 2, 3, 5])
def test_all_subsets_give_the_average_over_all_orders(p):
    values = np.random.default_rng(p).normal(size=2**p)
    subsets = all_subsets(p)
    assert subsets.shares(values) == pytest.approx(by_orders(values, p))
    assert subsets.shares(values) == pytest.approx(shapley_values(values))
    assert subsets.monte_carlo_error(values).tolist() == [0.0] * p


@given(st.integers(1, 9), st.integers(1, 80), st.integers(0, 99))
def test_sampled_shares_sum_to_the_whole_and_players_are_equally_often_everywhere(p, n_orders, seed):
    subsets = sampled_subsets(p, n_orders, key_of(seed))
    values = np.random.default_rng(seed).normal(size=2**p)
    assert subsets.shares(values[subsets.subset]).sum() == pytest.approx(values[-1] - values[0])
    assert len(subsets.orders) >= max(n_orders, FEWEST_ROUNDS * 2 * p)
    places = np.stack([(subsets.orders == player).sum(axis=0) for player in range(p)])
    assert (places == len(subsets.orders) // p).all()
    assert (np.sort(subsets.orders, axis=1) == np.arange(p)).all()


def test_sampled_subsets_hold_the_empty_the_whole_single_players_and_all_but_one():
    subsets = sampled_subsets(6, 1, key_of(3)).subset.tolist()
    wanted = {0, 63, *(1 << j for j in range(6)), *(63 ^ 1 << j for j in range(6))}
    assert wanted <= set(subsets)
    assert subsets == sorted(set(subsets))
    assert len(subsets) < 64


def test_more_rounds_begin_as_fewer_do():
    few, many = (sampled_subsets(7, n, key_of(5)).orders for n in (56, 140))
    assert many[: len(few)].tolist() == few.tolist()
    assert sampled_subsets(7, 56, key_of(6)).orders.tolist() != few.tolist()


def test_the_error_said_is_the_error_made():
    values, p = concave(8), 8
    exact, errors, said = shapley_values(values), [], []
    for seed in range(200):
        subsets = sampled_subsets(p, 96, key_of(seed))
        some = values[subsets.subset]
        errors.append(subsets.shares(some) - exact)
        said.append(np.square(subsets.monte_carlo_error(some)))
    made = np.sqrt(np.square(errors).mean(axis=0))
    assert np.sqrt(np.mean(said, axis=0)) == pytest.approx(made, rel=0.2)
    assert (made < 0.1 * exact).all()
    assert np.mean(errors, axis=0) == pytest.approx(0, abs=4 * made.max() / np.sqrt(200))
