"""The chart of survey estimates: each figure as a point on its interval, with both in numbers beside it.

Rows stand in the order of the findings, all areas first: without ranks and their intervals an order by size would show
chance. Nothing is a bar, whose length would have to begin at 0.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.estimate_rows import Figure, drawn, figures_of
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words, span_of, value_words
from dueregard.publish.charts.scales import Scale
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import by_columns, clean, finite, is_all_areas, known, label, rows_of
from dueregard.publish.units.area_units import areas_word

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

MOST_LISTED = 40


def estimate_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw every figure; of several measures one below another on the same scale."""
    found = figures_of(findings)
    rows = [row for figures in found.values() for row in drawn(figures)]
    unit = rows[0].unit
    whole_scale = len(rows) < sum(map(len, found.values()))
    ends = finite(end for row in rows for end in (row.value, row.low, row.high))
    low, high = canvas.span(ends, include=(0.0,) if whole_scale else ())
    scale = plain_scale(max(low, 0.0) if min(ends) >= 0 else low, min(high, 101.0) if unit == "percent" else high)
    heading = "" if unit == "percent" else clean(unit)
    column = Column(
        scale,
        lambda tick: f"{tick:,.10g}%" if unit == "percent" else f"{tick:,.10g}",
        partial(_draw, scale),
        lambda row: value_words(row.value, row.low, row.high, row.unit, short=width < 500),
        heading=f"{heading}, interval".lstrip(", ") if width >= 500 else heading,
    )
    blocks = [Block(name, [Row(row.label, (row,), row.bold) for row in figures]) for name, figures in found.items()]
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle)


def _draw(scale: Scale, axes: Axes, y: float, row: Figure) -> None:
    interval_point(axes, y, scale, row.value, row.low, row.high, bold=row.bold)


def estimate_words(findings: Findings) -> Alternative:
    """The first figure of each measure in the title; every figure with its interval in the description."""
    from dueregard.publish.charts.figure import Alternative

    found = figures_of(findings)
    if not found:
        raise ValueError("findings: there is no figure to draw, every value is missing")
    figures = [(name if len(found) > 1 else "", row) for name, rows in found.items() for row in rows]
    about = "; ".join(_figure_words(name, row) for name, row in figures[:MOST_LISTED])
    title = clean(findings.title) if findings.title else _title(findings, found)
    return Alternative(title, _subtitle(findings, found), f"Points on interval lines in {len(figures)} rows: {about}.")


def _title(findings: Findings, found: dict[str, list[Figure]]) -> str:
    """The figures of everybody, or what the figures are of."""
    by = by_columns(findings)
    leads = [(name, rows[0]) for name, rows in found.items()]
    if all(row.bold or len(rows) == 1 for (_, row), rows in zip(leads, found.values(), strict=True)):
        return "; ".join(f"{name}: {_with_unit(row)}" for name, row in leads[:3])
    what = areas_word(by) if by else "groups"
    return f"{leads[0][0]} by {clean(by[0])}" if len(by) == 1 else f"{leads[0][0]} of {what}"


def _with_unit(row: Figure) -> str:
    text = number_words(row.value, row.unit)
    return text if text.endswith("%") or row.unit is None else f"{text} {clean(row.unit)}"


def _subtitle(findings: Findings, found: dict[str, list[Figure]]) -> str:
    """The intervals, the order, and that a total is off the scale."""
    rows = rows_of(findings, "group", "reference")
    level = next(iter(levels_of(rows)), None)
    said = [f"{label(clean(rows[0]['period']))}" if rows[0].get("period") else ""]
    said.append(f"Estimates with {100 * level:.10g}% intervals" if level else "Estimates")
    by = by_columns(findings)
    if by and sum(not is_all_areas(row, by) for row in rows) > 1:
        said.append(f"{areas_word(by)} in a fixed order, not ranked")
    if sum(map(len, found.values())) > sum(len(drawn(figures)) for figures in found.values()):
        said.append("the total of all together is beyond the scale")
    return "; ".join(filter(None, said))


def _figure_words(name: str, row: Figure) -> str:
    named = ", ".join(filter(None, (name, row.label)))
    if not known(row.value):
        return f"{named} not known"
    span = span_of(row.low, row.high, row.unit)
    return f"{named} {_with_unit(row)}{f' ({span})' if span else ''}"
