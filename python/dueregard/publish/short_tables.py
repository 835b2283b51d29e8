"""Findings in few columns, for terminals: short headings, short verdicts, and only the rows that compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import NO_DIFFERENCE, TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.amounts import in_points, unit_of
from dueregard.publish.cells import Column, grid
from dueregard.publish.readings import Row, by_columns, clean, known, remade, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

HEADINGS = {"estimate": "Difference", "low": "Low", "high": "High", "simultaneous_low": "Low*"}


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
    rows = rows_of(findings)
    groups = {clean(row["group"]) for row in rows if row["group"] is not None}
    references = {clean(row["reference"]) for row in rows if row["reference"] is not None}
    percent = " %" if in_points(unit_of(rows)) else ""
    heads = {
        **HEADINGS,
        "value": (groups.pop() if len(groups) == 1 else "Value") + percent,
        "reference_value": (references.pop() if len(references) == 1 else "Reference") + percent,
    }
    heads = {name: text for name, text in heads.items() if name in findings.columns}
    return [_short(column, rows) for column in grid(findings, headings=heads)]


def _short(column: Column, rows: Sequence[Row]) -> Column:
    if column.name == "verdict":
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
    levels = {row["confidence_level"] for row in rows_of(findings, "group") if known(row["confidence_level"])}
    said = [f"Low, high: {100 * levels.pop():.4g}% interval" if len(levels) == 1 else "Low, high: interval"]
    said = said if "low" in shown else []
    threshold, verdicts = findings.threshold, shown["verdict"].cells if "verdict" in shown else []
    size = "the difference taken as mattering" if threshold is None else f"{threshold:g}"
    if any(cell.endswith(", small") or cell == "no gap" for cell in verdicts):
        said.append(f"no gap, small: within the {size} percentage points taken as mattering" if threshold is not None
                    else f"no gap, small: less than {size}")  # fmt: skip
    row = unit_of(rows_of(findings))
    unit = "percentage points" if in_points(row) else clean(row["unit_of_measure"])
    return ["; ".join([f"Differences in {unit}", *said])]
