"""The pages of plans that no chart would say more of: status, costs, recommendations, assessments, quarters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.kinds import PLANS
from dueregard.publish.charts.lists import is_list
from dueregard.publish.charts.progress_chart import marks_of
from dueregard.publish.report.pages.parts import Page, sentences
from dueregard.publish.sentences.sentences import sentences as said
from dueregard.publish.tables.tables import html_table

if TYPE_CHECKING:
    from dueregard.findings import Findings


def is_listed(findings: Findings) -> bool:
    """Whether findings of a plan have nothing to draw."""
    if findings.kind not in PLANS:
        return False
    return is_list(findings) or not any(mark.known for mark in marks_of(findings))


def plan_list(findings: Findings, place: int) -> Page:
    """Sentences, then the table with what has to be known."""
    key, title = f"findings-{place}", findings.title or "Plan"
    table = html_table(findings, caption=title, key=f"{key}-table", page=True)
    html = f'{sentences(said(findings))}\n<div class="table">{table}</div>'
    return Page(key, title, title, html=html)
