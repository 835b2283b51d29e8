"""Differences of two shares with Newcombe's interval, for sizes that may be fractions."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import wilson
from dueregard.inference.roots import solve_increasing

FURTHEST = 40.0
"""Standard errors beyond which a two-sided normal p-value is 0 in double precision."""


@dataclass(frozen=True)
class Difference:
    """Differences of proportions: coefficient x (share1 - share2), each element by itself.

    Sizes may be fractions (effective numbers of cases). Where a coefficient is NaN, or either size is 0, there is no
    difference: NaN.

    The limits are Newcombe's: with the Wilson limits (l, u) of the two shares, ``share1 - share2`` less
    ``sqrt((p1 - l1)^2 + (u2 - p2)^2)`` and plus ``sqrt((u1 - p1)^2 + (p2 - l2)^2)``, times the coefficient.
    Newcombe, R. G. (1998), Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17: 873-890, method 10. They are defined, and have a width above 0, when a share is 0 or 1.
    """

    share1: Floats
    size1: Floats
    share2: Floats
    size2: Floats
    coefficient: Floats

    @property
    def estimate(self) -> Floats:
        """First minus second."""
        usable = (self.size1 > 0) & (self.size2 > 0)
        return np.where(usable, self.coefficient * (self.share1 - self.share2), np.nan)

    def interval(self, z: float | Floats) -> tuple[Floats, Floats]:
        """Newcombe limits that reach ``z`` standard errors."""
        below, above = self._reach(z)
        return self.estimate - self.coefficient * below, self.estimate + self.coefficient * above

    def pvalue(self) -> Floats:
        """The smallest 1 - level at which the interval excludes 0."""
        return two_sided(self.root())

    def root(self) -> Floats:
        """How many standard errors the interval can reach before it takes in 0 (at most 40)."""
        first_higher = self.share1 > self.share2
        gap = np.where(np.isnan(self.estimate), np.nan, np.abs(self.share1 - self.share2))

        def shortfall(z: Floats) -> Floats:
            below, above = self._reach(z)
            return np.where(first_higher, below, above) - gap

        return solve_increasing(shortfall, np.zeros_like(gap), np.full_like(gap, FURTHEST))

    def _reach(self, z: float | Floats) -> tuple[Floats, Floats]:
        """How far the limits of share1 - share2 lie below and above it."""
        low1, high1 = wilson(self.share1, self.size1, z)
        low2, high2 = wilson(self.share2, self.size2, z)
        below = np.hypot(self.share1 - low1, high2 - self.share2)
        above = np.hypot(high1 - self.share1, self.share2 - low2)
        return below, above


def two_sided(z: Floats) -> Floats:
    """The two-sided normal p-value of a number of standard errors."""
    from scipy.special import ndtr

    return np.asarray(2 * ndtr(-z))


def newcombe(share1: Any, size1: Any, share2: Any, size2: Any) -> Difference:
    """Plain differences of two shares."""
    arrays = [np.asarray(a, np.float64) for a in (share1, size1, share2, size2, 1.0)]
    return Difference(*np.broadcast_arrays(*arrays))
