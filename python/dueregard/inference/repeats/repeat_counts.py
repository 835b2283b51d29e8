"""How many events people have: how concentrated events are in few of them, and what chance alone would make of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.intervals import wilson
from dueregard.inference.roots import solve_increasing

Integers = NDArray[np.int64]

NEGLIGIBLE = 1e-15
"""The probability of more events than are looked at."""


@dataclass(frozen=True)
class EventNumbers:
    """How people divide by their number of events: ``people[i]`` of them (or that share) have ``events[i]``, ascending.

    Everybody has at least one event.
    """

    events: Integers
    people: Floats

    @classmethod
    def of(cls, events: Integers) -> "EventNumbers":
        """Of one number for each person."""
        numbers, people = np.unique(events, return_counts=True)
        return cls(numbers.astype(np.int64), people.astype(np.float64))

    @property
    def mean(self) -> float:
        """Events per person; NaN where there is nobody."""
        total = self.people.sum()
        return float(self.events @ self.people / total) if total else float("nan")

    def share_with(self, fewest: int, most: float | None = None) -> float:
        """Share of people with at least ``fewest`` events, and at most ``most``."""
        inside = (self.events >= fewest) & (self.events <= (np.inf if most is None else most))
        return _divided(float(self.people[inside].sum()), float(self.people.sum()))

    def top_share(self, people: float) -> float:
        """Share of all events that the most affected share of people has; part of a person has part of the events.

        The upper end of the Lorenz curve, which is straight between one person and the next.
        """
        events, number = self.events[::-1], self.people[::-1]
        wanted = people * number.sum()
        before = np.concatenate([[0.0], np.cumsum(number)[:-1]])
        taken = np.clip(wanted - before, 0, number)
        return _divided(float(events @ taken), float(events @ number))

    def gini(self) -> float:
        """Gini coefficient of events over people, 0 where all have as many: mean difference over twice the mean."""
        total = self.people.sum()
        if not total:
            return float("nan")
        below = np.cumsum(self.people)[:-1] / total
        return float(np.diff(self.events) @ (below * (1 - below)) / self.mean)


def by_chance(mean: Sequence[float]) -> list[EventNumbers]:
    """How people with at least one event would divide if events fell on all people alike: Poisson laws without their 0.

    ``mean`` is the mean number of events of people with at least one; the rate of each law is that at which it has it.
    """
    means = np.asarray(mean, np.float64)
    return [_poisson(float(rate), bool(known)) for rate, known in zip(_rates(means), ~np.isnan(means), strict=True)]


def _poisson(rate: float, known: bool) -> EventNumbers:
    """The Poisson law of a rate without its 0. At rate 0 all have one event; unknown, there is nobody."""
    if rate == 0:
        return EventNumbers(np.ones(1, np.int64), np.array([1.0 if known else 0.0]))
    from scipy.special import gammaln, pdtrik

    most = int(np.ceil(pdtrik(1 - NEGLIGIBLE, rate))) + 10
    events = np.arange(1, most + 1)
    people = np.exp(events * np.log(rate) - rate - gammaln(events + 1.0)) / -np.expm1(-rate)
    return EventNumbers(events.astype(np.int64), people)


def _rates(means: Floats) -> Floats:
    """The rates of Poisson laws whose means without 0 these are: the roots of rate / (1 - exp(-rate)) = mean."""
    several = means > 1
    wanted = np.where(several, means, 1.0)

    def shortfall(rate: Floats) -> Floats:
        some = np.where(rate > 0, rate, 1.0)
        return np.where(rate > 0, some / -np.expm1(-some), 1.0) - wanted

    return np.where(several, solve_increasing(shortfall, np.zeros(means.shape), wanted.copy()), 0.0)


def repeat_events_size(people: Floats, events: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Share of events that are not the first of their person, and the effective number of events it rests on.

    From the number of people, of their events, and the sum of the squares of these numbers. A person's events are no
    independent cases, so the variance is that of a ratio of means over people (Cochran, W. G. (1977), Sampling
    Techniques, 3rd edition, section 6.3), and the size is share (1 - share) / variance; where that is 0, the number of
    people.
    """
    nothing = np.full(np.shape(events), np.nan)
    share = np.divide(events - people, events, out=nothing, where=events > 0)
    # each person's events less 1, less the share times the events, squared and added up; at least 0 but for rounding
    kept = 1 - share
    spread = np.square(kept) * squares - 2 * kept * events + people
    variance = np.divide(spread, np.square(events), out=np.zeros(np.shape(events)), where=events > 0)
    varies = (share > 0) & (share < 1) & (spread > 1e-9 * people)
    size = np.divide(share * (1 - share), variance, out=np.array(people, np.float64), where=varies)
    return share, np.where(events > 0, size, 0.0)


def clustered_limits(share: Floats, size: Floats, people: Floats, confidence_level: float) -> tuple[Floats, Floats]:
    """Wilson limits of shares of events whose sizes come from how people vary; NaN where there are fewer than two.

    As the variance between few people is itself uncertain, limits reach as far as Student's t with people - 1 degrees
    of freedom says, and the size is times (people - 1) / people (Korn, E. L. and Graubard, B. I. (1998), Survey
    Methodology 24: 193-201).
    """
    from scipy.special import stdtrit

    several = people > 1
    spare = np.where(several, people - 1, 1.0)
    reach = np.asarray(stdtrit(spare, 0.5 + confidence_level / 2), np.float64)
    low, high = wilson(share, size * spare / np.maximum(people, 1), reach)
    return np.where(several, low, np.nan), np.where(several, high, np.nan)


def _divided(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
