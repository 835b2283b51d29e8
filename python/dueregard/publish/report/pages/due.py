"""What of a plan is overdue and due, its impact assessments, recommendations and costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.plans.standings import DUE, OVERDUE
from dueregard.plans.status_rows import RESERVATION_OPEN
from dueregard.publish.days import written_day
from dueregard.publish.readings import Row, fixed, remade, rows_of
from dueregard.publish.report.pages.parts import Finding, joined
from dueregard.publish.report.pages.units import number_of
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.plans.plans import Plan

STATUS = (
    "Everything that is to be done, at the day on which the plan is judged: overdue when its day is past and nothing "
    "says that it was done."
)
IMPACT = "Full counts of the assessments due by the day on which the plan is judged, and of their mitigations."
COSTS = "Sums as the plan lists them. A sum with an unknown part is unknown; nothing listed is not nothing spent."
ANSWERS = "As the plan lists them: what was answered, what was reserved and who decides."
NOUNS = {"action": "actions", "milestone": "milestones", "recommendation": "recommendations",
         "assessment": "impact assessments", "mitigation": "mitigations"}  # fmt: skip
MOST_OVERDUE = 15
"""Of more that is overdue, the longest is listed."""
MOST_LISTED = 100
"""A table of more things than this is longer than the rest of a report."""


def without_notes(found: Findings, keep: int = 0) -> Findings:
    """The findings with the first of their notes alone: a page says those of its plan once."""
    return found.with_columns({name: found[name] for name in found.columns}, found.notes[:keep])


def due_of(plan: Plan, key: str) -> Finding | None:
    """What is overdue, the longest first, and what is due within a month."""
    found = plan.status()
    rows = [row for row in rows_of(found) if row["verdict"] in (OVERDUE, DUE)]
    if not len(found):
        return None
    rows.sort(key=lambda row: (row["verdict"] != OVERDUE, -row["days"] if row["verdict"] == OVERDUE else row["days"]))
    listed, more = rows[:MOST_OVERDUE], len(rows) - MOST_OVERDUE
    late = sum(row["verdict"] == OVERDUE for row in rows)
    are, things = "is" if more == 1 else "are", number_of(len(found), "things")
    notes = [f"{more:,} more that {are} overdue or due {are} not listed here; the status of the plan lists all."]
    return Finding(
        key=f"{key}-due",
        statement=f"{late} overdue and {len(rows) - late} due within 30 days, of {things} to be done",
        what=f"Actions, milestones, recommendations, impact assessments and mitigations at {written_day(plan.on)}",
        sentences=standing_of(rows_of(found)),
        findings=without_notes(remade(found, listed)),
        method=STATUS,
        caption="Overdue, the longest first, and due",
        wraps=True,
        notes=notes if more > 0 else [],
        drawn=False,
        listed=bool(rows),
    )


def all_of(plan: Plan, key: str) -> Finding | None:
    """Everything that is to be done or was done, with its owner; of very long plans the status alone has it."""
    found = plan.status()
    if not 0 < len(found) <= MOST_LISTED:
        return None
    return Finding(
        key=f"{key}-all",
        statement=f"All that is to be done, and what is done: {number_of(len(found), 'things')}",
        what=f"Actions, milestones, recommendations, impact assessments and mitigations at {written_day(plan.on)}",
        sentences=[],
        findings=without_notes(found),
        method="",
        caption="All that is to be done, in the order of the plan",
        wraps=True,
        drawn=False,
        elsewhere=True,
    )


def standing_of(rows: Sequence[Row]) -> list[str]:
    """How many of each noun stand how."""
    said = []
    for noun, many in NOUNS.items():
        counts = Counter(row["verdict"] for row in rows if row["measure"] == noun)
        if counts:
            listed = joined([f"{count:,} {verdict}" for verdict, count in counts.most_common()])
            said.append(f"Of {number_of(counts.total(), many)}: {listed}.")
    return said


def impact_of(plan: Plan, key: str) -> Finding | None:
    """Equality impact assessments, due and completed, as counts."""
    rows = [row for row in rows_of(plan.assessments()) if row["item"] is None]
    if not plan.contents.assessments:
        return None
    found = without_notes(remade(plan.assessments(), rows))
    done = rows[0]
    return Finding(
        key=f"{key}-impact",
        statement=_completed(done["count"], done["nobs"]),
        what=f"Equality impact assessments and their mitigations at {written_day(plan.on)}",
        sentences=sentences(found),
        findings=found,
        method=IMPACT,
        caption="Equality impact assessments",
        elsewhere=True,
        table={
            "columns": ["measure", "count", "nobs", "value"],
            "headings": {"measure": "What", "count": "Number", "nobs": "Of", "value": "Percent"},
        },
        drawn=False,
    )


def _completed(count: int, of: int) -> str:
    """How many of the assessments that were due are completed."""
    due = "impact assessment that was due" if of == 1 else "impact assessments that were due"
    return f"{count} of {of} {due} {'is' if count == 1 else 'are'} completed"


def answers_of(plan: Plan, key: str) -> Finding | None:
    """Recommendations, what was answered, and how far they are."""
    found = without_notes(plan.recommendations())
    if not plan.contents.recommendations:
        return None
    waiting = sum(RESERVATION_OPEN in (row["waits_for"] or "") for row in rows_of(found))
    number = number_of(len(plan.contents.recommendations), "recommendations")
    return Finding(
        key=f"{key}-answers",
        statement=f"{number}; {number_of(waiting, 'reservations')} still open",
        what=f"Recommendations at {written_day(plan.on)}",
        sentences=sentences(found),
        findings=found,
        method=ANSWERS,
        caption="Recommendations",
        elsewhere=True,
        wraps=True,
        drawn=False,
    )


def costs_of(plan: Plan, key: str) -> Finding | None:
    """Costs and savings; nothing where the plan lists none."""
    if not plan.contents.costs:
        return None
    found = plan.costs()
    rows = [row for row in rows_of(found) if row["objective"] is None or row["nobs"]]
    shown = without_notes(remade(found, rows))
    return Finding(
        key=f"{key}-costs",
        statement=cost_statement(rows),
        what="Costs and savings by objective and financial year, in pounds",
        sentences=cost_sentences(shown),
        findings=shown,
        method=COSTS,
        caption="Costs and savings",
        elsewhere=True,
        drawn=False,
    )


def cost_statement(rows: Sequence[Row]) -> str:
    """What it all comes to, or that it is not known."""
    net = next(row for row in rows if row["objective"] is None and row["year"] is None and row["measure"] == "net cost")
    if net["verdict"] == "unknown":
        return f"The net cost is not known: {net['count']} of {net['nobs']} sums are"
    return f"The net cost is £{fixed(net['value'], 0)}"


def cost_sentences(found: Findings) -> list[str]:
    """What is said of all objectives together."""
    return sentences(remade(found, [row for row in rows_of(found) if row["objective"] is None]))
