"""The parts of every group's gap in every area, and how surely they are known."""

from dataclasses import dataclass, replace
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.inference.decomposition.rates.gap_parts import APART, Plan
from dueregard.inference.surveys.ratios import totals_of
from dueregard.measures.decomposition.rates.crossed_groups import CrossedGroups, Pair
from dueregard.measures.decomposition.rates.part_precision import designed, linearised, parts_of, sides_of
from dueregard.measures.decomposition.rates.part_replicates import Draws, bootstrapped

MOST_POSITIONS = 2**24
"""Of a cube of all margins, and of a table of all orders for each cell, which Das Gupta's split needs."""


@dataclass(frozen=True, eq=False)
class Decomposed:
    """One group in one area: ``contrast`` has its parts, as named in ``plan.names``.

    ``lonely`` are the cells in which only one of the two groups has people.
    """

    pair: Pair
    plan: Plan
    contrast: PartContrast
    lonely: NDArray[np.bool_]

    @property
    def lonely_people(self) -> int:
        """People of both groups in such cells."""
        return int(self.pair.own.in_cells[self.lonely].sum() + self.pair.other.in_cells[self.lonely].sum())


def check_size(sizes: tuple[int, ...], factors: tuple[str, ...], method: str) -> None:
    """Refuse factors whose crossing is too large to be worked out."""
    cube, cells = prod(size + 1 for size in sizes), prod(sizes)
    table = cells << len(sizes) if method == "das-gupta" else cube
    if max(cube, table) > MOST_POSITIONS:
        crossing = " x ".join(f"{name} ({size:,})" for name, size in zip(factors, sizes, strict=True))
        raise ValueError(
            f"factors: {crossing} cross to {cells:,} cells, too many for method={method!r}; take fewer factors, or "
            "put levels together"
        )


def decomposed(
    crossed: CrossedGroups,
    *,
    position: int | None,
    overall: bool,
    method: str,
    parts: int,
    empty: str,
    draws: Draws | None,
    chance: bool,
) -> list[Decomposed]:
    """All areas together, then each; in each the groups that are compared, in their order."""
    compared = [i for i in np.flatnonzero(crossed.grouped.known_group) if i != position]
    pairs = [crossed.pair(area, int(i), position, overall=overall) for area in crossed.areas for i in compared]
    lonely = [_lonely(pair) for pair in pairs]
    if empty == "refuse":
        for pair, cells in zip(pairs, lonely, strict=True):
            _refuse(crossed, pair, cells)
    totals = totals_of(crossed.survey.cells, 0) if chance and crossed.survey and crossed.survey.cells else None
    found = []
    for at, (pair, cells) in enumerate(zip(pairs, lonely, strict=True)):
        support = ~cells.reshape(crossed.sizes) if empty == "apart" else None
        plan = Plan(crossed.sizes, method, parts, support)
        contrast = _contrast(pair, plan, crossed, totals, draws, at, chance=chance)
        found.append(Decomposed(pair, plan, _without_limits(contrast, plan), cells))
    return found


def _contrast(
    pair: Pair, plan: Plan, crossed: CrossedGroups, totals: Any, draws: Draws | None, at: int, *, chance: bool
) -> PartContrast:
    value = parts_of(pair, plan)
    nothing = np.full(len(value), np.nan)
    if not chance or np.isnan(value[0]):
        return PartContrast(value, nothing, nothing)
    if draws is not None:
        return bootstrapped(pair, plan, value, draws, at)
    sides = sides_of(pair, plan, crossed.places(pair.area))
    if totals is not None:
        return designed(value, sides, crossed, totals)
    return linearised(value, sides)


def _without_limits(contrast: PartContrast, plan: Plan) -> PartContrast:
    """People without counterpart have a part, but no limits: who they are is up to chance, which no formula holds."""
    apart = [name.part == APART for name in plan.names]
    return replace(contrast, se=np.where(apart, np.nan, contrast.se))


def _lonely(pair: Pair) -> NDArray[np.bool_]:
    """Cells in which one side weighs nothing and the other something."""
    own, against = (each.weight.sum(axis=0) > 0 for each in (pair.own, pair.against))
    return np.asarray(own != against)


def _refuse(crossed: CrossedGroups, pair: Pair, lonely: NDArray[np.bool_]) -> None:
    if not lonely.any() or not pair.own.nobs or not pair.against.nobs:
        return
    cell = int(lonely.argmax())
    area = crossed.area_labels(pair.area)
    where = "" if all(each is None for each in area) else f" in {', '.join(map(str, area))}"
    label = crossed.grouped.groups[pair.group]
    without = "the reference has nobody" if pair.own.in_cells[cell] else f"{label!r} has nobody"
    raise ValueError(
        f"empty: {without} with {crossed.cell_words(cell)}{where}, so that {label!r} has people without counterpart; "
        "pass empty='borrow' or 'apart', put levels together, or take fewer factors"
    )


def share_within(values: NDArray[Any], sizes: tuple[int, ...], j: int) -> NDArray[Any]:
    """What each level of factor j has of the cells' sum."""
    table = values.reshape(sizes)
    return np.asarray(table.sum(axis=tuple(i for i in range(len(sizes)) if i != j)))
