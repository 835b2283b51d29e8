"""CSV and Parquet files, read in batches, in bounded memory: text alone as it comes, all else by Polars."""

import glob
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.records import csv_files, filters, frames, names, weights
from dueregard.records.arrow import NullColumn
from dueregard.records.csv_blocks import CsvBlock, CsvText, open_csv
from dueregard.records.progress import Progress, size_of_a_row
from dueregard.records.rows import Keep, Rows

if TYPE_CHECKING:
    import polars as pl

SUFFIXES = (".csv", ".parquet")
BATCH_ROWS = 1 << 19
WILDCARDS = "*?["
KEEP = "dueregard: is the row kept"


def is_path(data: Any) -> bool:
    """Whether this names files: a path, a glob, or a list of them."""
    if isinstance(data, list | tuple):
        return bool(data) and all(isinstance(part, str | PathLike) for part in data)
    return isinstance(data, str | PathLike)


def read(
    data: Any, columns: Sequence[str], weight: Any, where: Any, labels: Mapping[str, Sequence[Any]]
) -> Iterator[Rows]:
    """Rows of the files, numbered through all of them."""
    require_polars()
    paths = expand(data)
    keep = None if where is None or filters.is_expression(where) else filters.as_keep(where)
    expression = where if keep is None else None
    numbers = None if weight is None or isinstance(weight, str) else weights.from_any("weight", weight)
    wanted = list(dict.fromkeys([*columns, *([weight] if isinstance(weight, str) else [])]))
    is_text_alone = expression is None and not isinstance(weight, str) and not labels
    scans = [(path, _opened(path, is_text_alone)) for path in paths]
    for path, source in scans:
        there = source.header if isinstance(source, CsvText) else source.collect_schema().names()
        names.require(wanted, there, path, _other_separator(path, there))
    stream = _Batches(scans, wanted, weight if isinstance(weight, str) else None, expression)
    return _rows_of(stream, columns, weight, numbers, keep, labels)


def _rows_of(
    stream: "_Batches", columns: Sequence[str], weight: Any, numbers: Any, keep: Keep, labels: Any
) -> Iterator[Rows]:
    start = 0
    parts = {"weight": numbers, "where": keep}
    for frame in stream:
        stop = start + frame.height
        for name, array in parts.items():
            if array is not None and len(array) < stop:
                raise ValueError(f"{name} has {len(array):,} values and the files have more rows")
        part = slice(start, stop)
        if isinstance(frame, CsvBlock):
            coded = [(frame.columns[name], 0) for name in columns]
            given = None if numbers is None else numbers[part]
            yield Rows(frame.height, coded, start, given, None if keep is None else keep[part])
        else:
            kept = keep[part] if keep is not None else frame[KEEP].to_numpy() if KEEP in frame.columns else None
            rows = frames.read_arrow(frame, columns, weight if numbers is None else numbers[part], kept, labels)
            yield from (_moved(piece, start) for piece in rows)
        start = stop
    for name, array in parts.items():
        if array is not None and len(array) != start:
            raise ValueError(f"{name} has {len(array):,} values and the files {start:,} rows")
    if start == 0:
        yield Rows(0, [(NullColumn(name, 0), 0) for name in columns])


def _moved(rows: Rows, by: int) -> Rows:
    return replace(rows, first_row=rows.first_row + by)


class _Batches:
    """The frames of all files, with a progress bar where someone can see one."""

    def __init__(self, scans: Sequence[tuple[str, Any]], wanted: list[str], weight: str | None, where: Any):
        self.scans, self.wanted, self.weight, self.where = scans, wanted, weight, where

    def __iter__(self) -> Iterator["pl.DataFrame | CsvBlock"]:
        # A CSV file that Polars reads is gone through twice: looked over, then read.
        sizes = [Path(path).stat().st_size * (2 if _is_csv(path) else 1) for path, _ in self.scans]
        with Progress(sum(sizes)) as progress:
            for i, (path, frame) in enumerate(self.scans):
                if isinstance(frame, CsvText):
                    yield from frame.blocks(self.wanted, lambda n_bytes: progress.advance(2 * n_bytes))
                    progress.complete(sum(sizes[: i + 1]))
                    continue
                if _is_csv(path):
                    csv_files.check(path, len(frame.collect_schema()), progress.advance)
                bytes_per_row = size_of_a_row(path) if progress.is_shown else 0.0
                for batch in self._of_file(path, frame):
                    yield batch
                    progress.advance(bytes_per_row * batch.height)
                progress.complete(sum(sizes[: i + 1]))

    def _of_file(self, path: str, frame: Any) -> Iterator["pl.DataFrame"]:
        import polars as pl

        row = 0
        try:
            chosen = frame.select(self.wanted) if self.where is None else self._filtered(frame)
            for batch in chosen.collect_batches(chunk_size=BATCH_ROWS):
                yield batch if self.weight is None else _with_numbers(batch, self.weight, path, row)
                row += batch.height
        except pl.exceptions.PolarsError as error:
            raise ValueError(f"{path}: {self._what_failed(path, error)}: {_first_line(error)}") from error

    def _what_failed(self, path: str, error: Exception) -> str:
        if self.where is None:
            return "cannot be read"
        if type(error).__name__ == "ColumnNotFoundError":
            return "where names a column that is not there"
        return "where cannot be worked out" + (", in a file whose columns are all text" if _is_csv(path) else "")

    def _filtered(self, frame: Any) -> Any:
        """Only the rows to count; with weights all rows and which to keep, so that messages count every row."""
        import narwhals as nw

        rows = nw.from_native(frame)
        if self.weight is None:
            return rows.filter(self.where).select(self.wanted).to_native()
        marked = rows.with_columns(self.where.alias(KEEP)).select([*self.wanted, KEEP])
        if (kind := marked.collect_schema()[KEEP]) != nw.Boolean:
            raise TypeError(f"where must say True or False for each row, not {kind}")
        return marked.with_columns(nw.col(KEEP).fill_null(False)).to_native()


