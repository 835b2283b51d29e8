"""Weights as arrays of float64, whatever they come as."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records import arrow

LARGEST_WHOLE = 2**53
TOO_LARGE = "a whole number above 2**53, which may lose digits; divide the weights, or give them as floats"


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
    if isinstance(values, list | tuple):  # NumPy would make floats of whole numbers beside floats
        _require_exact_list(name, values)
    array = np.asarray(values)
    if array.dtype.kind == "O":
        _require_all(name, np.array([value is not None for value in array.flat], bool))
        plain = array.tolist()
        _require_exact_list(name, plain)
        array = np.asarray(plain)
    return _as_float(name, array)


def _from_pandas(name: str, values: Any) -> NDArray[np.float64]:
    if values.dtype.kind not in "iuf":
        raise TypeError(f"weight {name!r} must be numbers, not {values.dtype}")
    _require_all(name, ~np.asarray(values.isna(), bool))  # of an extension array this is an array already
    return _as_float(name, np.asarray(values, getattr(values.dtype, "numpy_dtype", values.dtype)))


def _from_arrow(name: str, values: Any) -> NDArray[np.float64]:
    pieces: list[NDArray[np.float64]] = []
    for array in arrow.batches(values):
        try:
            numbers = arrow.numbers_from(name, array, 0, array.length)
        except arrow.NullWeight as error:
            raise null_weight(name, sum(map(len, pieces)) + error.row) from None
        require_exact(name, numbers, sum(map(len, pieces)))
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
    require_exact(name, array)
    with np.errstate(over="ignore"):  # what becomes infinite is refused with the other infinite weights
        numbers = np.asarray(array, np.float64)
    if array.dtype.itemsize > 8:
        _require_unchanged(name, array, numbers)
    return numbers


def _require_unchanged(name: str, array: NDArray[Any], numbers: NDArray[np.float64]) -> None:
    """Refuse wider floats that a float64 does not hold: their sums would not be exact."""
    changed = np.isfinite(numbers) & (numbers != array)
    if changed.any():
        row = int(changed.argmax())
        raise ValueError(f"weight {name!r}: {array[row]} at row {row} has more digits than a float64 holds")


def _require_exact_list(name: str, values: Sequence[Any]) -> None:
    for row, value in enumerate(values):
        if type(value) is int and value > LARGEST_WHOLE:
            raise ValueError(f"weight {name!r}: {value} at row {row} is {TOO_LARGE}")


def require_exact(name: str, array: NDArray[Any], first_row: int = 0) -> None:
    """Refuse whole numbers that a double may not hold; a double counts every whole number up to 2**53."""
    if array.dtype.kind not in "iu" or array.dtype.itemsize < 8:
        return
    above = array > LARGEST_WHOLE
    if above.any():
        row = int(above.argmax())
        raise ValueError(f"weight {name!r}: {array[row]} at row {first_row + row} is {TOO_LARGE}")
