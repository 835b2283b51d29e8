"""The rows of indices of inequality: all areas together, then each area, an index a row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from dueregard.flags import Flag
from dueregard.inference.indices import group_indices
from dueregard.inference.indices.counted import Counted
from dueregard.inference.indices.index_limits import Draws
from dueregard.inference.indices.slope_index import asked_of, slope_of
from dueregard.inference.references import OVERALL
from dueregard.measures.indices.index_catalogue import INDICES, SLOPES, index_of, named, shown, unit_of_kind
from dueregard.measures.indices.index_sources import Part, Source

Columns = dict[str, list[Any]]
NOTHING = float("nan")
OWN_COLUMNS = (
    "expected_by_chance", "corrected", "parameter", "index", "outcome", "groups", "group_missing", "denominator",
    "weights", "to_move", "months",
)  # fmt: skip
"""Columns that these rows have beside the standard ones."""


@dataclass(frozen=True)
class IndexQuestion:
    """What is asked. ``position`` is as `disparity_index.check_reference` gives it; without draws there are no
    intervals."""

    indices: tuple[str, ...]
    reference: Any
    position: Any
    denominator: str
    order: list[int]
    parameter: float | None
    transform: str
    level: float
    draws: Draws | None

    @property
    def reference_words(self) -> Any:
        """What the index of disparity measures from."""
        if self.reference is OVERALL:
            return OVERALL.value
        return "the best rate" if callable(self.position) else self.reference


def index_columns(source: Source, question: IndexQuestion) -> Columns:
    """All rows as columns, in the order of areas and then of the indices asked for."""
    rows: list[dict[str, Any]] = []
    for part in source.parts:
        answers = [_answers(name, part, source, question) for name in question.indices]
        rows += [
            _row(part, source, i, question, name, answer[i])
            for i in range(len(part.areas))
            for name, answer in zip(question.indices, answers, strict=True)
        ]
    return {name: [row.get(name) for row in rows] for name in dict.fromkeys(key for row in rows for key in row)}


def _answers(name: str, part: Part, source: Source, question: IndexQuestion) -> list[dict[str, Any]]:
    """The index of each area as it is shown, with what else its row says."""
    kind = INDICES[name].kind
    made = _slopes if name in SLOPES else _index
    found = made(name, part.groups, source, question)
    scale = shown(kind, source.scale)
    for answer in found:
        for column in ("value", "low", "high", "expected_by_chance", "corrected"):
            answer[column] = scale * answer.get(column, NOTHING)
        answer["unit_of_measure"] = unit_of_kind(kind, source.rate_unit)
    return found


def _index(name: str, groups: Counted, source: Source, question: IndexQuestion) -> list[dict[str, Any]]:
    """An index drawn again by simulation."""
    names = ("value", "low", "high", "pvalue", "expected_by_chance", "corrected", "flag")
    answers = []
    for i in range(len(groups.count)):
        one = Counted(groups.count[i], groups.size[i], groups.weight[i], groups.binomial)
        place, absent = _place_among(question, one)
        index, parameter = index_of(
            name,
            source.binomial,
            position=place,
            denominator=question.denominator,
            parameter=question.parameter,
        )
        found: list[Any]
        if name == "disparity" and absent:
            found = [*[NOTHING] * 6, one.flags(()) | Flag.NO_REFERENCE]
        else:
            found = group_indices.over_areas(one, index, question.level, question.draws)
        answer: dict[str, Any] = dict(zip(names, found, strict=True))
        answer["flag"] |= Flag.CHOSEN_FROM_DATA if name == "disparity" and callable(place) else Flag(0)
        answer["parameter"] = parameter
        answers.append(answer)
    return answers


def _place_among(question: IndexQuestion, groups: Counted) -> tuple[Any, bool]:
    """The position of the reference among the groups that have cases, and whether it has none itself."""
    at = question.position
    if not isinstance(at, int):
        return at, False
    return int((groups.size[:at] > 0).sum()), bool(groups.size[at] == 0)


def _slopes(name: str, groups: Counted, source: Source, question: IndexQuestion) -> list[dict[str, Any]]:
    """A slope through the ordered groups, with limits by the delta method."""
    order = question.order
    ordered = replace(groups, count=groups.count[:, order], size=groups.size[:, order], weight=groups.weight[:, order])
    measure = "slope" if name == "slope" else "relative"
    level = question.level
    found = slope_of(ordered, asked_of(source.binomial, measure, question.transform, 1.0, "delta", level, 1, 0))
    names = ("value", "low", "high", "pvalue", "flag")
    arrays = (found.estimate, found.low, found.high, found.pvalue, found.flag)
    answers = [dict(zip(names, row, strict=True)) for row in zip(*(a.tolist() for a in arrays), strict=True)]
    for answer in answers:
        answer["flag"] = Flag(answer["flag"])
        if question.draws is None:
            answer |= dict.fromkeys(("low", "high", "pvalue"), NOTHING)
    return answers


def _row(
    part: Part, source: Source, i: int, question: IndexQuestion, name: str, answer: dict[str, Any]
) -> dict[str, Any]:
    """One row of the findings."""
    flag = answer["flag"] | Flag(int(part.flags[i])) | (Flag(0) if question.draws else Flag.FULL_COUNT)
    row: dict[str, Any] = {
        "measure": named(name, answer["unit_of_measure"]),
        "characteristic": source.characteristic,
        "group": None,
        **dict(zip(source.by, part.areas[i], strict=True)),
        "period": source.period,
        "row_type": "group",
        "count": int(part.count[i]),
        "nobs": None if part.nobs is None else int(part.nobs[i]),
        "outcome_missing": None if part.outcome_missing is None else int(part.outcome_missing[i]),
        "reference": question.reference_words if name == "disparity" else None,
        "confidence_level": question.level if question.draws else NOTHING,
        **answer,
        "flag": flag,
        "method": _method(name, source, question),
        **source.about,
        "index": name,
        "outcome": source.name,
        "groups": int((part.groups.size[i] > 0).sum()),
        "group_missing": int(part.group_missing[i]),
        "denominator": question.denominator if name == "disparity" else None,
        "weights": "none: every group counts the same" if name == "disparity" else source.weights,
        "to_move": answer["value"] / 100 * int(part.count[i]) if name == "dissimilarity" else None,
    }
    if part.exposure is not None:
        row["exposure"] = float(part.exposure[i])
    return row


def _method(name: str, source: Source, question: IndexQuestion) -> str:
    """How it was computed, with what was chosen."""
    if name in SLOPES:
        scale = "" if question.transform == "none" else f" on the {question.transform} scale"
        limits = "; limits by the delta method" if question.draws else ""
        return f"weighted least squares{scale}, weights: {source.weights}{limits}"
    how = f"weights: {source.weights}"
    if name == "disparity":
        how = f"sum over {question.denominator}, from {question.reference_words}"
    if name in group_indices.PARAMETERS:
        used = group_indices.PARAMETERS[name] if question.parameter is None else question.parameter
        how += f", parameter {used:g}"
    if question.draws is None:
        return f"{how}; full count"
    return f"{how}; {'binomial' if source.binomial else 'Poisson'} tests inverted, {question.draws.words}"
