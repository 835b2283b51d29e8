"""The dumbbell: the shares of two groups by area, as two points and the line between them.

A line is dark and thick where the difference is clear, thin and pale where it is not; the difference and its interval
stand beside it. Areas stay in the order of the findings, all areas first.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.dumbbell_rows import Pair, all_pairs, pairs_of
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.readings import clean, finite, fixed, known, label, rows_of, whole
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

GROUP, REFERENCE, LINK = canvas.DARK_BLUE, canvas.DARK_PINK, "#BFBFBF"


def dumbbell_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw both shares of every area; groups stand one below another."""
    blocks = pairs_of(findings)
    unit, short = unit_of_rows(rows_of(findings)), width < 500
    low, high = canvas.span(finite(end for pair in all_pairs(blocks) for end in (pair.start, pair.end)), include=())
    column = Column(
        plain_scale(max(low, -1.0), min(high, 101.0)),
        lambda tick: f"{tick:.10g}%",
        _draw,
        partial(difference_words, unit, short=short),
        heading=unit.gap if short else f"{unit.gap} ({'points' if unit.percent else unit.name}), interval",
    )
    rows = [Block(group, [Row(pair.label, (pair,), pair.bold) for pair in pairs]) for group, pairs in blocks.items()]
    shapes = _shapes(findings, blocks)
    return row_grid(rows, [column], width=width, title=title, subtitle=subtitle, shapes=shapes)


def _shapes(findings: Findings, blocks: Mapping[str, Sequence[Pair]]) -> list[Shape]:
    """The two points by the names of their groups, and which lines there are."""
    reference = next((clean(row["reference"]) for row in rows_of(findings) if row.get("reference")), "the reference")
    pairs = [pair for pair in all_pairs(blocks) if pair.known]
    (only,) = blocks if len(blocks) == 1 else ("",)
    told = {pair.clear for pair in pairs if known(pair.low)}
    lines = {True: ("_", GROUP, GROUP, "clear difference"), False: ("_", LINK, LINK, "no clear difference")}
    first: Shape = ("o", GROUP, GROUP, only or "group")
    return [first, ("D", "white", REFERENCE, reference), *(lines[clear] for clear in sorted(told, reverse=True))]


def _draw(axes: Axes, y: float, pair: Pair) -> None:
    """Two points and the line between them; a value alone is drawn alone."""
    if pair.known:
        colour, wide = (GROUP, 3.2) if pair.clear else (LINK, 2.2)
        axes.plot([pair.start, pair.end], [y, y], color=colour, lw=wide, zorder=2, solid_capstyle="butt")
    if known(pair.start):
        axes.plot([pair.start], [y], "D", ms=6.5 + pair.bold, mfc="white", mec=REFERENCE, mew=1.8, zorder=3)
    if known(pair.end):
        axes.plot([pair.end], [y], "o", ms=7 + pair.bold, mfc=GROUP, mec="white", mew=0.8, zorder=4)


def difference_words(unit: Unit, pair: Pair, *, short: bool) -> str:
    """The difference with its interval, or without; what is not known is [x]."""
    if not known(pair.difference):
        return "[x]"
    text = unit.mark(pair.difference)
    if short or not (known(pair.low) and known(pair.high)):
        return text
    return f"{text} ({span_words(unit, pair.low, pair.high)})"


def span_words(unit: Unit, low: float, high: float) -> str:
    """An interval beside a point; an end that would be written as the 0 that it is not gets a decimal.

    >>> from dueregard.publish.units.amounts import Points
    >>> span_words(Points(), -4.9, -0.29), span_words(Points(), -0.04, 3.0)
    ('−5 to −0.3', '−0.04 to +3')
    """
    if not unit.percent or not all(math.isfinite(end) for end in (low, high)):
        return unit.marked_span(low, high)
    return " to ".join(fixed(end, _decimals(end), signed=True) for end in (low, high))


def _decimals(value: float) -> int:
    """As few as leave a digit other than 0, two at most."""
    return next((n for n in (0, 1) if value == 0 or float(f"{value:.{n}f}")), 2)


def percent_words(value: object) -> str:
    """A share in the words of a chart."""
    return f"{whole(value)}%" if known(value) else "not known"


def measured_words(findings: Findings) -> str:
    """What is measured, and when, where all rows share it."""
    rows = rows_of(findings, "group", None)
    measures = {row["measure"] for row in rows if row.get("measure")}
    periods = {row["period"] for row in rows if row.get("period")}
    what = label(measures.pop()) if len(measures) == 1 else "Percent"
    return f"{what}, {clean(periods.pop())}" if len(periods) == 1 else what
