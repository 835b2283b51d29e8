"""Rows of shares that are compared with nothing, each with its own interval."""

import numpy as np

from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.measures.comparison_rows import Columns, flat, percent
from dueregard.measures.gaps.compared import Question
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags


def share_rows(grouped: Grouped, question: Question) -> Columns:
    """A row for all areas together, then one for each area and group: the share, with Wilson's interval."""
    parts = [share_columns(grouped.summed(), question), *([share_columns(grouped, question)] if question.by else [])]
    return {name: [value for part in parts for value in part[name]] for name in parts[0]}


def share_columns(grouped: Grouped, question: Question) -> Columns:
    """A row for each area and group."""
    n_rows, level = grouped.nobs.size, question.rules[0].confidence_level
    value = np.where(grouped.nobs > 0, grouped.share, np.nan)
    low = high = np.full(value.shape, np.nan)
    if question.chance:
        low, high = wilson(value, grouped.size, normal_quantile(level))
    nobody = np.zeros(value.shape, bool)
    columns: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic or None] * n_rows,
        "group": grouped.groups * len(grouped.areas),
        **{name: [area[i] for area in grouped.areas for _ in grouped.groups] for i, name in enumerate(grouped.by)},
        "period": [question.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": flat(grouped.count),
        "nobs": flat(grouped.nobs),
        "outcome_missing": flat(grouped.outcome_missing),
        "value": percent(value),
        "unit_of_measure": ["percent"] * n_rows,
        "confidence_level": [level if question.chance else float("nan")] * n_rows,
        "low": percent(low),
        "high": percent(high),
        "flag": row_flags(grouped, grouped, nobody, chance=question.chance),
        "method": ["Wilson" if question.chance else "full count"] * n_rows,
    }
    if grouped.weighted:
        size = np.where(grouped.size > 0, grouped.size, np.nan)
        columns |= {"effective_nobs": flat(size), "design_effect": flat(grouped.nobs / size)}
    return columns
