"""The chart of precision: the interval to expect from each sample, before money is spent on it.

Nothing is measured, so no point is an estimate: a point is the share or gap assumed, filled where the interval to
expect of a gap leaves out 0.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point
from dueregard.publish.charts.scales import Scale
from dueregard.publish.levels import levels_of
from dueregard.publish.numbers import plain
from dueregard.publish.readings import Row as Line
from dueregard.publish.readings import clean, finite, known, named, rows_of, whole
from dueregard.publish.units.amounts import unit_of_rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative, Chart

SHOWS: Shape = ("o", canvas.DARK_BLUE, canvas.DARK_BLUE, "gap assumed, interval leaves out 0")
OPEN: Shape = ("o", "white", canvas.QUIET, "gap assumed, interval includes 0")
MOST_LISTED = 40


def precision_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw a row for each sample, in the order they were named in."""
    rows, gap, short = rows_of(findings, "group"), is_gap(findings), width < 500
    ends = finite(end for row in rows for end in (row["low"], row["high"]))
    low, high = canvas.span(ends, include=(0.0,) if gap else ())
    scale = plain_scale(low, high) if gap else plain_scale(max(low, -1.0), min(high, 101.0))
    unit = unit_of_rows(rows)
    column = Column(
        scale,
        unit.tick if gap else (lambda tick: f"{tick:.10g}%"),
        partial(_draw, scale, gap),
        lambda row: half_width(row) if short or not gap else f"{half_width(row)}, {_chance(row)}",
        heading="half-width" if short or not gap else "half-width (points), chance to find it",
        line=gap,
        sides=unit.sides(named(rows[0]["reference"]), not short) if gap else ("", ""),
    )
    blocks = [Block("", [Row(f"{named(row['sample'])} ({cases(row)})", (row,)) for row in rows])]
    shown = {shows(row) for row in rows}
    shapes = [shape for shape, kind in ((SHOWS, True), (OPEN, False)) if kind in shown] if gap else []
    return row_grid(blocks, [column], width=width, title=title, subtitle=subtitle, shapes=shapes)


def is_gap(findings: Findings) -> bool:
    """Whether it is about a gap, and not a share."""
    return any(row["reference"] is not None for row in rows_of(findings, "group"))


def shows(row: Line) -> bool:
    """Whether the interval to expect leaves out that there is no gap."""
    return bool(row["low"] > 0 or row["high"] < 0)


def cases(row: Line) -> str:
    """How many answers a sample has, of both groups."""
    return whole(row["sampled_nobs"] if known(row.get("sampled_nobs")) else row["nobs"])


def half_width(row: Line) -> str:
    """How far the interval reaches either way."""
    return f"\N{PLUS-MINUS SIGN}{plain(row['half_width'], 0 if row['half_width'] >= 10 else 1)}"


def _chance(row: Line) -> str:
    share = row["power"]
    return "over 99%" if 0.99 < share < 1 else f"{100 * share:.0f}%"


def _draw(scale: Scale, gap: bool, axes: Axes, y: float, row: Line) -> None:
    firm = shows(row) or not gap
    value = row["estimate"] if gap else row["value"]
    colour = canvas.DARK_BLUE if firm else canvas.QUIET
    interval_point(axes, y, scale, value, row["low"], row["high"], colour=colour, filled=firm)


def precision_words(findings: Findings) -> Alternative:
    """How many samples would show the gap that is assumed; then each with the interval to expect."""
    from dueregard.publish.charts.figure import Alternative

    rows, gap = rows_of(findings, "group"), is_gap(findings)
    level = next(iter(levels_of(rows)), None)
    unit, row = unit_of_rows(rows), rows[0]
    what = clean(row["measure"]).replace("_", " ")
    if gap:
        assumed = (
            f"{named(row['group'])} {whole(row['value'])}%, {named(row['reference'])} {whole(row['reference_value'])}%"
        )
        title = _found(f"gap of {unit.size(plain(row['estimate'], 0))}", rows)
    else:
        assumed = f"{whole(row['value'])}%"
        title = f"{what[:1].upper()}{what[1:]} of {assumed}: within {_range(rows)} points either way"
    of = f"the gap in {what} if shares are" if gap else f"{what} if it is"
    about = "; ".join(_words(each, gap) for each in rows[:MOST_LISTED])
    sure = f"the {100 * level:.10g}% interval to expect" if level else "the interval to expect"
    return Alternative(
        clean(findings.title) if findings.title else title,
        f"Nothing is measured here: {sure} of {of} as assumed ({assumed}), by number of answers",
        f"Points on interval lines for {len(rows)} sample{'' if len(rows) == 1 else 's'}: {about}.",
    )


def _found(gap: str, rows: list[Line]) -> str:
    """With what chance one sample finds the gap, or how many of several do with the chance that is wanted."""
    if len(rows) == 1:
        return f"{named(rows[0]['sample'])}: a {gap} is found with a chance of {_chance(rows[0])}"
    wanted = rows[0]["wanted_power"]
    found = sum(row["power"] >= wanted for row in rows)
    return f"{found or 'None'} of {len(rows)} samples would find a {gap} with a chance of {100 * wanted:.0f}%"


def _range(rows: list[Line]) -> str:
    """The half-widths from the smallest to the largest."""
    ends = sorted(rows, key=lambda row: float(row["half_width"]))
    low, high = (half_width(row).removeprefix("\N{PLUS-MINUS SIGN}") for row in (ends[0], ends[-1]))
    return low if low == high else f"{low} to {high}"


def _words(row: Line, gap: bool) -> str:
    found = f", found with a chance of {_chance(row)}" if gap else ""
    open_ = ", interval includes 0" if gap and not shows(row) else ""
    return f"{named(row['sample'])} ({cases(row)} answers) {half_width(row)} points{found}{open_}"
