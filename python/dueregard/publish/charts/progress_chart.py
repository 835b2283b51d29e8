"""The chart of progress: for each measure a track from where it was to where it is, its target, and the verdict.

Each track has a scale of its own, for measures have no unit in common. Verdicts are words with a shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.plans.card_verdicts import SYMBOLS, said_of
from dueregard.publish.charts import canvas
from dueregard.publish.readings import area_of, by_columns, clean, finite, known, rows_of
from dueregard.publish.tables.plan_grids import has_objectives, objective_of, value_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

ROW, LINE, TRACK, HEADING = 80.0, 18.0, 34.0, 30.0
BOLD = 0.88  # how much narrower plain type is than bold
KEY = (("o", "Before"), ("o", "Now, with its interval"), ("D", "Target"))
SHORT_KEY = (("o", "Before"), ("o", "Now"), ("D", "Target"))


@dataclass(frozen=True)
class Mark:
    """One measure: where it was and is, its interval, its target, what is said of it, these numbers in words, and the
    objective that it stands under, if there are several."""

    label: str
    before: Any
    now: Any
    low: Any
    high: Any
    target: Any
    verdict: str
    numbers: str
    objective: str = ""

    @property
    def known(self) -> list[float]:
        """All that can be drawn."""
        return finite((self.before, self.now, self.low, self.high, self.target))

    @property
    def said(self) -> str:
        """The verdict with its shape."""
        return f"{SYMBOLS[self.verdict]} {self.verdict}"


def marks_of(findings: Findings) -> list[Mark]:
    """The measures of a progress or a scorecard, in their order."""
    by = by_columns(findings)
    progress = findings.kind == "plan progress"
    limits = ("low_now", "high_now") if progress else ("low", "high")
    rows = [row for row in rows_of(findings) if row["row_type"] != "variation"]
    grouped = has_objectives(rows)
    marks = []
    for row in rows:
        names = [clean(row["measure"]), *([clean(row["group"])] if row["group"] is not None else [])]
        label = ", ".join([*names, *([area_of(row, by)] if by else [])])
        ends = (row[limits[0]], row[limits[1]])
        places = (row["reference_value"], row["value"], *ends, row["target"])
        verdict = said_of(row["course"], row["verdict"]) if progress else row["verdict"]
        marks.append(Mark(label, *places, verdict, _numbers(row, ends), objective_of(row) if grouped else ""))
    return marks


def _numbers(row: dict[str, Any], ends: tuple[Any, Any]) -> str:
    """The numbers of a row, with the interval of the latest."""
    if not known(row["value"]):
        return "[x] not available"
    text = f"{value_text(row, row['value'])} now"
    if known(ends[0]) and known(ends[1]):
        text += f" ({value_text(row, ends[0])} to {value_text(row, ends[1])})"
    if known(row["reference_value"]):
        text = f"{value_text(row, row['reference_value'])} before, {text}"
    return text + (f", target {value_text(row, row['target'])}" if known(row["target"]) else "")


def progress_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw every measure as an arrow from before to now on a track of its own, with a diamond at its target."""
    marks = marks_of(findings)
    top = canvas.heading_height(title, subtitle, width) + 28
    above = ["", *(mark.objective for mark in marks)]
    opens = [mark.objective != before for mark, before in zip(marks, above, strict=False)]
    sheet = canvas.Sheet(width, top + ROW * len(marks) + HEADING * sum(opens) + 6)
    sheet.headings(title, subtitle)
    _key(sheet, top - 16)
    for mark, opened in zip(marks, opens, strict=True):
        if opened:
            heading = canvas.shorten(mark.objective, BOLD * width, sheet.size + 1)
            sheet.text(0, top + HEADING / 2, heading, weight="bold", fontsize=sheet.size + 1, color=canvas.DARK_BLUE)
            top += HEADING
        verdict_room = canvas.text_width(mark.said, sheet.size, True) + 12
        sheet.text(
            0, top + LINE / 2, canvas.shorten(mark.label, BOLD * (width - verdict_room), sheet.size), weight="bold"
        )
        sheet.text(width, top + LINE / 2, mark.said, weight="bold", ha="right")
        _track(sheet.panel(0, top + LINE, width, TRACK), mark)
        numbers = canvas.shorten(mark.numbers, width, sheet.size - 1)
        sheet.text(0, top + LINE + TRACK + LINE / 2 - 2, numbers, fontsize=sheet.size - 1, color=canvas.QUIET)
        top += ROW
    return sheet.figure


def _track(axes: Axes, mark: Mark) -> None:
    """One track; where the ends are depends on this measure alone."""
    if not mark.known:
        return
    low, high = canvas.span(mark.known, include=())
    axes.set_xlim(low, high)
    axes.set_ylim(-1, 1)
    axes.plot([low, high], [0, 0], color=canvas.RULE, lw=1, zorder=0)
    if known(mark.low) and known(mark.high):
        axes.plot([mark.low, mark.high], [0, 0], color=canvas.DARK_BLUE, lw=6, alpha=0.35, solid_capstyle="butt")
    if known(mark.before) and known(mark.now) and mark.before != mark.now:
        style = {"arrowstyle": "-|>", "color": canvas.DARK_BLUE, "lw": 2, "shrinkA": 5, "shrinkB": 5}
        axes.annotate("", xy=(mark.now, 0), xytext=(mark.before, 0), arrowprops=style)
    if known(mark.target):
        axes.plot([mark.target] * 2, [-0.8, 0.55], color=canvas.DARK_PINK, lw=1.5, zorder=1)
        axes.plot([mark.target], [0.55], "D", ms=7, color=canvas.DARK_PINK, clip_on=False, zorder=3)
    if known(mark.before):
        axes.plot([mark.before], [0], "o", ms=8, mfc="white", mec=canvas.DARK_BLUE, mew=2, zorder=4)
    if known(mark.now):
        axes.plot([mark.now], [0], "o", ms=8, color=canvas.DARK_BLUE, zorder=5)


def _key(sheet: canvas.Sheet, y: float) -> None:
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    x = 7.0
    for i, (marker, words) in enumerate(SHORT_KEY if sheet.narrow else KEY):
        colour = canvas.DARK_PINK if marker == "D" else canvas.DARK_BLUE
        axes.plot([x], [0], marker, ms=8 - i // 2, mfc="white" if i == 0 else colour, mec=colour, mew=2)
        axes.text(x + 11, 0, words, fontsize=12, color=colour, va="center_baseline")
        x += 11 + canvas.text_width(words, 12) + 24


def progress_words(findings: Findings) -> Alternative:
    """The words of the chart: every measure with its numbers and its verdict."""
    from dueregard.publish.charts.figure import Alternative

    marks = marks_of(findings)
    if not any(mark.known for mark in marks):
        raise ValueError("findings: there is no measure to draw, every value is missing")
    counts = {mark.verdict: sum(other.verdict == mark.verdict for other in marks) for mark in marks}
    bare = sum(not known(mark.target) for mark in marks)
    without = f", {bare} without a target" if bare else ""
    subtitle = f"{len(marks)} measure{'' if len(marks) == 1 else 's'}{without}: " + ", ".join(
        f"{number} {verdict}" for verdict, number in counts.items()
    )
    listed = "; ".join(f"{mark.label}: {mark.numbers}: {mark.verdict}" for mark in marks[:40])
    about = f"A track for each measure, from before to now, each on a scale of its own: {listed}."
    return Alternative(clean(findings.title or "Progress of measures"), subtitle, about)
