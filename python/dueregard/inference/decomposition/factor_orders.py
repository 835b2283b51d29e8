"""How often each set of factors stands before another in orders of them: all orders, or some drawn by chance."""

from collections.abc import Iterator
from math import factorial

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Shares = Iterator[tuple[int, Floats]]
"""Sets as binary numbers, factor j at digit j, and what the value of a set counts for in the mean of each factor."""


def all_orders(p: int) -> Shares:
    """Every set: what a factor adds, averaged over all orders, is a sum of values of sets with these coefficients.

    Examples
    --------
    >>> [(each, share.tolist()) for each, share in all_orders(2)]
    [(0, [-0.5, -0.5]), (1, [0.5, -0.5]), (2, [-0.5, 0.5]), (3, [0.5, 0.5])]
    """
    for subset in range(2**p):
        inside = np.array([bool(subset >> j & 1) for j in range(p)])
        size = int(inside.sum())
        with_it = factorial(size - 1) * factorial(p - size) / factorial(p) if size else 0.0
        without = factorial(size) * factorial(p - size - 1) / factorial(p) if size < p else 0.0
        yield subset, np.where(inside, with_it, -without)


def drawn_orders(p: int, n_orders: int, key: NDArray[np.uint64]) -> Shares:
    """The sets that come up in random orders, each order also backwards."""
    generator = np.random.Generator(np.random.Philox(key=key))
    found: dict[int, Floats] = {}
    for _ in range(n_orders):
        order = generator.permutation(p)
        for each in (order, order[::-1]):
            subset = 0
            for factor in each:
                larger = subset | 1 << int(factor)
                for step, sign in ((subset, -1), (larger, 1)):
                    found.setdefault(step, np.zeros(p))[factor] += sign / (2 * n_orders)
                subset = larger
    yield from sorted(found.items(), key=lambda item: item[0])
