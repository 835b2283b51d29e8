"""The subsets of players that a Shapley average is over, and what each counts for: all, or those of some orders.

A subset is a number whose bit j says that player j is in. A player's share is the mean over orders of what the value
rises by when the player joins those before: a sum over subsets of coefficients times values.
"""

from math import comb
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.random_keys import Key

Integers = NDArray[np.int64]

EXACT = 10
"""Of as many players, all subsets may be taken where each is a fit or a mean of its own."""
N_ORDERS = 200
"""Of more, at least so many random orders."""
FEWEST_ROUNDS = 4
"""Rounds of orders, for their spread to say how far off their mean may be."""


class Subsets(NamedTuple):
    """Subsets in order, each after those of its own players, ``(s,)``; coefficients ``(s, p)``; orders, if sampled."""

    subset: Integers
    coefficient: Floats
    orders: Integers | None

    def shares(self, values: Floats) -> Floats:
        """The share of each player, ``(p,)``, from the value of each subset, ``(s,)``."""
        return np.asarray(values @ self.coefficient)

    def monte_carlo_error(self, values: Floats) -> Floats:
        """The standard error of shares through having sampled orders, ``(p,)``; 0 where all subsets were taken.

        Orders come in rounds, whose means are independent of one another.
        """
        p = self.coefficient.shape[1]
        if self.orders is None:
            return np.zeros(p)
        value = np.diff(values[np.searchsorted(self.subset, _prefixes(self.orders))], axis=1)
        rises = np.empty(self.orders.shape)
        np.put_along_axis(rises, self.orders, value, axis=1)
        rounds = rises.reshape(-1, 2 * p, p).mean(axis=1)
        return np.asarray(rounds.std(axis=0, ddof=1) / np.sqrt(len(rounds)))


def all_subsets(p: int) -> Subsets:
    """All 2^p subsets of p players: Shapley, L. S. (1953), A value for n-person games.

    Examples
    --------
    >>> found = all_subsets(2)
    >>> found.coefficient.tolist()
    [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]]
    """
    subset = np.arange(2**p, dtype=np.int64)
    is_in = (subset[:, np.newaxis] >> np.arange(p)) & 1 == 1
    size = is_in.sum(axis=1)
    before = by_set_size(p)
    joins, stays_out = np.append(0.0, before)[size], np.append(before, 0.0)[size]
    return Subsets(subset, np.where(is_in, joins[:, np.newaxis], -stays_out[:, np.newaxis]), None)


def by_set_size(p: int) -> Floats:
    """In what part of all orders of p players a set of s others comes just before one of them: s! (p - 1 - s)! / p!.

    Examples
    --------
    >>> by_set_size(3).round(3).tolist()
    [0.333, 0.167, 0.333]
    """
    return np.array([1 / (p * comb(p - 1, s)) for s in range(p)])


def sampled_subsets(p: int, n_orders: int, key: Key) -> Subsets:
    """The subsets of at least ``n_orders`` random orders, in whole rounds, and those of one player and of all but one.

    A round is an order, its p - 1 rotations, and all of them backwards: everybody is once in every place, and 2 p
    orders share p (p - 1) subsets. Orders that are independent take twice as many, and as what a player adds depends
    above all on how many came before, their error is many times larger. Sampling: Castro, J., Gomez, D. and Tejada, J.
    (2009), Computers & Operations Research 36: 1726-1730; backwards: Mitchell, R. et al. (2022), Journal of Machine
    Learning Research 23 (43). Round i is the same whatever the number of rounds.
    """
    n_rounds = max(FEWEST_ROUNDS, -(-n_orders // (2 * p)))
    orders = np.concatenate([_round(p, key, i) for i in range(n_rounds)])
    prefix = _prefixes(orders)
    bits = np.left_shift(1, np.arange(p, dtype=np.int64))
    subset = np.unique(np.concatenate([prefix.ravel(), bits, 2**p - 1 - bits]))
    coefficient = np.zeros((len(subset), p))
    place = np.searchsorted(subset, prefix)
    np.add.at(coefficient, (place[:, 1:], orders), 1 / len(orders))
    np.add.at(coefficient, (place[:, :-1], orders), -1 / len(orders))
    return Subsets(subset, coefficient, orders)


def _round(p: int, key: Key, i: int) -> Integers:
    first = np.argsort(np.random.Philox(key=key, counter=[0, 0, 0, i]).random_raw(p), kind="stable")
    rotations = np.array([np.roll(first, -shift) for shift in range(p)])
    return np.concatenate([rotations, rotations[:, ::-1]]).astype(np.int64)


def _prefixes(orders: Integers) -> Integers:
    """The subsets that each order goes through, from nobody to all, ``(n, p + 1)``."""
    joined = np.cumsum(np.left_shift(1, orders), axis=1)
    return np.hstack([np.zeros((len(orders), 1), np.int64), joined])
