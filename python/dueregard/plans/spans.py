"""When a reading is of: a day, a month, a quarter, a half year, a year, or the days between two others."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

FINANCIAL_YEAR_BEGINS = 4
DAYS_A_YEAR = 365.25
MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
FORMS = "'2010/11', '2010/11 Q3', '2010/11 H1', '2011-03', 'March 2011', '2011-03-31' or '2010-04 to 2011-03'"
DAY, MONTH, YEAR = r"(\d{4}-\d\d-\d\d)", r"(\d{4})-(\d\d)", r"(\d{4})[-/](\d\d)"


@dataclass(frozen=True)
class Span:
    """The days that a reading is of, first and last, and how its period was written."""

    words: str
    start: dt.date
    end: dt.date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def years(self) -> float:
        """How long it is, in years."""
        return self.days / DAYS_A_YEAR

    @property
    def middle(self) -> float:
        """Its middle, in years."""
        return (self.start.toordinal() + self.end.toordinal()) / 2 / DAYS_A_YEAR

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a day."""
        return self.start <= other.end and other.start <= self.end

    def holds(self, day: dt.date) -> bool:
        """Whether it has that day."""
        return self.start <= day <= self.end


def read_span(text: str) -> Span:
    """A period as it is written.

    Financial years begin in April. "2010-11" alone could be a month or a financial year and is refused: a year must
    never be taken for a month. Where the second part is no month, or a quarter follows, it is a financial year.

    Raises
    ------
    ValueError
        If it is no period.

    Examples
    --------
    >>> read_span("2010/11 Q3").start, read_span("2010-11 H2").end
    (datetime.date(2010, 10, 1), datetime.date(2011, 3, 31))
    >>> read_span("2012-13").days, read_span("12 months to March 2011").start
    (365, datetime.date(2010, 4, 1))
    """
    written = " ".join(text.split())
    found = _days(written) or _financial(written) or _calendar(written) or _between(written)
    if found is None:
        raise ValueError(f"{text!r} is not a period such as {FORMS}")
    start, end = found
    if end < start:
        raise ValueError(f"{text!r} ends before it begins")
    return Span(written, start, end)


Ends = tuple[dt.date, dt.date]


def _days(text: str) -> Ends | None:
    if not re.fullmatch(DAY, text):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day there is") from None
    return day, day


def _financial(text: str) -> Ends | None:
    """A financial year, or a quarter or half of one."""
    found = re.fullmatch(rf"{YEAR}(?: (Q[1-4]|H[12]))?", text, re.IGNORECASE)
    if found is None:
        return None
    year, second, part = int(found[1]), int(found[2]), (found[3] or "").upper()
    follows = (year + 1) % 100 == second
    if "-" in text and not part and 1 <= second <= 12:
        if follows:
            month = f"{calendar.month_name[second]} {year}"
            raise ValueError(f"{text!r} may be {month} or a financial year: write '{month}' or '{year}/{second:02}'")
        return None
    if not follows:
        raise ValueError(f"{text!r} is no financial year: {year} is followed by {(year + 1) % 100:02}")
    return part_of_year(year, part)


def part_of_year(year: int, part: str = "") -> Ends:
    """The days of the financial year that begins in a year, or of its quarter (Q1 to Q4) or half (H1, H2).

    >>> part_of_year(2010, "Q4")
    (datetime.date(2011, 1, 1), datetime.date(2011, 3, 31))
    """
    months = {"": 12, "H": 6, "Q": 3}[part[:1]]
    first = FINANCIAL_YEAR_BEGINS + months * (int(part[1:] or 1) - 1)
    return _first_of(year, first), _last_of(year, first + months - 1)


def year_of(day: dt.date) -> int:
    """The year in which the financial year of a day begins."""
    return day.year - (day.month < FINANCIAL_YEAR_BEGINS)


def year_words(year: int) -> str:
    """A financial year as it is written: 2010/11."""
    return f"{year}/{(year + 1) % 100:02}"


def _first_of(year: int, month: int) -> dt.date:
    return dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _last_of(year: int, month: int) -> dt.date:
    return _first_of(year, month + 1) - dt.timedelta(days=1)


def _calendar(text: str) -> Ends | None:
    """A month or a calendar year."""
    if found := re.fullmatch(r"\d{4}", text):
        return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
    if found := re.fullmatch(MONTH, text):
        year, month = int(found[1]), int(found[2])
    elif (found := re.fullmatch(r"([A-Za-z]+) (\d{4})", text)) and found[1].lower() in MONTHS:
        year, month = int(found[2]), MONTHS[found[1].lower()]
    else:
        return None
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is no month")
    return _first_of(year, month), _last_of(year, month)


def _between(text: str) -> Ends | None:
    """From one day or month to another, or so many months up to one."""
    before, to, after = text.partition(" to ")
    if not to:
        return None
    last = _days(after) or _month(after)
    if last is None:
        return None
    if found := re.fullmatch(r"(\d+) months", before):
        return _months_before(last[1], int(found[1])), last[1]
    first = _days(before) or _month(before)
    return (first[0], last[1]) if first else None


def _month(text: str) -> Ends | None:
    """A month; between two months there is no doubt what "2010-11" is."""
    found = re.fullmatch(MONTH, text)
    if found and 1 <= int(found[2]) <= 12:
        return _first_of(int(found[1]), int(found[2])), _last_of(int(found[1]), int(found[2]))
    return None if found else _calendar(text)


def _months_before(day: dt.date, months: int) -> dt.date:
    following = day + dt.timedelta(days=1)
    if following.day != 1 or not 1 <= months <= 120:
        raise ValueError(f"'{months} months to {day}' is not a number of whole months up to the end of one")
    return _first_of(following.year, following.month - months)
