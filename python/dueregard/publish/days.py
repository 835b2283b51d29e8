"""Days, months and periods as sentences write them, whatever the locale."""

from __future__ import annotations

import datetime
import re

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
DAY = re.compile(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?![\d-])")
MONTH = re.compile(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])(?![\d-]| [QH]\d)")


def written_day(day: datetime.date) -> str:
    """A day as it is written in English, whatever the locale.

    >>> written_day(datetime.date(2011, 3, 31))
    '31 March 2011'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_in_words(text: str) -> str:
    """A text with its ISO days in words.

    >>> days_in_words("no reading is of 2011-03-31, the target's day")
    "no reading is of 31 March 2011, the target's day"
    """
    return DAY.sub(lambda found: f"{int(found[3])} {MONTHS[int(found[2]) - 1]} {found[1]}", text)


def period_in_words(period: str) -> str:
    """The period of a reading with its days and months in words. Periods are never a bare year and month that may be a
    financial year: those are refused when they are read.

    >>> period_in_words("2011-03-31"), period_in_words("2010-04 to 2011-03"), period_in_words("2010-11 Q3")
    ('31 March 2011', 'April 2010 to March 2011', '2010-11 Q3')
    """
    return MONTH.sub(lambda found: f"{MONTHS[int(found[2]) - 1]} {found[1]}", days_in_words(period))


MONTH_WORDS = re.compile(rf"(?:{'|'.join(MONTHS)}) \d{{4}}")
QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def month_of(label: str, *, last: bool = True) -> str:
    """The month that a label of a series stands for; of a quarter the last of its months, or the first.

    >>> month_of("2011-03"), month_of("2010-Q2"), month_of("2010-Q2", last=False), month_of("2010/11 Q1")
    ('March 2011', 'June 2010', 'April 2010', '2010/11 Q1')
    """
    quarter = QUARTER.fullmatch(label)
    if quarter is None:
        return period_in_words(label)
    return f"{MONTHS[3 * int(quarter[2]) - (1 if last else 3)]} {quarter[1]}"


def months_in(text: str) -> list[str]:
    """The months that a label of a series or a window names.

    >>> months_in("April 2010 to March 2011"), months_in("2010-Q2"), months_in("Aged 16 to 24")
    (['April 2010', 'March 2011'], ['June 2010', 'April 2010'], [])
    """
    if QUARTER.fullmatch(text):
        return [month_of(text), month_of(text, last=False)]
    return MONTH_WORDS.findall(text)


def when(period: str) -> str:
    """A period with the word that goes before it.

    >>> when("2011-03-31"), when("2010/11 Q1"), when("2010-04")
    ('on 31 March 2011', 'in 2010/11 Q1', 'in April 2010')
    """
    return f"{'on' if DAY.fullmatch(period) else 'in'} {period_in_words(period)}"
