"""Small published tables, read whole: rows of cells with the lines they begin on."""

import csv
from os import PathLike, fspath
from pathlib import Path
from typing import NamedTuple

from dueregard.records import csv_files, files, numerals

MOST_BYTES = 1 << 26  # published tables are small; what is larger is something else
NOT_THERE = frozenset({"", "n/a", "na", "-", "..", "*", "~", "[x]", "[c]", "[z]"})
"""Marks of published tables for a figure that is not given."""


class Line(NamedTuple):
    """One row of a table."""

    number: int
    cells: list[str]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


def read_table(path: str | PathLike[str]) -> list[Line]:
    """All rows, their cells stripped of spaces; ValueError naming the first line that cannot be read."""
    name = fspath(path)
    if not Path(name).is_file():
        raise FileNotFoundError(f"no file {name}{files.nearest(name)}")
    size = Path(name).stat().st_size
    if size == 0:
        raise ValueError(f"{name}: the file is empty")
    if size > MOST_BYTES:
        raise ValueError(f"{name}: {size:,} bytes are more than a published table has")
    csv_files.require_text(name, Path(name).read_bytes(), 1)
    with open(name, newline="", encoding="utf-8-sig") as file:
        reader = csv.reader(file, strict=True)
        lines, number = [], 1
        try:
            for cells in reader:
                lines.append(Line(number, [" ".join(cell.split()) for cell in cells]))
                number = reader.line_num + 1
        except csv.Error as error:
            raise ValueError(f"{name}: line {number} cannot be read: {error}") from error
    return lines


def number_in(cell: str) -> int | float | None:
    """The number that a cell holds, thousands separators taken out; None for a mark that there is none.

    Raises
    ------
    ValueError
        For any other text.

    Examples
    --------
    >>> number_in("1,234"), number_in("508663.0"), number_in("N/A")
    (1234, 508663, None)
    """
    if cell.casefold() in NOT_THERE:
        return None
    number = numerals.number(cell)
    if isinstance(number, str):
        raise ValueError(f"{cell!r} {number}")
    return number
