"""The caterpillar: areas' figures on their intervals, with the ranks that each could have beside them.

Areas are sorted by rank only where they are shown to differ beyond chance and ranks have intervals, so that nobody is
called worst by chance; else they stand in the order of the findings, and the chart says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from dueregard.publish.charts import canvas
from dueregard.publish.charts.caterpillar_rows import Ranked, ranked_sets
from dueregard.publish.charts.gap_lines import NONE, Line
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words, value_words
from dueregard.publish.charts.scales import Scale, scale_for
from dueregard.publish.readings import clean, finite, known, rows_of, whole
from dueregard.publish.units.amounts import unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

RANK = canvas.DARK_PINK
SHAPES: tuple[Shape, ...] = (
    ("o", canvas.DARK_BLUE, canvas.DARK_BLUE, "figure and interval"),
    ("D", "white", RANK, "rank; thick: interval of one area, thin: of all together"),
)


def caterpillar_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw each set of areas; on a narrow sheet ranks stand in words alone."""
    sets = ranked_sets(findings)
    areas = [area for each in sets for area in each.areas]
    short, ranked = width < 500, any(each.ranked for each in sets)
    columns = [_figures(findings, areas, short=short, ranked=ranked)]
    if ranked and not short:
        columns.append(_ranks(areas))
    blocks = [
        Block(each.name, [Row(area.label, (area,) * len(columns)) for area in each.areas])
        for each in sets
    ]  # fmt: skip
    shapes = SHAPES if len(columns) > 1 else SHAPES[:1]
    return row_grid(blocks, columns, width=width, title=title, subtitle=subtitle, shapes=shapes)


def is_compared(findings: Findings) -> bool:
    """Whether gaps or ratios are ranked, and not shares or rates."""
    return any(row.get("reference") is not None for row in rows_of(findings, "group"))


def _figures(findings: Findings, areas: Sequence[Ranked], *, short: bool, ranked: bool) -> Column:
    """Figures on a scale of their own, gaps and ratios around a line at no difference."""
    rows = rows_of(findings, "group")
    unit, compared = unit_of_rows(rows), is_compared(findings)
    if compared:
        lines = [Line(area.label, area.value, area.low, area.high, NONE, False) for area in areas]
        scale, tick, words = scale_for(unit, lines, None), unit.tick, _gap_words(unit.mark, unit.marked_span)
        reference = next((clean(row["reference"]) for row in rows if row.get("reference")), "the reference")
        sides = unit.sides(reference, not short)
    else:
        named = rows[0]["unit_of_measure"]
        ends = finite(end for area in areas for end in (area.value, area.low, area.high))
        scale = plain_scale(*canvas.span(ends, include=()))
        tick, words, sides = partial(_tick, unit=named), _own_words(named), ("", "")
    if short:
        return Column(scale, tick, partial(_figure, scale), _rank_words if ranked else words, "rank" * ranked,
                      line=compared, sides=sides)  # fmt: skip
    return Column(scale, tick, partial(_figure, scale), words, line=compared, sides=sides, share=1.1)


def _tick(value: float, unit: object) -> str:
    return f"{value:,.10g}%" if number_words(0.0, unit).endswith("%") else f"{value:,.10g}"


def _gap_words(mark: Callable[[float], str], span: Callable[[float, float], str]) -> Callable[[Ranked], str]:
    def words(area: Ranked) -> str:
        if not known(area.value):
            return "[x]"
        limits = f" ({span(area.low, area.high)})" if known(area.low) and known(area.high) else ""
        return mark(area.value) + limits

    return words


def _own_words(unit: object) -> Callable[[Ranked], str]:
    return lambda area: value_words(area.value, area.low, area.high, unit)


def _figure(scale: Scale, axes: Axes, y: float, area: Ranked) -> None:
    interval_point(axes, y, scale, area.value, area.low, area.high)


def _ranks(areas: Sequence[Ranked]) -> Column:
    """From the first place to the last one."""
    last = max(finite(area.compared for area in areas), default=1.0)
    scale = Scale(0.5, last + 0.5, 1.0, lambda value: value, lambda width: _places(last, width))
    return Column(scale, whole, _rank, _rank_words, name="Rank", share=0.8)


def _places(last: float, width: float) -> list[float]:
    """The first place, the last one, and round ones between them that are far enough from both."""
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500) if n * width / last >= 24), last)
    inner = [float(n) for n in range(int(step), int(last), int(step)) if 0.6 * step < n < last - 0.6 * step]
    return sorted({1.0, *inner, float(last)})


def _rank(axes: Axes, y: float, area: Ranked) -> None:
    """The joint interval thin, that of one area thick, the rank on both."""
    for low, high, wide in ((area.joint_low, area.joint_high, 1.0), (area.rank_low, area.rank_high, 3.0)):
        if known(low) and known(high):
            ends = [low, high] if low < high else [low - 0.3, high + 0.3]
            axes.plot(ends, [y, y], color=RANK, lw=wide, zorder=2, solid_capstyle="butt")
    if known(area.rank):
        axes.plot([area.rank], [y], "D", ms=5.5, mfc="white", mec=RANK, mew=1.5, zorder=3, clip_on=False)


def _rank_words(area: Any) -> str:
    if not known(area.rank):
        return "[x]"
    limits = f" ({whole(area.rank_low)} to {whole(area.rank_high)})" if known(area.rank_low) else ""
    return whole(area.rank) + limits
