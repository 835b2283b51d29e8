"""The rows of shares by group and area, each beside nothing: with the interval of Wilson, or of a design."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.measures.comparison_rows import Columns, each, flat, percent, stacked
from dueregard.measures.gaps.compared import mean_over_areas
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags


@dataclass(frozen=True)
class ShareQuestion:
    """What is asked of shares; ``characteristic`` is the column of groups, if there is one."""

    name: str
    characteristic: str | None
    by: tuple[str, ...]
    pool: str
    period: str | None
    chance: bool
    levels: tuple[float, ...]


def share_columns(grouped: Grouped, question: ShareQuestion) -> Columns:
    """All areas together, then each area."""
    parts = [_part(grouped.summed(), question)]
    if question.by:
        if question.pool == "mean":
            parts = [_mean_part(grouped, parts[0], question)]
        parts.append(_part(grouped, question))
    return stacked(parts)


def _part(grouped: Grouped, question: ShareQuestion) -> Columns:
    n_areas, n_groups = grouped.nobs.shape
    n_rows = n_areas * n_groups
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": grouped.groups * n_areas,
        **{name: [area[i] for area in grouped.areas for _ in grouped.groups] for i, name in enumerate(question.by)},
        "period": [question.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": flat(grouped.count),
        "nobs": flat(grouped.nobs),
        "outcome_missing": flat(grouped.outcome_missing),
        "value": percent(grouped.share),
        "unit_of_measure": ["percent"] * n_rows,
        "flag": row_flags(grouped, grouped, np.zeros(grouped.nobs.shape, bool), chance=question.chance),
    }
    if grouped.weighted:
        size = np.where(grouped.size > 0, grouped.size, np.nan)
        part |= {"effective_nobs": flat(size), "design_effect": flat(grouped.nobs / size)}
    n_levels = len(question.levels)
    repeated = {name: each(values, n_levels) for name, values in part.items()}
    return repeated | _limits(grouped.share, grouped.size, question, "Wilson")


def _limits(share: Floats, size: Floats, question: ShareQuestion, method: str) -> Columns:
    """The columns in which confidence levels differ."""
    n_rows = share.size * len(question.levels)
    if not question.chance:
        nothing = dict.fromkeys(("confidence_level", "low", "high"), [float("nan")] * n_rows)
        return {**nothing, "method": ["full count"] * n_rows}
    found = [wilson(share, size, normal_quantile(level)) for level in question.levels]
    return {
        "confidence_level": list(question.levels) * share.size,
        "low": _interleaved([low for low, _ in found]),
        "high": _interleaved([high for _, high in found]),
        "method": [method] * n_rows,
    }


def _interleaved(levels: Sequence[Floats]) -> list[Any]:
    """Percentages, each as often as there are levels."""
    return [value for row in zip(*map(percent, levels), strict=True) for value in row]


def _mean_part(grouped: Grouped, pooled: Columns, question: ShareQuestion) -> Columns:
    """The row of all areas as the plain mean of the areas that have cases."""
    areas = grouped.of_areas(grouped.known_area)
    used = areas.size > 0
    weight = np.divide(used, used.sum(axis=0), out=np.zeros(used.shape), where=used.any(axis=0))
    share, size = mean_over_areas(areas.share, areas.size, weight)
    n_levels = len(question.levels)
    limits = _limits(share, size, question, "Wilson; mean of areas, effective numbers of cases")
    left_out = each(flat(np.any(~used, axis=0)), n_levels)
    flags = [flag | Flag.AREAS_LEFT_OUT if out else flag for flag, out in zip(pooled["flag"], left_out, strict=True)]
    return pooled | limits | {"value": each(percent(share), n_levels), "flag": flags}
