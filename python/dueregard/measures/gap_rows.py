"""The rows of a gap: all areas together, how areas vary, then each area."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.comparisons import METHOD_WORDS
from dueregard.inference.contrasts import Contrast
from dueregard.inference.families import SIMULTANEOUS, Family
from dueregard.measures.compared import Compared, Question, compare
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags
from dueregard.measures.variation_rows import variation_columns
from dueregard.measures.verdicts import Rule

Columns = dict[str, list[Any]]

UNITS = {"difference": "percentage points", "ratio": "ratio", "odds-ratio": "odds ratio"}
ADJUSTMENT_WORDS = {
    "holm": "Holm",
    "hochberg": "Hochberg",
    "benjamini-hochberg": "Benjamini-Hochberg",
    "benjamini-yekutieli": "Benjamini-Yekutieli",
    "bonferroni": "Bonferroni",
    "maximum": "maximum statistic",
}


def gap_columns(grouped: Grouped, question: Question) -> Columns:
    """All rows of the findings, as columns."""
    parts = [_pooled_part(grouped, question)]
    if question.by:
        compared = compare(grouped, question)
        if question.chance:
            parts.append(variation_columns(compared, question, list(parts[0])))
        parts.append(_part(compared, compared.contrast(question), question))
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def _pooled_part(grouped: Grouped, question: Question) -> Columns:
    """The rows for all areas together."""
    compared = compare(grouped.summed(), question)
    if question.pool == "cases" or not question.by:
        return _part(compared, compared.contrast(question), question)
    areas = compare(grouped, question).of_areas(grouped.known_area)
    part = _part(compared, areas.mean_contrast(question), question)
    used, n_levels = areas.usable, len(question.rules)
    part["value"] = _each(_percent(_column_means(areas.grouped.share, used | ~areas.comparable)), n_levels)
    means = np.where(areas.comparable[0], _column_means(areas.shown.share, used), np.nan)
    part["reference_value"] = _each(_percent(means), n_levels)
    left_out = _each(_flat(np.any(areas.comparable & ~used, axis=0, keepdims=True)), n_levels)
    part["flag"] = [
        flag | Flag.AREAS_LEFT_OUT if out else flag for flag, out in zip(part["flag"], left_out, strict=True)
    ]
    part["method"] = [f"{text}; mean of areas, effective numbers of cases" for text in part["method"]]
    return part


def _column_means(values: Floats, used: NDArray[np.bool_]) -> Floats:
    used = used & ~np.isnan(values)
    total = np.where(used, values, 0.0).sum(axis=0)
    nothing = np.full(total.shape, np.nan)
    return np.asarray(np.divide(total, used.sum(axis=0), out=nothing, where=used.any(axis=0)))


def _part(compared: Compared, contrast: Contrast, question: Question) -> Columns:
    """The group rows of some areas, one for each confidence level. Those of a level are one family."""
    fixed = _fixed_columns(compared, question)
    family = compared.family(question)
    levels = [_statistics(contrast, family, rule, question) for rule in question.rules]
    part: Columns = {name: _each(values, len(levels)) for name, values in fixed.items()}
    for name in levels[0]:
        part[name] = [value for row in zip(*(level[name] for level in levels), strict=True) for value in row]
    return part


def _each(values: list[Any], times: int) -> list[Any]:
    """Each value as often as there are confidence levels."""
    return [value for value in values for _ in range(times)]


def _fixed_columns(compared: Compared, question: Question) -> Columns:
    """What the confidence level has no part in."""
    grouped, shown = compared.grouped, compared.shown
    n_areas, n_groups = grouped.nobs.shape
    n_rows = n_areas * n_groups
    named = compared.comparable.reshape(-1)
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": grouped.groups * n_areas,
        **{name: [area[i] for area in grouped.areas for _ in grouped.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": _row_types(grouped, question),
        "count": _flat(grouped.count),
        "nobs": _flat(grouped.nobs),
        "outcome_missing": _flat(grouped.outcome_missing),
        "value": _percent(grouped.share),
        "reference": [question.reference_text] * n_rows,
        "reference_count": _where(named, _flat(shown.count)),
        "reference_nobs": _where(named, _flat(shown.nobs)),
        "reference_value": _percent(np.where(compared.comparable, shown.share, np.nan)),
        "unit_of_measure": [UNITS[question.measure]] * n_rows,
        "flag": row_flags(grouped, compared.against, compared.comparable, chance=question.chance),
    }
    return part | (_weighting(grouped) if grouped.weighted else {})


def _row_types(grouped: Grouped, question: Question) -> list[str]:
    types = ["reference" if i == question.position else "group" for i in range(len(grouped.groups))]
    return types * len(grouped.areas)


def _statistics(contrast: Contrast, family: Family, rule: Rule, question: Question) -> Columns:
    """Estimates, limits, p-values and verdicts of one family at one level."""
    found = contrast.compare(rule.confidence_level)
    n_rows, scale = len(found.estimate), 100 if question.measure == "difference" else 1
    columns: Columns = {"estimate": _flat(scale * found.estimate), "confidence_level": [rule.confidence_level] * n_rows}
    if not question.chance:
        nothing = [float("nan")] * n_rows
        empty = dict.fromkeys(("confidence_level", "low", "high", "pvalue", "adjusted_pvalue"), nothing)
        return columns | empty | {"verdict": [None] * n_rows, "method": ["full count"] * n_rows}
    columns |= {
        "low": _flat(scale * found.low),
        "high": _flat(scale * found.high),
        "pvalue": _flat(found.pvalue),
        "adjusted_pvalue": _flat(family.adjusted(found.pvalue)),
        "verdict": rule.texts(contrast, family),
        "method": [_method_words(question, int(np.count_nonzero(~np.isnan(found.pvalue))))] * n_rows,
    }
    if question.adjust in SIMULTANEOUS:
        together = contrast.compare(family.simultaneous_level(rule.confidence_level, found.pvalue))
        columns["simultaneous_low"] = _flat(scale * together.low)
        columns["simultaneous_high"] = _flat(scale * together.high)
    return columns


def _method_words(question: Question, family: int) -> str:
    alone = question.adjust == "none" or family < 2
    several = "" if alone else f"; {ADJUSTMENT_WORDS[question.adjust]} over {family} comparisons"
    return METHOD_WORDS[question.method] + several


def _weighting(grouped: Grouped) -> Columns:
    size = np.where(grouped.size > 0, grouped.size, np.nan)
    return {"effective_nobs": _flat(size), "design_effect": _flat(grouped.nobs / size)}


def _flat(values: NDArray[Any]) -> list[Any]:
    return list(values.reshape(-1).tolist())


def _percent(fractions: Floats) -> list[float]:
    return _flat(100 * fractions)


def _where(keep: NDArray[np.bool_], values: list[Any]) -> list[Any]:
    return [value if kept else None for kept, value in zip(keep, values, strict=True)]
