"""Where sizes and values of a funnel stand on the sheet, and the grid that says so."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.funnel_points import Funnel
from dueregard.publish.readings import finite, whole
from dueregard.publish.units.area_units import area_tick

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CURVE = 240  # points along a limit
SKEWED = 30.0  # areas so many times as large as the smallest stand on a logarithmic scale of sizes
FROM_ZERO = 0.33  # a smallest area below this part of the largest lets the scale begin at 0
TICK_SIZE = 11.0


@dataclass(frozen=True)
class Frame:
    """The plot in pixels: x from its left, y from its bottom."""

    funnel: Funnel
    width: float
    height: float

    @cached_property
    def values(self) -> tuple[float, float]:
        """The range of values."""
        return values_of(self.funnel)

    @cached_property
    def sizes(self) -> tuple[float, float]:
        """The range of sizes."""
        low, high = min(self.funnel.sizes), max(self.funnel.sizes)
        if self.logarithmic:
            return low / 1.25, high * 1.25
        if low < FROM_ZERO * high:
            return 0.0, high * 1.04
        room = (high - low or high) * 0.12
        return max(low - room, 0.0), high + room / 2

    @cached_property
    def logarithmic(self) -> bool:
        """Whether areas differ so much in size that an even scale would heap the small ones up."""
        return max(self.funnel.sizes) > SKEWED * min(self.funnel.sizes)

    def x(self, size: float) -> float:
        """Where a size stands."""
        first, last = map(self._even, self.sizes)
        return (self._even(size) - first) / (last - first) * self.width

    def size_at(self, x: float) -> float:
        """The size that stands there; a little above 0 at the left end."""
        first, last = map(self._even, self.sizes)
        at = first + x / self.width * (last - first)
        return math.exp(at) if self.logarithmic else max(at, 1e-9)

    def _even(self, size: float) -> float:
        return math.log(size) if self.logarithmic else size

    def y(self, value: float) -> float:
        """Where a value stands; those far beyond an end stand a way beyond it."""
        low, high = self.values
        return min(max((value - low) / (high - low), -2.0), 3.0) * self.height

    def curves(self) -> list[tuple[float, list[tuple[float, float]]]]:
        """The limits as lines of pixels with their level, from wide to narrow."""
        xs = [self.width * i / CURVE for i in range(CURVE + 1)]
        limits = self.funnel.limits([self.size_at(x) for x in xs])
        return [
            (level, [(x, self.y(value)) for x, value in zip(xs, curve, strict=True)])
            for level, both in zip(reversed(self.funnel.levels), reversed(limits), strict=True)
            for curve in both
        ]

    def grid(self, axes: Axes) -> None:
        """Light lines at round values, ticks at round sizes, and what the sizes are."""
        for tick in value_ticks(self.values, self.height):
            y = self.y(tick)
            axes.plot([0, self.width], [y, y], color="#D5DADD", lw=1, zorder=0, solid_capstyle="butt")
            _beside(axes, area_tick(tick, self.funnel.unit), (0, y), (-6, 0), ha="right", va="center_baseline")
        for tick in self._size_ticks():
            x = self.x(tick)
            axes.plot([x, x], [0, -4], color=canvas.RULE, lw=1, clip_on=False)
            _beside(axes, whole(tick) if tick == int(tick) else f"{tick:g}", (x, 0), (0, -6), ha="center", va="top")
        axes.plot([0, self.width], [0, 0], color=canvas.RULE, lw=1, clip_on=False)
        words = self.funnel.size_words + (" (logarithmic scale)" if self.logarithmic else "")
        where: dict[str, Any] = {"ha": "center", "va": "top", "color": canvas.TEXT, "fontsize": 12}
        _beside(axes, words, (self.width / 2, 0), (0, -22), **where)

    def _size_ticks(self) -> list[float]:
        most = max(3, int(self.width / 90))
        first, last = self.sizes
        if not self.logarithmic:
            return canvas.nice_ticks(first, last, most)
        powers = range(math.floor(math.log10(first)), math.ceil(math.log10(last)) + 1)
        ticks: list[float] = []
        for steps in ((1, 2, 5), (1, 3), (1,)):
            every = (step * 10.0**power for power in powers for step in steps)
            ticks = [tick for tick in every if first <= tick <= last]
            if len(ticks) <= most + 1:
                break
        return ticks


def values_of(funnel: Funnel) -> tuple[float, float]:
    """The range of values: all points, the target, and the limits of all but the smallest areas."""
    values = finite(point.value for point in funnel.points)
    near = sorted(funnel.sizes)[len(funnel.sizes) // 8]
    ends = finite(float(end) for pair in funnel.limits([near]) for side in pair for end in side)
    low, high = canvas.span([*values, *ends], include=(funnel.target,), pad=0.06)
    low = max(low, 0.0 if min(values) > 0 else -0.02 * high)
    return low, min(high, 102.0) if funnel.measure == "proportion" else high


def value_ticks(values: tuple[float, float], height: float) -> list[float]:
    """Round values for grid lines."""
    return canvas.nice_ticks(*values, max(4, int(height / 55)))


def _beside(axes: Axes, text: str, spot: tuple[float, float], away: tuple[float, float], **style: Any) -> None:
    options = {"fontsize": TICK_SIZE, "color": canvas.QUIET, "annotation_clip": False, **style}
    axes.annotate(text, spot, xytext=away, textcoords="offset points", **options)
