"""The tables of plans: what is shown of each kind of their findings, in columns that fit 80 characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dueregard.plans.measures import NUMBER, RATE
from dueregard.publish.readings import ALL_AREAS, by_columns, clean, fixed, known, label, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

Row = Mapping[str, Any]

EMPTY, UNKNOWN = "[z]", "[x]"
SPARED = ("reference_value", "change_verdict")
"""Columns that are left out where no row has them: findings without a baseline."""


@dataclass(frozen=True)
class Shown:
    """A column: its name, heading and how a row's cell is written; the characters it gets, 0 for all it takes."""

    name: str
    heading: str
    write: Callable[[Row], str]
    room: int = 0
    number: bool = False


def plan_kind(findings: Findings) -> str | None:
    """Which findings of a plan they are, if they are any."""
    marks = {"course": "progress", "symbol": "scorecard", "update": "status", "known_part": "costs",
             "reservation": "recommendations", "mitigations_open": "assessments", "year_part": "periods",
             "set_aside": "set aside"}  # fmt: skip
    return next((kind for column, kind in marks.items() if column in findings.columns), None)


def plan_columns(findings: Findings) -> list[Shown] | None:
    """The columns of a table of a plan; None for all other findings."""
    kind = plan_kind(findings)
    if kind is None:
        return None
    rows = rows_of(findings)
    shown = [column for column in SHOWN[kind] if column.name not in SPARED or _any(rows, column.name)]
    extra = [_area(name) for name in by_columns(findings)] if kind in ("progress", "scorecard") else []
    if kind == "scorecard" and len({row["group"] for row in rows}) > 1:
        extra.append(text("group", "Group", 11))
    if not extra:
        return shown
    first = replace(shown[0], room=14 if kind == "scorecard" else 11)
    rest = [column for column in shown[1:] if column.name != "reference_value"]
    if len(extra) > 1:  # where there is no room for all, the interval goes before the target
        rest.sort(key=lambda column: column.name == "interval")
    return [first, *extra, *rest]


def _any(rows: Sequence[Row], name: str) -> bool:
    return any(row[name] is not None and row[name] == row[name] for row in rows)


def text(name: str, heading: str, room: int = 0) -> Shown:
    """A column of texts."""
    return Shown(name, heading, lambda row: EMPTY if row.get(name) is None else clean(row[name]), room)


def number(name: str, heading: str, write: Callable[[Row, float], str], missing: str = UNKNOWN) -> Shown:
    """A column of numbers."""
    return Shown(name, heading, lambda row: write(row, row[name]) if known(row.get(name)) else missing, number=True)


def _area(name: str) -> Shown:
    """A column of areas."""
    return Shown(name, label(name), lambda row: ALL_AREAS if row[name] is None else clean(row[name]), 11)


def value_text(row: Row, value: float) -> str:
    """A value in the unit of its measure: shares with their sign, ratios with two decimals.

    >>> value_text({"measured_in": "percent"}, 97.26), value_text({"measured_in": "rate ratio"}, 2.868)
    ('97.3%', '2.87')
    """
    unit = row.get("measured_in")
    if unit in ("ratio", "rate ratio") or (unit is None and row.get("unit_of_measure") in ("ratio", "rate ratio")):
        return fixed(value, 2)
    if unit in (NUMBER, RATE) and value == int(value):
        return fixed(value, 0)
    return fixed(value, 1) + ("%" if unit == "percent" else "")


def change_text(row: Row, change: float) -> str:
    """A change in the unit of changes: of ratios a factor, of all else with its sign."""
    if row.get("measured_in") in ("ratio", "rate ratio"):
        return f"x{change:.2f}"
    return fixed(change, 1, signed=True)


def _span(write: Callable[[Row, float], str], low: str = "low", high: str = "high") -> Callable[[Row], str]:
    def written(row: Row) -> str:
        ends = row.get(low), row.get(high)
        if not (known(ends[0]) and known(ends[1])):
            return EMPTY
        return f"{write(row, ends[0])} to {write(row, ends[1])}"

    return written


def _of(count: str, nobs: str) -> Callable[[Row], str]:
    return lambda row: EMPTY if row.get(nobs) is None else f"{row[count]:,} of {row[nobs]:,}"


def _pounds(row: Row, value: float) -> str:
    return fixed(value, 0)


def _subject(row: Row) -> str:
    return clean(row["text"] if row.get("text") is not None else row["measure"])


def _reading(row: Row) -> str:
    """A reading, or how much was done of what was due."""
    if row["count"] is not None and row["measure"].endswith("due and done"):
        return _of("count", "nobs")(row)
    return value_text(row, row["value"]) if known(row["value"]) else UNKNOWN


SHOWN: dict[str, Sequence[Shown]] = {
    "progress": (
        text("measure", "Measure", 16),
        number("reference_value", "Before", value_text),
        number("value", "Now", value_text),
        number("estimate", "Change", change_text),
        Shown("interval", "95% interval", _span(change_text), 9),
        text("verdict", "Change is", 8),
        number("target", "Target", value_text, EMPTY),
        text("course", "Course", 9),
    ),
    "scorecard": (
        text("measure", "Measure", 18),
        text("symbol", "Mark"),
        text("verdict", "Verdict", 8),
        number("value", "Now", value_text),
        Shown("interval", "Interval", _span(value_text), 9),
        number("reference_value", "Before", value_text),
        number("target", "Target", value_text, EMPTY),
        text("change_verdict", "Change is", 8),
    ),
    "status": (
        text("item", "Item", 6),
        text("text", "What", 22),
        text("owner", "Owner", 14),
        text("due", "Due"),
        text("verdict", "Status", 11),
        Shown("days", "Days", lambda row: EMPTY if row["days"] is None else f"{row['days']:,}", number=True),
    ),
    "costs": (
        Shown("objective", "Objective", lambda row: "All" if row["objective"] is None else clean(row["objective"]), 10),
        Shown("year", "Year", lambda row: "all" if row["year"] is None else clean(row["year"])),
        text("measure", "Sum"),
        number("value", "Pounds", _pounds),
        number("known_part", "Known part", _pounds),
        Shown("count", "Known", _of("count", "nobs"), number=True),
        text("verdict", "Verdict", 11),
    ),
    "recommendations": (
        text("item", "Item", 6),
        Shown("text", "Recommendation", _subject, 20),
        text("answer", "Answer", 13),
        text("decides", "Decides", 12),
        Shown("count", "Done or number", _of("count", "nobs"), 7),
        text("verdict", "Status", 11),
    ),
    "assessments": (
        text("item", "Item", 6),
        Shown("text", "Assessment", _subject, 18),
        text("due", "Due"),
        text("done", "Completed"),
        Shown("mitigations_open", "Open", _of("mitigations_open", "mitigations"), 7),
        Shown("count", "Number", _of("count", "nobs"), 7),
        text("verdict", "Status", 9),
    ),
    "periods": (
        text("measure", "Measure", 30),
        text("period", "Period", 10),
        Shown("value", "Value", _reading, number=True),
        Shown("interval", "95% interval", _span(value_text), 14),
        text("verdict", "Verdict", 11),
    ),
    "set aside": (text("measure", "Table", 14), text("item", "Item", 10), text("note", "Why", 50)),
}  # fmt: skip
