"""Exact sums of products of columns by pair of a cluster and a domain.

What is added is taken as a whole number of units, a power of two, in 128 bits: adding is exact, and its order does not
matter. A product that cannot reach 2**e is counted in units of 2**(e - 90), which leaves room for 2**37 of them.
"""

from collections.abc import Sequence
from math import frexp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import _core
from dueregard import threads as ranges
from dueregard.inference.surveys.clusters import Codes, Floats

Term = tuple[int, ...]
"""One to three columns whose product, from left to right, is added up."""

Sums = tuple[Codes, Codes, NDArray[np.int64], Floats]
"""Clusters and domains of the pairs that have rows, in order; rows of each; a row of sums for each term."""

UNIT_BITS = 90
MANTISSA_BITS = 53
LOWEST = -1074  # the exponent of the smallest float: every float is a whole number of such units
LARGEST_EXPONENT = 1023


def exponent(numbers: Floats) -> int:
    """The least e with every number below 2**e in size; 0 where all are 0."""
    return frexp(max(float(numbers.max(initial=0.0)), -float(numbers.min(initial=0.0))))[1]


def fits(term: Term, exponents: Sequence[int], n_rows: int) -> bool:
    """Whether no sum of the term can be larger than a float."""
    return _top(term, exponents) + n_rows.bit_length() <= LARGEST_EXPONENT


def by_pair(
    codes: tuple[Codes, Codes],
    sizes: tuple[int, int],
    columns: Sequence[Floats],
    terms: Sequence[Term],
    exponents: Sequence[int],
    threads: int | None = None,
) -> Sums:
    """Sum terms by cluster and domain.

    Parameters
    ----------
    codes : pair of arrays of int32, shape (n,)
        Clusters and domains; rows of domain -1 are left out.
    sizes : pair of int
        How many clusters and domains there are.
    columns : sequence of arrays of float64, shape (n,)
    terms : sequence of tuples of int
    exponents : sequence of int
        For each column one that no number in it reaches.
    threads : int, optional

    Raises
    ------
    IndexError
        If a code is out of range, naming the first such row.
    """
    factors = np.array([(*term, -1, -1)[:3] for term in terms], np.int32).reshape(-1, 3)
    lows = np.array([max(_top(term, exponents) - UNIT_BITS, LOWEST) for term in terms], np.int32)

    def work(start: int, stop: int, interrupt: ranges.Interrupt) -> Any:
        cluster, domain = (code[start:stop] for code in codes)
        some = [column[start:stop] for column in columns]
        return _core.sum_clusters(cluster, domain, *sizes, some, factors, lows, start, interrupt)

    n_rows = len(codes[0])
    return _core.read_cluster_sums(ranges.over_ranges(work, n_rows, ranges.choose(threads, n_rows)))


def _top(term: Term, exponents: Sequence[int]) -> int:
    return sum(exponents[column] for column in term)
