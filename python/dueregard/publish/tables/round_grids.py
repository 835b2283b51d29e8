"""The tables of rounds: thresholds crossed, answers changed, and progress from one assessment to another."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.readings import fixed, known
from dueregard.publish.tables.shown import EMPTY, UNKNOWN, Row, Shown, number, remark, span, text
from dueregard.publish.tables.shown_parts import any_known, any_text, listed, names_of_rows, percents

DIRECTIONS = {
    ("not met", "met"): "up",
    ("met", "not met"): "down",
    ("cannot tell", "met"): "now met",
    ("cannot tell", "not met"): "now not met",
}


def crossing_columns(rows: Sequence[Row], by: Sequence[str]) -> list[Shown]:
    """Who crossed what, from where to where, between which rounds."""
    return [
        *names_of_rows(by, {}, 16),
        number("reference_value", "Held at", lambda _, value: f"{value:g}%"),
        Shown("value", "Score (%)", _before_and_after, number=True),
        Shown("verdict", "Crossed", _direction, 11),
        text("from_round", "From", 15),
        text("to_round", "To", 15),
    ]


def _before_and_after(row: Row) -> str:
    ends = (percents(row, row[name]) if known(row[name]) else UNKNOWN for name in ("before", "value"))
    return " to ".join(ends)


def _direction(row: Row) -> str:
    before, _, after = str(row["verdict"]).partition(" to ")
    return DIRECTIONS.get((before, after), "cannot tell")


def change_columns(rows: Sequence[Row], by: Sequence[str]) -> list[Shown]:
    """Which answers changed, from what to what."""
    return [
        text("unit", "Unit", 16),
        text("indicator", "Indicator"),
        text("verdict", "Change"),
        text("before", "Before", 13),
        text("after", "After", 13),
        text("to_round", "Round", 12),
        text("from_round", "Round before", 12),
        text("section", "Section"),
        text("text", "Text", 40),
    ]


def progress_columns(rows: Sequence[Row], by: Sequence[str]) -> list[Shown]:
    """The scores of both, the change beside what to expect without action, and the indicators that made it."""
    open_ = any(known(row["low"]) and row["low"] != row["high"] for row in rows)
    return [
        text("unit", "Unit", 13),
        number("reference_value", "Before (%)", percents),
        number("value", "After (%)", percents),
        number("estimate", "Change (points)", _points),
        *([Shown("expected_rise", "Without action", _rise, number=True)] if any_known(rows, "expected_rise") else []),
        text("verdict", "Verdict", 10),
        *([Shown("gained", "Gained", listed("gained", " ", 8, "estimate"), 10)] if any_text(rows, "gained") else []),
        *([Shown("lost", "Lost", listed("lost", " ", 8, "estimate"), 5)] if any_text(rows, "lost") else []),
        *([Shown("interval", "Range of change", span(_points), 16)] if open_ else []),
        *([remark("note", "Note", 14)] if any_text(rows, "note") else []),
    ]


def _rise(row: Row) -> str:
    """What would have come anyway; not available where it cannot be known, not applicable to units not chosen."""
    if known(row["expected_rise"]):
        return _points(row, row["expected_rise"])
    return UNKNOWN if row["chosen"] else EMPTY


def _points(row: Row, value: float) -> str:
    return fixed(value, 1, signed=True)
