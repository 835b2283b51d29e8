"""How likely each unit is to be among the best or the worst quarter, once all units are looked at together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, threads
from dueregard.inference.areas.uncertain_values import Draws, UncertainValues
from dueregard.inference.checked import Floats

SPREADS = 64
"""Spreads between units that are drawn from: the middles of as many equally likely ranges."""

GRID = 4096
"""Points at which the likelihood of a spread is worked out."""


@dataclass(frozen=True, eq=False)
class _Turned:
    """The estimates along axes on which their errors are independent, with variances ``errors``.

    ``axes`` is None where that is so as it is, else a matrix with an axis in each column; ``ones`` is what the common
    mean adds along each.
    """

    units: UncertainValues
    errors: Floats
    axes: Floats | None

    @property
    def value(self) -> Floats:
        return self.units.value if self.axes is None else self.axes.T @ self.units.value

    @property
    def ones(self) -> Floats:
        return np.ones(len(self.units)) if self.axes is None else self.axes.sum(axis=0)

    def means(self, spread: Floats) -> tuple[Floats, Floats]:
        """For each spread between units (a column), the common mean and its variance."""
        weight = 1 / (self.errors + np.square(spread))
        variance = 1 / (np.square(self.ones) * weight).sum(axis=-1)
        return variance * (self.ones * self.value * weight).sum(axis=-1), variance

    def log_likelihood(self, spread: Floats) -> Floats:
        """Of each spread, the common mean integrated out."""
        mean, variance = self.means(spread[:, np.newaxis])
        total = self.errors + np.square(spread)[:, np.newaxis]
        misfit = np.square(self.value - mean[:, np.newaxis] * self.ones) / total
        return np.asarray((np.log(variance) - (np.log(total) + misfit).sum(axis=-1)) / 2)

    def true_values(self, spread: float) -> UncertainValues:
        """What the true values are, if that is the spread between units."""
        mean, variance = self.means(np.array([spread]))
        kept = spread**2 / (self.errors + spread**2)
        value = mean * self.ones + kept * (self.value - mean * self.ones)
        own, common = np.sqrt(kept * self.errors), (1 - kept) * self.ones * np.sqrt(variance)
        if self.axes is None:
            return UncertainValues(value, own, common[:, np.newaxis])
        shared = np.column_stack([self.axes * own, self.axes @ common])
        return UncertainValues(self.axes @ value, np.zeros(len(value)), shared)


def quarter_chances(units: UncertainValues, draws: Draws) -> tuple[Floats, Floats]:
    """The chances of one of the first and of one of the last n // 4 ranks; NaN with fewer than four units."""
    n, quarter = len(units), len(units) // 4
    if not quarter:
        return np.full(n, np.nan), np.full(n, np.nan)
    counts = _rank_counts(units, draws)
    total = counts.sum(axis=1)
    return counts[:, :quarter].sum(axis=1) / total, counts[:, n - quarter :].sum(axis=1) / total


def _rank_counts(units: UncertainValues, draws: Draws) -> NDArray[np.int64]:
    """How often each unit has each rank: as many draws for each likely spread, or one where nothing is uncertain."""
    if not units.variance.any():
        return _core.count_ranks(units.value, units.own, units.shared, draws.key, 0, 1)
    turned = _turn(units)
    worlds = [turned.true_values(spread) for spread in _likely_spreads(turned)]
    bounds = [draws.n * i // SPREADS for i in range(SPREADS + 1)]

    def work(first: int, stop: int, interrupt: threads.Interrupt) -> NDArray[np.int64]:
        counted = np.zeros((len(units), len(units)), np.int64)
        for world, start, end in zip(worlds[first:stop], bounds[first:stop], bounds[first + 1 :], strict=False):
            counted += _core.count_ranks(world.value, world.own, world.shared, draws.key, start, end - start, interrupt)
        return counted

    n_parts = threads.choose(draws.threads, draws.n * len(units))
    return np.asarray(np.sum(threads.over_ranges(work, SPREADS, min(n_parts, SPREADS)), axis=0))


def _turn(units: UncertainValues) -> _Turned:
    if not units.shared.any():
        return _Turned(units, np.square(units.own), None)
    errors, axes = np.linalg.eigh(np.diag(np.square(units.own)) + units.shared @ units.shared.T)
    return _Turned(units, np.maximum(errors, 0.0), axes)


def _likely_spreads(turned: _Turned) -> Floats:
    """The middles of equally likely ranges of the spread between units, with a flat prior on it.

    The grid reaches to infinity by way of u / (1 - u), so that no largest spread has to be chosen.
    """
    u = (np.arange(GRID) + 0.5) / GRID
    spread = np.sqrt(turned.errors.mean() + turned.units.value.var()) * u / (1 - u)
    log_chance = turned.log_likelihood(spread) - 2 * np.log1p(-u)
    chance = np.exp(log_chance - log_chance.max())
    below = np.append(0.0, np.cumsum(chance)) / chance.sum()
    at = np.interp((np.arange(SPREADS) + 0.5) / SPREADS, below, np.arange(GRID + 1) / GRID)
    return np.asarray(np.interp(at, u, spread))
