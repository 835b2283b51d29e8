"""Before and after: for each area an arrow from the gap, or the share, of one window to that of a later one.

An arrow is dark and filled where the change is clear after all areas are allowed for, thin and hollow where it may be
chance; the change and its interval stand beside it. Areas stay in the order of the findings, all areas first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.dumbbell_chart import difference_words
from dueregard.publish.charts.dumbbell_rows import Pair, all_pairs, pairs_of
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.scales import Scale
from dueregard.publish.readings import clean, finite, known, rows_of, whole
from dueregard.publish.units.amounts import unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

CLEAR, UNSURE = canvas.DARK_BLUE, canvas.RULE
BEFORE: Shape = ("o", "white", canvas.QUIET, "before")
SHORT = 0.012  # of the scale: of a change smaller than this only the point after is drawn, no arrow


def is_of_gaps(findings: Findings) -> bool:
    """Whether gaps have changed, and not shares."""
    return findings.kind == "gap change"


def change_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw an arrow for every area, and where there is room the change on its interval; groups one below another."""
    blocks = pairs_of(findings)
    pairs = [pair for pair in all_pairs(blocks) if pair.known]
    short = width < 500
    columns = [_arrows(findings, pairs, short=short)]
    if not short and any(known(pair.low) for pair in pairs):
        columns = [replace(columns[0], words=lambda pair: "", heading=""), _changes(findings, pairs)]
    cells = len(columns)
    rows = [
        Block(group, [Row(pair.label, (pair,) * cells, pair.bold) for pair in each]) for group, each in blocks.items()
    ]
    return row_grid(rows, columns, width=width, title=title, subtitle=subtitle, shapes=_shapes(pairs))


def _arrows(findings: Findings, pairs: Sequence[Pair], *, short: bool) -> Column:
    """From before to after: gaps around a line at none, shares in percent."""
    gaps, unit = is_of_gaps(findings), unit_of_rows(rows_of(findings))
    ends = finite(end for pair in pairs for end in (pair.start, pair.end))
    low, high = canvas.span(ends, include=(0.0,) if gaps else ())
    scale = plain_scale(low, high) if gaps else plain_scale(max(low, -1.0), min(high, 101.0))
    return Column(
        scale,
        unit.tick if gaps else (lambda tick: f"{tick:.10g}%"),
        partial(_draw, scale),
        partial(difference_words, unit, short=short),
        heading="change",
        line=gaps,
        sides=unit.sides(_reference(findings), not short) if gaps else ("", ""),
        name="" if short else "Before and after",
        share=1.2,
    )


def _changes(findings: Findings, pairs: Sequence[Pair]) -> Column:
    """The change on its interval, around a line at none."""
    unit = unit_of_rows(rows_of(findings))
    low, high = canvas.span(finite(end for pair in pairs for end in (pair.difference, pair.low, pair.high)))
    return Column(
        plain_scale(low, high),
        unit.tick,
        _interval,
        partial(difference_words, unit, short=False),
        line=True,
        name=f"Change of the {'gap' if is_of_gaps(findings) else 'share'}, points",
    )


def _interval(axes: Axes, y: float, pair: Pair) -> None:
    """A point on its interval."""
    colour = CLEAR if pair.clear else canvas.QUIET
    if known(pair.low) and known(pair.high):
        axes.plot([pair.low, pair.high], [y, y], color=colour, lw=2 + pair.bold, zorder=2, solid_capstyle="butt")
    if known(pair.difference):
        face = colour if pair.clear else "white"
        axes.plot([pair.difference], [y], "o", ms=6 + pair.bold, mfc=face, mec=colour, mew=1.6, zorder=3)


def _reference(findings: Findings) -> str:
    return next((clean(row["reference"]) for row in rows_of(findings) if row.get("reference")), "the reference")


def _shapes(pairs: list[Pair]) -> list[Shape]:
    """The marks that are drawn, with their words."""
    told = {pair.clear for pair in pairs if known(pair.low)}
    shapes = [BEFORE, (">", CLEAR, CLEAR, "after, clear change")] if True in told else [BEFORE]
    if told != {True}:
        words = "after, no clear change" if told else "after"
        shapes.append((">", "white", canvas.QUIET, words))
    return shapes


def _draw(scale: Scale, axes: Axes, y: float, pair: Pair) -> None:
    """One arrow; of one end that is known its point."""
    if not pair.known:
        for end, face in ((pair.start, "white"), (pair.end, UNSURE)):
            if known(end):
                axes.plot([end], [y], "o", ms=6, mfc=face, mec=canvas.QUIET, mew=1.5, zorder=3)
        return
    line = CLEAR if pair.clear else UNSURE
    edge, face = (CLEAR, CLEAR) if pair.clear else (canvas.QUIET, "white")
    width, size = (3.0, 9.0) if pair.clear else (1.6, 7.0)
    way = pair.end - pair.start
    moved = abs(way) > SHORT * (scale.high - scale.low)
    marker = (">" if way > 0 else "<") if moved else "|"
    axes.plot([pair.start, pair.end], [y, y], color=line, lw=width, zorder=2, solid_capstyle="butt")
    axes.plot([pair.start], [y], "o", ms=5.5 + pair.bold, mfc="white", mec=canvas.QUIET, mew=1.5, zorder=3)
    axes.plot([pair.end], [y], marker, ms=size + pair.bold, mfc=face, mec=edge, mew=1.5, zorder=4)


def spoken_level(value: object, gaps: bool) -> str:
    """A gap or a share in the words of the chart."""
    if not known(value):
        return "not known"
    return whole(value, signed=True) if gaps else f"{whole(value)}%"
