"""The change of a share or a gap between two windows, as a sum of shares of months that are independent.

A window's share is a mean of the shares of its months, by their cases. What two windows share cancels, but for its
weight, so that a change is made of three pieces for each side: the months that left, that stayed and that joined.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.linear_contrasts import contrast_error, linear_contrast
from dueregard.inference.reaches import Reach
from dueregard.inference.two_groups.variation import chance_rate
from dueregard.measures.gaps.compared import Compared
from dueregard.measures.grouped import Grouped

IN_BEFORE, IN_AFTER = (1.0, 1.0, 0.0), (0.0, 1.0, 1.0)
"""In which of the two windows the months are that left, that stayed and that joined."""

MOST = {True: 2.0, False: 1.0}
"""The largest change that there can be: of a gap (True), from -1 to 1, and of a share."""


@dataclass(frozen=True)
class Changing:
    """Groups with what they are compared with, before and after, and in the three pieces: left, stayed, joined.

    Without ``gap`` each group's own share changes. Arrays have the shape (areas, groups).
    """

    before: Compared
    after: Compared
    pieces: tuple[Compared, Compared, Compared]
    gap: bool

    @property
    def comparable(self) -> NDArray[np.bool_]:
        """Groups whose change is asked for at all."""
        return self.after.comparable

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a change: both windows have cases on each side, and not all of them the same."""
        some = np.isfinite(self.coefficient).all(axis=0) & (self.coefficient != 0).any(axis=0)
        return np.asarray(self.comparable & some)

    @cached_property
    def coefficient(self) -> Floats:
        """What each piece's share counts in the change: (pieces of both sides, areas, groups); NaN without cases."""
        return np.concatenate([sign * self._of_side(side) for sign, side in self._sides])

    @cached_property
    def share(self) -> Floats:
        return self._stacked(lambda side: side.share)

    @cached_property
    def size(self) -> Floats:
        return self._stacked(lambda side: side.size)

    @property
    def values(self) -> tuple[Floats, Floats]:
        """The shares or gaps of the two windows, before and after."""
        before, after = (
            each.grouped.share - each.shown.share if self.gap else each.grouped.share
            for each in (self.before, self.after)
        )
        return before, after

    def contrast(self, method: str) -> Reach:
        """One change for each area and group, in that order."""
        return linear_contrast(*self._flat(), method=method)

    def error(self) -> Floats:
        """The standard error of each."""
        return contrast_error(*self._flat()).reshape(self.known.shape)

    def mean_contrast(self, used: NDArray[np.bool_], method: str) -> tuple[Reach, Floats]:
        """One change for each group, the plain mean over the areas used, and its standard error."""
        weight = np.divide(used, used.sum(axis=0), out=np.zeros(used.shape), where=used.any(axis=0))
        weighted = np.where(used, self.coefficient, 0.0) * weight
        flat = [each.reshape(-1, each.shape[-1]) for each in (weighted, self.share, self.size)]
        error = np.where(used.any(axis=0), contrast_error(*flat), np.nan)
        return linear_contrast(*flat, method=method), error

    def of_group(self, i: int, used: NDArray[np.bool_]) -> "AreaChanges":
        """The changes of one group in the areas used."""
        coefficient, share, size = (each[:, used, i] for each in (self.coefficient, self.share, self.size))
        part = coefficient != 0
        change = np.where(part, coefficient * np.where(part, share, 0.0), 0.0).sum(axis=0)
        spread = np.array([_chance(*each) for each in zip(share, size, strict=True)])
        variance = np.where(part, np.square(coefficient) * np.where(part, spread, 0.0), 0.0).sum(axis=0)
        return AreaChanges(change, variance, MOST[self.gap])

    @property
    def _sides(self) -> list[tuple[float, Callable[[Compared], Grouped]]]:
        own: tuple[float, Callable[[Compared], Grouped]] = (1.0, lambda each: each.grouped)
        return [own, (-1.0, lambda each: each.against)] if self.gap else [own]

    def _flat(self) -> list[Floats]:
        """Coefficients (NaN where there is no change), shares and sizes, one column for each area and group."""
        asked = np.where(self.known, self.coefficient, np.nan)
        return [each.reshape(len(each), -1) for each in (asked, self.share, self.size)]

    def _of_side(self, side: Callable[[Compared], Grouped]) -> Floats:
        weights = np.array([side(each).weight for each in self.pieces])
        return _portions(weights, IN_AFTER, self.after, side) - _portions(weights, IN_BEFORE, self.before, side)

    def _stacked(self, values: Callable[[Grouped], Floats]) -> Floats:
        return np.concatenate([np.array([values(side(each)) for each in self.pieces]) for _, side in self._sides])


def _portions(
    weights: Floats, inside: tuple[float, ...], window: Compared, side: Callable[[Compared], Grouped]
) -> Floats:
    """The part of each piece in a window's cases; of a comparison with all, times the part that others have in it."""
    whole = side(window).weight
    portion = np.divide(weights, whole, out=np.full(weights.shape, np.nan), where=whole > 0)
    return np.asarray(np.array(inside)[:, np.newaxis, np.newaxis] * portion * (1 - window.part))


def _chance(share: Floats, size: Floats) -> Floats:
    """The variance of one piece's share in every area if only chance is at work (see `chance_rate`)."""
    seen = size > 0
    _, variance = chance_rate(np.where(seen, share, 0.0), np.where(seen, size, 0.0))
    return variance


@dataclass(frozen=True)
class AreaChanges:
    """The changes of one group in several areas, and their variances if only chance is at work."""

    gap: Floats
    variance: Floats
    most: float

    def shown(self, value: float) -> float:
        """As it is reported: in percentage points."""
        return 100 * value
