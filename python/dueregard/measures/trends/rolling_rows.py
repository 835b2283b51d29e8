"""The rows of rolling windows of shares and gaps: for each window what `dueregard.gap` would say of its records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import starmap
from typing import Any

from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_rows import gap_columns
from dueregard.measures.grouped import Grouped, arrange
from dueregard.measures.share_rows import ShareQuestion, share_rows
from dueregard.measures.trends.breaks import Break
from dueregard.measures.trends.series import EVERYBODY, Series
from dueregard.measures.trends.window_rows import flagged_areas, window_columns
from dueregard.measures.trends.windows import Window, empty_periods
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Answers:
    """Which answers are asked for, of whom and where."""

    outcome: str
    positive: Any
    exclude: Any
    group: str | None
    by: tuple[str, ...]

    def arranged(self, series: Series, length: int) -> Grouped:
        """Every window's counts, the areas of one window after those of another."""
        return self.of(series.windows(length), series.time)

    def of(self, tally: Tally, *first: str) -> Grouped:
        """The counts of a tally by area, after the columns that stand first, and by group."""
        return arrange(
            tally, outcome=self.outcome, positive=self.positive, exclude=self.exclude, group=self.group or EVERYBODY,
            by=(*first, *self.by),
        )  # fmt: skip


def rolling_columns(
    series: Series,
    answers: Answers,
    question: Question | ShareQuestion,
    *,
    length: int,
    ends: Sequence[int],
    breaks: tuple[Break, ...],
) -> Columns:
    """The rows of every window asked for, one window after another."""
    windows = [] if series.is_survey else list(_each_window(answers.arranged(series, length), answers.by))
    n_periods = series.calendar.n_periods
    empty = empty_periods(answers.arranged(series, 1), n_periods, length)

    def of(end: int) -> Columns:
        window = Window(end - length + 1, end, series, breaks)
        over = range(window.start, end + 1)
        grouped = answers.of(series.over(over)) if series.is_survey else windows[window.start]
        columns = _columns(grouped, replace(question, period=window.words))
        flags = dict(zip(grouped.areas, empty[end - length + 1], strict=True))
        return window_columns(flagged_areas(columns, answers.by, flags), window)

    return stacked([of(end) for end in ends])


def _columns(grouped: Grouped, question: Question | ShareQuestion) -> Columns:
    if isinstance(question, ShareQuestion):
        return share_rows(grouped, question)
    return gap_columns(grouped, question)


def _each_window(every: Grouped, by: tuple[str, ...]) -> Iterator[Grouped]:
    """The areas of each window apart."""
    labels = [area[0] for area in every.areas]
    n_areas = labels.count(labels[0])
    return starmap(_areas_between, ((every, by, start, start + n_areas) for start in range(0, len(labels), n_areas)))


def _areas_between(every: Grouped, by: tuple[str, ...], start: int, stop: int) -> Grouped:
    names = ("known_area", "count", "nobs", "outcome_missing", "weight_count", "weight", "squares")
    arrays: dict[str, Any] = {name: getattr(every, name)[start:stop] for name in names}
    return replace(every, by=by, areas=[area[1:] for area in every.areas[start:stop]], **arrays)
