"""Rates of events for the size of each group, beside the reference's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR
from dueregard.publish.charts.alternatives import gap_words, rates_words
from dueregard.publish.readings import Row, by_columns, is_all_areas, known, remade, rows_of
from dueregard.publish.report.pages.parts import EQUALITY, Finding, Page, Point, opened
from dueregard.publish.sentences.sentences import sentences
from dueregard.publish.sentences.wording import group_of, reference_of
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.ratios import times

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = (
    "Events of each group over the people of the same group, beside the same rate of the reference. The ratio of two "
    "rates has Miettinen and Nurminen's score interval, which allows for chance in the number of events. The lowest "
    "and the highest possible ratio are those over every way in which events whose group is not known could be of any "
    "group; chance is no part of them."
)
COLUMNS = ("count", "nobs", "value", "estimate", "low", "high", "bound_low", "bound_high", "verdict")


def proportionality(findings: Findings, *, key: str = "proportionality", title: str = "", short: str = "") -> Page:
    """The page of one table of rates; the title is that of the findings unless given."""
    by = by_columns(findings)
    everywhere = [row for row in rows_of(findings, "group") if not by or is_all_areas(row, by)]
    what = rates_words(rows_of(findings)) or opened(str(findings["measure"][0]))
    shown = remade(findings, rows_of(findings, "group", "reference"))
    finding = Finding(
        key=f"{key}-rates",
        statement=gap_words(findings).title,
        what=f"{what}, with the ratio to {findings['reference'][0]}",
        sentences=sentences(remade(findings, everywhere)),
        findings=remade(findings, rows_of(shown)),
        method=METHOD,
        caption=what,
        table={"columns": [*by, "group", *(name for name in COLUMNS if name in findings.columns)]},
        notes=(),
    )
    events = what.partition(" per ")[0]
    return Page(
        key,
        title or findings.title or f"{events} for the size of each group",
        short or events,
        findings=[finding],
        points=_points(everywhere),
        method=[(short or events, METHOD)],
        tells=EQUALITY,
    )


def _points(everywhere: Sequence[Row]) -> list[Point]:
    """The ratio furthest from 1 that is more than chance."""
    clear = [row for row in everywhere if known(row["estimate"]) and str(row["verdict"]).startswith(CLEAR)]
    if not clear:
        return []
    row = max(clear, key=lambda each: unit_of(each).distance(each["estimate"]))
    events = str(row["measure"]).partition(" per ")[0]
    span = ""
    if known(row.get("bound_low")) and row.get("unknown_events"):
        span = f", and {times(row['bound_low'])} to {times(row['bound_high'])} whatever the groups that are not known"
    text = (
        f"the rate of {events}: {group_of(row)} against {reference_of(row)} "
        f"(interval {times(row['low'])} to {times(row['high'])}{span}). It does not say why."
    )
    return [Point(times(row["estimate"]), "times", text)]
