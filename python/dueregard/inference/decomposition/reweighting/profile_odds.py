"""How much more common each person's profile is in the reference than in the group, and what rows change that by."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.regression.logit_coefficients import logit_of_both
from dueregard.inference.decomposition.sides import Sides
from dueregard.inference.regression.linear_fits import times

Pair = tuple[Floats, Floats]


class ProfileOdds(NamedTuple):
    """``log_ratio`` of the shares of people with a profile, reference over group, for each row of the group and of the
    reference; and ``pull``, which takes what a number changes by with the ratio of each row to what it changes by with
    the weight of each row.
    """

    log_ratio: Pair
    pull: Callable[[Floats, Floats], Pair]


def cell_odds(sides: Sides, cells: tuple[NDArray[np.int64], NDArray[np.int64]], n_cells: int) -> ProfileOdds:
    """Of cells, each with people on both sides: shares are those counted."""
    people = [np.bincount(cell, side.weight, n_cells) for cell, side in zip(cells, sides, strict=True)]
    total = [side.weight.sum() for side in sides]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.log(people[1] / total[1]) - np.log(people[0] / total[0])

    def pull(group: Floats, reference: Floats) -> Pair:
        by_cell = np.bincount(cells[0], group, n_cells) + np.bincount(cells[1], reference, n_cells)
        every = by_cell.sum()
        return every / total[0] - by_cell[cells[0]] / people[0][cells[0]], (
            by_cell[cells[1]] / people[1][cells[1]] - every / total[1]
        )

    return ProfileOdds((ratio[cells[0]], ratio[cells[1]]), pull)


def logit_odds(sides: Sides, basis: Floats) -> ProfileOdds:
    """By a logit of being in the group: DiNardo, J., Fortin, N. M. and Lemieux, T. (1996), Econometrica 64: 1001-1044.

    With a column for every cell it is `cell_odds`.

    Raises
    ------
    NoFit
        If a factor tells the groups apart without error.
    """
    beta = logit_of_both(sides, basis, (np.ones(len(sides.group.y)), np.zeros(len(sides.reference.y))))
    total = [side.weight.sum() for side in sides]
    among = np.log(total[0] / total[1])
    ratio = tuple(among - times(side.with_ones, beta.value) for side in sides)

    def pull(group: Floats, reference: Floats) -> Pair:
        slope = -(group @ sides.group.with_ones + reference @ sides.reference.with_ones)
        every = group.sum() + reference.sum()
        return times(beta.group, slope) + every / total[0], times(beta.reference, slope) - every / total[1]

    return ProfileOdds((ratio[0], ratio[1]), pull)
