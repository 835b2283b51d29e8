"""Spreadsheets with a sheet for each noun, read as TOML tables are: every refusal names the sheet and the cell."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.records.toml_files import _NONE, TomlTable, TomlText
from dueregard.records.workbooks import held_rows, refuse_too_large, table_rows
from dueregard.records.written_dates import day_of_text

HEAD_SHEET = "plan"
YES_NO = {"yes": True, "no": False, "true": True, "false": False}
SEPARATOR = ";"
"""Between the texts of a list in one cell."""


@dataclass(frozen=True)
class SheetRow(TomlTable):
    """One row of a sheet. Empty cells are keys that are not there; a number where text belongs is text."""

    sheet: str = ""
    row: int = 0
    cells: Mapping[str, str] | None = None
    """Column letter of each key."""

    def fail(self, message: str, key: str | None = None, item: int | None = None) -> ValueError:
        """The error to raise about this row, or the cell of a key."""
        letter = (self.cells or {}).get(key or "")
        where = f"cell {letter}{self.row}" if letter else f"row {self.row}"
        return ValueError(f"{self.file.source}, sheet {self.sheet!r}, {where}: {message}")

    def text(self, key: str, default: Any = _NONE) -> Any:
        value = self.values.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return f"{value:.15g}"
        return super().text(key, default)

    def whole(self, key: str, *, low: int | None = None, high: int | None = None, default: Any = _NONE) -> Any:
        value = self.values.get(key)
        if isinstance(value, float) and value.is_integer():
            return self._with(key, int(value)).whole(key, low=low, high=high, default=default)
        return super().whole(key, low=low, high=high, default=default)

    def flag(self, key: str, default: Any = _NONE) -> Any:
        value = self.values.get(key)
        if isinstance(value, str) and value.strip().lower() in YES_NO:
            return YES_NO[value.strip().lower()]
        return super().flag(key, default)

    def date(self, key: str, default: Any = _NONE) -> Any:
        value = self.values.get(key)
        day = day_of_text(value) if isinstance(value, str) else None
        return super().date(key, default) if day is None else day

    def texts(self, key: str, default: Any = _NONE) -> Any:
        if key not in self.values:
            return super().texts(key, default)
        return tuple(part.strip() for part in self.text(key).split(SEPARATOR) if part.strip())

    def _with(self, key: str, value: Any) -> "SheetRow":
        values = {**self.values, key: value}
        return SheetRow(self.file, self.place, values, self.sheet, self.row, self.cells)


NEARLY = 0.75
"""How close the name of a sheet is to that of a table to be taken for a slip: "Notes" is not meant for "costs"."""


def read_workbook(path: Path, nouns: Sequence[str]) -> tuple[TomlTable, dict[str, list[TomlTable]], list[str]]:
    """The head and the rows of every sheet, and a note of sheets of other names; a sheet that is not there has none.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ValueError
        When it is no spreadsheet, none of its sheets is of a plan, the name of a sheet is nearly that of a table, a
        column is not known or is there twice, or a formula has no value.
    """
    sheets, others = _open(path, (HEAD_SHEET, *nouns))
    file = TomlText(str(path), "")
    read = {name: _rows(file, name, cells) for name, cells in sheets.items()}
    heads = read.pop(HEAD_SHEET, [])
    if len(heads) > 1:
        raise heads[1].fail("a plan says what it is in one row")
    head = heads[0] if heads else TomlTable(file, (), {})
    return head, {noun: read.get(noun, []) for noun in nouns}, [_not_read(others)] if others else []


def _not_read(sheets: Sequence[str]) -> str:
    named = ", ".join(map(repr, sheets))
    return f"Not read, since a plan has no such table: the sheet{'' if len(sheets) == 1 else 's'} {named}"


def _others(path: Path, names: Sequence[str], known: Sequence[str]) -> list[str]:
    """The sheets that are no tables of plans; a name that is nearly that of one is refused."""
    others = [name for name in names if name not in known]
    for name in others:
        hint = did_you_mean(name, known, NEARLY)
        if hint or len(others) == len(names):
            raise ValueError(f"{path}: a plan has no sheet {name!r}{hint}; its sheets are {', '.join(known)}")
    return others


def _open(path: Path, known: Sequence[str]) -> tuple[dict[str, list[list[Any]]], list[str]]:
    """The values of the cells of the sheets that are known, and the names of the others; a cell whose formula was never
    calculated is refused."""
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        message = "spreadsheets need openpyxl: pip install 'dueregard[excel]'"
        raise ModuleNotFoundError(message, name="openpyxl") from error
    from zipfile import BadZipFile

    from openpyxl.utils.exceptions import InvalidFileException

    refuse_too_large(path)
    try:
        written, shown = (openpyxl.load_workbook(path, data_only=values) for values in (False, True))
    except (BadZipFile, KeyError, InvalidFileException) as error:
        raise ValueError(f"{path}: not a spreadsheet that can be read: {error}") from None
    others = _others(path, [sheet.title for sheet in shown.worksheets], known)
    for sheet in (sheet for sheet in written.worksheets if sheet.title not in others):
        for cell in (cell for row in held_rows(sheet).values() for cell in row.values() if cell.data_type == "f"):
            if shown[sheet.title][cell.coordinate].value is None:
                where = f"{path}, sheet {sheet.title!r}, cell {cell.coordinate}"
                raise ValueError(f"{where}: a formula without a value; open the file, save it, and read it again")
    kept = [sheet for sheet in shown.worksheets if sheet.title not in others]
    return {sheet.title: [_values(row) for row in table_rows(sheet, path)] for sheet in kept}, others


def _values(row: Sequence[Any]) -> list[Any]:
    return [None if cell is None else cell.value for cell in row]


def _rows(file: TomlText, sheet: str, cells: list[list[Any]]) -> list[TomlTable]:
    from openpyxl.utils import get_column_letter

    names = [_plain(cell) for cell in cells[0]] if cells else []
    letters: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        letter = get_column_letter(place)
        if name is None and any(_plain(row[place - 1]) is not None for row in cells[1:]):
            raise ValueError(f"{file.source}, sheet {sheet!r}, cell {letter}1: a column without a name")
        if name is not None and (not isinstance(name, str) or name in letters):
            problem = "is there twice" if name in letters else "is no name of a column"
            raise ValueError(f"{file.source}, sheet {sheet!r}, cell {letter}1: {name!r} {problem}")
        if name is not None:
            letters[name] = letter
    rows: list[TomlTable] = []
    for number, row in enumerate(cells[1:], 2):
        values = {name: _plain(cell) for name, cell in zip(names, row, strict=True) if name is not None}
        values = {name: value for name, value in values.items() if value is not None}
        if values:
            rows.append(SheetRow(file, (sheet, number), values, sheet, number, letters))
    return rows


def _plain(cell: Any) -> Any:
    """What a cell holds: dates without their midnight, texts without blanks around them, None where it is empty."""
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    if isinstance(cell, str):
        return cell.strip() or None
    return cell
