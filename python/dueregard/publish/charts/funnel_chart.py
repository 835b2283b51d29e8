"""The funnel chart: areas by size and value, around a target, with limits that narrow as areas get larger.

Points outside the limits are triangles that point the way they are out, filled beyond the widest limits, and carry
their names; all others are small circles.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures.areas.funnel_rows import EXPECTED, WHOLE
from dueregard.publish.charts import canvas
from dueregard.publish.charts.funnel_frame import TICK_SIZE, Frame, value_ticks, values_of
from dueregard.publish.charts.funnel_key import shapes_of
from dueregard.publish.charts.funnel_points import Funnel, Point, funnel_of
from dueregard.publish.charts.key import LINE, draw_key, key_lines
from dueregard.publish.charts.label_places import Placed, placed
from dueregard.publish.units.area_units import area_mark, area_tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

HEIGHT, NARROW_HEIGHT = 400.0, 330.0
BELOW = 44.0  # pixels for the numbers and the name of the scale of sizes
MOST_NAMES, MOST_NAMES_NARROW = 16, 7
NAME_SIZE = 11.0
DASHES = ("-", (0, (5, 3)), (0, (2, 2)), (0, (1, 3)))
"""Limits from wide to narrow."""


def funnel_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw the funnel."""
    funnel = funnel_of(findings)
    heads, keys = canvas.heading_height(title, subtitle, width), key_lines(shapes_of(funnel), width)
    tall = HEIGHT if width >= 500 else NARROW_HEIGHT
    top = heads + 6 + LINE * len(keys)
    sheet = canvas.Sheet(width, top + tall + BELOW)
    sheet.headings(title, subtitle)
    draw_key(sheet, heads + 6, keys)
    left = 10 + max(
        canvas.text_width(area_tick(tick, funnel.unit), TICK_SIZE) for tick in value_ticks(values_of(funnel), tall)
    )
    right = 12 + max(canvas.text_width(text, TICK_SIZE, True) for text in _line_words(funnel, sheet.narrow))
    frame = Frame(funnel, width - left - right, tall)
    axes = sheet.panel(left, top, frame.width, frame.height)
    axes.set_xlim(0, frame.width)
    axes.set_ylim(0, frame.height)
    _Plot(axes, frame, sheet.narrow).draw()
    return sheet.figure


