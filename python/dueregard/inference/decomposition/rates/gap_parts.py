"""All parts of a gap between two groups' shares at once, from the counts in crossed cells, for many replicates."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.rates.composition_split import Sides, Split, cross_classified, over_orders
from dueregard.inference.decomposition.rates.cubes import cube_of, level_sums

METHODS = ("shapley", "das-gupta", "kitagawa")
GAP, COMPOSITION, RATES, INTERACTION, APART = "gap", "composition", "rates", "interaction", "not comparable"


class PartName(NamedTuple):
    """A part, of which factor and level by their numbers; None of all."""

    part: str
    factor: int | None = None
    level: int | None = None


@dataclass(frozen=True)
class Plan:
    """Which parts are asked for, of factors of such numbers of levels.

    With ``parts`` 2 each part is at the mean of both groups' rates or shares, with 3 at those of the reference, with an
    interaction. ``support`` are the cells in which people of both groups are held comparable; None: all, and a group
    without people in a cell has the other's rate there.
    """

    sizes: tuple[int, ...]
    method: str = "shapley"
    parts: int = 2
    support: NDArray[np.bool_] | None = None

    @property
    def splits(self) -> bool:
        """Whether the composition is split by factor: one factor has all of it, whatever the method."""
        return self.method != "kitagawa" or len(self.sizes) == 1

    @cached_property
    def names(self) -> tuple[PartName, ...]:
        """The parts in their order: the gap, then each total with what is below it."""
        levels = [(j, [PartName("", j, level) for level in range(size)]) for j, size in enumerate(self.sizes)]
        found = [PartName(GAP), PartName(COMPOSITION)]
        if self.splits:
            found += [each._replace(part=COMPOSITION) for j, below in levels for each in [PartName("", j), *below]]
        for part in (RATES, INTERACTION)[: self.parts - 1]:
            found += [PartName(part), *(each._replace(part=part) for _, below in levels for each in below)]
        return tuple(found) if self.support is None else (*found, PartName(APART))


class Counts(NamedTuple):
    """People and those with the property in every cell of one group, (n, *sizes); or sums of their weights."""

    nobs: Floats
    positive: Floats


def gap_parts(group: Counts, reference: Counts, plan: Plan) -> Floats:
    """Each part, as named in ``plan.names``, of the share of the group less that of the reference; (n, parts).

    The parts sum to the gap. NaN where a group has nobody; where no cell has people of both, nobody is compared with
    anybody, and there is the gap alone.
    """
    gap = _overall(group) - _overall(reference)
    inside = (
        (group, reference) if plan.support is None else (within(group, plan.support), within(reference, plan.support))
    )
    tables = Tables(*inside, plan)
    columns = [gap, tables.composition.sum(axis=1)]
    if plan.splits:
        split = tables.split()
        for j, levels in enumerate(split.levels):
            columns += [split.factors[:, j], *levels.T]
    for cells in (tables.rated, tables.both)[: plan.parts - 1]:
        by_level = level_sums(cells)
        columns += [by_level[0].sum(axis=1), *(column for each in by_level for column in each.T)]
    if plan.support is not None:
        columns.append(gap - (_overall(inside[0]) - _overall(inside[1])))
    found = np.stack(columns, axis=1)
    found[~_overlap(group, reference), 1:] = np.nan
    return found


def alike(group: Counts, reference: Counts, plan: Plan) -> Floats:
    """What the shares of the group and of the reference would be with the profile at which their rates are compared,
    (n, 2): that halfway between, or with 3 parts the reference's. They differ by the rates part.
    """
    sides = group, reference
    if plan.support is not None:
        sides = within(group, plan.support), within(reference, plan.support)
    tables = Tables(*sides, plan)
    found = np.stack([(tables.profile * each).reshape(len(each), -1).sum(axis=1) for each in tables.rates], axis=1)
    found[~_overlap(group, reference)] = np.nan
    return found


def _overlap(group: Counts, reference: Counts) -> NDArray[np.bool_]:
    """Whether some cell has people of both groups."""
    return np.asarray(((group.nobs > 0) & (reference.nobs > 0)).reshape(len(group.nobs), -1).any(axis=1))


def within(side: Counts, support: NDArray[np.bool_]) -> Counts:
    """The people in some of the cells."""
    return Counts(np.where(support, side.nobs, 0.0), np.where(support, side.positive, 0.0))


class Tables:
    """Shares and rates of both groups at every position of the cube."""

    def __init__(self, group: Counts, reference: Counts, plan: Plan) -> None:
        self.plan, self.nobs = plan, (group.nobs, reference.nobs)
        p = len(plan.sizes)
        (n1, x1), (n0, x0) = ([cube_of(each, p) for each in side] for side in (group, reference))
        self.people = n1, n0
        self.rate1, self.rate0 = _borrowed(n1, x1, n0, x0)
        self.share1, self.share0 = (each * _per_person(each) for each in (n1, n0))
        half = 0.5 if plan.parts == 2 else 0.0
        self.sides = Sides(self.rate0 + half * (self.rate1 - self.rate0), self.share1 - self.share0)
        cells = (slice(None), *(slice(0, -1) for _ in plan.sizes))
        self.composition = (self.sides.weigh[cells] * self.sides.shift[cells]).reshape(len(n1), -1)
        apart = (self.rate1 - self.rate0)[cells]
        self.profile = (self.share0 + half * self.sides.shift)[cells]
        self.rates = self.rate1[cells], self.rate0[cells]
        self.rated = self.profile * apart
        self.both = self.sides.shift[cells] * apart

    def split(self) -> Split:
        """The composition by factor and level."""
        if self.plan.method == "das-gupta":
            return cross_classified(*self.nobs, self.sides, self.plan.sizes)
        return over_orders(self.sides, self.plan.sizes)


def _borrowed(n1: Floats, x1: Floats, n0: Floats, x0: Floats) -> tuple[Floats, Floats]:
    """The rates of both sides; where one has nobody it has the other's; where neither has, 0, which counts nothing."""
    rate1 = np.divide(x1, n1, out=np.zeros(n1.shape), where=n1 > 0)
    rate0 = np.divide(x0, n0, out=np.zeros(n0.shape), where=n0 > 0)
    np.copyto(rate1, rate0, where=n1 <= 0)
    np.copyto(rate0, rate1, where=n0 <= 0)
    return rate1, rate0


def _per_person(cube: Floats) -> Floats:
    """1 over everybody in the cube; NaN where that is nobody."""
    n = len(cube)
    total = cube.reshape(n, -1)[:, -1]
    inverse = np.divide(1.0, total, out=np.full(n, np.nan), where=total > 0)
    return np.asarray(inverse.reshape(n, *(1,) * (cube.ndim - 1)))


def _overall(side: Counts) -> Floats:
    nobs, positive = (each.reshape(len(each), -1).sum(axis=1) for each in side)
    return np.asarray(np.divide(positive, nobs, out=np.full(len(nobs), np.nan), where=nobs > 0))
