"""Which findings of an assessment are which: each kind by the columns that it alone has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.assessment.scores.group_tests import MEASURE as MEAN_SCORE

if TYPE_CHECKING:
    from dueregard.findings import Findings

SCORES, THRESHOLDS, LEVELS, NEXT_STEPS = "scores", "thresholds", "levels", "next steps"
STRENGTHS, UNMET, ANSWERS, ASIDE = "strengths", "unmet", "answers", "answers set aside"
PERFORMANCE, COMPARED = "performance", "compared"
PROGRESS, CROSSINGS, CHANGES = "progress", "crossings", "changes"

MARKS: tuple[tuple[str, frozenset[str]], ...] = (
    (PROGRESS, frozenset({"expected_rise", "beyond_expected"})),
    (CHANGES, frozenset({"from_round", "after"})),
    (CROSSINGS, frozenset({"from_round", "called"})),
    (LEVELS, frozenset({"highest_level", "levels"})),
    (NEXT_STEPS, frozenset({"holds_back", "next_level"})),
    (STRENGTHS, frozenset({"exceptions", "met_by"})),
    (PERFORMANCE, frozenset({"threshold", "kind"})),
    (THRESHOLDS, frozenset({"answered", "called"})),
    (SCORES, frozenset({"answered", "kind", "note"})),
    (ANSWERS, frozenset({"answer", "text", "kind"})),
    (UNMET, frozenset({"answer", "text"})),
    (ASIDE, frozenset({"answer", "row", "note"})),
)
"""The first whose columns are all there; several, since areas may be called anything."""
OF_OTHERS = frozenset({"file", "item", "checked", "possible_low"})
"""Columns of returns, plans and verification, which have words and tables of their own."""


def assessment_kind(findings: Findings) -> str | None:
    """Which findings of an assessment they are, if they are any.

    >>> import dueregard as dr
    >>> boroughs = dr.assess(dr.data.load("borough_answers"), dr.frameworks.esps())
    >>> assessment_kind(boroughs.scores()), assessment_kind(boroughs.compare("area"))
    ('scores', 'compared')
    """
    columns = set(findings.columns)
    if columns & OF_OTHERS:
        return None
    if set(findings["measure"]) == {MEAN_SCORE}:
        return COMPARED
    return next((kind for kind, marks in MARKS if marks <= columns), None)
