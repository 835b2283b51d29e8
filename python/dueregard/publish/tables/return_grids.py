"""The tables of returns: who has returned, what was set aside and what does not go together, in 80 characters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.readings import clean, fixed
from dueregard.publish.tables.shown import EMPTY, Row, Shown, number, remark, text

if TYPE_CHECKING:
    from dueregard.findings import Findings

REGISTER, ASIDE, INCONSISTENT, UNEXPECTED = "register", "set aside", "inconsistent", "unexpected"


def return_kind(findings: Findings) -> str | None:
    """Which findings of returns they are, if they are any."""
    if "file" not in findings.columns or findings.by[:1] != ("unit",):
        return None
    marks = {"days_late": REGISTER, "evidence": ASIDE, "row": INCONSISTENT}
    return next((kind for column, kind in marks.items() if column in findings.columns), UNEXPECTED)


def return_columns(findings: Findings) -> list[Shown] | None:
    """The columns of a table of returns; None for all other findings."""
    kind = return_kind(findings)
    if kind is None:
        return None
    remarked = any(note is not None for note in findings["note"])
    columns = [shown for shown in SHOWN[kind] if remarked or shown.name != "note"]
    if "round" in findings.columns and len(set(findings["round"])) > 1:
        columns[1:1] = [text("round", "Round", 12)]
    return columns


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
    REGISTER: (
        Shown("unit", "Unit", _subject, 24),
        Shown("count", "Number", _count, number=True),
        number("value", "Value (%)", lambda _, value: fixed(value, 1), EMPTY),
        text("verdict", "Verdict", 17),
        remark("note", "Note", 16),
    ),
    ASIDE: (
        text("unit", "Unit", 14),
        text("indicator", "Indicator", 9),
        text("answer", "Answer", 12),
        text("note", "Why", 36),
    ),
    INCONSISTENT: (
        text("measure", "Check", 18),
        text("unit", "Unit", 16),
        text("indicator", "Indicator", 9),
        Shown("answer", "Answer or number", _found, 12),
        text("note", "Why", 17),
    ),
    UNEXPECTED: (text("unit", "Unit", 24), text("note", "Why", 50)),
}
