"""Covariances of sums over clusters, from every deviation written out, in exact fractions."""

from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray


def add_covariance(
    cluster: NDArray[np.int32],
    statistic: NDArray[np.int32],
    score: NDArray[np.float64],
    groups: NDArray[np.int64],
    factor: NDArray[np.float64],
    blocks: NDArray[np.int64],
    covariance: NDArray[np.float64],
    centre: NDArray[np.float64] | None = None,
) -> None:
    """Add to ``covariance``, the square matrices of all blocks one after the other, what groups of clusters give.

    That is the sum over clusters of ``factor`` times the product of two deviations of scores from ``centre``, or from
    the mean over the group's clusters; a cluster without a score of a statistic has zero. ``groups`` and ``blocks`` say
    where the clusters of each group and the statistics of each block begin, and after that where the last end.
    """
    n_statistics = int(blocks[-1])
    scores = [[Fraction(0)] * n_statistics for _ in range(int(groups[-1]))]
    for c, s, z in zip(cluster.tolist(), statistic.tolist(), score.tolist(), strict=True):
        scores[c][s] = Fraction(z)
    deviations: list[list[Fraction]] = []
    for first, end in pairwise(groups.tolist()):
        given = None if centre is None else [Fraction(value) for value in centre.tolist()]
        centres = means(scores[first:end], n_statistics) if given is None else given
        deviations += [[z - c for z, c in zip(row, centres, strict=True)] for row in scores[first:end]]
    factors = [Fraction(value) for value in factor.tolist()]
    pairs = [(a, b) for first, end in pairwise(blocks.tolist()) for a in range(first, end) for b in range(first, end)]
    for i, (a, b) in enumerate(pairs):
        covariance[i] += float(sum(f * row[a] * row[b] for f, row in zip(factors, deviations, strict=True)))


def means(rows: list[list[Fraction]], n: int) -> list[Fraction]:
    """The mean of each of ``n`` columns; nothing is taken from no rows."""
    return [sum((row[j] for row in rows), Fraction(0)) / max(len(rows), 1) for j in range(n)]
