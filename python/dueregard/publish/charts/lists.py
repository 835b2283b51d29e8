"""Kinds of findings that are lists, which no chart would say better: what they are, and what can be drawn instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.readings import known

if TYPE_CHECKING:
    from dueregard.findings import Findings


def _of_assessments(what: str) -> str:
    return f"a list of {what} has no chart; print it, or plot the assessment itself"


def _of_returns(what: str) -> str:
    return f"{what} of returns has no chart; print it, or plot the assessment of what was returned"


def _of_plans(what: str) -> str:
    return f"the {what} of a plan cannot be drawn; print it, or plot the progress or the scorecard of the plan"


LISTS = {
    "audit": "an audit has no chart; print it, or the sentences",
    "next steps": _of_assessments("next steps"),
    "unmet": _of_assessments("unmet"),
    "answers set aside": _of_assessments("answers set aside"),
    "round changes": _of_assessments("changes"),
    "answers to check": "answers to check have no chart; print them, and once they are checked plot their agreement",
    "pairs": "pairs of units have no chart; print them, or plot the assessment itself",
    "register": _of_returns("a register"),
    "returns set aside": _of_returns("a list"),
    "inconsistent answers": _of_returns("a list"),
    "unexpected returns": _of_returns("a list"),
    "plan status": _of_plans("status"),
    "plan costs": _of_plans("costs"),
    "recommendations": _of_plans("recommendations"),
    "impact assessments": _of_plans("assessments"),
    "plan periods": _of_plans("readings by period"),
    "plan rows set aside": _of_plans("list of what was set aside"),
}
"""Why each has no chart."""
TESTS = (
    "a test of a table has no chart: a p-value is no size, and small ones drawn large mislead; print it, or plot "
    "dueregard.gap or dueregard.survey_estimate of the same answers"
)
"""Why a test without a difference has none."""


def refuse_lists(findings: Findings) -> None:
    """Refuse findings that are lists.

    Raises
    ------
    ValueError
        If they are; it says what can be drawn.
    """
    why = _why(findings)
    if why:
        raise ValueError(f"findings: {why}")


def is_list(findings: Findings) -> bool:
    """Whether findings are a list."""
    return bool(_why(findings))


def _why(findings: Findings) -> str:
    """Why there is no chart; nothing where there is one."""
    if findings.kind == "survey tests" and not any(known(value) for value in findings["estimate"]):
        return TESTS
    return LISTS.get(findings.kind, "")
