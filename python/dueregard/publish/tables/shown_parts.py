"""Columns and cells that the tables of assessments have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from dueregard.publish.readings import clean, fixed, known, label
from dueregard.publish.tables.shown import EMPTY, Row, Shown

ROOM_OF_NAMES = 24


def names_of_rows(by: Sequence[str], whole: Mapping[str, str], room: int = ROOM_OF_NAMES) -> list[Shown]:
    """The columns that say what a row is about; `whole` names the rows that stand for all others."""
    if not by:
        return [Shown("all", "All", lambda row: "All units together")]
    return [_name(name, whole.get(name, EMPTY), room) for name in by]


def _name(name: str, whole: str, room: int) -> Shown:
    return Shown(name, label(name), lambda row: whole if row.get(name) is None else clean(row[name]), room)


def percents(row: Row, value: float) -> str:
    """A percentage with one decimal; more than zero is never written as zero.

    >>> percents({}, 83.33), percents({}, 0.04), percents({}, 0.0)
    ('83.3', '[low]', '0.0')
    """
    return "[low]" if 0 < value < 0.05 else fixed(value, 1)


def decimal(value: float, digits: int = 1) -> str:
    """A number with its sign as a hyphen, which tables for people turn into a minus sign; never "-0.0".

    >>> decimal(-1.13), decimal(-0.04), decimal(-0.04, 2)
    ('-1.1', '0.0', '-0.04')
    """
    text = f"{value:,.{digits}f}"
    return text if any(digit in text for digit in "123456789") else text.removeprefix("-")


def of_asked(row: Row) -> str:
    """How many met of how many that were asked for, where any were.

    >>> of_asked({"count": 14, "nobs": 18}), of_asked({"count": 0, "nobs": 0})
    ('14 of 18', '[z]')
    """
    return f"{row['count']:,} of {row['nobs']:,}" if row["nobs"] else EMPTY


def pvalue(row: Row, value: float) -> str:
    """A p-value as all tables write it."""
    return "under 0.001" if value < 0.001 else f"{value:.3f}"


def listed(name: str, apart: str, most: int, known_by: str | None = None) -> Callable[[Row], str]:
    """Writes a list, the first of it where there are more than `most`, and how many more.

    An empty one is none where the row has a number in the column ``known_by``, else not applicable.
    """

    def written(row: Row) -> str:
        if row.get(name) is None:
            return "none" if known_by and known(row[known_by]) else EMPTY
        parts = clean(row[name]).split(apart)
        if len(parts) <= most + 1:  # "and 1 more" would take the room of the one it leaves out
            return apart.join(parts)
        return f"{apart.join(parts[:most])} and {len(parts) - most:,} more"

    return written


def any_text(rows: Sequence[Row], name: str) -> bool:
    """Whether any row has a text here."""
    return any(row.get(name) is not None for row in rows)


def any_known(rows: Sequence[Row], name: str) -> bool:
    """Whether any row has a number here."""
    return any(known(row.get(name)) for row in rows)
