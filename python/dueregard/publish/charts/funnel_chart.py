"""The funnel chart: areas by size and value, around a target, with limits that narrow as areas get larger.

Points outside the limits are triangles that point the way they are out, filled beyond the widest limits, and carry
their names; all others are small circles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures.funnel_rows import EXPECTED, WHOLE
from dueregard.publish.area_units import area_tick
from dueregard.publish.charts import canvas
from dueregard.publish.charts.funnel_points import MEASURES, Funnel, Point, funnel_of
from dueregard.publish.charts.label_places import placed
from dueregard.publish.readings import finite, whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

HEIGHT, NARROW_HEIGHT = 400.0, 330.0
CURVE = 240  # points of a limit
SKEWED = 30.0  # areas so many times as large as the smallest stand on a logarithmic scale of sizes
FROM_ZERO = 0.45  # a smallest area below this part of the largest lets the scale begin at 0
MOST_NAMES, MOST_NAMES_NARROW = 16, 7
DASHES = ("-", (0, (5, 3)), (0, (2, 2)), (0, (1, 3)))
"""Limits from wide to narrow."""


def funnel_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw the funnel."""
    from dueregard.publish.charts.figure import Chart

    funnel = funnel_of(findings)
    heads = canvas.heading_height(title, subtitle, width)
    tall = HEIGHT if width >= 500 else NARROW_HEIGHT
    top = heads + 26
    sheet = canvas.Sheet(Chart, width, top + tall + 44)
    sheet.headings(title, subtitle)
    drawing = _Drawing.of(sheet, funnel, top, tall)
    _key(sheet, heads + 6, funnel)
    drawing.draw()
    return sheet.figure  # type: ignore[return-value]


