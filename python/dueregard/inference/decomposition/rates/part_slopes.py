"""What each part of a gap changes by for one more person in a cell: derivatives, carried back from parts to people.

A part is a sum over positions of the cube (see `cubes`) of products of rates and shares. Its derivatives by the rates
and shares of both sides are written down; those by people follow, in all cells at once.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.rates.composition_split import mixed_terms
from dueregard.inference.decomposition.rates.cubes import crossed_axes, cube_of, order_weights
from dueregard.inference.decomposition.rates.gap_parts import Counts, Plan, Tables, within
from dueregard.inference.importance.shapley_subsets import by_set_size
from dueregard.inference.importance.shapley_values import shapley_values


class Slopes(NamedTuple):
    """What each part changes by for one more person in a cell, and for one more with the property; (cells, parts)."""

    by_nobs: Floats
    by_positive: Floats


class Derivatives(NamedTuple):
    """Of some parts, (k, *cube), by the rates and shares of the group and of the reference, and by the logarithms of
    their numbers of people.
    """

    rate1: Floats
    rate0: Floats
    share1: Floats
    share0: Floats
    log1: Floats | None = None
    log0: Floats | None = None

    @property
    def total(self) -> "Derivatives":
        """Of the sum of the parts."""
        given = {name: each for name, each in self._asdict().items() if each is not None}
        return Derivatives(**{name: each.sum(axis=0, keepdims=True) for name, each in given.items()})


def part_slopes(group: Counts, reference: Counts, plan: Plan) -> tuple[Slopes, Slopes]:
    """The slopes of both groups' people, of one table each, (1, *sizes)."""
    gap = _overall(group), _overall(reference)
    inside = [group, reference]
    if plan.support is not None:
        inside = [within(each, plan.support) for each in inside]
    tables = Tables(inside[0], inside[1], plan)
    found = [_carried(tables, each) for each in _parts(tables, plan)]
    pairs = []
    for i, sign in ((0, 1.0), (1, -1.0)):
        whole = Slopes(*(sign * each for each in gap[i]))
        columns = [Slopes(*(each.T for each in one[i])) for one in found]
        if plan.support is not None:
            kept = plan.support.reshape(-1, 1)
            columns = [Slopes(each.by_nobs * kept, each.by_positive * kept) for each in columns]
            own = _overall(inside[i])
            columns.append(Slopes(*(one - sign * kept * part for one, part in zip(whole, own, strict=True))))
        pairs.append(Slopes(*(np.hstack(each) for each in zip(whole, *columns, strict=True))))
    return pairs[0], pairs[1]


def _overall(side: Counts) -> Slopes:
    """Of a side's own share of all its people, (cells, 1)."""
    nobs, positive = float(side.nobs.sum()), float(side.positive.sum())
    one = np.full((side.nobs.size, 1), 1 / nobs if nobs > 0 else np.nan)
    return Slopes(-one * (positive / nobs if nobs > 0 else np.nan), one)


def _parts(tables: Tables, plan: Plan) -> Iterator[Derivatives]:
    """The derivatives of all parts but the gap and those apart, in the order of ``plan.names``."""
    half = 0.5 if plan.parts == 2 else 0.0
    weigh, shift = (each[0] for each in tables.sides)
    inner = tuple(slice(0, -1) for _ in plan.sizes)
    cells = np.zeros(weigh.shape)
    cells[inner] = 1.0
    yield _priced((shift * cells)[np.newaxis], (weigh * cells)[np.newaxis], half)
    if plan.splits:
        of = _cross_classified if plan.method == "das-gupta" else _over_orders
        for j in range(len(plan.sizes)):
            levels = of(tables, plan, j, half)
            yield levels.total
            yield levels
    masks = np.concatenate([cells[np.newaxis], *(_levels_of(plan.sizes, j) for j in range(len(plan.sizes)))])
    base, apart = masks * (tables.share0[0] + half * shift), masks * (tables.rate1 - tables.rate0)[0]
    yield Derivatives(base, -base, half * apart, (1 - half) * apart)
    if plan.parts == 3:
        yield Derivatives(masks * shift, -masks * shift, apart, -apart)


def _levels_of(sizes: tuple[int, ...], j: int) -> Floats:
    """For each level of factor j, 1 in the cells with it, (levels, *cube)."""
    mask = np.zeros((sizes[j], *(size + 1 for size in sizes)))
    for level in range(sizes[j]):
        mask[(level, *(slice(0, -1) if i != j else level for i in range(len(sizes))))] = 1.0
    return mask


def _priced(by_weigh: Floats, by_shift: Floats, half: float) -> Derivatives:
    """From derivatives by the rates at which shares count, and by differences of shares."""
    return Derivatives(half * by_weigh, (1 - half) * by_weigh, by_shift, -by_shift)


