"""Data frames of any library: unwrapped by narwhals, read column by column (pandas) or as Arrow batches."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dueregard.records import arrow, filters, names, pandas_frames, weights
from dueregard.records.columns import Column
from dueregard.records.integers import present_rows
from dueregard.records.rows import Keep, Rows, Weight, aligned

Labels = Mapping[str, Sequence[Any]]


def native(data: Any) -> Any:
    """The frame inside a narwhals frame, or the data itself."""
    return data.to_native() if type(data).__module__.startswith("narwhals") else data


def is_frame(data: Any) -> bool:
    """Whether this is a table that can be read: a frame of any library, or a producer of Arrow data."""
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return True
    import narwhals as nw

    frame = nw.from_native(data, pass_through=True)
    return isinstance(frame, nw.DataFrame | nw.LazyFrame)


def read(data: Any, columns: Sequence[str], weight: Any, where: Any, labels: Labels) -> Iterator[Rows]:
    """Rows of a frame."""
    import narwhals as nw

    if getattr(data, "ndim", 2) == 1:
        raise TypeError(f"data is one column (a {type(data).__name__}), not a table")
    if type(data).__module__.startswith("pandas"):
        names.refuse_repeated(list(data.columns), "the data frame")
    frame = nw.from_native(data, pass_through=True)
    if not isinstance(frame, nw.DataFrame | nw.LazyFrame):
        return read_arrow(_filtered_stream(data, where), columns, weight, _array_or_none(where), labels)
    there = frame.collect_schema().names()
    weight_name = [weight] if isinstance(weight, str) else []
    names.require([*columns, *weight_name], there, "the data")
    selected = list(dict.fromkeys([*columns, *weight_name]))
    if isinstance(frame, nw.LazyFrame):
        return _read_lazy(frame, selected, columns, weight, where, labels)
    keep = filters.keep_of_frame(where, frame)
    chosen = frame.select(selected).to_native()
    if frame.implementation.is_pandas():
        return _read_pandas(chosen, columns, weight, keep, labels)
    return read_arrow(chosen, columns, weight, keep, labels)


def _read_lazy(
    frame: Any, selected: list[str], columns: Sequence[str], weight: Any, where: Any, labels: Labels
) -> Iterator[Rows]:
    """Filtered and selected by the engine, which hands over what is left as Arrow batches."""
    keep = _array_or_none(where)
    filtered = frame if where is None or keep is not None else frame.filter(where)
    chosen = filtered.select(selected)
    data = chosen.to_native()
    if not hasattr(data, "__arrow_c_stream__"):
        data = chosen.collect().to_native()
    return read_arrow(data, columns, weight, keep, labels)


def _read_pandas(data: Any, columns: Sequence[str], weight: Any, keep: Keep, labels: Labels) -> Iterator[Rows]:
    chunks: list[list[Column]] = [pandas_frames.pieces_of(name, data[name], labels.get(name)) for name in columns]
    numbers = _weights_of(data, weight)
    _check_length("weight", numbers, len(data))
    _check_length("where", keep, len(data))
    for rows in aligned(chunks):
        yield _with_parts(rows, numbers, keep)


def _weights_of(data: Any, weight: Any) -> Weight:
    if weight is None:
        return None
    return weights.from_any(weight, data[weight]) if isinstance(weight, str) else weights.from_any("weight", weight)


def read_arrow(
    data: Any, columns: Sequence[str], weight: Any, keep: Keep, labels: Labels, first_row: int = 0
) -> Iterator[Rows]:
    """Rows of anything with the Arrow PyCapsule interface, one batch at a time."""
    numbers = None if weight is None or isinstance(weight, str) else weights.from_any("weight", weight)
    start = first_row
    for batch in arrow.batches(data):
        rows = _rows_of(batch, start, columns, weight if isinstance(weight, str) else None, labels)
        start += rows.n_rows
        for name, array in (("weight", numbers), ("where", keep)):
            if array is not None and len(array) < start:
                raise ValueError(f"{name} has {len(array):,} values and the data more than {len(array):,} rows")
        yield _with_parts(rows, numbers, keep)
    _check_length("weight", numbers, start)
    _check_length("where", keep, start)
    if start == first_row:
        yield Rows(0, [(arrow.NullColumn(name, 0), 0) for name in columns], first_row, _no_weight(weight))


def _no_weight(weight: Any) -> Weight:
    return None if weight is None else np.empty(0)


def _rows_of(batch: Any, first_row: int, columns: Sequence[str], weight: str | None, labels: Labels) -> Rows:
    if batch.schema.format != "+s":
        raise TypeError(f"data is an Arrow array of type {batch.schema.format!r}, not a table")
    _refuse_null_rows(batch, first_row)
    children = {child.name: i for i, child in enumerate(batch.schema.children)}
    names.refuse_repeated([child.name for child in batch.schema.children], "the data")
    names.require([*columns, *([weight] if weight else [])], list(children), "the data")
    coded = [
        (arrow.column_from(name, batch.child(children[name]), batch.offset, batch.length, labels.get(name)), 0)
        for name in columns
    ]
    numbers = None
    if weight is not None:
        numbers = _weight_column(weight, batch.child(children[weight]), batch.offset, batch.length, first_row)
    return Rows(batch.length, coded, first_row, numbers)


def _refuse_null_rows(batch: Any, first_row: int) -> None:
    """An Arrow table comes as an array of structs, which could be null; a row of a table cannot."""
    if batch.null_count == 0 or not batch.buffers[0]:
        return
    rows = arrow.Buffers("", batch.view(), batch.offset, batch.length)
    if rows.valid is not None:
        present = present_rows(rows.valid, rows.offset, rows.n_rows)
        if not present.all():
            raise ValueError(f"data: row {first_row + int(present.argmin())} is a null struct, not a row")


def _weight_column(name: str, array: Any, offset: int, n_rows: int, first_row: int) -> Weight:
    try:
        numbers = arrow.numbers_from(name, array, offset, n_rows)
    except arrow.NullWeight as error:
        raise weights.null_weight(name, first_row + error.row) from None
    weights.require_exact(name, numbers, first_row)
    return np.asarray(numbers, np.float64)


def _with_parts(rows: Rows, numbers: Weight, keep: Keep) -> Rows:
    """The rows with their part of a weight and a filter that came as whole arrays."""
    part = slice(rows.first_row, rows.first_row + rows.n_rows)
    return replace(
        rows,
        weight=rows.weight if numbers is None else numbers[part],
        keep=None if keep is None else keep[part],
    )


def _check_length(name: str, array: Any, n_rows: int) -> None:
    if array is not None and len(array) != n_rows:
        raise ValueError(f"{name} has {len(array):,} values and the data {n_rows:,} rows")


def _array_or_none(where: Any) -> Keep:
    return None if where is None or filters.is_expression(where) else filters.as_keep(where)


def _filtered_stream(data: Any, where: Any) -> Any:
    """An Arrow producer that is no frame, filtered: an expression needs a frame library to be evaluated."""
    if not filters.is_expression(where):
        return data
    import narwhals as nw

    from dueregard.frames import installed

    library: Any = next(name for name in (installed(), "polars", "pyarrow") if name in ("polars", "pyarrow"))
    return nw.from_arrow(data, backend=library).filter(where).to_native()
