"""Values with normal errors drawn again: their ranks, and how far apart the largest difference is by chance."""

from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.philox import words

STANDARD = NormalDist()

Floats = NDArray[np.float64]


def count_ranks(
    value: Floats, own: Floats, shared: Floats, key: NDArray[np.uint64], first: int, n_replicates: int
) -> NDArray[np.int64]:
    """Of each unit, the number of replicates in which so many others are above it: an array of units x ranks."""
    counts = np.zeros((len(value), len(value)), np.int64)
    for replicate in range(first, first + n_replicates):
        drawn = values(value, own, shared, key, replicate)
        for unit, its in enumerate(drawn):
            counts[unit, sum(other > its for other in drawn)] += 1
    return counts


def count_exceeded(
    value: Floats,
    own: Floats,
    shared: Floats,
    upper: NDArray[np.int32],
    lower: NDArray[np.int32],
    weight: Floats,
    seen: Floats,
    starts: NDArray[np.int64],
    key: NDArray[np.uint64],
    first: int,
    n_replicates: int,
) -> NDArray[np.int64]:
    """Of each hypothesis, the replicates in which the largest of its family up to it is at least the statistic seen.

    One with a weight below 0 stands for itself and its opposite, and is not counted.
    """
    exceeded = np.zeros(len(seen), np.int64)
    for replicate in range(first, first + n_replicates):
        drawn = values(value, own, shared, key, replicate)
        for start, end in pairwise(starts.tolist()):
            largest = 0.0
            for h in range(start, end):
                statistic = (drawn[upper[h]] - drawn[lower[h]]) * float(weight[h])
                both = weight[h] < 0
                largest = max(largest, abs(statistic) if both else statistic)
                exceeded[h] += seen[h] > 0 and not both and largest >= seen[h]
    return exceeded


def values(value: Floats, own: Floats, shared: Floats, key: NDArray[np.uint64], replicate: int) -> list[float]:
    """One replicate: the errors of the units' own first, where they have any, then those that they share."""
    stream = words((int(key[0]), int(key[1])), replicate)
    alone = [v + spread * normal(next(stream)) if spread > 0 else v for v, spread in zip(value, own, strict=True)]
    factors = [normal(next(stream)) for _ in range(shared.shape[1])]
    drawn = []
    for sum_, weights in zip(alone, shared, strict=True):
        for weight, factor in zip(weights, factors, strict=True):
            sum_ += weight * factor
        drawn.append(float(sum_))
    return drawn


def normal(word: int) -> float:
    """The normal number below which lies the middle of one of 2^52 pieces of 0 to 1 (Wichura's algorithm AS 241)."""
    return STANDARD.inv_cdf((word // 2**12 + 0.5) / 2**52)
