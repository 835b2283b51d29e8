"""Tallies with a measured value, such as pay or a time, as their last dimension."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.measures.grouped import tally_of
from dueregard.missing import is_missing
from dueregard.tallies import Tally


def measured_tally(
    data: Any,
    columns: Sequence[str],
    *,
    argument: str,
    value: str,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
) -> Tally:
    """The data as a tally of the columns and the value; of records the value may be any number.

    ``argument`` is what messages call the value.
    """
    options: dict[str, Any] = {"weight": None, "missing": missing, "threads": threads}
    if isinstance(data, Tally):
        tally = tally_of(data, columns, outcome=value, where=where, labels=labels, **options)
        if tally.weighted:
            raise ValueError(f"{argument}: every case counts once; count without weight=")
        return tally
    table, keep = table_of(data, [*columns, value], where)
    numbers = _numbers(argument, value, table[value])
    known = ~np.isnan(numbers)
    values, codes = np.unique(numbers[known], return_inverse=True)
    every = np.zeros(len(numbers), np.int64)
    every[known] = codes
    table[value] = np.ma.MaskedArray(every, mask=~known)
    listed = {**(labels or {}), value: values.tolist() or [0.0]}
    tally = tally_of(table, columns, outcome=value, where=keep, labels=listed, **options)
    from dueregard import records

    return replace(tally, provenance=records.provenance_of(data), native=records.native_of(data))


def values_of(tally: Tally, argument: str, value: str) -> tuple[Tally, list[int], Floats]:
    """The tally with its values ascending, the positions of their labels, and the values."""
    names = tally.labels[value]
    read = {i: _number(argument, value, label) for i, label in enumerate(names) if not is_missing(label)}
    ascending = sorted(set(read.values()))
    kinds = [label for label in names if is_missing(label)]
    order = {number: i for i, number in enumerate([*ascending, *kinds])}
    moves = {value: ([order[read.get(i, label)] for i, label in enumerate(names)], [*ascending, *kinds])}
    spread = tally.relabelled(moves)
    return spread, list(range(len(ascending))), np.array(ascending, np.float64)


def _number(argument: str, value: str, label: Any) -> float:
    if not isinstance(label, (bool, np.bool_)):
        try:
            number = float(label)
        except (TypeError, ValueError):
            number = np.nan
        if np.isfinite(number) and number >= 0:
            return number + 0.0
        if number < 0 or np.isinf(number):
            raise ValueError(f"{argument}: {label!r} in {value!r} is {'negative' if number < 0 else 'infinite'}")
    raise ValueError(f"{argument}: {label!r} in {value!r} is not a number")


def table_of(data: Any, columns: Sequence[str], where: Any) -> tuple[dict[str, Any], Any]:
    """The columns of records, and which rows to keep."""
    from dueregard.records import files, filters, frames, names

    if isinstance(data, Mapping):
        names.require(list(columns), list(data), "the data")
        return {name: data[name] for name in columns}, filters.keep_of_mapping(where, data)
    import narwhals as nw

    native = _read_files(data) if files.is_path(data) else frames.native(data)
    if not frames.is_frame(native):
        raise TypeError(f"data must be a dict of arrays, a data frame or a path, not {type(data).__name__}")
    frame: Any = nw.from_native(native, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        from dueregard.frames import installed

        backend: Any = next(name for name in (installed(), "pyarrow") if name in ("polars", "pyarrow"))
        frame = nw.from_arrow(native, backend=backend)
    if isinstance(frame, nw.LazyFrame):
        frame = frame.collect()
    names.require(list(columns), frame.columns, "the data")
    return {name: frame[name].to_native() for name in columns}, filters.keep_of_frame(where, frame)


def _read_files(paths: Any) -> Any:
    """All rows of CSV or Parquet files, looked over as they are when they are tallied."""
    import polars as pl

    from dueregard.records import csv_files, files

    scans = []
    for path in files.expand(paths):
        frame = files.scan(path)
        if not path.lower().endswith(".parquet"):
            csv_files.check(path, len(frame.collect_schema()), lambda _: None)
        scans.append(frame)
    return pl.concat(scans, how="vertical").collect()


def _numbers(argument: str, name: str, column: Any) -> Floats:
    """A column as numbers that are not negative, NaN where there is none."""
    values = np.asarray(_plain(argument, name, column), np.float64)
    if values.ndim != 1:
        raise ValueError(f"{argument}: column {name!r} must have one dimension, not {values.ndim}")
    for problem, bad in (("is negative", values < 0), ("is infinite", np.isinf(values))):
        if bad.any():
            row = int(bad.argmax())
            raise ValueError(f"{argument}: {values[row]:g} at row {row} of {name!r} {problem}")
    return values + 0.0


def _plain(argument: str, name: str, column: Any) -> NDArray[Any]:
    """Numbers as they come, with NaN for null and for empty text."""
    if isinstance(column, np.ma.MaskedArray):
        column = [
            None if hidden else each for each, hidden in zip(column.data, np.ma.getmaskarray(column), strict=True)
        ]
    if hasattr(column, "to_pylist"):
        column = column.to_pylist()
    if hasattr(column, "to_list") and getattr(column, "dtype", None) is not None:
        kind = str(column.dtype)
        column = column.to_list() if kind not in ("float64", "int64") else column.to_numpy()
    array = np.asarray(column)
    if array.dtype.kind in "iuf":
        return array
    if array.dtype.kind not in "OUT":
        raise TypeError(f"{argument}: column {name!r} is of {array.dtype}, not numbers")
    return np.array([_cell(argument, name, row, each) for row, each in enumerate(array.tolist())], np.float64)


def _cell(argument: str, name: str, row: int, each: Any) -> float:
    if each is None or (isinstance(each, str) and not each.strip()) or each != each or type(each).__name__ == "NAType":
        return np.nan
    if isinstance(each, bool):
        raise TypeError(f"{argument}: {each!r} at row {row} of {name!r} is not a number")
    try:
        return float(each)
    except (TypeError, ValueError):
        raise ValueError(f"{argument}: {each!r} at row {row} of {name!r} is not a number") from None
