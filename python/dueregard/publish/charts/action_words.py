"""What an importance-performance grid shows, in words: its headings and its text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.action_points import ACT, KEEP, LATER, LEAVE, Grid, Panel, Spot, grid_of
from dueregard.publish.charts.driver_chart import gain_heading, gain_mark, gain_unit_words
from dueregard.publish.charts.row_marks import number_words
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import clean, fixed, known, label, rows_of
from dueregard.publish.sentences.assessments.parts import listing

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_TITLE = 90


def action_words(findings: Findings) -> Alternative:
    """Where there is much to gain at a low level; then every driver with its field."""
    from dueregard.publish.charts.figure import Alternative

    grid = grid_of(findings)
    title = clean(findings.title) if findings.title else _title(grid, findings)
    about = " ".join(_panel_words(panel, grid) for panel in grid.panels)
    return Alternative(title, _subtitle(grid, findings), f"Points in four fields, with intervals upright. {about}")


def _title(grid: Grid, findings: Findings) -> str:
    """The drivers to act on first, of one panel; of several how many have any."""
    outcome = label(next(row["measure"] for row in rows_of(findings, "driver")) or "the outcome")
    if len(grid.panels) > 1:
        return f"{outcome}: where there is most to gain, in {len(grid.panels)} groups and areas"
    (panel,) = grid.panels
    first = [spot.name for spot in panel.spots if panel.quadrant(spot) == ACT]
    if not first:
        return f"{outcome}: no driver has both a low level and much to gain"
    said = f"{outcome}: most to gain at a low level from {listing(first)}"
    return said if len(said) <= MOST_TITLE else f"{outcome}: {len(first)} drivers have a low level and much to gain"


def _subtitle(grid: Grid, findings: Findings) -> str:
    """What is drawn, where the lines stand, and what is not drawn."""
    rows = rows_of(findings, "driver")
    unit, level = gain_unit_words(rows), next(iter(levels_of(rows)), None)
    what = f"{gain_heading(rows)}{f' in {unit}' if unit else ''}" if grid.of_gains else "share of what they explain"
    said = [f"Drivers by present level and {what}"]
    if level and any(known(spot.low) for spot in grid.spots):
        said[0] += f", {100 * level:.10g}% intervals"
    said += ["lines at the average of the drivers", "associations, not effects"]
    if grid.undrawn:
        said.append(f"not drawn, as without a level on this scale: {listing(grid.undrawn, 3)}")
    if grid.left_out:
        said.append(f"{grid.left_out} groups and areas are not drawn")
    return "; ".join(said)


def _panel_words(panel: Panel, grid: Grid) -> str:
    fields = []
    for field in (ACT, KEEP, LATER, LEAVE):
        here = [_spot_words(spot, panel, grid) for spot in panel.spots if panel.quadrant(spot) == field]
        fields.append(f"{field}: {'; '.join(here) if here else 'none'}")
    said = ". ".join(fields)
    return f"{panel.name}. {said}." if panel.name else f"{said}."


def _spot_words(spot: Spot, panel: Panel, grid: Grid) -> str:
    write = gain_mark if grid.of_gains else (lambda value: number_words(value, "percent"))
    ends = f" ({write(spot.low)} to {write(spot.high)})" if known(spot.low) and known(spot.high) else ""
    unsure = ", could be on either side of the line" if spot.crosses(panel.value_line) else ""
    return f"{spot.name} at {fixed(spot.level, 0)}, {write(spot.value)}{ends}{unsure}"
