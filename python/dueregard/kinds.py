"""The kinds of findings: what a table of results is of, by which publishing chooses its sentences, table and chart.

A kind is written out where findings are made and where publishing has words, a table or a chart for it; findings refuse
one that does not stand here, and a test holds the tables of publishing to this list.
"""

from __future__ import annotations

from dueregard.hints import did_you_mean

TABLE = "table"
"""Findings of somebody's own columns, which have the sentences, table and chart that suit any."""
MEASURES = frozenset({
    "gap", "ordinal gap", "pay gap", "time gap", "share", "crossed groups", "repeats", "unknowns", "declaration",
    "rates", "standardised rates", "outcome test",
    "representation", "share changes", "parity", "stages",
    "funnel", "shrinkage", "ranks", "indices",
    "rolling", "rolling rates", "gap change", "change",
    "survey estimates", "survey tests", "response rates", "weighting classes", "multiple responses",
    "unanswered bounds", "precision",
    "key drivers", "compared drivers", "gap parts", "gap change parts",
})  # fmt: skip
ASSESSMENTS = frozenset({
    "scores", "thresholds", "levels", "next steps", "strengths", "unmet", "answers", "answers set aside",
    "performance", "compared scores", "round progress", "round crossings", "round changes",
})  # fmt: skip
VERIFICATION = frozenset({"agreement", "verified scores", "answers to check", "pairs"})
RETURNS = frozenset({"register", "returns set aside", "inconsistent answers", "unexpected returns"})
PLANS = frozenset({
    "plan progress", "scorecard", "plan status", "plan costs", "recommendations", "impact assessments",
    "plan periods", "plan rows set aside",
})  # fmt: skip
KINDS = frozenset({TABLE, "audit"}) | MEASURES | ASSESSMENTS | VERIFICATION | RETURNS | PLANS


def check_kind(kind: object) -> None:
    """Refuse what is not a kind of findings.

    >>> check_kind("gap")
    >>> check_kind("gaps")
    Traceback (most recent call last):
    ValueError: kind: 'gaps' is not a kind of findings (did you mean 'gap'?)
    """
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"kind: {kind!r} is not a kind of findings{did_you_mean(kind, sorted(KINDS))}")
