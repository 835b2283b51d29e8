"""Which columns of a text table fit a width, and how much room each of them gets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dueregard.publish.levels import CONTROL, LIMITS, SHRUNKEN, base_name, place_of
from dueregard.publish.tables.cells import Column

GAP = 2  # characters between columns of text
SPARED = ("count", "nobs", "effective_nobs", "flag")
SIDES = (("value", "reference_value"), ("group_share", "reference_share"))
"""Figures of both groups, of which neither says much alone in a table that is laid out."""
ENDS = (*LIMITS, *CONTROL, *SHRUNKEN)


def closely_fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """The columns of a short table that fit: without counts, and names of rows in what room the others leave."""
    spared = [column for column in columns if column.name not in SPARED]
    if total(spared) > width:
        spared = [column for column in spared if not column.name.startswith(("simultaneous_", "verdict@"))]
    kept = {column.name for column in fitting(_closely_narrowed(spared, width), width)}
    return _closely_narrowed([column for column in spared if column.name in kept], width)


def _closely_narrowed(columns: Sequence[Column], width: int) -> list[Column]:
    named = sum(_width_of(column) + GAP for column in columns if column.names_row)
    return narrowed(columns, width, max(width // 4, width - total(columns) + named - GAP))


def narrowed(columns: Sequence[Column], width: int, room: int | None = None) -> list[Column]:
    """The columns with long names of rows on several lines, where there is no room for all.

    The names get `room` characters, half the width unless given.

    Else one long label would leave no room for any number.
    """
    from rich.cells import cell_len

    names = [i for i, column in enumerate(columns) if column.names_row]
    if total(columns) <= width or len(names) == len(columns):
        return list(columns)
    rooms = {i: _width_of(columns[i]) for i in names}
    for _ in range(sum(rooms.values()) + GAP * (len(names) - 1) - (width // 2 if room is None else room)):
        rooms[max(rooms, key=lambda i: rooms[i])] -= 1
    words = {i: [word for text in (columns[i].heading, *columns[i].cells) for word in text.split()] for i in names}
    least = {i: min(max(map(cell_len, words[i]), default=1), width // 4) for i in names}
    return [replace(column, room=max(rooms[i], least[i])) if i in rooms else column for i, column in enumerate(columns)]


def fitting(columns: Sequence[Column], width: int) -> list[Column]:
    """The columns that fit a width: counts go first, differences last, names of rows never, one limit alone never.

    Of a table that is laid out the last column goes first.
    """
    chosen = list(columns)
    compares = any(column.name == "estimate" for column in columns)
    audits = any(column.name == "printed_at" for column in columns)
    while total(chosen) > width:
        others = [column for column in reversed(chosen[1:]) if not column.names_row]
        if not others:
            break
        first = min(others, key=lambda column: (0, 0) if column.planned else _worth(column.name, compares, audits))
        chosen = [column for column in chosen if column is not first and not _goes_with(column, first)]
    names = {column.name for column in chosen}
    return [column for column in chosen if base_name(column.name) not in ENDS or names >= _pair(column.name)]


def _worth(name: str, compares: bool, audits: bool) -> tuple[int, int]:
    """How long a column stays; those of further levels go before those of the first, in an audit the verdict last."""
    if audits and name in ("verdict", "low", "high"):
        return (100 if name == "verdict" else 0), 0
    expendable = ["flag", "simultaneous_high", "simultaneous_low", *reversed(CONTROL), "weight", "verdict"]
    expendable += ["reference_value", *reversed(SHRUNKEN)]
    expendable += [*(["value"] if compares else []), "expected_by_chance"]
    expendable += ["high", "low", "value", "shrunken", "estimate"]
    base = base_name(name)
    if place_of(name) and base in ("low", "high"):
        return expendable.index("reference_value"), 1
    return (expendable.index(base) if base in expendable else -1), -place_of(name)


def _pair(name: str) -> set[str]:
    """Both limits of an interval."""
    return {name.replace("low", end).replace("high", end) for end in ("low", "high")}


def _goes_with(column: Column, other: Column) -> bool:
    """Whether a column says nothing without another one."""
    sides = column.planned and any({column.name, other.name} == set(pair) for pair in SIDES)
    return sides or _other_end(column.name, other.name)


def _other_end(name: str, of: str) -> bool:
    """Whether a column is the other limit of the interval that `of` is one of."""
    return base_name(of) in ENDS and name in _pair(of)


def total(columns: Sequence[Column]) -> int:
    """What columns take, with the gaps between them."""
    return sum(map(_width_of, columns)) + GAP * (len(columns) - 1)


def _width_of(column: Column) -> int:
    """A heading may wrap between words, a cell only where it has been given less room than it takes."""
    from rich.cells import cell_len

    return column.room or max(cell_len(text) for text in [*column.heading.split(), *column.cells])


def widths_of(columns: Sequence[Column], width: int) -> list[int]:
    """Room for every cell, and what is left over for headings on fewer lines, from the first column on."""
    from rich.cells import cell_len

    widths = [min(_width_of(column), width) for column in columns]
    spare = width - sum(widths) - GAP * (len(columns) - 1)
    for i, column in enumerate(columns):
        more = min(max(0, cell_len(column.heading) - widths[i]), max(0, spare))
        if more + widths[i] >= cell_len(column.heading):
            widths[i] += more
            spare -= more
    return _widened(columns, widths, spare)


def _widened(columns: Sequence[Column], widths: list[int], spare: int) -> list[int]:
    """What is still left over goes to columns of a table laid out that have less room than they take."""
    from rich.cells import cell_len

    for i, column in enumerate(columns):
        takes = max(map(cell_len, column.cells), default=0) if column.planned and column.room else 0
        more = min(max(0, takes - widths[i]), max(0, spare))
        widths[i] += more
        spare -= more
    return widths