@dataclass(frozen=True)
class _Drawing:
    """The plot in pixels: x from its left, y from its bottom."""

    sheet: canvas.Sheet
    funnel: Funnel
    top: float
    left: float
    width: float
    height: float
    values: tuple[float, float]
    sizes: tuple[float, float]
    logarithmic: bool

    @classmethod
    def of(cls, sheet: canvas.Sheet, funnel: Funnel, top: float, height: float) -> _Drawing:
        low, high = _values(funnel)
        ticks = _value_ticks(low, high, height)
        left = max(canvas.text_width(area_tick(tick, funnel.unit), 11) for tick in ticks) + 10
        right = max(canvas.text_width(text, 11) for text in _line_words(funnel, sheet.narrow)) + 12
        sizes, logarithmic = _sizes(funnel)
        return cls(sheet, funnel, top, left, sheet.width - left - right, height, (low, high), sizes, logarithmic)

    def x(self, size: float) -> float:
        """Where a size stands."""
        first, last = (_log(end) if self.logarithmic else end for end in self.sizes)
        at = _log(size) if self.logarithmic else size
        return (at - first) / (last - first) * self.width

    def size_at(self, x: float) -> float:
        """The size that stands there."""
        first, last = (_log(end) if self.logarithmic else end for end in self.sizes)
        at = first + x / self.width * (last - first)
        return math.exp(at) if self.logarithmic else at

    def y(self, value: float) -> float:
        """Where a value stands; infinite ones beyond the end."""
        low, high = self.values
        return min(max((value - low) / (high - low), -2.0), 3.0) * self.height

    def draw(self) -> None:
        axes = self.sheet.panel(self.left, self.top, self.width, self.height)
        axes.set_xlim(0, self.width)
        axes.set_ylim(0, self.height)
        self._grid(axes)
        ends = self._limits(axes)
        self._target(axes)
        self._line_labels(axes, ends)
        for point in self.funnel.points:
            self._point(axes, point)
        self._names(axes)

    def _grid(self, axes: Axes) -> None:
        style: dict[str, Any] = {"textcoords": "offset points", "fontsize": 11, "color": canvas.QUIET}
        for tick in _value_ticks(*self.values, self.height):
            y = self.y(tick)
            axes.plot([0, self.width], [y, y], color="#D5DADD", lw=1, zorder=0, solid_capstyle="butt")
            words = area_tick(tick, self.funnel.unit)
            axes.annotate(
                words, (0, y), xytext=(-6, 0), ha="right", va="center_baseline", annotation_clip=False, **style
            )
        for tick in self._size_ticks():
            x = self.x(tick)
            axes.plot([x, x], [0, -4], color=canvas.RULE, lw=1, clip_on=False)
            axes.annotate(
                whole(tick) if tick == int(tick) else f"{tick:g}", (x, 0), xytext=(0, -6), ha="center", va="top",
                annotation_clip=False, **style,
            )  # fmt: skip
        axes.plot([0, self.width], [0, 0], color=canvas.RULE, lw=1, clip_on=False)
        words = self.funnel.size_words + (" (logarithmic scale)" if self.logarithmic else "")
        axes.annotate(
            words, (self.width / 2, 0), xytext=(0, -22), ha="center", va="top", annotation_clip=False,
            **{**style, "color": canvas.TEXT, "fontsize": 12},
        )  # fmt: skip

    def _size_ticks(self) -> list[float]:
        most = max(3, int(self.width / 90))
        if not self.logarithmic:
            return canvas.nice_ticks(*self.sizes, most)
        first, last = self.sizes
        powers = range(math.floor(math.log10(first)), math.ceil(math.log10(last)) + 1)
        for steps in ((1, 2, 5), (1, 3), (1,)):
            ticks = [step * 10.0**power for power in powers for step in steps if first <= step * 10.0**power <= last]
            if len(ticks) <= most + 1:
                return ticks
        return ticks

    def _limits(self, axes: Axes) -> list[tuple[float, str, float]]:
        """The curves; where each ends on the right, its label and its level."""
        xs = [self.width * i / CURVE for i in range(CURVE + 1)]
        sizes = [max(self.size_at(x), 1e-9) for x in xs]
        ends = []
        for i, (level, curves) in enumerate(
            zip(reversed(self.funnel.levels), reversed(self.funnel.limits(sizes)), strict=True)
        ):
            for curve in curves:
                ys = [self.y(value) for value in curve]
                style: dict[str, Any] = {
                    "color": canvas.DARK_BLUE,
                    "ls": DASHES[min(i, len(DASHES) - 1)],
                    "lw": 1.4 if i else 1.7,
                }
                axes.plot(xs, ys, zorder=1.5, solid_capstyle="butt", **style)
                ends.append((ys[-1], _level_words(level, self.sheet.narrow), level))
        return ends

    def _target(self, axes: Axes) -> None:
        y = self.y(self.funnel.target)
        axes.plot([0, self.width], [y, y], color=canvas.TEXT, lw=1.3, zorder=1.6, solid_capstyle="butt")

    def _line_labels(self, axes: Axes, ends: Sequence[tuple[float, str, float]]) -> None:
        """What each line is, at its right end; labels that would meet are moved apart."""
        words = [(self.y(self.funnel.target), _target_words(self.funnel), True)]
        words += [(y, text, False) for y, text, _ in ends if 0 <= y <= self.height]
        words.sort(key=lambda each: each[0])
        apart = _apart([y for y, _, _ in words], 13.0, self.height)
        for y, (_, text, bold) in zip(apart, words, strict=True):
            colour = canvas.TEXT if bold else canvas.DARK_BLUE
            axes.text(
                self.width + 7, y, text, fontsize=11, color=colour, weight="bold" if bold else "normal",
                va="center_baseline", clip_on=False,
            )  # fmt: skip

    def _point(self, axes: Axes, point: Point) -> None:
        spot = [self.x(point.size)], [self.y(point.value)]
        if not point.outside:
            axes.plot(*spot, "o", ms=5.5, mfc="white", mec=canvas.QUIET, mew=1.3, zorder=3, clip_on=False)
            return
        face = canvas.DARK_PINK if point.beyond_all else "white"
        marker = "^" if point.above else "v"
        axes.plot(*spot, marker, ms=8.5, mfc=face, mec=canvas.DARK_PINK, mew=1.6, zorder=4, clip_on=False)

    def _names(self, axes: Axes) -> None:
        """The names of points outside the limits, the furthest first; of too many only those that find a place."""
        size, most = 11.0, MOST_NAMES_NARROW if self.sheet.narrow else MOST_NAMES
        named = named_points(self.funnel, most)
        names = [
            (text, canvas.text_width(text, size), self.x(point.size), self.y(point.value))
            for point in named
            for text in [canvas.shorten(point.name, 0.45 * self.width, size)]
        ]
        others = [(self.x(p.size), self.y(p.value)) for p in self.funnel.points if p not in named]
        found, _ = placed(names, others, (-4.0, 2.0, self.width + 2, self.height + 4), size * 1.2)
        for spot in found:
            if spot.led:
                near = min(max(spot.point[0], spot.left), spot.left + canvas.text_width(spot.text, size))
                axes.plot([spot.point[0], near], [spot.point[1], spot.middle], color=canvas.RULE, lw=0.8, zorder=2)
            axes.text(
                spot.left, spot.middle, spot.text, fontsize=size, color=canvas.TEXT, va="center_baseline", zorder=5,
                clip_on=False, bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 0.6},
            )  # fmt: skip


