"""The rows of two or more groups as a decomposition by regression sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed_rows import DesignedRows
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.cross_products import cross_products, cross_products_by_replicate
from dueregard.inference.surveys.estimates import Estimates
from dueregard.inference.surveys.linearised import linearised
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.estimated_areas import share_clusters
from dueregard.measures.model_rows import ModelRows, cluster_products
from dueregard.missing import is_missing

Codes = NDArray[np.int32]
Members = NDArray[np.int64]


@dataclass(frozen=True)
class Term:
    """A factor of the model and its columns: one of numbers, or one for each level."""

    name: str
    levels: list[Any] | None
    columns: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class GapSample:
    """Rows by area and group. ``x`` (n, p) and ``y`` (n,) are 0 where a row is not complete; ``cell`` is -1 there."""

    rows: ModelRows
    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    groups: list[Any]
    reference: int
    terms: list[Term]
    x: Floats
    y: Floats
    cell: Codes

    @property
    def weight(self) -> Floats:
        return self.rows.read.rows.weight

    @property
    def categories(self) -> list[tuple[int, ...]]:
        """The columns of each categorical factor."""
        return [term.columns for term in self.terms if term.levels is not None]

    @property
    def compared(self) -> list[int]:
        """The groups that are held against the reference."""
        return [g for g, label in enumerate(self.groups) if g != self.reference and not is_missing(label)]

    @property
    def blocks(self) -> list[int]:
        """All areas together, then each."""
        return [EVERYWHERE, *range(len(self.areas))] if self.by else [EVERYWHERE]

    @property
    def families(self) -> list[list[int]]:
        """All areas together; and the areas, in which each row is once too."""
        return [[EVERYWHERE], list(range(len(self.areas)))] if self.by else [[EVERYWHERE]]

    @property
    def is_full_count(self) -> bool:
        return self.rows.read.cells.is_full_count

    @cached_property
    def areas_share_clusters(self) -> bool:
        """Whether gaps of areas vary together."""
        cells = self.rows.read.cells
        return bool(self.by) and share_clusters(cells, np.arange(cells.n_domains) // len(self.groups))

    def area_labels(self, area: int) -> tuple[Any, ...]:
        return (None,) * len(self.by) if area == EVERYWHERE else self.areas[area]

    @cached_property
    def _counts(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Complete rows, those of them that weigh anything, and rows without what is asked, (areas, groups)."""
        n = len(self.areas) * len(self.groups)
        kept = self.cell[self.cell >= 0]
        weighs = self.cell[(self.cell >= 0) & (self.weight > 0)]
        without = self.rows.read.rows.cell[self.rows.is_asked & ~self.rows.is_complete]
        shape = len(self.areas), len(self.groups)
        return tuple(np.bincount(each, minlength=n).reshape(shape) for each in (kept, weighs, without))  # type: ignore[return-value]

    @cached_property
    def cells(self) -> Members:
        """Which combination of the levels of all factors each row has; 0 where it is not complete."""
        found = np.zeros(len(self.y), np.int64)
        for column in self.rows.columns:
            assert column.levels is not None
            found = found * len(column.levels) + np.where(self.cell >= 0, column.values, 0)
        return found

    @property
    def n_cells(self) -> int:
        """How many combinations there can be."""
        return prod(len(term.columns) for term in self.terms)

    def left_out(self) -> list[str]:
        """How many rows lack which column, in words for a note."""
        each = [(column.name, self.rows.missing_in(column)) for column in (self.rows.outcome, *self.rows.columns)]
        lacking = [f"{n:,} lack {name!r}" for name, n in each if n]
        n_rows = int(np.count_nonzero(self.rows.is_asked & ~self.rows.is_complete))
        if not n_rows:
            return []
        return [f"Left out: {n_rows:,} of {int(self.rows.is_asked.sum()):,} rows asked ({', '.join(lacking)})."]

    def nobody_words(self, area: int, group: int) -> str:
        """Why a group has no complete row: which column most of its rows lack."""
        who = f"group {self.groups[group]!r} has nobody with the outcome and every factor"
        cell, rows = self.rows.read.rows.cell, self.rows
        inside = rows.is_asked & (cell % len(self.groups) == group)
        if area != EVERYWHERE:
            inside &= cell // len(self.groups) == area
        lost = {each.name: int(np.count_nonzero(inside & ~each.is_stated)) for each in (rows.outcome, *rows.columns)}
        most = max(lost, key=lambda name: lost[name])
        return f"{who}; {lost[most]:,} of its {np.count_nonzero(inside):,} rows lack {most!r}" if lost[most] else who

    def nobs(self, area: int, group: int) -> int:
        """Complete rows."""
        return _sum(self._counts[0], area, group)

    def weighing(self, area: int, group: int) -> int:
        """Complete rows whose weight is not 0."""
        return _sum(self._counts[1], area, group)

    def is_lone(self, area: int, group: int) -> bool:
        """Whether the group, or the reference, is one person, whose answer says nothing of how others vary."""
        return min(self.weighing(area, side) for side in (group, self.reference)) < 2

    def outcome_missing(self, area: int, group: int) -> int:
        """Rows asked that lack the outcome or a factor."""
        return _sum(self._counts[2], area, group)

    @cached_property
    def centre(self) -> Floats:
        """What is taken off columns before they are multiplied, so that nothing is rounded away; 0 of indicators."""
        inside = self.x[self.cell >= 0]
        if not len(inside):
            return np.zeros(self.x.shape[1])
        found = (inside.min(axis=0) + inside.max(axis=0)) / 2  # the same in any order of rows
        for columns in self.categories:
            found[list(columns)] = 0.0
        return np.asarray(found, np.float64)

    @cached_property
    def sizes(self) -> Floats:
        """The largest size of each column less its centre."""
        return np.asarray(np.abs(self.x - self.centre)[self.cell >= 0].max(axis=0, initial=0.0))

    @cached_property
    def _crossed(self) -> Floats:
        """Cross-products of each area and group, (areas, groups, p + 2, p + 2)."""
        n, alone = len(self.areas) * len(self.groups), Clusters(np.zeros(1, np.int32), np.zeros(1))
        values = np.column_stack([self.x - self.centre, self.y])
        values[self.cell < 0] = 0.0
        totals = cluster_totals(
            np.zeros(len(self.y), np.int32), self.cell, n, self.weight, alone, values=values, products=True
        )
        found = cross_products(totals)
        return found.reshape(len(self.areas), len(self.groups), *found.shape[1:])

    @cached_property
    def _by_replicate(self) -> Floats | None:
        """The same in each replicate of the design, (R, areas, groups, p + 2, p + 2)."""
        if self.rows.read.cells.replicates is None:
            return None
        values = np.column_stack([self.x - self.centre, self.y])
        values[self.cell < 0] = 0.0
        found = cross_products_by_replicate(cluster_products(self.rows, values))
        return found.reshape(len(found), len(self.areas), len(self.groups), *found.shape[2:])

    def crossed_by_replicate(self, area: int, group: int) -> Floats | None:
        """Cross-products in each replicate of the design, if there are any, (R, p + 2, p + 2)."""
        if self._by_replicate is None:
            return None
        of_group = self._by_replicate[:, :, group]
        return np.asarray(of_group.sum(axis=1) if area == EVERYWHERE else of_group[:, area])

    def crossed(self, area: int, group: int) -> Floats:
        """Cross-products of ones, the columns less their centres, and the outcome, (p + 2, p + 2)."""
        of_group = self._crossed[:, group]
        return np.asarray(of_group.sum(axis=0) if area == EVERYWHERE else of_group[area])

    @cached_property
    def _in_order(self) -> Members:
        """The complete rows in the order of what is in them, so that nothing depends on how they came."""
        order = np.lexsort((self.weight, self.y, *self.x.T[::-1]))
        return np.asarray(order[self.cell[order] >= 0])

    def members(self, area: int, group: int) -> Members:
        """The complete rows of a group in an area, in the order of what is in them."""
        cell = self.cell[self._in_order]
        inside = cell % len(self.groups) == group
        if area != EVERYWHERE:
            inside &= cell // len(self.groups) == area
        return np.asarray(self._in_order[inside])

    def estimates(self, areas: Sequence[int], group: int, value: Floats, score: Floats) -> Estimates:
        """Statistics of one group against the reference, (areas, s), with the precision that the design gives.

        ``score`` (rows, s) is what each row changes them by, for one unit of its weight.
        """
        of = self.cell % len(self.groups)
        inside = (self.cell >= 0) & ((of == group) | (of == self.reference))
        where = np.zeros(len(self.cell), np.int32) if areas == [EVERYWHERE] else self.cell // len(self.groups)
        cell = np.where(inside, where, -1).astype(np.int32)
        totals = self._numbered.summed(self.rows.read.design, cell, len(areas), score)
        return linearised(totals, value)

    @cached_property
    def _numbered(self) -> DesignedRows:
        """The rows, numbered by what is in them where each was drawn by itself."""
        read = self.rows.read
        return read.rows.renumbered(read.design, self.cell, np.column_stack([self.x, self.y]))


def _sum(counts: NDArray[np.int64], area: int, group: int) -> int:
    of_group = counts[:, group]
    return int(of_group.sum() if area == EVERYWHERE else of_group[area])
