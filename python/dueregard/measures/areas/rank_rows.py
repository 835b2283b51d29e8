"""The rows of ranks: first how much the areas of each set vary, then each area with the ranks that it may have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.areas.rank_intervals import intervals_of, ranks_of
from dueregard.inference.areas.uncertain_values import Draws, UncertainValues
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import multiplicity
from dueregard.inference.two_groups.variation import LARGEST, SPREAD
from dueregard.measures.areas.ranked_figures import RankedFigures, Scale
from dueregard.measures.comparison_rows import Columns, stacked
from dueregard.measures.variation_rows import variation_of
from dueregard.measures.verdicts import Rule

RANKS = ("rank", "rank_low", "rank_high", "joint_rank_low", "joint_rank_high", "top_quarter", "bottom_quarter")
FARTHEST = "largest distance from the mean expected if areas did not differ"
METHOD = "ranks by differences of pairs, stepping down; chances of quarters around a common mean"


@dataclass(frozen=True)
class RankQuestion:
    """What is asked of the figures."""

    higher_is_better: bool
    level: float
    draws: Draws
    drawn: str
    among: str | None
    insists: bool


@dataclass(frozen=True, eq=False)
class RankedSet:
    """Areas that are ranked against each other: positions of rows."""

    group: Any
    among: Any
    rows: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Distances:
    """Figures as distances from their mean, for the rows on how much they vary."""

    gap: Floats
    variance: Floats
    scale: Scale
    most: float

    def shown(self, value: float) -> float:
        return self.scale.shown(value)


def sets_of(figures: RankedFigures, among: list[Any] | None) -> list[RankedSet]:
    """The rows of each group of people and, within it, of each group of areas that are alike; known ones only."""
    labels = [None] * len(figures) if among is None else among
    found: dict[tuple[Any, Any], list[int]] = {}
    for row, (group, label, known) in enumerate(zip(figures.groups, labels, figures.known, strict=True)):
        if known and (among is None or label is not None):
            found.setdefault((group, label), []).append(row)
    return [RankedSet(group, label, np.array(rows)) for (group, label), rows in found.items()]


def rank_columns(figures: RankedFigures, among: list[Any] | None, asked: RankQuestion) -> Columns:
    """All rows of the findings, as columns."""
    sets = sets_of(figures, among)
    variation = [_variation(figures, one, asked) for one in sets]
    pvalues = np.array([rows[0].get("pvalue", np.nan) for rows in variation])
    adjusted = multiplicity.adjusted(pvalues, "holm") if len(pvalues) else pvalues
    for rows, pvalue in zip(variation, adjusted, strict=True):
        rows[0]["adjusted_pvalue"] = float(pvalue)
    ranks = {name: np.full(len(figures), np.nan) for name in (*RANKS, "compared_areas")}
    flags = figures.flags.copy()
    for one, pvalue in zip(sets, adjusted, strict=True):
        _rank(figures, one, float(pvalue), asked, ranks, flags)
    if among is not None:
        flags |= np.where([label is None for label in among], int(Flag.MISSING_GROUP), 0)
    more: Columns = {
        "row_type": ["group"] * len(figures),
        "flag": [Flag(int(flag)) for flag in flags],
        "method": [f"{METHOD}; {asked.drawn}" if known else None for known in figures.measured],
        **({} if asked.among is None else {asked.among: list(among or [])}),
        **{name: values.tolist() for name, values in ranks.items()},
    }
    each = figures.columns | more
    return stacked([_variation_columns(figures, variation, asked, list(each)), each])


def _variation(figures: RankedFigures, one: RankedSet, asked: RankQuestion) -> list[dict[str, Any]]:
    """How much the areas of one set vary, and how far out the farthest would be if they did not."""
    measured = figures.measured[one.rows]
    rows_used = one.rows[measured]

    def distances() -> Distances:
        value, variance = figures.units.value[rows_used], figures.chance_if_alike(rows_used)
        mean = (value / variance).sum() / (1 / variance).sum()
        return Distances(value - mean, variance, figures.scale, figures.scale.most(value, variance))

    shared = {} if asked.among is None else {asked.among: one.among}
    if not measured.any():
        return [row | shared for row in _unmeasured(figures, one)]
    rows = variation_of(one.group, measured, [Rule(asked.level, 0.0)], distances)
    return [row | shared | {"method": row["method"].replace(LARGEST, FARTHEST)} for row in rows]


def _unmeasured(figures: RankedFigures, one: RankedSet) -> list[dict[str, Any]]:
    """The same rows where nothing is known of chance: how far the farthest is from the plain mean."""
    value = figures.units.value[one.rows[figures.there[one.rows]]]
    farthest = float(np.abs(value - value.mean()).max()) if len(value) else np.nan
    areas = f"not known without numbers of cases, {len(value)} area{'' if len(value) == 1 else 's'}"
    shared = {"group": one.group, "flag": Flag.NO_INTERVAL}
    return [
        shared | {"method": f"{SPREAD}, {areas}"},
        shared | {"method": f"{FARTHEST}, {areas}", "value": figures.scale.shown(farthest)},
    ]


def _rank(
    figures: RankedFigures,
    one: RankedSet,
    pvalue: float,
    asked: RankQuestion,
    ranks: dict[str, Floats],
    flags: NDArray[np.int64],
) -> None:
    """Write the ranks of one set, unless they are withheld, and the flags that say why."""
    measured = figures.measured[one.rows]
    there = figures.there[one.rows]
    rows = one.rows[measured if measured.any() else there]
    flags[one.rows[there & ~measured]] |= int(Flag.NO_INTERVAL)
    flags[np.setdiff1d(one.rows, rows)] |= int(Flag.RANK_WITHHELD)
    if len(rows) < 2:
        flags[one.rows] |= int(Flag.TOO_FEW_AREAS)
        return
    ranks["compared_areas"][rows] = len(rows)
    if measured.any() and not pvalue < 1 - asked.level:
        flags[rows] |= int(Flag.NOT_SHOWN_TO_DIFFER)
    differ = measured.any() and pvalue < 1 - asked.level
    if not differ and not asked.insists:
        flags[rows] |= int(Flag.RANK_WITHHELD)
        return
    units = _turned(figures.units.of(rows), asked)
    if not measured.any():
        ranks["rank"][rows] = ranks_of(units.value)
        return
    for name, values in zip(RANKS, intervals_of(units, asked.level, asked.draws), strict=True):
        ranks[name][rows] = values


def _turned(units: UncertainValues, asked: RankQuestion) -> UncertainValues:
    return units if asked.higher_is_better else units.turned()


def _variation_columns(
    figures: RankedFigures, variation: list[list[dict[str, Any]]], asked: RankQuestion, names: list[str]
) -> Columns:
    """The rows on variation as columns; None, or NaN, for what a row that stands for no area does not have."""
    constant = {
        "measure": figures.name,
        "characteristic": figures.characteristic,
        "period": figures.period,
        "row_type": "variation",
        "unit_of_measure": figures.scale.spread_unit,
        "confidence_level": np.nan,
        **dict.fromkeys((*RANKS, "compared_areas"), np.nan),
    }
    rows = [row for rows in variation for row in rows]
    wanted = list(dict.fromkeys([*names, "group", "value", "estimate", "pvalue", "adjusted_pvalue", "low", "high"]))
    return {name: [row.get(name, constant.get(name)) for row in rows] for name in wanted}
