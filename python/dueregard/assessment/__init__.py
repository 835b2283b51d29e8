"""Assessments: units scored against the indicators of a framework."""

from dueregard.assessment import frameworks
from dueregard.assessment.assessing import assess
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.results import Assessment
from dueregard.assessment.rounds.progress import progress
from dueregard.assessment.rounds.rounds import Rounds, assess_rounds
from dueregard.assessment.scores.score_arrays import AnswerScores, score_answers

__all__ = [
    "AnswerScores",
    "Assessment",
    "Framework",
    "Rounds",
    "assess",
    "assess_rounds",
    "frameworks",
    "progress",
    "score_answers",
]
