"""The score chart: a bar for each unit, the range that missing answers leave open, and the line to reach."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.readings import clean, finite, fixed, known, named, rows_of, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

COLUMNS_OF_SCORES = ("unit", "section", "indicator")
HELD = ("thresholds", "performance")
"""Findings that are held against lines of their own."""
Line = tuple[float, str]
"""A line to reach, in percent, and what it is called."""


@dataclass(frozen=True)
class Score:
    """One bar."""

    label: str
    value: Any
    low: Any
    high: Any

    @property
    def open(self) -> bool:
        """Whether missing answers leave a range open."""
        return known(self.low) and known(self.high) and self.high > self.low


def label_columns(findings: Findings) -> list[str]:
    """The columns that together name a bar."""
    by = [name for name in getattr(findings, "by", ()) if name in findings.columns]
    names = list(dict.fromkeys([*(name for name in COLUMNS_OF_SCORES if name in findings.columns), *by])) or ["group"]
    return [name for name in names if name != "section" or "indicator" not in names]  # indicators name themselves


def scores_of(findings: Findings) -> list[Score]:
    """The bars, in the order of the findings."""
    names = label_columns(findings)
    found = [
        Score(
            ", ".join(named(row[n]) for n in names if row.get(n) is not None) or "All units",
            row.get("value"),
            row.get("low"),
            row.get("high"),
        )
        for row in rows_of(findings)
        if row.get("row_type") in ("group", "reference", None)
    ]
    if findings.kind == "thresholds":  # a score has a row for each threshold
        return list({score.label: score for score in found}.values())
    return found


def lines_of(findings: Findings) -> list[Line]:
    """The lines that the findings were held against, lowest first; those of 100 percent are the end of the scale."""
    if findings.kind not in HELD:
        return []
    held = {row["reference_value"]: clean(row["reference"]).capitalize() for row in rows_of(findings)}
    return sorted((percent, name) for percent, name in held.items() if known(percent) and percent < 100)


def score_chart(findings: Findings, *, width: int, title: str, subtitle: str, lines: Sequence[Line] = ()) -> Chart:
    """Draw the scores, bars below the lowest line in grey with its name said, and a hatched end for missing answers."""
    scores = scores_of(findings)
    row = 23.0 if width >= 500 else 22.0
    heads = canvas.heading_height(title, subtitle, width)
    below = 28 if any(score.open for score in scores) else 6
    top = heads + 44
    foot = 22 if len(scores) > 12 else 4
    sheet = canvas.Sheet(width, top + row * len(scores) + foot + below)
    sheet.headings(title, subtitle)
    left = _labels(sheet, scores, top, row)
    room = 44 if not any(score.open for score in scores) else 88
    axes = sheet.panel(left, top, width - left - room, row * len(scores))
    _plot(axes, scores, lines, width - left - room)
    for i, score in enumerate(scores):
        sheet.text(width - room + 8, top + (i + 0.5) * row, _words(score))
    if below > 6:
        _explain(sheet, sheet.height - 12)
    return sheet.figure


def _labels(sheet: canvas.Sheet, scores: Sequence[Score], top: float, row: float) -> float:
    need = max(canvas.text_width(score.label, sheet.size) for score in scores)
    left = min(need, 0.44 * sheet.width) + 10
    for i, score in enumerate(scores):
        sheet.text(0, top + (i + 0.5) * row, canvas.shorten(score.label, left - 8, sheet.size))
    return left


def _plot(axes: Axes, scores: Sequence[Score], lines: Sequence[Line], width: float) -> None:
    top = max([100.0, *finite(v for s in scores for v in (s.value, s.high))])
    ticks = canvas.nice_ticks(0, top, 5 if width > 250 else 2)
    canvas.scale(axes, 0, top, len(scores), ticks, lambda t: whole(t) + "%")
    for i, score in enumerate(scores):
        _bar(axes, i, score, lines[0][0] if lines else None)
    end = -math.inf
    for percent, name in lines:
        words = name if name == f"{percent:g}%" else f"{name}: {fixed(percent, 0)}%"
        half = canvas.text_width(words, 12, bold=True) / 2
        middle = percent / top * width
        _line(axes, percent, len(scores), words if middle - half > end + 8 else "")
        end = max(end, middle + half)


def _line(axes: Axes, percent: float, rows: int, words: str) -> None:
    """One line to reach, with its name where there is room for it."""
    for colour, thick in (("white", 5.0), (canvas.DARK_PINK, 2.2)):  # white edges part the line from the bars
        axes.plot([percent] * 2, [-0.7, rows - 0.5], color=colour, lw=thick, zorder=4, clip_on=False)
    style: dict[str, Any] = {"textcoords": "offset points", "fontsize": 12, "annotation_clip": False}
    if words:
        axes.annotate(
            words, (percent, -0.5), xytext=(0, 22), ha="center", color=canvas.DARK_PINK, weight="bold", **style
        )


def _bar(axes: Axes, y: int, score: Score, threshold: float | None) -> None:
    if not known(score.value):
        return
    short = threshold is not None and score.value < threshold
    colour = canvas.RULE if short else canvas.DARK_BLUE
    axes.barh([y], [score.value], height=0.62, color=colour, zorder=2)
    if score.open:
        start = max(score.value, 0)
        axes.barh(
            [y],
            [score.high - start],
            left=[start],
            height=0.62,
            fc="white",
            ec=canvas.DARK_BLUE,
            hatch="////",
            zorder=2,
        )


def _words(score: Score) -> str:
    if not known(score.value):
        return "[x]"
    text = whole(score.value) + "%"
    return f"{text} (to {whole(score.high)})" if score.open else text


def _explain(sheet: canvas.Sheet, y: float) -> None:
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    axes.barh([0], [26], left=[1], height=13, fc="white", ec=canvas.DARK_BLUE, hatch="////")
    words = "what missing answers could add" if sheet.narrow else "hatched: what missing answers could add to the score"
    axes.text(34, 0, words, fontsize=sheet.size - 1, color=canvas.TEXT, va="center_baseline")
