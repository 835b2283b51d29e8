"""Exact sums of products of columns by cluster and domain."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from math import floor, prod

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]
Part = tuple[dict[Pair, list[int]], NDArray[np.int32]]
"""For each pair of a cluster and a domain its rows and the sum of each term in units; and the units' exponents."""


def sum_clusters(
    cluster: NDArray[np.int32],
    domain: NDArray[np.int32],
    n_clusters: int,
    n_domains: int,
    columns: Sequence[NDArray[np.float64]],
    terms: NDArray[np.int32],
    lows: NDArray[np.int32],
    first_row: int = 0,
) -> Part:
    """Add up each row's products, each taken as a whole number of units of ``2**low``."""
    sums: dict[Pair, list[int]] = defaultdict(lambda: [0] * (1 + len(lows)))
    for row in range(len(cluster)):
        pair = int(cluster[row]), int(domain[row])
        _check("cluster", pair[0], 0, n_clusters, first_row + row)
        _check("domain", pair[1], -1, n_domains, first_row + row)
        if pair[1] == -1:
            continue
        products = [prod(float(columns[column][row]) for column in term if column >= 0) for term in terms]
        added = [1, *(_units(product, int(low)) for product, low in zip(products, lows, strict=True))]
        sums[pair] = [sum(both) for both in zip(sums[pair], added, strict=True)]
    return sums, lows


def _check(name: str, code: int, lowest: int, n: int, row: int) -> None:
    if not lowest <= code < n:
        raise IndexError(f"{name}: code {code} at row {row} is outside {lowest} to {n - 1}")


def _units(number: float, low: int) -> int:
    """The nearest whole number of units, halves away from zero."""
    size = floor(abs(Fraction(number)) / Fraction(2) ** low + Fraction(1, 2))
    return size if number > 0 else -size


def read_cluster_sums(
    parts: Sequence[Part],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int64], NDArray[np.float64]]:
    """Clusters and domains in order, their rows, and a row of sums for each term, each rounded to the nearest float."""
    lows = parts[0][1]
    total: dict[Pair, list[int]] = defaultdict(lambda: [0] * (1 + len(lows)))
    for sums, _ in parts:
        for pair, added in sums.items():
            total[pair] = [sum(both) for both in zip(total[pair], added, strict=True)]
    pairs = sorted(total)
    read = [[_rounded(total[pair][1 + j], int(low)) for pair in pairs] for j, low in enumerate(lows)]
    return (
        np.array([cluster for cluster, _ in pairs], np.int32),
        np.array([domain for _, domain in pairs], np.int32),
        np.array([total[pair][0] for pair in pairs], np.int64),
        np.array(read, np.float64).reshape(len(lows), len(pairs)),
    )


def _rounded(units: int, low: int) -> float:
    try:
        return float(Fraction(units) * Fraction(2) ** low)  # one correctly rounded division
    except OverflowError:
        return float("inf") if units > 0 else float("-inf")
