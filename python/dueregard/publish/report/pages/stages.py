"""Stages of work: how likely each group is to reach them, over the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.stage_words import is_worse, spoken_stage, stage_title
from dueregard.publish.readings import known, remade, rows_of
from dueregard.publish.report.pages.parts import EQUALITY, Finding, Page, Point
from dueregard.publish.sentences.sentences import sentences
from dueregard.publish.sentences.wording import group_of, reference_of
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.ratios import times

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = (
    "Those of each group who reached a stage, out of those who could have; the ratio is the group's likelihood over "
    "the reference's, with Miettinen and Nurminen's score interval. For some stages a ratio above 1 is worse for the "
    "group, for others one below 1: the chart says which. P-values are adjusted over all groups and stages by Holm's "
    "method. People whose group is not known are in no ratio."
)
NUMBERS = ("count", "nobs", "value", "reference_value", "estimate", "low", "high", "verdict")


def stages(findings: Findings, *, key: str = "stages", title: str = "Stages of work", short: str = "Stages") -> Page:
    """The page of a table of stages."""
    rows = [row for row in rows_of(findings, "group") if known(row["estimate"])]
    reference = str(findings["reference"][0])
    when = f", {findings['period'][0]}" if findings["period"][0] else ""
    finding = Finding(
        key=f"{key}-ratios",
        statement=stage_title(rows, reference),
        what=f"Relative likelihood of each stage, against {reference}{when}",
        sentences=sentences(remade(findings, rows)),
        findings=remade(findings, rows),
        method=METHOD,
        caption=f"Relative likelihoods of stages of work against {reference}{when}",
        table={
            "columns": ["stage", *(["group"] if len({row["group"] for row in rows}) > 1 else []), *NUMBERS],
            "headings": {"value": "Group (per 100)", "reference_value": f"{reference} (per 100)"},
        },
    )
    worse = [row for row in rows if is_worse(row)]
    points = []
    if worse:
        row = max(worse, key=lambda each: unit_of(each).distance(each["estimate"]))
        text = (
            f"as likely to reach the stage of {spoken_stage(row)}: {group_of(row)} against {reference_of(row)} "
            f"(interval {times(row['low'])} to {times(row['high'])}). It does not say why."
        )
        points.append(Point(times(row["estimate"], exact=False), "times", text))
    return Page(key, title, short, findings=[finding], points=points, method=[(title, METHOD)], tells=EQUALITY)
