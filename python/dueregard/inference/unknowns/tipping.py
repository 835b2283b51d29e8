"""How far from random cases would have to be unknown for a conclusion to change."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.unknowns.allotments import DOWN, UP, Strata

MOST = 30.0
"""The largest logarithm of odds that is tried: beyond 10 million million times nothing changes any more."""

HALVINGS = 60

Conclusion = Callable[[Contrast], NDArray[np.int64]]
"""What comparisons come to: whole numbers that rise with the estimate."""


class Tipping(NamedTuple):
    """Where the conclusion changes: how many times as high the odds of being unknown would have to be, and whose.

    ``odds`` above 1; ``direction`` `UP` where they are those of the group's cases with the outcome (and of the
    reference's without), `DOWN` the reverse. Where nothing changes it, odds are infinite and the direction 0.
    """

    odds: Floats
    direction: NDArray[np.int64]


def tipping_point(strata: Strata, conclusion: Conclusion) -> Tipping:
    """The smallest departure from random, in either direction, at which the conclusion is another one.

    The path has one parameter: at odds 1 cases are unknown at random within their outcome; with higher odds ever more
    unknown cases are on one side, until at infinite odds they are allotted as adversely as can be. The estimate changes
    steadily along the way, so that the first change is found by halving.
    """
    at_random = conclusion(strata.at_random())
    ways = [_distance(strata, conclusion, at_random, direction) for direction in (UP, DOWN)]
    nearest = np.minimum(*ways)
    direction = np.where(np.isinf(nearest) | np.isnan(nearest), 0, np.where(ways[0] <= ways[1], UP, DOWN))
    return Tipping(np.exp(nearest), direction.astype(np.int64))


def _distance(strata: Strata, conclusion: Conclusion, at_random: NDArray[np.int64], direction: int) -> Floats:
    """The logarithm of the odds at which the conclusion changes that way; infinite where it does not."""
    low, high = np.zeros(at_random.shape), np.full(at_random.shape, MOST)
    changes = conclusion(strata.tilted(high, direction)) != at_random
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        changed = conclusion(strata.tilted(middle, direction)) != at_random
        low, high = np.where(changed, low, middle), np.where(changed, middle, high)
    return np.where(changes, high, np.inf)
