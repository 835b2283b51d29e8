"""The rows of a gap: all areas together, how areas vary, then each area."""

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.intervals.design_contrasts import DesignContrast
from dueregard.measures.comparison_rows import Columns, block_columns, each, flat, only_where, percent, stacked
from dueregard.measures.gaps.against_target import HeldAgainst
from dueregard.measures.gaps.compared import AnyContrast, Compared, Question, compare
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags
from dueregard.measures.survey_columns import survey_columns, survey_flags
from dueregard.measures.variation_rows import variation_columns

UNITS = {"difference": "percentage points", "ratio": "ratio", "odds-ratio": "odds ratio"}


def gap_columns(grouped: Grouped, question: Question) -> Columns:
    """All rows of the findings, as columns."""
    parts = [_pooled_part(grouped, question)]
    if question.by:
        compared = compare(grouped, question)
        if question.chance:
            parts.append(variation_columns(compared, question, list(parts[0])))
        parts.append(compared_columns(compared, compared.contrast(question), question))
    return stacked(parts)


def _pooled_part(grouped: Grouped, question: Question) -> Columns:
    """The rows for all areas together."""
    compared = compare(grouped.summed(), question)
    if question.pool == "cases" or not question.by:
        return compared_columns(compared, compared.contrast(question), question)
    areas = compare(grouped, question).of_areas(grouped.known_area)
    part = compared_columns(compared, areas.mean_contrast(question), question)
    used, n_levels = areas.usable, len(question.rules)
    part["value"] = each(percent(_column_means(areas.grouped.share, used | ~areas.comparable)), n_levels)
    means = np.where(areas.comparable[0], _column_means(areas.shown.share, used), np.nan)
    part["reference_value"] = each(percent(means), n_levels)
    left_out = each(flat(np.any(areas.comparable & ~used, axis=0, keepdims=True)), n_levels)
    part["flag"] = [
        flag | Flag.AREAS_LEFT_OUT if out else flag for flag, out in zip(part["flag"], left_out, strict=True)
    ]
    effective = "" if grouped.survey is not None else ", effective numbers of cases"
    part["method"] = [f"{text}; mean of areas{effective}" for text in part["method"]]
    return part


def _column_means(values: Floats, used: NDArray[np.bool_]) -> Floats:
    used = used & ~np.isnan(values)
    total = np.where(used, values, 0.0).sum(axis=0)
    nothing = np.full(total.shape, np.nan)
    return np.asarray(np.divide(total, used.sum(axis=0), out=nothing, where=used.any(axis=0)))


def compared_columns(compared: Compared, contrast: AnyContrast, question: Question) -> Columns:
    """The group rows of some areas, one for each confidence level. Those of a level are one family."""
    fixed = _fixed_columns(compared, question)
    if isinstance(contrast, DesignContrast) and question.chance:
        fixed["se"] = flat(question.scale * contrast.se)
    return block_columns(fixed, contrast, compared.family(question), question)


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
        "count": flat(grouped.count),
        "nobs": flat(grouped.nobs),
        "outcome_missing": flat(grouped.outcome_missing),
        "value": percent(grouped.share),
        "reference": [question.reference_text] * n_rows,
        "reference_count": only_where(named, _cases(shown, "count", n_rows)),
        "reference_nobs": only_where(named, _cases(shown, "nobs", n_rows)),
        "reference_value": percent(np.where(compared.comparable, shown.share, np.nan)),
        "unit_of_measure": [UNITS[question.measure]] * n_rows,
        "flag": row_flags(
            grouped,
            compared.against,
            compared.comparable,
            chance=question.chance,
            also=survey_flags(grouped, compared.against) | _chosen(compared, question),
        ),
    }
    return part | (weighting(grouped) if grouped.weighted else {})


def _cases(shown: Grouped | HeldAgainst, name: str, n_rows: int) -> list[int | None]:
    """Whole numbers of cases: of a published figure those it was made from, if they are known."""
    if isinstance(shown, Grouped):
        return flat(getattr(shown, name))
    return [shown.target.count if name == "count" else shown.target.cases] * n_rows


def _chosen(compared: Compared, question: Question) -> NDArray[np.int64]:
    """The flag of comparisons with a group that the data chose."""
    return np.where(compared.comparable & question.is_chosen, np.int64(Flag.CHOSEN_FROM_DATA), np.int64(0))


def _row_types(grouped: Grouped, question: Question) -> list[str]:
    types = ["reference" if i == question.position else "group" for i in range(len(grouped.groups))]
    return types * len(grouped.areas)


def weighting(grouped: Grouped) -> Columns:
    """The columns of effective numbers of cases, of weighted counts and of surveys with a design."""
    size = np.where(grouped.size > 0, grouped.size, np.nan)
    columns = {"effective_nobs": flat(size), "design_effect": flat(grouped.nobs / size)}
    return columns | survey_columns(grouped)
