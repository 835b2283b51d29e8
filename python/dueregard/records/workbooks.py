"""Workbooks of any kind: what would fill the memory is refused by its cells, and empty cells are never walked over."""

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile, is_zipfile

LARGEST = 200_000_000
"""A workbook that unpacks to more bytes than this is refused."""

MOST_ELEMENTS = 1_000_000
"""A workbook of more elements than this is refused: a cell takes two, up to a kilobyte once it is made."""

MOST_JOINED = 200_000
"""A workbook with more cells than this merged or under links is refused: each would be made, though none is written."""

LARGEST_TABLE = 1_000_000
"""A table with more cells than this, empty ones among them, is refused."""

SHEET_ROWS, SHEET_COLUMNS = 1_048_576, 16_384
JOINING = ("mergeCell", "hyperlink")

UNREADABLE = (ExpatError, BadZipFile, zlib.error, EOFError, RuntimeError)
"""What a part raises that is no XML, is damaged, or has a password."""

Element = tuple[str, dict[str, str]]


def refuse_too_large(path: Path) -> None:
    """Look through the parts of a workbook without building anything; what is none is left to whatever reads it.

    Raises
    ------
    ValueError
        If reading it would fill the memory.
    """
    if not is_zipfile(path):
        return
    with ZipFile(path) as parts:
        size = sum(part.file_size for part in parts.infolist())
        if size > LARGEST:
            raise ValueError(f"{path}: unpacks to {size:,} bytes; a workbook may have at most {LARGEST:,}")
        _check_elements((element for name in parts.namelist() for element in _elements(parts, name)), path)


def _check_elements(elements: Iterable[Element], path: Path) -> None:
    joined = 0
    for n, (tag, attributes) in enumerate(elements, 1):
        if n > MOST_ELEMENTS:
            raise ValueError(f"{path}: more than {MOST_ELEMENTS // 2:,} cells; save a table as .csv or .parquet")
        if tag.rpartition(" ")[2] in JOINING:
            joined += _n_cells(attributes.get("ref", ""))
        if joined > MOST_JOINED:
            raise ValueError(f"{path}, {attributes['ref']}: more than {MOST_JOINED:,} cells are merged or linked")


def _elements(parts: ZipFile, name: str) -> Iterator[Element]:
    """The elements of a part as they start, as far as it can be unpacked and is XML."""
    found: list[Element] = []
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda tag, attributes: found.append((tag, attributes))
    try:
        with parts.open(name) as part:
            while chunk := part.read(65_536):
                parser.Parse(chunk)
                yield from found
                found.clear()
    except UNREADABLE:
        yield from found


def _n_cells(reference: str) -> int:
    """The number of cells of a range such as A1:D4; 0 where it is none, which whatever reads it will refuse."""
    from openpyxl.utils.cell import range_boundaries

    try:
        left, top, right, bottom = range_boundaries(reference)
    except (ValueError, TypeError):
        return 0
    return ((bottom or SHEET_ROWS) - (top or 1) + 1) * ((right or SHEET_COLUMNS) - (left or 1) + 1)


def held_rows(sheet: Any) -> dict[int, dict[int, Any]]:
    """The cells of an openpyxl sheet that hold something: row number to column number to cell, both in order.

    A sheet knows only the cells that were written. Its own ``iter_rows`` makes every cell of the rectangle around
    them: 49 million for one stray cell at XFD3000.
    """
    rows: dict[int, dict[int, Any]] = {}
    for (row, column), cell in sorted(sheet._cells.items()):
        if cell.value is not None:
            rows.setdefault(row, {})[column] = cell
    return rows


def table_rows(sheet: Any, path: Path) -> list[list[Any]]:
    """The rows of a sheet from A1 to the last row and column that hold something; None for each empty cell.

    Raises
    ------
    ValueError
        If a cell stands so far from the others that the table would fill the memory.
    """
    held = held_rows(sheet)
    height, width = max(held, default=0), max((column for row in held.values() for column in row), default=0)
    if height * width > LARGEST_TABLE:
        last = [row[max(row)] for row in held.values()]
        stray = max(last, key=lambda cell: (cell.row / SHEET_ROWS + cell.column / SHEET_COLUMNS, cell.row))
        raise ValueError(
            f"{path}, {sheet.title}!{stray.coordinate}: {str(stray.value)!r} stands far from the other cells; "
            f"one table of at most {LARGEST_TABLE:,} cells was expected"
        )
    return [[held.get(row, {}).get(column) for column in range(1, width + 1)] for row in range(1, height + 1)]
