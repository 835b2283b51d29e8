"""Breaks in the series of a ribbon chart: where they are, what is said of them, and the dashed lines that mark them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dueregard.measures.trends.calendars import period_of
from dueregard.publish.charts import canvas
from dueregard.publish.charts.scales import Scale
from dueregard.publish.readings import Row
from dueregard.publish.sentences.window_words import break_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BREAK_COLOUR = canvas.DARK_PINK


@dataclass(frozen=True)
class Break:
    """A break in the series: its first month, its date and cause in words, and the windows that lie on both sides."""

    month: int
    words: str
    last_spanned: int

    @property
    def note(self) -> str:
        """When a series breaks and why, and what that leaves without a value."""
        spanned = "; shaded: no value for windows on both sides of it" if self.last_spanned >= self.month else ""
        return f"Break in the series, {self.words}{spanned}"


def breaks_of(rows: Sequence[Row]) -> list[Break]:
    """The breaks that rows of windows name, in the order of time."""
    found: dict[int, Break] = {}
    for row in rows:
        if row.get("break_date") is not None:
            number, unit = period_of("break_date", row["break_date"])
            month = number * unit
            found[month] = Break(month, _words(row), month + int(row["months"]) - 2)
    return [found[month] for month in sorted(found)]


def _words(row: Row) -> str:
    """When and why; the kind of cause is said too where it has words of its own."""
    when, _, why = break_of(row).partition(": ")
    return f"{when} ({row['break_cause']}): {why}" if row.get("break_words") else f"{when}: {why}"


def draw_breaks(axes: Axes, scale: Scale, breaks: Sequence[Break], months: tuple[int, int]) -> None:
    """A dashed line before the first month after each break; the windows that lie on both sides are shaded."""
    first, last = months
    for each in breaks:
        at = each.month - 0.5
        if not first - 0.6 <= at <= last + 0.6:
            continue
        axes.plot([at, at], [scale.low, scale.high], color=BREAK_COLOUR, lw=1.8, ls=(0, (3, 2)), zorder=5)
        if each.last_spanned >= each.month:
            axes.axvspan(at, min(each.last_spanned + 0.5, last + 0.6), color="#EEF0F2", lw=0, zorder=-1)
