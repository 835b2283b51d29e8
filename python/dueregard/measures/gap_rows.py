"""The rows of a gap: all areas together, how areas vary, then each area."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.multiplicity import adjusted
from dueregard.inference.newcombe import Difference
from dueregard.measures.compared import Compared, Question, compare
from dueregard.measures.grouped import Grouped
from dueregard.measures.variation_rows import variation_columns

Columns = dict[str, list[Any]]


def gap_columns(grouped: Grouped, question: Question) -> Columns:
    """All rows of the findings, as columns."""
    parts = [_pooled_part(grouped, question)]
    if question.by:
        compared = compare(grouped, question)
        if question.chance:
            parts.append(variation_columns(compared, question, list(parts[0])))
        parts.append(_part(compared, compared.differences(), question))
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def _pooled_part(grouped: Grouped, question: Question) -> Columns:
    """The rows for all areas together."""
    compared = compare(grouped.summed(), question)
    if question.pool == "cases" or not question.by:
        return _part(compared, compared.differences(), question)
    areas = compare(grouped, question).of_areas(grouped.known_area)
    part = _part(compared, areas.mean_differences(), question)
    used = areas.usable
    part["value"] = _percent(_column_means(areas.grouped.share, used | ~areas.comparable))
    part["reference_value"] = [
        value if ok else float("nan")
        for value, ok in zip(_percent(_column_means(areas.shown.share, used)), areas.comparable[0], strict=True)
    ]
    left_out = np.atleast_1d((areas.comparable & ~used).any(axis=0))
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


def _part(compared: Compared, difference: Difference, question: Question) -> Columns:
    """The group rows of some areas. ``difference`` has one row for each of them; they are one family."""
    grouped, shown = compared.grouped, compared.shown
    n_areas, n_groups = grouped.nobs.shape
    named = compared.comparable.reshape(-1)
    part: Columns = {
        "measure": [question.measure] * (n_areas * n_groups),
        "characteristic": [question.characteristic] * (n_areas * n_groups),
        "group": grouped.groups * n_areas,
        **{name: [area[i] for area in grouped.areas for _ in grouped.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * (n_areas * n_groups),
        "row_type": _row_types(grouped, question),
        "count": _flat(grouped.count),
        "nobs": _flat(grouped.nobs),
        "outcome_missing": _flat(grouped.outcome_missing),
        "value": _percent(grouped.share),
        "reference": [question.reference_text] * (n_areas * n_groups),
        "reference_count": _where(named, _flat(shown.count)),
        "reference_nobs": _where(named, _flat(shown.nobs)),
        "reference_value": _percent(np.where(compared.comparable, shown.share, np.nan)),
        "unit_of_measure": ["percentage points"] * (n_areas * n_groups),
    }
    part |= _statistics(difference, question)
    part["flag"] = _flags(compared, question)
    if grouped.weighted:
        part |= _weighting(grouped)
    return part


def _row_types(grouped: Grouped, question: Question) -> list[str]:
    types = ["reference" if i == question.position else "group" for i in range(len(grouped.groups))]
    return types * len(grouped.areas)


def _statistics(difference: Difference, question: Question) -> Columns:
    """Estimates, limits, p-values and verdicts of one family."""
    estimate = difference.estimate
    rule, n_rows = question.rule, len(estimate)
    nothing = np.full(n_rows, np.nan)
    low, high, pvalue, verdict = nothing, nothing, nothing, [None] * n_rows
    if question.chance:
        low, high = difference.interval(normal_quantile(rule.confidence_level))
        pvalue = difference.pvalue()
        verdict = rule.texts(difference)  # type: ignore[assignment]
    family = int(np.count_nonzero(~np.isnan(estimate)))
    several = f"; Holm over {family} comparisons" if rule.adjust == "holm" and family > 1 else ""
    method = f"Newcombe{several}" if question.chance else "full count"
    return {
        "estimate": _percent(estimate),
        "confidence_level": [rule.confidence_level if question.chance else float("nan")] * n_rows,
        "low": _percent(low),
        "high": _percent(high),
        "pvalue": pvalue.tolist(),
        "adjusted_pvalue": adjusted(pvalue, rule.adjust).tolist(),
        "verdict": verdict,
        "method": [method] * n_rows,
    }


def _flags(compared: Compared, question: Question) -> list[Flag]:
    grouped, against = compared.grouped, compared.against
    present = np.where(grouped.weighted, grouped.size, grouped.nobs)
    reference = np.where(grouped.weighted, against.size, against.nobs)
    bits = {
        Flag.EMPTY_GROUP: (grouped.nobs == 0) & (grouped.outcome_missing == 0),
        Flag.NO_CASES: grouped.nobs == 0,
        Flag.SMALL_BASE: (grouped.nobs > 0) & (present < SMALL_BASE),
        Flag.NO_REFERENCE: compared.comparable & (against.nobs == 0),
        Flag.SMALL_REFERENCE: compared.comparable & (against.nobs > 0) & (reference < SMALL_BASE),
        Flag.MISSING_ANSWERS: grouped.outcome_missing > 0,
        Flag.MISSING_GROUP: np.broadcast_to(~grouped.known_group, grouped.nobs.shape),
        Flag.EFFECTIVE_SIZE: np.full(grouped.nobs.shape, grouped.weighted),
        Flag.ZERO_WEIGHT: (grouped.nobs > 0) & (grouped.size == 0),
        Flag.FULL_COUNT: np.full(grouped.nobs.shape, not question.chance),
    }
    total = np.zeros(grouped.nobs.shape, np.int64)
    for flag, on in bits.items():
        total |= np.where(on, int(flag), 0)
    return [Flag(int(bit)) for bit in total.reshape(-1)]


def _weighting(grouped: Grouped) -> Columns:
    size = np.where(grouped.size > 0, grouped.size, np.nan)
    return {"effective_nobs": _flat(size), "design_effect": _flat(grouped.nobs / size)}


def _flat(values: NDArray[Any]) -> list[Any]:
    return list(values.reshape(-1).tolist())


def _percent(fractions: Floats) -> list[float]:
    return _flat(100 * fractions)


def _where(keep: NDArray[np.bool_], values: list[Any]) -> list[Any]:
    return [value if kept else None for kept, value in zip(keep, values, strict=True)]
