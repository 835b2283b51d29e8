"""Key drivers: bars of their shares of what is explained, with the ranks they could have, and what more of each goes
with.

Drivers are sorted by share only where ranks have intervals, which stand beside; else they stay as they were asked for.
A bar is hollow where chance would let its driver stand at any place, a gain where it cannot be told from none.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from dueregard.publish.charts import canvas
from dueregard.publish.charts.bar_marks import bar, interval_below
from dueregard.publish.charts.few_sets import few_sets
from dueregard.publish.charts.key import Shape
from dueregard.publish.charts.row_grid import Block, Column, Row, plain_scale, row_grid
from dueregard.publish.charts.row_marks import interval_point, number_words, span_of
from dueregard.publish.charts.scales import Scale
from dueregard.publish.driver_decimals import gain_digits
from dueregard.publish.driver_sets import DriverSet, any_rank, driver_sets, is_told
from dueregard.publish.readings import Row as Found
from dueregard.publish.readings import clean, finite, fixed, known, label, named

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Chart

SHARE, GAIN = canvas.DARK_BLUE, canvas.DARK_PINK
Cell = tuple[Found, bool]
"""A driver, and whether it could stand at any place."""


def drawn_sets(findings: Findings) -> list[DriverSet]:
    """The sets that are drawn; refused where no share is known."""
    sets = [each for each in driver_sets(findings) if each.has_shares]
    if not sets:
        raise ValueError("findings: there is no driver to draw, no share is known")
    return few_sets(sets)


def in_order(each: DriverSet) -> list[Found]:
    """The drivers by share where ranks say how sure that order is; else as they were asked for."""
    if not is_sorted(each):
        return list(each.drivers)
    return sorted(each.drivers, key=lambda row: -row["value"] if known(row["value"]) else 0.0)


def is_sorted(each: DriverSet) -> bool:
    """Whether ranks have intervals."""
    return any(known(row.get("rank_low")) for row in each.drivers)


def driver_chart(findings: Findings, *, width: int, title: str, subtitle: str) -> Chart:
    """Draw each set of drivers; on a narrow sheet shares alone."""
    sets, short = drawn_sets(findings), width < 500
    rows = [row for each in sets for row in each.drivers]
    gains = any(known(row["gain"]) for row in rows) and not short
    columns = [_shares(rows, brief=gains, short=short), *([_gains(rows)] if gains else [])]
    blocks = [Block(each.name, [_row(row, each, len(columns)) for row in in_order(each)]) for each in sets]
    shapes = _shapes(sets, gains=gains)
    return row_grid(blocks, columns, width=width, title=title, subtitle=subtitle, shapes=shapes)


def _row(row: Found, each: DriverSet, cells: int) -> Row:
    return Row(named(row["driver"]), ((row, any_rank(row, each.drivers)),) * cells)


def _shares(rows: Sequence[Found], *, brief: bool, short: bool) -> Column:
    """Bars from 0."""
    ends = finite(end for row in rows for end in (row["value"], row["low"], row["high"]))
    low = min(0.0, *ends)
    scale = plain_scale(low * 1.05, min(100.0, max([*ends, 1.0])) * 1.04)
    heading = "share and rank" if any(known(row.get("rank_low")) for row in rows) else "share"
    words = partial(share_and_rank, brief=brief, short=short)
    return Column(scale, lambda tick: f"{tick:.10g}%", partial(_share, scale), words, heading, line=low < 0)


def _share(scale: Scale, axes: Axes, y: float, cell: Cell) -> None:
    row, any_place = cell
    if known(row["value"]):
        bar(axes, y, 0.0, scale.clipped(row["value"]), SHARE, filled=not any_place)
        interval_below(axes, y, scale, row["low"], row["high"])


def share_and_rank(cell: Cell, *, brief: bool, short: bool) -> str:
    """The share, with its interval where there is room, and the ranks that it could have; on a narrow sheet the numbers
    alone, which the heading names."""
    row, _ = cell
    share, span = number_words(row["value"], "percent"), span_of(row["low"], row["high"], "percent")
    ranks = rank_span(row)
    said = share if brief or short or not span else f"{share} ({span})"
    return f"{said}, {'' if short else 'rank '}{ranks}" if ranks else said


def rank_span(row: Found) -> str:
    """The ranks that chance allows.

    >>> rank_span({"rank_low": 1.0, "rank_high": 2.0}), rank_span({"rank_low": 2.0, "rank_high": 4.0})
    ('1 or 2', '2 to 4')
    """
    low, high = row.get("rank_low"), row.get("rank_high")
    if not (known(low) and known(high)):
        return ""
    return f"{low:.0f}" if low == high else f"{low:.0f} {'or' if high == low + 1 else 'to'} {high:.0f}"


def _gains(rows: Sequence[Found]) -> Column:
    """Gains on their intervals, around a line at none."""
    low, high = canvas.span(finite(row[name] for row in rows for name in ("gain", "gain_low", "gain_high")))
    scale = plain_scale(low, high)
    tick = lambda value: fixed(value, 0 if value == int(value) else 1, signed=True)  # noqa: E731
    name = gain_heading(rows)
    words = partial(_gain_words, digits=gain_digits(rows))
    return Column(scale, tick, partial(_gain, scale), words, name, line=True, share=0.8)


def outcome_name(measure: object) -> str:
    """An outcome in a title: without the answers that count.

    >>> outcome_name("good_job (Excellent or Good)"), outcome_name(None)
    ('Good job', 'The outcome')
    """
    return label(measure or "the outcome").partition(" (")[0]


def gain_heading(rows: Sequence[Found]) -> str:
    """What gains are for.

    >>> gain_heading([{"points": 10.0, "gain": 1.9}])
    'gain for 10 more'
    """
    amounts = {row["points"] for row in rows if known(row.get("points"))}
    return f"gain for {amounts.pop():.10g} more" if len(amounts) == 1 else "gain"


def gain_unit_words(rows: Sequence[Found]) -> str:
    """What gains are in, where it is one thing."""
    units = {clean(row["gain_unit"]) for row in rows if row.get("gain_unit")}
    return units.pop() if len(units) == 1 else ""


def _gain(scale: Scale, axes: Axes, y: float, cell: Cell) -> None:
    row, _ = cell
    filled, colour = (True, GAIN) if is_told(row) else (False, canvas.QUIET)
    interval_point(axes, y, scale, row["gain"], row["gain_low"], row["gain_high"], colour=colour, filled=filled)


def _gain_words(cell: Cell, *, digits: int) -> str:
    return gain_mark(cell[0]["gain"], digits)


def gain_mark(value: object, digits: int = 1) -> str:
    """A gain beside its point: with a sign, unless it is none.

    >>> gain_mark(1.93), gain_mark(-0.03, 2), gain_mark(0.0), gain_mark(float("nan"))
    ('+1.9', '\N{MINUS SIGN}0.03', '0.0', '[z]')
    """
    return fixed(value, digits, signed=True) if known(value) else "[z]"


def _shapes(sets: Sequence[DriverSet], *, gains: bool) -> list[Shape]:
    """The marks that are drawn, with their words."""
    rows = [row for each in sets for row in each.drivers]
    any_place = {any_rank(row, each.drivers) for each in sets for row in each.drivers if known(row["value"])}
    shapes: list[Shape] = [("s", SHARE, SHARE, "share")] if False in any_place else []
    shapes += [("s", "white", SHARE, "share, could rank anywhere")] if True in any_place else []
    told = {is_told(row) for row in rows if known(row["gain"])} if gains else set()
    shapes += [("o", GAIN, GAIN, "gain")] if True in told else []
    return shapes + ([("o", "white", canvas.QUIET, "gain that could be none")] if False in told else [])
