"""The rows of repeats: each figure for all areas together, then for each area."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile, wilson
from dueregard.inference.repeats.repeat_counts import clustered_limits
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.measures.comparison_rows import Columns, flat, percent, stacked
from dueregard.measures.gaps.distribution_rows import Findable, Question, distribution_columns
from dueregard.measures.gaps.distributions import Sides
from dueregard.measures.repeats.repeat_cells import RepeatCells, shares_within
from dueregard.measures.repeats.repeat_figures import (
    EVENTS,
    PEOPLE,
    PLAIN,
    RISK,
    TOP,
    Asked,
    Figure,
    figures,
    several_of,
)
from dueregard.measures.row_flags import row_flags

SharesOf = Callable[[Any], tuple[Floats, Floats, Floats]]
"""Of the people of some areas and groups: how many had it, their share, and the number of cases that rests on."""


def repeat_columns(cells: RepeatCells, asked: Asked, questions: dict[str, Question]) -> Columns:
    """All rows; ``questions`` has what is compared with a reference, by its statistic."""
    pooled = figures(cells, asked, True)
    by_area = figures(cells, asked, False) if asked.by else [None] * len(pooled)
    parts = []
    for first, second in zip(pooled, by_area, strict=True):
        if first.statistic in questions:
            parts.append(_compared(cells, first, second, questions[first.statistic]))
            continue
        parts.append(_rows(cells, first, asked, True))
        if second is not None:
            parts.append(_rows(cells, second, asked, False))
    return stacked(parts)


def _rows(cells: RepeatCells, figure: Figure, asked: Asked, pooled: bool) -> Columns:
    """The rows of a figure that is compared with nothing."""
    side = cells.people.summed() if pooled else cells.people
    n_rows = figure.value.size
    bounded = figure.size is not None and asked.chance
    low, high = _limits(figure, asked)
    return {
        "measure": [figure.measure] * n_rows,
        "characteristic": [asked.characteristic] * n_rows,
        "group": side.groups * len(side.areas),
        **{name: [area[i] for area in side.areas for _ in side.groups] for i, name in enumerate(asked.by)},
        "period": [asked.period] * n_rows,
        "row_type": ["group"] * n_rows,
        "count": [None] * n_rows if figure.count is None else flat(figure.count),
        "nobs": flat(figure.nobs),
        "outcome_missing": flat(side.outcome_missing),
        "value": percent(figure.value),
        "unit_of_measure": ["percent"] * n_rows,
        "confidence_level": [asked.level if bounded else float("nan")] * n_rows,
        "low": percent(low),
        "high": percent(high),
        "flag": _flags(side, figure, asked),
        "method": [figure.method] * n_rows,
    } | _own_columns(figure, side)


def _limits(figure: Figure, asked: Asked) -> tuple[Floats, Floats]:
    """The limits of a figure; NaN where it has none."""
    if figure.size is None or not asked.chance:
        nothing = np.full(figure.value.shape, np.nan)
        return nothing, nothing
    if figure.people is not None:
        return clustered_limits(figure.value, figure.size, figure.people.astype(np.float64), asked.level)
    return wilson(figure.value, figure.size, normal_quantile(asked.level))


def _own_columns(figure: Figure, side: Any) -> Columns:
    """The columns that only repeats have, and numbers of cases that are no counts."""
    n_rows = figure.value.size
    columns: Columns = {
        "statistic": [figure.statistic] * n_rows,
        "people": flat(side.nobs),
        "by_chance": [float("nan")] * n_rows if figure.chance is None else percent(figure.chance),
        **{name: flat(values) for name, values in figure.extra.items()},
    }
    if figure.statistic in (EVENTS, RISK) and figure.size is not None:
        size = np.where(figure.size > 0, figure.size, np.nan)
        columns |= {"effective_nobs": flat(size), "design_effect": flat(figure.nobs / size)}
    return columns


def _flags(side: Any, figure: Figure, asked: Asked) -> list[Flag]:
    """What there is to know; a share of the most affected rests on these alone."""
    unknown = np.isnan(figure.value) & (np.asarray(figure.nobs) > 0)
    also = np.where(unknown, Flag.UNDEFINED, 0)
    if figure.statistic == TOP:
        also = also | np.where((side.nobs > 0) & (figure.count < SMALL_BASE), Flag.SMALL_BASE, 0)
    nobody = np.zeros(figure.value.shape, bool)
    bounded = figure.size is not None or figure.statistic == PLAIN
    return row_flags(side, side, nobody, chance=asked.chance and bounded, also=also)


def _compared(cells: RepeatCells, pooled: Figure, by_area: Figure | None, question: Question) -> Columns:
    """The rows of a figure that is compared with a reference."""
    whole: SharesOf = several_of if pooled.statistic == PEOPLE else partial(_within, cells)
    own = cells.people if pooled.statistic == PEOPLE else cells.risk

    def measured(sides: Sides) -> Findable:
        together = by_area is None or sides.own.areas != cells.records.areas
        return _findable(whole, pooled if together or by_area is None else by_area, question, sides)

    columns = distribution_columns(own, question, measured)
    n_rows = len(columns["measure"])
    columns["statistic"] = [pooled.statistic] * n_rows
    if pooled.statistic == RISK:
        columns["method"] = [_by_product_limit(text) for text in columns["method"]]
    return columns


def _by_product_limit(text: str) -> str:
    return f"{text}; Kaplan-Meier" if text.startswith("Newcombe") else text


def _within(cells: RepeatCells, side: Any) -> tuple[Floats, Floats, Floats]:
    share, size = shares_within(side, cells.times, cells.followed.window)
    return side.sums[..., 1, :].sum(axis=-1), share, size


def _findable(of: SharesOf, figure: Figure, question: Question, sides: Sides) -> Findable:
    (_, share1, size1), (_, share2, size2) = of(sides.own), of(sides.against)
    shown = np.where(sides.part > 0, sides.part * share1 + (1 - sides.part) * share2, share2)
    usable = sides.comparable & (size1 > 0) & (size2 > 0)
    arrays = (share1 * size1, size1, share2 * size2, size2)
    count1, nobs1, count2, nobs2 = (np.where(usable, a, 0.0).reshape(-1) for a in arrays)
    contrast = Contrast(count1, nobs1, count2, nobs2, sides.part.reshape(-1), "difference", "newcombe")
    nothing = np.full(share1.shape, np.nan)
    low, high = nothing, nothing
    if question.chance:
        low, high = wilson(share1, size1, normal_quantile(question.rules[0].confidence_level))
    unknown = (np.isnan(share1) & (sides.own.nobs > 0)) | (
        sides.comparable & np.isnan(share2) & (sides.against.nobs > 0)
    )
    reference_count = np.where(sides.comparable, of(sides.shown)[0], np.nan)
    extra = {"count": figure.count.astype(np.int64), "reference_count": reference_count} | {
        "value_low": 100 * low, "value_high": 100 * high,
        "people": sides.own.nobs,
        "by_chance": nothing if figure.chance is None else 100 * figure.chance,
        **figure.extra,
    }  # fmt: skip
    return Findable(100 * share1, 100 * shown, contrast, np.where(unknown, Flag.UNDEFINED, 0), extra)
