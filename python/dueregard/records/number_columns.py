"""Columns as numbers, whatever they come as."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def numbers_of(argument: str, name: str, column: Any) -> Floats:
    """A column as numbers, NaN where there is none: null, or empty text. ``argument`` is what messages call it."""
    values = np.asarray(_plain(argument, name, column), np.float64)
    if values.ndim != 1:
        raise ValueError(f"{argument}: column {name!r} must have one dimension, not {values.ndim}")
    return values


def _plain(argument: str, name: str, column: Any) -> NDArray[Any]:
    """Numbers as they come, with NaN for null and for empty text."""
    if hasattr(column, "to_native"):  # a narwhals series
        column = column.to_native()
    if isinstance(column, np.ma.MaskedArray):
        column = [
            None if hidden else each for each, hidden in zip(column.data, np.ma.getmaskarray(column), strict=True)
        ]
    if hasattr(column, "to_pylist") or hasattr(column, "to_list"):
        column = _of_series(column)
    array = np.asarray(column)
    if array.dtype.kind in "iuf":
        return array
    if array.dtype.kind not in "OUT":
        raise TypeError(f"{argument}: column {name!r} is of {array.dtype}, not numbers")
    return np.array([_cell(argument, name, row, each) for row, each in enumerate(array.tolist())], np.float64)


def _of_series(column: Any) -> Any:
    """A column of a data frame: numbers by its library, anything else as a list."""
    import narwhals as nw

    series: Any = nw.from_native(column, series_only=True, pass_through=True)
    if not isinstance(series, nw.Series):  # an Arrow array without chunks
        return series.to_pylist() if hasattr(series, "to_pylist") else series.to_list()
    if series.dtype.is_integer() or series.dtype.is_float():
        return series.cast(nw.Float64).to_numpy()
    return series.to_list()


def _cell(argument: str, name: str, row: int, each: Any) -> float:
    if each is None or (isinstance(each, str) and not each.strip()) or each != each or type(each).__name__ == "NAType":
        return np.nan
    if isinstance(each, bool):
        raise TypeError(f"{argument}: {each!r} at row {row} of {name!r} is not a number")
    try:
        return float(each)
    except (TypeError, ValueError):
        raise ValueError(f"{argument}: {each!r} at row {row} of {name!r} is not a number") from None
