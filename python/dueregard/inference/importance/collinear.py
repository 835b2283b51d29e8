"""Columns that say nothing that others do not say, by their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.importance.correlations import Correlations, correlations, read_cross
from dueregard.inference.importance.sweeps import sweep

PART = 1e-5
"""A smaller coefficient, on the scale of correlations, is rounding and not a part of what a column is made of."""

MadeOf = dict[int, tuple[int, ...]]


def made_of(cross: Any, controls: Sequence[int] = ()) -> MadeOf:
    """The columns that are made of others before them, controls first, and of which; of none where one is constant.

    Parameters
    ----------
    cross : array of float
        One matrix of cross-products, as `importance_of` takes it.
    controls : sequence of int
        Columns that come before the others.

    Returns
    -------
    dict
        By number of the column, in the order in which they come; empty where every column says something of its own.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.array([[1.0, 2, 0, 5], [1, 3, 1, 1], [1, 5, 2, 0], [1, 9, 2, 7]])
    >>> x = np.column_stack([rows, rows[:, 1] - 2 * rows[:, 2], [4.0, 0, 4, 1]])  # ones, columns 0 to 3, the outcome
    >>> made_of(x.T @ x)
    {3: (0, 1)}
    """
    matrices, _ = read_cross(cross)
    rest = [column for column in range(matrices.shape[-1] - 2) if column not in controls]
    found = correlations(matrices[:1])
    return made_in(found.products[0], found.floors[0], [*controls, *rest])


def made_in(products: Floats, floors: Floats, order: Sequence[int]) -> MadeOf:
    """The same of correlations (n, n) of which no more than ``floors`` (n,) is rounding, in this order of columns."""
    swept, before, redundant = products[np.newaxis].copy(), list[int](), MadeOf()
    for column in order:
        coefficient = np.abs(swept[0, :, column])
        _, done = sweep(swept, column, floors[column : column + 1])
        if done[0]:
            before.append(column)
        else:
            redundant[column] = tuple(sorted(other for other in before if coefficient[other] > PART))
    return redundant


def refuse(name: str, weight: Floats, found: Correlations, made: NDArray[np.bool_], order: Sequence[int]) -> None:
    """Refuse an outcome that does not vary, and columns that do not or are made of others: ``made``, in this order.

    ``weight`` is the sum of weights of each set of columns.
    """
    bad = np.flatnonzero((found.spread[:, -1] == 0) | made.any(axis=1))
    if not len(bad):
        return
    i = int(bad[0])
    where = f"{name}, matrix {i}" if len(found) > 1 else name
    if weight[i] <= 0:
        raise ValueError(f"{where}: the sum of weights, first of all, is {weight[i]:g} and not above 0")
    if found.spread[i, -1] == 0:
        raise ValueError(f"{where}: the outcome is constant")
    column, parts = next(iter(made_in(found.products[i], found.floors[i], order).items()))
    raise ValueError(f"{where}: column {column} {_words(parts)}")


def _words(parts: tuple[int, ...]) -> str:
    if not parts:
        return "is constant"
    *others, last = map(str, parts)
    return f"is made of columns {', '.join(others)} and {last}" if others else f"is made of column {last}"
