"""Columns as a plain table that fits a terminal; quick for thousands of rows."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import Any

GAP = "   "
NARROWEST = 4


def table_text(columns: Mapping[str, Sequence[Any]], width: int = 80) -> str:
    """A table with numbers to the right and long labels wrapped.

    Parameters
    ----------
    columns : mapping of str to sequence
        Columns of equal length. None is shown as "All".
    width : int
        The most characters in a line, as long as every column has room for a few.

    Examples
    --------
    >>> print(table_text({"borough": ["Barnet", None], "count": [1200, 3400]}))
    borough   count
    ───────────────
    Barnet    1,200
    All       3,400
    """
    right = [all(_is_number(value) for value in values) for values in columns.values()]
    headings = [_visible(str(name)) for name in columns]
    rows = [[_shown(value) for value in row] for row in zip(*columns.values(), strict=True)]
    widths = _fitted([max(map(_width, cells)) for cells in zip(headings, *rows, strict=True)], right, width)
    rule = "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    lines = [*_lines(headings, widths, right), rule]
    for row in rows:
        lines += _lines(row, widths, right)
    return "\n".join(lines)


def _fitted(widths: list[int], right: Sequence[bool], width: int) -> list[int]:
    """Take from the widest column of labels until the line fits; numbers keep their room."""
    widths = list(widths)
    excess = sum(widths) + len(GAP) * (len(widths) - 1) - width
    for _ in range(excess):
        labels = [i for i, number in enumerate(right) if not number and widths[i] > NARROWEST]
        if not labels:
            break
        widths[max(labels, key=lambda i: widths[i])] -= 1
    return widths


def _lines(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> list[str]:
    if all(_width(cell) <= room for cell, room in zip(cells, widths, strict=True)):
        return [_line(cells, widths, right)]
    wrapped = [wrap(cell, room) or [""] for cell, room in zip(cells, widths, strict=True)]
    return [_line(parts, widths, right) for parts in zip_longest(*wrapped, fillvalue="")]


def _line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    spaces = [" " * (room - _width(cell)) for cell, room in zip(cells, widths, strict=True)]
    placed = [
        space + cell if number else cell + space for cell, space, number in zip(cells, spaces, right, strict=True)
    ]
    return GAP.join(placed).rstrip()


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len  # some letters take two places

    return cell_len(text)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _shown(value: Any) -> str:
    if value is None:
        return "All"
    if not _is_number(value):
        return _visible(str(value))
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"


def _visible(text: str) -> str:
    """Labels from data may hold line ends and control characters, which must not reach a terminal."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
