"""A tally of a survey: the same counts, with the clusters that its variances are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import designed
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.unions import Members, placed, unions
from dueregard.measures.surveyed import Surveyed
from dueregard.tallies import Tally


@dataclass(frozen=True, eq=False, repr=False)
class SurveyTally(Tally):
    """A `Tally` that carries its cells by cluster through margins and changes of labels.

    ``cells`` has the cells of ``counts`` as its domains, in C order.
    """

    cells: ClusterTotals | None = field(default=None)

    def margin(self, *names: str) -> "SurveyTally":
        """The tally of some dimensions only, in the order named."""
        smaller = super().margin(*names)
        axes = [self.dims.index(name) for name in names]
        places = np.unravel_index(np.arange(self.counts.size), self.counts.shape)
        to = np.zeros(self.counts.size, np.int64)
        for axis in axes:
            to = to * self.counts.shape[axis] + places[axis]
        return self._with_cells(smaller, to)

    def relabelled(self, moves: Mapping[str, tuple[Sequence[int], list[Any]]]) -> "SurveyTally":
        """Dimensions with other labels; see `Tally.relabelled`."""
        changed = super().relabelled(moves)
        to, kept = np.zeros(self.counts.size, np.int64), np.ones(self.counts.size, np.bool_)
        places = np.unravel_index(np.arange(self.counts.size), self.counts.shape)
        for axis, name in enumerate(self.dims):
            place = np.asarray(moves[name][0])[places[axis]] if name in moves else places[axis]
            kept &= place >= 0
            to = to * changed.counts.shape[axis] + place
        return self._with_cells(changed, np.where(kept, to, -1))

    def surveyed(self, positive: Sequence[int], base: Sequence[int]) -> Surveyed:
        """The share of each cell of the other dimensions whose answers, the last one, are ``positive`` of ``base``."""
        n_answers = self.counts.shape[-1]
        first = np.arange(self.counts.size // n_answers) * n_answers
        parts = [(np.repeat(np.arange(len(first)), len(kept)), np.add.outer(first, kept)) for kept in (positive, base)]
        return self._shares([(to, cell.astype(np.int64).reshape(-1), len(first)) for to, cell in parts])

    def divided(self, inside: NDArray[np.integer[Any]]) -> Surveyed:
        """The share of each label of the last dimension among those ``inside`` the whole, in every other cell."""
        n_labels, size = self.counts.shape[-1], self.counts.size
        every = np.arange(size)
        base = (every // n_labels * n_labels)[:, np.newaxis] + np.asarray(inside, np.int64)
        return self._shares([(every, every, size), (np.repeat(every, len(inside)), base.reshape(-1), size)])

    def combinations(self, inside: NDArray[np.integer[Any]]) -> Surveyed:
        """The share of each cell among those ``inside`` the whole."""
        every, size = np.arange(self.counts.size), self.counts.size
        base = np.repeat(every, len(inside)), np.tile(inside, size), size
        return self._shares([(every, every, size), base])

    def levels(self, kept: Sequence[int]) -> Surveyed:
        """The share of each of the labels of the last dimension that are kept among those, in every other cell."""
        n_labels, n_kept = self.counts.shape[-1], len(kept)
        cells = np.add.outer(np.arange(self.counts.size // n_labels) * n_labels, np.asarray(kept, np.int64))
        size = cells.size
        base = np.repeat(cells, n_kept, axis=0).reshape(-1)
        every = np.arange(size)
        return self._shares([(every, cells.reshape(-1), size), (np.repeat(every, n_kept), base, size)])

    def _shares(self, members: Sequence[Members]) -> Surveyed:
        assert self.cells is not None
        return Surveyed(self.cells, members[0], members[1], self.weighted)

    def __add__(self, other: Tally) -> Tally:
        raise TypeError("tallies of a survey cannot be added: count all of its records together")

    def _with_cells(self, changed: Tally, to: Any) -> "SurveyTally":
        assert self.cells is not None
        cells = unions(self.cells, placed(to, changed.counts.size))
        return replace(self, **{**changed.__dict__, "cells": cells})


def is_full_count(tally: Tally) -> bool:
    """Whether the design says that everybody is in the sample, which then has no sampling error."""
    return isinstance(tally, SurveyTally) and tally.cells is not None and tally.cells.is_full_count


def survey_tally(
    data: Any,
    columns: Sequence[str],
    design: Any,
    *,
    outcome: str | None,
    weight: Any,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
    count: str | None = None,
) -> SurveyTally:
    """The records of a survey counted by the columns; the tally has the weights and the clusters of its design."""
    if count is not None:
        raise ValueError("count: rows of a survey are people asked; what each stands for is the design's weight")
    read = designed(
        data, columns, design, outcome=outcome, weight=weight, where=where, labels=labels, missing=missing,
        threads=threads,
    )  # fmt: skip
    return SurveyTally(**read.tally.__dict__, cells=read.cells)
