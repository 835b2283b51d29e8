"""The known population of `survey_population` in two years, and surveys of windows of months in it."""

from typing import NamedTuple

import numpy as np
from survey_population import (
    AREAS,
    PER_WARD,
    SAMPLED_WARDS,
    WARDS,
    Area,
    Floats,
    Integers,
    Population,
    asked_in,
    of_areas,
    shifts,
    wards,
)

KEPT = 0.7
"""The part of wards that are as much more or less satisfied than their area as they were a year before."""

MOVED = (
    (0.00, 0.00),
    (0.02, -0.03),
    (-0.03, 0.05),
    (0.00, 0.04),
    (0.05, 0.00),
    (-0.02, -0.04),
    (0.00, -0.05),
    (0.03, 0.05),
    (0.00, 0.00),
    (0.03, 0.00),
    (-0.05, -0.02),
    (0.00, 0.02),
)
"""How the share satisfied of the reference, and the gap, move in each area."""


class Piece(NamedTuple):
    """Months that are in one window or in both: of which year they are, and how many wards and people are drawn."""

    year: int
    wards: int
    per_ward: int


class Plan(NamedTuple):
    """How two windows are surveyed: the months that left, that stayed and that joined."""

    months: str
    wards: str
    pieces: tuple[Piece, Piece, Piece]
    same_wards: bool

    @property
    def n_wards(self) -> int:
        """Wards drawn in each area."""
        return max(p.wards for p in self.pieces) if self.same_wards else sum(p.wards for p in self.pieces)


FIRST, SECOND = 0, 1
YEARS = Piece(FIRST, SAMPLED_WARDS, PER_WARD), Piece(FIRST, 0, 0), Piece(SECOND, SAMPLED_WARDS, PER_WARD)
QUARTER = SAMPLED_WARDS // 4
QUARTERS = (
    Piece(FIRST, QUARTER, PER_WARD),
    Piece(FIRST, 3 * QUARTER, PER_WARD),
    Piece(SECOND, QUARTER, PER_WARD),
)
AGAIN = (
    Piece(FIRST, SAMPLED_WARDS, PER_WARD // 4),
    Piece(FIRST, SAMPLED_WARDS, 3 * PER_WARD // 4),
    Piece(SECOND, SAMPLED_WARDS, PER_WARD // 4),
)
PLANS = (
    Plan("a year apart", "other wards", YEARS, False),
    Plan("a year apart", "the same wards", YEARS, True),
    Plan("nine months shared", "other wards", QUARTERS, False),
    Plan("nine months shared", "the same wards", AGAIN, True),
)

Years = tuple[Population, Population]


def populations(seed: int) -> Years:
    """Two years: the same people live in each ward, of which most are as satisfied as they were."""
    rng = np.random.Generator(np.random.PCG64(seed))
    years = [_years(rng, area, moved) for area, moved in zip(AREAS, MOVED, strict=True)]
    first, second = ([each[year] for each in years] for year in (FIRST, SECOND))
    return of_areas(first), of_areas(second)


def _years(rng: np.random.Generator, area: Area, moved: tuple[float, float]) -> list[tuple[Floats, Floats, Floats]]:
    living, shift = wards(rng, area)
    later = Area(area.share + moved[0], area.gap + moved[1], area.part)
    kept = rng.random(shift.shape) < KEPT
    return [
        asked_in(rng, area, living, shift),
        asked_in(rng, later, living, np.where(kept, shift, shifts(rng, later.share))),
    ]


def draw(people: Years, plan: Plan, key: tuple[int, int]) -> tuple[Integers, Floats]:
    """Interviews by area, ward, piece, group, household and answer, and their weights by household."""
    rng = np.random.Generator(np.random.Philox(key=key))
    areas = np.arange(len(AREAS))[:, np.newaxis]
    ward = np.stack([rng.choice(WARDS, plan.n_wards, replace=False) for _ in AREAS])
    asked = np.zeros((*ward.shape, len(plan.pieces), 2, 3, 2), np.int64)
    weight = np.ones((*ward.shape, len(plan.pieces), 3))
    start = 0
    for i, piece in enumerate(plan.pieces):
        at = slice(start, start + piece.wards)
        chance = people[piece.year].chance[areas, ward[:, at]]
        asked[:, at, i] = rng.multinomial(piece.per_ward, chance).reshape(*ward[:, at].shape, 2, 3, 2)
        weight[:, at, i] = people[piece.year].weight[areas, ward[:, at]]
        start += 0 if plan.same_wards else piece.wards
    return asked, weight


def draw_simply(people: Years, plan: Plan, key: tuple[int, int]) -> Integers:
    """As many people of each area, each as likely as any other: by piece, area, group and answer."""
    rng = np.random.Generator(np.random.Philox(key=key))
    found = [_people(people[p.year]) for p in plan.pieces]
    shape = (len(plan.pieces), len(AREAS), 2, 2)
    return np.stack(
        [
            rng.multinomial(p.wards * p.per_ward, n.reshape(len(AREAS), -1))
            for p, n in zip(plan.pieces, found, strict=True)
        ]
    ).reshape(shape)


def true_change(people: Years, plan: Plan) -> Floats:
    """How the gap changes from one window to the other in each area."""
    left, stayed, joined = (p.wards * p.per_ward * _people(people[p.year]) for p in plan.pieces)
    before, after = (people[..., 0] / people.sum(axis=-1) for people in (left + stayed, stayed + joined))
    return np.asarray((after[:, 1] - after[:, 0]) - (before[:, 1] - before[:, 0]))


def _people(population: Population) -> Floats:
    """The parts of each area's people by group and answer."""
    people = population.chance.reshape(*population.weight.shape[:2], 2, 3, 2) * population.weight[:, :, None, :, None]
    found = people.sum(axis=(1, 3))
    return np.asarray(found / found.sum(axis=(1, 2), keepdims=True))
