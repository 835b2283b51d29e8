"""The bounds chart: how far each comparison could move with the cases whose group is not known.

A bar is the range over every allotment of these cases, a thin line adds chance, and points are the estimates under
single assumptions, each of a shape of its own. The circle of the stated cases is hollow where the conclusion depends
on the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dueregard.measures.unknowns.unknown_rules import IN_PROPORTION, STATED
from dueregard.publish.charts import canvas
from dueregard.publish.charts.bounds_lines import Bounds, bounds_of
from dueregard.publish.charts.scales import Scale, scale_for
from dueregard.publish.readings import clean, known, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

RANGE = "#A6C4E0"  # a tint of dark blue, on which the points stand out; what it shows is its ends
HEIGHT = 0.44  # of a row, taken by its bar
MARKERS = {STATED: ("o", canvas.DARK_BLUE), IN_PROPORTION: ("|", canvas.DARK_BLUE)}
SECOND = ("D", canvas.DARK_PINK)
"""How estimates are drawn: marker and colour; any other assumption is that of a second recording."""


def bounds_chart(findings: Findings, *, width: int, title: str, subtitle: str, threshold: float | None) -> Chart:
    """Draw every comparison as a bar with its points; panels of groups stand one below another."""
    panels = bounds_of(findings)
    lines = [line for panel in panels.values() for line in panel]
    row = 28.0
    unit = unit_of_rows(rows_of(findings))
    key = _Key(lines, width, unit, threshold)
    heads = canvas.heading_height(title, subtitle, width) + key.height + (16 if len(panels) > 1 else 6)
    block = 46 + (20 if len(panels) > 1 else 0)
    sheet = canvas.Sheet(width, heads + sum(len(panel) * row + block + 16 for panel in panels.values()))
    sheet.headings(title, subtitle)
    key.draw(sheet, canvas.heading_height(title, subtitle, width))
    scale = scale_for(unit, [line.line for line in lines], threshold)
    reference = next((clean(r["reference"]) for r in rows_of(findings) if r.get("reference")), "the reference")
    _Drawing(sheet, row, unit, scale, threshold, reference).stack(panels, heads, block)
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

    def stack(self, panels: dict[str, list[Bounds]], top: float, block: float) -> None:
        """Panels one below another: labels at the left, the estimate and its bounds at the right."""
        every = [line for lines in panels.values() for line in lines]
        said = [self._words(line) for line in every]
        room = max(canvas.text_width(text, self.sheet.size, True) for text in said) + 12
        need = max(canvas.text_width(line.label, self.sheet.size, line.bold) for line in every)
        left = min(need, 0.34 * self.sheet.width) + 10
        for group, lines in panels.items():
            if len(panels) > 1:
                self.sheet.text(0, top + 10, group, weight="bold")
            says = "range" if self.sheet.narrow else "stated, range"
            self.sheet.text(self.sheet.width, top + block - 11, says, ha="right", color=canvas.QUIET, fontsize=11)
            self._panel(lines, left, top + block, self.sheet.width - left - room)
            top += block + len(lines) * self.row + 16

    def _panel(self, lines: Sequence[Bounds], left: float, top: float, width: float) -> None:
        axes = self.sheet.panel(left, top, width, len(lines) * self.row)
        ticks = {self.scale.at(tick): self.unit.tick(tick) for tick in self.scale.ticks(width)}
        canvas.scale(axes, self.scale.low, self.scale.high, len(lines), list(ticks), ticks.__getitem__)
        self._neutral(axes, len(lines), width)
        for i, line in enumerate(lines):
            style = {"weight": "bold" if line.bold else "normal"}
            y = top + (i + 0.5) * self.row
            self.sheet.text(0, y, canvas.shorten(line.label, left - 8, self.sheet.size), **style)
            self.sheet.text(self.sheet.width, y, self._words(line), ha="right", **style)
            _bar(axes, i, line, self.scale)

    def _words(self, line: Bounds) -> str:
        estimate = self.unit.mark(line.stated) if known(line.stated) else "[x]"
        if not (known(line.low) and known(line.high)):
            return estimate
        span = self.unit.marked_span(line.low, line.high)
        return span if self.sheet.narrow else f"{estimate}, {span}"

    def _neutral(self, axes: Axes, rows: int, width: float) -> None:
        """The line at no difference, the band inside which a difference does not matter, and the directions."""
        if self.threshold:
            low, high = (self.scale.at(end) for end in self.unit.band(self.threshold))
            axes.axvspan(low, high, color=canvas.BAND, lw=0, zorder=-1)
            for edge in (low, high):
                axes.plot([edge] * 2, [-0.5, rows - 0.5], color=canvas.RULE, lw=1, ls=(0, (2, 2)), zorder=0)
        place = self.scale.neutral
        axes.plot([place] * 2, [-0.5, rows - 0.5], color=canvas.TEXT, lw=1.2, zorder=1, solid_capstyle="butt")
        share = (place - self.scale.low) / (self.scale.high - self.scale.low)
        words = self.unit.sides(self.reference, width >= 330)
        for text, way, room in ((f"◂ {words[0]}", -1, share * width), (f"{words[1]} ▸", 1, (1 - share) * width)):
            if canvas.text_width(text, 11) + 6 < room:
                axes.annotate(
                    text, (place, -0.5), xytext=(5 * way, 20), ha="right" if way < 0 else "left", color=canvas.QUIET,
                    textcoords="offset points", fontsize=11, annotation_clip=False, va="bottom",
                )  # fmt: skip


def _bar(axes: Axes, y: float, line: Bounds, scale: Scale) -> None:
    """The range as a bar, chance as a line beyond it, an arrow where one goes on, and the points."""
    if known(line.region_low) and known(line.region_high):
        ends = [scale.clipped(line.region_low), scale.clipped(line.region_high)]
        axes.plot(ends, [y, y], color=canvas.DARK_BLUE, lw=1.4, zorder=2, solid_capstyle="butt")
    if known(line.low) and known(line.high):
        low, high = scale.clipped(line.low), scale.clipped(line.high)
        axes.barh([y], [high - low], left=[low], height=HEIGHT, color=RANGE, ec=canvas.DARK_BLUE, lw=1, zorder=2.5)
    for end, place, marker in ((line.region_low, scale.low, "<"), (line.region_high, scale.high, ">")):
        if known(end) and (scale.below(end) if marker == "<" else scale.above(end)):
            axes.plot([place], [y], marker, ms=6, color=canvas.DARK_BLUE, zorder=3, clip_on=False)
    for assumption, estimate in reversed(line.estimates.items()):  # the stated cases on top
        if assumption == IN_PROPORTION and not _apart(line):
            continue
        if known(estimate) and not (scale.below(estimate) or scale.above(estimate)):
            marker, colour = MARKERS.get(assumption, SECOND)
            face = colour if line.holds or assumption != STATED else "white"
            size = 14 if marker == "|" else 7
            axes.plot([scale.at(estimate)], [y], marker, ms=size, mfc=face, mec=colour, mew=1.8, zorder=4)


class _Key:
    """What bars, lines and shapes mean, on as many lines as it takes."""

    def __init__(self, lines: Sequence[Bounds], width: int, unit: Unit, threshold: float | None) -> None:
        self.size = 11.0 if width < 500 else 12.0
        self.entries = self._entries(lines)
        if threshold:
            self.entries.append(("band", canvas.RULE, True, unit.band_words(threshold)[0]))
        self.places = self._placed(width)
        self.height = 18.0 * (1 + max((line for _, line in self.places), default=0))

    def _entries(self, lines: Sequence[Bounds]) -> list[tuple[str, str, bool, str]]:
        """Marker, colour, whether filled, and words."""
        blue = canvas.DARK_BLUE
        found: list[tuple[str, str, bool, str]] = [("bar", blue, True, "whatever their group")]
        if any(known(line.region_low) for line in lines):
            found.append(("line", blue, True, "and chance"))
        held = {line.holds for line in lines}
        if True in held:
            found.append(("o", blue, True, "stated only, conclusion holds"))
        if held - {True}:
            found.append(("o", blue, False, "stated only, conclusion depends"))
        seen = list(dict.fromkeys(name for line in lines for name in line.estimates))
        if any(_apart(line) for line in lines):
            found.append(("|", blue, True, IN_PROPORTION))
        found += [(*SECOND, True, name) for name in seen if name not in MARKERS]
        return found

    def _placed(self, width: int) -> list[tuple[float, int]]:
        """Where each entry begins, and on which line."""
        places, x, line = [], 0.0, 0
        for *_, words in self.entries:
            need = 24 + canvas.text_width(words, self.size)
            if x and x + need > width:
                x, line = 0.0, line + 1
            places.append((x, line))
            x += need + 16
        return places

    def draw(self, sheet: canvas.Sheet, top: float) -> None:
        axes = sheet.panel(0, top, sheet.width, self.height)
        axes.set_xlim(0, sheet.width)
        axes.set_ylim(self.height, 0)
        for (marker, colour, filled, words), (x, line) in zip(self.entries, self.places, strict=True):
            y = 18.0 * line + 9
            if marker in ("bar", "band"):
                tint = RANGE if marker == "bar" else canvas.BAND
                dashes = "-" if marker == "bar" else (0, (2, 2))
                axes.barh([y], [16], left=[x + 1], height=11, color=tint, ec=colour, lw=1, ls=dashes)
            elif marker == "line":
                axes.plot([x + 1, x + 17], [y, y], color=colour, lw=1.4, solid_capstyle="butt")
            else:
                axes.plot([x + 9], [y], marker, ms=7, mfc=colour if filled else "white", mec=colour, mew=1.8)
            axes.text(x + 23, y, words, fontsize=self.size, color=canvas.TEXT, va="center_baseline")


def _apart(line: Bounds) -> bool:
    """Whether to allot in proportion makes a visible difference, as it does for shares."""
    other = line.estimates.get(IN_PROPORTION, float("nan"))
    return known(other) and known(line.stated) and abs(other - line.stated) > 1e-9
