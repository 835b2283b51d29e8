"""Which page of the report findings of one's own become."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.chart import words_of
from dueregard.publish.readings import is_all_areas, remade, rows_of
from dueregard.publish.report.pages.parts import Finding, Page, opened
from dueregard.publish.report.pages.plans import is_listed, plan_list
from dueregard.publish.report.pages.proportionality import proportionality
from dueregard.publish.report.pages.stages import stages
from dueregard.publish.report.pages.unknowns import unknowns
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

METHOD = "As the column of methods in the data says; see the documentation of the function that made them."


def page_of_findings(findings: Findings, place: int) -> Page:
    """The page of findings, the ``place``-th of the report: by what they are about, and a plain one for all others."""
    names = findings.columns
    title = findings.title or ""
    if is_listed(findings):
        return plan_list(findings, place)
    if "assumption" in names:
        return unknowns(findings, key=f"unknowns-{place}", title=title or "What is not known")
    if "stage" in names:
        return stages(findings, key=f"stages-{place}", title=title or "Stages of work")
    rates = {measure for measure in findings["measure"] if measure is not None}
    if "bound_low" in names and len(rates) == 1:
        return proportionality(findings, key=f"proportionality-{place}")
    return _plain(findings, place)


def _everywhere(findings: Findings) -> Findings:
    """The rows for all areas together, of findings by area: what each area says is in the table."""
    rows = [row for row in rows_of(findings) if is_all_areas(row, findings.by) and row["row_type"] != "variation"]
    return remade(findings, rows) if rows else findings


def _plain(findings: Findings, place: int) -> Page:
    """Title, sentences, chart and table, as the findings give them."""
    words = words_of(findings)
    measure = opened(str(next((name for name in findings["measure"] if name is not None), "Findings")))
    finding = Finding(
        key=f"findings-{place}-table",
        statement=words.title,
        what=words.subtitle,
        sentences=sentences(_everywhere(findings)),
        findings=findings,
        method=METHOD,
        caption=measure,
        notes=findings.notes,
    )
    title = findings.title or measure
    return Page(f"findings-{place}", title, title, findings=[finding], method=[(title, METHOD)])
