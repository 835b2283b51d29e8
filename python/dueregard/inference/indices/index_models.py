"""What an index is drawn from: groups with a rate each, or two distributions over the same categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dueregard.inference.checked import Floats

FEW = 10
"""Fewer events than this, or non-events, to be expected of a group: its rate may be 0 or 1 by chance, and then draws of
it do not vary."""
CLEAR = 2.5
"""Standard errors from the middle beyond which it is not in question on which side of it a group is."""


@dataclass(frozen=True)
class Rates:
    """Groups with events out of cases (binomial) or over an exposure (Poisson); ``size`` is either, above 0."""

    count: Floats
    size: Floats
    binomial: bool
    turned: bool = False
    """Whether larger indices are also looked for with each unclear small group on the other side of the middle: for
    indices in which a small group weighs as much as a large one."""

    @property
    def rate(self) -> Floats:
        return np.asarray(np.minimum(self.count / self.size, 1.0) if self.binomial else self.count / self.size)

    @property
    def _most(self) -> float:
        """How many events there can be."""
        return float(self.size.sum()) if self.binomial else np.inf

    @cached_property
    def middle(self) -> float:
        """The rate of all groups together; half an event from where all or none are events."""
        events, half = float(self.count.sum()), min(0.5, self._most / 4)
        return float(np.clip(events, half, self._most - half) / self.size.sum())

    @property
    def error(self) -> Floats:
        """Standard errors of the groups' rates if there is no difference."""
        other = 1 - self.middle if self.binomial else 1.0
        return np.asarray(np.sqrt(self.middle * other / self.size))

    @property
    def seen(self) -> Floats:
        return self.rate - self.middle

    @property
    def downwards(self) -> Sequence[Floats]:
        return with_few(self.seen, self.error)

    @property
    def upwards(self) -> Sequence[Floats]:
        away = at_least_chance(self.seen, self.error)
        if not self.turned and 0 < self.count.sum() < self._most:
            return [away]
        fewest = self.size * min(self.middle, 1 - self.middle if self.binomial else np.inf)
        unclear = np.flatnonzero((np.abs(self.seen) < CLEAR * self.error) & (fewest < FEW))
        return [away, *(away * np.where(np.arange(len(away)) == i, -1.0, 1.0) for i in unclear)]

    def at(self, place: float, direction: Floats) -> Floats:
        return np.clip(self.middle + place * direction, 0.0, 1.0 if self.binomial else np.inf)

    def draw(self, parameters: Floats, generator: np.random.Generator, n: int) -> Floats:
        shape = (n, len(self.size))
        if self.binomial:
            return np.asarray(generator.binomial(self.size.astype(np.int64), parameters, shape) / self.size)
        return np.asarray(generator.poisson(parameters * self.size, shape) / self.size)


@dataclass(frozen=True)
class Distributions:
    """Two distributions over categories; the second may be known, which leaves chance to the first."""

    first: Floats
    second: Floats
    known: bool

    @cached_property
    def both(self) -> Floats:
        return np.stack([self.first / self.first.sum(), self.second / self.second.sum()])

    @cached_property
    def pull(self) -> Floats:
        """How far each of the two is from their middle, as a part of their distance, and on which side."""
        if self.known:
            return np.array([[1.0], [0.0]])
        one, other = self.first.sum(), self.second.sum()
        return np.asarray(np.array([[other], [-one]]) / (one + other))

    @cached_property
    def middle(self) -> Floats:
        return np.asarray(self.both[0] - self.pull[0] * (self.both[0] - self.both[1]))

    @property
    def seen(self) -> Floats:
        return np.asarray(self.both[0] - self.both[1])

    @property
    def error(self) -> Floats:
        """Standard errors of the distances if there is no difference."""
        one = self.first.sum()
        size = one if self.known else one * self.second.sum() / (one + self.second.sum())
        return np.asarray(np.sqrt(np.maximum(self.middle * (1 - self.middle), 0.0) / size))

    @property
    def downwards(self) -> Sequence[Floats]:
        return with_few(self.seen, self.error)

    @property
    def upwards(self) -> Sequence[Floats]:
        return [at_least_chance(self.seen, self.error)]

    def at(self, place: float, direction: Floats) -> Floats:
        found = np.maximum(self.middle + place * self.pull * direction, 0.0)
        return np.asarray(found / found.sum(axis=-1, keepdims=True))

    def draw(self, parameters: Floats, generator: np.random.Generator, n: int) -> Floats:
        one, other = int(self.first.sum()), int(self.second.sum())
        first = generator.multinomial(one, parameters[0], n) / one
        second = (
            np.tile(parameters[1], (n, 1)) if self.known else generator.multinomial(other, parameters[1], n) / other
        )
        return np.stack([first, second], axis=1)


def with_few(distance: Floats, error: Floats) -> list[Floats]:
    """Distances as they are and, where some groups are clearly apart and others are not, those of the former alone.

    Where a few groups make the whole difference, chance in all the others raises the index more than it would if the
    same difference were spread over all of them.
    """
    clear = np.abs(distance) >= CLEAR * error
    some = clear.any() and not clear.all()
    return [distance, np.where(clear, distance, 0.0)] if some else [distance]


def at_least_chance(distance: Floats, error: Floats) -> Floats:
    """Distances, each of the size of a standard error at least; those of 0 lie on either side in turn."""
    turn = np.where(np.arange(distance.shape[-1]) % 2 == 0, 1.0, -1.0)
    side = np.where(distance == 0, turn, np.sign(distance))
    return np.asarray(side * np.maximum(np.abs(distance), error))
