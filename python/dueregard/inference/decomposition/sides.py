"""The rows of the two groups of a gap between shares, and what a model expects of them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.regression.linear_fits import times


class Side(NamedTuple):
    """The rows of one group: columns (n, p), answers 0 or 1 (n,), weights (n,)."""

    x: Floats
    y: Floats
    weight: Floats

    @property
    def with_ones(self) -> Floats:
        return np.column_stack([np.ones(len(self.y)), self.x])


class Link(NamedTuple):
    """What a model expects of a linear predictor, and the slope of that, which is never above ``steepest``."""

    expected: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    steepest: float = 1.0


class Sides(NamedTuple):
    """The group and the reference."""

    group: Side
    reference: Side

    def mean(self, side: int) -> Changing:
        """The means of ones and columns of one side (0: the group), (p + 1,)."""
        rows = self[side]
        x, weight = rows.with_ones, rows.weight.sum()
        mean = rows.weight @ x / weight
        return self.of_side(side, mean, (x - mean) / weight)

    def share(self) -> Changing:
        """The group's part of the people of both."""
        own, other = (side.weight.sum() for side in self)
        share, both = own / (own + other), own + other
        return Changing(
            np.array([share]),
            np.full((len(self.group.y), 1), (1 - share) / both),
            np.full((len(self.reference.y), 1), -share / both),
        )

    def fixed(self, value: Floats) -> Changing:
        """Numbers that no row changes."""
        return Changing.fixed(value, len(self.group.y), len(self.reference.y))

    def of_side(self, side: int, value: Floats, changes: Floats) -> Changing:
        """Numbers that the rows of one side alone change."""
        still = self.fixed(value)
        return Changing(value, changes, still.reference) if side == 0 else Changing(value, still.group, changes)

    def expected(self, side: int, beta: Changing, link: Link) -> Changing:
        """The mean of what coefficients (p + 1,) expect of the rows of one side."""
        rows = self[side]
        x, weight = rows.with_ones, rows.weight.sum()
        predictor = times(x, beta.value)
        each = link.expected(predictor)
        mean = np.array([rows.weight @ each / weight])
        slope = (rows.weight * link.slope(predictor)) @ x / weight
        by_rows = self.of_side(side, mean, (each[:, np.newaxis] - mean) / weight)
        by_beta = Changing(
            0 * mean, times(beta.group, slope)[:, np.newaxis], times(beta.reference, slope)[:, np.newaxis]
        )
        return by_rows + by_beta
