"""Assessments in plain English: which kind of their findings is said by which file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.publish.sentences.assessments.level_sentences import level_sentences, next_step_sentences
from dueregard.publish.sentences.assessments.performance_sentences import compared_sentences, performance_sentences
from dueregard.publish.sentences.assessments.round_sentences import (
    change_sentences,
    crossing_sentences,
    progress_sentences,
)
from dueregard.publish.sentences.assessments.score_sentences import score_sentences
from dueregard.publish.sentences.assessments.strength_sentences import (
    answer_sentences,
    aside_sentences,
    strength_sentences,
    unmet_sentences,
)
from dueregard.publish.sentences.assessments.threshold_sentences import threshold_sentences
from dueregard.publish.sentences.wording import Row

if TYPE_CHECKING:
    from dueregard.findings import Findings

SAYS: Mapping[str, Callable[[Sequence[Row], Sequence[str]], list[str]]] = {
    "scores": score_sentences,
    "thresholds": threshold_sentences,
    "levels": level_sentences,
    "next steps": next_step_sentences,
    "strengths": strength_sentences,
    "unmet": unmet_sentences,
    "answers": answer_sentences,
    "answers set aside": aside_sentences,
    "performance": performance_sentences,
    "compared scores": compared_sentences,
    "round crossings": crossing_sentences,
    "round changes": change_sentences,
    "round progress": progress_sentences,
}


def assessment_sentences(findings: Findings) -> list[str]:
    """What the findings say; nothing where there are no rows."""
    says, rows = SAYS[findings.kind], list(findings.rows())
    return says(rows, findings.by) if rows else []
