"""Choices of a sample by cluster: which answers people gave together, and which shares they are a part of."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import Designed
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.measures.surveyed import Surveyed

Booleans = NDArray[np.bool_]
Codes = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Patterns:
    """What people of one cell chose, each pattern that occurs a domain of ``totals``.

    ``cell`` is that of each pattern, and ``chosen`` which options it holds, of shape (patterns, options).
    """

    totals: ClusterTotals
    cell: Codes
    chosen: Booleans

    def surveyed(self, n_areas: int, n_groups: int, *, weighted: bool) -> Surveyed:
        """The share of each option, in the order of area, option and group."""
        n_patterns, n_options = self.chosen.shape
        area, group = np.divmod(self.cell.astype(np.int64)[:, np.newaxis], n_groups)
        share, n = (area * n_options + np.arange(n_options)) * n_groups + group, n_areas * n_groups * n_options
        base = share.reshape(-1), np.repeat(np.arange(n_patterns), n_options), n
        return Surveyed(self.totals, (share[self.chosen], np.nonzero(self.chosen)[0], n), base, weighted)


def patterns_of(read: Designed, taken: Booleans, chosen: Booleans, threads: int | None) -> Patterns:
    """The rows taken, added up by cluster and by what they chose."""
    rows = np.flatnonzero(taken)
    number, first = _numbered(read.rows.cell[rows], chosen[rows])
    pattern = np.full(len(taken), -1, np.int32)
    pattern[rows] = number
    totals = read.summed(pattern, len(first), threads=threads)
    return Patterns(totals, read.rows.cell[rows[first]], chosen[rows[first]])


def _numbered(cell: Codes, chosen: Booleans) -> tuple[Codes, NDArray[np.int64]]:
    """Rows that are alike have the same number, in the order of cells and choices; and the first row of each number."""
    columns = [cell, *np.packbits(chosen, axis=1).T]
    order = np.lexsort(columns[::-1])
    is_new = np.ones(len(cell), np.bool_)
    is_new[1:] = np.any([np.diff(column[order].astype(np.int64)) != 0 for column in columns], axis=0)
    number = np.empty(len(cell), np.int32)
    number[order] = np.cumsum(is_new) - 1
    return number, order[is_new]