@dataclass(frozen=True)
class _Plot:
    """What is drawn inside the frame, and at its right end."""

    axes: Axes
    frame: Frame
    narrow: bool

    def draw(self) -> None:
        """Grid, limits, target, points and names."""
        curves = self.frame.curves()
        self.frame.grid(self.axes)
        self._lines(curves)
        self._line_labels(curves)
        for point in self.frame.funnel.points:
            self._point(point)
        self._names([spot for _, curve in curves for spot in curve])

    def _lines(self, curves: Sequence[tuple[float, list[tuple[float, float]]]]) -> None:
        """The limits, the widest solid, and the target."""
        wide = list(reversed(self.frame.funnel.levels))
        for level, curve in curves:
            place = wide.index(level)
            style: dict[str, Any] = {"ls": DASHES[min(place, len(DASHES) - 1)], "lw": 1.4 if place else 1.7}
            xs, ys = zip(*curve, strict=True)
            self.axes.plot(xs, ys, color=canvas.DARK_BLUE, zorder=1.5, solid_capstyle="butt", **style)
        y = self.frame.y(self.frame.funnel.target)
        ends = [0, self.frame.width]
        self.axes.plot(ends, [y, y], color=canvas.TEXT, lw=1.3, zorder=1.6, solid_capstyle="butt")

    def _line_labels(self, curves: Sequence[tuple[float, list[tuple[float, float]]]]) -> None:
        """What each line is, at its right end; labels that would meet are moved apart."""
        funnel, height = self.frame.funnel, self.frame.height
        words = [(self.frame.y(funnel.target), _target_words(funnel, self.narrow), True)]
        ends = [(curve[-1][1], _level_words(level, self.narrow), False) for level, curve in curves]
        words = sorted(words + [end for end in ends if 0 <= end[0] <= height], key=lambda each: each[0])
        for y, (_, text, bold) in zip(apart([y for y, _, _ in words], 13.0, height), words, strict=True):
            style: dict[str, Any] = {"weight": "bold" if bold else "normal", "va": "center_baseline", "clip_on": False}
            colour = canvas.TEXT if bold else canvas.DARK_BLUE
            self.axes.text(self.frame.width + 7, y, text, fontsize=TICK_SIZE, color=colour, **style)

    def _point(self, point: Point) -> None:
        spot = tuple([place] for place in self._spot(point))
        if not point.outside:
            self.axes.plot(*spot, "o", ms=5.5, mfc="white", mec=canvas.QUIET, mew=1.3, zorder=3, clip_on=False)
            return
        face, marker = canvas.DARK_PINK if point.beyond_all else "white", "^" if point.above else "v"
        self.axes.plot(*spot, marker, ms=8.5, mfc=face, mec=canvas.DARK_PINK, mew=1.6, zorder=4, clip_on=False)

    def _names(self, lines: Sequence[tuple[float, float]]) -> None:
        """The names of points outside the limits, the furthest first; of too many only those that find a place."""
        named = named_points(self.frame.funnel, MOST_NAMES_NARROW if self.narrow else MOST_NAMES)
        names = []
        for point in named:
            text = canvas.shorten(point.name, 0.45 * self.frame.width, NAME_SIZE)
            text += " (infinite)" if math.isinf(point.value) else ""
            names.append((text, canvas.text_width(text, NAME_SIZE), *self._spot(point)))
        others = [self._spot(point) for point in self.frame.funnel.points if point not in named]
        plot = (-4.0, 2.0, self.frame.width + 2, self.frame.height + 4)
        found, _ = placed(names, others, lines, plot, NAME_SIZE * 1.2)
        for place in found:
            self._name(place)

    def _spot(self, point: Point) -> tuple[float, float]:
        """Where a point stands; one whose value is infinite, for the other count is 0, at the top."""
        y = self.frame.height if math.isinf(point.value) else self.frame.y(point.value)
        return self.frame.x(point.size), y

    def _name(self, place: Placed) -> None:
        """A name, with a line to its point where it stands away from it."""
        if place.led:
            near = min(max(place.point[0], place.left), place.left + canvas.text_width(place.text, NAME_SIZE))
            ends = [place.point[0], near], [place.point[1], place.middle]
            self.axes.plot(*ends, color=canvas.RULE, lw=0.8, zorder=2)
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6}
        style: dict[str, Any] = {"va": "center_baseline", "zorder": 5, "clip_on": False, "bbox": box}
        self.axes.text(place.left, place.middle, place.text, fontsize=NAME_SIZE, color=canvas.TEXT, **style)


def named_points(funnel: Funnel, most: int) -> list[Point]:
    """The points that carry their names: those outside the limits, the furthest out first."""
    outside = sorted((point for point in funnel.points if point.outside), key=lambda point: -abs(point.z))
    return outside[:most]


def apart(places: Sequence[float], gap: float, height: float) -> list[float]:
    """Places in rising order at least a gap apart and inside the height, moved as little as that takes.

    >>> apart([10.0, 12.0, 50.0], 10.0, 100.0)
    [6.0, 16.0, 50.0]
    """
    found = list(places)
    for _ in range(60):
        for i in range(len(found) - 1):
            short = gap - (found[i + 1] - found[i])
            if short > 1e-9:
                found[i] -= short / 2
                found[i + 1] += short / 2
        found = [min(max(y, 0.0), height) for y in found]
    return found


def _line_words(funnel: Funnel, narrow: bool) -> list[str]:
    return [_target_words(funnel, narrow), *(_level_words(level, narrow) for level in funnel.levels)]


def _level_words(level: float, narrow: bool) -> str:
    return f"{100 * level:.10g}%" if narrow else f"{100 * level:.10g}% limit"


def _target_words(funnel: Funnel, narrow: bool) -> str:
    """What the middle line is, and on a wide sheet its value."""
    words = {WHOLE: "All areas", EXPECTED: "As expected"}.get(funnel.target_words, "Target")
    return words if narrow else f"{words} {area_mark(funnel.target, funnel.unit)}"
