"""Scores of rates within strata at a common difference, the limits they give, and whether the measure is common."""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.roots import solve_increasing

GRID = 64
"""Points beyond a crossing at which to look for one further out."""

LEAST = 1e-6
"""A distance that is next to none, where the unit is one event over all exposure."""

DOUBLINGS = 1100
"""As often as a double can be doubled from the smallest to the largest."""


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
    """The outermost differences at which the statistic is z and -z; NaN where there is no stratum."""
    total = strata.weight.sum(axis=-1)
    some = np.asarray(total > 0)
    centre = np.where(some, difference_sums(strata, np.zeros(total.shape))[0] / np.where(some, total, 1.0), 0.0)
    unit = 1 / np.where(some, (strata.exposure1 + strata.exposure2).sum(axis=-1), 1.0)

    def limit(side: float) -> Floats:
        def beyond(at: Floats) -> Floats:
            """Above 0 where differences on this side are rejected; rises with the distance from the estimate."""
            numerator, variance = difference_sums(strata, centre + side * unit * at)
            return np.asarray(np.where(some, -side * numerator - z * np.sqrt(variance), np.nan))

        return np.where(some, centre + side * unit * outermost(beyond, some.shape), np.nan)

    return limit(-1.0), limit(1.0)


def outermost(beyond: Callable[[Floats], Floats], shape: tuple[int, ...]) -> Floats:
    """The largest distance at which a function, which ends above 0, crosses 0."""
    far = _doubled(np.ones(shape), lambda at: beyond(at) <= 0)
    near, least = np.zeros(shape), np.full(shape, LEAST)
    behind = beyond(least) > 0  # levels below a half: the limit is on the other side of the estimate
    if behind.any():
        near = np.where(behind, -_doubled(np.ones(shape), lambda at: behind & (beyond(-at) > 0)), near)
        far = np.where(behind & (beyond(-least) > 0), -LEAST, far)  # without events the function also touches 0 at 0
    found = solve_increasing(beyond, near, far)
    for part in np.linspace(0, 1, GRID + 1)[-2:0:-1]:
        further = found + part * (far - found)
        dips = (further > found) & (beyond(further) < 0)
        if dips.any():
            again = solve_increasing(beyond, np.where(dips, further, near), far)
            found = np.where(dips, again, found)
    return found


def _doubled(start: Floats, short: Callable[[Floats], NDArray[np.bool_]]) -> Floats:
    """Distances, each doubled until it is not short any more."""
    found = start
    for _ in range(DOUBLINGS):
        todo = short(found)
        if not todo.any():
            break
        found = np.where(todo, 2 * found, found)
    return found


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
