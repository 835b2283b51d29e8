"""C. Equality and diversity impact: how groups fare, and the impact assessments of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.plans.standings import OVERDUE
from dueregard.publish.readings import remade, rows_of
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.committee.information import information
from dueregard.publish.report.pages.parts import Page
from dueregard.publish.report.pages.units import a_few, number_of
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.plans.plans import Plan

WANTED = "the impact of what is recommended here on people with each protected characteristic"
NO_GROUPS = "findings that compare groups; none was given"


def equality(draft: Draft, pages: Sequence[Page], places: Mapping[str, int], plans: Sequence[Plan]) -> str:
    """Findings by group, impact assessments, and what only the authors can say."""
    parts = [information(draft, pages, places)] if pages else [draft.paragraph("", NO_GROUPS)]
    assessed = [plan for plan in plans if plan.contents.assessments]
    parts.append("<h3>Equality impact assessments</h3>")
    parts += [draft.paragraph(" ".join(impact_of(plan))) for plan in assessed]
    if not assessed:
        parts.append(draft.paragraph("", "which impact assessments are due and completed; no plan lists any"))
    return "\n".join([*parts, draft.paragraph("", WANTED)])


def impact_of(plan: Plan) -> list[str]:
    """Assessments due and completed, those overdue by name, and the mitigations that are open."""
    found = plan.assessments()
    counts = [row for row in rows_of(found) if row["item"] is None]
    late = [row for row in rows_of(found) if row["item"] is not None and row["verdict"] == OVERDUE]
    late.sort(key=lambda row: -row["days"])
    said = sentences(remade(found, counts))
    if late:
        named = a_few([f"{row['item']} ({row['text']})" for row in late])
        said.append(f"{number_of(len(late), 'assessments')} {'is' if len(late) == 1 else 'are'} overdue: {named}.")
    return said
