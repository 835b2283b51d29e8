"""Mid-p chances of a count and beyond, for counts and sizes that may be fractions.

Between whole numbers the distribution functions go on as the incomplete beta and gamma functions do, so that limits
that are solved for are smooth in the size, and say of every whole count what its mid-p says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.roots import solve_increasing


class Tails(NamedTuple):
    """The chance of less and of more than a count, each with half the chance of the count itself."""

    below: Floats
    above: Floats

    def z(self) -> Floats:
        """The normal deviate with the same chance beyond it."""
        from scipy.special import ndtri

        return np.where(self.above < self.below, -ndtri(self.above), ndtri(self.below))

    def pvalue(self) -> Floats:
        """Twice the smaller chance, at most 1."""
        return np.asarray(np.minimum(1.0, 2 * np.minimum(self.below, self.above)))


def binomial_tails(count: Floats, size: Floats, chance: Floats) -> Tails:
    """Of a count out of ``size`` that each have the property with this chance."""
    at_most, at_least = _binomial_at_most, _binomial_at_least
    below = (at_most(count, size, chance) + at_most(count - 1, size, chance)) / 2
    return Tails(below, (at_least(count, size, chance) + at_least(count + 1, size, chance)) / 2)


def poisson_tails(count: Floats, mean: Floats) -> Tails:
    """Of a count of events of which ``mean`` are expected."""
    below = (_poisson_at_most(count, mean) + _poisson_at_most(count - 1, mean)) / 2
    return Tails(below, (_poisson_at_least(count, mean) + _poisson_at_least(count + 1, mean)) / 2)


def binomial_limits(size: Floats, chance: Floats, tail: Floats) -> tuple[Floats, Floats]:
    """The counts below and above which less than ``tail`` lies; 0 and ``size`` where no count is that far out."""
    size, chance, tail = np.broadcast_arrays(size, chance, tail)
    nothing, whole = np.zeros(size.shape), np.array(size)
    low = solve_increasing(lambda x: binomial_tails(x, size, chance).below - tail, nothing, whole)
    high = solve_increasing(lambda x: tail - binomial_tails(x, size, chance).above, nothing, whole)
    return np.where(chance == 1, size, low), np.where(chance == 0, 0.0, high)


def poisson_limits(mean: Floats, tail: Floats) -> tuple[Floats, Floats]:
    """The counts of events below and above which less than ``tail`` lies; 0 where no count is that far below."""
    mean, tail = np.broadcast_arrays(mean, tail)
    reach = -np.log(tail)
    nothing, beyond = np.zeros(mean.shape), mean + reach + np.sqrt(2 * mean * reach) + 2  # Bernstein's inequality
    low = solve_increasing(lambda x: poisson_tails(x, mean).below - tail, nothing, np.array(mean))
    high = solve_increasing(lambda x: tail - poisson_tails(x, mean).above, nothing, beyond)
    return low, np.where(mean == 0, 0.0, high)


def _binomial_at_most(count: Floats, size: Floats, chance: Floats) -> Floats:
    from scipy.special import betainc

    inside = (count > -1) & (count < size)
    found = betainc(np.where(inside, size - count, 1.0), np.where(inside, count + 1, 1.0), 1 - chance)
    return np.where(inside, found, np.where(count <= -1, 0.0, 1.0))


def _binomial_at_least(count: Floats, size: Floats, chance: Floats) -> Floats:
    from scipy.special import betainc

    inside = (count > 0) & (count < size + 1)
    found = betainc(np.where(inside, count, 1.0), np.where(inside, size - count + 1, 1.0), chance)
    return np.where(inside, found, np.where(count <= 0, 1.0, 0.0))


def _poisson_at_most(count: Floats, mean: Floats) -> Floats:
    from scipy.special import gammaincc

    inside = count > -1
    return np.where(inside, gammaincc(np.where(inside, count + 1, 1.0), mean), 0.0)


def _poisson_at_least(count: Floats, mean: Floats) -> Floats:
    from scipy.special import gammainc

    inside = count > 0
    return np.where(inside, gammainc(np.where(inside, count, 1.0), mean), 1.0)
