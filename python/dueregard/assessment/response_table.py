"""Any small table as columns of plain Python values."""

import glob
import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from dueregard.assessment.frameworks import Framework

Columns = dict[str, list[Any]]


class Table(dict[str, list[Any]]):
    """Columns that know where each row stands: ``answers.csv, line 5`` where they were read from files."""

    def __init__(self, columns: Columns, places: list[str]) -> None:
        super().__init__(columns)
        self.places = places


def at(columns: Columns, row: int) -> str:
    """Where a row stands, for an error message.

    >>> at({"unit": ["A"]}, 0)
    'row 0'
    """
    return columns.places[row] if isinstance(columns, Table) else f"row {row}"


def some_rows(columns: Columns, rows: list[int]) -> Table:
    """Some of the rows, which still know where they stand."""
    chosen = {name: [values[row] for row in rows] for name, values in columns.items()}
    return Table(chosen, [at(columns, row) for row in rows])


def read(data: Any, argument: str = "responses", framework: Framework | None = None) -> Columns:
    """The columns of a dict of arrays, a data frame, or files (a path or a glob): CSV, Parquet or workbooks.

    A workbook is a return that `dueregard.write_return` made, or has one sheet with the names of the columns in its
    first row. With a framework, a return to another framework, or one that was rearranged, is refused.
    """
    if isinstance(data, Table):
        return data
    if isinstance(data, Mapping):
        return _equally_long({str(name): _values(column) for name, column in data.items()})
    if isinstance(data, (str, PathLike)):
        return _from_files(os.fspath(data), argument, framework)
    import narwhals as nw

    try:
        frame = nw.from_native(data, eager_only=True)
    except TypeError:
        raise TypeError(
            f"{argument}: {type(data).__name__} is not a table; give a Tally, a dict of arrays, a data frame or a path"
        ) from None
    return {str(name): column.to_list() for name, column in zip(frame.columns, frame.iter_columns(), strict=True)}


def _values(column: Any) -> list[Any]:
    return list(column.tolist() if hasattr(column, "tolist") else column)


def _equally_long(columns: Columns) -> Columns:
    first = next(iter(columns), None)
    for name, values in columns.items():
        if first is not None and len(values) != len(columns[first]):
            raise ValueError(f"column {name!r} has {len(values)} rows, column {first!r} has {len(columns[first])}")
    return columns


def _from_files(pattern: str, argument: str, framework: Framework | None) -> Columns:
    """One file, or every file that matches, in the order of their names; all must have the same columns."""
    paths = [pattern] if os.path.isfile(pattern) else sorted(glob.glob(pattern, recursive=True))
    if not paths:
        raise FileNotFoundError(f"{argument}: no file {pattern!r}")
    parts = [_from_file(Path(path), argument, framework) for path in paths]
    for path, part in zip(paths, parts, strict=True):
        if set(part) != set(parts[0]):
            raise ValueError(
                f"{argument}: {path!r} has the columns {', '.join(part)}; {paths[0]!r} has {', '.join(parts[0])}"
            )
    whole = {name: [value for part in parts for value in part[name]] for name in parts[0]}
    if all(isinstance(part, Table) for part in parts):
        return Table(whole, [place for part in parts for place in part.places])  # type: ignore[attr-defined]
    return whole


def _from_file(path: Path, argument: str, framework: Framework | None) -> Columns:
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _from_csv(path, argument)
    if suffix == ".xlsx":
        from dueregard.assessment.returns.columns import columns_of

        return columns_of(path, argument, framework)
    if suffix != ".parquet":
        raise ValueError(f"{argument}: {str(path)!r} is neither .csv, .xlsx nor .parquet")
    try:
        import polars
    except ModuleNotFoundError:
        raise ModuleNotFoundError("reading Parquet needs Polars: pip install 'dueregard[files]'") from None
    return {name: column.to_list() for name, column in polars.read_parquet(path).to_dict().items()}


def _from_csv(path: Path, argument: str) -> Columns:
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.reader(lines, strict=True)
            rows, ends = [], [0]
            for row in reader:
                rows.append(row)
                ends.append(reader.line_num)
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{argument}: {str(path)!r} is not a CSV file in UTF-8: {error}") from None
    columns = by_header(rows, argument, path)
    return Table(columns, [f"{path.name}, line {end + 1}" for end in ends[1:-1]])


def by_header(rows: list[list[Any]], argument: str, path: Path) -> Columns:
    """Rows of the cells of a file as columns that the first row names."""
    if not rows:
        raise ValueError(f"{argument}: {str(path)!r} is empty")
    header, *body = rows
    for name in header:
        if header.count(name) > 1:
            raise ValueError(f"{argument}: {str(path)!r} has two columns {name!r}")
    for number, row in enumerate(body, 1):
        if len(row) != len(header):
            raise ValueError(f"{argument}: row {number} of {str(path)!r} has {len(row)} cells, not {len(header)}")
    return {name: [row[i] for row in body] for i, name in enumerate(header)}
