"""Arguments of measures, each refused with one message that names it and the first thing wrong in it."""

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LARGEST_COUNT = 2**53
"""The largest whole number up to which a double holds every whole number."""


def one_of(name: str, value: object, known: Sequence[str]) -> None:
    """Refuse an option that does not exist, listing those that do."""
    if value not in known:
        raise ValueError(f"{name}: {value!r} is not one of {', '.join(map(repr, known))}")


def level(confidence_level: float) -> float:
    """A confidence level: one number between 0 and 1."""
    value = _real("confidence_level", confidence_level)
    if not 0 < value < 1:
        raise ValueError(f"confidence_level: {confidence_level!r} is not between 0 and 1")
    return value


def practical_threshold(threshold: float | None) -> float:
    """The difference that matters, in percentage points: 5 unless another is given."""
    if threshold is None:
        return 5.0
    value = _real("threshold", threshold)
    if not 0 < value < np.inf:
        raise ValueError(f"threshold: {threshold!r} is not a positive number of percentage points")
    return value


def true_or_false(name: str, value: object) -> None:
    """Refuse what is neither: a text such as "no" would be taken as true."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: {value!r} is neither True nor False")


def words(name: str, value: str | None) -> str | None:
    """Words for people, or None."""
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise TypeError(f"{name}: {value!r} is not a text")
    return value


def _real(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}: {value!r} is not a number")
    return float(value)


def whole_numbers(name: str, values: Any) -> Floats:
    """Counts as doubles, each of which is a whole number that a double holds exactly."""
    mask = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else np.zeros(1, bool)
    array = np.asarray(values)
    refuse_first(name, array, mask, "is masked: a missing count is not a count")
    if array.dtype.kind not in "iuf":
        _refuse_other_types(name, array)
        array = array.astype(np.float64)
    for problem, bad in (
        ("is not a number", np.isnan(array)),
        ("is negative", array < 0),
        ("is infinite", np.isinf(array)),
        ("is not a whole number", array != np.floor(array)),
        ("is above 2**53, beyond which counts are not exact", array > LARGEST_COUNT),
    ):
        refuse_first(name, array, bad, problem)
    return array.astype(np.float64)


def counts_within(count: Any, nobs: Any) -> tuple[Floats, Floats]:
    """Counts and the numbers of observations they are out of, broadcast against each other."""
    counts, totals = whole_numbers("count", count), whole_numbers("nobs", nobs)
    try:
        counts, totals = np.broadcast_arrays(counts, totals)
    except ValueError:
        message = f"count and nobs: shapes {counts.shape} and {totals.shape} do not broadcast"
        raise ValueError(message) from None
    above = counts > totals
    if above.any():
        where = tuple(np.argwhere(above)[0])
        problem = f"is above nobs, which is {totals[where]:g} there"
        refuse_first("count", counts, above, problem)
    return counts, totals


def refuse_first(name: str, array: NDArray[Any], bad: NDArray[np.bool_], problem: str) -> None:
    """Raise for the first bad element, if there is one."""
    if not bad.any():
        return
    where = tuple(int(i) for i in np.argwhere(bad)[0])
    place = "" if not where else f" at index {where[0] if len(where) == 1 else where}"
    value = array[where]
    shown = f"{value:.17g}" if isinstance(value, (float, np.floating)) else str(value)
    raise ValueError(f"{name}: {shown}{place} {problem}")


def _refuse_other_types(name: str, array: NDArray[Any]) -> None:
    """Only plain numbers pass: Python's own large integers arrive here as objects."""
    for index, value in np.ndenumerate(array):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
            place = "" if not index else f" at index {index[0] if len(index) == 1 else index}"
            shown = value.item() if isinstance(value, np.generic) else value
            raise TypeError(f"{name}: {shown!r}{place} is not a number")
