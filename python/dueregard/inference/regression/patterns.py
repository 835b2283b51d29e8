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
        The pattern of each row.
    """

    x: Floats
    y: Integers
    weight: Floats
    code: Integers
    place: Integers


def patterns(x: Floats, y: Integers, weight: Floats) -> Patterns:
    """The different rows of ``x`` (n, k) with ``y`` (n,), and their weights.

    Examples
    --------
    >>> found = patterns(np.array([[5.0], [3.0], [5.0]]), np.array([1, 0, 1]), np.array([1.0, 2.0, 0.5]))
    >>> found.x.tolist(), found.y.tolist(), found.weight.tolist(), found.place.tolist()
    ([[3.0], [5.0]], [0, 1], [2.0, 1.5], [1, 0, 1])
    """
    code = np.column_stack([np.unique(column, return_inverse=True)[1] for column in (*x.T, y)]).astype(np.int64)
    key = keys(code)
    order = np.lexsort((weight, key))
    is_first = np.diff(key[order], prepend=-1) != 0
    first = np.flatnonzero(is_first)
    place = np.empty(len(key), np.int64)
    place[order] = np.cumsum(is_first) - 1
    row = order[first]
    return Patterns(x[row], y[row], np.add.reduceat(weight[order], first), code[row], place)


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
