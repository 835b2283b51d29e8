"""Windows of time: days, or calendar months, that end as long after an event."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

WORDS = re.compile(r"\s*(\d+)\s*(day|week|month|year)s?\s*\Z", re.IGNORECASE)
LARGEST = 100_000
"""Days beyond which a window is a mistake."""


@dataclass(frozen=True)
class Window:
    """So many calendar months and days, and how they are said."""

    months: int
    days: int
    words: str

    def ends(self, days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
        """The last day of the window after each day; of a month that has no such day, its last day."""
        if self.months:
            month = days.astype("datetime64[M]")
            later = month + self.months
            start, after = later.astype("datetime64[D]"), (later + 1).astype("datetime64[D]")
            days = np.minimum(start + (days - month.astype("datetime64[D]")), after - np.timedelta64(1, "D"))
        return days + np.timedelta64(self.days, "D")


def read_window(window: Any) -> Window:
    """A window from words such as "12 months", a whole number of days, or a length of time."""
    if isinstance(window, str):
        return _from_words(window)
    if isinstance(window, np.timedelta64):
        return _from_numpy(window)
    if isinstance(window, dt.timedelta):
        if window % dt.timedelta(days=1):
            raise ValueError(f"window: {window!r} is no whole number of days")
        return _of(window.days, "day", window)
    if isinstance(window, bool) or not isinstance(window, int | np.integer):
        raise TypeError(f"window: {window!r} is not a length of time such as '12 months' or 365 (days)")
    return _of(int(window), "day", window)


def _from_words(text: str) -> Window:
    found = WORDS.match(text)
    if found is None:
        raise ValueError(f"window: {text!r} is not a length of time such as '12 months', '90 days' or '1 year'")
    return _of(int(found[1]), found[2].lower(), text)


def _from_numpy(length: np.timedelta64) -> Window:
    kind = np.datetime_data(length.dtype)[0]
    if kind in ("Y", "M"):
        return _of(int(length.astype("timedelta64[M]").astype(np.int64)), "month", length)
    days = length.astype("timedelta64[D]")
    if np.isnat(length) or days != length:
        raise ValueError(f"window: {length!r} is no whole number of days")
    return _of(int(days.astype(np.int64)), "day", length)


def _of(number: int, unit: str, given: Any) -> Window:
    in_days = {"day": 1, "week": 7, "month": 28, "year": 365}[unit]
    if number < 1:
        raise ValueError(f"window: {given!r} is not a length of time above 0")
    if number * in_days > LARGEST:
        raise ValueError(f"window: {given!r} is longer than {LARGEST:,} days")
    words = f"{number} {unit}{'' if number == 1 else 's'}"
    months = number * {"month": 1, "year": 12}.get(unit, 0)
    return Window(months, 0 if months else number * in_days, words)
