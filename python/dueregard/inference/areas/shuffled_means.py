"""Means of units compared between groups by shuffling the units."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

SHUFFLES = 9_999


class Largest(NamedTuple):
    """The largest difference seen, the one to expect if only chance were at work, and the p-value of the one seen."""

    seen: float
    expected: float
    pvalue: float


def differs_from_rest(own: NDArray[np.float64], rest: NDArray[np.float64], seed: int) -> float:
    """The two-sided p-value of a difference of two means: every way to deal the units out, or 9,999 at random.

    Fisher, R. A. (1935), The Design of Experiments. The p-value of random shuffles counts what was seen as one of them
    (Phipson and Smyth 2010), so it is never 0.
    """

    def difference(x: NDArray[np.float64], y: NDArray[np.float64], axis: int) -> Any:
        return np.mean(x, axis=axis) - np.mean(y, axis=axis)

    return float(_shuffled([own, rest], difference, "two-sided", seed).pvalue)


def largest_difference(parts: Sequence[NDArray[np.float64]], seed: int) -> Largest:
    """The largest difference between the mean of a group and that of all others, against shuffles of the units."""

    def largest(*groups: NDArray[np.float64], axis: int) -> Any:
        sizes = [group.shape[axis] for group in groups]
        sums = [np.sum(group, axis=axis) for group in groups]
        whole, n = sum(sums[1:], sums[0]), sum(sizes)
        each = [np.abs(part / size - (whole - part) / (n - size)) for part, size in zip(sums, sizes, strict=True)]
        return np.max(np.stack(each), axis=0)

    found = _shuffled(list(parts), largest, "greater", seed)
    return Largest(float(found.statistic), float(np.mean(found.null_distribution)), float(found.pvalue))


def _shuffled(samples: list[NDArray[np.float64]], statistic: Any, alternative: Any, seed: int) -> Any:
    """By SciPy, on values in order of size, so that the order of the units makes no difference."""
    from scipy.stats import permutation_test

    return permutation_test(
        [np.sort(sample) for sample in samples],
        statistic,
        n_resamples=SHUFFLES,
        alternative=alternative,
        vectorized=True,
        rng=np.random.Generator(np.random.Philox(key=seed)),
    )
