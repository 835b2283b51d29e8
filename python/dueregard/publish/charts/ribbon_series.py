"""What a ribbon chart draws: series of shares or rates and of gaps, interrupted where there is nothing to join."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.measures.trends.calendars import period_of
from dueregard.missing import is_missing
from dueregard.publish.charts.ribbon_breaks import Break, breaks_of
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, named, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

MOST_AREAS = 6
"""More areas would be a tangle of lines: those of all together are drawn alone."""
MOST_LINES, MOST_RIBBONS = 6, 2  # in one panel: lines without a ribbon, and with one
EVERYBODY = "Everybody"


@dataclass(frozen=True)
class Point:
    """A value at the last month of its window, with its limits; NaN where there is none."""

    month: int
    value: Any
    low: Any
    high: Any

    @property
    def has_limits(self) -> bool:
        return known(self.low) and known(self.high)


@dataclass(frozen=True)
class Series:
    """One line; ``compared`` says that it is what others are compared with, which is drawn without limits."""

    name: str
    points: Sequence[Point]
    compared: bool = False

    def runs(self, breaks: Sequence[Break]) -> list[list[Point]]:
        """The points that may be joined: none across a window without a value, or across a break."""
        found = [list(run) for has, run in groupby(self.points, lambda point: known(point.value)) if has]
        for each in breaks:
            found = [part for run in found for part in _parted(run, each.month) if part]
        return found


@dataclass(frozen=True)
class Panel:
    """Lines on one scale: values, or gaps around a line at no difference."""

    name: str
    series: Sequence[Series]
    gap: bool

    @property
    def points(self) -> list[Point]:
        return [point for each in self.series for point in each.points]


@dataclass(frozen=True)
class Ribbons:
    """All panels, the breaks in them, and how many areas there are that are not drawn."""

    panels: Sequence[Panel]
    breaks: Sequence[Break]
    left_out: int
    missing: bool
    """Whether windows have no value because a month is missing from the data."""


def _parted(run: list[Point], month: int) -> tuple[list[Point], list[Point]]:
    return [point for point in run if point.month < month], [point for point in run if point.month >= month]


def month_of_row(row: Row) -> int:
    """The number of the last month of a window."""
    number, unit = period_of("window_end", row["window_end"])
    return number * unit + unit - 1


def is_series(findings: Findings) -> bool:
    """Whether there are windows to join, more than one."""
    return len({row["window_end"] for row in rows_of(findings)}) > 1


def ribbons_of(findings: Findings) -> Ribbons:
    """The panels: of one area values and below them gaps, of a few areas gaps, or values where nothing is compared.

    Raises
    ------
    ValueError
        If there are too many areas and no rows for all of them together.
    """
    by = by_columns(findings)
    rows = [row for row, *_ in statements(rows_of(findings, "group")) if not is_missing(row["group"])]
    rows = [row for row in rows if not any(is_missing(row[name]) for name in by)]
    areas = {area_of(row, by): is_all_areas(row, by) for row in rows} if by else {"": True}
    left_out = len(areas) - sum(areas.values())
    if len(areas) <= MOST_AREAS:
        left_out = 0
    else:
        rows = [row for row in rows if is_all_areas(row, by)]
        if not rows:
            raise ValueError(
                f"findings: {left_out} areas are too many for lines that can be told apart; choose up to {MOST_AREAS}, "
                f"such as findings.filter({by[0]}=[...]).plot(), or keep the rows of all areas together"
            )
    panels = _panels(rows, by)
    if not any(known(point.value) for panel in panels for point in panel.points):
        raise ValueError("findings: there is no line to draw, no window has a value")
    return Ribbons(panels, breaks_of(rows), left_out, any(Flag.MISSING_PERIOD in Flag(row["flag"]) for row in rows))


def _panels(rows: Sequence[Row], by: Sequence[str]) -> list[Panel]:
    together: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        group = EVERYBODY if row["group"] is None else named(row["group"])
        together.setdefault(area_of(row, by) if by else "", {}).setdefault(group, []).append(row)
    compared = any(row["reference"] is not None for row in rows)
    if not compared:
        return [panel for area, groups in together.items() for panel in _levels(area, groups)]
    gaps = [
        Panel(", ".join(filter(None, (area, _gap_name(group, own[0])))), [_gap(group, own)], True)
        for area, groups in together.items()
        for group, own in groups.items()
    ]
    ((area, groups),) = list(together.items())[:1]
    return [*_levels(area, groups), *gaps] if len(together) == 1 else gaps


def _gap_name(group: str, row: Row) -> str:
    return f"{group} against {named(row['reference'])}"


def _levels(area: str, groups: dict[str, list[Row]]) -> list[Panel]:
    """The values of all groups in one panel, of many groups in a panel for each; with the one that all are held to."""
    lines = [_level(group, rows) for group, rows in groups.items()]
    against = [_reference(rows) for rows in groups.values() if rows[0]["reference"] is not None]
    common = [line for line in against[:1] if all(_same(line, other) for other in against)]
    if len(lines) + len(common) <= (MOST_LINES if against else MOST_RIBBONS):
        return [Panel(area, [*lines, *common], False)]
    return [Panel(", ".join(filter(None, (area, line.name))), [line, *common], False) for line in lines]


def _level(group: str, rows: Sequence[Row]) -> Series:
    """The values, with limits where these are of the values and not of a gap."""
    limits = all(row["reference"] is None for row in rows)
    ends = [(row["low"], row["high"]) if limits else (math.nan, math.nan) for row in rows]
    return Series(group, [Point(month_of_row(row), row["value"], *end) for row, end in zip(rows, ends, strict=True)])


def _gap(group: str, rows: Sequence[Row]) -> Series:
    return Series(group, [Point(month_of_row(row), row["estimate"], row["low"], row["high"]) for row in rows])


def _reference(rows: Sequence[Row]) -> Series:
    points = [Point(month_of_row(row), row["reference_value"], math.nan, math.nan) for row in rows]
    return Series(named(rows[0]["reference"]), points, compared=True)


def _same(one: Series, other: Series) -> bool:
    """Whether two references are one: equal wherever both are known."""
    if one.name != other.name:
        return False
    values = {point.month: point.value for point in one.points if known(point.value)}
    return all(values.get(p.month, p.value) == p.value for p in other.points if known(p.value))
