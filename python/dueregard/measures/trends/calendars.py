"""The periods of a series, months or quarters, in the order of the calendar: also those that the data do not have."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.measures.rates.periods import FINANCIAL_YEAR_BEGINS, MONTHS
from dueregard.missing import is_missing

MONTH, QUARTER = 1, 3
UNITS = {MONTH: "month", QUARTER: "quarter"}
FORMS = "'2010-04' (a month) or '2010-Q2' (a quarter)"
LONGEST = 2400
"""Periods between the first and the last beyond which a label is taken for a mistake."""

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])", re.IGNORECASE)
_FINANCIAL = re.compile(r"(\d{4})/(\d{2})[- ]?Q([1-4])", re.IGNORECASE)
_NAMED = re.compile(rf"({'|'.join(MONTHS)}|{'|'.join(each[:3] for each in MONTHS)}) (\d{{4}})", re.IGNORECASE)


@dataclass(frozen=True)
class Calendar:
    """Successive periods from the first that the data have to the last.

    ``unit`` is how many months each has, ``first`` the number of the first one (months or quarters since year 0).
    """

    name: str
    unit: int
    first: int
    n_periods: int
    places: tuple[int, ...]
    """Where each label of the data stands among the periods; -1 for kinds of missing."""

    @property
    def word(self) -> str:
        return UNITS[self.unit]

    def said(self, number: int) -> str:
        """So many periods: "12 months", "1 quarter"."""
        return f"{number} {self.word}{'' if number == 1 else 's'}"

    def label(self, place: int) -> str:
        """A period as labels have it: "2010-04", "2010-Q2"."""
        return label_of(self.first + place, self.unit)

    @property
    def labels(self) -> list[str]:
        return [self.label(place) for place in range(self.n_periods)]

    def words(self, start: int, end: int) -> str:
        """From the first month of one period to the last month of another: "April 2010 to March 2011"."""
        first, last = self.months(start, end)
        return month_words(first) if first == last else f"{month_words(first)} to {month_words(last)}"

    def months(self, start: int, end: int) -> tuple[int, int]:
        """The numbers of the first month of one period and the last month of another."""
        return self.unit * (self.first + start), self.unit * (self.first + end + 1) - 1

    def place(self, argument: str, value: Any) -> int:
        """Where a period named in an argument stands; it must be one of the series."""
        number, unit = period_of(argument, value)
        if unit != self.unit:
            raise ValueError(f"{argument}: {value!r} is a {UNITS[unit]}, and {self.name!r} has {self.word}s")
        if not 0 <= number - self.first < self.n_periods:
            ends = f"{self.label(0)} to {self.label(self.n_periods - 1)}"
            raise ValueError(f"{argument}: {value!r} is outside the series, which goes from {ends}")
        return number - self.first

    def full_window(self, argument: str, end: Any, length: int) -> int:
        """The place of the last period of a window, all of which must be in the series."""
        place = self.place(argument, end)
        if place < length - 1:
            raise ValueError(
                f"{argument}: a window of {self.said(length)} that ends {self.label(place)} begins before the series, "
                f"whose first {self.word} is {self.label(0)}"
            )
        return place

    def length(self, window: Any) -> int:
        """How many periods a window has: a number of them, or words such as "12 months"; no longer than the series."""
        from dueregard.measures.repeats.time_windows import read_window

        if isinstance(window, str):
            months = read_window(window).months
            if months == 0 or months % self.unit:
                raise ValueError(f"window: {window!r} is no whole number of {self.word}s, which {self.name!r} has")
            found = months // self.unit
        else:
            found = checked.at_least_one("window", window)
        if found > self.n_periods:
            ends = f"{self.label(0)} to {self.label(self.n_periods - 1)}"
            raise ValueError(f"window: {self.said(found)}, and the series has {self.said(self.n_periods)}, {ends}")
        return found


def calendar_of(name: str, labels: Sequence[Any]) -> Calendar:
    """The calendar of the labels of a column, in whatever order they come; each is a month or each a quarter."""
    read = [None if is_missing(label) else period_of("time", label, f" of {name!r}") for label in labels]
    known = [(i, each) for i, each in enumerate(read) if each is not None]
    if not known:
        raise ValueError(f"time: {name!r} has no period: no row states one")
    at, (_, unit) = known[0]
    for i, (_, other) in known:
        if other != unit:
            raise ValueError(
                f"time: {name!r} has both {UNITS[unit]}s ({labels[at]!r}) and {UNITS[other]}s ({labels[i]!r}); "
                "count them apart"
            )
    numbers = [number for _, (number, _) in known]
    first, n_periods = min(numbers), max(numbers) - min(numbers) + 1
    if n_periods > LONGEST:
        ends = f"{label_of(first, unit)} and {label_of(max(numbers), unit)}"
        raise ValueError(f"time: {name!r} has periods as far apart as {ends}")
    return Calendar(name, unit, first, n_periods, tuple(-1 if each is None else each[0] - first for each in read))


def period_of(argument: str, value: Any, place: str = "") -> tuple[int, int]:
    """The number of the period that a label stands for, and how many months it has; a day stands for its month.

    >>> period_of("time", "2010-04"), period_of("time", "2010/11 Q1"), period_of("time", "2 Apr 2010")
    ((24123, 1), (8041, 3), (24123, 1))
    """
    if isinstance(value, np.datetime64) and not np.isnat(value):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, dt.date):
        return _number(value.year, value.month), MONTH
    found = _written(" ".join(value.split())) if isinstance(value, str) else None
    if found is None:
        raise ValueError(f"{argument}: {value!r}{place} is not a period such as {FORMS}")
    return found


def _written(text: str) -> tuple[int, int] | None:
    from dueregard.records.written_dates import day_of_text

    if (found := _MONTH.fullmatch(text)) and 1 <= int(found[2]) <= 12:
        return _number(int(found[1]), int(found[2])), MONTH
    if found := _QUARTER.fullmatch(text):
        return 4 * int(found[1]) + int(found[2]) - 1, QUARTER
    if (found := _FINANCIAL.fullmatch(text)) and (int(found[1]) + 1) % 100 == int(found[2]):
        return 4 * int(found[1]) + int(found[3]) - 1 + (FINANCIAL_YEAR_BEGINS - 1) // 3, QUARTER
    if found := _NAMED.fullmatch(text):
        short = [each[:3].lower() for each in MONTHS]
        return _number(int(found[2]), short.index(found[1][:3].lower()) + 1), MONTH
    day = day_of_text(text)
    return None if day is None else (_number(day.year, day.month), MONTH)


def _number(year: int, month: int) -> int:
    return 12 * year + month - 1


def label_of(number: int, unit: int) -> str:
    """The label of a period of so many months."""
    year, part = divmod(number, 12 // unit)
    return f"{year:04}-{part + 1:02}" if unit == MONTH else f"{year:04}-Q{part + 1}"


def month_words(number: int) -> str:
    """A month in words: "April 2010"."""
    return f"{MONTHS[number % 12]} {number // 12}"
