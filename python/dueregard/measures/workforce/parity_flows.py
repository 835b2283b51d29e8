"""What the present flow of staff leads to: years to parity, and the joiners that would bring it about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from dueregard.flags import FEW_EVENTS, Flag
from dueregard.hints import did_you_mean
from dueregard.inference.checked import Floats
from dueregard.inference.staff.parity_times import Staffing, drawn, limits, rates, years_to_parity
from dueregard.measures.workforce.serving import Served
from dueregard.missing import is_missing
from dueregard.tallies import Tally


class Horizon(Protocol):
    """How far to look, and how often flows are drawn."""

    @property
    def level(self) -> float: ...

    @property
    def years(self) -> float: ...

    @property
    def within(self) -> float: ...

    @property
    def horizon(self) -> float: ...

    @property
    def draws(self) -> int: ...

    @property
    def rng(self) -> Any: ...


@dataclass(frozen=True)
class Flow:
    """People who came or went, in the areas and groups of the staff; the shape is (areas, groups)."""

    count: Floats

    def summed(self) -> "Flow":
        return Flow(self.count.sum(axis=0, keepdims=True))


def flow_of(argument: str, tally: Tally, by: Sequence[str], staff: Tally, groups: Sequence[Any]) -> Flow:
    """A flow on the labels of the staff; labels that the staff do not have are refused."""
    moves = {}
    for name in tally.dims:
        names = list(staff.labels[name]) if name in by else list(groups)
        place = {label: i for i, label in enumerate(names)}
        for label in tally.labels[name]:
            if label not in place and not is_missing(label):
                raise ValueError(f"{argument}: staff have no {name} {label!r}{did_you_mean(label, names)}")
        moves[name] = ([place.get(label, -1) for label in tally.labels[name]], names)
    return Flow(tally.relabelled(moves).counts.reshape(-1, len(groups)).astype(np.float64))


@dataclass(frozen=True)
class Outlook:
    """Estimates with their limits, each of the shape (areas, groups); ``posts`` are leavers of a year."""

    years: tuple[Floats, Floats, Floats]
    needed: tuple[Floats, Floats, Floats]
    posts: Floats
    flags: list[Flag]
    """Whether fewer than 10 of a group joined or left."""


def outlook_of(served: Served, joiners: Floats, leavers: Floats, asked: Horizon) -> Outlook:
    """The outlook for each area and group. Flows of people whose group is not known are left out, as staff are."""
    staff, people = served.staff, served.people
    assert people is not None
    known = np.broadcast_to(staff.known_group, staff.nobs.shape)
    count = np.where(known, staff.count, 0).astype(np.float64)
    others = staff.nobs - count
    joins, leaves = (np.where(known, flow, 0.0) for flow in (joiners, leavers))
    all_join, all_leave = (flow.sum(axis=1, keepdims=True) for flow in (joins, leaves))
    flows = (joins, all_join - joins, leaves, all_leave - leaves)
    overall = rates(all_leave / asked.years, staff.nobs.astype(np.float64), np.zeros(staff.nobs.shape))
    now = Staffing(
        count,
        others,
        joins / asked.years,
        (all_join - joins) / asked.years,
        rates(leaves / asked.years, count, overall),
        rates((all_leave - leaves) / asked.years, others, overall),
    )
    usable = known & (staff.nobs > 0) & (people.shares[0] > 0)
    target = np.where(usable, people.shares[0], np.nan)
    posts = all_leave / asked.years
    drawings = drawn(now, flows, asked.years, asked.draws, asked.rng)
    times = years_to_parity(drawings, target, asked.horizon)
    needs = drawings.needed_joins(asked.within, target, posts)
    return Outlook(
        (years_to_parity(now, target, asked.horizon), *limits(times, asked.level)),
        (now.needed_joins(asked.within, target, posts), *limits(needs, asked.level)),
        posts,
        [Flag.FEW_EVENTS if few else Flag(0) for few in (known & (np.minimum(joins, leaves) < FEW_EVENTS)).flat],
    )
