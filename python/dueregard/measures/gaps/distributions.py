"""A tally arranged for comparing whole distributions: areas down, groups across, and how many at each level."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.references import Reference
from dueregard.measures.grouped import Counts
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.measures.surveyed import Surveyed
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Distributions:
    """Counts (or sums of weights) of shape (areas, groups, levels...), with what else is known of each cell.

    ``nobs`` cases with a stated level and ``outcome_missing`` others, of whom those not applicable are no part;
    ``squares`` are the sums of squared weights behind ``sums``, of shape (areas, groups).
    """

    areas: list[tuple[Any, ...]]
    groups: list[Any]
    known_group: NDArray[np.bool_]
    known_area: NDArray[np.bool_]
    sums: Floats
    squares: Floats
    nobs: Counts
    outcome_missing: Counts
    weighted: bool
    survey: Surveyed | None = None
    """Of a survey with a design, the shares of the levels, in the order of ``sums``."""

    @property
    def has_weights(self) -> bool:
        """Whether cases have weights; a design alone also has effective numbers of cases."""
        return self.weighted if self.survey is None else self.survey.weighted

    @property
    def total(self) -> Floats:
        """The sum of weights of each area and group."""
        return np.asarray(self.sums.sum(axis=tuple(range(2, self.sums.ndim))))

    @property
    def size(self) -> Floats:
        """Number of cases: Kish's effective number, (sum w)^2 / sum w^2, when weighted."""
        square = np.square(self.total)
        return np.asarray(np.divide(square, self.squares, out=np.zeros(square.shape), where=self.squares > 0))

    def summed(self) -> "Distributions":
        """All areas together, as one area."""
        by = len(self.areas[0]) if self.areas else 0
        together = self._with(lambda a: a.sum(axis=0, keepdims=True))
        every = np.arange(self.sums.size)
        width = self.sums[0].size
        together = replace(together, survey=self._united(every % width, every, width))
        return replace(together, areas=[(None,) * by], known_area=np.array([True]))

    def opposite(self, position: int | None, *, own: bool = False) -> "Distributions":
        """For each group, what it is compared with, in its place.

        That is the group at ``position``; without one, all other known groups together, with ``own`` the group too.
        """
        if position is not None:
            among = np.zeros((len(self.groups), len(self.groups)), np.int64)
            among[:, position] = 1
            against = self._with(lambda a: np.broadcast_to(a[:, [position]], a.shape))
        else:
            among = (self.known_group & (own | ~np.eye(len(self.groups), dtype=bool))).astype(np.int64)
            against = self._with(lambda a: np.moveaxis(np.tensordot(among, a, (1, 1)), 0, 1).astype(a.dtype))
        return replace(against, survey=self._of_groups(*np.nonzero(among)))

    def _of_groups(self, to: Any, source: Any) -> Surveyed | None:
        """The levels of groups that take in those of others, in every area."""
        places = np.arange(self.sums.size).reshape(*self.nobs.shape, -1)
        return self._united(places[:, to], places[:, source], self.sums.size)

    def _united(self, new: Any, old: Any, n: int) -> Surveyed | None:
        return None if self.survey is None else self.survey.united(new, old, n)

    def _with(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> "Distributions":
        changed: dict[str, Any] = {name: change(getattr(self, name)) for name in _ARRAYS}
        return replace(self, **changed)


_ARRAYS = ("sums", "squares", "nobs", "outcome_missing")


@dataclass(frozen=True)
class Sides:
    """Groups and what they are compared with; see `compared.Compared`."""

    own: Distributions
    shown: Distributions
    against: Distributions
    part: Floats
    comparable: NDArray[np.bool_]


def sides_of(own: Distributions, reference: Any, position: int | None) -> Sides:
    """Each group with what it is compared with."""
    overall = reference is Reference.OVERALL
    against = own.opposite(position)
    shown = own.opposite(None, own=True) if overall else against
    part = np.zeros(own.nobs.shape)
    if overall:
        part = 1 - np.divide(against.total, shown.total, out=np.zeros_like(part), where=shown.total > 0)
    others = np.arange(len(own.groups)) != position
    return Sides(own, shown, against, part, np.broadcast_to(own.known_group & others, part.shape))


def distributions(
    tally: Tally, by: Sequence[str], group: str, levels: Sequence[tuple[str, Sequence[int]]]
) -> Distributions:
    """The tally of by x group x levels. ``levels`` names columns, each with the positions of the labels to keep.

    Other labels that are not "not applicable" are counted in ``outcome_missing``.
    """
    columns = [name for name, _ in levels]
    margin = tally.margin(*by, group, *columns)
    areas = list(product(*(margin.labels[name] for name in by)))
    groups = margin.labels[group]
    shape = (len(areas), len(groups), *(len(margin.labels[name]) for name in columns))
    counts = margin.counts.reshape(shape)
    sums: NDArray[Any] = margin.sums.reshape(shape) if margin.weighted else counts
    squares: NDArray[Any] = margin.squares.reshape(shape) if margin.weighted else counts
    kept, asked = counts, counts
    for axis, (name, positions) in enumerate(levels, 2):
        answered = [i for i, label in enumerate(margin.labels[name]) if label != NOT_APPLICABLE]
        kept, asked = np.take(kept, positions, axis), np.take(asked, answered, axis)
        sums, squares = np.take(sums, positions, axis), np.take(squares, positions, axis)
    inner = tuple(range(2, len(shape)))
    nobs = kept.sum(axis=inner)
    return Distributions(
        areas=areas,
        groups=groups,
        known_group=np.array([not is_missing(label) for label in groups], bool),
        known_area=np.array([not any(map(is_missing, area)) for area in areas], bool),
        sums=sums.astype(np.float64),
        squares=squares.sum(axis=inner).astype(np.float64),
        nobs=nobs,
        outcome_missing=asked.sum(axis=inner) - nobs,
        weighted=margin.weighted or isinstance(margin, SurveyTally),
        survey=margin.levels(levels[0][1]) if isinstance(margin, SurveyTally) else None,
    )
