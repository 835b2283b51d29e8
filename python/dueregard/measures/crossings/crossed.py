"""Crossings of characteristics: the cases of every combination of labels that occurs, and of all others together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.intervals.edge_intervals import NOTHING
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import beside, estimated

ARRAYS = ("count", "nobs", "outcome_missing", "weight_count", "weight", "squares")


@dataclass(frozen=True)
class Crossing:
    """The combinations of some characteristics: ``labels[i]`` are those of row ``i`` of the arrays of ``cells``.

    ``rest`` has all other cases of known combinations in the place of each, ``whole`` all of them. ``grid`` is the
    shape of all combinations, and ``place`` where in it each row is.
    """

    names: tuple[str, ...]
    labels: list[tuple[Any, ...]]
    cells: Grouped
    rest: Grouped
    whole: Grouped
    n_empty: int
    grid: tuple[int, ...]
    place: NDArray[np.intp]
    every: Grouped
    """All combinations, empty ones too."""


def crossing(
    names: tuple[str, ...], every: Grouped, grid: tuple[int, ...], occupied: NDArray[np.bool_], *, everyone: bool
) -> Crossing:
    """The combinations of some characteristics that are occupied, or ``everyone``; the known ones first."""
    known, kept = every.known_group, occupied | everyone
    order = np.argsort(~known, kind="stable")
    place = order[kept[order]]
    cells = picked(every, place)
    whole = _summed(every, known, len(place))
    rest = _less(whole, cells)
    if every.survey is not None:
        others = np.broadcast_to(known, (len(place), len(known))) & (np.arange(len(known)) != place[:, np.newaxis])
        to, which = np.nonzero(others)
        rest = changed(rest, survey=every.survey.united(to, which, len(place)))
    return Crossing(
        names=names,
        labels=cells.groups,
        cells=cells,
        rest=rest,
        whole=whole,
        n_empty=int(np.count_nonzero(known & ~occupied)),
        grid=grid,
        place=place,
        every=every,
    )


def picked(every: Grouped, place: NDArray[np.intp]) -> Grouped:
    """Some of the groups of a single area, in this order."""
    arrays: dict[str, Any] = {name: getattr(every, name)[:, place] for name in ARRAYS}
    if every.survey is not None:
        arrays["survey"] = every.survey.united(np.arange(len(place)), place, len(place))
    return changed(every, groups=[every.groups[i] for i in place], known_group=every.known_group[place], **arrays)


def changed(cells: Grouped, **changes: Any) -> Grouped:
    """The same with something else in some places."""
    return replace(cells, **changes)


def _summed(every: Grouped, known: NDArray[np.bool_], n: int) -> Grouped:
    """All known combinations together, ``n`` times."""
    sums: dict[str, Any] = {
        name: np.repeat(getattr(every, name)[:, known].sum(axis=1, keepdims=True), n, axis=1) for name in ARRAYS
    }
    if every.survey is not None:
        inside = np.flatnonzero(known)
        sums["survey"] = every.survey.united(np.repeat(np.arange(n), len(inside)), np.tile(inside, n), n)
    return changed(every, groups=[None] * n, known_group=np.ones(n, bool), **sums)


def _less(whole: Grouped, cells: Grouped) -> Grouped:
    """The whole without each of the cells. Sums of weights are not exact, so where nobody is left they are set to 0."""
    left: dict[str, Any] = {name: getattr(whole, name) - getattr(cells, name) for name in ARRAYS}
    if whole.weighted:
        for name, of in (("weight_count", "count"), ("weight", "nobs"), ("squares", "nobs")):
            left[name] = np.where(left[of] > 0, np.maximum(left[name], 0.0), 0.0)
    return changed(whole, **left)


def joined(sides: Sequence[Grouped]) -> Grouped:
    """The groups of several crossings as one row of groups."""
    arrays: dict[str, Any] = {name: np.concatenate([getattr(side, name) for side in sides], axis=1) for name in ARRAYS}
    surveys = [side.survey for side in sides if side.survey is not None]
    if surveys:
        arrays["survey"] = beside(surveys)
    groups = [group for side in sides for group in side.groups]
    return changed(sides[0], groups=groups, known_group=np.concatenate([side.known_group for side in sides]), **arrays)


def quarters(crossing: Crossing) -> tuple[Floats, Floats]:
    """For each row of two characteristics: shares and sizes of cases with both labels, the first, the second, neither.

    The arrays have the shape (4, rows); only known combinations are in them.
    """
    made = [_quarter(crossing, name) for name in ("weight_count", "weight", "squares", "count", "nobs")]
    weight_count, weight, squares, count, nobs = made
    weight = np.where(nobs > 0, weight, 0.0)
    share = np.divide(weight_count, weight, out=np.full(weight.shape, np.nan), where=weight > 0)
    share = np.where((count == nobs) & (weight > 0), 1.0, np.clip(share, 0.0, 1.0))
    size = np.divide(np.square(weight), squares, out=np.zeros(weight.shape), where=(squares > 0) & (weight > 0))
    return share, size


def survey_quarters(crossing: Crossing, share: Floats) -> Floats:
    """The effective numbers of cases of these four shares that give their contrast the variance of the design."""
    survey = crossing.every.survey
    assert survey is not None
    known = np.flatnonzero(crossing.every.known_group)
    (first, second), (own1, own2) = (np.unravel_index(each, crossing.grid) for each in (known, crossing.place))
    same1, same2 = first == own1[:, np.newaxis], second == own2[:, np.newaxis]
    n, sets = len(crossing.place), []
    for inside in (same1 & same2, same1 & ~same2, ~same1 & same2, ~same1 & ~same2):
        to, which = np.nonzero(inside)
        sets.append(survey.united(to, known[which], n))
    found = estimated(sets)
    weight, squares, nobs = (_quarter(crossing, name) for name in ("weight", "squares", "nobs"))
    kish = np.divide(np.square(weight), squares, out=np.zeros(weight.shape), where=squares > 0)
    sides = [found.shares(i, share[i], nobs[i], kish[i], survey.alike) for i in range(4)]
    size, variance = np.stack([side.size for side in sides]), np.stack([side.variance for side in sides]).sum(axis=0)
    signs = np.repeat([1.0, -1.0, -1.0, 1.0], n)
    together = found.quotients.combined(np.tile(np.arange(n), 4), np.arange(4 * n), signs, n).variance
    told = ~np.any([side.edge for side in sides], axis=0) & (together > NOTHING * variance)
    return np.asarray(size * np.divide(variance, together, out=np.ones(n), where=told))


def _quarter(crossing: Crossing, name: str) -> Floats:
    known = np.where(crossing.every.known_group, getattr(crossing.every, name)[0], 0).reshape(crossing.grid)
    both = known.reshape(-1)[crossing.place]
    first, second = np.unravel_index(crossing.place, crossing.grid)
    alone1, alone2 = known.sum(axis=1)[first] - both, known.sum(axis=0)[second] - both
    neither = known.sum() - alone1 - alone2 - both
    return np.maximum(np.stack([both, alone1, alone2, neither]).astype(np.float64), 0.0)
