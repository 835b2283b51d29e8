"""Weights as arrays of float64, whatever they come as."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records import arrow


def null_weight(name: str, row: int) -> ValueError:
    """The error for a missing weight."""
    return ValueError(f"weight {name!r}: missing at row {row}; give it a weight, or leave the row out with where=")


def from_any(name: str, values: Any) -> NDArray[np.float64]:
    """Weights in an array, list, series or Arrow array."""
    if hasattr(values, "to_native"):
        values = values.to_native()
    if type(values).__module__.startswith("pandas"):
        return _from_pandas(name, values)
    if hasattr(values, "__arrow_c_stream__") or hasattr(values, "__arrow_c_array__"):
        return _from_arrow(name, values)
    if isinstance(values, np.ma.MaskedArray):
        _require_all(name, ~np.ma.getmaskarray(values))
        values = values.data
    array = np.asarray(values)
    if array.dtype.kind == "O":
        _require_all(name, np.array([value is not None for value in array.flat], bool))
        array = np.asarray(array.tolist())
    return _as_float(name, array)


def _from_pandas(name: str, values: Any) -> NDArray[np.float64]:
    missing = values.isna().to_numpy()
    if values.dtype.kind not in "iuf":
        raise TypeError(f"weight {name!r} must be numbers, not {values.dtype}")
    _require_all(name, ~missing)
    return _as_float(name, values.to_numpy(np.float64))


def _from_arrow(name: str, values: Any) -> NDArray[np.float64]:
    pieces: list[NDArray[np.float64]] = []
    for array in arrow.batches(values):
        try:
            numbers = arrow.numbers_from(name, array, 0, array.length)
        except arrow.NullWeight as error:
            raise null_weight(name, sum(map(len, pieces)) + error.row) from None
        pieces.append(_as_float(name, numbers))
    return np.concatenate(pieces) if pieces else np.empty(0)


def _require_all(name: str, present: NDArray[np.bool_]) -> None:
    if not present.all():
        raise null_weight(name, int(present.argmin()))


def _as_float(name: str, array: NDArray[Any]) -> NDArray[np.float64]:
    if array.dtype.kind not in "iuf" and array.size:
        raise TypeError(f"weight {name!r} must be numbers, not {array.dtype}")
    if array.ndim != 1:
        raise ValueError(f"weight {name!r} must have one dimension, not {array.ndim}")
    return np.asarray(array, np.float64)
