"""Scores as rows of findings: percent of the assessable indicators met."""

from collections.abc import Mapping
from typing import Any

from dueregard.assessment.frameworks import Framework
from dueregard.assessment.rounding import rounded
from dueregard.assessment.scores.answer_counts import AnswerCounts
from dueregard.assessment.scores.groupings import By
from dueregard.flags import Flag

MEASURE = "indicators met"


def score_columns(counts: AnswerCounts, by: By, level: str) -> dict[str, list[Any]]:
    """Columns of the scores, and the labels they are by."""
    units, indicators = counts.groups(by, level)
    totals = counts.totals(units, indicators, level).flat()
    n, m = len(units.labels), len(indicators.labels)
    columns: dict[str, list[Any]] = {"measure": [MEASURE] * (n * m)}
    if by.units != "organisation":
        columns[by.units] = [label for label in units.labels for _ in range(m)]
    if by.indicators == "indicator":
        columns["section"] = _sections_of(counts.framework, indicators.labels) * n
    if by.indicators is not None:
        columns[by.indicators] = indicators.labels * n
    if by.units != "kind":
        columns["kind"] = [kind for kind in units.shared(counts.responses.kinds) for _ in range(m)]
    columns |= totals.columns()
    if by.units != "unit":
        columns["units"] = [len(members) for members in units.members for _ in range(m)]
    if len(counts.framework.levels) > 1:
        columns["level"] = [counts.framework.level(level).label] * (n * m)
    return columns


def _sections_of(framework: Framework, identifiers: list[str | None]) -> list[str]:
    of = {indicator.id: framework.sections[indicator.section] for indicator in framework.indicators}
    return [of[str(identifier)] for identifier in identifiers]


def by_columns(by: By) -> tuple[str, ...]:
    """The columns that say what a row is about."""
    units = () if by.units == "organisation" else (by.units,)
    indicators = {None: (), "indicator": ("section", "indicator")}.get(by.indicators, (by.indicators,))
    return (*units, *(name for name in indicators if name is not None))


def beside_stated(columns: dict[str, list[Any]], stated: Mapping[str, float]) -> dict[str, list[Any]]:
    """The scores of units beside the percentages that came with the responses."""
    columns = columns | {"stated_percent": [stated.get(unit) for unit in columns["unit"]]}
    for i, (published, value) in enumerate(zip(columns["stated_percent"], columns["value"], strict=True)):
        if published is not None and published == published and rounded(value) != published:
            columns["flag"][i] |= Flag.INCONSISTENT_SOURCE
            words = f"{published:g}% came with the responses"
            columns["note"][i] = "; ".join(filter(None, [columns["note"][i], words]))
    return columns
