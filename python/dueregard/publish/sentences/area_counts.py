"""In how many areas something is so: what is said of many areas, instead of a sentence for each."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.units.area_units import areas_word

FEW_AREAS = 3
"""So many areas are told one by one, more are counted."""
MOST_NAMED = 4
"""So many of those that are counted are named."""


def of_areas(n: int, by: Sequence[str]) -> str:
    """How many areas there are.

    >>> of_areas(32, ["borough"])
    'of the 32 boroughs'
    """
    return f"of the {n:,} {areas_word(by)}"


def counted(names: Sequence[str]) -> str:
    """How many they are, and which if they are few.

    >>> counted(["Barnet", "Brent"]), counted(["a", "b", "c", "d", "e"]), counted([])
    ('2 (Barnet and Brent)', '5', 'none')
    """
    if not names:
        return "none"
    return f"{len(names):,} ({listing(names)})" if len(names) <= MOST_NAMED else f"{len(names):,}"


def ways(down: str, up: str, lower: Sequence[str], higher: Sequence[str]) -> str:
    """In how many areas something went either way.

    >>> ways("lower", "higher", ["Barnet", "Brent"], []), ways("lower", "higher", [], [])
    ('lower in 2 (Barnet and Brent) and higher in none', 'lower or higher in none')
    """
    if not lower and not higher:
        return f"{down} or {up} in none"
    return f"{down} in {counted(lower)} and {up} in {counted(higher)}"
