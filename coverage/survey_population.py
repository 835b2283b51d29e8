"""A known population of areas, wards within them and people within those, from which surveys are drawn.

Wards differ in how satisfied people are, in who lives there and in size; people of different kinds of household are
asked with different chances and are not equally satisfied: so clusters and weights both matter.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

WARDS = 2000
"""Wards of each area, so many that a sample takes a small part of them."""

SAMPLED_WARDS = 32
PER_WARD = 20
"""32 x 20 = 640 people asked in each area."""

HOUSEHOLDS = np.array([1.0, 2.0, 3.0])
"""Adults in a household, of whom one is asked: their weights."""

LESS_SATISFIED = np.array([0.03, 0.0, -0.04])
"""What the share satisfied differs by, by household."""

ALIKE = 0.04
"""The correlation of answers, and of groups, within a ward."""


class Area(NamedTuple):
    """The share satisfied of the reference, the gap, and the share of the group among people."""

    share: float
    gap: float
    part: float


AREAS = (
    Area(0.81, -0.07, 0.29),
    Area(0.81, 0.0, 0.29),
    Area(0.74, -0.05, 0.40),
    Area(0.60, -0.10, 0.50),
    Area(0.50, 0.0, 0.15),
    Area(0.90, -0.02, 0.20),
    Area(0.93, 0.0, 0.10),
    Area(0.85, -0.15, 0.08),
    Area(0.30, 0.05, 0.35),
    Area(0.10, 0.02, 0.25),
    Area(0.70, 0.0, 0.60),
    Area(0.95, -0.05, 0.30),
)
"""Groups of 50 to 380 among the 640 people asked, from one in two satisfied to nearly all."""


@dataclass(frozen=True)
class Population:
    """Chances of an interview in each ward (the first axis after areas) by group, household and answer.

    ``chance`` of shape (areas, wards, 2 x 3 x 2) adds up to 1 in each ward; ``weight`` of shape (areas, wards, 3) is
    the number of people that an interview stands for; ``gap`` is the true gap of each area.
    """

    chance: Floats
    weight: Floats
    gap: Floats


def population(seed: int) -> Population:
    """The same people for the same seed."""
    rng = np.random.Generator(np.random.PCG64(seed))
    return of_areas([asked_in(rng, area, *wards(rng, area)) for area in AREAS])


def of_areas(areas: list[tuple[Floats, Floats, Floats]]) -> Population:
    """Areas, each as `asked_in` gives it, as one population."""
    return Population(*(np.stack(part) for part in zip(*areas, strict=True)))


def wards(rng: np.random.Generator, area: Area) -> tuple[Integers, Floats]:
    """People in each ward by group and household, and how much more satisfied than the area a ward is."""
    size = rng.integers(200, 600, WARDS)
    group = np.array([1 - area.part, area.part])
    mix = rng.dirichlet(np.outer(group, [0.3, 0.5, 0.2]).reshape(-1) * (1 / ALIKE - 1), WARDS)
    return rng.multinomial(size, mix).reshape(WARDS, 2, 3), shifts(rng, area.share)


def shifts(rng: np.random.Generator, share: float) -> Floats:
    """How far the share satisfied in each ward is from that of the area."""
    return rng.beta(share * (1 / ALIKE - 1), (1 - share) * (1 / ALIKE - 1), (WARDS, 1, 1)) - share


def asked_in(rng: np.random.Generator, area: Area, living: Integers, shift: Floats) -> tuple[Floats, Floats, Floats]:
    """How likely an interview in each ward is to be with each kind of person, their weights, and the true gap."""
    middle = np.clip(area.share + np.array([[0.0], [area.gap]]) + LESS_SATISFIED, 0.01, 0.99)
    share = np.clip(middle + shift, 0.0, 1.0)
    satisfied = rng.binomial(living, share)
    people = np.stack([satisfied, living - satisfied], axis=-1).astype(np.float64)
    asked = people / HOUSEHOLDS[:, np.newaxis]  # one adult of each household
    total = asked.sum(axis=(1, 2, 3))
    weight = total[:, np.newaxis] * HOUSEHOLDS * WARDS / SAMPLED_WARDS / PER_WARD
    shares = people[..., 0].sum(axis=(0, 2)) / people.sum(axis=(0, 2, 3))
    return (asked / total[:, None, None, None]).reshape(WARDS, -1), weight, np.asarray(shares[1] - shares[0])


def draw(people: Population, seed: int, repetition: int) -> tuple[Integers, Floats]:
    """Numbers of interviews by area, ward drawn, group, household and answer, and their weights by household."""
    rng = np.random.Generator(np.random.Philox(key=[seed, repetition]))
    n_areas = len(people.gap)
    ward = np.stack([rng.choice(WARDS, SAMPLED_WARDS, replace=False) for _ in range(n_areas)])
    area = np.arange(n_areas)[:, np.newaxis]
    asked = rng.multinomial(PER_WARD, people.chance[area, ward])
    return asked.reshape(n_areas, SAMPLED_WARDS, 2, 3, 2), people.weight[area, ward]
