"""The chart of answers of which people may choose several: shares on their intervals in the order of ranks.

Answers that share a rank have "=" behind it. Where groups are compared each answer has a row for each group, in a
colour and a shape of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.option_rows import Choice, choices_of, every_choice
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words, span_of
from dueregard.publish.charts.scales import Scale
from dueregard.publish.readings import finite

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

STYLES = (
    (canvas.DARK_BLUE, "o", True),
    (canvas.DARK_PINK, "D", False),
    (canvas.TURQUOISE, "s", True),
    (canvas.ORANGE, "^", False),
    (canvas.DARK_GREY, "v", True),
    (canvas.LIGHT_PURPLE, "P", True),
)
"""Colour, marker and whether it is filled, of each group."""


def option_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw the answers of each area one below another."""
    found = choices_of(findings)
    choices = every_choice(found)
    groups = {one.group: one.place for one in choices}
    ends = finite(end for one in choices for end in (one.value, one.low, one.high))
    high = min(100.0, max([*ends, 1.0]) * 1.08)
    scale = plain_scale(0.0, high)
    several, short = len(groups) > 1, width < 500
    column = Column(
        scale,
        lambda tick: f"{tick:.10g}%",
        partial(_draw, scale),
        partial(_words, short=short),
        heading=""
        if short
        else "share, gap in points"
        if any(one.difference for one in choices)
        else "share, interval",
    )
    blocks = [Block(area, _rows(answers, several)) for area, answers in found.items()]
    shapes = [_shape(group, place) for group, place in groups.items()] if several else []
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle, shapes=shapes)


def _rows(answers: dict[str, list[Choice]], several: bool) -> list[Row]:
    """One row for each answer, or its name over a row for each group."""
    if not several:
        return [Row(_ranked(one.rank, one.option), (one,)) for choices in answers.values() for one in choices]
    rows = []
    for option, choices in answers.items():
        same = {one.rank for one in choices}
        apart = len(same) > 1
        rows.append(Row(option if apart else _ranked(same.pop(), option), (None,), True))
        rows += [Row(f"  {one.group}{f', {one.rank}' if apart else ''}", (one,)) for one in choices]
    return rows


def _ranked(rank: str, option: str) -> str:
    return f"{rank}  {option}" if rank else option


def _shape(group: str, place: int) -> Shape:
    colour, marker, filled = STYLES[place]
    return marker, colour if filled else "white", colour, group


def _draw(scale: Scale, axes: Axes, y: float, one: Choice) -> None:
    colour, marker, filled = STYLES[one.place]
    interval_point(axes, y, scale, one.value, one.low, one.high, colour=colour, marker=marker, filled=filled)


def _words(one: Choice, *, short: bool) -> str:
    share = number_words(one.value, "percent")
    if short:
        return share
    if one.difference:
        return f"{share}, {one.difference}"
    span = span_of(one.low, one.high, "percent")
    return f"{share} ({span})" if span else share
