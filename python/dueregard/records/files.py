"""CSV and Parquet files, read by Polars in batches, in bounded memory."""

import glob
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dueregard.records import filters, frames, names
from dueregard.records.arrow import NullColumn
from dueregard.records.progress import Progress, size_of_a_row
from dueregard.records.rows import Keep, Rows

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".csv", ".parquet")
BATCH_ROWS = 1 << 19
WILDCARDS = "*?["


def is_path(data: Any) -> bool:
    """Whether this names files: a path, a glob, or a list of them."""
    if isinstance(data, list | tuple):
        return bool(data) and all(isinstance(part, str | PathLike) for part in data)
    return isinstance(data, str | PathLike)


def read(
    data: Any, columns: Sequence[str], weight: Any, where: Any, labels: Mapping[str, Sequence[Any]]
) -> Iterator[Rows]:
    """Rows of the files, numbered through all of them."""
    _require_polars()
    paths = expand(data)
    keep = None if where is None or filters.is_expression(where) else filters.as_keep(where)
    expression = where if keep is None else None
    numbers = None if isinstance(weight, str) else weight
    wanted = list(dict.fromkeys([*columns, *([weight] if isinstance(weight, str) else [])]))
    scans = [(path, scan(path)) for path in paths]
    for path, frame in scans:
        names.require(wanted, frame.collect_schema().names(), path)
    stream = _Batches(scans, wanted, weight if isinstance(weight, str) else None, expression)
    return _rows_of(stream, columns, weight, numbers, keep, labels)


def _rows_of(
    stream: "_Batches", columns: Sequence[str], weight: Any, numbers: Any, keep: Keep, labels: Any
) -> Iterator[Rows]:
    start = 0
    parts = {"weight": None if numbers is None else np.asarray(numbers), "where": keep}
    for frame in stream:
        stop = start + frame.height
        for name, array in parts.items():
            if array is not None and len(array) < stop:
                raise ValueError(f"{name} has {len(array):,} values and the files have more rows")
        part = slice(start, stop)
        rows = frames.read_arrow(
            frame,
            columns,
            weight if numbers is None else numbers[part],
            None if keep is None else keep[part],
            labels,
        )
        for piece in rows:
            yield _moved(piece, start)
        start = stop
    for name, array in parts.items():
        if array is not None and len(array) != start:
            raise ValueError(f"{name} has {len(array):,} values and the files {start:,} rows")
    if start == 0:
        yield Rows(0, [(NullColumn(name, 0), 0) for name in columns])


def _moved(rows: Rows, by: int) -> Rows:
    return Rows(rows.n_rows, rows.columns, rows.first_row + by, rows.weight, rows.keep)


class _Batches:
    """The frames of all files, with a progress bar where someone can see one."""

    def __init__(self, scans: Sequence[tuple[str, Any]], wanted: list[str], weight: str | None, where: Any):
        self.scans, self.wanted, self.weight, self.where = scans, wanted, weight, where

    def __iter__(self) -> Iterator["pl.DataFrame"]:
        sizes = [Path(path).stat().st_size for path, _ in self.scans]
        with Progress(sum(sizes)) as progress:
            for i, (path, frame) in enumerate(self.scans):
                bytes_per_row = size_of_a_row(path) if progress.is_shown else 0.0
                for batch in self._of_file(path, frame):
                    yield batch
                    progress.advance(bytes_per_row * batch.height)
                progress.complete(sum(sizes[: i + 1]))

    def _of_file(self, path: str, frame: Any) -> Iterator["pl.DataFrame"]:
        import narwhals as nw
        import polars as pl

        if self.where is not None:
            frame = nw.from_native(frame).filter(self.where).to_native()
        row = 0
        try:
            for batch in frame.select(self.wanted).collect_batches(chunk_size=BATCH_ROWS):
                yield batch if self.weight is None else _with_numbers(batch, self.weight, path, row)
                row += batch.height
        except pl.exceptions.PolarsError as error:
            raise ValueError(f"{path}: cannot be read: {_first_line(error)}") from error


def _with_numbers(frame: "pl.DataFrame", weight: str, path: str, first_row: int) -> "pl.DataFrame":
    """The frame with the weight column, which is text in a CSV file, as numbers."""
    import polars as pl

    column = frame[weight]
    if column.dtype != pl.String:
        return frame
    numbers = column.str.strip_chars().cast(pl.Float64, strict=False)
    bad = numbers.is_null().arg_true()
    if len(bad):
        # The header is line 1, so that row 0 is line 2, unless a field before it holds a line break.
        row, text = first_row + bad[0], column[bad[0]]
        what = "is missing" if text is None else f"{text!r} is not a number"
        raise ValueError(f"{path}: weight {weight!r} {what} at row {row} (line {row + 2})")
    return frame.with_columns(numbers.alias(weight))


def expand(data: Any) -> list[str]:
    """The files that a path, a glob or a list of them names; each must exist and be of a known kind."""
    parts = data if isinstance(data, list | tuple) else [data]
    paths = [path for part in parts for path in _expand_one(fspath(part))]
    for path in paths:
        if Path(path).suffix.lower() not in SUFFIXES:
            raise ValueError(f"{path}: its name must end in {' or '.join(SUFFIXES)}")
        if Path(path).stat().st_size == 0:
            raise ValueError(f"{path}: the file is empty")
    return paths


def _expand_one(path: str) -> list[str]:
    if Path(path).is_dir():
        raise IsADirectoryError(f"{path} is a folder; name its files, for example {path.rstrip('/')}/*.parquet")
    if Path(path).exists():
        return [path]
    if not any(character in path for character in WILDCARDS):
        raise FileNotFoundError(f"no file {path}{_nearest(path)}")
    found = sorted(glob.glob(path, recursive=True))
    if not found:
        raise FileNotFoundError(f"no file matches {path}")
    return found


def _nearest(path: str) -> str:
    from difflib import get_close_matches

    folder = Path(path).parent
    there = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    near = get_close_matches(Path(path).name, there, 1, 0.6)
    return f"; did you mean {folder / near[0]}?" if near else ""


def scan(path: str) -> Any:
    """A lazy frame of one file. CSV columns stay text, so that a code such as 007 keeps its zeros."""
    import polars as pl

    try:
        if path.lower().endswith(".parquet"):
            frame = pl.scan_parquet(path, glob=False)
        else:
            _refuse_repeated_header(path)
            frame = pl.scan_csv(path, infer_schema=False, glob=False)
        frame.collect_schema()
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"{path}: cannot be read: {_first_line(error)}") from error
    return frame


def _refuse_repeated_header(path: str) -> None:
    """Polars would rename the second of two columns with the same name in silence."""
    import csv

    with open(path, newline="", encoding="utf-8-sig", errors="replace") as file:
        header = next(csv.reader(file), [])
    names.refuse_repeated(header, path)


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def _require_polars() -> None:
    try:
        import polars  # noqa: F401
    except ImportError as error:
        raise ImportError("reading files needs Polars: pip install 'dueregard[files]'") from error
