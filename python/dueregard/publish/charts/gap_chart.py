"""The gap chart: a point and its interval for every area or group, around a line at no difference.

The shape of a point says the verdict, not its colour alone; areas stay in the order of the findings, all areas
first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures import verdicts
from dueregard.publish.amounts import in_points, side, size_of, unit_of
from dueregard.publish.charts import canvas
from dueregard.publish.readings import (
    area_of,
    by_columns,
    clean,
    finite,
    fixed,
    is_all_areas,
    known,
    named,
    rows_of,
    whole,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart


BESIDE, LEAST_PLOT = 36.0, 60.0  # pixels: a number at the side of a panel, and a plot that can still be read
LEAST_PANEL = 100.0  # pixels; panels narrower than this would stand below each other instead


@dataclass(frozen=True)
class Verdict:
    """How one verdict is drawn."""

    words: str
    short: str
    marker: str
    colour: str
    filled: bool


CLEAR = Verdict("clear difference", "clear", "o", canvas.DARK_BLUE, True)
SAME = Verdict(verdicts.NO_DIFFERENCE, "no difference", "D", canvas.TURQUOISE, True)
UNSURE = Verdict(verdicts.TOO_FEW, "too few", "o", canvas.QUIET, False)
NONE = Verdict("difference", "difference", "s", canvas.DARK_BLUE, True)


@dataclass(frozen=True)
class Line:
    """One row of the chart."""

    label: str
    estimate: Any
    low: Any
    high: Any
    verdict: Verdict
    bold: bool


def verdict_of(row: dict[str, Any]) -> Verdict:
    """The way a row's verdict is drawn."""
    words = str(row.get("verdict") or "")
    if words.startswith(verdicts.CLEAR):
        return CLEAR
    if words.startswith(verdicts.NO_DIFFERENCE):
        return SAME
    return UNSURE if words else NONE


def panels_of(findings: Findings) -> dict[str, list[Line]]:
    """The lines of each panel: one panel for each compared group, or one for all groups without areas."""
    by = by_columns(findings)
    several = len(set(findings["measure"])) > 1 if "measure" in findings.columns else False
    panels: dict[str, list[Line]] = {}
    for row in rows_of(findings, "group", None):
        if "estimate" not in row or (not known(row["estimate"]) and not known(row.get("low"))):
            continue
        group = named(row.get("group"))
        label = area_of(row, by) if by else group
        label = f"{label}, {named(row['measure'])}" if several else label
        bold = is_all_areas(row, by)
        line = Line(label, row["estimate"], row.get("low"), row.get("high"), verdict_of(row), bold)
        panels.setdefault(group if by else "", []).append(line)
    return panels


def gap_chart(findings: Findings, *, width: int, title: str, subtitle: str, threshold: float | None) -> Chart:
    """Draw every estimate with its interval; panels stand side by side, on a narrow sheet one below another."""
    from dueregard.publish.charts.figure import Chart

    panels = panels_of(findings)
    lines = [line for panel in panels.values() for line in panel]
    row = 23.0 if width >= 500 else 22.0
    stacked = width < 500 or len(panels) == 1 or 0.7 * width / len(panels) < LEAST_PANEL
    per_panel = len({line.label for line in lines})
    heads = canvas.heading_height(title, subtitle, width) + 26
    block = 48 + (20 if len(panels) > 1 else 0)
    tall = sum(len(p) * row + block + 20 for p in panels.values()) if stacked else per_panel * row + block + 20
    sheet = canvas.Sheet(Chart, width, heads + tall)
    sheet.headings(title, subtitle)
    row_of_unit = unit_of(rows_of(findings))
    matters = "" if not threshold else f"{threshold:g} points"
    if threshold and not in_points(row_of_unit):
        matters = size_of(row_of_unit, f"{threshold:g}")
    _key(sheet, heads - 14, {line.verdict.words for line in lines}, threshold, matters)
    reference = next((clean(r["reference"]) for r in rows_of(findings) if r.get("reference")), "the reference")
    limits = canvas.span(finite(v for x in lines for v in (x.estimate, x.low, x.high)))
    sides = side(row_of_unit, -1), side(row_of_unit, 1)
    drawing = _Drawing(sheet, row, limits, threshold, reference, sides)
    drawing.stack(panels, heads, block) if stacked else drawing.beside(panels, heads, block)
    return sheet.figure  # type: ignore[return-value]


