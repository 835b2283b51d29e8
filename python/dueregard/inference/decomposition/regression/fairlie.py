"""The explained part of a gap between shares by factor, each exchanged between people of one rank: Fairlie (2005)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.changing import Changing
from dueregard.inference.decomposition.regression.rank_pairs import RankPairs, rank_pairs
from dueregard.inference.decomposition.sides import Link, Sides
from dueregard.inference.importance.shapley_subsets import EXACT, N_ORDERS, all_subsets, sampled_subsets
from dueregard.inference.regression.linear_fits import times


def fairlie_parts(
    sides: Sides,
    common: Changing,
    link: Link,
    factors: Sequence[Sequence[int]],
    key: NDArray[np.uint64],
) -> Changing:
    """What each factor explains of the gap at coefficients in common, (number of factors,).

    People of both groups are put in the order of what the model expects of them and paired rank by rank, each as far as
    their weights reach; then one factor after another of the reference's person is exchanged for that of the group's.
    What changes by a factor is averaged over all orders of factors. Fairlie, R. W. (2005), Journal of Economic and
    Social Measurement 30: 305-316, who pairs the smaller group with random samples of the larger: pairing both whole
    groups is what that comes to on average as samples grow, with weights and without drawing anything. The factors add
    up to the explained part exactly.

    Changes by rows hold people in their order: who is paired with whom varies with who is drawn, but the order does not
    with coefficients.

    Parameters
    ----------
    sides : Sides
    common : Changing
        Coefficients in common, (p + 1,), the constant first.
    link : Link
    factors : sequence of sequences of int
        The columns of each factor, all of them in one.
    key : array of two uint64
        Of the random orders of more than `EXACT` factors.
    """
    n = len(factors)
    pairs = rank_pairs(sides, common.value)
    value, slope = np.zeros(n), np.zeros((n, len(common.value)))
    by_rank = [np.zeros((len(side.reach), n)) for side in pairs.sides]
    subsets = all_subsets(n) if n <= EXACT else sampled_subsets(n, N_ORDERS, key)
    for subset, share in zip(subsets.subset.tolist(), subsets.coefficient, strict=True):
        columns = [j for i, each in enumerate(factors) if subset >> i & 1 for j in each]
        mixed = _Mixed(pairs, common.value, link, columns)
        value += share * mixed.mean()
        slope += np.outer(share, mixed.slope())
        for side in (0, 1):
            by_rank[side] += np.outer(mixed.changes(side), share)
    own, other = (side.by_row(changes) for side, changes in zip(pairs.sides, by_rank, strict=True))
    return Changing(value, own + times(common.group, slope.T), other + times(common.reference, slope.T))


class _Mixed:
    """What the model expects where people of the reference have some columns of the group's people of their rank."""

    def __init__(self, pairs: RankPairs, beta: Floats, link: Link, columns: Sequence[int]) -> None:
        self.pairs, self.link = pairs, link
        self.from_group = np.isin(np.arange(len(beta) - 1), columns)
        own = np.where(self.from_group, beta[1:], 0.0)
        self.parts = times(pairs.sides[0].x, own), beta[0] + times(pairs.sides[1].x, beta[1:] - own)

    def _predictor(self) -> Floats:
        return np.asarray(self.parts[0][self.pairs.group] + self.parts[1][self.pairs.reference])

    def mean(self) -> float:
        return float((self.pairs.share * self.link.expected(self._predictor())).sum())

    def slope(self) -> Floats:
        """The derivative of the mean by the coefficients."""
        each = self.pairs.share * self.link.slope(self._predictor())
        means = []
        for side, place in zip(self.pairs.sides, (self.pairs.group, self.pairs.reference), strict=True):
            means.append(np.bincount(place, each, len(side.reach)) @ side.x)
        return np.concatenate([[each.sum()], np.where(self.from_group, *means)])

    def changes(self, side: int) -> Floats:
        """The derivative by the weight of each rank of one side.

        One more at a rank shifts those after it along the other side: at each border between two ranks a little of what
        the second had with the person there becomes the first's.
        """
        own, other = self.pairs.sides[side], self.pairs.sides[1 - side]
        border = own.reach[:-1]
        beside = np.minimum(np.searchsorted(other.reach, border, side="right"), len(other.reach) - 1)
        there = self.parts[1 - side][beside]
        first, second = (self.link.expected(part + there) for part in (self.parts[side][:-1], self.parts[side][1:]))
        step = first - second
        after = np.concatenate([np.cumsum(step[::-1])[::-1], [0.0]])
        return np.asarray((after - (border * step).sum()) / own.weight)
