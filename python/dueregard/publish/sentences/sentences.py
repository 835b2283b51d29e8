"""Findings in plain English: the value, what it is compared with, the interval, and what cannot be said.

Every number in a sentence is a number of its row, or how many rows say the same; the check is
`unsupported_numbers`. Kinds of findings have files of their own; here is which kind is told by which.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.kinds import MEASURES, TABLE
from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.numbers import numbers_in, unsupported_numbers
from dueregard.publish.readings import is_all_areas, known
from dueregard.publish.sentences import assessment_sentences as assessments
from dueregard.publish.sentences import plan_sentences as plans
from dueregard.publish.sentences.audit_sentences import audit_sentences
from dueregard.publish.sentences.change_sentences import change_sentences
from dueregard.publish.sentences.class_sentences import class_sentences
from dueregard.publish.sentences.compared_driver_sentences import compared_driver_sentences
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.crossing_sentences import crossing_sentence, empty_combinations
from dueregard.publish.sentences.declaration_sentences import declaration_sentences
from dueregard.publish.sentences.driver_sentences import driver_sentences
from dueregard.publish.sentences.estimate_sentences import estimate_sentences
from dueregard.publish.sentences.funnel_sentences import funnel_sentence, shrinkage_sentence
from dueregard.publish.sentences.gap_change_part_sentences import gap_change_part_sentences
from dueregard.publish.sentences.gap_part_sentences import gap_part_sentences
from dueregard.publish.sentences.index_sentences import index_sentence
from dueregard.publish.sentences.option_sentences import option_sentences
from dueregard.publish.sentences.precision_sentences import precision_sentences
from dueregard.publish.sentences.rank_sentences import rank_sentences
from dueregard.publish.sentences.rate_sentences import rate_sentence
from dueregard.publish.sentences.repeat_sentences import repeat_sentence
from dueregard.publish.sentences.representation_sentences import representation_sentence, stage_sentence
from dueregard.publish.sentences.response_sentences import response_sentences, unanswered_sentences
from dueregard.publish.sentences.return_sentences import return_sentences
from dueregard.publish.sentences.staff_sentences import change_sentence, parity_sentence
from dueregard.publish.sentences.survey_test_sentences import survey_test_sentences
from dueregard.publish.sentences.survey_words import is_designed, is_weighted, survey_words
from dueregard.publish.sentences.trend_sentences import trend_sentences
from dueregard.publish.sentences.unknown_sentences import unknown_sentences
from dueregard.publish.sentences.value_sentences import level_sentence, score_sentence
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread, of_few_people, variation
from dueregard.publish.sentences.verification_sentences import (
    pair_sentence,
    verification_sentences,
    verified_sentence,
)
from dueregard.publish.sentences.withheld_sentences import parted, withheld_sentence
from dueregard.publish.sentences.wording import Row

if TYPE_CHECKING:
    from dueregard.findings import Findings

Rows = Sequence[Row]
By = Sequence[str]

__all__ = ["numbers_in", "sentences", "unsupported_numbers"]

WHOLE: Mapping[str, Callable[[Findings], list[str]]] = {
    **dict.fromkeys(assessments.SAYS, assessments.assessment_sentences),
    **dict.fromkeys(plans.SAYS, plans.plan_sentences),
    "register": return_sentences,
    "returns set aside": return_sentences,
    "inconsistent answers": return_sentences,
    "unexpected returns": return_sentences,
    "audit": audit_sentences,
    "unknowns": unknown_sentences,
    "declaration": declaration_sentences,
    "gap change": change_sentences,
    "change": change_sentences,
    "precision": precision_sentences,
    "ranks": rank_sentences,
    "key drivers": driver_sentences,
    "compared drivers": compared_driver_sentences,
    "gap parts": gap_part_sentences,
    "gap change parts": gap_change_part_sentences,
    "survey estimates": estimate_sentences,
    "survey tests": survey_test_sentences,
    "weighting classes": class_sentences,
    "response rates": response_sentences,
    "unanswered bounds": unanswered_sentences,
    "multiple responses": option_sentences,
    "rolling": trend_sentences,
    "rolling rates": trend_sentences,
    "agreement": verification_sentences,
    "answers to check": verification_sentences,
}
"""The kinds of which several rows may be one sentence, and what tells them."""
ROWS: Mapping[str, Callable[[Row, By, float | None, Rows], str | None]] = {
    "funnel": lambda row, by, threshold, further: funnel_sentence(row, by, further),
    "shrinkage": lambda row, by, threshold, further: shrinkage_sentence(row, by),
    "crossed groups": lambda row, by, threshold, further: crossing_sentence(row, threshold, further),
    "verified scores": lambda row, by, threshold, further: verified_sentence(row),
    "pairs": lambda row, by, threshold, further: pair_sentence(row),
    "repeats": lambda row, by, threshold, further: repeat_sentence(row, by),
    "indices": lambda row, by, threshold, further: index_sentence(row, by),
    "parity": lambda row, by, threshold, further: parity_sentence(row, by),
    "share changes": lambda row, by, threshold, further: change_sentence(row, further),
    "stages": stage_sentence,
    "representation": representation_sentence,
    "rates": rate_sentence,
    "standardised rates": rate_sentence,
    "outcome test": lambda row, *about: None if row.get("basis") is None else rate_sentence(row, *about),
}
"""The kinds of which each row says something of its own (None: what any comparison says), and what tells it."""
TELL_VARIATION = frozenset({"funnel", "shrinkage"})
"""Of these the row on how much areas vary is told in their own words too."""


def sentences(findings: Findings) -> list[str]:
    """What the findings say, in the order of the rows; the row of the reference itself says nothing of its own.

    Rows that differ in their confidence level alone are one sentence, with the verdict of the first. Of unknown groups
    and of declaration, the rows of one comparison are one sentence too.
    """
    if findings.kind in WHOLE:
        shown, withheld = parted(findings)
        return WHOLE[findings.kind](shown) + withheld
    rows = list(findings.rows())
    differing: dict[object, bool] = {}
    for row in rows:
        if is_spread(row) and known(row["low"]):
            differing.setdefault((row["measure"], row["group"]), is_beyond_chance(row))
    threshold = getattr(findings, "threshold", None)
    few = of_few_people(rows, findings.by)
    rows = [row for row in rows if not _said_of_all(row, findings)]
    told = (
        sentence(row, findings.by, threshold, differing.get((row["measure"], row["group"])), further, findings.kind)
        for row, *further in statements(rows)
        if row["row_type"] != "variation" or is_spread(row) or (row["measure"], row["group"]) not in few
    )
    said = [text for text in told if text]
    said[1:1] = [survey_words(findings)] if said and (is_designed(findings) or is_weighted(findings)) else []
    return [*said, *(empty_combinations(rows) if findings.kind == "crossed groups" else [])]


def _said_of_all(row: Row, findings: Findings) -> bool:
    """Whether a row is of people of no known group in one area: that they are no group to compare is said of all."""
    if findings.kind != "gap" or not findings.by or row["row_type"] != "group" or not is_missing(row["group"]):
        return False
    return row["group"] is not None and not is_all_areas(dict(row), findings.by)


def sentence(
    row: Row,
    by: By,
    threshold: float | None = None,
    differs: bool | None = None,
    further: Rows = (),
    kind: str = TABLE,
) -> str:
    """What one row of findings of this kind says, with the further levels of the same statement.

    `threshold` is the difference taken as mattering, `differs` whether areas are shown to differ, if known.
    """
    withheld = withheld_sentence(row, by)
    if withheld is not None:
        return withheld
    if row["row_type"] == "variation" and kind not in TELL_VARIATION:
        return variation(row, by, differs, further)
    own = ROWS[kind](row, by, threshold, further) if kind in ROWS else None
    if own is not None:
        return own
    if kind not in MEASURES and any(name in row for name in ("unit", "indicator", "kind")):
        return score_sentence(row, by)
    if row["reference"] is None:
        return level_sentence(row, by)
    return "" if row["row_type"] == "reference" else comparison(row, by, threshold, further)
