"""A gap with the same profile of crossed factors in both groups."""

import numpy as np
from numpy.typing import NDArray

from dueregard.flags import Flag
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.reweighting.profile_odds import cell_odds
from dueregard.inference.decomposition.reweighting.reweighting import Reweighted, reweighted, whole_gap
from dueregard.inference.decomposition.sides import Side, Sides
from dueregard.measures.decomposition.reweighting.reweighted_parts import apart_of_totals, nobody
from dueregard.measures.decomposition.reweighting.reweighting_questions import ReweightingQuestion
from dueregard.measures.decomposition.samples.gap_samples import GapSample
from dueregard.measures.decomposition.samples.sample_blocks import Apart
from dueregard.measures.decomposition.samples.sample_sides import sides_of


def cell_gap(sample: GapSample, area: int, group: int, question: ReweightingQuestion) -> Apart | str:
    """The parts of one gap. People in cells with nobody of the other side are a part of their own (Nopo 2008)."""
    why = nobody(sample, area, group)
    if why:
        return why
    sides = sides_of(sample, area, group)
    cells = [sample.cells[sample.members(area, side)] for side in (group, sample.reference)]
    n_cells = sample.n_cells
    people = [np.bincount(cell, side.weight, n_cells) for cell, side in zip(cells, sides, strict=True)]
    shared = (people[0] > 0) & (people[1] > 0)
    if not shared.any():
        return f"no combination of factors has people of group {sample.groups[group]!r} and of the reference"
    inside = [shared[cell] for cell in cells]
    kept = Sides(*(_kept(side, each) for side, each in zip(sides, inside, strict=True)))
    codes = cells[0][inside[0]], cells[1][inside[1]]
    found = reweighted(kept, cell_odds(kept, codes, n_cells), question.share, question.trim, codes)
    alone = sum(float(side.weight @ ~each) for side, each in zip(sides, inside, strict=True))
    both = sum(float(side.weight.sum()) for side in sides)
    return _apart(sides, found, inside, 100 * alone / both)


def _kept(side: Side, inside: NDArray[np.bool_]) -> Side:
    return Side(side.x[inside], side.y[inside], side.weight[inside])


def _apart(sides: Sides, found: Reweighted, inside: list[NDArray[np.bool_]], alone: float) -> Apart:
    """The gap as explained, unexplained and, of people without counterpart, not comparable."""
    gap = whole_gap(sides)
    remains, comparable = (_spread(each, inside) for each in (found.remains, found.gap))
    return apart_of_totals(
        [comparable - remains, remains, _without_limits(gap - comparable)],
        found,
        {"empty_percent": alone},
        int(Flag.EMPTY_CELL) if alone else 0,
    )


def _without_limits(number: Changing) -> Changing:
    """People without counterpart have a part, but no limits: who they are is up to chance, which no formula holds."""
    return Changing(number.value, 0 * number.group, 0 * number.reference)


def _spread(number: Changing, inside: list[NDArray[np.bool_]]) -> Changing:
    """A number of some rows as one of all: the others do not change it."""
    arrays = []
    for changes, each in zip((number.group, number.reference), inside, strict=True):
        found = np.zeros((len(each), 1))
        found[each] = changes
        arrays.append(found)
    return Changing(number.value, arrays[0], arrays[1])
