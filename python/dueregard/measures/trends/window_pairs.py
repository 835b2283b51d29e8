"""Two windows of a series that are held against each other, and the periods that they share."""

from dataclasses import dataclass
from typing import Any

from dueregard.flags import Flag
from dueregard.measures.trends.breaks import Break
from dueregard.measures.trends.calendars import Calendar
from dueregard.measures.trends.series import Series
from dueregard.measures.trends.windows import Window

YEAR_EARLIER = "year earlier"
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class WindowPair:
    """An earlier window and a later one of the same length."""

    before: Window
    after: Window

    @property
    def parts(self) -> tuple[range, range, range]:
        """The places of the periods that left the window, that stayed in it, and that joined it."""
        first, second = self.before, self.after
        stayed = range(second.start, first.end + 1)
        left = range(first.start, min(first.end + 1, second.start))
        joined = range(max(first.end + 1, second.start), second.end + 1)
        return left, stayed, joined

    @property
    def shared_months(self) -> int:
        return len(self.parts[1]) * self.after.series.calendar.unit

    @property
    def flag(self) -> Flag:
        """Why the two are not compared, if they are not: a period missing, or a break within one or between them."""
        whole = (self.before.months[0], self.after.months[1])
        split = any(each.splits(whole) for each in self.after.breaks)
        return self.before.flag | self.after.flag | (Flag.BREAK_IN_SERIES if split else Flag(0))

    def notes(self) -> list[str]:
        """What a reader has to know of the pair."""
        if not self.shared_months:
            return []
        months = "1 month" if self.shared_months == 1 else f"{self.shared_months} months"
        return [f"The two windows share {months}, whose cases are in both: the interval of the change allows for it."]


def read_pair(before: Any, after: Any, length: int, series: Series, breaks: tuple[Break, ...]) -> WindowPair:
    """The windows that two arguments name by their last periods, the earlier one perhaps as "year earlier"."""
    calendar = series.calendar
    last = calendar.n_periods - 1 if after is None else calendar.full_window("after", after, length)
    if isinstance(before, str) and before == YEAR_EARLIER:
        first = _year_earlier(last, length, calendar)
    else:
        first = calendar.full_window("before", before, length)
    if first >= last:
        relation = "the same window as" if first == last else "later than"
        raise ValueError(f"before: {calendar.label(first)} is {relation} after, {calendar.label(last)}")
    return WindowPair(*(Window(end - length + 1, end, series, breaks) for end in (first, last)))


def _year_earlier(last: int, length: int, calendar: Calendar) -> int:
    first = last - MONTHS_A_YEAR // calendar.unit
    if first < length - 1:
        raise ValueError(
            f"before: a window of {calendar.said(length)} a year before {calendar.label(last)} begins before the "
            f"series, which has {calendar.said(calendar.n_periods)}, from {calendar.label(0)}"
        )
    return first
