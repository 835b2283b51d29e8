"""What all rows of windows have: when they are of, what flags them, and no values where there can be none."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.measures.comparison_rows import Columns
from dueregard.measures.grouped import Grouped
from dueregard.measures.trends.breaks import Break, break_columns
from dueregard.measures.trends.series import Series

ADDED = (
    "window_end", "months", "break_date", "break_cause", "break_words", "period_before", "before_end", "shared_months",
    "count_before", "nobs_before", "reference_count_before", "reference_nobs_before", "share_after",
    "reference_share_after", "share_before", "reference_share_before",
)  # fmt: skip
"""Columns of windows that other findings do not have."""

VALUES = frozenset(
    {"value", "reference_value", "estimate", "se", "low", "high", "pvalue", "adjusted_pvalue", "verdict",
     "simultaneous_low", "simultaneous_high", "practical_verdict", "effective_nobs", "design_effect",
     "degrees_of_freedom", "difference", "difference_low", "difference_high"}
)  # fmt: skip
"""What a window that is not whole does not have."""


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


def window_columns(columns: Columns, window: Window) -> Columns:
    """The rows of one window with when they are of; without values, and without variation, where it is not whole."""
    flag = window.flag
    if flag:
        columns = without_values(columns)
        columns["flag"] = [each | flag for each in columns["flag"]]
    n_rows = len(columns["row_type"])
    about: Columns = {"window_end": [window.label] * n_rows, "months": [window.n_months] * n_rows}
    return columns | about | break_columns(window.breaks, [window.months[1]] * n_rows)


def without_values(columns: Columns, *, also: Sequence[str] = (), but: Set[str] = frozenset()) -> Columns:
    """The rows without `VALUES` and what is named in ``also``, except for ``but``; those of variation are left out."""
    kept = [i for i, kind in enumerate(columns["row_type"]) if kind != "variation"]
    gone = VALUES.union(also) - but
    nothing = [float("nan")] * len(kept)  # findings take it for None where there should be a text
    return {name: nothing if name in gone else [values[i] for i in kept] for name, values in columns.items()}


def flagged_areas(columns: Columns, by: Sequence[str], flags: Mapping[tuple[Any, ...], Flag]) -> Columns:
    """The rows with the flags of their areas; rows of all areas together and of variation have none."""
    if not by or not any(flags.values()):
        return columns
    areas = zip(*(columns[name] for name in by), strict=True)
    marked = [
        flag if kind == "variation" else flag | flags.get(area, Flag(0))
        for flag, kind, area in zip(columns["flag"], columns["row_type"], areas, strict=True)
    ]
    return columns | {"flag": marked}


def empty_periods(periods: Grouped, n_periods: int, length: int) -> list[list[Flag]]:
    """For each window and area, the flag of areas that have no row in some period, although others do.

    ``periods`` are the areas of each period, one period after another.
    """
    rows = (periods.nobs + periods.outcome_missing).sum(axis=1).reshape(n_periods, -1)
    everywhere = (rows > 0).any(axis=1, keepdims=True)
    empty = (rows == 0) & everywhere
    found = np.lib.stride_tricks.sliding_window_view(empty, length, axis=0).any(axis=-1)
    return [[Flag.EMPTY_PERIOD if each else Flag(0) for each in row] for row in np.atleast_2d(found).tolist()]
