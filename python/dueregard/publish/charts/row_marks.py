"""What rows of charts draw most: a point on its interval, and how a value stands beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.scales import Scale
from dueregard.publish.readings import fixed, known
from dueregard.publish.units.area_units import PERCENTS, area_mark, heading_unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def interval_point(
    axes: Axes,
    y: float,
    scale: Scale,
    value: Any,
    low: Any,
    high: Any,
    *,
    colour: str = canvas.DARK_BLUE,
    marker: str = "o",
    filled: bool = True,
    bold: bool = False,
) -> None:
    """A point on its interval; an arrow at an end of the scale beyond which either goes on."""
    if known(low) and known(high):
        ends = [scale.clipped(low), scale.clipped(high)]
        axes.plot(ends, [y, y], color=colour, lw=2 + bold, zorder=2, solid_capstyle="butt")
    for end in (low, value, high):
        if known(end) and (scale.below(end) or scale.above(end)):
            beyond, place = ("<", scale.low) if scale.below(end) else (">", scale.high)
            axes.plot([place], [y], beyond, ms=6, color=colour, zorder=3, clip_on=False)
    if known(value) and not (scale.below(value) or scale.above(value)):
        size = (6.5 if marker in "oD" else 7.5) + bold
        face = colour if filled else "white"
        axes.plot([scale.at(value)], [y], marker, ms=size, mfc=face, mec=colour, mew=1.6, zorder=3)


def number_words(value: Any, unit: object) -> str:
    """A value beside a point: percentages to whole numbers, others with as many decimals as their size takes.

    >>> number_words(61.2, "percent"), number_words(44.94, "years"), number_words(297841.05, "people")
    ('61%', '44.9', '297,841')
    """
    if not known(value):
        return "[x]"
    if unit in PERCENTS or heading_unit(unit):
        return area_mark(value, unit)
    return fixed(value, _decimals(value))


def _decimals(value: float) -> int:
    """Three digits at least, as far as two decimals go."""
    size = abs(value)
    return 0 if size >= 100 or size == 0 or math.isinf(size) else 1 if size >= 10 else 2


def span_of(low: Any, high: Any, unit: object) -> str:
    """An interval beside a point: the unit is said with the value.

    >>> span_of(59.6, 62.4, "percent"), span_of(44.8, 45.1, "years"), span_of(float("nan"), 1.0, None)
    ('60 to 62', '44.8 to 45.1', '')
    """
    if not (known(low) and known(high)):
        return ""
    return " to ".join(number_words(end, unit).removesuffix("%") for end in (low, high))


def value_words(value: Any, low: Any, high: Any, unit: object, *, short: bool = False) -> str:
    """A value with its interval, or without."""
    span = "" if short else span_of(low, high, unit)
    return f"{number_words(value, unit)} ({span})" if span and known(value) else number_words(value, unit)
