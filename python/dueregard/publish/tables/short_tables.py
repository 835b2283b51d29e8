"""Findings in few columns, for terminals: short headings, short verdicts, and only the rows that compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import NO_DIFFERENCE, TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.levels import LIMITS, at_level, base_name, levels_of
from dueregard.publish.readings import Row, by_columns, clean, known, remade, rows_of
from dueregard.publish.tables.cells import Column, as_shown, grid
from dueregard.publish.tables.headings import known_levels, percent
from dueregard.publish.units.amounts import unit_of_rows

if TYPE_CHECKING:
    from dueregard.findings import Findings


def compares(findings: Findings) -> bool:
    """Whether findings are differences of groups by area: what is worth a table of its own in few columns."""
    return bool(by_columns(findings)) and any(known(row.get("estimate")) for row in rows_of(findings, "group"))


def compared(findings: Findings) -> Findings:
    """The findings without the rows that are compared with nobody: references, and groups that are not known."""
    return remade(findings, [row for row in rows_of(findings) if not _apart(row)])


def _apart(row: Row) -> bool:
    return row["row_type"] == "reference" or is_missing(row["group"])


def short_grid(findings: Findings) -> list[Column]:
    """The columns with short headings and verdicts."""
    rows, made = rows_of(findings), as_shown(findings)
    heads = {name: text for name, text in _short_headings(rows).items() if name in made.columns}
    return [_short(column) for column in grid(made, headings=heads)]


def _short_headings(rows: Sequence[Row]) -> dict[str, str]:
    """Headings without units, which the legend below the table says; limits with their level if there are several."""
    groups = {clean(row["group"]) for row in rows if row["group"] is not None}
    references = {clean(row["reference"]) for row in rows if row["reference"] is not None}
    unit, levels = unit_of_rows(rows), levels_of(rows)
    sign = f" {unit.value_unit}" if unit.value_unit else ""
    heads = {
        "estimate": unit.short_heading(),
        "value": (groups.pop() if len(groups) == 1 else "Value") + sign,
        "reference_value": unit.reference_heading(references.pop() if len(references) == 1 else "Reference") + sign,
    }
    for place in range(len(levels) or 1):
        said = f"{percent(levels[place])} " if len(levels) > 1 else ""
        words = zip(LIMITS, ("Low", "High", "Low*", "High*"), strict=True)
        heads |= {at_level(name, place): f"{said}{word.lower() if said else word}" for name, word in words}
        heads |= {at_level("verdict", place): f"{said}{'verdict' if said else 'Verdict'}"} if place else {}
    return heads


def _short(column: Column) -> Column:
    if base_name(column.name) == "verdict":
        return replace(column, cells=[short_verdict(cell) for cell in column.cells])
    if column.name == "value":  # the difference beside it says it too
        return replace(column, cells=[cell.removesuffix(" [u]") for cell in column.cells])
    return column


def short_verdict(verdict: str) -> str:
    """A verdict in a word or two.

    >>> short_verdict("too few to tell: 1.7 times the present numbers needed"), short_verdict("lower")
    ('too few', 'lower')
    >>> short_verdict("higher by less than 5 points"), short_verdict("no difference that matters")
    ('higher, small', 'no gap')
    """
    if verdict.startswith(TOO_FEW):
        return "too few"
    if verdict.startswith(NO_DIFFERENCE):
        return "no gap"
    word, _, small = verdict.partition(" by less than ")
    return f"{word}, small" if small else word


def legend(findings: Findings, columns: Sequence[Column]) -> list[str]:
    """What the short headings and verdicts leave out."""
    shown = {column.name: column for column in columns}
    unit, threshold = unit_of_rows(rows_of(findings)), findings.threshold
    levels = known_levels(rows_of(findings, "group"))
    said = [unit.legend()]
    if "low" in shown and at_level("low", 1) not in shown:
        said.append(f"Low, high: {percent(levels.pop())} interval" if len(levels) == 1 else "Low, high: interval")
    verdicts = [cell for name in shown if base_name(name) == "verdict" for cell in shown[name].cells]
    if any(cell.endswith(", small") or cell == "no gap" for cell in verdicts):
        said.append("no gap, small: less than the difference taken as mattering" if threshold is None
                    else f"no gap, small: within the {unit.mattering(threshold)}")  # fmt: skip
    return ["; ".join(said)] + (["* for all comparisons at once"] if "simultaneous_low" in shown else [])
