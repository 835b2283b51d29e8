"""The stretch of time that events are of, so that a month is never taken for a year."""

import re
from dataclasses import dataclass

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
MONTH = r"(\d{4})-(0[1-9]|1[0-2])"
FINANCIAL_YEAR_BEGINS = 4


@dataclass(frozen=True)
class Period:
    """A period in words, and how many months it has, where the text tells."""

    words: str
    months: int | None

    @property
    def length(self) -> str:
        """How a rate says it: "in 1 month", "in 12 months", "in the period"."""
        if self.months is None:
            return "in the period"
        return f"in {self.months} month{'' if self.months == 1 else 's'}"


def read_period(period: object) -> Period:
    """A period as it is given: a month, months, a year, a financial year, or other words, of unknown length.

    >>> read_period("2016-06").words, read_period("2016-06").length
    ('June 2016', 'in 1 month')
    >>> read_period("2015-07 to 2016-06")
    Period(words='July 2015 to June 2016', months=12)
    >>> read_period("2010/11").words, read_period("2011").months, read_period("summer term").length
    ('April 2010 to March 2011', 12, 'in the period')
    """
    if not isinstance(period, str) or not period.strip():
        raise TypeError(f"period: {period!r} is not text such as '2016-06', '2015-07 to 2016-06' or '2016'")
    text = period.strip()
    if found := re.fullmatch(MONTH, text):
        return _between(*map(int, found.groups()), *map(int, found.groups()))
    if found := re.fullmatch(rf"{MONTH} to {MONTH}", text):
        return _between(*map(int, found.groups()))
    if re.fullmatch(r"\d{4}", text):
        return Period(text, 12)
    found = re.fullmatch(r"(\d{4})/(\d{2})", text)
    if found and (int(found[1]) + 1) % 100 == int(found[2]):
        return _between(int(found[1]), FINANCIAL_YEAR_BEGINS, int(found[1]) + 1, FINANCIAL_YEAR_BEGINS - 1)
    if re.fullmatch(r"\d{4}-\d{1,2}( to \d{4}-\d{1,2})?", text):
        raise ValueError(f"period: {text!r} is no month; write '2016-06', and a financial year as '2015/16'")
    return Period(text, _named_months(text))


def _between(year1: int, month1: int, year2: int, month2: int) -> Period:
    months = 12 * (year2 - year1) + month2 - month1 + 1
    if months < 1:
        raise ValueError(f"period: {year2}-{month2:02} is before {year1}-{month1:02}")
    first, last = f"{MONTHS[month1 - 1]} {year1}", f"{MONTHS[month2 - 1]} {year2}"
    return Period(first if months == 1 else f"{first} to {last}", months)


def _named_months(text: str) -> int | None:
    """The length of "June 2016", "April 2010 to March 2011" or "year ending March 2016"."""
    named = "|".join(MONTHS)
    found = re.fullmatch(rf"({named}) (\d{{4}})(?: to ({named}) (\d{{4}}))?", text)
    if found is None:
        return 12 if re.match(r"(?i)(the )?year (ending|ended|to) ", text) else None
    first = MONTHS.index(found[1]) + 12 * int(found[2])
    last = first if found[3] is None else MONTHS.index(found[3]) + 12 * int(found[4])
    if last < first:
        raise ValueError(f"period: {text!r} ends before it begins")
    return last - first + 1
