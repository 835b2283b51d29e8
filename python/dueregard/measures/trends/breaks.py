"""`dueregard.Break`: where a series stops being one, and why; values are not compared across it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dueregard.inference import checked
from dueregard.measures.trends.calendars import QUARTER, Calendar, label_of, month_words, period_of

CAUSES = ("mode", "question", "supplier", "sample")


@dataclass(frozen=True)
class Break:
    """A break in a series: values before it and values from it on do not measure the same thing.

    Parameters
    ----------
    date : str
        The first period after the break, a month such as "2010-04" or a quarter such as "2010-Q2"; a date stands for
        its month.
    cause : {"mode", "question", "supplier", "sample"}
        What changed: how people are asked, what they are asked, who asks them, or who is asked.
    words : str, optional
        What happened, such as "telephone to face-to-face".

    Raises
    ------
    ValueError
        If the date is no period, or the cause none of these.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.Break("2011-04", "supplier", "a new market research company").described
    'April 2011 (supplier): a new market research company'
    """

    date: str
    cause: str
    words: str = ""

    def __post_init__(self) -> None:
        period_of("date", self.date)
        checked.one_of("cause", self.cause, CAUSES)
        if not isinstance(self.words, str):
            raise TypeError(f"words: {self.words!r} is not a text")

    @property
    def month(self) -> int:
        """The number of the first month after the break."""
        number, unit = period_of("date", self.date)
        return number * unit

    @property
    def described(self) -> str:
        """When, why and what, for notes."""
        return f"{month_words(self.month)} ({self.cause})" + (f": {self.words}" if self.words else "")

    def splits(self, months: tuple[int, int]) -> bool:
        """Whether it lies within these months, the first and the last of them given."""
        return months[0] < self.month <= months[1]


def read_break(text: str) -> Break:
    """A break as commands write it: "2010-04:mode:telephone to face-to-face", the words left out or not.

    >>> read_break("2010-Q2:question")
    Break(date='2010-Q2', cause='question', words='')
    """
    date, _, rest = text.partition(":")
    cause, _, words = rest.partition(":")
    if not cause:
        raise ValueError(f"break: {text!r} is not of the form DATE:CAUSE or DATE:CAUSE:WORDS")
    return Break(date.strip(), cause.strip(), words.strip())


def read_breaks(breaks: Any) -> tuple[Break, ...]:
    """One break, several or none, in the order of time."""
    several = breaks if isinstance(breaks, Sequence) and not isinstance(breaks, str) else [breaks]
    given = [] if breaks is None else list(several)
    for each in given:
        if not isinstance(each, Break):
            raise TypeError(f"breaks: {each!r} is not a dr.Break(date, cause, words)")
    return tuple(sorted(given, key=lambda each: each.month))


def break_columns(breaks: Sequence[Break], ends: Sequence[int]) -> dict[str, list[Any]]:
    """For rows whose last months are given, the latest break up to them: since when the series is one, and why."""
    if not breaks:
        return {}
    latest = [next((each for each in reversed(breaks) if each.month <= end), None) for end in ends]
    return {
        "break_date": [None if each is None else each.date for each in latest],
        "break_cause": [None if each is None else each.cause for each in latest],
        "break_words": [None if each is None else each.words or None for each in latest],
    }


def notes_of(breaks: Sequence[Break], calendar: Calendar) -> list[str]:
    """What a reader has to know of the breaks within a series, and of those that the data do not reach."""
    first, last = calendar.months(0, calendar.n_periods - 1)
    said = []
    for each in breaks:
        if each.splits((first, last)):
            said.append(f"Break in the series at {each.described}. Values are not compared across it.")
        else:
            said.append(
                f"All of the series is {'after' if each.month <= first else 'before'} the break at {each.described}."
            )
    return said


def inside_a_period(breaks: Sequence[Break], calendar: Calendar) -> None:
    """Refuse a break by a month within a quarter of quarterly data that is not its first: that quarter is neither."""
    for each in breaks:
        if calendar.unit == QUARTER and each.month % QUARTER:
            quarter = label_of(each.month // QUARTER, QUARTER)
            raise ValueError(
                f"breaks: {each.date!r} is within the quarter {quarter}; quarters are compared as a whole, so name the "
                "first one after the break"
            )
