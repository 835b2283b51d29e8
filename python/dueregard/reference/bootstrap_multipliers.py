"""The rescaled bootstrap of Rao, Wu and Yue (1992): n - 1 of the n clusters of a stratum drawn with replacement."""

from collections import Counter
from collections.abc import Iterator
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.philox import WORD, words

HALF = 2**32


def bootstrap_multipliers(
    sizes: NDArray[np.int64], fractions: NDArray[np.float64], key: NDArray[np.uint64], first: int, n_replicates: int
) -> NDArray[np.float64]:
    """What each cluster counts for in replicates ``first`` to ``first + n_replicates - 1``: clusters x replicates.

    ``sizes`` has the clusters of each stratum, ``fractions`` the shares of the population's clusters sampled.
    """
    replicates = range(first, first + n_replicates)
    both = int(key[0]), int(key[1])
    columns = [replicate_of(sizes, fractions, halves(words(both, replicate % WORD))) for replicate in replicates]
    return np.array(columns, np.float64).reshape(n_replicates, int(sizes.sum())).T.copy()


def replicate_of(sizes: NDArray[np.int64], fractions: NDArray[np.float64], stream: Iterator[int]) -> list[float]:
    """The multipliers of all clusters, stratum by stratum."""
    multipliers: list[float] = []
    for n, fraction in zip(sizes.tolist(), fractions.tolist(), strict=True):
        drawn = Counter(below(n, stream) for _ in range(n - 1))
        reach = sqrt(1 - fraction)
        if n == 1:
            multipliers.append(1.0)
        else:
            multipliers += [(1 - reach) + reach * (n / (n - 1)) * drawn[cluster] for cluster in range(n)]
    return multipliers


def halves(words: Iterator[int]) -> Iterator[int]:
    """The lower half of each word, then its upper one."""
    for word in words:
        yield word % HALF
        yield word // HALF


def below(n: int, stream: Iterator[int]) -> int:
    """A whole number below ``n``: halves are drawn again where small numbers would have one more than others."""
    while True:
        number, left = divmod(next(stream) * n, HALF)
        if left >= HALF % n:
            return number
