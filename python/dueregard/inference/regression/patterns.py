"""Rows that are alike, once each with their weights added up: surveys have few different answers."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Integers = NDArray[np.int64]
LARGEST_KEY = 2**62


class Patterns(NamedTuple):
    """The different rows of some columns, in order, and where each of the n rows is among them.

    Attributes
    ----------
    x : array of float64, shape (m, k)
    y : array of int64, shape (m,)
        The level of the outcome.
    weight : array of float64, shape (m,)
        Sums of weights, the same bits whatever the order of the rows.
    code : array of int64, shape (m, k + 1)
        The place of each value among the different ones of its column; y comes last.
    place : array of int64, shape (n,)
        The pattern of each row; -1 for a row of weight 0, which is in none.
    """

    x: Floats
    y: Integers
    weight: Floats
    code: Integers
    place: Integers

    def to_rows(self, values: Floats) -> Floats:
        """What is known of each pattern, ``(m, ...)``, row by row ``(n, ...)``: 0 for a row of weight 0."""
        found = np.asarray(values[self.place])
        found[self.place < 0] = 0
        return found


def patterns(x: Floats, y: Integers, weight: Floats) -> Patterns:
    """The different rows of ``x`` (n, k) with ``y`` (n,), and their weights.

    Examples
    --------
    >>> found = patterns(np.array([[5.0], [3.0], [5.0]]), np.array([1, 0, 1]), np.array([1.0, 2.0, 0.5]))
    >>> found.x.tolist(), found.y.tolist(), found.weight.tolist(), found.place.tolist()
    ([[3.0], [5.0]], [0, 1], [2.0, 1.5], [1, 0, 1])
    """
    weighs = np.flatnonzero(weight > 0)
    x, y, weight, n = x[weighs], y[weighs], weight[weighs], len(weight)
    code = np.column_stack([np.unique(column, return_inverse=True)[1] for column in (*x.T, y)]).astype(np.int64)
    key = keys(code)
    order = np.lexsort((weight, key))
    is_first = np.diff(key[order], prepend=-1) != 0
    first = np.flatnonzero(is_first)
    place = np.full(n, -1, np.int64)
    place[weighs[order]] = np.cumsum(is_first) - 1
    row = order[first]
    return Patterns(x[row], y[row], np.add.reduceat(weight[order], first), code[row], place)


def coarser(found: Patterns, columns: Integers) -> Patterns:
    """The different rows of some of the columns; ``place`` is that of each old pattern among the new."""
    code = found.code[:, np.append(columns, found.code.shape[1] - 1)]
    first, place = np.unique(keys(code), return_index=True, return_inverse=True)[1:]
    weight = np.bincount(place, found.weight).astype(np.float64)
    return Patterns(found.x[np.ix_(first, columns)], found.y[first], weight, code[first], place.astype(np.int64))


def keys(code: Integers) -> Integers:
    """One whole number from 0 for each row of codes, ordered as the rows are."""
    key, size = np.zeros(len(code), np.int64), 1
    for column in code.T:
        n = int(column.max(initial=0)) + 1
        if size * n >= LARGEST_KEY:
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            size = int(key.max(initial=0)) + 1
        key, size = key * n + column, size * n
    return key
