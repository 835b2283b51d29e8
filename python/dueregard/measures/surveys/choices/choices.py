"""How many chose each option of a question, by area and group, with how choices go together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.block_covariance import BlockCovariance
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.measures.grouped import Grouped
from dueregard.measures.surveyed import Surveyed
from dueregard.measures.surveys.choices.choice_columns import Chosen
from dueregard.measures.surveys.choices.choice_people import People
from dueregard.measures.surveys.choices.choice_samples import patterns_of
from dueregard.missing import is_missing

Counts = NDArray[np.int64]

OPTION = "option"
"""The column that says which answer a row is about."""


@dataclass(frozen=True)
class Choices:
    """Numbers of shape (areas, groups), and for each option (areas, groups, options).

    ``products`` are the weights of those who chose both of two options, of shape (areas, groups, options, options);
    one group without a label where there are none. Of a survey with a design, ``survey`` has the cells of each share by
    cluster, in the order of area, option and group.
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
    survey: Surveyed | None = None

    def summed(self) -> "Choices":
        """All areas together."""
        names = ("count", "nobs", "silent", "weight", "squares", "products")
        arrays = {name: getattr(self, name).sum(axis=0, keepdims=True) for name in names}
        numbers = self._numbers()
        survey = self._united(np.broadcast_to(numbers[0], numbers.shape), numbers)
        return replace(self, areas=[(None,) * len(self.by)], survey=survey, **arrays)

    def of_options(self, places: Sequence[int]) -> "Choices":
        """Some of the options, in this order."""
        kept = list(places)
        old = self._numbers()[:, kept]
        return replace(
            self,
            options=[self.options[i] for i in kept],
            count=self.count[..., kept],
            products=self.products[..., kept, :][..., kept],
            survey=self._united(np.arange(old.size).reshape(old.shape), old),
        )

    def _numbers(self) -> Counts:
        """The number of each share of the survey, of shape (areas, options, groups)."""
        n_areas, n_groups, n_options = self.count.shape
        return np.arange(self.count.size).reshape(n_areas, n_options, n_groups)

    def _united(self, new: Counts, old: Counts) -> Surveyed | None:
        return None if self.survey is None else self.survey.united(new, old, int(new.max(initial=-1)) + 1)

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

    def places(self, area: int, group: int) -> Counts:
        """Where the shares of some people stand among all of `grouped`, in the order of the options."""
        return self._numbers()[area, :, group]

    def sampled_covariance(self, area: int, group: int) -> Floats:
        """The covariance of the shares of some people over samples of the design."""
        return self._sampled.matrix(area * len(self.groups) + group)[1]

    @cached_property
    def _sampled(self) -> BlockCovariance:
        """Covariances of the shares of the same people."""
        assert self.survey is not None
        area, _, group = np.indices(self._numbers().shape)
        block = area * len(self.groups) + group
        found: BlockCovariance = self.survey.estimates.quotients.covariance(block.reshape(-1))
        return found

    @cached_property
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
            survey=self.survey,
        )


def choices_of(people: People, chosen: Chosen, by: Sequence[str], group: str | None, threads: int | None) -> Choices:
    """Rows added up, exactly, whatever their order."""
    tally, cell, weight = people.tally, people.cell, people.weight
    inside, n_cells = cell >= 0, tally.counts.size
    taken, silent = inside & chosen.answered, inside & ~chosen.answered & ~chosen.not_asked
    groups = [None] if group is None else tally.labels[group]
    areas = list(product(*(tally.labels[name] for name in by)))
    shape, k = (len(areas), len(groups)), len(chosen.options)
    counted = np.zeros((n_cells, k), np.int64)
    np.add.at(counted, cell[taken], chosen.chosen[taken])
    weighs = np.ones(len(cell)) if weight is None else weight
    sums, squares, products = _summed(cell, taken, n_cells, weighs, chosen.chosen, threads)
    found = Choices(
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
    if people.sample is None:
        return found
    survey = patterns_of(people.sample, taken, chosen.chosen, threads).surveyed(*shape, weighted=tally.weighted)
    return replace(found, weighted=True, survey=found.grouped.of_survey(survey).survey)


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
