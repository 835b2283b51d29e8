"""Columns of dates as days: NumPy, pandas, Polars and Arrow dates and times, Python's own, and ISO text.

Times that know their time zone are taken to the day they are in London; others are taken to be London time.
"""

import datetime as dt
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.records import arrays
from dueregard.records.objects import is_null

LONDON = "Europe/London"
ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?\Z")

Days = NDArray[np.datetime64]
Rows = NDArray[np.intp] | None


def days_of(argument: str, name: str, column: Any, rows: Rows = None) -> Days:
    """The day of each row of a column, or of the ``rows`` alone; a row without a date is refused by its number.

    Raises
    ------
    TypeError
        If the column holds something else than dates.
    ValueError
        If a row has no date, or a text that is no date.
    """
    values = _as_array(argument, name, column)
    if values.ndim != 1:
        raise ValueError(f"{argument}: column {name!r} must have one dimension, not {values.ndim}")
    kept = values if rows is None else values[rows]
    days = kept.astype("datetime64[D]") if kept.dtype.kind == "M" else _from_objects(argument, name, kept, rows)
    absent = np.isnat(days)
    if absent.any():
        raise ValueError(f"{argument}: row {_row(int(absent.argmax()), rows)} of {name!r} has no date")
    return days


def day_of(argument: str, value: Any) -> np.datetime64:
    """The day of one date, time or ISO text."""
    if isinstance(value, np.datetime64):
        found = _to_day(value)
    elif isinstance(value, (str, dt.date)) and not is_null(value):
        found = _day(argument, value, "")
    else:
        raise TypeError(f"{argument}: {value!r} is not a date")
    if np.isnat(found):
        raise ValueError(f"{argument}: {value!r} is not a date")
    return found


def _as_array(argument: str, name: str, column: Any) -> NDArray[Any]:
    """An array of datetime64 in London time, or of objects."""
    made: NDArray[Any]
    if isinstance(column, np.ma.MaskedArray):
        made = np.asarray(column.data).astype("datetime64[D]" if column.dtype.kind == "M" else object)
        made[np.ma.getmaskarray(column)] = None
        return made
    if isinstance(column, np.ndarray):
        return _plain(argument, name, column)
    if isinstance(column, list | tuple):
        made = np.empty(len(column), object)
        made[:] = column
        return made
    return _of_series(argument, name, column)


def _of_series(argument: str, name: str, column: Any) -> NDArray[Any]:
    import narwhals as nw

    series = nw.from_native(column, series_only=True, pass_through=True)
    if not isinstance(series, nw.Series):
        return _plain(argument, name, np.asarray(column))
    kind = series.dtype
    if isinstance(kind, nw.Datetime) and kind.time_zone:
        series = series.dt.convert_time_zone(LONDON).dt.replace_time_zone(None)
    elif kind in (nw.Categorical, nw.Enum):
        series = series.cast(nw.String)
    elif kind not in (nw.Date, nw.Datetime, nw.String, nw.Object):
        raise _unfit(argument, name, kind)
    array: NDArray[Any] = np.asarray(series.to_numpy())
    return array if array.dtype.kind == "M" else array.astype(object)


def _plain(argument: str, name: str, array: NDArray[Any]) -> NDArray[Any]:
    if array.dtype.kind not in "MOU":
        raise _unfit(argument, name, array.dtype)
    return array


def _unfit(argument: str, name: str, kind: Any) -> TypeError:
    return TypeError(f"{argument}: column {name!r} is of {kind}, not dates")


def _from_objects(argument: str, name: str, values: NDArray[Any], rows: Rows) -> Days:
    """Texts and Python dates, each different one read once."""
    codes, labels = _distinct(argument, name, values)
    days = np.empty(len(labels), "datetime64[D]")
    for i, label in enumerate(labels):
        try:
            days[i] = _day(argument, label, f" of {name!r}")
        except ValueError as error:
            row = _row(int(np.argmax(codes == i)), rows)
            raise ValueError(str(error).replace(f" of {name!r}", f" at row {row} of {name!r}", 1)) from None
    return days[codes]


def _distinct(argument: str, name: str, values: NDArray[Any]) -> tuple[NDArray[np.int64], list[Any]]:
    """Which of the distinct values each row has, and these in the order in which they are met."""
    if values.dtype.kind == "U" or all(isinstance(value, str) for value in values):
        coded = arrays.from_array(name, values, None).code(0, len(values), 0, None)
        return np.asarray(coded.column.codes, np.int64) - coded.column.base, coded.labels
    met: dict[Any, int] = {}
    codes = np.fromiter((met.setdefault(_key(value), len(met)) for value in values), np.int64, len(values))
    labels = list(met)
    for label in labels:
        if label is not None and not isinstance(label, (str, dt.date, np.datetime64)):
            raise TypeError(f"{argument}: column {name!r} holds {label!r}, which is not a date")
    return codes, labels


def _key(value: Any) -> Any:
    return None if is_null(value) else value


def _day(argument: str, value: Any, place: str) -> np.datetime64:
    """The day of a text or Python date; NaT where there is none. ``place`` says where it stands."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return np.datetime64("NaT", "D")
    if isinstance(value, np.datetime64):
        return _to_day(value)
    if isinstance(value, str):
        value = _read(argument, value, place)
    if isinstance(value, dt.datetime):
        if value.tzinfo is not None:
            value = value.astimezone(_london(argument))
        value = value.date()
    return np.datetime64(value, "D")


def _to_day(value: Any) -> np.datetime64:
    day: np.datetime64 = value.astype("datetime64[D]")
    return day


def _read(argument: str, text: str, place: str) -> dt.datetime:
    written = text.strip()
    try:
        if ISO.match(written):
            return dt.datetime.fromisoformat(written)
    except ValueError:
        pass
    raise ValueError(f"{argument}: {text!r}{place} is not a date such as 2016-06-30")


def _london(argument: str) -> dt.tzinfo:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(LONDON)
    except ZoneInfoNotFoundError:
        raise ValueError(f"{argument}: this system does not know the time zone {LONDON}: pip install tzdata") from None


def _row(position: int, rows: Rows) -> int:
    return position if rows is None else int(rows[position])
