"""The tables of returns: who has returned, what was set aside and what does not go together, in 80 characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.readings import clean, fixed, rows_of
from dueregard.publish.tables.shown import EMPTY, Planned, Row, Shown, number, remark, text

if TYPE_CHECKING:
    from dueregard.findings import Findings


def return_table(findings: Findings) -> Planned:
    """The table of returns."""
    remarked = any(note is not None for note in findings["note"])
    columns = [shown for shown in SHOWN[findings.kind] if remarked or shown.name != "note"]
    if "round" in findings.columns and len(set(findings["round"])) > 1:
        columns[1:1] = [text("round", "Round", 12)]
    return Planned(columns, rows_of(findings))


def _subject(row: Row) -> str:
    """The unit, or in the first rows what was counted."""
    words = clean(row["measure"] if row["unit"] is None else row["unit"])
    return words if row["unit"] is not None else words[:1].upper() + words[1:]


def _count(row: Row) -> str:
    """A number, of how many where that is known."""
    if row["count"] is None:
        return EMPTY
    return f"{row['count']:,}" + ("" if row["nobs"] is None else f" of {row['nobs']:,}")


def _found(row: Row) -> str:
    """Of a check the number found, of an answer what it was."""
    return _count(row) if row["count"] is not None else clean(row["answer"])


SHOWN: dict[str, Sequence[Shown]] = {
    "register": (
        Shown("unit", "Unit", _subject, 24),
        Shown("count", "Number", _count, number=True),
        number("value", "Value (%)", lambda _, value: fixed(value, 1), EMPTY),
        text("verdict", "Verdict", 17),
        remark("note", "Note", 16),
    ),
    "returns set aside": (
        text("unit", "Unit", 14),
        text("indicator", "Indicator", 9),
        text("answer", "Answer", 12),
        text("note", "Why", 36),
    ),
    "inconsistent answers": (
        text("measure", "Check", 18),
        text("unit", "Unit", 16),
        text("indicator", "Indicator", 9),
        Shown("answer", "Answer or number", _found, 12),
        text("note", "Why", 17),
    ),
    "unexpected returns": (text("unit", "Unit", 24), text("note", "Why", 50)),
}
