"""How much the gaps of areas vary, in plain English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dueregard.inference.two_groups.variation import SPREAD
from dueregard.publish.readings import is_area, known
from dueregard.publish.sentences.wording import (
    Row,
    group_of,
    kinds_of,
    opening,
    percent_level,
    plural,
    reference_of,
    too_few,
)
from dueregard.publish.units.amounts import Unit, unit_of

STRIKING = 1.2
"""A largest gap this many times the one expected, or this many times below it, asks for a word."""


def variation(row: Row, by: Sequence[str], differs: bool | None, further: Sequence[Row] = ()) -> str:
    """What a row on variation says, with further levels; `differs` is what the test of all areas showed, if known."""
    return _spread(row, by, further) if is_spread(row) else _largest(row, by, differs)


def of_few_people(rows: Iterable[Row], by: Sequence[str]) -> set[Any]:
    """The measures and groups of which some area has too few people to describe, so that the largest gap may be that of
    a handful, of whom nothing is told."""
    areas = (row for row in rows if row["row_type"] == "group" and by and any(row[name] is not None for name in by))
    return {(row["measure"], row["group"]) for row in areas if known(row["estimate"]) and _few(row)}


def _few(row: Row) -> bool:
    sides = (row.get("count"), row.get("nobs")), (row.get("reference_count"), row.get("reference_nobs"))
    return any(too_few(*side) for side in sides)


def is_spread(row: Row) -> bool:
    """Whether a row is on how much gaps vary, not on the largest one."""
    return row["row_type"] == "variation" and str(row["method"]).startswith(SPREAD)


def is_beyond_chance(row: Row) -> bool:
    """Whether gaps are shown to vary: exactly when the p-value is below the level asked for."""
    return bool(row["low"] > unit_of(row).neutral)


def _gap(row: Row, unit: Unit) -> str:
    return f"{unit.gap} between {group_of(row)} and {reference_of(row)}"


def _spread(row: Row, by: Sequence[str], further: Sequence[Row]) -> str:
    """How much the gap of a group varies between areas."""
    unit = unit_of(row)
    gap, areas = f"the {_gap(row, unit)}", kinds_of(by)
    if not known(row["estimate"]):
        return opening(row, f"whether {gap} differs by {areas} cannot be said: too few {plural(by)} have cases.")
    if row["high"] == unit.neutral:
        return opening(
            row, f"{gap} shows no sign of differing by {areas}: it varies even less than chance alone would make it."
        )
    spread = f"({unit.spread(row['estimate'])}, {'; '.join(_interval(each, unit) for each in (row, *further))})"
    others = "".join(_elsewhere(row, other) for other in further)
    if is_beyond_chance(row):
        return opening(row, f"{gap} differs by {areas} beyond chance {spread}{others}.")
    return opening(
        row,
        f"there is no clear evidence that {gap} differs by {areas} beyond chance {spread}; "
        f"do not rank them by it{others}.",
    )


def _interval(row: Row, unit: Unit) -> str:
    return f"{percent_level(row)} interval {unit.spread_number(row['low'])} to {unit.spread_number(row['high'])}"


def _elsewhere(row: Row, other: Row) -> str:
    """That another level shows something else."""
    if is_beyond_chance(row) == is_beyond_chance(other):
        return ""
    shown = "shows it" if is_beyond_chance(other) else "does not show it"
    return f"; the {percent_level(other)} interval {shown}"


def _largest(row: Row, by: Sequence[str], differs: bool | None) -> str:
    """The largest gap seen, beside the largest to expect by chance, and what that adds to the test of all together."""
    if not known(row["estimate"]):
        return ""
    unit = unit_of(row)
    where = f"in any {kinds_of(by)}" if any(map(is_area, by)) else f"at any level of {kinds_of(by)}"
    text = f"the largest {_gap(row, unit)} {where} is {unit.largest(row['value'])}; "
    text += f"about {unit.largest_number(row['estimate'])} would be expected by chance if they did not differ"
    distances = unit.distance(row["value"]), unit.distance(row["estimate"])
    return opening(row, text + _beside_test(*distances, by, differs) + ".")


def _beside_test(seen: float, expected: float, by: Sequence[str], differs: bool | None) -> str:
    """How the largest gap goes with the test of all areas together, where the two seem to disagree."""
    together = f"all {plural(by)} taken together"
    if differs is False and seen > STRIKING * expected:
        return f". One gap may stand out, but {together} do not show more than chance, which can also do this"
    if differs is False and STRIKING * seen < expected:
        return ". So the largest gap too is no sign that they differ"
    if differs and seen < expected:
        return f". It is {together} that differ beyond chance, not the largest gap by itself"
    return ""
