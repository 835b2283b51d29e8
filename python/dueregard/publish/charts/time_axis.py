"""A scale of months with their names, for charts of series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dueregard.measures.rates.periods import MONTHS
from dueregard.publish.charts import canvas

if TYPE_CHECKING:
    from matplotlib.axes import Axes

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
APART = 76.0  # pixels between two names of months
LINES = 2 * 11.0 * 1.35  # pixels that the names below a plot take: a line for months and one for years


def month_ticks(first: int, last: int, width: float) -> list[int]:
    """The months that are named: the last one, and before it one every so many as there is room for.

    >>> month_ticks(24110, 24134, 400.0)
    [24110, 24116, 24122, 24128, 24134]
    """
    span = max(last - first, 1)
    step = next((n for n in STEPS if n * width / span >= APART), STEPS[-1])
    return list(range(last, first - 1, -step))[::-1]


def draw_months(axes: Axes, ticks: list[int], low: float, high: float, *, named: bool) -> None:
    """Upright lines at some months, with their names below if there are to be any: the month over the year."""
    for month in ticks:
        axes.plot([month, month], [low, high], color="#E6E9EB", lw=1, zorder=0, solid_capstyle="butt")
        if named:
            style: dict[str, Any] = {
                "textcoords": "offset points",
                "fontsize": 11,
                "color": canvas.QUIET,
                "ha": "center",
            }
            for words, down in ((MONTHS[month % 12], 6), (f"{month // 12}", 20)):
                axes.annotate(words, (month, low), xytext=(0, -down), va="top", annotation_clip=False, **style)
