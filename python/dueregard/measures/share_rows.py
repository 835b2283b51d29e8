"""The rows of shares by group and area, each beside nothing: with the interval of Wilson, or of a design."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.measures.area_means import mean_over_areas
from dueregard.measures.comparison_rows import Columns, each, flat, percent, stacked
from dueregard.measures.gaps.compared import Question
from dueregard.measures.gaps.gap_rows import weighting
from dueregard.measures.gaps.survey_gaps import mean_of_survey
from dueregard.measures.grouped import Grouped
from dueregard.measures.row_flags import row_flags
from dueregard.measures.survey_columns import survey_columns, survey_flags

EFFECTIVE = "effective numbers of cases"


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


AnyQuestion = ShareQuestion | Question
"""Groups that are compared elsewhere are asked about with a `Question`, which says as much of their shares."""


def share_rows(grouped: Grouped, question: AnyQuestion) -> Columns:
    """All areas together, then each area."""
    parts = [share_columns(grouped.summed(), question)]
    if question.by:
        if question.pool == "mean":
            parts = [_mean_part(grouped, parts[0], question)]
        parts.append(share_columns(grouped, question))
    return stacked(parts)


def share_columns(grouped: Grouped, question: AnyQuestion, *, shown: NDArray[np.bool_] | None = None) -> Columns:
    """A row for each area and group, at each confidence level; only those ``shown`` have a share."""
    n_areas, n_groups = grouped.nobs.shape
    n_rows = n_areas * n_groups
    shown = np.ones(grouped.nobs.shape, np.bool_) if shown is None else np.broadcast_to(shown, grouped.nobs.shape)
    part: Columns = {
        "measure": [question.name] * n_rows,
        "characteristic": [question.characteristic] * n_rows,
        "group": grouped.groups * n_areas,
        **{name: [area[i] for area in grouped.areas for _ in grouped.groups] for i, name in enumerate(grouped.by)},
        "period": [question.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": flat(grouped.count),
        "nobs": flat(grouped.nobs),
        "outcome_missing": flat(grouped.outcome_missing),
        "value": percent(np.where(shown, grouped.share, np.nan)),
        "unit_of_measure": ["percent"] * n_rows,
        "flag": share_flags(grouped, chance=question.chance),
    }
    if grouped.weighted:
        part |= weighting(grouped) | survey_columns(grouped, chance=question.chance, shown=shown)
    n_levels = len(question.levels)
    repeated = {name: each(values, n_levels) for name, values in part.items()}
    return repeated | _limits(_Shares.of(grouped, shown), question)


def share_flags(grouped: Grouped, *, chance: bool) -> list[Flag]:
    """What there is to know of each share."""
    nobody = np.zeros(grouped.nobs.shape, np.bool_)
    return row_flags(grouped, grouped, nobody, chance=chance, also=survey_flags(grouped))


@dataclass(frozen=True)
class _Shares:
    """Shares with the limits that go with them, as many standard errors away as is asked for."""

    share: Floats
    limits: Callable[[float], tuple[Floats, Floats]]
    method: str
    se: Floats | None = None
    """Of means of a survey; those of its single shares are in the rows already."""

    @classmethod
    def of(cls, grouped: Grouped, shown: NDArray[np.bool_]) -> "_Shares":
        """Wilson's limits of the numbers of cases, with a design of what they are worth."""
        share, size, precision = np.where(shown, grouped.share, np.nan), grouped.size, grouped.precision
        if precision is None:
            return cls(share, lambda z: wilson(share, size, z), "Wilson")

        def limits(z: float) -> tuple[Floats, Floats]:
            low, high = precision.limits(z)
            return np.where(shown, low, np.nan), np.where(shown, high, np.nan)

        return cls(share, limits, f"Wilson, {EFFECTIVE}")

    @classmethod
    def mean(cls, areas: Grouped) -> "_Shares":
        """Of the plain means over areas that have cases."""
        used = areas.size > 0
        weight = np.divide(used, used.sum(axis=0), out=np.zeros(used.shape), where=used.any(axis=0))
        if areas.survey is not None:
            shares = mean_of_survey(areas, used, weight)
            se = np.where(shares.edge | ~(shares.size > 0), np.nan, np.sqrt(shares.variance))
            return cls(shares.share, shares.limits, f"Wilson, {EFFECTIVE}; mean of areas", se)
        share, size = mean_over_areas(areas.share, areas.size, weight)
        return cls(share, lambda z: wilson(share, size, z), f"Wilson; mean of areas, {EFFECTIVE}")


def _limits(shares: _Shares, question: AnyQuestion) -> Columns:
    """The columns in which confidence levels differ."""
    n_rows = shares.share.size * len(question.levels)
    if not question.chance:
        nothing = dict.fromkeys(("confidence_level", "low", "high"), [float("nan")] * n_rows)
        return {**nothing, "method": ["full count"] * n_rows}
    found = [shares.limits(normal_quantile(level)) for level in question.levels]
    return {
        "confidence_level": list(question.levels) * shares.share.size,
        "low": _interleaved([low for low, _ in found]),
        "high": _interleaved([high for _, high in found]),
        "method": [shares.method] * n_rows,
    }


def _interleaved(levels: Sequence[Floats]) -> list[Any]:
    """Percentages, each as often as there are levels."""
    return [value for row in zip(*map(percent, levels), strict=True) for value in row]


def _mean_part(grouped: Grouped, pooled: Columns, question: AnyQuestion) -> Columns:
    """The row of all areas as the plain mean of the areas that have cases."""
    areas = grouped.of_areas(grouped.known_area)
    shares = _Shares.mean(areas)
    n_levels = len(question.levels)
    left_out = each(flat(np.any(~(areas.size > 0), axis=0)), n_levels)
    flags = [flag | Flag.AREAS_LEFT_OUT if out else flag for flag, out in zip(pooled["flag"], left_out, strict=True)]
    error = {} if shares.se is None or not question.chance else {"se": each(percent(shares.se), n_levels)}
    return pooled | _limits(shares, question) | error | {"value": each(percent(shares.share), n_levels), "flag": flags}
