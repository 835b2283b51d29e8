"""`dueregard.age_band`: exact ages in bands."""

from collections.abc import Sequence
from itertools import pairwise
from numbers import Integral
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.missing import NOT_STATED
from dueregard.records.classifications.series import cells_of, like

OLDEST = 130
"""Ages above it are codes for something else, such as 999 for unknown."""


def age_band(ages: Any, breaks: Sequence[int]) -> Any:
    """The band of each age, named as data.police.uk names them: "under 10", "10-17", "over 34".

    Parameters
    ----------
    ages : array, list or series of numbers
        Ages in years, in one dimension. 17.9 is 17. Null and NaN are "not stated".
    breaks : sequence of int
        The lowest age of each band but the first, ascending: ``[10, 18, 25, 35]`` makes "under 10", "10-17", "18-24",
        "25-34" and "over 34". With 0 as the first there is no band below it.

    Returns
    -------
    array of str
        One band for each age. Of a pandas or Polars series, a series of the same kind whose categories are in the order
        of age, so that a tally keeps it.

    Raises
    ------
    TypeError
        If an age is not a number, or a break no whole number.
    ValueError
        If an age is negative or above 130, naming the first, or the breaks do not ascend.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.age_band([9, 10, 17, 34, 35, None], [10, 18, 25, 35]).tolist()
    ['under 10', '10-17', '10-17', '25-34', 'over 34', 'not stated']
    """
    edges = _edges(breaks)
    numbers = _numbers(ages)
    names = _names(edges)
    band = np.where(np.isnan(numbers), len(names), np.searchsorted(edges, numbers, side="right"))
    if edges[0] == 0:
        names, band = names[1:], band - 1
    return like(ages, np.array([*names, NOT_STATED])[band], names)


def _edges(breaks: Sequence[int]) -> list[int]:
    edges = list(breaks) if hasattr(breaks, "__iter__") and not isinstance(breaks, str) else []
    if not edges:
        raise ValueError(f"breaks: {breaks!r} holds no ages; give for example [10, 18, 25, 35]")
    for edge in edges:
        if isinstance(edge, bool) or not isinstance(edge, Integral):
            raise TypeError(f"breaks: {edge!r} is not a whole number")
    for first, second in pairwise(edges):
        if second <= first:
            raise ValueError(f"breaks: {second} is not above {first}")
    if edges[0] < 0:
        raise ValueError(f"breaks: {edges[0]} is negative")
    return [int(edge) for edge in edges]


def _names(edges: Sequence[int]) -> list[str]:
    between = [f"{first}-{second - 1}" if second - first > 1 else str(first) for first, second in pairwise(edges)]
    return [f"under {edges[0]}", *between, f"over {edges[-1] - 1}"]


def _numbers(ages: Any) -> NDArray[np.float64]:
    numbers = np.array([_age(row, cell) for row, cell in enumerate(cells_of("ages", ages))], np.float64)
    bad = (numbers < 0) | (numbers > OLDEST)
    if bad.any():
        row = int(bad.argmax())
        raise ValueError(f"ages: {numbers[row]:g} at row {row} is {'negative' if numbers[row] < 0 else 'above 130'}")
    return numbers


def _age(row: int, cell: Any) -> float:
    if cell is None:
        return np.nan
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise TypeError(f"ages: {cell!r} at row {row} is not a number")
    return float(cell)
