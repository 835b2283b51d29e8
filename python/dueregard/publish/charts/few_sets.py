"""How many sets of rows one chart draws: of more than a few those of all areas together, or the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from dueregard.publish.readings import ALL_AREAS, ALL_LEVELS

MOST_SETS = 6


class InArea(Protocol):
    """What stands for one area."""

    @property
    def area(self) -> str:
        """The name of the area."""


Some = TypeVar("Some", bound=InArea)


def few_sets(sets: Sequence[Some], most: int = MOST_SETS) -> list[Some]:
    """The sets that are drawn: all, or those of all areas together, or the first; `left_out` says how many are not."""
    if len(sets) <= most:
        return list(sets)
    whole = [each for each in sets if each.area in (ALL_AREAS, ALL_LEVELS)]
    return (whole or list(sets))[:most]


def left_out(n_sets: int, n_drawn: int) -> list[str]:
    """That some are not drawn."""
    return [not_drawn(n_sets - n_drawn)] if n_sets > n_drawn else []


def not_drawn(n: int) -> str:
    """How many are not drawn, for whoever has the table beside the chart.

    >>> not_drawn(32), not_drawn(1)
    ('32 more groups and areas are in the table', '1 more group or area is in the table')
    """
    return "1 more group or area is in the table" if n == 1 else f"{n:,} more groups and areas are in the table"
