"""What an importance-performance grid shows, in words: its headings and its text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.action_fields import FIELDS, Grid, Panel, Spot, grid_of
from dueregard.publish.charts.driver_chart import gain_heading, gain_mark, gain_unit_words, outcome_name
from dueregard.publish.charts.few_sets import not_drawn
from dueregard.publish.charts.row_marks import number_words
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import clean, fixed, known, label, rows_of
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.wording import inside

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_TITLE = 90


def action_words(findings: Findings) -> Alternative:
    """Which drivers have much to gain at a low level, if they can be told; then every driver with its field."""
    from dueregard.publish.charts.figure import Alternative

    grid = grid_of(findings)
    title = clean(findings.title) if findings.title else _title(grid, findings)
    about = " ".join(_panel_words(panel, grid) for panel in grid.panels)
    fields = " in four fields" if any(panel.is_parted for panel in grid.panels) else ""
    return Alternative(title, _subtitle(grid, findings), f"Points{fields}, with intervals upright. {about}")


def _title(grid: Grid, findings: Findings) -> str:
    """The drivers with a lower level and a larger gain, of one panel in which they are told apart."""
    outcome, of = outcome_name(next(row["measure"] for row in rows_of(findings, "driver"))), grid.what
    if len(grid.panels) > 1:
        return f"{outcome}: present levels and {of}s of drivers, in {len(grid.panels)} groups and areas"
    (panel,) = grid.panels
    if not panel.is_parted:
        return f"{outcome}: present levels and {of}s of drivers"
    first = [spot.name for spot in panel.spots if panel.field(spot) == FIELDS[0]]
    if not first:
        return f"{outcome}: no driver has both a lower level and a larger {of}"
    said = f"{outcome}: larger {of} at a lower level for {listing(first)}"
    return said if len(said) <= MOST_TITLE else f"{outcome}: {len(first)} drivers have a lower level and a larger {of}"


def _subtitle(grid: Grid, findings: Findings) -> str:
    """What is drawn, where the lines stand or why there are none, and what is not drawn."""
    rows = rows_of(findings, "driver")
    unit, level = gain_unit_words(rows), next(iter(levels_of(rows)), None)
    what = f"{gain_heading(rows)}{f' in {unit}' if unit else ''}" if grid.of_gains else "share of what they explain"
    measure = label(next(row["measure"] for row in rows) or "the outcome")
    said = [f"Drivers of {inside(measure)} by present level and {what}"]
    if level and any(known(spot.low) for spot in grid.spots):
        said[0] += f", {100 * level:.10g}% intervals"
    said += [_lines(grid), "associations, not effects"]
    if grid.undrawn:
        said.append(f"not drawn, as without a level on this scale: {listing(grid.undrawn, 3)}")
    if grid.left_out:
        said.append(not_drawn(grid.left_out))
    return "; ".join(said)


def _lines(grid: Grid) -> str:
    """Where the lines stand, or why there are none."""
    whys = {why_not_parted(panel, grid.what): panel for panel in sorted(grid.panels, key=lambda panel: panel.spread)}
    if all(panel.is_near for panel in grid.panels):  # the widest comes last
        return list(whys)[-1]
    if "" not in whys:
        return "; ".join(whys)
    return "lines at the average of the drivers" + (", where they can be told apart" if len(whys) > 1 else "")


def why_not_parted(panel: Panel, of: str) -> str:
    """Why none of the drivers is said to have a low level or a large gain; nothing where that can be told."""
    if panel.best is None:
        return "the scale of the levels is not known"
    if panel.is_near:
        return f"levels differ by {spoken_spread(panel)} at most, too little to call any of them low"
    return f"{of}s could be equal by chance" if panel.could_be_equal else ""


def spoken_spread(panel: Panel) -> str:
    """By how much levels differ, on their scale."""
    size = fixed(panel.spread, 1) if panel.spread < 1 else fixed(panel.spread, 0)
    return f"{size} {'point' if size == '1' else 'points'} of {panel.best:,.10g}"


def _panel_words(panel: Panel, grid: Grid) -> str:
    if not panel.is_parted:
        said = "; ".join(_spot_words(spot, panel, grid) for spot in panel.spots)
        return f"{panel.name}: {said}." if panel.name else f"{said}."
    fields = []
    for field in FIELDS:
        here = [_spot_words(spot, panel, grid) for spot in panel.spots if panel.field(spot) == field]
        fields.append(f"{field.name(grid.what)}: {'; '.join(here) if here else 'none'}")
    said = ". ".join(fields)
    return f"{panel.name}. {said}." if panel.name else f"{said}."


def _spot_words(spot: Spot, panel: Panel, grid: Grid) -> str:
    def write(value: float) -> str:
        return gain_mark(value, grid.digits) if grid.of_gains else number_words(value, "percent")

    ends = f" ({write(spot.low)} to {write(spot.high)})" if known(spot.low) and known(spot.high) else ""
    unsure = ", could be on either side of the line" if panel.is_parted and spot.crosses(panel.value_line) else ""
    return f"{spot.name} at {fixed(spot.level, 0)}, {write(spot.value)}{ends}{unsure}"
