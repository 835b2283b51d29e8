"""Limits of an index that chance alone can only raise: which true indices go with the one that was seen.

Such an index is never below its value at no difference, and chance makes it larger than it is: 0 is not among the
values that it takes, so that neither standard errors nor the percentiles of a bootstrap give an interval that reaches
down to it. Here a true index is in the interval unless what was seen is in one of the tails of what it would give.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import random_keys
from dueregard.inference.checked import Floats

Index = Callable[[Floats], Floats]
"""Parameters, the first axis that of replicates, to indices."""

SAME = 1e-12
"""Indices this close, relatively, count as equal."""
SENSIBLE = 0.16
"""An index lower than all but this share of those that chance gives is taken to be there for the upper limit."""
CELLS_AT_ONCE = 2**20
STEPS = 40
CLOSE = 0.02
NEARLY_STRAIGHT = 0.5
FARTHEST = 1e4


class Limits(NamedTuple):
    """Limits and p-value, the mean index if there is no difference, and the estimate that chance does not raise."""

    low: float
    high: float
    pvalue: float
    expected: float
    corrected: float


class Model(Protocol):
    """What can be drawn again anywhere on a line from no difference (0) through what was seen (1)."""

    @property
    def seen(self) -> Floats:
        """The direction from no difference to what was seen."""

    @property
    def error(self) -> Floats:
        """Standard errors of ``seen`` if there is no difference."""

    @property
    def downwards(self) -> Sequence[Floats]:
        """Directions in which smaller true indices are looked for, that of what was seen first."""

    @property
    def upwards(self) -> Sequence[Floats]:
        """Directions in which larger true indices are looked for."""

    def at(self, place: float, direction: Floats) -> Floats:
        """The parameters at a place."""

    def draw(self, parameters: Floats, generator: np.random.Generator, n: int) -> Floats:
        """The parameters as they are seen in each of so many replicates."""


class Draws:
    """How many replicates, and their random numbers: the same at every place, so that places differ by less chance."""

    def __init__(self, n: int, rng: object) -> None:
        self.n, self.key = n, random_keys.key_of(rng)
        self.words = f"{n:,} resamples, {random_keys.in_words(rng, self.key)}"

    def of(self, model: Model, index: Index, parameters: Floats) -> Floats:
        """The index of each replicate."""
        generator = np.random.Generator(np.random.Philox(key=self.key))
        block = max(1, CELLS_AT_ONCE // parameters.size)
        sizes = [min(block, self.n - start) for start in range(0, self.n, block)]
        return np.concatenate([index(model.draw(parameters, generator, n)) for n in sizes])


@dataclass
class Search:
    """One index of one model, held against what it would be elsewhere."""

    model: Model
    index: Index
    observed: float
    draws: Draws

    @cached_property
    def by_chance(self) -> Floats:
        """Indices without any difference."""
        return self.draws.of(self.model, self.index, self.model.at(0, self.model.seen))

    @cached_property
    def step(self) -> float:
        """How far on the line a standard deviation of the index reaches, about; at most 1."""
        found = self.draws.of(self.model, self.index, self.model.at(1, self.model.seen))
        found = found[np.isfinite(found)]
        rise = self.index_at(1, self.model.seen) - self.index_at(0, self.model.seen)
        spread = float(found.std()) if len(found) else 0.0
        errors = float(np.sqrt(np.square(self.model.seen / np.maximum(self.model.error, 1e-300)).sum()))
        least = 0.2 / max(errors, 1.0)  # a group without events, drawn again, has none either
        return min(max(spread / rise, least), 1.0) if rise > 0 and np.isfinite(rise) else 1.0

    def at_least(self, found: Floats, observed: float) -> float:
        """The chance of as much as was seen, never 0; what is not defined counts as more."""
        return _chance(found >= observed - _rounding(observed, found), found)

    def at_most(self, found: Floats, observed: float) -> float:
        """The chance of as little."""
        return _chance(found <= observed + _rounding(observed, found), found)

    def lowest(self, chance: float, direction: Floats) -> float:
        """The true index in a direction at which as much as was seen has this chance, or that without difference."""

        def short(place: float) -> float:
            found = self.draws.of(self.model, self.index, self.model.at(place, direction))
            return _deviate(self.at_least(found, self.observed)) - _deviate(chance)

        if self.at_least(self.by_chance, self.observed) >= chance:
            return self.index_at(0, direction)
        place = solve(short, max(1 + _deviate(chance) * self.step, 0.5), self.step)
        return self.index_at(place, direction)

    def highest(self, chance: float, direction: Floats) -> float:
        """The true index in a direction at which as little as was seen has this chance."""
        ordered = np.sort(self.by_chance[~np.isnan(self.by_chance)])
        least = float(ordered[int(SENSIBLE * len(ordered))]) if len(ordered) else self.observed
        observed = max(self.observed, least)

        def beyond(place: float) -> float:
            found = self.draws.of(self.model, self.index, self.model.at(place, direction))
            return _deviate(chance) - _deviate(self.at_most(found, observed))

        if observed == np.inf:
            return np.inf
        found = self.index_at(solve(beyond, 1 - _deviate(chance) * self.step, self.step), direction)
        return 0.0 if np.isnan(found) else found  # a way that ends with no events at all leads to no index

    def index_at(self, place: float, direction: Floats) -> float:
        found = float(self.index(self.model.at(place, direction)[np.newaxis])[0])
        return 0.0 if np.isfinite(self.observed) and found <= SAME * self.observed else found


def limits(model: Model, index: Index, observed: float, confidence_level: float, draws: Draws) -> Limits:
    """Limits, p-value, and the index to expect if there is no difference.

    The lower limit is the index on a line from no difference to what was seen at which as much as was seen has a
    chance of (1 - confidence_level) / 2, the smaller of two if only some groups are clearly apart; it is the index
    without any difference exactly when the p-value, twice the chance of as much without any, is not below
    1 - confidence_level. The upper limit is the largest at which as little has that chance, in any of the model's
    directions; an index that is lower than chance usually makes it is raised to the 16th percentile of chance for it
    (power-constrained limits: Cowan, G., Cranmer, K., Gross, E. and Vitells, O. (2011), arXiv:1105.3166), so that the
    limit is never 0. ``corrected`` is the index at which that chance is one half.
    """
    tail = (1 - confidence_level) / 2
    search = Search(model, index, observed, draws)
    chance = search.at_least(search.by_chance, observed)
    high = max(search.highest(tail, direction) for direction in model.upwards)
    defined = search.by_chance[~np.isnan(search.by_chance)]
    expected = float(defined.mean()) if len(defined) else np.nan
    low = min(search.lowest(tail, direction) for direction in model.downwards)
    corrected = search.lowest(0.5, model.seen)
    low, pvalue = min(low, corrected), min(2 * chance, 1.0)
    if low <= min(search.index_at(0, direction) for direction in model.downwards):
        # of few resamples the next place to no difference may already be as likely as the level asks
        pvalue = max(pvalue, 1 - confidence_level)
    return Limits(low, max(high, corrected), pvalue, expected, min(corrected, observed))


def solve(function: Callable[[float], float], start: float, step: float) -> float:
    """Where a function that rises from below 0 at 0 crosses 0, to about 0.02; the farthest place where it never does.

    The function is a normal deviate and rises by about 1 in a ``step``, so that this is where Newton's steps start;
    each goes at least twice as far as the one before, until there are places on both sides, and then it is secants or
    halvings between them.
    """
    low, high = (0.0, np.nan), (np.inf, np.nan)
    place, moved = max(start, 0.0) or step, 0.0
    for _ in range(STEPS):
        value = function(place)
        if abs(value) <= CLOSE:
            return place
        low, high = ((place, value), high) if value < 0 else (low, (place, value))
        if low[0] >= FARTHEST:
            return FARTHEST
        if np.isfinite(high[0]):
            place = _between(low, high, place - value * step)
            if high[1] - low[1] < NEARLY_STRAIGHT:
                return place
        else:
            moved = max(-1.2 * value * step, 2 * moved)
            place += moved
    return place


def _between(low: tuple[float, float], high: tuple[float, float], newton: float) -> float:
    """The next place between two: by a secant, or by halves where that comes too close to either."""
    width = high[0] - low[0]
    guess = low[0] - low[1] * width / (high[1] - low[1]) if low[1] == low[1] else newton
    return guess if low[0] + 0.05 * width < guess < high[0] - 0.05 * width else low[0] + width / 2


def _rounding(observed: float, found: Floats) -> float:
    """How far apart the same index may be."""
    finite = found[np.isfinite(found)]
    return SAME * max(observed, float(finite.max(initial=0.0))) if np.isfinite(observed) else 0.0


def _chance(extreme: NDArray[np.bool_], found: Floats) -> float:
    return (1 + int((extreme | np.isnan(found)).sum())) / (1 + len(found))


def _deviate(chance: float) -> float:
    return NormalDist().inv_cdf(min(max(chance, 1e-12), 1 - 1e-12))
