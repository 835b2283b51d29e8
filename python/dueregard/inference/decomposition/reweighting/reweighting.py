"""The gap that would remain if two groups had the same profile: people count for as much as their profile needs."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.reweighting.cell_deviations import Codes, more_deviation
from dueregard.inference.decomposition.reweighting.profile_odds import ProfileOdds
from dueregard.inference.decomposition.sides import Side, Sides

TOWARDS = {"reference": 0.0, "group": 1.0, "both": 0.5}
"""What the group's profile counts for in the one that both sides are given."""


class Reweighted(NamedTuple):
    """A gap between means with the same profile, and what it rests on.

    Attributes
    ----------
    gap, remains : Changing
        The difference of the means as they are, and of the reweighted ones, (1,).
    means : tuple of float
        The two reweighted means.
    effective : tuple of float
        Kish's effective numbers of people behind the two reweighted means.
    largest : float
        The largest factor by which anybody counts for more than before.
    cut : float
        The share of people, by weight, whose factor was cut to ``trim``.
    """

    gap: Changing
    remains: Changing
    means: tuple[float, float]
    effective: tuple[float, float]
    largest: float
    cut: float


def reweighted(
    sides: Sides, odds: ProfileOdds, towards: float, trim: float | None = None, cells: tuple[Codes, Codes] | None = None
) -> Reweighted:
    """Give both sides the profile that is ``towards`` times the group's and the rest the reference's.

    With r the ratio of the shares of a profile, reference over group, people of the group count for ``a + (1 - a) r``
    times as much as before, and people of the reference for ``a / r + 1 - a``; means are over the sum of that.

    Parameters
    ----------
    sides : Sides
        Outcomes may be any numbers.
    odds : ProfileOdds
    towards : float
        Between 0, the reference's profile, and 1, the group's.
    trim : float, optional
        The most that anybody may count for, as a multiple of before.
    cells : two arrays of int, optional
        The cell of each row, where profiles are cells: deviations from a cell's mean are too small, as it
        lies near its own rows, and `more_deviation` is added.
    """
    found = [
        _factor(ratio, fixed, sign, trim)
        for ratio, fixed, sign in zip(odds.log_ratio, (towards, 1 - towards), (1, -1), strict=True)
    ]
    means = [_mean(side, each.factor) for side, each in zip(sides, found, strict=True)]
    by_odds, own = [], []
    for sign, side, each, mean in zip((1, -1), sides, found, means, strict=True):
        away = sign * (side.y - mean) / (side.weight @ each.factor)
        by_odds.append(side.weight * each.slope * away)
        own.append(each.factor * away)
    for i, (sign, side, each) in enumerate(zip((1, -1), sides, found, strict=True)):
        if cells is not None:
            own[i] += sign * each.factor * more_deviation(side, cells[i]) / (side.weight @ each.factor)
    pulled = odds.pull(by_odds[0], by_odds[1])
    changes = [(mine + more)[:, np.newaxis] for mine, more in zip(own, pulled, strict=True)]
    return Reweighted(
        gap=whole_gap(sides),
        remains=Changing(np.array([means[0] - means[1]]), changes[0], changes[1]),
        means=(means[0], means[1]),
        effective=(_effective(sides.group, found[0]), _effective(sides.reference, found[1])),
        largest=max(float(each.factor.max()) for each in found),
        cut=sum(float(side.weight @ each.is_cut) for side, each in zip(sides, found, strict=True))
        / sum(float(side.weight.sum()) for side in sides),
    )


class _Factor(NamedTuple):
    """How many times as much people count, what that changes by with the logarithm of the ratio, and who is cut."""

    factor: Floats
    slope: Floats
    is_cut: NDArray[np.bool_]


def _factor(log_ratio: Floats, fixed: float, sign: int, trim: float | None) -> _Factor:
    moving = (1 - fixed) * np.exp(sign * log_ratio)
    factor = fixed + moving
    is_cut = factor > (np.inf if trim is None else trim)
    return _Factor(np.where(is_cut, trim or 0.0, factor), np.where(is_cut, 0.0, sign * moving), is_cut)


def _mean(side: Side, factor: Floats) -> float:
    return float(side.weight @ (factor * side.y) / (side.weight @ factor))


def whole_gap(sides: Sides) -> Changing:
    """The difference of the means as they are, (1,)."""
    means = [_mean(side, np.ones(len(side.y))) for side in sides]
    away = [
        sign * (side.y - mean)[:, np.newaxis] / side.weight.sum()
        for sign, side, mean in zip((1, -1), sides, means, strict=True)
    ]
    return Changing(np.array([means[0] - means[1]]), away[0], away[1])


def _effective(side: Side, found: _Factor) -> float:
    weight = side.weight * found.factor
    return float(np.square(weight.sum()) / np.square(weight).sum())
