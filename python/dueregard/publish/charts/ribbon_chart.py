"""The ribbon: a rolling series as a line in the ribbon of its interval, with breaks in the series marked.

Lines and ribbons are interrupted where a window has no value and at every break; a point that stands alone is drawn as
one on its interval. Names and last values stand at the ends of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.funnel_chart import apart
from dueregard.publish.charts.gap_lines import NONE, Line
from dueregard.publish.charts.key import Shape, draw_key
from dueregard.publish.charts.ribbon_breaks import BREAK_COLOUR, draw_breaks
from dueregard.publish.charts.ribbon_lines import Style, draw_line, style_of
from dueregard.publish.charts.ribbon_series import Panel, Point, Ribbons, Series, ribbons_of
from dueregard.publish.charts.row_grid import plain_scale
from dueregard.publish.charts.row_marks import number_words, span_of
from dueregard.publish.charts.scales import Scale, scale_for
from dueregard.publish.charts.time_axis import LINES, draw_months, month_ticks
from dueregard.publish.readings import finite, known, rows_of
from dueregard.publish.units.amounts import unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

NAME, GAP, TALL, LOW = 24.0, 14.0, 170.0, 110.0  # pixels: name of a panel, between panels, heights of plots
SIZE = 12.0  # of the words at the ends of lines


def ribbon_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw the panels one below another over one scale of months."""
    found = ribbons_of(findings)
    heads = canvas.heading_height(title, subtitle, width)
    notes = [line for each in found.breaks for line in canvas.wrap(f"┆ {each.note}", width, SIZE)]
    top = heads + 18 * len(notes)
    heights = [TALL if len(found.panels) <= 2 or len(each.series) > 1 else LOW for each in found.panels]
    sheet = canvas.Sheet(width, top + sum(NAME + height + GAP for height in heights) + LINES + 6)
    sheet.headings(title, subtitle)
    for i, line in enumerate(notes):
        sheet.text(0, heads + 6 + 18 * i, line, fontsize=SIZE, color=BREAK_COLOUR, weight="bold")
    _Drawing(sheet, found, findings).stack(top, heights)
    return sheet.figure


@dataclass(frozen=True)
class _End:
    """The words at the end of a line, and how the line is drawn."""

    value: float
    text: str
    style: Style


