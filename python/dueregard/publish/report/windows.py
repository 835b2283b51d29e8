"""The pages of a survey over time: the latest level and gap of every area, and the trend."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from dueregard.findings import Findings
from dueregard.publish.readings import by_columns, is_area, without_notes
from dueregard.publish.report.pages.confidence import confidence
from dueregard.publish.report.pages.gap_words import Wording
from dueregard.publish.report.pages.parts import Page
from dueregard.publish.report.pages.sampling import GAP_INTERVAL, SHARE_INTERVAL, sampled, told
from dueregard.publish.report.pages.satisfaction import satisfaction
from dueregard.publish.report.pages.trend import latest_window, trend
from dueregard.publish.report.surveys import Survey
from dueregard.publish.sentences.window_words import window_words


@dataclass(frozen=True)
class Windows:
    """A survey over time: its series, and what its latest window says."""

    data: Any
    survey: Survey
    threshold: float

    @property
    def _asked(self) -> dict[str, Any]:
        survey = self.survey
        return survey.answers | survey.reading(self.data) | {
            "time": survey.time, "window": survey.window, "breaks": survey.breaks,
        }  # fmt: skip

    @cached_property
    def series(self) -> Findings:
        """The gap in all areas together, window by window."""
        from dueregard.measures.trends.rollings import rolling

        return rolling(self.data, **self._asked, **self.survey.groups, threshold=self.threshold)

    @cached_property
    def latest(self) -> str:
        """The end of the latest window that is whole.

        Raises
        ------
        ValueError
            If there is none.
        """
        end = latest_window(self.series)
        if end is None:
            raise ValueError(
                f"window: no window of {self.survey.window!r} has figures: each has a break or a missing period in it, "
                "or no cases"
            )
        return end

    @property
    def words(self) -> str:
        """The latest window."""
        return next(window_words(row) for row in self.series.rows() if row["window_end"] == self.latest)

    def gaps(self) -> Findings:
        """The gap of each area in the latest window."""
        from dueregard.measures.trends.rollings import rolling

        found = rolling(
            self.data, **self._asked, **self.survey.groups, by=self.survey.areas or None, ends=self.latest,
            threshold=self.threshold,
        )  # fmt: skip
        return as_gaps(found)

    def shares(self) -> Findings:
        """The level of each area in the latest window."""
        from dueregard.measures.trends.rollings import rolling

        found = rolling(self.data, **self._asked, by=self.survey.areas, ends=self.latest)
        return without_notes(found, self.series.notes)  # of breaks, which stand with the series

    def change(self) -> Findings | None:
        """The change of the gap since a year before, of each area; None where the series does not go back so far."""
        from dueregard.measures.trends.gap_changes import gap_change

        ends = set(self.series["window_end"])
        if year_earlier(self.latest) not in ends:
            return None
        return gap_change(
            self.data, **self._asked, **self.survey.groups, by=self.survey.areas or None, after=self.latest,
            threshold=self.threshold,
        )  # fmt: skip


def pages_of(windows: Windows, words: Wording, level: Wording) -> list[Page]:
    """The level by area, the gap by area and the trend; without areas the last two alone.

    How the sample was drawn stands on the first of them.
    """
    from dueregard.measures.areas.ranks import rank

    survey, gaps, pages = windows.survey, windows.gaps(), list[Page]()
    drawn = sampled(survey.design)
    if any(map(is_area, survey.areas)):
        shares = windows.shares()
        ranks = rank(shares, higher_is_better=True), rank(gaps, higher_is_better=True)
        interval = SHARE_INTERVAL if drawn else ""
        pages.append(confidence(shares, ranks[0], level, told(interval, drawn)))
        pages.append(satisfaction(gaps, replace(words, sampled=GAP_INTERVAL if drawn else ""), ranks[1]))
    else:
        pages.append(satisfaction(gaps, replace(words, sampled=told(GAP_INTERVAL, drawn) if drawn else "")))
    title = f"{words.title.partition(' by ')[0]} over time"
    method = GAP_INTERVAL if drawn else ""
    return [*pages, trend(windows.series, windows.change(), key="trend", title=title, short="Trend", method=method)]


def year_earlier(end: str) -> str:
    """The label of the period a year before, as series write it.

    >>> year_earlier("2011-03"), year_earlier("2010-Q2")
    ('2010-03', '2009-Q2')
    """
    from dueregard.measures.trends.calendars import label_of, period_of

    number, unit = period_of("time", end)
    return label_of(number - 12 // unit, unit)


def as_gaps(findings: Findings) -> Findings:
    """Gaps of one window as if it were all there is, without its place in a series."""
    rows = [row | {"period": window_words(row)} for row in findings.rows()]
    gone = ("window_end", "months", "break_date", "break_cause", "break_words")
    columns = {name: [row[name] for row in rows] for name in findings.columns if name not in gone}
    return Findings(
        columns, by=by_columns(findings), provenance=findings.provenance, native=findings.native, title=findings.title,
        higher_is_better=findings.higher_is_better, threshold=findings.threshold, kind="gap",
    )  # fmt: skip
