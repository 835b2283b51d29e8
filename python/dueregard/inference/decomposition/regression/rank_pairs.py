"""People of two groups paired by rank, each as far as their weights reach."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.sides import Side, Sides
from dueregard.inference.regression.linear_fits import times
from dueregard.inference.regression.patterns import Patterns, patterns

Integers = NDArray[np.int64]


class Ranked(NamedTuple):
    """The different rows of one side in the order of a linear predictor.

    Attributes
    ----------
    x : array, shape (m, p)
    reach : array, shape (m,)
        The share of people up to and with each; the last is 1.
    weight : float
        The sum of weights of the side.
    order : array of int, shape (m,)
        Which pattern each is.
    found : Patterns
    weighs : array of bool, shape (n,)
        The rows of the side that weigh anything.
    """

    x: Floats
    reach: Floats
    weight: float
    order: Integers
    found: Patterns
    weighs: NDArray[np.bool_]

    def by_row(self, changes: Floats) -> Floats:
        """What is known of each rank, (m, k), row by row of the side, (n, k)."""
        by_pattern = np.empty_like(changes)
        by_pattern[self.order] = changes
        rows = np.zeros((len(self.weighs), changes.shape[1]))
        rows[self.weighs] = self.found.to_rows(by_pattern)
        return rows


class RankPairs(NamedTuple):
    """Both sides in order; ``group`` and ``reference`` say who is paired, by rank, and ``share`` how many of all."""

    sides: tuple[Ranked, Ranked]
    group: Integers
    reference: Integers
    share: Floats


def rank_pairs(sides: Sides, beta: Floats) -> RankPairs:
    """Pair the sides by what coefficients (p + 1,) expect of them.

    Examples
    --------
    Two people of the group and three of the reference: the first of the group meets the first and half of the second.

    >>> one, other = (np.arange(float(n))[:, np.newaxis] for n in (2, 3))
    >>> sides = Sides(Side(one, np.ones(2), np.ones(2)), Side(other, np.ones(3), np.ones(3)))
    >>> found = rank_pairs(sides, np.array([0.0, 1.0]))
    >>> found.group.tolist(), found.reference.tolist(), found.share.round(3).tolist()
    ([0, 0, 1, 1], [0, 1, 1, 2], [0.333, 0.167, 0.167, 0.333])
    """
    own, other = (_ranked(side, beta) for side in sides)
    edges = np.union1d(own.reach, other.reach)
    share = np.diff(edges, prepend=0.0)
    middle = edges - share / 2
    group, reference = (np.searchsorted(side.reach, middle).astype(np.int64) for side in (own, other))
    return RankPairs((own, other), group, reference, share)


def _ranked(side: Side, beta: Floats) -> Ranked:
    weighs = side.weight > 0
    rows = side.x[weighs]
    found = patterns(rows, np.zeros(len(rows), np.int64), side.weight[weighs])
    order = np.argsort(times(found.x, beta[1:]), kind="stable")
    reach = np.cumsum(found.weight[order])
    weight = float(reach[-1])
    reach = reach / weight
    return Ranked(found.x[order], reach, weight, order, found, weighs)
