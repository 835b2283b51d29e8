"""The parts of the change of a gap, and how surely they are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.part_contrasts import PartContrast
from dueregard.inference.decomposition.rates.gap_change_parts import (
    GROUP,
    REFERENCE,
    ChangePlan,
    Times,
    change_scores,
    gap_change_parts,
)
from dueregard.inference.decomposition.rates.gap_parts import Counts, Plan
from dueregard.inference.decomposition.rates.part_scores import Scores
from dueregard.measures.decomposition.changes.changed_groups import (
    IN_AFTER,
    IN_BEFORE,
    JOINED,
    LEFT,
    STAYED,
    ChangedGroups,
    ChangedPair,
)
from dueregard.measures.decomposition.rates.crossed_groups import Cells
from dueregard.measures.decomposition.rates.part_precision import Weighed, designed, linearised
from dueregard.measures.decomposition.rates.part_replicates import Draws, added, contrast_of, replicates

PIECES = (LEFT, STAYED, JOINED)


@dataclass(frozen=True, eq=False)
class DecomposedChange:
    """One group in one area: ``contrast`` has the parts of the change, as named in ``plan.names``."""

    pair: ChangedPair
    plan: ChangePlan
    contrast: PartContrast
    sides: tuple[tuple[Cells, Cells], tuple[Cells, Cells]]
    """The group's people after and before, and those it is compared with."""
    lonely: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    """Cells in which the group, and the reference, have people at one of the two times only."""


def decomposed_change(
    changed: ChangedGroups, pair: ChangedPair, base: Plan, *, apart: bool, totals: Any, draws: Draws | None, at: int,
    chance: bool,
) -> DecomposedChange:  # fmt: skip
    """The change of one group's gap."""
    own, against = ((side(changed, IN_AFTER), side(changed, IN_BEFORE)) for side in (pair.own, pair.against))
    lonely = _lonely(*own), _lonely(*against)
    plans = [Plan(base.sizes, base.method, base.parts, ~each.reshape(base.sizes) if apart else None) for each in lonely]
    plan = ChangePlan(*plans)
    times = [Times(*(each.counts(base.sizes) for each in side)) for side in (own, against)]
    value = gap_change_parts(times[GROUP], times[REFERENCE], plan)[0]
    nothing = np.full(len(value), np.nan)
    if not chance or np.isnan(value[:3]).any():
        contrast = PartContrast(value, nothing, nothing)
    elif draws is not None:
        contrast = _bootstrapped(changed, pair, plan, value, draws, at)
    else:
        people = _people(changed, pair, plan, times, (own, against))
        contrast = linearised(value, people) if totals is None else designed(value, people, changed.crossed, totals)
    return DecomposedChange(pair, plan, contrast, (own, against), lonely)


def _lonely(after: Cells, before: Cells) -> NDArray[np.bool_]:
    now, then = (each.weight.sum(axis=0) > 0 for each in (after, before))
    return np.asarray(now != then)


def _people(
    changed: ChangedGroups, pair: ChangedPair, plan: ChangePlan, times: Sequence[Times],
    sides: Sequence[tuple[Cells, Cells]],
) -> list[Weighed]:  # fmt: skip
    """The people of both sides who left, stayed and joined, with their scores; those who stayed have both times'."""
    scores = []
    for which in (GROUP, REFERENCE):
        sizes = sides[which][0].size, sides[which][1].size
        after, before = change_scores(times[which], plan, which, sizes)
        scores.append({LEFT: before, STAYED: _sum(before, after), JOINED: after})
    found = []
    for piece in PIECES:
        own = _sum(scores[GROUP][piece], scores[REFERENCE][piece]) if pair.overlaps else scores[GROUP][piece]
        for groups, score in (((pair.group,), own), (pair.groups, scores[REFERENCE][piece])):
            cells = changed.cells(pair.area, [piece], groups)
            if cells.nobs:
                found.append(Weighed(changed.places(pair.area, piece), groups, cells, score))
    return found


def _sum(one: Scores, other: Scores) -> Scores:
    return Scores(one.with_it + other.with_it, one.without + other.without)


def _bootstrapped(
    changed: ChangedGroups, pair: ChangedPair, plan: ChangePlan, value: Floats, draws: Draws, at: int
) -> PartContrast:
    """The people of each side who left, stayed and joined are samples apart."""
    groups = ((pair.group,), pair.groups)
    kept = [(side, piece) for side in (GROUP, REFERENCE) for piece in PIECES]
    samples = {key: changed.cells(pair.area, [key[1]], groups[key[0]]) for key in kept}
    drawn_of = [key for key in kept if samples[key].nobs]

    def of_tables(drawn: Sequence[Counts]) -> Floats:
        found = dict(zip(drawn_of, drawn, strict=True))
        own = _times(found, GROUP)
        other = _times(found, REFERENCE)
        if pair.overlaps:
            other = Times(*(added(one, more) for one, more in zip(other, own, strict=True)))
        return gap_change_parts(own, other, plan)

    values = replicates([samples[key] for key in drawn_of], of_tables, plan.group.sizes, draws, at)
    return contrast_of(value, values)


def _times(found: dict[tuple[int, int], Counts], side: int) -> Times:
    after, before = (
        [found[side, piece] for piece in pieces if (side, piece) in found] for pieces in (IN_AFTER, IN_BEFORE)
    )
    return Times(*(each[0] if len(each) == 1 else added(*each) for each in (after, before)))
