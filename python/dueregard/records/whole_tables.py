"""Columns of a table of any kind, held whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.records import csv_files, files, filters, frames, names

KEEP = "dueregard: is the row kept"


def table_of(data: Any, columns: Sequence[str], where: Any) -> tuple[dict[str, Any], Any]:
    """The columns of records, each as it lies in memory, and which rows to keep (None: all)."""
    if isinstance(data, Mapping):
        names.require(list(columns), list(data), "the data")
        return {name: data[name] for name in columns}, filters.keep_of_mapping(where, data)
    frame = frame_of(data)
    there = frame.collect_schema().names()
    names.require(list(columns), there, "the data")
    import narwhals as nw

    if isinstance(frame, nw.LazyFrame):
        frame, where = _collected(frame, columns, where)
    return {name: frame[name].to_native() for name in columns}, filters.keep_of_frame(where, frame)


def column_names(data: Any) -> list[str]:
    """The names of a table's columns."""
    return list(data) if isinstance(data, Mapping) else frame_of(data).collect_schema().names()


def frame_of(data: Any) -> Any:
    """A frame of narwhals, of files a lazy one."""
    import narwhals as nw

    native = _read_files(data) if files.is_path(data) else frames.native(data)
    if not frames.is_frame(native):
        raise TypeError(f"data must be a dict of arrays, a data frame or a path, not {type(data).__name__}")
    frame: Any = nw.from_native(native, pass_through=True)
    if isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return frame
    from dueregard.frames import installed

    backend: Any = next(name for name in (installed(), "pyarrow") if name in ("polars", "pyarrow"))
    return nw.from_arrow(native, backend=backend)


def _collected(frame: Any, columns: Sequence[str], where: Any) -> tuple[Any, Any]:
    """The columns of a lazy frame, and an expression of it as the array that it gives."""
    import narwhals as nw

    wanted = list(dict.fromkeys(columns))
    if not filters.is_expression(where):
        return frame.select(wanted).collect(), where
    marked = frame.with_columns(where.alias(KEEP)).select([*wanted, KEEP])
    try:
        kind = marked.collect_schema()[KEEP]
    except nw.exceptions.ColumnNotFoundError as error:
        raise ValueError(f"where: {error}") from None
    if kind != nw.Boolean:
        raise TypeError(f"where must say True or False for each row, not {kind}")
    collected = marked.collect()
    return collected, collected[KEEP].fill_null(False).to_numpy().astype(bool)


def _read_files(paths: Any) -> Any:
    """All rows of CSV or Parquet files, looked over as they are when they are tallied."""
    files.require_polars()
    import polars as pl

    scans = []
    for path in files.expand(paths):
        frame = files.scan(path)
        if not path.lower().endswith(".parquet"):
            csv_files.check(path, len(frame.collect_schema()), lambda _: None)
        scans.append(frame)
    return pl.concat(scans, how="vertical")
