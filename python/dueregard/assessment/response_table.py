"""Any small table as columns of plain Python values."""

import glob
import os
from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

Columns = dict[str, list[Any]]


def read(data: Any) -> Columns:
    """The columns of a dict of arrays, a data frame, or CSV or Parquet files (a path or a glob)."""
    if isinstance(data, Mapping):
        return _equally_long({str(name): _values(column) for name, column in data.items()})
    if isinstance(data, (str, PathLike)):
        return _from_files(os.fspath(data))
    import narwhals as nw

    try:
        frame = nw.from_native(data, eager_only=True)
    except TypeError:
        raise TypeError(
            f"responses: {type(data).__name__} is not a table; give a Tally, a dict of arrays, a data frame or a path"
        ) from None
    return {name: frame[name].to_list() for name in frame.columns}


def _values(column: Any) -> list[Any]:
    return list(column.tolist() if hasattr(column, "tolist") else column)


def _equally_long(columns: Columns) -> Columns:
    first = next(iter(columns), None)
    for name, values in columns.items():
        if first is not None and len(values) != len(columns[first]):
            raise ValueError(f"column {name!r} has {len(values)} rows, column {first!r} has {len(columns[first])}")
    return columns


def _from_files(pattern: str) -> Columns:
    """One file, or every file that matches, in the order of their names; all must have the same columns."""
    paths = [pattern] if os.path.isfile(pattern) else sorted(glob.glob(pattern, recursive=True))
    if not paths:
        raise FileNotFoundError(f"responses: no file {pattern!r}")
    parts = [_from_file(Path(path)) for path in paths]
    for path, part in zip(paths, parts, strict=True):
        if set(part) != set(parts[0]):
            raise ValueError(
                f"responses: {path!r} has the columns {', '.join(part)}; {paths[0]!r} has {', '.join(parts[0])}"
            )
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def _from_file(path: Path) -> Columns:
    if path.suffix == ".csv":
        return _from_csv(path)
    if path.suffix != ".parquet":
        raise ValueError(f"responses: {str(path)!r} is neither .csv nor .parquet")
    try:
        import polars
    except ModuleNotFoundError:
        raise ModuleNotFoundError("reading Parquet needs Polars: pip install 'dueregard[files]'") from None
    return {name: column.to_list() for name, column in polars.read_parquet(path).to_dict().items()}


def _from_csv(path: Path) -> Columns:
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.reader(lines, strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"responses: {str(path)!r} is not a CSV file in UTF-8: {error}") from None
    if not rows:
        raise ValueError(f"responses: {str(path)!r} is empty")
    header, *body = rows
    for name in header:
        if header.count(name) > 1:
            raise ValueError(f"responses: {str(path)!r} has two columns {name!r}")
    for number, row in enumerate(body):
        if len(row) != len(header):
            raise ValueError(f"responses: row {number} of {str(path)!r} has {len(row)} cells, not {len(header)}")
    return {name: [row[i] for row in body] for i, name in enumerate(header)}
