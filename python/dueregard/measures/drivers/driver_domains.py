"""The rows of drivers by area and group, added up: everybody together, then each area; in each its groups."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.references import Reference
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.unions import Members, unions
from dueregard.measures.drivers.driver_columns import DriverColumns
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
    domains, one after another, of which the last ``n_beside`` are what groups are compared with, and no groups.
    ``is_survey`` unless rows count alike and were drawn one by one.
    """

    areas: list[tuple[Any, ...]]
    groups: list[Any]
    nobs: Counts
    weighing: Counts
    incomplete: Counts
    known: NDArray[np.bool_]
    members: Members
    n_groups: int
    n_beside: int
    totals: ClusterTotals
    is_survey: bool
    is_weighted: bool

    def cells(self, domain: int) -> NDArray[np.int64]:
        """The cells of the tally that a domain is the union of."""
        statistic, cell, _ = self.members
        return np.asarray(np.asarray(cell, np.int64)[np.asarray(statistic) == domain])

    @property
    def known_groups(self) -> list[int]:
        """The places of groups that are stated, among those of an area; without what they are compared with."""
        return [g for g in range(self.n_groups - self.n_beside) if self.known[g]]

    @property
    def known_area(self) -> NDArray[np.bool_]:
        """Whether each domain is of an area that is stated."""
        return np.array([not any(is_missing(label) for label in area) for area in self.areas], bool)

    @property
    def is_clustered(self) -> bool:
        """Whether people were drawn several at a time."""
        return bool(self.is_survey and (self.totals.nobs > 1).any())

    @property
    def is_full_count(self) -> bool:
        return self.totals.is_full_count


def domains_of(
    rows: ModelRows, cells: ClusterTotals, asked: DriverQuestion, beside: Reference | None = None
) -> DriverDomains:
    """The complete rows of every domain, and what their columns add up to: unions of the sums of all cells.

    ``beside`` the groups, in each area, are all of them together, or for each group all others.
    """
    read = rows.read
    domains = Domains.of(read, asked.by)
    groups = [None] if asked.group is None else list(read.tally.labels[asked.group])
    members = domains.each_cell(range(len(groups)))
    n_beside = 0
    if beside is not None:
        members, n_beside = _with(members, np.array([not is_missing(label) for label in groups]), beside)
        groups += [str(beside.value)] * n_beside
    statistic, cell, n = members

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
        n_beside=n_beside,
        totals=unions(cells, members),
        is_survey=bool(read.design.columns or read.design.replicate_weights),
        is_weighted=rows.is_weighted,
    )


def _with(members: Members, known: NDArray[np.bool_], beside: Reference) -> tuple[Members, int]:
    """The groups of each area, then, of those stated, all together or for each all others; how many these are."""
    statistic, cell, n = (np.asarray(each) for each in members)
    area, group = np.divmod(statistic, len(known))
    every = np.ones((1, len(known)), np.bool_) if beside is Reference.OVERALL else ~np.eye(len(known), dtype=np.bool_)
    takes = every & known
    width = len(known) + len(takes)
    row, place = np.nonzero(takes[:, group])
    to = np.concatenate([area * width + group, area[place] * width + len(known) + row])
    return (to, np.concatenate([cell, cell[place]]), int(n) // len(known) * width), len(takes)


def levels_of(domains: DriverDomains, columns: DriverColumns) -> Floats:
    """The mean of each driver's columns, (domains, drivers); NaN of categories and empty domains."""
    cross = cross_products(domains.totals)
    weight, nothing = cross[:, :1, 0], np.full(cross.shape[:2], np.nan)
    mean = np.divide(cross[:, 0], weight, out=nothing, where=weight > 0)[:, 1:-1] + columns.middle[:-1]
    of = columns.members
    number = of.sum(axis=1)
    return np.where(number > 0, mean @ of.T / np.maximum(number, 1), np.nan)
