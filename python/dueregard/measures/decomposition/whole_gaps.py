"""The gap that is taken apart, as `dueregard.gap` has it: one gap has one interval, wherever it is published."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from dueregard.designs.survey_design import SurveyDesign
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.gaps.compared import Compared, Question, compare
from dueregard.measures.gaps.gap_methods import method_of
from dueregard.measures.gaps.gap_rows import compared_columns
from dueregard.measures.grouped import Grouped
from dueregard.measures.variation_rows import variation_columns
from dueregard.measures.verdicts import Rule

COLUMNS = ("se", "low", "high", "pvalue", "adjusted_pvalue", "verdict", "method", "flag")
"""What a row of a gap has of `dueregard.gap`; the standard error only with a design, for a score has none."""

VARIATION = ("group", "value", "estimate", "confidence_level", "low", "high", "pvalue", "flag", "method")
"""What rows on variation have of it."""

WholeGaps = Mapping[tuple[int, int], Mapping[str, Any]]
"""The columns of each compared gap, by area and group."""


def whole_question(
    by: tuple[str, ...], reference: Any, position: int | None, *, rule: Rule, adjust: str, design: SurveyDesign | None,
    chance: bool,
) -> Question:  # fmt: skip
    """What is asked of every compared group's gap; ``position`` is that of the reference, if it is a group."""
    return Question(
        name="",
        measure="difference",
        method=method_of("difference", None, reference=reference, pool="cases", design=design),
        adjust=adjust,
        characteristic=None,
        by=by,
        reference=reference,
        position=position,
        rules=(rule,),
        pool="cases",
        period=None,
        chance=chance,
    )


def whole_gaps(grouped: Grouped, question: Question) -> WholeGaps:
    """Every compared group's gap in all areas together, then in each."""
    found = _of_areas(compare(grouped.summed(), question), question, EVERYWHERE)
    return found | (_of_areas(compare(grouped, question), question, 0) if grouped.by else {})


def whole_variation(grouped: Grouped, question: Question) -> dict[Any, list[dict[str, Any]]] | None:
    """The rows on how gaps vary between areas, by group; None of a full count, and where there are no areas."""
    if not (question.chance and question.by):
        return None
    columns = variation_columns(compare(grouped, question), question, VARIATION)
    found: dict[Any, list[dict[str, Any]]] = {}
    for i, group in enumerate(columns["group"]):
        found.setdefault(group, []).append({name: columns[name][i] for name in VARIATION})
    return found


def _of_areas(compared: Compared, question: Question, first: int) -> dict[tuple[int, int], dict[str, Any]]:
    columns = compared_columns(compared, compared.contrast(question), question)
    found = {}
    for n in np.flatnonzero(compared.comparable):
        area, group = divmod(int(n), len(compared.grouped.groups))
        found[first + area, group] = {name: columns[name][n] for name in COLUMNS if name in columns}
    return found
