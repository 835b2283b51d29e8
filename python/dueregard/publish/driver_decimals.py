"""How many decimals gains, and differences between them, have in a table or chart: all of one as many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dueregard.publish.readings import finite

LEAST = 0.05
"""What is nearer to none than this is none with one decimal."""
GAIN = ("gain", "gain_low", "gain_high")
DIFFERENCE = ("estimate", "low", "high")


def gain_digits(rows: Iterable[Mapping[str, Any]], names: tuple[str, str, str] = GAIN) -> int:
    """One, and two where one would make a gain none, or a limit of one that is told from none.

    >>> gain_digits([{"gain": 1.93, "gain_low": -0.02, "gain_high": 2.1}])
    1
    >>> gain_digits([{"gain": 1.93, "gain_low": 0.02, "gain_high": 2.1}])
    2
    """
    return 2 if any(0 < abs(value) < LEAST for row in rows for value in _seen(row, *names)) else 1


def _seen(row: Mapping[str, Any], figure: str, low: str, high: str) -> list[float]:
    """What must not look like none: a figure, and limits that leave it out."""
    limits = finite([row.get(low), row.get(high)])
    is_told = len(limits) == 2 and (limits[0] > 0 or limits[1] < 0)
    return [*finite([row.get(figure)]), *(limits if is_told else [])]
