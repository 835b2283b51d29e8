"""Assessments in plain English: which kind of their findings is said by which file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dueregard.publish import assessment_kinds as kinds
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

SAYS: dict[str, Callable[[Sequence[Row], Sequence[str]], list[str]]] = {
    kinds.SCORES: score_sentences,
    kinds.THRESHOLDS: threshold_sentences,
    kinds.LEVELS: level_sentences,
    kinds.NEXT_STEPS: next_step_sentences,
    kinds.STRENGTHS: strength_sentences,
    kinds.UNMET: unmet_sentences,
    kinds.ANSWERS: answer_sentences,
    kinds.ASIDE: aside_sentences,
    kinds.PERFORMANCE: performance_sentences,
    kinds.COMPARED: compared_sentences,
    kinds.CROSSINGS: crossing_sentences,
    kinds.CHANGES: change_sentences,
    kinds.PROGRESS: progress_sentences,
}


def is_assessment(findings: Findings) -> bool:
    """Whether findings are those of an assessment."""
    return kinds.assessment_kind(findings) is not None


def assessment_sentences(findings: Findings) -> list[str]:
    """What the findings say; nothing where there are no rows."""
    says = SAYS[kinds.assessment_kind(findings) or ""]
    rows = list(findings.rows())
    return says(rows, findings.by) if rows else []
