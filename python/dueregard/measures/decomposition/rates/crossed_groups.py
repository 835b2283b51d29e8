"""People of groups in the cells of crossed factors, by area, and each group beside what it is compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.rates.gap_parts import Counts
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.estimated_areas import share_clusters
from dueregard.measures.grouped import Grouped, answer_positions, arrange
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.tallies import Tally


class Cells(NamedTuple):
    """People in cells, with the property and without; arrays (2, cells). ``weight`` and ``squares`` are sums of weights
    and of squared weights: the numbers of people where there are no weights.
    """

    people: NDArray[np.int64]
    weight: Floats
    squares: Floats

    def plus(self, other: "Cells") -> "Cells":
        return Cells(self.people + other.people, self.weight + other.weight, self.squares + other.squares)

    def only(self, kept: NDArray[np.bool_]) -> "Cells":
        """The people in some of the cells."""
        return Cells(*(np.where(kept, each, 0) for each in self))

    @property
    def in_cells(self) -> NDArray[np.int64]:
        """People in each cell."""
        return np.asarray(self.people.sum(axis=0))

    @property
    def nobs(self) -> int:
        return int(self.people.sum())

    @property
    def size(self) -> Floats:
        """The number of people in each cell, or Kish's effective number."""
        weight, squares = self.weight.sum(axis=0), self.squares.sum(axis=0)
        return np.asarray(np.divide(np.square(weight), squares, out=np.zeros(weight.shape), where=squares > 0))

    def counts(self, sizes: tuple[int, ...]) -> Counts:
        """As one table of crossed factors."""
        return Counts(self.weight.sum(axis=0).reshape(1, *sizes), self.weight[0].reshape(1, *sizes))


class Pair(NamedTuple):
    """One group in one area, and what it is compared with: ``other``, and the group itself too where ``overlaps``.

    ``groups`` are the numbers of those in ``other``.
    """

    area: int
    group: int
    own: Cells
    other: Cells
    groups: tuple[int, ...]
    overlaps: bool

    @property
    def against(self) -> Cells:
        """All that it is compared with."""
        return self.other.plus(self.own) if self.overlaps else self.other


@dataclass(frozen=True, eq=False)
class CrossedGroups:
    """Arrays of shape (areas, groups, 2, cells): with the property, and without it."""

    grouped: Grouped
    factors: tuple[str, ...]
    levels: tuple[list[Any], ...]
    people: NDArray[np.int64]
    weight: Floats
    squares: Floats
    survey: SurveyTally | None
    answers: tuple[Sequence[int], Sequence[int]]
    """Where the answers with the property stand, and those without it, in ``survey``."""

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers of levels."""
        return tuple(map(len, self.levels))

    @property
    def areas(self) -> list[int]:
        """All areas together, then each."""
        return [EVERYWHERE, *(range(len(self.grouped.areas)) if self.grouped.by else [])]

    @cached_property
    def areas_share_clusters(self) -> bool:
        """Whether the gaps of areas vary together."""
        if self.survey is None or self.survey.cells is None:
            return False
        return share_clusters(
            self.survey.cells,
            np.arange(self.survey.counts.size) // (self.survey.counts.size // len(self.grouped.areas)),
        )

    def area_labels(self, area: int) -> tuple[Any, ...]:
        return (None,) * len(self.grouped.by) if area == EVERYWHERE else self.grouped.areas[area]

    def cell_words(self, cell: int) -> str:
        """A cell's levels: "age '16-34', deprivation '1'"."""
        levels = zip(self.factors, self.levels, np.unravel_index(cell, self.sizes), strict=True)
        return ", ".join(f"{name} {labels[int(i)]!r}" for name, labels, i in levels)

    def places(self, area: int) -> tuple[int, ...]:
        """The areas that one is, or all of them."""
        return tuple(range(len(self.grouped.areas))) if area == EVERYWHERE else (area,)

    def cells(self, areas: Sequence[int], groups: Sequence[int]) -> Cells:
        """The people of some groups in some areas together."""
        chosen = np.ix_(list(areas), list(groups))
        return Cells(*(each[chosen].sum(axis=(0, 1)) for each in (self.people, self.weight, self.squares)))

    def pair(self, area: int, group: int, position: int | None, *, overall: bool) -> Pair:
        """A group beside the one at ``position``, or all other known groups; with ``overall`` itself among them."""
        known = np.flatnonzero(self.grouped.known_group)
        among = tuple(int(i) for i in known if i != group) if position is None else (position,)
        areas = self.places(area)
        return Pair(area, group, self.cells(areas, [group]), self.cells(areas, among), among, overlaps=overall)


def cross(
    tally: Tally,
    *,
    outcome: str,
    positive: Any,
    exclude: Any,
    group: str,
    by: Sequence[str],
    factors: Sequence[str],
) -> CrossedGroups:
    """The tally of by x group x factors x outcome, of which other dimensions are summed."""
    whole = tally.margin(*by, group, *factors, outcome)
    positives, kept = answer_positions(outcome, whole.labels[outcome], positive=positive, exclude=exclude)
    negatives = [i for i in kept if i not in positives]
    grouped = arrange(tally, outcome=outcome, positive=positive, exclude=exclude, group=group, by=by)
    shape = (*grouped.nobs.shape, -1, len(whole.labels[outcome]))

    def divided(values: NDArray[Any]) -> NDArray[Any]:
        answers = values.reshape(shape)
        return np.stack([answers[..., places].sum(axis=-1) for places in (positives, negatives)], axis=2)

    people = divided(whole.counts)
    weight, squares = (
        (divided(whole.sums), divided(whole.squares)) if whole.weighted else (people.astype(np.float64),) * 2
    )
    return CrossedGroups(
        grouped=grouped,
        factors=tuple(factors),
        levels=tuple(whole.labels[name] for name in factors),
        people=people,
        weight=weight,
        squares=squares,
        survey=whole if isinstance(whole, SurveyTally) else None,
        answers=(positives, negatives),
    )
