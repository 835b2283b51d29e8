"""Factors of records that are another column under another name, which no decomposition can hold equal."""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE
from dueregard.inference.checked import Floats
from dueregard.measures.model_columns import ModelColumn
from dueregard.measures.model_rows import ModelRows

EXACTLY = 1e-12
"""How much of a column may be left when it is told by another, for rounding."""


def check_factors(rows: ModelRows) -> None:
    """Refuse a factor that is the outcome, or another category, under another name.

    Of few people a factor may tell the outcome by chance. Numbers that are made of others are for the model to refuse.
    """
    inside = rows.weighs
    outcome = rows.outcome.values[inside]
    for column in rows.columns:
        if len(outcome) >= SMALL_BASE and np.ptp(outcome) > 0 and _tells(column, column.values[inside], outcome):
            raise ValueError(
                f"factors: {column.name!r} tells without exception what the outcome {rows.outcome.name!r} is, so that "
                "nothing is left to compare; leave it out"
            )
    categories = [column for column in rows.columns if column.levels is not None]
    for first, second in combinations(categories, 2):
        if _are_same(first.values[inside], second.values[inside]):
            raise ValueError(f"factors: {second.name!r} divides people as {first.name!r} does; leave one of them out")


def _tells(column: ModelColumn, values: NDArray[np.generic], outcome: Floats) -> bool:
    """Whether the outcome is the same at each level, or moves in step with a number."""
    if column.levels is None:
        numbers = np.asarray(values, np.float64)
        spread = np.ptp(numbers)
        return bool(spread > 0 and 1 - np.corrcoef(numbers, outcome)[0, 1] ** 2 < EXACTLY)
    codes = np.asarray(values, np.int64)
    least, most = np.full(len(column.levels), np.inf), np.full(len(column.levels), -np.inf)
    np.minimum.at(least, codes, outcome)
    np.maximum.at(most, codes, outcome)
    return bool((most <= least).all())


def _are_same(first: NDArray[np.generic], second: NDArray[np.generic]) -> bool:
    """Whether two categories divide people alike, into two levels at least."""
    pairs = np.unique(np.column_stack([first, second]), axis=0)
    return len(pairs) > 1 and all(len(np.unique(side)) == len(pairs) for side in pairs.T)
