"""Scores of rates within strata at a common difference, the limits they give, and whether the measure is common."""

from collections.abc import Callable
from typing import Protocol

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.roots import solve_increasing

EVENLY, BY_FACTORS = 256, 64
"""Points at which to look for the outermost crossing, from the furthest inwards: at even distances and at even ratios.

Most crossings are near the furthest point, where the search ends.
"""

NEAREST = 1e-12
"""The innermost of them."""


class TwoGroups(Protocol):
    """Events, exposures and weights of two groups, strata last."""

    @property
    def count1(self) -> Floats: ...

    @property
    def exposure1(self) -> Floats: ...

    @property
    def count2(self) -> Floats: ...

    @property
    def exposure2(self) -> Floats: ...

    @property
    def weight(self) -> Floats: ...


def difference_sums(strata: TwoGroups, null: Floats) -> tuple[Floats, Floats]:
    """The weighted residuals of all strata at a difference, and the variance of their sum there."""
    each, variance = _residuals(strata, null)
    weight = strata.weight
    return np.asarray((weight * each).sum(axis=-1)), np.asarray((np.square(weight) * variance).sum(axis=-1))


def _residuals(strata: TwoGroups, null: Floats) -> tuple[Floats, Floats]:
    """Of each stratum its residual, r1 - r2 less the null value, and its variance at the most likely rates; else 0.

    The likelihood equation x1 / p1 + x2 / p2 = n1 + n2 with p1 = p2 + null is quadratic in p2.
    """
    used = strata.weight > 0
    x1, x2 = strata.count1, strata.count2
    n1, n2 = np.where(used, strata.exposure1, 1.0), np.where(used, strata.exposure2, 1.0)
    shift = np.asarray(null)[..., np.newaxis] * (n1 + n2)
    root = np.hypot(shift + x2 - x1, 2 * np.sqrt(x1 * x2))
    rate1 = np.maximum(x1 + x2 + shift + root, 0.0) / (2 * (n1 + n2))
    rate2 = np.maximum(x1 + x2 - shift + root, 0.0) / (2 * (n1 + n2))
    residual = x1 / n1 - x2 / n2 - np.asarray(null)[..., np.newaxis]
    return np.where(used, residual, 0.0), np.where(used, rate1 / n1 + rate2 / n2, 0.0)


def difference_limits(strata: TwoGroups, z: float) -> tuple[Floats, Floats]:
    """The outermost differences at which the statistic is z and -z; NaN where there is no stratum.

    Below 0, at levels under a half, each is the one of the other side.
    """
    total = strata.weight.sum(axis=-1)
    some = np.asarray(total > 0)
    centre = np.where(some, difference_sums(strata, np.zeros(total.shape))[0] / np.where(some, total, 1.0), 0.0)
    if z == 0:
        return np.where(some, centre, np.nan), np.where(some, centre, np.nan)

    def limit(side: float) -> Floats:
        unit = furthest(strata, centre, abs(z), side)

        def beyond(at: Floats) -> Floats:
            """Above 0 where differences on this side are rejected."""
            numerator, variance = difference_sums(strata, centre + side * unit * at)
            return np.asarray(np.where(some, -side * numerator - abs(z) * np.sqrt(variance), np.nan))

        return np.where(some, centre + side * unit * outermost(beyond, some.shape), np.nan)

    ends = limit(-1.0), limit(1.0)
    return ends if z > 0 else ends[::-1]


def furthest(strata: TwoGroups, centre: Floats, z: float, side: float) -> Floats:
    """A distance from the estimate beyond which every difference on one side is rejected.

    The most likely rates are at most M / (n1 + n2), for one of them plus the size of the difference, so that the
    variance is at most a linear function of the distance u; it is where (u sum(w))^2 is z^2 times that.
    """
    weight, square = strata.weight, np.square(strata.weight)
    some = weight > 0
    n1, n2 = np.where(some, strata.exposure1, 1.0), np.where(some, strata.exposure2, 1.0)
    slope1, slope2 = (square / n1).sum(axis=-1), (square / n2).sum(axis=-1)
    start = (square * (strata.count1 + strata.count2) / (n1 * n2)).sum(axis=-1)
    start = start + slope1 * np.maximum(centre, 0.0) + slope2 * np.maximum(-centre, 0.0)
    total = np.where(some.any(axis=-1), weight.sum(axis=-1), 1.0)
    half = np.square(z / total) * (slope1 if side > 0 else slope2) / 2
    return np.asarray(half + np.sqrt(np.square(half) + np.square(z / total) * start))


def outermost(beyond: Callable[[Floats], Floats], shape: tuple[int, ...]) -> Floats:
    """The largest number up to 1 at which a function, which is above 0 at 1, crosses 0."""
    points = np.unique(np.concatenate([np.linspace(0, 1, EVENLY + 1), np.geomspace(NEAREST, 1, BY_FACTORS)]))
    low, high = np.zeros(shape), np.ones(shape)
    todo = np.ones(shape, bool)
    for inner, outer in zip(points[-2::-1], points[:0:-1], strict=True):
        inside = todo & (beyond(np.full(shape, inner)) <= 0)
        low, high = np.where(inside, inner, low), np.where(inside, outer, high)
        todo &= ~inside
        if not todo.any():
            break
    return high * solve_increasing(lambda at: beyond(high * at), low / high, np.ones(shape))


def homogeneity(strata: TwoGroups, measure: str, common: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    """Squared scores of the strata over their information less what the common estimate took up; and their number - 1.

    ``common`` are two sums whose quotient is the common measure.
    """
    above, below = (np.asarray(total) for total in common)
    known = (below > 0) & ((above > 0) | (measure == "difference"))
    value = np.where(known, above / np.where(known, below, 1.0), 1.0)
    score, information = _scores(strata, measure, value)
    informs = (information > 0) & known[..., np.newaxis]
    score, information = np.where(informs, score, 0.0), np.where(informs, information, 0.0)
    squares = np.divide(np.square(score), information, out=np.zeros(score.shape), where=informs).sum(axis=-1)
    total, all_information = score.sum(axis=-1), information.sum(axis=-1)
    taken = np.divide(np.square(total), all_information, out=np.zeros(total.shape), where=all_information > 0)
    n_strata = informs.sum(axis=-1)
    enough = n_strata > 1
    return np.where(enough, np.maximum(squares - taken, 0.0), np.nan), np.where(enough, n_strata - 1.0, np.nan)


def _scores(strata: TwoGroups, measure: str, value: Floats) -> tuple[Floats, Floats]:
    """The efficient score of each stratum at a value of the measure, and its information."""
    if measure == "difference":
        residual, variance = _residuals(strata, value)
        information = np.divide(1.0, variance, out=np.zeros(variance.shape), where=variance > 0)
        return residual * information, information
    at = value[..., np.newaxis] * strata.exposure1
    whole = at + strata.exposure2
    share = np.divide(at, whole, out=np.zeros(whole.shape), where=strata.weight > 0)
    events = strata.count1 + strata.count2
    return strata.count1 - events * share, events * share * (1 - share)
