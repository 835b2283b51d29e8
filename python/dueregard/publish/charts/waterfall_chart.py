"""The waterfall: from a gap, factor by factor, to what would remain if the groups were alike; of a change from the gap
before to the gap after.

Each bar begins where the one before it ended, and has its interval below it. A bar is hollow where its part cannot be
told from none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.bar_marks import TALL, TOP, bar, interval_below
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.scales import Scale
from dueregard.publish.charts.waterfall_steps import PART, Fall, Step, falls_of
from dueregard.publish.readings import clean, fixed, known
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

LEVEL, STEP = canvas.DARK_BLUE, canvas.TURQUOISE


@dataclass(frozen=True)
class Cell:
    """One step, and whether another one follows that begins at its end."""

    step: Step
    leads: bool


def waterfall_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw each gap; on a narrow sheet without limits in numbers."""
    falls, short = falls_of(findings), width < 500
    column = _column(falls, short=short)
    several = len({fall.group for fall in falls}) > 1
    blocks = [Block(name_of(fall, several), _rows(fall)) for fall in falls]
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle, shapes=_shapes(falls))


def name_of(fall: Fall, several: bool) -> str:
    """What tells a gap from the others: its area, and its group where there are several."""
    return ", ".join(text for text in (fall.area, clean(fall.group) if several or not fall.area else "") if text)


def _rows(fall: Fall) -> list[Row]:
    last = len(fall.steps) - 1
    return [Row(step.label, (Cell(step, i < last),), step.kind != PART) for i, step in enumerate(fall.steps)]


def _column(falls: Sequence[Fall], *, short: bool) -> Column:
    """The one scale of all, around a line at no gap."""
    steps = [step for fall in falls for step in fall.steps]
    ends = [end for step in steps for end in (step.start, step.end, *(step.ends or ()))]
    scale = plain_scale(*canvas.span(ends))
    unit = unit_of(falls[0].row)
    return Column(
        scale,
        _tick,
        partial(_draw, scale),
        partial(step_words, short=short),
        heading="" if short else "points and interval" if unit.percent else "and interval",
        line=True,
        sides=unit.sides(clean(falls[0].row["reference"]), not short),
    )


def _tick(value: float) -> str:
    return fixed(value, 0 if value == int(value) else 1, signed=True)


def _draw(scale: Scale, axes: Axes, y: float, cell: Cell) -> None:
    step = cell.step
    colour = STEP if step.kind == PART else LEVEL
    bar(axes, y, step.start, step.end, colour, filled=step.sure)
    if step.ends is not None:
        interval_below(axes, y, scale, *step.ends)
    if cell.leads:  # down to where the next bar begins
        style: dict[str, Any] = {"color": canvas.RULE, "lw": 1.0, "ls": (0, (2, 2)), "zorder": 1}
        axes.plot([step.end] * 2, [y + TOP + TALL, y + 1 + TOP], **style)


def step_words(cell: Cell, *, short: bool) -> str:
    """A part with its limits.

    >>> step_words(Cell(Step("Age", PART, -7.1, -6.0, -1.1, -1.5, -0.7), True), short=False)
    '\N{MINUS SIGN}1.1 (\N{MINUS SIGN}1.5 to \N{MINUS SIGN}0.7)'
    """
    step = cell.step
    said = fixed(step.estimate, step.decimals, signed=True)
    if short or not (known(step.low) and known(step.high)):
        return said
    low, high = (fixed(end, step.decimals, signed=True) for end in (step.low, step.high))
    return f"{said} ({low} to {high})"


def _shapes(falls: Sequence[Fall]) -> list[Shape]:
    """The marks that are drawn, with their words."""
    steps = [step for fall in falls for step in fall.steps]
    kinds = {(step.kind == PART, step.sure) for step in steps}
    words: list[tuple[bool, bool, Shape]] = [
        (False, True, ("s", LEVEL, LEVEL, "gap")),
        (False, False, ("s", "white", LEVEL, "gap that could be none")),
        (True, True, ("s", STEP, STEP, "part of it")),
        (True, False, ("s", "white", STEP, "part that could be none")),
    ]
    return [shape for is_part, sure, shape in words if (is_part, sure) in kinds]
