"""Groups beside what they are compared with."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.newcombe import Difference
from dueregard.inference.variation import chance_rate
from dueregard.measures.grouped import Grouped
from dueregard.measures.references import Reference
from dueregard.measures.verdicts import Rule


@dataclass(frozen=True)
class Question:
    """What is asked of the counts. ``position`` is that of the reference group, if it is one."""

    measure: str
    characteristic: str
    by: tuple[str, ...]
    reference: Any
    position: int | None
    rule: Rule
    pool: str
    period: str | None
    chance: bool

    @property
    def reference_text(self) -> Any:
        return self.reference.value if isinstance(self.reference, Reference) else self.reference


@dataclass(frozen=True)
class Compared:
    """Groups and what they are compared with; arrays of shape (areas, groups).

    ``shown`` is the reference as it is reported, ``against`` the cases compared with (for OVERALL: the rest), and
    ``factor`` what the difference from ``against`` is multiplied by.
    """

    grouped: Grouped
    shown: Grouped
    against: Grouped
    factor: Floats
    comparable: NDArray[np.bool_]
    """Groups that are compared at all: not a kind of missing, not the reference itself."""

    @property
    def usable(self) -> NDArray[np.bool_]:
        return self.comparable & (self.grouped.size > 0) & (self.against.size > 0)

    def of_areas(self, keep: NDArray[np.bool_]) -> "Compared":
        """Some of the areas."""
        return Compared(
            self.grouped.of_areas(keep),
            self.shown.of_areas(keep),
            self.against.of_areas(keep),
            self.factor[keep],
            self.comparable[keep],
        )

    def differences(self) -> Difference:
        """One difference for each area and group, in that order."""
        arrays = (self.grouped.share, self.grouped.size, self.against.share, self.against.size)
        coefficient = np.where(self.usable, self.factor, np.nan)
        return Difference(*(a.reshape(-1) for a in (*arrays, coefficient)))

    def mean_differences(self) -> Difference:
        """One difference for each group: the plain mean over the areas in which both sides have cases."""
        factor = np.where(self.usable, self.factor, 0.0)
        total = factor.sum(axis=0)
        areas = self.usable.sum(axis=0)
        share = np.divide(factor, total, out=np.zeros_like(factor), where=total > 0)
        first, second = (mean_over_areas(side.share, side.size, share) for side in (self.grouped, self.against))
        coefficient = np.divide(total, areas, out=np.full(total.shape, np.nan), where=areas > 0)
        return Difference(*first, *second, coefficient)


def mean_over_areas(share: Floats, size: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Weighted means of the shares of areas (the first axis), and the numbers of cases they are worth.

    That number is what a single sample with the mean share would need for the same variance, p (1 - p) / variance. The
    variances of the areas are those of `chance_rate`, so that areas with a share of 0 or 1 have one too. With one
    area it is the number of its cases.
    """
    used = weight > 0
    mean = np.where(used, weight * np.where(used, share, 0.0), 0.0).sum(axis=0)
    drawn, variance = chance_rate(np.where(used, share, 0.0), np.where(used, size, 0.0))
    rate = np.where(used, weight * drawn, 0.0).sum(axis=0)
    spread = np.where(used, np.square(weight) * variance, 0.0).sum(axis=0)
    worth = np.divide(rate * (1 - rate), spread, out=np.zeros(mean.shape), where=spread > 0)
    return np.where(used.any(axis=0), mean, np.nan), worth


def compare(grouped: Grouped, question: Question) -> Compared:
    """Each group with what it is compared with."""
    overall = question.reference is Reference.OVERALL
    against = grouped.opposite(question.position)
    shown = grouped.opposite(None, own=True) if overall else against
    factor = np.ones(grouped.weight.shape)
    if overall:
        factor = np.divide(against.weight, shown.weight, out=np.zeros_like(factor), where=shown.weight > 0)
    others = np.arange(len(grouped.groups)) != question.position
    comparable = np.broadcast_to(grouped.known_group & others, factor.shape)
    return Compared(grouped, shown, against, factor, comparable)
