"""Comparisons whose limits are known for any number of standard errors: their p-values, and larger numbers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.roots import solve_increasing
from dueregard.inference.two_groups.contrasts import Answer

FURTHEST = 40.0
"""Standard errors beyond which a two-sided normal p-value is 0 in double precision."""

ROUNDING = 1e-12
"""What limits of steps, such as order statistics, may be out by."""

Limits = Callable[[Floats], tuple[Floats, Floats]]


@dataclass(frozen=True)
class Reach:
    """Comparisons (one axis) with limits that depend on how many standard errors they reach.

    ``limits`` takes an array of numbers of standard errors that broadcasts against the comparisons and gives low and
    high; they must move apart as the numbers grow. ``multiple`` is how many times the numbers are as large as those
    seen: limits then reach that many standard errors over its square root.
    """

    estimate: Floats
    limits: Limits
    null: float
    method: str
    multiple: Floats | float = 1.0

    def compare(self, confidence_level: float) -> Answer:
        """Against no difference, two-sided. The p-value is the smallest 1 - level at which the interval excludes it."""
        from scipy.special import ndtr

        scale = np.sqrt(self.multiple)
        low, high = self._limits(np.asarray(normal_quantile(confidence_level) / scale))
        statistic = self.root * scale
        estimate = np.broadcast_to(self.estimate, statistic.shape)
        empty = np.isnan(estimate)
        low, high = (np.where(empty, np.nan, limit) for limit in (low, high))
        statistic = np.where(np.isnan(low) & np.isnan(high), np.nan, statistic)  # without limits there is no test
        return Answer(estimate, low, high, statistic, np.asarray(2 * ndtr(-np.abs(statistic))))

    def times(self, multiple: Floats) -> "Reach":
        """As if all numbers were that many times as large; multiples broadcast."""
        known = replace(self, multiple=multiple)
        known.__dict__["root"] = self.root
        return known

    def less(self, value: float) -> "Reach":
        """The same comparisons less a number, such as ratios less 1."""

        def limits(z: Floats) -> tuple[Floats, Floats]:
            low, high = self._limits(z)
            return low - value, high - value

        return Reach(self.estimate - value, limits, self.null - value, self.method)

    def only(self, kept: NDArray[np.bool_]) -> "Reach":
        """The same comparisons, NaN where they are not kept."""
        return replace(self, estimate=np.where(kept, self.estimate, np.nan))

    def _limits(self, z: Floats) -> tuple[Floats, Floats]:
        """The limits; one that differs from no difference by rounding alone is no difference."""
        low, high = self.limits(z)
        near = ROUNDING * (np.abs(self.estimate - self.null) + abs(self.null))
        low, high = (np.where(np.abs(limit - self.null) <= near, self.null, limit) for limit in (low, high))
        return low, high

    @cached_property
    def root(self) -> Floats:
        """How many standard errors, at most 40, the interval can reach before it takes in no difference; signed."""
        above = self.estimate > self.null

        def shortfall(z: Floats) -> Floats:
            low, high = self._limits(z)
            gap = np.where(above, self.null - low, high - self.null)
            gap = np.where(gap == 0, np.finfo(float).tiny, gap)  # the interval holds its limits
            return np.where(np.isnan(self.estimate), np.nan, gap)

        nowhere = np.zeros(self.estimate.shape)
        reached = solve_increasing(shortfall, nowhere, np.full_like(nowhere, FURTHEST))
        return np.where(self.estimate == self.null, 0.0, np.where(above, reached, -reached))
