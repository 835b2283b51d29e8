"""Columns that tables of surveys, trends and ranks have in common: areas, figures, limits, verdicts, bases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.verdicts import NO_DIFFERENCE, TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.levels import at_level, base_name, place_of, side_by_side
from dueregard.publish.readings import area_of, clean, is_area, known, label, named, rows_of
from dueregard.publish.tables.headings import default_headings
from dueregard.publish.tables.shown import EMPTY, UNKNOWN, Row, Shown, number
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.rate_units import rate_text

if TYPE_CHECKING:
    from dueregard.findings import Findings

BREAK, LOW = "[b]", " [u]"
ROOM_OF_AREAS, ROOM_OF_GROUPS, ROOM_OF_VERDICTS = 18, 15, 10
MOST_LEVELS = 4


def shown_rows(findings: Findings) -> list[Row]:
    """The rows, one for all confidence levels."""
    return list(rows_of(side_by_side(findings)))


def headings_for(findings: Findings) -> dict[str, str]:
    """The usual headings of the columns, with units and levels."""
    rows = [row for row in rows_of(findings) if row["row_type"] != "variation"]
    return default_headings(side_by_side(findings).columns, rows)


def is_compared(row: Row) -> bool:
    """Whether a row is a group that is held against another, not the reference or people of no known group."""
    return row["row_type"] == "group" and not (row["group"] is not None and is_missing(row["group"]))


def left_out(rows: Sequence[Row], kept: Sequence[Row]) -> list[str]:
    """The note on rows that a table does not show."""
    number_of = sum(row["row_type"] != "variation" for row in rows) - len(kept)
    if not number_of:
        return []
    are = "row is left out that is" if number_of == 1 else "rows are left out that are"
    return [f"{number_of:,} {are} compared with nobody."]


def area_columns(by: Sequence[str], room: int = ROOM_OF_AREAS) -> list[Shown]:
    """A column for each name of areas."""
    return [_area(name, by, room) for name in by]


def _area(name: str, by: Sequence[str], room: int) -> Shown:
    def written(row: Row) -> str:
        if row.get(name) is None:
            return area_of(dict(row), by) if all(row.get(other) is None for other in by) else "all"
        return named(row[name])

    return Shown(name, label(name), written, room if is_area(name) else ROOM_OF_GROUPS)


def group_columns(rows: Sequence[Row], room: int = ROOM_OF_GROUPS) -> list[Shown]:
    """The column of groups, where there are several."""
    if len({row["group"] for row in rows}) < 2:
        return []
    return [Shown("group", "Group", lambda row: EMPTY if row["group"] is None else named(row["group"]), room)]


def figure(name: str, heading: str, write: Callable[[Row, float], str], compared: bool = False) -> Shown:
    """A column of numbers that a break in the series, or a reference (of one that ``compared``), has none in."""

    def written(row: Row) -> str:
        if known(row.get(name)):
            return write(row, row[name]) + (LOW if name == of_few(row) else "")
        return nothing(row, EMPTY if compared and not is_compared(row) else UNKNOWN)

    return Shown(name, heading, written, number=True)


def of_few(row: Row) -> str:
    """The figure of a row that is marked as resting on few cases: the estimate, or the value where there is none. A gap
    that is only assumed rests on none."""
    flag = row["flag"]
    if "half_width" in row or not (isinstance(flag, int) and Flag.SMALL_BASE in Flag(flag)):
        return ""
    return "estimate" if known(row.get("estimate")) else "value"


def nothing(row: Row, otherwise: str = EMPTY) -> str:
    """What stands where there is no figure or verdict."""
    return BREAK if isinstance(row["flag"], int) and Flag.BREAK_IN_SERIES in Flag(row["flag"]) else otherwise


def value_text(row: Row, value: float) -> str:
    """A value of one group, or of everybody."""
    return rate_text(value) if row.get("basis") is not None else unit_of(row).value_cell(value)


def difference_text(row: Row, value: float) -> str:
    """An estimate."""
    return unit_of(row).cell(value)


def limit_text(row: Row, value: float) -> str:
    """A limit of an estimate, or of a value that is compared with nothing."""
    if known(row["estimate"]):
        return unit_of(row).cell(value, True)
    return value_text(row, value)


def limit_columns(heads: dict[str, str], rows: Sequence[Row]) -> list[Shown]:
    """Both limits of each level."""
    names = [at_level(name, place) for place in range(MOST_LEVELS) for name in ("low", "high")]
    return [figure(name, heads[name], limit_text, compared=True) for name in names
            if name in heads and any(known(row.get(name)) for row in rows)]  # fmt: skip


def verdict_columns(heads: dict[str, str], rows: Sequence[Row], write: Callable[[Row, str], str]) -> list[Shown]:
    """The verdict, at each level if they differ."""
    names = [name for name in heads if base_name(name) == "verdict" and any(row.get(name) for row in rows)]
    return [_verdict(name, heads[name], write) for name in sorted(names, key=place_of)]


def _verdict(name: str, heading: str, write: Callable[[Row, str], str]) -> Shown:
    return Shown(name, heading, lambda row: write(row, row[name]) if row.get(name) else nothing(row), ROOM_OF_VERDICTS)


def brief(row: Row, verdict: str) -> str:
    """A verdict in few words.

    >>> brief({}, "too few to tell: 1.7 times the present numbers needed"), brief({}, "lower by less than 5 points")
    ('too few', 'lower, under 5 points')
    """
    if verdict.startswith(TOO_FEW):
        return "too few"
    if verdict == NO_DIFFERENCE:
        return "no gap that matters"
    return clean(verdict).replace(" by less than ", ", under ")


def places(low: object, high: object) -> str:
    """From which rank to which.

    >>> places(1.0, 17.0), places(4, 4), places(None, None)
    ('1 to 17', '4', '[z]')
    """
    if not (known(low) and known(high)):
        return EMPTY
    return f"{low:.0f}" if low == high else f"{low:.0f} to {high:.0f}"


def base_columns(rows: Sequence[Row], heading: str = "Base") -> list[Shown]:
    """How many cases, and what those of a weighted survey are worth."""
    worth = [figure("effective_nobs", "Effective base", lambda row, value: f"{value:,.0f}")]
    base = number("nobs", heading, lambda row, value: f"{value:,}")
    return [base, *(worth if any(known(row.get("effective_nobs")) for row in rows) else [])]
