"""Findings in plain English: the value, what it is compared with, the interval, and what cannot be said.

Every number in a sentence is a number of its row, or of assessments how many rows say the same; the check is
`unsupported_numbers`. Each kind of findings has a file of its own; here is which rows are of which kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.levels import statements
from dueregard.publish.numbers import numbers_in, unsupported_numbers
from dueregard.publish.readings import known
from dueregard.publish.sentences.assessment_sentences import assessment_sentences, is_assessment
from dueregard.publish.sentences.audit_sentences import audit_sentences, is_audit
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.crossing_sentences import crossing_sentence, empty_combinations, is_crossing
from dueregard.publish.sentences.declaration_sentences import declaration_sentences, is_declaration
from dueregard.publish.sentences.funnel_sentences import funnel_sentence, is_funnel, is_shrunken, shrinkage_sentence
from dueregard.publish.sentences.index_sentences import index_sentence
from dueregard.publish.sentences.plan_sentences import is_plan, plan_sentences
from dueregard.publish.sentences.rate_sentences import rate_sentence
from dueregard.publish.sentences.repeat_sentences import is_figure, repeat_sentence
from dueregard.publish.sentences.representation_sentences import workforce_sentence
from dueregard.publish.sentences.return_sentences import is_return, return_sentences
from dueregard.publish.sentences.unknown_sentences import unknown_sentences
from dueregard.publish.sentences.value_sentences import level_sentence, score_sentence
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread, variation
from dueregard.publish.sentences.verification_sentences import (
    is_verification,
    verification_sentences,
    verified_or_paired,
)
from dueregard.publish.sentences.wording import Row

if TYPE_CHECKING:
    from dueregard.findings import Findings

__all__ = ["numbers_in", "sentences", "unsupported_numbers"]


def sentences(findings: Findings) -> list[str]:
    """What the findings say, in the order of the rows; the row of the reference itself says nothing of its own.

    Rows that differ in their confidence level alone are one sentence, with the verdict of the first. Of unknown groups
    and of declaration, the rows of one comparison are one sentence too.
    """
    if is_audit(findings):
        return audit_sentences(findings)
    if is_plan(findings):
        return plan_sentences(findings)
    if is_return(findings):
        return return_sentences(findings)
    if is_assessment(findings):
        return assessment_sentences(findings)
    if "assumption" in findings.columns:
        return unknown_sentences(findings)
    if is_declaration(findings):
        return declaration_sentences(findings)
    if is_verification(findings):
        return verification_sentences(findings)
    rows = list(findings.rows())
    differing: dict[object, bool] = {}
    for row in rows:
        if is_spread(row) and known(row["low"]):
            differing.setdefault((row["measure"], row["group"]), is_beyond_chance(row))
    threshold = getattr(findings, "threshold", None)
    said = (
        sentence(row, findings.by, threshold, differing.get((row["measure"], row["group"])), further)
        for row, *further in statements(rows)
    )
    return [*(text for text in said if text), *empty_combinations(rows)]


def sentence(
    row: Row,
    by: Sequence[str],
    threshold: float | None = None,
    differs: bool | None = None,
    further: Sequence[Row] = (),
) -> str:
    """What one row says, with the further levels of the same statement.

    `threshold` is the difference taken as mattering, `differs` whether areas are shown to differ, if known.
    """
    if is_funnel(row):
        return funnel_sentence(row, by, further)
    if is_shrunken(row):
        return shrinkage_sentence(row, by)
    if row["row_type"] == "variation":
        return variation(row, by, differs, further)
    special = _special(row, by, threshold, further)
    if special is not None:
        return special
    if any(name in row for name in ("unit", "indicator", "kind")):
        return score_sentence(row, by)
    if row["reference"] is None:
        return level_sentence(row, by)
    if row["row_type"] == "reference":
        return ""
    return comparison(row, by, threshold, further)


def _special(row: Row, by: Sequence[str], threshold: float | None, further: Sequence[Row]) -> str | None:
    """What a row of a kind with words of its own says; None for all others."""
    if is_crossing(row):
        return crossing_sentence(row, threshold, further)
    verified = verified_or_paired(row)
    if verified is not None:
        return verified
    if is_figure(row):
        return repeat_sentence(row, by)
    if row.get("index") is not None:
        return index_sentence(row, by)
    said = workforce_sentence(row, by, threshold, further)
    if said is not None:
        return said
    if row.get("basis") is not None:
        return "" if row["row_type"] == "reference" else rate_sentence(row, by, threshold, further)
    return None
