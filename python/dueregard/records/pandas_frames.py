"""pandas: categoricals, text of any storage, integers and booleans, without a copy of the values."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from dueregard.records import arrow
from dueregard.records.coded import CodedColumn
from dueregard.records.columns import Coded, Column, Interrupt, refuse


class CategoricalColumn:
    """A pandas categorical: its own codes, with -1 for missing, and its categories in their order."""

    def __init__(self, name: str, values: Any) -> None:
        self.name = name
        self.codes = values.codes
        self.labels = [None, *values.categories.tolist()]
        self.n_rows = len(self.codes)

    def code(self, start: int, stop: int, first_row: int, interrupt: Interrupt) -> Coded:
        column = CodedColumn(self.name, self.codes[start:stop], -1, len(self.labels))
        return Coded(column, self.labels, True)


def pieces_of(name: str, series: Any, labels: Sequence[Any] | None = None) -> list[Column]:
    """One pandas series (or index, or extension array), in the pieces it is stored in."""
    import pandas as pd

    from dueregard.records.arrays import from_array

    dtype = series.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        if labels is not None:
            raise TypeError(f"labels: column {name!r} has categories of its own")
        return [CategoricalColumn(name, getattr(series, "array", series))]
    if isinstance(dtype, pd.StringDtype):
        return _text_pieces(name, series, labels)
    if isinstance(dtype, pd.ArrowDtype):
        return arrow.column_pieces(name, _arrow_of(series), labels)
    if dtype.kind not in "biu":
        _refuse_floats(name, series)
    if isinstance(dtype, np.dtype):
        return [from_array(name, series.to_numpy(), labels)]
    if dtype.kind in "biu":
        missing = np.asarray(series.isna(), bool)  # of an extension array this is an array already
        fill = False if dtype.kind == "b" else 0
        values = series.to_numpy(dtype.numpy_dtype, na_value=fill)
        return [from_array(name, values, labels, missing if missing.any() else None)]
    return refuse(name, "M" if dtype.kind == "M" else "", dtype)


def _text_pieces(name: str, series: Any, labels: Sequence[Any] | None) -> list[Column]:
    from dueregard.records.arrays import from_array

    if series.dtype.storage == "pyarrow":
        return arrow.column_pieces(name, _arrow_of(series), labels)
    return [from_array(name, series.to_numpy(dtype=object), labels)]


def _arrow_of(series: Any) -> Any:
    """The Arrow array inside a pandas column."""
    array = getattr(series, "array", series)
    return array.__arrow_array__()


def _refuse_floats(name: str, series: Any) -> None:
    """Floats that are whole numbers beside missing values are what pandas makes of integers: say how to undo it."""
    if series.dtype.kind != "f":
        return
    values = series.dropna().to_numpy(np.float64, na_value=np.nan)
    if len(values) and np.all(values == np.floor(values)):
        refuse(name, "f", f"{series.dtype}", "it holds whole numbers: convert it with .astype('Int64')")
    refuse(name, "f", series.dtype)