def _with_numbers(frame: "pl.DataFrame", weight: str, path: str, first_row: int) -> "pl.DataFrame":
    """The frame with the weight column, which is text in a CSV file, as numbers; rows not to be kept may hold any."""
    import polars as pl

    column = frame[weight]
    if column.dtype != pl.String:
        return frame
    numbers = column.str.strip_chars().cast(pl.Float64, strict=False)
    kept = frame[KEEP] if KEEP in frame.columns else pl.repeat(True, frame.height, eager=True)
    usable = (numbers.is_finite() & (numbers >= 0)).fill_null(False)
    bad = (kept & (~usable | _inexact(column, numbers))).arg_true()
    if len(bad):
        # The header is line 1, so that row 0 is line 2, unless a field before it holds a line break.
        row = first_row + bad[0]
        problem = _problem(column[bad[0]], numbers[bad[0]])
        raise ValueError(f"{path}: weight {weight!r} {problem} at row {row} (line {row + 2})")
    return frame.with_columns(pl.when(kept).then(numbers).otherwise(0.0).alias(weight))


def _inexact(column: "pl.Series", numbers: "pl.Series") -> Any:
    """Whole numbers that a double may not hold."""
    import polars as pl

    if not (numbers >= weights.LARGEST_WHOLE).any():
        return False
    whole = column.str.strip_chars().cast(pl.Int128, strict=False)
    return (whole > weights.LARGEST_WHOLE).fill_null(False)


def _problem(text: str | None, number: float | None) -> str:
    if text is None:
        return "is missing"
    if number is None or number != number:
        return f"{text!r} is not a number"
    if number < 0:
        return f"{text!r} is negative"
    return f"{text!r} is infinite" if number == float("inf") else f"{text!r} is {weights.TOO_LARGE}"


def expand(data: Any) -> list[str]:
    """The files that a path, a glob or a list of them names; each must exist and be of a known kind."""
    parts = data if isinstance(data, list | tuple) else [data]
    paths = [path for part in parts for path in _expand_one(fspath(part))]
    for path in paths:
        if paths.count(path) > 1:
            raise ValueError(f"{path}: the file is named twice, so that its rows would count twice")
        if Path(path).suffix.lower() not in SUFFIXES:
            workbook = "; read a workbook first, for example with pandas.read_excel" if ".xls" in path.lower() else ""
            raise ValueError(f"{path}: its name must end in {' or '.join(SUFFIXES)}{workbook}")
        if Path(path).stat().st_size == 0:
            raise ValueError(f"{path}: the file is empty")
    return paths


def _expand_one(path: str) -> list[str]:
    if not path:
        raise FileNotFoundError("data: the path is empty")
    if Path(path).is_dir():
        raise IsADirectoryError(f"{path} is a folder; name its files, for example {path.rstrip('/')}/*.parquet")
    if Path(path).exists():
        return [path]
    if not any(character in path for character in WILDCARDS):
        raise FileNotFoundError(f"no file {path}{nearest(path)}")
    found = sorted(glob.glob(path, recursive=True))
    if not found:
        raise FileNotFoundError(f"no file matches {path}")
    return found


def nearest(path: str) -> str:
    """A hint at the file of the nearest name."""
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
            names.refuse_repeated(csv_files.header(path), path)  # Polars would rename the second of two in silence
            frame = pl.scan_csv(path, infer_schema=False, glob=False)
        frame.collect_schema()
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"{path}: cannot be read: {_first_line(error)}") from error
    return frame


def _opened(path: str, is_text_alone: bool) -> Any:
    """A CSV file of which nothing but text is asked for, which is coded as it is read, or a lazy frame."""
    source = open_csv(path) if is_text_alone and _is_csv(path) else None
    return scan(path) if source is None else source


def _is_csv(path: str) -> bool:
    return not path.lower().endswith(".parquet")


def _other_separator(path: str, there: Sequence[str]) -> str:
    """A hint where what looks like the names of several columns is one name."""
    found = [mark for mark in ("\t", ";", "|") if len(there) == 1 and mark in there[0]]
    return f"; its columns are not separated by commas but by {found[0]!r}: save it with commas" if found else ""


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__


def require_polars() -> None:
    try:
        import polars  # noqa: F401
    except ImportError as error:
        raise ImportError("reading files needs Polars: pip install 'dueregard[files]'") from error
