"""Any table as columns of what its cells hold, with where each stands: a row, a line of a file, a cell of a sheet."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

import numpy as np

from dueregard.audits.outcomes import Place
from dueregard.audits.printed import binary_text
from dueregard.records import files, frames, plain_tables
from dueregard.records.toml_files import read_toml
from dueregard.records.workbooks import refuse_too_large, table_rows

CLAIMS = "claims"
"""The list of tables that a TOML file of claims holds: ``[[claims]]``."""
NARROW: Mapping[str, type[np.floating[Any]]] = {
    "float32": np.float32,
    "float": np.float32,
    "float16": np.float16,
    "halffloat": np.float16,
}
"""Columns of fewer than 64 bits by what NumPy, pandas, Polars and Arrow call them."""


@dataclass(frozen=True)
class Sheet:
    """The columns of a table. `lines` are those of a file; `corner` is the cell of a heading on a sheet."""

    columns: Mapping[str, Sequence[Any]]
    source: str | None = None
    lines: Sequence[int] | None = None
    sheet: str | None = None
    letters: Mapping[str, str] | None = None
    provenance: str | None = None

    @property
    def n_rows(self) -> int:
        """How many rows there are below the headings."""
        return len(next(iter(self.columns.values()), ()))

    def place(self, row: int, column: str | None = None) -> Place:
        """Where a row stands, or one cell of it."""
        document = self.source and Path(self.source).name
        if self.letters is not None and self.lines is not None:
            letter = self.letters.get(column or "") or next(iter(self.letters.values()))
            return Place(document, None, f"{self.sheet}!{letter}{self.lines[row]}")
        return Place(document, self.lines[row]) if self.lines is not None else Place(row=row)

    def whole(self) -> Place:
        """Where the table stands as a whole."""
        return Place(self.source and Path(self.source).name)

    def error(self, row: int, message: object) -> str:
        """A message that names the file and the line or cell, or the row."""
        place = self.place(row)
        if self.source is None:
            return f"row {row}: {message}"
        where = f"line {place.line}" if place.cell is None else place.cell
        return (
            f"{self.source}, {where}: {message}" if self.lines is not None else f"{self.source}, row {row}: {message}"
        )

    def cells(self, row: int) -> dict[str, Any]:
        """One row as a dict."""
        return {name: values[row] for name, values in self.columns.items()}


def read_sheet(data: Any, sheet: str | None = None) -> Sheet:
    """A dict of columns, a data frame, or a CSV, TSV, Excel, TOML or Parquet file.

    Raises
    ------
    TypeError
        If it is none of these.
    ValueError
        If a file cannot be read as what its suffix says, or a workbook has several sheets and none is named.
    FileNotFoundError
        If there is no such file.
    """
    if isinstance(data, (str, PathLike)):
        return _of_file(Path(fspath(data)), sheet)
    if sheet is not None:
        raise ValueError(f"sheet: {sheet!r} is of a workbook, and this is a table")
    provenance = getattr(data, "provenance", None)
    kinds: Mapping[str, Any]
    if isinstance(data, Mapping):
        names: list[str] = list(data)
        kinds = {name: _kind(values) for name, values in data.items()}
    elif frames.is_frame(data):
        import narwhals as nw

        kinds = nw.from_native(frames.native(data)).collect_schema()
        names = list(kinds)
    else:
        raise TypeError(f"the claims must be a dict of columns, a data frame or a path, not {type(data).__name__}")
    if not names:
        raise ValueError("the table has no columns")
    return Sheet(_told(plain_tables.read(data, names).columns, kinds), provenance=provenance)


def _kind(values: Any) -> Any:
    """The type of a column: of an array, or of the NumPy numbers in a list."""
    if isinstance(values, (list, tuple)):
        return next((cell.dtype for cell in values if isinstance(cell, np.floating)), None)
    return getattr(values, "dtype", getattr(values, "type", None))


def _told(columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    """The columns, those of 32 bits with the digits they keep: as 64 bits 14.2 would be 14.199999809265137."""
    told = dict(columns)
    for name, values in columns.items():
        narrow = NARROW.get(str(kinds[name]).lower())
        if narrow is not None:
            told[name] = [_with_its_digits(cell, narrow) for cell in values]
    return told


def _with_its_digits(cell: Any, narrow: type[np.floating[Any]]) -> Any:
    return float(binary_text(narrow(cell))) if isinstance(cell, float) and np.isfinite(cell) else cell


def _of_file(path: Path, sheet: str | None) -> Sheet:
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return _of_workbook(path, sheet)
    if sheet is not None:
        raise ValueError(f"sheet: {sheet!r} is of a workbook, and {str(path)!r} is none")
    if suffix in (".csv", ".tsv"):
        return _of_csv(path, "\t" if suffix == ".tsv" else ",")
    if suffix == ".toml":
        return _of_toml(path)
    if suffix == ".parquet":
        kinds = files.scan(str(path)).collect_schema()
        return Sheet(_told(plain_tables.read(path, list(kinds)).columns, kinds), str(path))
    raise ValueError(f"{str(path)!r} is none of .csv, .tsv, .xlsx, .toml, .parquet, .txt and .md")


def _of_csv(path: Path, separator: str) -> Sheet:
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, delimiter=separator, strict=True)
            rows, before = [], 0
            for cells in reader:
                if cells:
                    rows.append((before + 1, cells))
                before = reader.line_num
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{str(path)!r} is not a CSV file in UTF-8: {error}") from None
    if not rows:
        raise ValueError(f"{str(path)!r} is empty")
    (line, header), *body = rows
    _check_header(header, f"{path}, line {line}")
    for line, cells in body:
        if len(cells) != len(header):
            raise ValueError(f"{path}, line {line}: {len(cells)} cells, and the header has {len(header)}")
    columns = {name: [cells[i] for _, cells in body] for i, name in enumerate(header)}
    return Sheet(columns, str(path), [line for line, _ in body])


def _check_header(header: Sequence[Any], where: str) -> None:
    for i, name in enumerate(header):
        if name is None or not str(name).strip():
            raise ValueError(f"{where}: column {i + 1} has no heading")
        if list(header).index(name) < i:
            raise ValueError(f"{where}: two columns are headed {name!r}")


def _of_workbook(path: Path, sheet: str | None) -> Sheet:
    """One sheet, whose first row that is not empty holds the headings."""
    try:
        from openpyxl import load_workbook
        from openpyxl.utils import get_column_letter
    except ModuleNotFoundError as error:
        message = "reading a workbook needs openpyxl: pip install 'dueregard[excel]'"
        raise ModuleNotFoundError(message, name="openpyxl") from error
    from zipfile import BadZipFile

    refuse_too_large(path)
    try:
        book = load_workbook(path, data_only=True)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ValueError(f"{str(path)!r} is not an Excel workbook: {error}") from None
    names = book.sheetnames
    if sheet is None and len(names) > 1:
        raise ValueError(f"{str(path)!r} has the sheets {', '.join(names)}; name one with sheet=")
    chosen = names[0] if sheet is None else sheet
    if chosen not in names:
        raise ValueError(f"sheet: {str(path)!r} has no sheet {chosen!r}; it has {', '.join(names)}")
    filled = [
        (number, [None if cell is None else cell.value for cell in row])
        for number, row in enumerate(table_rows(book[chosen], path), 1)
        if any(cell is not None for cell in row)
    ]
    if not filled:
        raise ValueError(f"{path}, {chosen}: the sheet is empty")
    (top, header), *body = filled
    used = [i for i in range(len(header)) if any(row[i] is not None for _, row in filled)]
    _check_header([header[i] for i in used], f"{path}, {chosen}!{get_column_letter(used[0] + 1)}{top}")
    columns = {str(header[i]).strip(): [row[i] for _, row in body] for i in used}
    letters = {str(header[i]).strip(): get_column_letter(i + 1) for i in used}
    return Sheet(columns, str(path), [number for number, _ in body], chosen, letters)


def _of_toml(path: Path) -> Sheet:
    root = read_toml(path)
    root.only(CLAIMS)
    rows = root.tables(CLAIMS)
    if not rows:
        raise ValueError(f"{path}: there is no [[{CLAIMS}]]")
    headings = [n for n, text in enumerate(root.file.text.splitlines(), 1) if text.strip().startswith(f"[[{CLAIMS}]]")]
    if len(headings) != len(rows):  # a heading inside a text: each place is looked for by itself
        headings = [root.file.line_of(row.place) or 1 for row in rows]
    names = dict.fromkeys(name for row in rows for name in row.values)
    return Sheet({name: [row.get(name) for row in rows] for name in names}, str(path), headings)
