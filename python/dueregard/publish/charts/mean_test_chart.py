"""The chart of tests of means: the difference of each group or area on its interval, filled where it is beyond chance.

Tests of tables have none: they have a p-value and no size.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.charts import canvas
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words
from dueregard.publish.charts.scales import Scale
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import Row as Line
from dueregard.publish.readings import area_of, by_columns, clean, finite, is_all_areas, known, label, named, rows_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

DIFFERS: Shape = ("o", canvas.DARK_BLUE, canvas.DARK_BLUE, "differs beyond chance")
UNSHOWN: Shape = ("o", "white", canvas.QUIET, "not shown to differ")
MOST_LISTED = 40


@dataclass(frozen=True)
class Tested:
    """One comparison."""

    label: str
    difference: Any
    low: Any
    high: Any
    differs: bool
    bold: bool

    @property
    def words(self) -> str:
        """The difference with its interval."""
        if not known(self.difference):
            return "[x]"
        text = _signed(self.difference)
        return f"{text} ({_signed(self.low)} to {_signed(self.high)})" if known(self.low) and known(self.high) else text


def _signed(value: float) -> str:
    words = number_words(value, "units")
    return f"+{words}" if value > 0 and any(digit in words for digit in "123456789") else words


def tests_of(findings: Findings) -> dict[str, list[Tested]]:
    """The comparisons of each group by area, or of all groups."""
    by = by_columns(findings)
    found: dict[str, list[Tested]] = {}
    for row in rows_of(findings, "group"):
        if not is_missing(row["group"]) and not any(is_missing(row[name]) for name in by):
            name = area_of(row, by) if by else named(row["group"])
            limits = row["estimate"], row["low"], row["high"]
            found.setdefault(named(row["group"]) if by else "", []).append(
                Tested(name, *limits, _differs(row), is_all_areas(row, by))
            )
    return {group: tests for group, tests in found.items() if any(known(one.difference) for one in tests)}


def _differs(row: Line) -> bool:
    """Whether chance alone would hardly do it, once all comparisons of its family are allowed for."""
    return known(row["adjusted_pvalue"]) and bool(row["adjusted_pvalue"] < 1 - row["confidence_level"])


def mean_test_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw every comparison; groups stand one below another."""
    found = tests_of(findings)
    every = [one for tests in found.values() for one in tests]
    low, high = canvas.span(finite(end for one in every for end in (one.difference, one.low, one.high)))
    scale, reference = plain_scale(low, high), _reference(findings)
    than = f" than {reference}" if width >= 500 else ""
    column = Column(
        scale,
        lambda tick: "0" if tick == 0 else f"{tick:+,.10g}".replace("-", "\N{MINUS SIGN}"),
        partial(_draw, scale),
        lambda one: one.words.partition(" ")[0] if width < 500 else one.words,
        line=True,
        sides=(f"lower{than}", f"higher{than}"),
    )
    blocks = [Block(group, [Row(one.label, (one,), one.bold) for one in tests]) for group, tests in found.items()]
    held = {one.differs for one in every}
    shapes = [shape for shape, differs in ((DIFFERS, True), (UNSHOWN, False)) if differs in held]
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle, shapes=shapes)


def _reference(findings: Findings) -> str:
    return next((clean(row["reference"]) for row in rows_of(findings) if row.get("reference")), "the reference")


def _draw(scale: Scale, axes: Axes, y: float, one: Tested) -> None:
    colour = DIFFERS[2] if one.differs else UNSHOWN[2]
    limits = one.difference, one.low, one.high
    interval_point(axes, y, scale, *limits, colour=colour, filled=one.differs, bold=one.bold)


def mean_test_words(findings: Findings) -> Alternative:
    """How many comparisons are beyond chance; then each difference with its interval."""
    from dueregard.publish.charts.figure import Alternative

    found, reference = tests_of(findings), _reference(findings)
    every = [(group, one) for group, tests in found.items() for one in tests]
    row = next(row for row in rows_of(findings, "group"))
    level = next(iter(levels_of(rows_of(findings))), None)
    sure = f", with {100 * level:.10g}% intervals" if level else ""
    return Alternative(
        clean(findings.title) if findings.title else _title(every, reference),
        f"{label(row['measure'])}: difference to {reference} in {clean(row['unit_of_measure'])}{sure}",
        f"Points on interval lines around a line at no difference from {reference}, in {len(every)} rows: "
        + "; ".join(_words(group, one) for group, one in every[:MOST_LISTED])
        + ".",
    )


def _title(every: list[tuple[str, Tested]], reference: str) -> str:
    """Whether everybody differs, and in how many areas, or how many groups do."""
    areas = [one for _, one in every if not one.bold]
    leads = [(group, one) for group, one in every if one.bold] or (every if len(every) == 1 else [])
    if len(leads) == 1:
        (group, lead), *_ = leads
        shown = "differs" if lead.differs else "is not shown to differ"
        more = f"; {sum(one.differs for one in areas)} of {len(areas)} areas show it" if lead.bold and areas else ""
        return f"{group or lead.label} {shown} from {reference}{more}"
    return f"{sum(one.differs for one in areas)} of {len(areas)} comparisons with {reference} are beyond chance"


def _words(group: str, one: Tested) -> str:
    name = f"{group}, {one.label}" if group else one.label
    return f"{name} {one.words}, {DIFFERS[3] if one.differs else UNSHOWN[3]}"
