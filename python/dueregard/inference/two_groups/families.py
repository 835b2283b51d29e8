"""Comparisons that are judged together: adjusted p-values and simultaneous limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups import multiplicity
from dueregard.inference.two_groups.maximum_statistic import (
    Alone,
    Block,
    PartsOfWhole,
    SharedReference,
    adjusted_by_maximum,
    simultaneous_level,
)

ADJUSTMENTS = (*multiplicity.METHODS, "maximum", "none")
SIMULTANEOUS = ("bonferroni", "maximum")
"""Adjustments that have simultaneous limits."""


@dataclass(frozen=True)
class Family:
    """How one family of comparisons is adjusted. ``blocks`` matter to the maximum statistic only."""

    adjust: str
    blocks: Sequence[Block] = ()
    _levels: dict[float, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def adjusted(self, pvalues: Floats) -> Floats:
        """P-values of the family (the last axis), adjusted; NaN stays NaN and is not counted."""
        if self.adjust == "none":
            return np.array(pvalues, np.float64)
        if self.adjust == "maximum":
            return adjusted_by_maximum(pvalues, self.blocks)
        return multiplicity.adjusted(pvalues, self.adjust)

    def below(self, pvalues: Floats, confidence_level: float) -> NDArray[np.bool_]:
        """Which adjusted p-values are below 1 - level; of the maximum statistic without working them out."""
        if self.adjust == "maximum":
            return np.asarray(pvalues < 1 - self._by_maximum(confidence_level))
        return np.asarray(self.adjusted(pvalues) < 1 - confidence_level)

    def simultaneous_level(self, confidence_level: float, pvalues: Floats) -> float:
        """The level of each of the intervals that are all right together, and that match the adjusted p-values."""
        if self.adjust == "maximum":
            return self._by_maximum(confidence_level)
        return 1 - (1 - confidence_level) / max(1, int(np.count_nonzero(~np.isnan(pvalues))))

    def _by_maximum(self, confidence_level: float) -> float:
        """The simultaneous level of the maximum statistic, worked out once for each level."""
        if confidence_level not in self._levels:
            self._levels[confidence_level] = simultaneous_level(confidence_level, self.blocks)
        return self._levels[confidence_level]


def against_one(sizes: Floats, reference: int, compared: NDArray[np.bool_]) -> list[Block]:
    """Blocks of areas (first axis) whose groups (second axis) are compared with the group at ``reference``."""
    blocks: list[Block] = []
    for size, used in zip(sizes, compared, strict=True):
        groups = size[used & (size > 0)]
        if len(groups) and size[reference] > 0:
            blocks.append(SharedReference(groups, float(size[reference])))
    return blocks


def against_all(sizes: Floats, compared: NDArray[np.bool_]) -> list[Block]:
    """Blocks of areas (first axis) whose groups (second axis) are compared with all groups or with all others."""
    parts = [size[used & (size > 0)] for size, used in zip(sizes, compared, strict=True)]
    return [PartsOfWhole(part) for part in parts if len(part) > 1]


def against_figure(sizes: Floats, figure: float, compared: NDArray[np.bool_]) -> list[Block]:
    """Blocks of areas whose groups are all compared with one figure, worth so many cases: infinite for a constant.

    What chance did to a published figure all of them share; against a constant each comparison stands alone.
    """
    groups = sizes[compared & (sizes > 0)]
    if np.isinf(figure):
        return [Alone() for _ in groups]
    return [SharedReference(groups, figure)] if len(groups) else []
