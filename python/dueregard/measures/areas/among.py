"""Groups of areas that are like each other, within which they are ranked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.measures.areas.ranked_figures import RankedFigures
from dueregard.missing import is_missing


def among_of(figures: RankedFigures, found: Mapping[tuple[Any, ...], Any]) -> list[Any]:
    """The group of areas of each row; None where it is not known."""
    groups = [found.get(area) for area in figures.areas]
    return [None if group is None or is_missing(group) else group for group in groups]


def of_mapping(mapping: Mapping[Any, Any], areas: Sequence[tuple[Any, ...]]) -> dict[tuple[Any, ...], Any]:
    """A mapping of areas to groups, in which every known area must be; several by columns make keys of tuples."""
    found: dict[tuple[Any, ...], Any] = {}
    for area in dict.fromkeys(areas):
        key = area[0] if len(area) == 1 else area
        if key in mapping:
            found[area] = mapping[key]
        elif not any(map(is_missing, area)):
            raise ValueError(f"among: {key!r} is in no group{did_you_mean(key, list(mapping))}")
    return found


def of_columns(areas: Sequence[tuple[Any, ...]], groups: Sequence[Any]) -> dict[tuple[Any, ...], Any]:
    """The group that stands beside each area; an area may be in one only."""
    found: dict[tuple[Any, ...], Any] = {}
    for area, group in zip(areas, groups, strict=True):
        known = found.setdefault(area, group)
        if known != group and not any(map(is_missing, area)):
            raise ValueError(f"among: {', '.join(map(repr, area))} is in {known!r} and in {group!r}")
    return found
