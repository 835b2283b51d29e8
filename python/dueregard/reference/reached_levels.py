"""Which level each unit reaches, from its counts of answers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

STATED, MISSING, NOT_ASSESSABLE = range(3)


def reached_levels(
    counts: NDArray[np.int32],
    meets: NDArray[np.uint8],
    asked: NDArray[np.uint8],
    states: NDArray[np.uint8],
    thresholds: NDArray[np.float64],
    every_group: bool,
) -> tuple[NDArray[np.int8], NDArray[np.int8], NDArray[np.int8]]:
    """The lowest level, with missing answers not met; the highest, with all of them met; and the highest level of which
    some stated answer counts as met. Levels count from 1; 0 is none.

    Raises
    ------
    ValueError
        If a count is negative, or the answers of a unit are more than 2**31 - 1: the first such unit.
    """
    tables = [table.tolist() for table in (meets, asked, states, thresholds)]
    levels: list[tuple[int, int, int]] = []
    for row, unit in enumerate(counts.tolist()):
        check_counts(row, unit)
        conditions = [conditions_of(unit, level, tables, every_group) for level in range(len(thresholds))]
        low, high, evidence = zip(*conditions, strict=True)
        levels.append((climb(low), climb(high), max((i + 1 for i, seen in enumerate(evidence) if seen), default=0)))
    lowest, highest, seen = np.array(levels, np.int8).reshape(-1, 3).T.copy()
    return lowest, highest, seen


def check_counts(row: int, unit: list[list[int]]) -> None:
    total = 0
    for group, group_counts in enumerate(unit):
        for answer, count in enumerate(group_counts):
            if count < 0:
                raise ValueError(f"counts: {count} of row {row}, group {group}, answer {answer} is negative")
            total += count
            if total > 2**31 - 1:
                raise ValueError(f"counts: row {row} has more than 2**31 - 1 answers")


def conditions_of(unit: list[list[int]], level: int, tables: list[Any], every_group: bool) -> tuple[bool, bool, bool]:
    """Of one level alone: whether it is reached with missing answers not met, with them met, and whether any is met."""
    meets, asked, states, thresholds = tables
    shares = [
        share(group_counts, meets[level], states) for group, group_counts in enumerate(unit) if asked[level][group]
    ]
    met, missing, assessable = (sum(numbers) for numbers in zip((0, 0, 0), *shares, strict=True))
    parts = [part for part in shares if part[2] > 0] if every_group else [(met, missing, assessable)]
    low = all(100.0 * met >= thresholds[level] * assessable for met, _, assessable in parts)
    high = all(100.0 * (met + missing) >= thresholds[level] * assessable for met, missing, assessable in parts)
    return assessable > 0 and low, assessable > 0 and high, met > 0


def share(counts: list[int], meets: list[int], states: list[int]) -> tuple[int, int, int]:
    """How many of a group's indicators are met, missing and assessable."""
    met = sum(n for n, meet, state in zip(counts, meets, states, strict=True) if meet and state == STATED)
    missing = sum(n for n, state in zip(counts, states, strict=True) if state == MISSING)
    return met, missing, sum(n for n, state in zip(counts, states, strict=True) if state != NOT_ASSESSABLE)


def climb(conditions: tuple[bool, ...]) -> int:
    """How many levels are reached from the first on, without a gap."""
    return (*conditions, False).index(False)