class _Drawing:
    """The panels of one chart, which share their scale."""

    def __init__(
        self,
        sheet: canvas.Sheet,
        row: float,
        limits: tuple[float, float],
        threshold: float | None,
        reference: str,
        sides: tuple[str, str],
    ) -> None:
        self.sheet, self.row, self.limits = sheet, row, limits
        self.threshold, self.reference, self.sides = threshold, reference, sides

    def stack(self, panels: dict[str, list[Line]], top: float, block: float) -> None:
        """Panels one below another, each with its own labels."""
        for group, lines in panels.items():
            left = self._labels(lines, top + block)
            if len(panels) > 1:
                self.sheet.text(0, top + 10, group, weight="bold")
            room = 44 if self.sheet.narrow else 128
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
                self.sheet.text(x + each - 8, y, _words(line, True), **style)

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
        ticks = canvas.nice_ticks(*self.limits, most=max(3, int(width / 55)))
        canvas.scale(axes, *self.limits, rows, ticks, lambda t: whole(t, True) if t == int(t) else fixed(t, 1, True))
        self._zero(axes, rows, width)
        for i, line in enumerate(lines):
            y = places[line.label] if places else i
            _point(axes, y, line, self.limits)
            if say:
                words = _words(line, self.sheet.narrow)
                x = self.sheet.width if self.sheet.narrow else left + width + 10
                style = {"weight": "bold" if line.bold else "normal", "ha": "right" if self.sheet.narrow else "left"}
                self.sheet.text(x, top + (i + 0.5) * self.row, words, **style)

    def _zero(self, axes: Axes, rows: int, width: float) -> None:
        """The line at no difference, the band inside which a difference does not matter, and the directions."""
        if self.threshold:
            axes.axvspan(-self.threshold, self.threshold, color=canvas.BAND, lw=0, zorder=-1)
            for edge in (-self.threshold, self.threshold):
                axes.plot([edge] * 2, [-0.5, rows - 0.5], color=canvas.RULE, lw=1, ls=(0, (2, 2)), zorder=0)
        axes.plot([0, 0], [-0.5, rows - 0.5], color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")
        style: dict[str, Any] = {
            "textcoords": "offset points",
            "fontsize": 11,
            "annotation_clip": False,
            "va": "bottom",
        }
        low, high = self.limits
        share = (0 - low) / (high - low)
        wide = width >= 330
        words = [f"{word} than {self.reference}" if wide else word for word in self.sides]
        for text, way, room in ((f"◂ {words[0]}", -1, share * width), (f"{words[1]} ▸", 1, (1 - share) * width)):
            if canvas.text_width(text, 11) + 6 < room:
                align = "right" if way < 0 else "left"
                axes.annotate(text, (0, -0.5), xytext=(5 * way, 20), ha=align, color=canvas.QUIET, **style)


def _point(axes: Axes, y: float, line: Line, limits: tuple[float, float]) -> None:
    style = line.verdict
    low, high = (v if known(v) else line.estimate for v in (line.low, line.high))
    low, high = max(low, limits[0]), min(high, limits[1])
    if low < high:
        axes.plot([low, high], [y, y], color=style.colour, lw=3 if line.bold else 2, zorder=2, solid_capstyle="butt")
    if known(line.estimate):
        face = style.colour if style.filled else "white"
        size = (8.5 if line.bold else 7) - (1 if style.marker == "D" else 0)
        axes.plot([line.estimate], [y], style.marker, ms=size, mfc=face, mec=style.colour, mew=1.8, zorder=3)


def _words(line: Line, narrow: bool) -> str:
    if not known(line.estimate):
        return "[x]"
    text = whole(line.estimate, signed=True)
    if narrow or not known(line.low) or not known(line.high):
        return text
    return f"{text} ({whole(line.low, True)} to {whole(line.high, True)})"


def _key(sheet: canvas.Sheet, y: float, verdicts: set[str], threshold: float | None, matters: str) -> None:
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
        least = f"under {threshold:g}"
        options = (f"under {matters}: taken as not mattering", f"under {matters}", least)
        fits = (text for text in options if x + 14 + canvas.text_width(text, size) < sheet.width)
        words = next(fits, least)
        axes.text(x + 14, 0, words, fontsize=size, color=canvas.TEXT, va="center_baseline")
