"""The rows of drivers by area and group, added up: everybody together, then each area; in each its groups."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.unions import Members, unions
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.model_rows import ModelRows
from dueregard.measures.surveys.domains import Domains
from dueregard.missing import is_missing

Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class DriverDomains:
    """Domains in the order of their rows: ``areas`` and ``groups`` are labels, ``totals`` their sums by cluster.

    ``nobs`` are complete rows, ``weighing`` those of them with a weight above 0, ``incomplete`` the others of those
    asked, ``known`` whether the group is. ``members`` are the cells of each domain; every area has ``n_groups``
    domains, one after another. ``is_survey`` unless rows count alike and were drawn one by one.
    """

    areas: list[tuple[Any, ...]]
    groups: list[Any]
    nobs: Counts
    weighing: Counts
    incomplete: Counts
    known: NDArray[np.bool_]
    members: Members
    n_groups: int
    totals: ClusterTotals
    is_survey: bool
    is_weighted: bool

    def cells(self, domain: int) -> NDArray[np.int64]:
        """The cells of the tally that a domain is the union of."""
        statistic, cell, _ = self.members
        return np.asarray(np.asarray(cell, np.int64)[np.asarray(statistic) == domain])

    @property
    def is_clustered(self) -> bool:
        """Whether people were drawn several at a time."""
        return bool(self.is_survey and (self.totals.nobs > 1).any())

    @property
    def is_full_count(self) -> bool:
        return self.totals.is_full_count


def domains_of(rows: ModelRows, cells: ClusterTotals, asked: DriverQuestion) -> DriverDomains:
    """The complete rows of every domain, and what their columns add up to: unions of the sums of all cells."""
    read = rows.read
    domains = Domains.of(read, asked.by)
    groups = [None] if asked.group is None else read.tally.labels[asked.group]
    statistic, cell, n = members = domains.each_cell(range(len(groups)))

    def counted(which: NDArray[np.bool_]) -> Counts:
        by_cell = np.bincount(read.rows.cell[which], minlength=read.tally.counts.size)
        return np.asarray(np.bincount(statistic, by_cell[np.asarray(cell)], n).astype(np.int64))

    return DriverDomains(
        areas=[area for area in domains.areas for _ in groups],
        groups=[*groups] * len(domains),
        nobs=counted(rows.is_complete),
        weighing=counted(rows.weighs),
        incomplete=counted(rows.is_asked & ~rows.is_complete),
        known=np.array([not is_missing(label) for label in groups] * len(domains), bool),
        members=members,
        n_groups=len(groups),
        totals=unions(cells, members),
        is_survey=bool(read.design.columns or read.design.replicate_weights),
        is_weighted=read.tally.weighted,
    )
