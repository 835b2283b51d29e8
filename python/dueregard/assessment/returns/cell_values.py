"""What a cell of a spreadsheet or a CSV file holds, as text, as a date, or as an answer of the framework."""

import datetime as dt
from typing import Any

from dueregard import missing
from dueregard.assessment.answers import folded, words_of
from dueregard.assessment.frameworks import Framework
from dueregard.hints import did_you_mean
from dueregard.records.written_dates import day_of_text

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
DAY_ZERO = dt.date(1899, 12, 30)
"""Day 0 of the dates that spreadsheets keep as numbers."""


def text_of(value: Any) -> str:
    """The text of a cell with single spaces; a whole number without its point, an empty cell as ""."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return " ".join(str(value).split())


def long_text(value: Any) -> str | None:
    """The text of a cell of several lines, without spaces around it; None where it is empty."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("_x000D_\n", "\n").strip() or None
    return text_of(value) or None


def date_of(value: Any) -> dt.date | None:
    """The day that a cell holds as a date, a number of days, or text; None where it is empty.

    Raises
    ------
    ValueError
        If it holds no date from 1990 to 2100.
    """
    if text_of(value) == "":
        return None
    day = _day(value)
    if day is None:
        raise ValueError(f"{text_of(value)!r} is not a date such as 31/03/2011")
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"{day:%d/%m/%Y} is not a date between {EARLIEST.year} and {LATEST.year}")
    return day


def iso_date(value: Any) -> str | None:
    """The same day as ISO text."""
    day = date_of(value)
    return None if day is None else day.isoformat()


def _day(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return DAY_ZERO + dt.timedelta(days=int(value)) if 0 < value < 100_000 else None
    return day_of_text(text_of(value))


class AnswerWords:
    """The words that stand for an answer: its label or id in any case, or a kind of missing answer."""

    def __init__(self, framework: Framework) -> None:
        self.labels = [answer.label for answer in framework.answers]
        self._known = words_of(framework)

    def id_of(self, value: Any) -> str:
        """The id of an answer; "not stated" for an empty cell.

        Raises
        ------
        ValueError
            If it is no answer of the framework, saying which there are.
        """
        text = text_of(value)
        if not text:
            return missing.NOT_STATED
        if folded(text) not in self._known:
            hint = did_you_mean(text, self.labels)
            raise ValueError(f"{text!r} is not an answer{hint}; the answers are {', '.join(self.labels)}")
        return self._known[folded(text)]
