"""Coefficients of sets give what each factor adds, averaged over orders."""

from itertools import permutations

import numpy as np
import pytest

from dueregard.inference.decomposition.factor_orders import all_orders, drawn_orders
from dueregard.inference.importance.shapley_values import shapley_values


@pytest.mark.parametrize("p", [1, 2, 3, 5])
def test_all_orders_are_those_of_shapley_values(p):
    values = np.random.default_rng(p).normal(size=2**p)
    found = sum(share * values[subset] for subset, share in all_orders(p))
    assert found == pytest.approx(shapley_values(values), abs=1e-12)


def test_they_are_what_going_through_every_order_gives():
    values = np.random.default_rng(9).normal(size=8)
    expected = np.zeros(3)
    for order in permutations(range(3)):
        subset = 0
        for factor in order:
            expected[factor] += (values[subset | 1 << factor] - values[subset]) / 6
            subset |= 1 << factor
    assert sum(share * values[subset] for subset, share in all_orders(3)) == pytest.approx(expected)


def test_orders_by_chance_add_up_too_and_come_near():
    values = np.random.default_rng(4).normal(size=2**6)
    key = np.array([3, 4], np.uint64)
    found = sum(share * values[subset] for subset, share in drawn_orders(6, 2000, key))
    assert found.sum() == pytest.approx(values[-1] - values[0], abs=1e-10)
    assert found == pytest.approx(shapley_values(values), abs=0.1)
    again = sum(share * values[subset] for subset, share in drawn_orders(6, 2000, key))
    assert (found == again).all()
