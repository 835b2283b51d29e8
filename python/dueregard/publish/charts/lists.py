"""Findings that are lists, which no chart would say better: what they are, and what can be drawn instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.assessment.verification.statistics import PAIRING, TO_CHECK
from dueregard.publish.sentences.audit_sentences import is_audit
from dueregard.publish.tables.plan_grids import plan_kind
from dueregard.publish.tables.return_grids import return_kind

if TYPE_CHECKING:
    from dueregard.findings import Findings

DRAWN_OF_PLANS = ("progress", "scorecard")
OF_PLANS = {"periods": "readings by period", "set aside": "list of what was set aside"}
OF_MEASURES = {
    TO_CHECK: "answers to check have no chart; print them, and once they are checked plot their agreement",
    PAIRING: "pairs of units have no chart; print them, or plot the assessment itself",
}


def refuse_lists(findings: Findings) -> None:
    """Refuse findings that are lists.

    Raises
    ------
    ValueError
        If they are; it says what can be drawn.
    """
    said = _why(findings)
    if said is not None:
        raise ValueError(f"findings: {said}")


def is_list(findings: Findings) -> bool:
    """Whether findings are a list."""
    return _why(findings) is not None


def _why(findings: Findings) -> str | None:
    """Why findings have no chart, if they are a list."""
    plan, returned = plan_kind(findings), return_kind(findings)
    if plan is not None and plan not in DRAWN_OF_PLANS:
        what = OF_PLANS.get(plan, plan)
        return f"the {what} of a plan cannot be drawn; print it, or plot the progress or the scorecard of the plan"
    if returned is not None:
        what = "a register" if returned == "register" else "a list"
        return f"{what} of returns has no chart; print it, or plot the assessment of what was returned"
    if is_audit(findings):
        return "an audit has no chart; print it, or the sentences"
    measures = set(findings["measure"])
    return OF_MEASURES.get(measures.pop()) if len(measures) == 1 else None
