"""What each player adds to any function of sets of players, averaged over all orders."""

from __future__ import annotations

from typing import Any

import numpy as np

from dueregard import _core
from dueregard import threads as parts
from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.importance.players import MOST


def shapley_values(values: Any, *, threads: int | None = None) -> Floats:
    """Shapley values of players, from the value of every set of them.

    Parameters
    ----------
    values : array of float
        Shape (..., 2**p) for p players, from 1 to 25. Player j is in the set at the index whose binary digit j, counted
        from the lowest, is 1: of two players, index 0 is nobody, 1 the first, 2 the second, 3 both. The unit is any.
    threads : int, optional
        At most this many; one for each processor where there is enough to do. The figures are the same.

    Returns
    -------
    array of float
        Shape (..., p), in the unit of the values. They sum to the value of all players less that of nobody. A player
        who never adds anything has exactly 0; a value that is NaN makes all of its table NaN.

    Raises
    ------
    TypeError, ValueError
        If values are no numbers, one is infinite, or there are not 2**p of them.

    Notes
    -----
    A player's value is what the player adds to those before, averaged over the p! orders in which players can come: the
    only division that sums to the whole, treats alike those who add the same, gives nothing to who adds nothing, and
    adds up where functions do. Shapley, L. S. (1953), A value for n-person games; for decompositions, Shorrocks, A. F.
    (2013), Decomposition procedures for distributional analysis: a unified framework based on the Shapley value,
    Journal of Economic Inequality 11: 99-126.

    Examples
    --------
    A gap of 7 points; with equal ages it would be 4, with equal deprivation 5, with both 3:

    >>> import dueregard as dr
    >>> dr.shapley_values([0, 7 - 4, 7 - 5, 7 - 3])
    array([2.5, 1.5])
    """
    array = checked.numbers_or_unknown("values", values)
    n_sets = array.shape[-1] if array.ndim else 0
    if n_sets not in [2**p for p in range(1, MOST + 1)]:
        raise ValueError(
            f"values: the shape {array.shape} is not (..., 2**p) for any number of players p from 1 to {MOST}"
        )
    tables = np.ascontiguousarray(array.reshape(-1, n_sets))

    def work(first: int, stop: int, interrupt: parts.Interrupt) -> Floats:
        return _core.shapley_average(tables[first:stop], interrupt)

    n_threads = max(1, min(parts.choose(threads, max(1, tables.size)), len(tables)))
    found = np.concatenate(parts.over_ranges(work, len(tables), n_threads))
    return found.reshape(*array.shape[:-1], found.shape[1])
