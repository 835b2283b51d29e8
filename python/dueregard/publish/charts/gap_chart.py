"""The gap chart: a point and its interval for every area or group, around a line at no difference.

The shape of a point says the verdict, not its colour alone; areas stay in the order of the findings, all areas
first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.gap_lines import CLEAR, NONE, SAME, UNSURE, Line, panels_of
from dueregard.publish.charts.scales import Scale, scale_for
from dueregard.publish.readings import clean, known, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart


BESIDE, LEAST_PLOT = 36.0, 60.0  # pixels: a number at the side of a panel, and a plot that can still be read
LEAST_PANEL = 100.0  # pixels; panels narrower than this would stand below each other instead
BESIDE_LEAST = 128.0  # pixels for numbers and their intervals beside a panel


def gap_chart(findings: Findings, *, width: int, title: str, subtitle: str, threshold: float | None) -> Chart:
    """Draw every estimate with its interval; panels stand side by side, on a narrow sheet one below another."""
    panels = panels_of(findings)
    lines = [line for panel in panels.values() for line in panel]
    row = 23.0 if width >= 500 else 22.0
    stacked = width < 500 or len(panels) == 1 or 0.7 * width / len(panels) < LEAST_PANEL
    per_panel = len({line.label for line in lines})
    heads = canvas.heading_height(title, subtitle, width) + 26
    block = 48 + (20 if len(panels) > 1 else 0)
    tall = sum(len(p) * row + block + 20 for p in panels.values()) if stacked else per_panel * row + block + 20
    sheet = canvas.Sheet(width, heads + tall)
    sheet.headings(title, subtitle)
    unit = unit_of_rows(rows_of(findings))
    _key(sheet, heads - 14, {line.verdict.words for line in lines}, unit, threshold)
    reference = next((clean(r["reference"]) for r in rows_of(findings) if r.get("reference")), "the reference")
    drawing = _Drawing(sheet, row, unit, scale_for(unit, lines, threshold), threshold, reference)
    drawing.stack(panels, heads, block) if stacked else drawing.beside(panels, heads, block)
    return sheet.figure


@dataclass
class _Drawing:
    """The panels of one chart, which share their scale."""

    sheet: canvas.Sheet
    row: float
    unit: Unit
    scale: Scale
    threshold: float | None
    reference: str

    def stack(self, panels: dict[str, list[Line]], top: float, block: float) -> None:
        """Panels one below another, each with its own labels."""
        said = [_words(self.unit, line, self.sheet.narrow) for lines in panels.values() for line in lines]
        widest = max(canvas.text_width(text, self.sheet.size, True) for text in said)
        room = max(44.0, widest + 10) if self.sheet.narrow else max(BESIDE_LEAST, widest + 12)
        for group, lines in panels.items():
            left = self._labels(lines, top + block)
            if len(panels) > 1:
                self.sheet.text(0, top + 10, group, weight="bold")
            self._panel(lines, left, top + block, self.sheet.width - left - room, True)
            top += block + len(lines) * self.row + 20

    def beside(self, panels: dict[str, list[Line]], top: float, block: float) -> None:
        """Panels side by side, with one column of labels."""
        every = list({line.label: line for panel in panels.values() for line in panel}.values())
        left = self._labels(every, top + block)
        places = {line.label: i for i, line in enumerate(every)}
        each = (self.sheet.width - left) / len(panels)
        room = BESIDE if each - 10 - BESIDE >= LEAST_PLOT else 0
        for i, (group, lines) in enumerate(panels.items()):
            x = left + i * each
            self.sheet.text(
                x + (each - 10 - room) / 2, top + 10, canvas.shorten(group, each - 12, 13), weight="bold", ha="center"
            )
            self._panel(lines, x, top + block, each - 10 - room, False, places)
            for line in lines if room else ():
                y = top + block + (places[line.label] + 0.5) * self.row
                style = {"weight": "bold" if line.bold else "normal", "ha": "right"}
                self.sheet.text(x + each - 8, y, _words(self.unit, line, True), **style)

    def _labels(self, lines: Sequence[Line], top: float) -> float:
        """The labels of the rows; returns where the plot begins."""
        size, most = self.sheet.size, 0.44 * self.sheet.width
        need = max(canvas.text_width(line.label, size, line.bold) for line in lines)
        left = min(need, most) + 10
        for i, line in enumerate(lines):
            text = canvas.shorten(line.label, left - 8, size)
            self.sheet.text(0, top + (i + 0.5) * self.row, text, weight="bold" if line.bold else "normal")
        return left

    def _panel(
        self,
        lines: Sequence[Line],
        left: float,
        top: float,
        width: float,
        say: bool,
        places: dict[str, int] | None = None,
    ) -> None:
        rows = len(places) if places else len(lines)
        axes = self.sheet.panel(left, top, width, rows * self.row)
        ticks = {self.scale.at(tick): self.unit.tick(tick) for tick in self.scale.ticks(width)}
        canvas.scale(axes, self.scale.low, self.scale.high, rows, list(ticks), ticks.__getitem__)
        self._neutral(axes, rows, width)
        for i, line in enumerate(lines):
            y = places[line.label] if places else i
            _point(axes, y, line, self.scale)
            if say:
                words = _words(self.unit, line, self.sheet.narrow)
                x = self.sheet.width if self.sheet.narrow else left + width + 10
                style = {"weight": "bold" if line.bold else "normal", "ha": "right" if self.sheet.narrow else "left"}
                self.sheet.text(x, top + (i + 0.5) * self.row, words, **style)

    def _neutral(self, axes: Axes, rows: int, width: float) -> None:
        """The line at no difference, the band inside which a difference does not matter, and the directions."""
        if self.threshold:
            low, high = (self.scale.at(end) for end in self.unit.band(self.threshold))
            axes.axvspan(low, high, color=canvas.BAND, lw=0, zorder=-1)
            for edge in (low, high):
                axes.plot([edge] * 2, [-0.5, rows - 0.5], color=canvas.RULE, lw=1, ls=(0, (2, 2)), zorder=0)
        place = self.scale.neutral
        axes.plot([place] * 2, [-0.5, rows - 0.5], color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")
        style: dict[str, Any] = {
            "textcoords": "offset points",
            "fontsize": 11,
            "annotation_clip": False,
            "va": "bottom",
        }
        share = (place - self.scale.low) / (self.scale.high - self.scale.low)
        words = self.unit.sides(self.reference, width >= 330)
        for text, way, room in ((f"◂ {words[0]}", -1, share * width), (f"{words[1]} ▸", 1, (1 - share) * width)):
            if canvas.text_width(text, 11) + 6 < room:
                align = "right" if way < 0 else "left"
                axes.annotate(text, (place, -0.5), xytext=(5 * way, 20), ha=align, color=canvas.QUIET, **style)


def _point(axes: Axes, y: float, line: Line, scale: Scale) -> None:
    """A point on its interval lines, the narrowest the thickest; an arrow where an interval goes on."""
    style = line.verdict
    intervals = sorted(line.intervals, key=lambda ends: scale.clipped(ends[1]) - scale.clipped(ends[0]))
    for i, (low, high) in enumerate(intervals):
        wide = (5 if line.bold else 4) if len(intervals) > 1 else (3 if line.bold else 2)
        ends = [scale.clipped(low), scale.clipped(high)]
        axes.plot(ends, [y, y], color=style.colour, lw=1.4 if i else wide, zorder=2, solid_capstyle="butt")
        for gone, place, marker in ((scale.below(low), scale.low, "<"), (scale.above(high), scale.high, ">")):
            if gone:
                axes.plot([place], [y], marker, ms=6, color=style.colour, zorder=3, clip_on=False)
    if known(line.estimate) and not (scale.below(line.estimate) or scale.above(line.estimate)):
        face = style.colour if style.filled else "white"
        size = (8.5 if line.bold else 7) - (1 if style.marker == "D" else 0)
        axes.plot([scale.at(line.estimate)], [y], style.marker, ms=size, mfc=face, mec=style.colour, mew=1.8, zorder=3)


def _words(unit: Unit, line: Line, narrow: bool) -> str:
    text = unit.mark(line.estimate) if known(line.estimate) else "[x]"
    if narrow or not known(line.low) or not known(line.high):
        return text
    return f"{text} ({unit.marked_span(line.low, line.high)})"


def _key(sheet: canvas.Sheet, y: float, verdicts: set[str], unit: Unit, threshold: float | None) -> None:
    """What the shapes and the band mean, in one line above the plot."""
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    x, size, gap = 6.0, sheet.size - 1, 10 if sheet.narrow else 22
    seen = [style for style in (CLEAR, SAME, UNSURE, NONE) if style.words in verdicts]
    short = sheet.narrow and SAME in seen
    for style in seen:
        face = style.colour if style.filled else "white"
        axes.plot([x], [0], style.marker, ms=7, mfc=face, mec=style.colour, mew=1.8)
        words = style.short if short else style.words
        axes.text(x + 8, 0, words, fontsize=size, color=canvas.TEXT, va="center_baseline")
        x += 8 + canvas.text_width(words, size) * (0.88 if sheet.narrow else 1) + gap
    if threshold:
        axes.barh([0], [14], left=[x - 4], height=14, color=canvas.BAND, ec=canvas.RULE, lw=1, ls=(0, (2, 2)))
        matters, least = unit.band_words(threshold)
        options = (f"{matters}: taken as not mattering", matters, least)
        fits = (text for text in options if x + 14 + canvas.text_width(text, size) < sheet.width)
        words = next(fits, least)
        axes.text(x + 14, 0, words, fontsize=size, color=canvas.TEXT, va="center_baseline")
