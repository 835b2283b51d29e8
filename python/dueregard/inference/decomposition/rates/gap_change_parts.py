"""The change of a gap between two periods taken apart: who answered on either side, and rates among people alike."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.rates.gap_parts import (
    APART,
    COMPOSITION,
    GAP,
    INTERACTION,
    RATES,
    Counts,
    PartName,
    Plan,
    gap_parts,
)
from dueregard.inference.decomposition.rates.part_scores import Scores, part_scores

BEFORE, AFTER, CHANGE = "gap before", "gap after", "change"
GROUP, REFERENCE = 0, 1


class ChangeName(NamedTuple):
    """A part of a change; of one side (the group 0, the reference 1) or of both; of a factor and a level, or all."""

    part: str
    side: int | None = None
    factor: int | None = None
    level: int | None = None


@dataclass(frozen=True)
class ChangePlan:
    """How each side's change of its share is taken apart; the plans differ in nothing but the comparable cells.

    What the change of a side's share is made of is a vector: the parts of ``Plan.names``, then the share before and the
    share after. The parts of the change of the gap are sums of those of the group less those of the reference.
    """

    group: Plan
    reference: Plan

    @cached_property
    def names(self) -> tuple[ChangeName, ...]:
        """The gaps and their change, then each total, of both sides and of either, and what is below it."""
        found = [ChangeName(BEFORE), ChangeName(AFTER), ChangeName(CHANGE)]
        for part in (COMPOSITION, RATES, INTERACTION, APART):
            for name in self.group.names:
                if name.part == part:
                    sides = (None,) if name.level is not None else (None, GROUP, REFERENCE)
                    found += [ChangeName(part, side, name.factor, name.level) for side in sides]
        return tuple(found)

    @cached_property
    def maps(self) -> tuple[Floats, Floats]:
        """From the vectors of both sides to the parts of the change, each (side's parts + 2, parts)."""
        place = {name: i for i, name in enumerate(self.group.names)}
        place |= {PartName(BEFORE): len(place), PartName(AFTER): len(place) + 1}
        found = np.zeros((2, len(place), len(self.names)))
        for k, name in enumerate(self.names):
            own = PartName(GAP if name.part == CHANGE else name.part, name.factor, name.level)
            for side, sign in ((GROUP, 1.0), (REFERENCE, -1.0)):
                if name.side in (None, side):
                    found[side, place[own], k] = sign
        return found[GROUP], found[REFERENCE]


class Times(NamedTuple):
    """One side's people after and before."""

    after: Counts
    before: Counts


def gap_change_parts(group: Times, reference: Times, plan: ChangePlan) -> Floats:
    """Each part, as named in ``plan.names``, of many replicates: (n, parts). The parts sum to the change."""
    own, other = (_vector(side, each) for side, each in ((group, plan.group), (reference, plan.reference)))
    return np.asarray(own @ plan.maps[GROUP] + other @ plan.maps[REFERENCE])


def _vector(side: Times, plan: Plan) -> Floats:
    shares = [each.positive.reshape(len(each.nobs), -1).sum(axis=1) for each in (side.before, side.after)]
    people = [each.nobs.reshape(len(each.nobs), -1).sum(axis=1) for each in (side.before, side.after)]
    with np.errstate(invalid="ignore"):
        rates = [count / nobs for count, nobs in zip(shares, people, strict=True)]
    return np.column_stack([gap_parts(side.after, side.before, plan), *rates])


def change_scores(side: Times, plan: ChangePlan, which: int, sizes: tuple[Floats, Floats]) -> tuple[Scores, Scores]:
    """What the parts of the change would change by for one more person of a side, after and before.

    ``sizes`` are the (effective) numbers of people in each cell after and before.
    """
    own = plan.group if which == GROUP else plan.reference
    after, before = part_scores(side.after, side.before, own, sizes)
    gap = own.names.index(PartName(GAP))
    return (
        Scores(*(_mapped(each, plan.maps[which], before=0.0, after=1.0, gap=gap) for each in after)),
        Scores(*(_mapped(each, plan.maps[which], before=-1.0, after=0.0, gap=gap) for each in before)),
    )


def _mapped(scores: Floats, mapping: Floats, *, before: float, after: float, gap: int) -> Floats:
    """With the scores of the two shares: the gap of a side's own is its share after less that before."""
    share = scores[:, [gap]]
    return np.asarray(np.hstack([scores, before * share, after * share]) @ mapping)
