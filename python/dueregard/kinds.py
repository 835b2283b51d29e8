"""The kinds of findings: what a table of results is of, by which publishing chooses its sentences, table and chart.

Findings made of somebody's own columns have none. A kind is written out where findings are made; the type checker, and
the findings themselves, refuse one that does not stand here.
"""

from __future__ import annotations

from typing import Literal, get_args

from dueregard.hints import did_you_mean

OfMeasures = Literal[
    "gap", "ordinal gap", "pay gap", "time gap", "share", "crossed groups", "repeats", "unknowns", "declaration",
    "rates", "standardised rates", "outcome test",
    "representation", "share changes", "parity", "stages",
    "funnel", "shrinkage", "ranks", "indices",
    "rolling", "gap change",
    "survey estimates", "survey tests", "response rates", "weighting classes", "multiple responses",
    "unanswered bounds", "precision",
]  # fmt: skip
OfAssessments = Literal[
    "scores", "thresholds", "levels", "next steps", "strengths", "unmet", "answers", "answers set aside",
    "performance", "compared scores", "round progress", "round crossings", "round changes",
    "agreement", "verified scores", "answers to check", "pairs",
]  # fmt: skip
OfReturns = Literal["register", "returns set aside", "inconsistent answers", "unexpected returns"]
OfPlans = Literal[
    "plan progress", "scorecard", "plan status", "plan costs", "recommendations", "impact assessments",
    "plan periods", "plan rows set aside",
]  # fmt: skip
Kind = Literal[OfMeasures, OfAssessments, OfReturns, OfPlans, "audit"]

KINDS: frozenset[str] = frozenset(get_args(Kind))


def check_kind(kind: object) -> None:
    """Refuse what is not a kind of findings.

    >>> check_kind("gap")
    >>> check_kind("gaps")
    Traceback (most recent call last):
    ValueError: kind: 'gaps' is not a kind of findings (did you mean 'gap'?)
    """
    if kind is not None and not (isinstance(kind, str) and kind in KINDS):
        raise ValueError(f"kind: {kind!r} is not a kind of findings{did_you_mean(kind, sorted(KINDS))}")
