"""The change of a share or a gap between two windows, as a sum of shares of months that are independent.

A window's share is a mean of the shares of its months, by their cases. What two windows share cancels, but for its
weight, so that a change is made of three pieces for each side: the months that left, that stayed and that joined.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.linear_contrasts import contrast_error, linear_contrast
from dueregard.inference.reaches import Reach
from dueregard.inference.surveys.intervals.edge_intervals import FAR_ABOVE
from dueregard.inference.two_groups.variation import chance_rate
from dueregard.measures.gaps.compared import Compared
from dueregard.measures.grouped import Grouped
from dueregard.measures.trends.survey_changes import (
    METHOD_WORDS,
    Precision,
    SurveyChange,
    SurveyPieces,
    of_groups,
    students,
)

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

    @property
    def values(self) -> tuple[Floats, Floats]:
        """The shares or gaps of the two windows, before and after."""
        before, after = (
            each.grouped.share - each.shown.share if self.gap else each.grouped.share
            for each in (self.before, self.after)
        )
        return before, after

    def changes(self, method: str) -> "Changes":
        """One change for each area and group, in that order."""
        asked = np.where(self.known, self.coefficient, np.nan)
        return self._changes([each.reshape(len(each), -1) for each in (asked, *self._arrays)], method, None)

    def means(self, used: NDArray[np.bool_], method: str) -> "Changes":
        """One change for each group, the plain mean over the areas used."""
        weight = np.divide(used, used.sum(axis=0), out=np.zeros(used.shape), where=used.any(axis=0))
        weighted = np.where(used, self.coefficient, 0.0) * weight
        return self._changes([each.reshape(-1, used.shape[1]) for each in (weighted, *self._arrays)], method, weight)

    def of_group(self, i: int, used: NDArray[np.bool_]) -> "AreaChanges":
        """The changes of one group in the areas used."""
        coefficient, share, size = (each[:, used, i] for each in (self.coefficient, *self._arrays[:2]))
        part = coefficient != 0
        change = np.where(part, coefficient * np.where(part, share, 0.0), 0.0).sum(axis=0)
        spread = np.array([_chance(*each) for each in zip(share, size, strict=True)])
        variance = np.where(part, np.square(coefficient) * np.where(part, spread, 0.0), 0.0).sum(axis=0)
        return AreaChanges(change, variance / self._worth[used, i], MOST[self.gap])

    @cached_property
    def _worth(self) -> Floats:
        """How many times what months apart say each change is worth, by area and group."""
        return self.changes("mover").worth.reshape(self.comparable.shape)

    @cached_property
    def _survey(self) -> SurveyChange | None:
        """The same shares of a survey with a design."""
        return None if self.after.grouped.survey is None else SurveyChange(self.before, self.after, self.gap)

    @cached_property
    def _clusters(self) -> SurveyPieces | None:
        """The clusters of all pieces, in the order of the arrays."""
        if self._survey is None:
            return None
        return SurveyPieces([side(piece) for _, side in self._sides for piece in self.pieces])

    @property
    def _sides(self) -> list[tuple[float, Callable[[Compared], Grouped]]]:
        own: tuple[float, Callable[[Compared], Grouped]] = (1.0, lambda each: each.grouped)
        return [own, (-1.0, lambda each: of_groups(each.against))] if self.gap else [own]

    @cached_property
    def _arrays(self) -> list[Floats]:
        """Shares, sizes and, of a survey, what is known of the variances of all pieces."""
        names: list[Callable[[Grouped], Any]] = [lambda each: each.share]
        if self._survey is not None:
            precise = ("variance", "nobs", "edge")
            names += [lambda each, name=name: getattr(each.precision, name) for name in precise]  # type: ignore[misc]
        share, *precision = [self._stacked(values) for values in names]
        found = [share, self._sizes, *precision]
        return found if self._clusters is None else [*found, self._held(self._clusters)]

    @property
    def _sizes(self) -> Floats:
        """The numbers of cases of all pieces."""
        windows = (self.before, self.before, self.after)
        return np.concatenate(
            [
                np.array([_size(side(piece), side(window)) for piece, window in zip(self.pieces, windows, strict=True)])
                for _, side in self._sides
            ]
        )

    def _held(self, clusters: SurveyPieces) -> Floats:
        """See `Precision.held`: each piece's part of its window, or the part of their strata that its clusters are."""
        windows = [
            np.maximum(
                in_before * _of_window(side(piece), side(self.before)),
                in_after * _of_window(side(piece), side(self.after)),
            )
            for _, side in self._sides
            for piece, in_before, in_after in zip(self.pieces, IN_BEFORE, IN_AFTER, strict=True)
        ]
        return np.maximum(windows, clusters.part_of_strata.reshape(np.shape(windows)))

    def _changes(self, arrays: list[Floats], method: str, weight: Floats | None) -> "Changes":
        coefficient, share, size, *precise = arrays
        if self._survey is None or self._clusters is None:
            error = contrast_error(coefficient, share, size)
            error = np.where(error > 0, error, np.nan)  # 0 where every share is 0 or 1: nothing is known of it
            return Changes(linear_contrast(coefficient, share, size, method=method), error, np.ones(error.shape))
        variance, nobs, edge, held = precise
        total, most = self._survey.changes(weight).variance, self._survey.degrees_together(weight)
        telling = self._clusters.telling
        known = Precision(np.nan_to_num(coefficient), variance, nobs - 1, edge, held, total, most, telling)
        error, worth = np.where(known.varies, np.sqrt(np.maximum(total, 0.0)), np.nan), known.worth
        further = known.stretched
        if method == "wald":
            further = partial(students, self._survey.degrees_of_freedom(weight))
        reach = linear_contrast(coefficient, share, size * worth, method=method, error=error, further=further)
        error = np.where(np.isnan(reach.estimate), np.nan, error)
        return Changes(replace(reach, method=METHOD_WORDS[method]), error, worth)

    def _of_side(self, side: Callable[[Compared], Grouped]) -> Floats:
        weights = np.array([side(each).weight for each in self.pieces])
        return _portions(weights, IN_AFTER, self.after, side) - _portions(weights, IN_BEFORE, self.before, side)

    def _stacked(self, values: Callable[[Grouped], Any]) -> Floats:
        return np.concatenate(
            [np.array([values(side(each)) for each in self.pieces], float) for _, side in self._sides]
        )


