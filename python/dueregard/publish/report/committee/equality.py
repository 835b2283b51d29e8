"""C. Equality and diversity impact: how groups fare, and the impact assessments of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.plans.standings import OVERDUE
from dueregard.publish.readings import remade, rows_of
from dueregard.publish.report.committee.draft import Draft
from dueregard.publish.report.committee.information import information
from dueregard.publish.report.pages.parts import Page, text
from dueregard.publish.report.pages.units import a_few, number_of
from dueregard.publish.sentences.plan_points import by_weight
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.plans.plans import Plan

WANTED = "the impact of what is recommended here on people with each protected characteristic"
MEASURES = "Measures of the plan that compare groups"
MOST = 6
"""Measures in the body of the paper; the appendix has them all."""
NO_GROUPS = "findings that compare groups; none was given"


def equality(draft: Draft, pages: Sequence[Page], places: Mapping[str, int], plans: Sequence[Plan]) -> str:
    """Findings by group, impact assessments, and what only the authors can say."""
    measures = [sentence for plan in plans for sentence in of_groups(plan)]
    parts = [information(draft, pages, places)] if pages else []
    parts += [f"<h3>{text(MEASURES)}</h3>", *draft.paragraphs(measures)] if measures else []
    parts = parts or [draft.paragraph("", NO_GROUPS)]
    assessed = [plan for plan in plans if plan.contents.assessments]
    parts.append("<h3>Equality impact assessments</h3>")
    parts += [draft.paragraph(" ".join(impact_of(plan))) for plan in assessed]
    if not assessed:
        parts.append(draft.paragraph("", "which impact assessments are due and completed; no plan lists any"))
    return "\n".join([*parts, draft.paragraph("", WANTED)])


def of_groups(plan: Plan) -> list[str]:
    """What the measures of a plan say that hold one group against another, those that changed first."""
    compare = {each.id for each in plan.contents.measures if each.compares or each.comparator}
    found = plan.progress()
    rows = sorted((row for row in rows_of(found) if row["measure_id"] in compare), key=by_weight)
    said = [sentence for row in rows[:MOST] for sentence in sentences(remade(found, [row]))]
    more = len(rows) - MOST
    others = f"{more} other measure{' compares' if more == 1 else 's compare'} groups: see the appendix on the plan."
    return [*said, others] if more > 0 else said


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
