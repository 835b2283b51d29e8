"""Cases by area, group and stratum, and those whose group is not known."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.unknowns.allotments import Strata
from dueregard.measures.grouped import answer_positions
from dueregard.measures.rates.matched import Together
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cells:
    """Counts of shape (areas, groups, strata); groups that are a kind of missing come last.

    A stratum is a level of the second recording, if there is one, with or without the outcome; ``positive`` says
    which. Of events, which have an ``exposure`` of shape (areas, groups), all strata are positive. Where ``recorded``,
    of the same shape, is False the source could not record the group or sent nothing.
    """

    by: tuple[str, ...]
    areas: list[tuple[Any, ...]]
    groups: list[Any]
    count: Counts
    outcome_missing: Counts
    positive: NDArray[np.bool_]
    recorded: NDArray[np.bool_]
    exposure: Floats | None = None

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.array([not is_missing(label) for label in self.groups], bool)

    @property
    def unknown(self) -> Counts:
        """Cases of no known group by area and stratum; those to whom the question does not apply are no part."""
        kinds = np.array([is_missing(label) and label != NOT_APPLICABLE for label in self.groups], bool)
        return np.asarray(self.count[:, kinds].sum(axis=1))

    @property
    def stated(self) -> Counts:
        """Cases of a known group by area and stratum."""
        return np.asarray(self.count[:, self.known].sum(axis=1))

    def summed(self) -> "Cells":
        """All areas together; the exposure of a whole is another matter, for areas that sent nothing are left out."""
        return replace(
            self,
            areas=[(None,) * len(self.by)],
            count=self.count.sum(axis=0, keepdims=True),
            outcome_missing=self.outcome_missing.sum(axis=0, keepdims=True),
            recorded=np.asarray(self.recorded.any(axis=0, keepdims=True)),
        )

    def strata(self, position: int | None, measure: str, method: str, *, whole: bool) -> Strata:
        """Each area and group against the group at ``position``, or against all others, in that order."""
        stated = np.where(self.known[:, np.newaxis], self.count, 0)
        everyone = stated.sum(axis=1, keepdims=True)
        reference = everyone - stated if position is None else np.broadcast_to(stated[:, [position]], stated.shape)
        unknown = np.broadcast_to(self.unknown[:, np.newaxis], stated.shape)
        own, against, other, lost = (
            np.ascontiguousarray(np.moveaxis(cells, -1, 0)).reshape(len(self.positive), -1).astype(np.float64)
            for cells in (stated, reference, np.maximum(everyone - stated - reference, 0), unknown)
        )
        strata = Strata(own, against, other, lost, self.positive, measure, method, whole=whole)
        if self.exposure is None:
            return strata
        exposure1, exposure2 = self._exposures(self.exposure, position)
        return replace(strata, exposure1=exposure1, exposure2=exposure2)

    def _exposures(self, exposure: Floats, position: int | None) -> tuple[Floats, Floats]:
        own = np.where(self.known & self.recorded, np.nan_to_num(exposure), 0.0)
        everyone = own.sum(axis=1, keepdims=True)
        reference = everyone - own if position is None else np.broadcast_to(own[:, [position]], own.shape)
        return own.reshape(-1), np.ascontiguousarray(reference).reshape(-1)


def event_cells(tally: Tally, matched: Together, *, group: str, by: Sequence[str], within: str | None) -> list[Cells]:
    """Events of all areas together, then of each area where there are any, in the order of what they are matched to."""
    sides = [matched.total] if matched.areas is None else [matched.total, matched.areas]
    groups, areas = matched.total.groups, sides[-1].areas
    second = [] if within is None else [within]
    named = [list(dict.fromkeys(area[i] for area in areas)) for i in range(len(by))]
    moved = _on_labels(tally.margin(*by, group, *second), [*named, groups])
    count = moved.counts.reshape(len(areas), len(groups), -1)
    cells = Cells(
        by=tuple(by),
        areas=areas,
        groups=groups,
        count=count,
        outcome_missing=np.zeros(count.shape[:2], np.int64),
        positive=np.ones(count.shape[2], bool),
        recorded=sides[-1].recorded,
        exposure=sides[-1].exposure,
    )
    total = replace(cells.summed(), exposure=matched.total.exposure, recorded=matched.total.recorded)
    return [total] if matched.areas is None else [total, cells]


def outcome_cells(
    tally: Tally, *, group: str, by: Sequence[str], within: str | None, outcome: str, positive: Any, exclude: Any
) -> list[Cells]:
    """Cases with and without the outcome, of all areas together, then of each area where there are any."""
    second = [] if within is None else [within]
    margin = tally.margin(*by, group, *second, outcome)
    answers, groups = margin.labels[outcome], margin.labels[group]
    yes, base = answer_positions(outcome, answers, positive=positive, exclude=exclude)
    no = [i for i in base if i not in yes]
    asked = [i for i, label in enumerate(answers) if label != NOT_APPLICABLE]
    areas = list(product(*(margin.labels[name] for name in by)))
    counts = margin.counts.reshape(len(areas), len(groups), -1, len(answers))
    split = np.stack([counts[..., yes].sum(axis=-1), counts[..., no].sum(axis=-1)], axis=-1)
    cells = Cells(
        by=tuple(by),
        areas=areas,
        groups=groups,
        count=split.reshape(len(areas), len(groups), -1),
        outcome_missing=(counts[..., asked].sum(axis=-1) - split.sum(axis=-1)).sum(axis=-1),
        positive=np.tile([True, False], counts.shape[2]),
        recorded=np.ones((len(areas), len(groups)), bool),
    )
    return [cells.summed()] + ([cells] if by else [])


def _on_labels(tally: Tally, wanted: Sequence[Sequence[Any]]) -> Tally:
    """The tally with its first dimensions on these labels."""
    moves = {}
    for name, names in zip(tally.dims, wanted, strict=False):
        place = {label: i for i, label in enumerate(names)}
        moves[name] = ([place[label] for label in tally.labels[name]], list(names))
    return tally.relabelled(moves)
