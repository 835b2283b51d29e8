"""The chart of bounds for those who did not answer: the gap of those who did, and how far the others could move it.

A bar is the range of the gap over all that they could have said; a point on a line is the gap of those who
answered with its interval. The point is filled where the gap keeps its direction whatever they would have said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dueregard.measures.surveys.nonresponse.nonresponse_bounds import HOLDS
from dueregard.missing import is_missing
from dueregard.publish.charts import canvas
from dueregard.publish.charts.bounds_chart import HEIGHT, RANGE
from dueregard.publish.charts.dumbbell_chart import span_words
from dueregard.publish.charts.gap_lines import NONE, Line
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, row_grid
from dueregard.publish.charts.row_marks import interval_point
from dueregard.publish.charts.scales import Scale, scale_for
from dueregard.publish.levels import levels_of, statements
from dueregard.publish.readings import area_of, by_columns, clean, is_all_areas, known, named, rows_of
from dueregard.publish.units.amounts import Unit, unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

BLUE = canvas.DARK_BLUE
MOST_LISTED = 40
OTHERS = "those who did not answer"


@dataclass(frozen=True)
class Bound:
    """One comparison: its gap among those who answered, with its interval, and the ends that the others leave it."""

    label: str
    gap: Any
    low: Any
    high: Any
    bound_low: Any
    bound_high: Any
    holds: bool
    bold: bool


def bounds_by_group(findings: Findings) -> dict[str, list[Bound]]:
    """The rows of each compared group, or of all groups where there are no areas."""
    by = by_columns(findings)
    found: dict[str, list[Bound]] = {}
    for row, *_ in statements(rows_of(findings, "group")):
        if is_missing(row["group"]) or not known(row["bound_low"]):
            continue
        bound = Bound(
            label=area_of(row, by) if by else named(row["group"]),
            gap=row["estimate"],
            low=row["low"],
            high=row["high"],
            bound_low=row["bound_low"],
            bound_high=row["bound_high"],
            holds=row["bounds_verdict"] == HOLDS,
            bold=is_all_areas(row, by),
        )
        found.setdefault(named(row["group"]) if by else "", []).append(bound)
    return found


def nonresponse_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw every comparison; groups stand one below another."""
    found = bounds_by_group(findings)
    every = [one for several in found.values() for one in several]
    unit = unit_of_rows(rows_of(findings))
    ends = [Line("", one.gap, one.low, one.high, NONE, False, ((one.bound_low, one.bound_high),)) for one in every]
    scale = scale_for(unit, ends, None)
    column = Column(
        scale,
        unit.tick,
        partial(_draw, scale),
        partial(_words, unit, short=width < 500),
        heading="range" if width < 500 else "gap, range",
        line=True,
        sides=unit.sides(_reference(findings), width >= 500),
    )
    blocks = [Block(group, [Row(one.label, (one,), one.bold) for one in several]) for group, several in found.items()]
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle, shapes=_shapes(every))


def _reference(findings: Findings) -> str:
    return next((clean(row["reference"]) for row in rows_of(findings) if row.get("reference")), "the reference")


def _shapes(every: list[Bound]) -> list[Shape]:
    shapes: list[Shape] = [("s", RANGE, BLUE, "range with those who did not answer")]
    held = {one.holds for one in every}
    kinds: dict[bool, Shape] = {
        True: ("o", BLUE, BLUE, "gap of those who answered, direction holds"),
        False: ("o", "white", BLUE, "gap of those who answered, direction depends"),
    }
    return shapes + [kinds[holds] for holds in (True, False) if holds in held]


def _draw(scale: Scale, axes: Axes, y: float, one: Bound) -> None:
    low, high = scale.clipped(one.bound_low), scale.clipped(one.bound_high)
    axes.barh([y], [high - low], left=[low], height=HEIGHT, color=RANGE, ec=BLUE, lw=1, zorder=1.5)
    interval_point(axes, y, scale, one.gap, one.low, one.high, colour=BLUE, filled=one.holds, bold=one.bold)


def _words(unit: Unit, one: Bound, *, short: bool) -> str:
    span = span_words(unit, one.bound_low, one.bound_high)
    return span if short else f"{unit.mark(one.gap) if known(one.gap) else '[x]'}, {span}"


def nonresponse_words(findings: Findings) -> Alternative:
    """How many gaps keep their direction whatever the others would have said; then each gap with its range."""
    from dueregard.publish.charts.figure import Alternative

    found = bounds_by_group(findings)
    if not found:
        raise ValueError("findings: there is nothing to draw, no bound is known")
    unit, rows = unit_of_rows(rows_of(findings)), rows_of(findings)
    every = [(group, one) for group, several in found.items() for one in several]
    holds = sum(one.holds for _, one in every)
    if len(every) == 1:
        title = f"The direction of the gap {'holds whatever' if holds else 'depends on what'} {OTHERS} would have said"
    else:
        title = f"{holds} of {len(every)} gaps keep their direction whatever {OTHERS} would have said"
    level = next(iter(levels_of(rows)), None)
    sure = f"; lines are {100 * level:.10g}% intervals of those who answered" if level else ""
    about = " ".join(_sentence(group, one, unit) for group, one in every[:MOST_LISTED])
    return Alternative(
        clean(findings.title) if findings.title else title,
        f"{unit.measured(_reference(findings))}{sure}",
        f"Bars of the range around a line at no difference from {_reference(findings)}. {about}",
    )


def _sentence(group: str, one: Bound, unit: Unit) -> str:
    name = f"{group}, {one.label}" if group else one.label
    gap = unit.signed(one.gap) if known(one.gap) else "no gap known"
    side = "its direction holds" if one.holds else "its direction depends on them"
    return f"{name}: {gap}, from {span_words(unit, one.bound_low, one.bound_high)} with {OTHERS}; {side}."