@dataclass(frozen=True)
class Changes:
    """Changes with their standard errors. ``worth`` is how many times what months apart say their precision is."""

    reach: Reach
    error: Floats
    worth: Floats


def _portions(
    weights: Floats, inside: tuple[float, ...], window: Compared, side: Callable[[Compared], Grouped]
) -> Floats:
    """The part of each piece in a window's cases; of a comparison with all, times the part that others have in it."""
    whole = side(window).weight
    portion = np.divide(weights, whole, out=np.full(weights.shape, np.nan), where=whole > 0)
    return np.asarray(np.array(inside)[:, np.newaxis, np.newaxis] * portion * (1 - window.part))


def _size(piece: Grouped, window: Grouped) -> Floats:
    """Of a survey the one of its variance, but never far above Kish's number of cases (see `SurveyShares.capped`).

    That number is the window's, as few clusters tell of a part of it, whose variance is as often small by chance as it
    is large: held to its own number, limits hold the change far more often than they promise.
    """
    return piece.size if piece.precision is None else np.minimum(piece.precision.size, FAR_ABOVE * window.kish)


def _of_window(piece: Grouped, window: Grouped) -> Floats:
    """The part of a window that a piece is."""
    return np.divide(piece.weight, window.weight, out=np.zeros(piece.weight.shape), where=window.weight > 0)


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
