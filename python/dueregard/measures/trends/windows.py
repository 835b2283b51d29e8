"""A window of a series, and what is wrong with it: a break within it, a period missing, or one empty in an area."""

from dataclasses import dataclass

import numpy as np

from dueregard.flags import Flag
from dueregard.measures.grouped import Grouped
from dueregard.measures.trends.breaks import Break
from dueregard.measures.trends.series import Series


@dataclass(frozen=True)
class Window:
    """Some successive periods of a series, by the places of the first and the last."""

    start: int
    end: int
    series: Series
    breaks: tuple[Break, ...]

    @property
    def words(self) -> str:
        """The months that it has: "April 2010 to March 2011"."""
        return self.series.calendar.words(self.start, self.end)

    @property
    def months(self) -> tuple[int, int]:
        """The numbers of its first month and its last."""
        return self.series.calendar.months(self.start, self.end)

    @property
    def n_months(self) -> int:
        return self.months[1] - self.months[0] + 1

    @property
    def label(self) -> str:
        """Its last period, as labels have it."""
        return self.series.calendar.label(self.end)

    @property
    def flag(self) -> Flag:
        """Why it has no values, if it has none."""
        gone = Flag.MISSING_PERIOD if self.series.lacks(self.start, self.end) else Flag(0)
        split = any(each.splits(self.months) for each in self.breaks)
        return gone | Flag.BREAK_IN_SERIES if split else gone


def empty_periods(periods: Grouped, n_periods: int, length: int) -> list[list[Flag]]:
    """For each window and area, the flag of areas that have no row in some period, although others do.

    ``periods`` are the areas of each period, one period after another.
    """
    rows = (periods.nobs + periods.outcome_missing).sum(axis=1).reshape(n_periods, -1)
    everywhere = (rows > 0).any(axis=1, keepdims=True)
    empty = (rows == 0) & everywhere
    found = np.lib.stride_tricks.sliding_window_view(empty, length, axis=0).any(axis=-1)
    return [[Flag.EMPTY_PERIOD if each else Flag(0) for each in row] for row in np.atleast_2d(found).tolist()]
