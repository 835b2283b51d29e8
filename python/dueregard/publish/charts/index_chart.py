"""The chart of indices of inequality: a panel for each index, in each a row an area, with what chance alone makes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import area_of, by_columns, clean, finite, fixed, is_all_areas, known, label, rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

ROW, HEAD, GAP = 24.0, 46.0, 14.0
KEY = ("The index and its interval", "Expected by chance alone")
SHORT_KEY = ("Index, interval", "By chance alone")


@dataclass(frozen=True)
class Mark:
    """One row of a panel."""

    label: str
    value: Any
    low: Any
    high: Any
    chance: Any
    bold: bool
    decimals: int

    @property
    def words(self) -> str:
        return fixed(self.value, self.decimals) if finite([self.value]) else "[x]"


def panels_of(findings: Findings) -> dict[str, list[Mark]]:
    """The rows of each index, in the order of the findings."""
    by = by_columns(findings)
    panels: dict[str, list[Mark]] = {}
    for row in rows_of(findings, "group"):
        area = area_of(row, by) if by else ""
        decimals = 2 if row["unit_of_measure"] == "ratio" else 1
        ends = (row["value"], row["low"], row["high"], row.get("expected_by_chance"))
        panels.setdefault(clean(row["measure"]), []).append(Mark(area, *ends, is_all_areas(row, by), decimals))
    return panels


def index_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw every index as a circle on the line of its interval, with a diamond where chance alone would put it."""
    panels = panels_of(findings)
    marks = [mark for panel in panels.values() for mark in panel]
    top = canvas.heading_height(title, subtitle, width) + 28
    sheet = canvas.Sheet(width, top + sum(HEAD + ROW * len(panel) + GAP for panel in panels.values()))
    sheet.headings(title, subtitle)
    _key(sheet, top - 16, any(known(mark.chance) for mark in marks))
    need = max(canvas.text_width(mark.label, sheet.size, mark.bold) for mark in marks)
    left, room = min(need, 0.4 * width) + 12, 64.0
    for name, panel in panels.items():
        sheet.text(0, top + 10, canvas.shorten(label(name), width, sheet.size), weight="bold")
        axes = sheet.panel(left, top + HEAD, width - left - room, ROW * len(panel))
        _panel(axes, panel, 1.0 if name.endswith("(ratio)") else 0.0, width - left - room)
        for i, mark in enumerate(panel):
            y, weight = top + HEAD + (i + 0.5) * ROW, "bold" if mark.bold else "normal"
            sheet.text(0, y, canvas.shorten(mark.label, left - 8, sheet.size), weight=weight)
            sheet.text(width, y, mark.words, weight=weight, ha="right")
        top += HEAD + ROW * len(panel) + GAP
    return sheet.figure


def _panel(axes: Axes, marks: Sequence[Mark], neutral: float, width: float) -> None:
    values = finite(v for mark in marks for v in (mark.value, mark.low, mark.high, mark.chance))
    low, high = canvas.span(values, include=(neutral,))
    ticks = canvas.nice_ticks(low, high, 6 if width > 250 else 3)
    canvas.scale(axes, low, high, len(marks), ticks, lambda tick: f"{tick:,.6g}".replace("-", "\N{MINUS SIGN}"))
    axes.plot([neutral] * 2, [-0.5, len(marks) - 0.5], color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")
    for y, mark in enumerate(marks):
        if known(mark.low) and known(mark.high):
            ends = [max(mark.low, low), min(mark.high, high)]
            axes.plot(ends, [y, y], color=canvas.DARK_BLUE, lw=2.5, zorder=2, solid_capstyle="butt")
        if finite([mark.chance]):
            axes.plot([mark.chance], [y], "D", ms=7, mfc="white", mec=canvas.DARK_PINK, mew=2, zorder=3)
        if finite([mark.value]):
            axes.plot([mark.value], [y], "o", ms=8, color=canvas.DARK_BLUE, zorder=4)


def _key(sheet: canvas.Sheet, y: float, chance: bool) -> None:
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    result, by_chance = SHORT_KEY if sheet.narrow else KEY
    axes.plot([7], [0], "o", ms=8, color=canvas.DARK_BLUE)
    axes.text(18, 0, result, fontsize=12, color=canvas.DARK_BLUE, weight="bold", va="center_baseline")
    if chance:
        x = 18 + canvas.text_width(result, 12, True) + 24
        axes.plot([x], [0], "D", ms=7, mfc="white", mec=canvas.DARK_PINK, mew=2)
        axes.text(x + 11, 0, by_chance, fontsize=12, color=canvas.DARK_PINK, va="center_baseline")


def index_words(findings: Findings) -> Alternative:
    """The words of the chart: every index with its interval and what chance alone would make."""
    from dueregard.publish.charts.figure import Alternative

    panels = panels_of(findings)
    if not finite(mark.value for panel in panels.values() for mark in panel):
        raise ValueError("findings: there is no index to draw, every value is missing")
    level = next(iter(levels_of(rows_of(findings))), None)
    listed = [_words(name, mark, level) for name, panel in panels.items() for mark in panel]
    about = f"Points with interval lines, in a panel for each of {len(panels)} indices: {'; '.join(listed[:40])}."
    interval = "" if level is None else f", with {100 * level:.10g}% intervals"
    return Alternative(clean(findings.title or "Inequality between groups"), f"Indices{interval}", about)


def _words(name: str, mark: Mark, level: float | None) -> str:
    text = f"{name}{', ' + mark.label if mark.label else ''} {mark.words}"
    if known(mark.low) and known(mark.high) and level is not None:
        text += f" ({fixed(mark.low, mark.decimals)} to {fixed(mark.high, mark.decimals)})"
    return text + (f", {fixed(mark.chance)} by chance" if finite([mark.chance]) else "")
