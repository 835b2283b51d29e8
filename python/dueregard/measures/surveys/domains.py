"""The domains of a survey: everybody together, then each area."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.designs.designed import Designed
from dueregard.inference.surveys.unions import Members

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Domains:
    """Everybody together first, then, if there are by columns, each of their combinations.

    ``areas`` are labels, None for everybody; ``counts`` and ``valueless`` have shape (domains, cells of an area): rows,
    and those of them that have no number.
    """

    areas: list[tuple[Any, ...]]
    n_cells: int
    counts: Counts
    valueless: Counts

    @classmethod
    def of(cls, read: Designed, by: Sequence[str]) -> "Domains":
        """The domains of a sample whose first columns are ``by``."""
        tally = read.tally
        areas = list(product(*(tally.labels[name] for name in by)))
        counts, valueless = (each.reshape(len(areas), -1) for each in (tally.counts, read.valueless))
        everybody = (None,) * len(by)
        return cls(
            [everybody, *areas] if by else [everybody],
            counts.shape[1],
            *(np.vstack([each.sum(axis=0), each]) if by else each for each in (counts, valueless)),
        )

    def __len__(self) -> int:
        return len(self.areas)

    def members(self, cells: Any = None) -> Members:
        """The domains as unions of cells: of all cells of an area, or of some of them, by position."""
        kept = np.arange(self.n_cells) if cells is None else np.asarray(cells, np.int64)
        n_areas = max(len(self) - 1, 1)
        own = (np.arange(n_areas)[:, np.newaxis] * self.n_cells + kept).reshape(-1)
        areas = np.repeat(np.arange(n_areas), len(kept))
        if len(self) == 1:
            return areas, own, 1
        return np.concatenate([np.zeros_like(areas), areas + 1]), np.tile(own, 2), len(self)

    def each_cell(self, cells: Sequence[int]) -> Members:
        """Some cells of an area, by position, as statistics of their own in every domain, in C order."""
        kept = np.asarray(cells, np.int64)
        domain, cell, _ = self.members(kept)
        place = np.empty(self.n_cells, np.int64)
        place[kept] = np.arange(len(kept))
        return np.asarray(domain) * len(kept) + place[np.asarray(cell) % self.n_cells], cell, len(self) * len(kept)
