"""What a table shows of a kind of findings: its columns, how each cell is written, and how much room it gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from dueregard.publish.readings import clean, known

Row = Mapping[str, Any]

EMPTY, UNKNOWN = "[z]", "[x]"


@dataclass(frozen=True)
class Shown:
    """A column: its name, heading and how a row's cell is written; the characters it gets, 0 for all it takes."""

    name: str
    heading: str
    write: Callable[[Row], str]
    room: int = 0
    number: bool = False


class Planned(NamedTuple):
    """A table that is laid out: its columns, the first of which names the row, and its rows; and for each row what it
    stands under, where rows that belong together have a heading of their own; what stands below the table; and what is
    to be said of some columns, where they are shown."""

    columns: Sequence[Shown]
    rows: Sequence[Row]
    headings: Sequence[str] = ()
    notes: Sequence[str] = ()
    of_columns: Mapping[str, str] = MappingProxyType({})


def text(name: str, heading: str, room: int = 0) -> Shown:
    """A column of texts."""
    return Shown(name, heading, lambda row: EMPTY if row.get(name) is None else clean(row[name]), room)


def remark(name: str, heading: str, room: int = 0) -> Shown:
    """A column of notes: blank where there is nothing to remark, which is not the same as not applicable."""
    return Shown(name, heading, lambda row: "" if row.get(name) is None else clean(row[name]), room)


def number(name: str, heading: str, write: Callable[[Row, float], str], missing: str = UNKNOWN) -> Shown:
    """A column of numbers."""
    return Shown(name, heading, lambda row: write(row, row[name]) if known(row.get(name)) else missing, number=True)


def span(write: Callable[[Row, float], str], low: str = "low", high: str = "high") -> Callable[[Row], str]:
    """Writes two ends."""

    def written(row: Row) -> str:
        ends = row.get(low), row.get(high)
        if not (known(ends[0]) and known(ends[1])):
            return EMPTY
        return f"{write(row, ends[0])} to {write(row, ends[1])}"

    return written


def counted(count: str, nobs: str) -> Callable[[Row], str]:
    """Writes a number of how many."""
    return lambda row: EMPTY if row.get(nobs) is None else f"{row[count]:,} of {row[nobs]:,}"
