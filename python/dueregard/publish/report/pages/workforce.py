"""The workforce against the population it serves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dueregard.missing import is_missing
from dueregard.publish.readings import Row, fixed, known, remade, rows_of
from dueregard.publish.report.pages.parts import EQUALITY, Finding, Page, Point, joined

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = (
    "Each group's share of the staff who state their ethnic group, with Wilson's interval for chance variation in the "
    "process, beside its share of the population. Staff who do not state or refuse are outside the percentages and are "
    "counted. The population is of all ages; staff are of working age, so part of a difference is age."
)
COLUMN = "population_percent"


def workforce(findings: Findings, population: Mapping[str, float], place: str, when: str) -> Page:
    """The page of the shares of staff, each beside the same group's share of the population."""
    rows = [row for row in rows_of(findings) if row["group"] in population and known(row["value"])]
    shown = with_population(findings, population)
    finding = Finding(
        key="shares",
        statement=_statement(rows, population, place),
        what=f"Percent of staff who state an ethnic group, against percent of the population of {place}, {when}",
        sentences=_sentences(findings, rows, population, place),
        findings=shown,
        method=METHOD,
        caption=f"Staff and population of {place} by ethnic group",
        table={
            "columns": ["group", "count", "nobs", "value", "low", "high", COLUMN],
            "headings": {"group": "Ethnic group", "value": "Staff (%)", COLUMN: "Population (%)"},
        },
        chart={"compared": population, "names": ("Staff", f"Population of {place}")},
    )
    point = _point(rows, population, place)
    return Page(
        "workforce",
        "Workforce against population",
        "Workforce",
        findings=[finding],
        points=[point] if point else [],
        method=[("Workforce", METHOD)],
        tells=EQUALITY,
    )


def with_population(findings: Findings, population: Mapping[str, float]) -> Findings:
    """The rows of the groups that the population has, with a column for its share."""
    rows = [row for row in rows_of(findings) if row["group"] in population]
    return remade(findings, [{**row, COLUMN: float(population[row["group"]])} for row in rows])


def _furthest(rows: list[Row], population: Mapping[str, float], below: bool) -> Row | None:
    """The group furthest below (or above) its share of the population; the remainder is not a group."""
    named = [row for row in rows if not str(row["group"]).startswith(("All other", "Other"))]
    side = [row for row in named if (row["value"] < population[row["group"]]) == below]
    return max(side, key=lambda row: abs(row["value"] - population[row["group"]]), default=None)


def _statement(rows: list[Row], population: Mapping[str, float], place: str) -> str:
    low = _furthest(rows, population, True)
    if low is None:
        return f"No group has a smaller share of staff than of the population of {place}"
    return f"{low['group']}: {fixed(low['value'])}% of staff, {fixed(population[low['group']], 0)}% of the population"


def _sentences(findings: Findings, rows: list[Row], population: Mapping[str, float], place: str) -> list[str]:
    listed = [f"{row['group']} {fixed(row['value'])}% ({fixed(population[row['group']], 0)}%)" for row in rows]
    base = next((row["nobs"] for row in rows), 0)
    said = f"Of the {base:,} staff who state an ethnic group (in brackets the share of the population of {place}): "
    text = (
        said + joined(listed) + ". A difference does not say why: recruitment, leaving, age and declaration all count."
    )
    unknown = [row for row in rows_of(findings) if is_missing(row["group"]) and row["count"]]
    parts = joined([f"{row['count']:,} ({row['group']})" for row in unknown])
    return [text, *([f"Staff who are outside these percentages: {parts}."] if unknown else [])]


def _point(rows: list[Row], population: Mapping[str, float], place: str) -> Point | None:
    low = _furthest(rows, population, True)
    if low is None:
        return None
    text = (
        f"of staff who state an ethnic group are {low['group']}, against {fixed(population[low['group']], 0)}% of the "
        f"population of {place}."
    )
    return Point(f"{fixed(low['value'])}%", "", text)
