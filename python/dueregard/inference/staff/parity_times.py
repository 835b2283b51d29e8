"""When a group's share of a workforce reaches its share of a population, if people come and go as they do now."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.random_keys import key_of
from dueregard.inference.roots import solve_increasing


@dataclass(frozen=True)
class Staffing:
    """Staff of a group and all others, how many of each join in a year, and at what yearly rate they leave.

    All arrays broadcast. Who leaves does so at a constant rate of those who are there; who joins does so at a constant
    number a year: x(t) = x0 + (j - r x0) (1 - exp(-r t)) / r, and likewise for the others.
    """

    group: Floats
    others: Floats
    group_joins: Floats
    others_join: Floats
    group_leaves: Floats
    others_leave: Floats

    def surplus(self, time: Floats, target: Floats) -> Floats:
        """People of the group above what the target share of all staff comes to, (1 - target) x - target y."""
        group = _after(self.group, self.group_joins, self.group_leaves, time)
        others = _after(self.others, self.others_join, self.others_leave, time)
        return np.asarray((1 - target) * group - target * others)

    def turning(self, target: Floats, horizon: float) -> Floats:
        """When the surplus stops growing or shrinking, which it does once at most; 0 if it never does."""
        rise = (1 - target) * (self.group_joins - self.group_leaves * self.group)
        fall = target * (self.others_join - self.others_leave * self.others)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore", under="ignore"):
            time = np.log(rise / fall) / (self.group_leaves - self.others_leave)
        return np.clip(np.where(np.isfinite(time), time, 0.0), 0.0, horizon)

    def needed_joins(self, time: float, target: Floats, joins: Floats) -> Floats:
        """How many of the joiners of a year have to be of the group to reach the target at that time; it can be more
        than there are."""
        group, others = (
            (size * np.exp(-rate * time), time * _exprel(-rate * time))
            for size, rate in ((self.group, self.group_leaves), (self.others, self.others_leave))
        )
        short = target * (others[0] + joins * others[1]) - (1 - target) * group[0]
        return np.asarray(short / ((1 - target) * group[1] + target * others[1]))


def _after(size: Floats, joins: Floats, leaves: Floats, time: Floats) -> Floats:
    return np.asarray(size + (joins - leaves * size) * time * _exprel(-leaves * time))


def _exprel(values: Any) -> Any:
    from scipy.special import exprel

    return exprel(values)


def years_to_parity(staffing: Staffing, target: Floats, horizon: float) -> Floats:
    """Years until the group's share is the target or more: 0 if it is, infinite if not within the horizon.

    The surplus turns once at most, so that it is looked for on either side of that time. NaN where the target is.
    """
    shape = np.broadcast(*vars(staffing).values(), target).shape
    turning = np.broadcast_to(staffing.turning(target, horizon), shape)
    last = np.full(shape, float(horizon))
    now, then, end = (staffing.surplus(time, target) for time in (np.zeros(shape), turning, last))
    start, stop = np.where(then >= 0, 0.0, turning), np.where(then >= 0, turning, last)
    found = solve_increasing(lambda time: staffing.surplus(time, target), start, stop)
    years = np.where(now >= 0, 0.0, np.where((then >= 0) | (end >= 0), found, np.inf))
    return np.where(np.isnan(now), np.nan, years)


Flows = tuple[Floats, Floats, Floats, Floats]
"""Joiners of the group, other joiners, leavers of the group, other leavers: numbers of people."""


def drawn(staffing: Staffing, flows: Flows, years: float, n: int, rng: Any) -> Staffing:
    """Flows that could as well have happened, along a new first axis: of each number x a draw from the gamma
    distribution of shape x + 1/2, which is what is known of the mean of a Poisson count (Jeffreys).

    ``flows`` are those of so many years. The numbers of staff are as they are.
    """
    from scipy.special import gammaincinv

    uniform = np.random.Generator(np.random.Philox(key=key_of(rng)))
    joins, others_join, leaves, others_leave = (
        gammaincinv(count + 0.5, uniform.random((n, *count.shape))) / years for count in flows
    )
    return Staffing(
        staffing.group,
        staffing.others,
        joins,
        others_join,
        rates(leaves, staffing.group, staffing.group_leaves),
        rates(others_leave, staffing.others, staffing.others_leave),
    )


def rates(leavers: Floats, staff: Floats, otherwise: Floats) -> Floats:
    """Leavers a year for each member of staff; another rate where there is nobody who could leave."""
    return np.where(staff > 0, leavers / np.where(staff > 0, staff, 1.0), otherwise)


def limits(draws: Floats, confidence_level: float) -> tuple[Floats, Floats]:
    """The equal-tailed limits of draws along the first axis, each one of them, so that infinite ones have a place."""
    ordered = np.sort(draws, axis=0)
    tail = round((1 - confidence_level) / 2, 12)  # 1 - 0.9 is a little below 0.1
    low = int(tail * len(ordered))
    return ordered[low], ordered[len(ordered) - 1 - low]
