"""Python objects that are booleans or whole numbers, with missing values among them: what pandas makes of both."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

BOOLEANS = (bool, np.bool_)
WHOLE = (int, np.integer)
NULLS = ("NoneType", "NAType", "NaTType")

Numbers = tuple[NDArray[Any], NDArray[np.bool_] | None]


def numbers(name: str, values: NDArray[Any]) -> Numbers | None:
    """The values as an array of booleans or integers, and where they are missing; None if the first is neither.

    Raises
    ------
    TypeError
        If booleans, whole numbers and anything else stand in one column, naming the first that differs.
    """
    first = next((value for value in values if not is_null(value)), None)
    if not isinstance(first, (*BOOLEANS, *WHOLE)):
        return None
    wanted = BOOLEANS if isinstance(first, BOOLEANS) else WHOLE
    missing = None
    if any(not _is_a(kind, wanted) for kind in set(map(type, values))):
        missing = np.fromiter(map(is_null, values), bool, len(values))
        _require_one_kind(name, values, missing, wanted)
        values = np.where(missing, first, values)
    return (values.astype(bool) if wanted is BOOLEANS else _integers(name, values)), missing


def is_null(value: object) -> bool:
    """None, NaN, or pandas' NA and NaT."""
    return (isinstance(value, float) and value != value) or type(value).__name__ in NULLS


def _is_a(kind: type, wanted: tuple[type, ...]) -> bool:
    return issubclass(kind, wanted) and (wanted is BOOLEANS or kind not in BOOLEANS)


def _require_one_kind(name: str, values: NDArray[Any], missing: NDArray[np.bool_], wanted: tuple[type, ...]) -> None:
    for row, (value, absent) in enumerate(zip(values, missing, strict=True)):
        if not (absent or _is_a(type(value), wanted)):
            what = "a boolean" if wanted is BOOLEANS else "a whole number"
            raise TypeError(
                f"column {name!r}: row {row} holds {type(value).__name__} {value!r} where {what} is expected"
            )


def _integers(name: str, values: NDArray[Any]) -> NDArray[Any]:
    """Signed if they can be: from one list NumPy would make floats of numbers on both sides of 2**63."""
    for dtype in (np.int64, np.uint64):
        try:
            return values.astype(dtype)
        except OverflowError:
            continue
    low, high = (-(2**63), 2**63) if any(value < 0 for value in values) else (0, 2**64)
    row, value = next((row, value) for row, value in enumerate(values) if not low <= value < high)
    raise TypeError(f"column {name!r}: row {row} holds int {value}, which does not fit 64 bits with the others")
