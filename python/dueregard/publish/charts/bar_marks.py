"""A bar with its interval: the interval is a line below the bar, not inside it, where its lower half would not be seen
and the bar would seem more certain than what lies beyond its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.scales import Scale
from dueregard.publish.readings import known

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TOP, TALL, BELOW = -0.36, 0.46, 0.28
"""Of a row: where a bar begins, how tall it is, and where its interval stands."""


def bar(axes: Axes, y: float, start: float, end: float, colour: str, *, filled: bool = True) -> None:
    """A bar from one value to another; hollow where it is unsure."""
    style: dict[str, Any] = {"facecolor": colour if filled else "white", "edgecolor": colour, "linewidth": 1.4}
    axes.barh(y + TOP, end - start, TALL, left=start, align="edge", zorder=2, **style)


def interval_below(axes: Axes, y: float, scale: Scale, low: Any, high: Any, colour: str = canvas.DARK_GREY) -> None:
    """The interval of the bar's end, with a tick at both of its own."""
    if not (known(low) and known(high)):
        return
    ends = [scale.clipped(low), scale.clipped(high)]
    axes.plot(ends, [y + BELOW] * 2, "-", color=colour, lw=1.8, zorder=3, solid_capstyle="butt")
    for end, value in zip(ends, (low, high), strict=True):
        if scale.below(value) or scale.above(value):
            axes.plot([end], [y + BELOW], "<" if scale.below(value) else ">", ms=5, color=colour, zorder=3)
        else:
            axes.plot([end] * 2, [y + BELOW - 0.09, y + BELOW + 0.09], "-", color=colour, lw=1.4, zorder=3)