class _Drawing:
    """The panels of one chart, which share their months, and those of values or of gaps one scale."""

    def __init__(self, sheet: canvas.Sheet, found: Ribbons, findings: Findings) -> None:
        self.sheet, self.found = sheet, found
        self.unit = unit_of_rows(rows_of(findings))
        self.level_unit = level_unit(findings)
        months = [point.month for panel in found.panels for point in panel.points]
        self.last = max(months)
        seen = [each.month - 1 for each in found.breaks if each.last_spanned >= min(months)]
        self.first = min([*months, *seen])  # a break before the first window's end leaves the first windows empty
        said = [end.text for panel in found.panels for end in self._ends(panel)]
        self.room = min(max(canvas.text_width(text, SIZE, True) for text in said) + 32, 0.4 * sheet.width)
        self.left = 46.0
        self.scales = {gap: self._scale(gap) for gap in {panel.gap for panel in found.panels}}

    def stack(self, top: float, heights: Sequence[float]) -> None:
        """Each panel under its name; months are named below the last."""
        for panel, height in zip(self.found.panels, heights, strict=True):
            if self.sheet.narrow and len(panel.series) > 1:  # no room for names at the ends of lines
                draw_key(self.sheet, top + 8, [[_shape(one, place) for place, one in enumerate(panel.series)]])
            else:
                name = canvas.shorten(self._name(panel), self.sheet.width, self.sheet.size, True)
                self.sheet.text(0, top + 8, name, weight="bold")
            self._panel(panel, top + NAME, height, named=panel is self.found.panels[-1])
            top += NAME + height + GAP

    def _name(self, panel: Panel) -> str:
        if panel.gap:
            return f"{panel.name}: {'gap, points' if self.unit.percent else self.unit.heading().lower()}"
        unit = "percent" if self.level_unit == "percent" else str(self.level_unit)
        return f"{panel.name}: {unit}" if panel.name else unit.capitalize()

    def _panel(self, panel: Panel, top: float, height: float, *, named: bool) -> None:
        width = self.sheet.width - self.left - self.room
        axes = self.sheet.panel(self.left, top, width, height)
        scale = self.scales[panel.gap]
        axes.set_xlim(self.first - 0.6, self.last + 0.6)
        axes.set_ylim(scale.low, scale.high)
        draw_months(axes, month_ticks(self.first, self.last, width), scale.low, scale.high, named=named)
        self._grid(axes, scale, panel, height)
        draw_breaks(axes, scale, self.found.breaks, (self.first, self.last))
        for place, series in enumerate(panel.series):
            draw_line(axes, scale, series, style_of(series, place), self.found.breaks)
        self._end_labels(panel, scale, top, height)

    def _end_labels(self, panel: Panel, scale: Scale, top: float, height: float) -> None:
        """Markers and words at the right, in the order of the last values and none over another."""
        ends = sorted(self._ends(panel), key=lambda end: end.value)
        heights = [height * (scale.clipped(end.value) - scale.low) / (scale.high - scale.low) for end in ends]
        axes = self.sheet.panel(self.sheet.width - self.room, top, self.room, height)
        axes.set_xlim(0, self.room)
        axes.set_ylim(0, height)
        for end, y in zip(ends, apart(heights, SIZE * 1.3, height), strict=True):
            if len(ends) > 1:
                colour, _, marker = end.style
                axes.plot([14], [y], marker, ms=6, mfc="white", mec=colour, mew=1.8, clip_on=False)
            text = canvas.shorten(end.text, self.room - 24, SIZE, True)
            axes.text(24, y, text, color=canvas.TEXT, fontsize=SIZE, weight="bold", va="center_baseline")

    def _scale(self, gap: bool) -> Scale:
        points = [point for panel in self.found.panels if panel.gap == gap for point in panel.points]
        if gap:
            return scale_for(self.unit, [Line("", p.value, p.low, p.high, NONE, False) for p in points], None)
        values = finite(end for p in points for end in (p.value, p.low, p.high))
        low, high = canvas.span(values, include=(), pad=0.15)
        return plain_scale(max(low, 0.0) if min(values) >= 0 else low, min(high, 100.0) if self._percent else high)

    @property
    def _percent(self) -> bool:
        return self.level_unit == "percent"

    def _grid(self, axes: Axes, scale: Scale, panel: Panel, height: float) -> None:
        """Level lines with their numbers at the left, and the line at no difference."""
        ends = [self.first - 0.6, self.last + 0.6]
        for tick in scale.ticks(height * 1.2):
            at = scale.at(tick)
            axes.plot(ends, [at, at], color="#D5DADD", lw=1, zorder=0, solid_capstyle="butt")
            words = self.unit.tick(tick) if panel.gap else f"{tick:,.10g}{'%' if self._percent else ''}"
            axes.annotate(
                words, (ends[0], at), xytext=(-6, 0), ha="right", va="center", color=canvas.QUIET,
                textcoords="offset points", fontsize=11, annotation_clip=False,
            )  # fmt: skip
        if panel.gap and scale.low <= scale.neutral <= scale.high:
            axes.plot(ends, [scale.neutral] * 2, color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")

    def _ends(self, panel: Panel) -> list[_End]:
        """What is said at the end of each line: its last value, and its name if there are several."""
        found = []
        for place, series in enumerate(panel.series):
            last = next((point for point in reversed(series.points) if known(point.value)), None)
            if last is not None:
                found.append(_End(last.value, self._end_words(panel, series, last), style_of(series, place)))
        return found

    def _end_words(self, panel: Panel, series: Series, last: Point) -> str:
        if panel.gap:
            limits = f" ({self.unit.marked_span(last.low, last.high)})" if last.has_limits else ""
            return self.unit.mark(last.value) + limits
        value = number_words(last.value, self.level_unit)
        if len(panel.series) > 1:
            named = series.name if series.name.endswith(value) else f"{value} {series.name}"
            return value if self.sheet.narrow else named
        limits = f" ({span_of(last.low, last.high, self.level_unit)})" if last.has_limits else ""
        return value + limits


def _shape(series: Series, place: int) -> Shape:
    """A line in a key."""
    colour, _, marker = style_of(series, place)
    return marker, "white", colour, series.name


def level_unit(findings: Findings) -> object:
    """What the values of groups are in, whatever their gaps are in."""
    row = rows_of(findings, "group")[0]
    if findings.kind == "rolling":
        return "percent"
    return row["unit_of_measure"] if row["reference"] is None else f"per {row['per']:,.10g}"
