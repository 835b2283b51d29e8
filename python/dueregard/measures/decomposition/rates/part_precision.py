"""How surely the parts of a gap are known: from the spread of people's scores, or from a design."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.inference.decomposition.rates.gap_parts import Plan, gap_parts
from dueregard.inference.decomposition.rates.part_scores import Scores, part_scores
from dueregard.inference.surveys.estimates import Estimates
from dueregard.measures.decomposition.rates.crossed_groups import Cells, CrossedGroups, Pair

ROUNDING = 1e-12
"""A standard error below this is rounding: shares and rates are at most 1."""


class Weighed(NamedTuple):
    """People of a side: their areas and groups, the cells they are in, and what each changes the parts by there."""

    areas: tuple[int, ...]
    groups: tuple[int, ...]
    cells: Cells
    scores: Scores


def parts_of(pair: Pair, plan: Plan) -> Floats:
    """The parts themselves."""
    return np.asarray(gap_parts(pair.own.counts(plan.sizes), pair.against.counts(plan.sizes), plan)[0])


def sides_of(pair: Pair, plan: Plan, areas: tuple[int, ...]) -> list[Weighed]:
    """The people of the group, and the others that it is compared with, with their scores."""
    against = pair.against
    sizes = (pair.own.size, against.size)
    own, other = part_scores(pair.own.counts(plan.sizes), against.counts(plan.sizes), plan, sizes)
    if pair.overlaps:  # the group's people are on both sides
        own = Scores(*(one + more for one, more in zip(own, other, strict=True)))
    return [Weighed(areas, (pair.group,), pair.own, own), Weighed(areas, pair.groups, pair.other, other)]


def linearised(value: Floats, sides: list[Weighed]) -> PartContrast:
    """Rows drawn one by one: the sum over people of squared scores, n / (n - 1) of each side.

    ``sides`` are samples apart. Degrees of freedom are Satterthwaite's of n - 1 of each.
    """
    found = [(_spread(side), float(side.cells.nobs - 1)) for side in sides]
    variance = np.sum([spread for spread, _ in found], axis=0)
    return _contrast(value, variance, satterthwaite(found))


def _spread(side: Weighed) -> Floats:
    """The variance that comes of one side's people."""
    n, (up, down) = side.cells.nobs, side.scores
    if n < 2:
        return np.full(up.shape[1], np.nan)
    squared = side.cells.squares[0] @ np.square(up) + side.cells.squares[1] @ np.square(down)
    return np.asarray(squared * n / (n - 1))


def satterthwaite(found: Sequence[tuple[Floats, Floats | float]]) -> Floats:
    """Degrees of freedom of sums of variances: (sum v)^2 over the sum of v^2 / df."""
    total = np.square(np.sum([variance for variance, _ in found], axis=0))
    below = np.sum([np.square(variance) / np.maximum(degrees, 1e-9) for variance, degrees in found], axis=0)
    return np.asarray(np.divide(total, below, out=np.full(total.shape, np.nan), where=below > 0))


def _contrast(value: Floats, variance: Floats, degrees: Floats) -> PartContrast:
    with np.errstate(invalid="ignore"):
        se = np.sqrt(variance)
        told = (se > ROUNDING) & np.isfinite(value)
    return PartContrast(value, np.where(told, se, np.nan), degrees)


def designed(value: Floats, sides: list[Weighed], crossed: CrossedGroups, totals: Estimates) -> PartContrast:
    """By the design: the scores of the sums of all cells of ``totals``, added up by cluster.

    Degrees of freedom are those of the clusters of both sides, or Satterthwaite's of each side's if fewer.
    """
    n, k = len(value), len(sides)
    terms = [_terms(side, crossed) for side in sides]
    to = [
        np.repeat(np.arange(i * n, (i + 1) * n)[np.newaxis], len(source), axis=0).ravel()
        for i, (source, _) in enumerate(terms)
    ]
    source = [np.repeat(source, n) for source, _ in terms]
    coefficient = [scores.ravel() for _, scores in terms]
    apart = totals.combined(np.concatenate(to), np.concatenate(source), np.concatenate(coefficient), n * k)
    together = apart.combined(np.tile(np.arange(n), k), np.arange(n * k), 1.0, n)
    found = list(zip(np.split(apart.sampled.variance, k), np.split(apart.degrees_of_freedom, k), strict=True))
    degrees = np.fmin(together.degrees_of_freedom, satterthwaite(found))
    variance = np.where(together.clusters > 1, together.sampled.variance, np.nan)
    return replace(_contrast(value, variance, degrees), sampled=together.sampled)


def _terms(side: Weighed, crossed: CrossedGroups) -> tuple[NDArray[np.int64], Floats]:
    """The cells of the survey's tally with a side's people, and the scores of each, (cells, parts)."""
    assert crossed.survey is not None
    n_areas, n_groups, _, n_cells = crossed.people.shape
    shape = (n_areas, n_groups, n_cells, crossed.survey.counts.shape[-1])
    number = np.arange(crossed.survey.counts.size).reshape(shape)
    chosen = number[np.ix_(list(side.areas), list(side.groups))]
    sources, scores = [], []
    for places, score in zip(crossed.answers, side.scores, strict=True):
        cells = chosen[..., list(places)]
        sources.append(cells.ravel())
        by_cell = np.broadcast_to(score[:, np.newaxis], (*cells.shape[:2], n_cells, len(places), score.shape[1]))
        scores.append(by_cell.reshape(-1, score.shape[1]))
    every, each = np.concatenate(sources), np.concatenate(scores)
    used = (crossed.survey.counts.ravel()[every] > 0) & (each != 0).any(axis=1)
    return every[used], each[used]
