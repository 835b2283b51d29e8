"""Arguments of measures, each refused with one message that names it and the first thing wrong in it."""

from collections.abc import Iterable, Sequence
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


def level(confidence_level: float | None) -> float:
    """A confidence level: one number between 0 and 1."""
    value = number("confidence_level", confidence_level)
    if not 0 < value < 1:
        raise ValueError(f"confidence_level: {confidence_level!r} is not between 0 and 1")
    return value


def between(name: str, value: float, low: float, high: float) -> float:
    """One number strictly between two ends."""
    found = number(name, value)
    if not low < found < high:
        ends = f"between {low:g} and {high:g}" if high < np.inf else f"a finite number above {low:g}"
        raise ValueError(f"{name}: {value!r} is not {ends}")
    return found


def levels(confidence_level: Any) -> tuple[float, ...]:
    """One confidence level or several, as a tuple without repeats."""
    several = isinstance(confidence_level, Iterable) and not isinstance(confidence_level, str)
    found = tuple(level(each) for each in confidence_level) if several else (level(confidence_level),)
    if not found:
        raise ValueError("confidence_level: there is none")
    for i, each in enumerate(found):
        if each in found[:i]:
            raise ValueError(f"confidence_level: {each:g} is given twice")
    return found


def true_or_false(name: str, value: object) -> None:
    """Refuse what is neither: a text such as "no" would be taken as true."""
    if not isinstance(value, bool):
        raise TypeError(f"{name}: {value!r} is neither True nor False")


def at_least_one(name: str, value: Any) -> int:
    """A whole number from 1."""
    found = integer(name, value)
    if found < 1:
        raise ValueError(f"{name}: {value} is below 1")
    return found


def words(name: str, value: str | None) -> str | None:
    """Words for people, or None."""
    if value is not None and (not isinstance(value, str) or not value.strip()):
        raise TypeError(f"{name}: {value!r} is not a text")
    return value


def number(name: str, value: object) -> float:
    """One number."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name}: {value!r} is not a number")
    return float(value)


def integer(name: str, value: Any) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise TypeError(f"{name}: {value!r} is not a whole number")
    return int(value)


def whole_numbers(name: str, values: Any) -> Floats:
    """Counts as doubles, each of which is a whole number that a double holds exactly."""
    array = _plain(name, values, "is masked: a missing count is not a count")
    for problem, bad in (
        ("is not a number", np.isnan(array)),
        ("is negative", array < 0),
        ("is infinite", np.isinf(array)),
        ("is not a whole number", array != np.floor(array)),
        ("is above 2**53, beyond which counts are not exact", array > LARGEST_COUNT),
    ):
        refuse_first(name, array, bad, problem)
    return array.astype(np.float64)


def finite_numbers(name: str, values: Any) -> Floats:
    """Numbers as doubles, none of them missing or infinite."""
    array = _plain(name, values, "is masked: a missing number is not a number").astype(np.float64)
    refuse_first(name, array, np.isnan(array), "is not a number")
    refuse_first(name, array, np.isinf(array), "is infinite")
    return array


def numbers_or_unknown(name: str, values: Any) -> Floats:
    """Numbers as doubles, none of them infinite; NaN stands for one that is not known."""
    array = _plain(name, values, "is masked: use NaN for a value that is not known").astype(np.float64)
    refuse_first(name, array, np.isinf(array), "is infinite")
    return array


def exposures(name: str, values: Any) -> Floats:
    """What events happened in, as doubles: finite, and not below 0."""
    array = finite_numbers(name, values)
    refuse_first(name, array, array < 0, "is negative")
    return array


def broadcast(**arrays: Floats) -> tuple[Floats, ...]:
    """The named arguments in their common shape."""
    try:
        return tuple(np.broadcast_arrays(*arrays.values()))
    except ValueError:
        names, shapes = _listed(arrays), _listed(str(a.shape) for a in arrays.values())
        raise ValueError(f"{names}: shapes {shapes} do not broadcast") from None


def probabilities(name: str, values: Any) -> Floats:
    """Numbers from 0 to 1; NaN stands for one that is not known."""
    array = _plain(name, values, "is masked: use NaN for a value that is not known").astype(np.float64)
    refuse_first(name, array, (array < 0) | (array > 1), "is not between 0 and 1")
    return array


def counts_within(count: Any, nobs: Any) -> tuple[Floats, Floats]:
    """Counts and the numbers of observations they are out of, broadcast against each other."""
    counts, totals = broadcast(count=whole_numbers("count", count), nobs=whole_numbers("nobs", nobs))
    refuse_above("count", counts, "nobs", totals)
    return counts, totals


def events_over(count: Any, exposure: Any) -> tuple[Floats, Floats]:
    """Counts of events and what they are over, broadcast against each other; without exposure there is no event."""
    events, exposures = whole_numbers("count", count), finite_numbers("exposure", exposure)
    refuse_first("exposure", exposures, exposures < 0, "is negative")
    events, exposures = broadcast(count=events, exposure=exposures)
    refuse_first("count", events, (exposures == 0) & (events > 0), "is above 0 although the exposure is 0 there")
    return events, exposures


def refuse_above(name: str, counts: Floats, of: str, totals: Floats) -> None:
    """Refuse counts above the numbers of observations they are out of."""
    above = counts > totals
    if above.any():
        where = tuple(np.argwhere(above)[0])
        refuse_first(name, counts, above, f"is above {of}, which is {totals[where]:g} there")


def refuse_events_without_exposure(name: str, counts: Floats, of: str, exposure: Floats) -> None:
    """Refuse events where there is nothing that they could have happened in."""
    refuse_first(name, counts, (counts > 0) & (exposure == 0), f"happened where {of} is 0")


def refuse_first(name: str, array: NDArray[Any], bad: NDArray[np.bool_], problem: str) -> None:
    """Raise for the first bad element, if there is one."""
    if not bad.any():
        return
    where = tuple(int(i) for i in np.argwhere(bad)[0])
    place = "" if not where else f" at index {where[0] if len(where) == 1 else where}"
    value = array[where]
    shown = repr(float(value)).removesuffix(".0") if isinstance(value, (float, np.floating)) else str(value)
    raise ValueError(f"{name}: {shown}{place} {problem}")


def _plain(name: str, values: Any, masked: str) -> NDArray[Any]:
    """An array of plain numbers, none of them masked."""
    array = _rectangular(name, values)
    if isinstance(values, np.ma.MaskedArray):
        refuse_first(name, array, np.ma.getmaskarray(values), masked)
    if array.dtype.kind not in "iuf":
        _refuse_other_types(name, array)
        array = array.astype(np.float64)
    return array


def _rectangular(name: str, values: Any) -> NDArray[Any]:
    """An array of anything, unless lists within it differ in length."""
    try:
        return np.asarray(values)
    except ValueError:
        shapes = [_rectangular(name, each).shape for each in values]
        odd = next((i for i, shape in enumerate(shapes) if shape != shapes[0]), None)
        if odd is None:
            raise
        raise ValueError(f"{name}: {values[odd]!r} at index {odd} is not of the length of those before it") from None


def _listed(words: Iterable[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _refuse_other_types(name: str, array: NDArray[Any]) -> None:
    """Only plain numbers pass: Python's own large integers arrive here as objects."""
    for index, value in np.ndenumerate(array):
        if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
            place = "" if not index else f" at index {index[0] if len(index) == 1 else index}"
            shown = value.item() if isinstance(value, np.generic) else value
            raise TypeError(f"{name}: {shown!r}{place} is not a number")
