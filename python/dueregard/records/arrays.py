"""A dict of arrays: NumPy arrays, lists, series or Arrow arrays."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records import arrow, filters, names, objects, pandas_frames, weights
from dueregard.records.columns import Column, refuse
from dueregard.records.integers import IntegerColumn, LabelledColumn
from dueregard.records.levelled import LevelledText
from dueregard.records.rows import Rows, aligned
from dueregard.records.text import FixedTextColumn, ObjectColumn

Labels = Mapping[str, Sequence[Any]]


def read(data: Mapping[str, Any], columns: Sequence[str], weight: Any, where: Any, labels: Labels) -> Iterator[Rows]:
    """Rows of a dict of arrays."""
    names.require(columns, list(data), "the data")
    chunks = [pieces_of(name, data[name], labels.get(name)) for name in columns]
    numbers = None
    label = weight if isinstance(weight, str) else "weight"
    if weight is not None:
        numbers = weights.from_any(label, names.find(weight, data, "weight") if label is weight else weight)
    if where is not None and not filters.is_expression(where):
        where = filters.as_keep(where)
    # Lengths come last: reading one argument may run code of the user's that changes another.
    lengths = {name: sum(piece.n_rows for piece in pieces) for name, pieces in zip(columns, chunks, strict=True)}
    if numbers is not None:
        lengths[label] = len(numbers)
    if isinstance(where, np.ndarray):
        lengths["where"] = len(where)
    if len(set(lengths.values())) > 1:
        listed = ", ".join(f"{name!r} has {length:,}" for name, length in lengths.items())
        raise ValueError(f"the columns differ in length: {listed}")
    keep = filters.keep_of_mapping(where, data)
    for rows in aligned(chunks):
        part = slice(rows.first_row, rows.first_row + rows.n_rows)
        yield replace(
            rows,
            weight=None if numbers is None else numbers[part],
            keep=None if keep is None else keep[part],
        )


def pieces_of(name: str, values: Any, labels: Sequence[Any] | None) -> list[Column]:
    """One column of any array-like kind, in the pieces it is stored in."""
    if isinstance(values, LevelledText):
        return pieces_of(name, values.codes, values.labels.tolist())
    if hasattr(values, "to_native"):  # a narwhals series
        values = values.to_native()
    if type(values).__module__.startswith("pandas"):
        return pandas_frames.pieces_of(name, values, labels)
    if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        return arrow.column_pieces(name, values, labels)
    if isinstance(values, list | tuple | range):
        return [_from_list(name, list(values), labels)]
    if isinstance(values, np.ndarray) or hasattr(values, "__array__"):
        return [from_array(name, np.asanyarray(values), labels)]
    raise TypeError(f"column {name!r}: {type(values).__name__} is not an array or a list")


def from_array(
    name: str,
    values: NDArray[Any],
    labels: Sequence[Any] | None,
    missing: NDArray[np.bool_] | None = None,
) -> Column:
    """One column of a NumPy array, which is not copied."""
    if isinstance(values, np.ma.MaskedArray):
        mask = np.ma.getmask(values)
        missing = None if mask is np.ma.nomask else np.asarray(mask, bool)
        values = values.data
    values = np.asarray(values)
    if values.ndim != 1:
        raise TypeError(f"column {name!r} must have one dimension, not {values.ndim}")
    if values.dtype.kind == "O":
        values, missing = _from_objects(name, values, missing, labels is not None)
    kind = values.dtype.kind
    if labels is not None:
        if kind not in "biu":
            raise TypeError(f"labels: column {name!r} is of {values.dtype}, and only integers can be codes")
        return LabelledColumn(name, values, list(labels), missing)
    if kind in "biu":
        return IntegerColumn(name, values, missing)
    return _from_text(name, values, missing)


def _from_objects(
    name: str, values: NDArray[Any], missing: NDArray[np.bool_] | None, codes: bool
) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
    """Booleans and whole numbers as such; anything else stays as it is, missing values as None."""
    if missing is not None:
        values = values.copy()
        values[missing] = None
    found = objects.numbers(name, values)
    if found is None and codes and all(map(objects.is_null, values)):
        found = np.zeros(len(values), np.int64), np.ones(len(values), bool)
    return (values, None) if found is None else found


def _from_text(name: str, values: NDArray[Any], missing: NDArray[np.bool_] | None) -> Column:
    kind = values.dtype.kind
    if kind not in "UOT":
        refuse(name, kind, values.dtype)
    if kind == "U" and missing is None:
        return FixedTextColumn(name, values)
    if kind != "O" or missing is not None:
        values = values.astype(object)
    if missing is not None:
        values[missing] = None
    return ObjectColumn(name, values)


def _from_list(name: str, values: list[Any], labels: Sequence[Any] | None) -> Column:
    """A list of text, integers or booleans, with None for missing."""
    kinds = set(map(type, values)) - {type(None)}
    if not kinds and labels is None:
        return arrow.NullColumn(name, len(values))
    if kinds == {float}:
        refuse(name, "f", "a list of floats")
    array = np.empty(len(values), object)
    array[:] = values
    return from_array(name, array, labels)
