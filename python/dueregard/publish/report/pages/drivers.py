"""What goes with an outcome: the drivers, which of them would do most, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.charts.action_fields import FIELDS, Panel, grid_of
from dueregard.publish.charts.action_words import why_not_parted
from dueregard.publish.charts.chart import words_of
from dueregard.publish.driver_sets import driver_sets
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import by_columns, fixed, is_all_areas, known, remade, rows_of, without_notes
from dueregard.publish.report.pages.driver_points import compared_points, driver_points
from dueregard.publish.report.pages.parts import EQUALITY, INFORMATION, Finding, Page, joined, opened
from dueregard.publish.report.pages.sampling import told
from dueregard.publish.report.pages.trend import everywhere
from dueregard.publish.sentences.driver_words import gain_unit
from dueregard.publish.sentences.sentences import sentences
from dueregard.publish.sentences.wording import inside

if TYPE_CHECKING:
    from dueregard.findings import Findings

SHARES = (
    "The share of a driver is what it adds to what is explained of the differences between people's answers, averaged "
    "over all orders in which the drivers could be taken in (Shapley's value, or LMG). The gain is what so much more "
    "of a driver goes with, the other drivers held equal."
)
GRID = (
    "Where levels differ by 10% of their scale at least, and gains by more than chance allows, lines stand at the "
    "averages of the drivers: to the left the level is lower, above them more goes with more. A driver that could be "
    "on either side, by chance, is hollow. Where a driver stands is no order to act: its gain is an association."
)
COMPARED = (
    "Each group has a model of its own; the difference between two groups is held against chance, and the p-values of "
    "all drivers are adjusted together."
)
OF_GRID = ("performance", "gain", "gain_low", "gain_high")
"""Columns that stand below the grid."""
NOT_LISTED = ("explained", "relative_weight", "standardised", "alone", "added_last")
"""Other measures of importance, which make room for the gains: the findings have them."""


def drivers(
    findings: Findings, compared: Findings | None = None, *, key: str, title: str, short: str, method: str = ""
) -> Page:
    """The page of key drivers: their shares, what to act on, and whether they matter differently to groups."""
    grid = _has_grid(findings)
    found = [_shares(findings, f"{key}-shares", told(SHARES, method), _elsewhere(findings, grid=grid))]
    found += [_grid(findings, f"{key}-grid")] if grid else []
    points = driver_points(findings)
    if compared is not None:
        found.append(compared_finding(compared, f"{key}-compared", said=[*findings.notes, *found[0].sentences]))
        points += compared_points(compared)
    words = told(SHARES, COMPARED if compared is not None else "", method)
    return Page(key, title, short, findings=found, points=points, method=[(short, words)],
                tells=INFORMATION if compared is None else EQUALITY)  # fmt: skip


def compared_drivers(findings: Findings, *, key: str, title: str, short: str) -> Page:
    """The page of a comparison of drivers between groups alone."""
    return Page(key, title, short, findings=[compared_finding(findings, f"{key}-compared")],
                points=compared_points(findings), method=[(short, told(SHARES, COMPARED))], tells=EQUALITY)  # fmt: skip


def _elsewhere(findings: Findings, *, grid: bool) -> list[str]:
    """What stands below the grid, and not with the shares; of areas the grid has those of all together alone."""
    return ["performance"] if grid and not by_columns(findings) else []


def _shares(findings: Findings, key: str, method: str, elsewhere: Sequence[str]) -> Finding:
    """Shares with their ranks; without a chart where none is known, and the sentences say why."""
    of_drivers = dict.fromkeys([*NOT_LISTED, *elsewhere])
    rows = [row | of_drivers if row["row_type"] == "driver" else row for row in rows_of(findings)]
    drawn = any(each.has_shares for each in driver_sets(findings))
    words = words_of(findings) if drawn else None
    outcome = opened(spoken(str(findings["measure"][0])))
    return Finding(
        key=key,
        statement=words.title if words else f"{outcome}: no share can be given",
        what=words.subtitle if words else outcome,
        sentences=sentences(everywhere(findings)) or sentences(findings),
        findings=remade(findings, rows),
        method=method,
        caption=f"Key drivers of {spoken(findings['measure'][0])}",
        drawn=drawn,
        pictured=findings,
    )


def _has_grid(findings: Findings) -> bool:
    """Whether there are two drivers at least with a present level and a gain."""
    try:
        return grid_of(findings).of_gains
    except ValueError:
        return False


def _grid(findings: Findings, key: str) -> Finding:
    """Drivers by their present level and by what more of them goes with."""
    words = words_of(findings, "grid")
    every, by = rows_of(findings, "driver"), by_columns(findings)
    together = [row for row in every if is_all_areas(row, by)] if by else []
    rows = [row for row in together or every if known(row["gain"])]
    names = [*(() if together else by), *(["group"] if any(row["group"] is not None for row in rows) else [])]
    unit = gain_unit(rows[0]).name
    heads = {"driver": "Driver", "performance": "Present level", "gain": f"Gain ({unit})" if unit else "Gain",
             "gain_low": "Gain, low", "gain_high": "Gain, high"}  # fmt: skip
    return Finding(
        key=key,
        statement=words.title,
        what=words.subtitle,
        sentences=fields_said(findings),
        findings=without_notes(remade(findings, rows), findings.notes),
        method=GRID,
        caption="Present levels and gains",
        table={"columns": [*names, "driver", *OF_GRID], "headings": heads},
        chart={"form": "grid"},
        pictured=findings,
    )


def compared_finding(findings: Findings, key: str, said: Sequence[str] = ()) -> Finding:
    """Whether drivers matter differently to groups, without what the page has said before."""
    rows = [row for row in rows_of(findings, "group") if known(row["estimate"])]
    words, outcome = words_of(findings) if rows else None, opened(spoken(str(findings["measure"][0])))
    return Finding(
        key=key,
        statement=words.title if words else f"{outcome}: drivers cannot be compared",
        what=words.subtitle if words else outcome,
        sentences=[text for text in sentences(everywhere(findings)) or sentences(findings) if text not in said],
        findings=without_notes(findings, said),
        method=COMPARED,
        caption=f"Key drivers of {spoken(findings['measure'][0])}, compared",
        drawn=bool(rows),
    )


def fields_said(findings: Findings) -> list[str]:
    """Which drivers stand in which field of the grid, those in doubt named as such, or why there are no fields; of each
    group and place."""
    grid = grid_of(findings)
    said = [_fields_of(panel, grid.what) for panel in grid.panels]
    return [f"{panel.name}: {text}." if panel.name else f"{opened(text)}."
            for panel, text in zip(grid.panels, said, strict=True)]  # fmt: skip


def _fields_of(panel: Panel, of: str) -> str:
    if panel.is_near:
        levels = [fixed(end(spot.level for spot in panel.spots), 0) for end in (min, max)]
        stand = f"at {levels[0]}" if levels[0] == levels[1] else f"from {levels[0]} to {levels[1]}"
        return f"present levels are {stand} of {panel.best:,.10g}, too near each other to say where there is more room"
    why = why_not_parted(panel, of)
    if why:
        return f"{why}, so that it is not said which are low or large"
    said = []
    for field in FIELDS:
        here = [spot for spot in panel.spots if panel.field(spot) == field]
        names = [inside(spot.name) + (" (in doubt)" if spot.crosses(panel.value_line) else "") for spot in here]
        said += [f"{field.name(of).lower()}: {joined(names)}"] if names else []
    return "; ".join(said)
