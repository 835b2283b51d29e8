"""The cells of a table of findings: which columns, under which headings, and how each value is written.

Blank cells are not used. What is not a number is said in the shorthand of official statistics: [x] not available,
[z] not applicable, [low] rounds to zero, [u] low reliability.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag, words
from dueregard.inference.variation import SPREAD
from dueregard.measures.verdicts import TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.amounts import in_points, unit_of
from dueregard.publish.readings import (
    Row,
    area_of,
    by_columns,
    clean,
    is_all_areas,
    is_area,
    known,
    label,
    named,
    rows_of,
)

if TYPE_CHECKING:
    from dueregard.findings import Findings

SHORTHAND = {
    "[x]": "not available",
    "[z]": "not applicable",
    "[low]": "more than zero, but rounds to it",
    "[u]": "low reliability: fewer than 30 cases",
}
COUNTS = {"count": "Number", "nobs": "Base", "outcome_missing": "Answer missing", "reference_nobs": "Reference base"}
PERCENT = {"value": "Value", "reference_value": "Reference value"}
LIMITS = {
    "low": "Low",
    "high": "High",
    "simultaneous_low": "Simultaneous low",
    "simultaneous_high": "Simultaneous high",
}
PVALUES = {"pvalue": "p", "adjusted_pvalue": "Adjusted p"}
TEXTS = {"verdict": "Verdict", "flag": "Notes"}
SHOWN = ("count", "nobs", "value", "reference_value", "estimate", "low", "high", "verdict", "flag")
AT_ODDS = (
    "Each interval is for its row alone, each verdict allows for all the comparisons made at once: so an interval can "
    f"leave out 0 and its verdict still be '{TOO_FEW}'."
)
ROUNDED = "Differences are rounded from exact figures."
ROUNDING = 2  # tenths: what rounding three numbers can add up to
NUMBERS_IN_WORDS = frozenset({"times_needed"})
NOT_COMPARED = frozenset({"estimate", "low", "high", "verdict", "reference_value", *PVALUES})


@dataclass(frozen=True)
class Column:
    """One column as written: its heading, whether its cells are numbers, and the cells."""

    name: str
    heading: str
    number: bool
    cells: list[str]
    names_row: bool = False
    room: int = 0
    """Characters that a text table gives it where it takes more; 0 where it has all it takes."""


def grid(
    findings: Findings, columns: Sequence[str] | None = None, headings: Mapping[str, str] | None = None
) -> list[Column]:
    """The columns of a table, the first of them the name of the row.

    Raises
    ------
    ValueError
        If `columns` or `headings` name a column that the findings do not have.
    """
    check_names(findings, columns or ())
    check_names(findings, headings or ())
    rows = rows_of(findings)
    names = list(columns) if columns is not None else [*row_names(findings), *informative(findings, rows)]
    headings = {**default_headings(findings, rows), **(headings or {})}
    return [column(findings, name, clean(headings[name]), rows) for name in dict.fromkeys(names)]


def check_names(findings: Findings, names: Any) -> None:
    """Refuse a name that is not a column."""
    for name in names:
        if name not in findings.columns:
            raise ValueError(f"columns: no column {name!r} among {findings.columns}")


def row_names(findings: Findings) -> list[str]:
    """The columns that say what a row is: areas or units, then the group where there is more than one."""
    own = [name for name in ("unit", "section", "indicator") if name in findings.columns]
    names = list(dict.fromkeys([*own, *by_columns(findings)]))
    if "unit" not in own and len(set(findings["measure"])) > 1:
        names.insert(0, "measure")
    groups = {group for group in findings["group"] if group is not None}
    if len(groups) > 1 or (not names and groups):
        names.append("group")
    if "row_type" in findings.columns and "variation" in findings["row_type"] and not by_columns(findings):
        names.append("row_type")
    return names or ["measure"]


def informative(findings: Findings, rows: Sequence[Row]) -> list[str]:
    """The shown columns that say something: at least one value, and for flags at least one word."""
    present = [name for name in SHOWN if name in findings.columns]
    return [name for name in present if any(_says(name, row[name]) for row in rows)]


def _says(name: str, value: Any) -> bool:
    return bool(words(value)) if name == "flag" else value is not None and value == value


def default_headings(findings: Findings, rows: Sequence[Row]) -> dict[str, str]:
    """A heading for every column, with its unit."""
    units = {str(row["unit_of_measure"]) for row in rows if row.get("unit_of_measure")}
    percent = all(unit.startswith("percent") for unit in units)
    compared = any(known(row.get("estimate")) for row in rows)
    heads = {name: label(name) for name in findings.columns}
    heads |= COUNTS | PVALUES | TEXTS
    heads |= {name: f"{text} (%)" if percent else text for name, text in PERCENT.items()}
    references = {clean(row["reference"]) for row in rows if row.get("reference")}
    if len(references) == 1:
        only = references.pop()
        heads |= {"reference_value": only + (" (%)" if percent else ""), "reference_nobs": f"Base ({only})"}
    points = "(percentage points)" if percent else ""
    if compared and len(units) == 1 and not in_points(unit_of(rows)):
        points = f"({clean(units.pop())})"
    heads["estimate"] = f"Difference {points}".strip()
    return heads | _limit_heads(rows, ("(points)" if compared else "(%)") if percent else "")


def _limit_heads(rows: Sequence[Row], unit: str) -> dict[str, str]:
    """Limits of an interval carry its level; without one they are the ends of a range."""
    levels = _levels(row for row in rows if row.get("row_type") != "variation")
    said = f"{100 * levels.pop():.4g}% " if len(levels) == 1 else ""
    return {name: f"{said}{text if not said else text.lower()} {unit}".strip() for name, text in LIMITS.items()}


def _levels(rows: Iterable[Row]) -> set[float]:
    return {row["confidence_level"] for row in rows if known(row.get("confidence_level"))}


def column(findings: Findings, name: str, heading: str, rows: Sequence[Row]) -> Column:
    """One column with its cells written."""
    by = by_columns(findings)
    if name in by or name in ("unit", "section", "indicator", "group", "measure"):
        return Column(name, heading, False, [_label_cell(name, row, by) for row in rows], names_row=True)
    number = name in NUMBERS_IN_WORDS or (name not in TEXTS and not any(isinstance(row[name], str) for row in rows))
    return Column(name, heading, number, [cell(name, row) for row in rows])


def _label_cell(name: str, row: Row, by: Sequence[str]) -> str:
    value = row.get(name)
    if name in by and row.get("row_type") == "variation":
        spread = "Spread of areas" if any(map(is_area, by)) else "Spread"
        return spread if str(row.get("method")).startswith(SPREAD) else "Largest by chance"
    if name in by and value is None:
        return area_of(row, by) if is_all_areas(row, by) else "all"
    return "[z]" if value is None else named(value)


def cell(name: str, row: Row) -> str:
    """One value as written in a table.

    >>> cell("value", {"value": 0.04}), cell("estimate", {"estimate": float("nan"), "row_type": "reference"})
    ('[low]', '[z]')
    """
    value = row.get(name)
    if name == "flag":
        return "; ".join(words(value)) or "none"
    if value is None or value != value:
        return "[z]" if name in _empty_for(row) | NUMBERS_IN_WORDS else "[x]"
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float)):
        return clean(value)
    return _number(name, value) + (" [u]" if name in ("value", "estimate") and _small(row) else "")


def _empty_for(row: Row) -> frozenset[str]:
    """The columns that do not apply to a row: the reference and the groups not known are compared with nobody."""
    if row.get("row_type") == "variation":
        return frozenset({"count", "nobs", "value", "reference_value", "verdict"}) | frozenset(LIMITS)
    return NOT_COMPARED if row.get("row_type") == "reference" or is_missing(row.get("group")) else frozenset()


def _small(row: Row) -> bool:
    flag = row.get("flag")
    return isinstance(flag, int) and bool(Flag(flag) & Flag.SMALL_BASE)


def _number(name: str, value: float) -> str:
    if name in PVALUES:
        return "under 0.001" if value < 0.001 else f"{value:.3f}"
    if isinstance(value, int):
        return f"{value:,}"
    if value in (float("inf"), float("-inf")):
        return "infinite" if value > 0 else "-infinite"
    text = f"{value:,.1f}"
    if value > 0 and text == "0.0" and name in PERCENT:
        return "[low]"
    return "0.0" if text == "-0.0" else text


def reading_notes(columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """What the rows need to be read right: why an interval and its verdict may seem at odds, and how numbers round."""
    shown = {column.name for column in columns}
    notes = []
    if {"low", "high", "verdict"} <= shown and any(map(_seems_at_odds, rows)):
        notes.append(AT_ODDS)
    if {"value", "reference_value", "estimate"} <= shown and any(map(_rounds_apart, rows)):
        notes.append(ROUNDED)
    spreads = _levels(row for row in rows if row.get("row_type") == "variation" and known(row.get("low")))
    if "low" in shown and len(spreads) == 1 and spreads != _levels(r for r in rows if r.get("row_type") != "variation"):
        notes.append(f"The interval of the spread is a {100 * spreads.pop():.4g}% one.")
    return notes


def _seems_at_odds(row: Row) -> bool:
    """Whether an interval leaves out 0 and the verdict is that there is too little to tell."""
    if not (known(row.get("low")) and known(row.get("high"))):
        return False
    return str(row.get("verdict") or "").startswith(TOO_FEW) and (row["low"] > 0 or row["high"] < 0)


def _rounds_apart(row: Row) -> bool:
    """Whether the printed values differ by another number than the printed difference."""
    ends = [row.get(name) for name in ("value", "reference_value", "estimate")]
    if not all(map(known, ends)) or not all(map(math.isfinite, ends)):  # type: ignore[arg-type]
        return False
    value, against, gap = (round(10 * float(f"{end:.1f}")) for end in ends)
    return value - against != gap and abs(value - against - gap) <= ROUNDING


def shorthand_used(columns: Sequence[Column]) -> list[str]:
    """What the shorthand in these columns means, in its fixed order."""
    cells = {part for column in columns for text in column.cells for part in text.split() if part[0] == "["}
    return [f"{short} {meaning}" for short, meaning in SHORTHAND.items() if short in cells]