def _over_orders(tables: Tables, plan: Plan, j: int, half: float) -> Derivatives:
    """Of the levels of factor j: sums of weight x (rate there - rate of the whole cell) x difference of shares."""
    size = plan.sizes[j]
    weights, before, after = order_weights(plan.sizes, j)
    weigh, shift = (each.reshape(before, size + 1, after) for each in tables.sides)
    by_weigh, by_shift = (np.zeros((size, before, size + 1, after)) for _ in range(2))
    for level in range(size):
        counted = weights * shift[:, level]
        by_weigh[level, :, level], by_weigh[level, :, -1] = counted, -counted
        by_shift[level, :, level] = weights * (weigh[:, level] - weigh[:, -1])
    shape = (size, *tables.sides.weigh.shape[1:])
    return _priced(by_weigh.reshape(shape), by_shift.reshape(shape), half)


def _cross_classified(tables: Tables, plan: Plan, j: int, half: float) -> Derivatives:
    """Of the levels of factor j in Das Gupta's split, whose terms are made of numbers of people in cubes' positions."""
    sizes, p = plan.sizes, len(plan.sizes)
    inner = tuple(slice(0, -1) for _ in sizes)
    mask = _levels_of(sizes, j)
    weigh, shift = (each[0] for each in tables.sides)
    mixed = mixed_terms(*tables.nobs, sizes)[0]
    effect = np.zeros(weigh.shape)
    effect[inner] = shapley_values(mixed)[..., j]
    by_weigh = mask * effect
    by_weigh.reshape(len(mask), -1)[:, -1] -= (mask * shift).reshape(len(mask), -1).sum(axis=1)
    by_shift = -float(weigh.reshape(-1)[-1]) * mask
    bits = np.arange(1 << p)
    by_log = [np.zeros(mask.shape) for _ in range(2)]
    for k in range(p):
        own = (bits >> k & 1).astype(bool)
        for side, chosen in ((0, own), (1, ~own)):
            slope = weigh[inner] * shapley_values(np.where(chosen, mixed, 0.0))[..., j]
            by_log[side] += cube_of(mask[(slice(None), *inner)] * slope, p) * _term_weights(sizes, k)
    return _priced(by_weigh, by_shift, half)._replace(log1=by_log[0], log0=by_log[1])


def _term_weights(sizes: tuple[int, ...], k: int) -> Floats:
    """How the logarithm of factor k's term goes with that of the people at each position of the cube."""
    axes = crossed_axes(sizes)
    crossed, by_size = np.sum(axes, axis=0).astype(np.int64), np.append(by_set_size(len(sizes)), 0.0)
    return np.asarray(np.where(axes[k] > 0, by_size[crossed - 1], -by_size[crossed]))


def _carried(tables: Tables, given: Derivatives) -> tuple[Slopes, Slopes]:
    """By people of the group and of the reference, (k, cells)."""
    one, other = np.broadcast_arrays(given.rate1, given.rate0)
    none1, none0 = tables.people[0][0] <= 0, tables.people[1][0] <= 0
    by_rate1 = np.where(none1, 0.0, one + np.where(none0, other, 0.0))  # a rate that was borrowed is the lender's
    by_rate0 = np.where(none0, 0.0, other + np.where(none1, one, 0.0))
    return (
        _by_people(tables.people[0][0], tables.rate1[0], tables.share1[0], by_rate1, given.share1, given.log1),
        _by_people(tables.people[1][0], tables.rate0[0], tables.share0[0], by_rate0, given.share0, given.log0),
    )


def _by_people(
    people: Floats, rate: Floats, share: Floats, by_rate: Floats, by_share: Floats, by_log: Floats | None
) -> Slopes:
    k = len(by_share)
    each = np.divide(1.0, people, out=np.zeros(people.shape), where=people > 0)
    whole = float(each.reshape(-1)[-1])
    by_positive = by_rate * each
    by_nobs = -by_positive * rate + by_share * whole + (0.0 if by_log is None else by_log * each)
    everybody = -(by_share * share).reshape(k, -1).sum(axis=1, keepdims=True) * whole
    p = people.ndim
    return Slopes(_to_cells(by_nobs, p).reshape(k, -1) + everybody, _to_cells(by_positive, p).reshape(k, -1))


def _to_cells(cube: Floats, p: int) -> Floats:
    """What all positions that a cell is in come to for it: the opposite of `cube_of`."""
    for axis in range(1, p + 1):
        below, total = np.split(cube, [cube.shape[axis] - 1], axis=axis)
        cube = below + total
    return cube
