"""How the lines of a ribbon chart are drawn: each in its colour, dashes and marker, in the ribbon of its interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.ribbon_breaks import Break
from dueregard.publish.charts.ribbon_series import Series
from dueregard.publish.charts.scales import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Style = tuple[str, Any, str]
"""Colour, dashes and marker of a line: none is told from another by its colour alone."""
STYLES: tuple[Style, ...] = (
    (canvas.DARK_BLUE, "-", "o"),
    (canvas.TURQUOISE, (0, (6, 2)), "s"),
    (canvas.ORANGE, (0, (2, 1.5)), "^"),
    (canvas.DARK_GREY, (0, (6, 2, 1, 2)), "v"),
    (canvas.LIGHT_PURPLE, (0, (1, 1)), "P"),
    (canvas.DARK_BLUE, (0, (4, 4)), "X"),
)
AGAINST = (canvas.DARK_PINK, (0, (4, 2)), "D")


def style_of(series: Series, place: int) -> Style:
    """Colour, dashes and marker of a line."""
    return AGAINST if series.compared else STYLES[place % len(STYLES)]


def draw_line(axes: Axes, scale: Scale, series: Series, style: Style, breaks: Sequence[Break]) -> None:
    """The ribbon and the line of each run, with a marker at its end; a run of one point as a point on its interval."""
    colour, dashes, marker = style
    for run in series.runs(breaks):
        months = [point.month for point in run]
        values = [scale.clipped(point.value) for point in run]
        limits = [(scale.clipped(p.low), scale.clipped(p.high)) if p.has_limits else None for p in run]
        if len(run) == 1 and limits[0]:
            axes.plot(months * 2, limits[0], color=colour, lw=2, zorder=2, solid_capstyle="butt")
        elif all(limits):
            low, high = zip(*(each for each in limits if each), strict=True)
            axes.fill_between(months, low, high, color=colour, alpha=0.18, lw=0, zorder=2)
            for edge in (low, high):
                axes.plot(months, edge, color=colour, lw=0.8, alpha=0.7, zorder=2)
        axes.plot(months, values, color=colour, lw=2, ls=dashes, zorder=3)
        axes.plot(months[-1:], values[-1:], marker, ms=6, mfc="white", mec=colour, mew=1.8, zorder=4, clip_on=False)
