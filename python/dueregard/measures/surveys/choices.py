"""How many chose each option of a question, by area and group, with how choices go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs import cell_codes
from dueregard.inference.checked import Floats
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveys.choice_columns import Chosen
from dueregard.missing import is_missing
from dueregard.records.rows import Keep

Counts = NDArray[np.int64]

COINS = 4
"""How many more people, two for an option and two against it, few answers are judged with."""


@dataclass(frozen=True)
class Choices:
    """Numbers of shape (areas, groups), and for each option (areas, groups, options).

    ``products`` are the weights of those who chose both of two options, of shape (areas, groups, options, options);
    one group without a label where there are none.
    """

    options: list[str]
    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    groups: list[Any]
    count: Counts
    nobs: Counts
    silent: Counts
    weight: Floats
    squares: Floats
    products: Floats
    weighted: bool

    def summed(self) -> "Choices":
        """All areas together."""
        names = ("count", "nobs", "silent", "weight", "squares", "products")
        arrays = {name: getattr(self, name).sum(axis=0, keepdims=True) for name in names}
        return replace(self, areas=[(None,) * len(self.by)], **arrays)

    def of_options(self, places: Sequence[int]) -> "Choices":
        """Some of the options, in this order."""
        kept = list(places)
        products = self.products[..., kept, :][..., kept]
        return replace(self, options=[self.options[i] for i in kept], count=self.count[..., kept], products=products)

    @property
    def weight_count(self) -> Floats:
        """The weights of those who chose each option."""
        return np.asarray(np.diagonal(self.products, axis1=-2, axis2=-1))

    def shares(self, area: int, group: int) -> Floats:
        """The share that chose each option; NaN where nobody answered."""
        weight = self.weight[area, group]
        if not weight > 0:
            return np.full(len(self.options), np.nan)
        everybody = self.count[area, group] == self.nobs[area, group]
        return np.where(everybody, 1.0, self.weight_count[area, group] / weight)

    def judged(self, area: int, group: int) -> tuple[Floats, Floats]:
        """The shares as ranks judge them, in the same order, with their covariance: (p_jk - p_j p_k) / n, n effective.

        As if `COINS` more people had been asked, who toss one for every option: that a few people all chose the same
        does not say that everybody would (Agresti, A., Coull, B. A. (1998), The American Statistician 52: 119-126).
        """
        weight, k = self.weight[area, group], len(self.options)
        size = weight * weight / self.squares[area, group]
        tossed = 0.25 * (np.ones((k, k)) + np.eye(k))
        both = (size * self.products[area, group] / weight + COINS * tossed) / (size + COINS)
        share = np.diagonal(both)
        return share, np.asarray((both - np.outer(share, share)) / (size + COINS))

    def grouped(self) -> Grouped:
        """Areas and groups with the options as further areas, the first of the by columns: each is a family's part."""
        n_areas, n_groups, n_options = self.count.shape

        def spread(values: NDArray[Any]) -> NDArray[Any]:
            each = values if values.ndim == 3 else np.repeat(values[..., np.newaxis], n_options, axis=2)
            return np.moveaxis(each, 2, 1).reshape(n_areas * n_options, n_groups)

        return Grouped(
            by=(OPTION, *self.by),
            areas=[(option, *area) for area in self.areas for option in self.options],
            groups=self.groups,
            known_group=np.array([not is_missing(label) for label in self.groups], bool),
            known_area=np.array([not any(map(is_missing, area)) for area in self.areas for _ in self.options], bool),
            count=spread(self.count),
            nobs=spread(self.nobs),
            outcome_missing=spread(self.silent),
            weight_count=spread(self.weight_count),
            weight=spread(self.weight),
            squares=spread(self.squares),
            weighted=self.weighted,
        )


OPTION = "option"
"""The column that says which answer a row is about."""


def choices_of(
    table: Mapping[str, Any],
    chosen: Chosen,
    by: Sequence[str],
    group: str | None,
    weight: Floats | None,
    keep: Keep,
    *,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
) -> Choices:
    """Rows added up, exactly, whatever their order."""
    names = [*by, *([] if group is None else [group])]
    crossed = {name: table[name] for name in names} or cell_codes.everybody(len(chosen.answered))
    tally, cell = cell_codes.coded(crossed, None, weight, keep, labels=labels, missing=missing, threads=threads)
    inside, n_cells = cell >= 0, tally.counts.size
    taken, silent = inside & chosen.answered, inside & ~chosen.answered & ~chosen.not_asked
    groups = [None] if group is None else tally.labels[group]
    areas = list(product(*(tally.labels[name] for name in by)))
    shape, k = (len(areas), len(groups)), len(chosen.options)
    counted = np.zeros((n_cells, k), np.int64)
    np.add.at(counted, cell[taken], chosen.chosen[taken])
    weighs = np.ones(len(cell)) if weight is None else weight
    sums, squares, products = _summed(cell, taken, n_cells, weighs, chosen.chosen, threads)
    return Choices(
        options=chosen.options,
        by=tuple(by),
        areas=areas,
        groups=groups,
        count=counted.reshape(*shape, k),
        nobs=np.bincount(cell[taken], minlength=n_cells).reshape(shape),
        silent=np.bincount(cell[silent], minlength=n_cells).reshape(shape),
        weight=sums.reshape(shape),
        squares=squares.reshape(shape),
        products=products.reshape(*shape, k, k),
        weighted=weight is not None,
    )


def _summed(
    cell: NDArray[np.int32], taken: NDArray[np.bool_], n_cells: int, weight: Floats, chosen: NDArray[np.bool_],
    threads: int | None,
) -> tuple[Floats, Floats, Floats]:  # fmt: skip
    """Weights, squared weights and weights of those who chose both of two options, by cell."""
    k = chosen.shape[1]
    if not taken.any() or not weight[taken].any():
        return np.zeros(n_cells), np.zeros(n_cells), np.zeros((n_cells, k, k))
    one = Clusters(stratum=np.zeros(1, np.int32), fraction=np.zeros(1))
    totals = cluster_totals(
        np.zeros(len(cell), np.int32), np.where(taken, cell, -1).astype(np.int32), n_cells, weight, one,
        values=chosen.astype(np.float64), products=True, threads=threads,
    )  # fmt: skip
    found = totals.domain_products
    assert found is not None
    products = np.zeros((n_cells, k, k))
    first, second = np.triu_indices(k)
    products[:, first, second] = products[:, second, first] = found
    return totals.domain_sums[:, 0], totals.domain_squares, products
