"""Readings in a file, CSV or Parquet: every refusal names the file and the line, or the row."""

from collections.abc import Mapping
from os import PathLike, fspath
from typing import Any

from dueregard.plans.figures import KEYS
from dueregard.plans.given_rows import given_row
from dueregard.records.toml_files import TomlTable


def rows_of_file(path: str | PathLike[str]) -> list[TomlTable]:
    """The readings of a file, or of all that a pattern names: measure, period, area, and counts or value.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ValueError
        When it cannot be read.
    """
    from dueregard.records import files

    return [row for source in files.expand(fspath(path)) for row in _rows_of(source)]


def _rows_of(source: str) -> list[TomlTable]:
    from dueregard.records import files, plain_tables

    table = plain_tables.read(source, files.scan(source).collect_schema().names())
    rows = [dict(zip(table.columns, cells, strict=True)) for cells in zip(*table.columns.values(), strict=True)]
    named = [f"line {n + 2}" if table.one_csv else f"row {n + 1}" for n in range(len(rows))]
    return [given_row(source, n, _filled(row), where) for n, (row, where) in enumerate(zip(rows, named, strict=True))]


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells that hold something, figures as numbers; what is no number is left to the reading to refuse."""
    there = {key: cell for key, cell in row.items() if cell is not None and cell == cell and str(cell).strip()}
    return {key: _figure(cell) if key in KEYS else _text(cell) for key, cell in there.items()}


def _text(cell: Any) -> Any:
    return cell.strip() if isinstance(cell, str) else cell


def _figure(cell: Any) -> Any:
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    if not isinstance(cell, str):
        return cell
    try:
        number = float(cell)
    except ValueError:
        return cell
    return int(cell) if cell.strip().lstrip("+-").isdecimal() else number