def named_points(funnel: Funnel, most: int) -> list[Point]:
    """The points that carry their names: those outside the limits, the furthest out first."""
    outside = sorted((point for point in funnel.points if point.outside), key=lambda point: -abs(point.z))
    return outside[:most]


def _values(funnel: Funnel) -> tuple[float, float]:
    """The range of values: all points, the target, and the limits of all but the smallest areas."""
    measure = MEASURES.get(funnel.unit, "rate")
    points = [point.value for point in funnel.points]
    near = sorted(funnel.sizes)[len(funnel.sizes) // 8]
    ends = finite(float(end) for pair in funnel.limits([near]) for side in pair for end in side)
    low, high = canvas.span([*finite(points), *ends], include=(funnel.target,), pad=0.06)
    return max(low, 0.0 if min(points) > 0 else -0.02 * high), min(high, 102.0) if measure == "proportion" else high


def _sizes(funnel: Funnel) -> tuple[tuple[float, float], bool]:
    """The range of sizes, and whether it is drawn on a logarithmic scale."""
    low, high = min(funnel.sizes), max(funnel.sizes)
    if high > SKEWED * low:
        return (low / 1.25, high * 1.25), True
    if low < FROM_ZERO * high:
        return (0.0, high * 1.04), False
    room = (high - low or high) * 0.12
    return (max(low - room, 0.0), high + room / 2), False


def _value_ticks(low: float, high: float, height: float) -> list[float]:
    return canvas.nice_ticks(low, high, max(4, int(height / 55)))


def _line_words(funnel: Funnel, narrow: bool) -> list[str]:
    return [_target_words(funnel), *(_level_words(level, narrow) for level in funnel.levels)]


def _level_words(level: float, narrow: bool) -> str:
    return f"{100 * level:.10g}%" if narrow else f"{100 * level:.10g}% limit"


def _target_words(funnel: Funnel) -> str:
    return {WHOLE: "All areas", EXPECTED: "As expected"}.get(funnel.target_words, "Target")


def _apart(places: Sequence[float], gap: float, height: float) -> list[float]:
    """Places in rising order at least a gap apart and inside the height, moved as little as that takes."""
    found = list(places)
    for _ in range(40):
        for i in range(len(found) - 1):
            if (short := gap - (found[i + 1] - found[i])) > 1e-9:
                found[i] -= short / 2
                found[i + 1] += short / 2
        found = [min(max(y, 0.0), height) for y in found]
    return found


def _log(value: float) -> float:
    return math.log(value)


def _key(sheet: canvas.Sheet, y: float, funnel: Funnel) -> None:
    """What the shapes mean, in one line above the plot."""
    axes = sheet.panel(0, y - 10, sheet.width, 20)
    axes.set_xlim(0, sheet.width)
    axes.set_ylim(-10, 10)
    size, x = sheet.size - 1, 6.0
    for marker, face, edge, words in _shapes(funnel, sheet.narrow):
        axes.plot([x], [0], marker, ms=7.5, mfc=face, mec=edge, mew=1.5)
        axes.text(x + 9, 0, words, fontsize=size, color=canvas.TEXT, va="center_baseline")
        x += 9 + canvas.text_width(words, size) * (0.9 if sheet.narrow else 1) + (12 if sheet.narrow else 22)


def _shapes(funnel: Funnel, narrow: bool) -> list[tuple[str, str, str, str]]:
    """The shapes that are drawn, with their words."""
    widest = f"{100 * funnel.levels[-1]:.10g}%"
    shapes: list[tuple[Callable[[Point], bool], tuple[str, str, str, str]]] = [
        (lambda p: p.beyond_all and p.above, ("^", canvas.DARK_PINK, canvas.DARK_PINK, f"above {widest}")),
        (lambda p: p.beyond_all and not p.above, ("v", canvas.DARK_PINK, canvas.DARK_PINK, f"below {widest}")),
        (
            lambda p: p.outside and not p.beyond_all,
            ("^", "white", canvas.DARK_PINK, "only the narrower" if narrow else "outside the narrower limits only"),
        ),
        (lambda p: not p.outside, ("o", "white", canvas.QUIET, "within" if narrow else "within the limits")),
    ]
    return [shape for holds, shape in shapes if any(map(holds, funnel.points))]
