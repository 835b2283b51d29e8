"""How many sets of rows one chart draws: of more than a few the one of all areas together."""

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
    """The sets that are drawn.

    Raises
    ------
    ValueError
        If there are too many, and none of them is of all areas together.
    """
    if len(sets) <= most:
        return list(sets)
    whole = [each for each in sets if each.area in (ALL_AREAS, ALL_LEVELS)]
    if not whole or len(whole) > most:
        raise ValueError(
            f"findings: {len(sets)} groups and areas are too many for one chart; choose up to {most}, such as "
            "findings.filter(group=[...])"
        )
    return whole


def left_out(n_sets: int, n_drawn: int, most: int = MOST_SETS) -> list[str]:
    """That some are not drawn."""
    if n_sets == n_drawn:
        return []
    return [f"{n_sets - n_drawn} groups and areas are not drawn; up to {most} can be chosen"]
