"""Times from an event to the next one of the same person, some of which are cut off where the records end."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Integers = NDArray[np.int64]

LARGEST_KEY = 2**62
"""Up to this number person, day and cell of an event are one whole number, which sorts fast."""

ROUNDING = 1e-20
"""A variance that is nothing but the rounding of sums that come to 0."""


@dataclass(frozen=True)
class EventHistory:
    """Events in the order of their persons, and of days for each person. One number an event.

    ``cell`` is any number that says where the event is counted; of events of one person and day the lower comes first,
    so that nothing depends on the order of the rows.
    """

    person: Integers
    day: Integers
    cell: Integers

    @classmethod
    def of(cls, person: Integers, day: Integers, cell: Integers, *, together: bool) -> "EventHistory":
        """Events in any order; ``together`` makes one event of those of one person on one day.

        Numbers are from 0 on, but for days.
        """
        if not len(person):
            return cls(person, day, cell)
        first_day = int(day.min())
        days, cells = int(day.max()) - first_day + 1, int(cell.max()) + 1
        if (int(person.max()) + 1) * days * cells < LARGEST_KEY:
            keys = np.sort((person * days + (day - first_day)) * cells + cell)
            rest, cell = np.divmod(keys, cells)
            person, day = np.divmod(rest, days)
            day = day + first_day
        else:
            order = np.lexsort((cell, day, person))
            person, day, cell = person[order], day[order], cell[order]
        history = cls(person, day, cell)
        return history._days_together() if together else history

    def _days_together(self) -> "EventHistory":
        new = np.ones(len(self.person), bool)
        new[1:] = (self.person[1:] != self.person[:-1]) | (self.day[1:] != self.day[:-1])
        return EventHistory(self.person[new], self.day[new], self.cell[new])

    @cached_property
    def starts(self) -> Integers:
        """Where the events of each person begin."""
        new = np.ones(len(self.person), bool)
        new[1:] = self.person[1:] != self.person[:-1]
        return np.flatnonzero(new).astype(np.int64)

    @property
    def events(self) -> Integers:
        """How many events each person has."""
        return np.diff(self.starts, append=len(self.person)).astype(np.int64)

    @property
    def first_cells(self) -> Integers:
        """The cell of each person's first event."""
        return self.cell[self.starts]

    @property
    def waits(self) -> Integers:
        """Days from each event to the next one of the same person; -1 where there is none."""
        waits = np.full(len(self.day), -1, np.int64)
        waits[:-1] = np.diff(self.day)
        waits[self.starts[1:] - 1] = -1
        return waits


@dataclass(frozen=True)
class FollowUp:
    """From each event on: the time until the next one if that ``happened`` within the window, else how long was seen.

    Times are whole days up to ``window``, the longest window of any event in days. ``window`` + 1 stands for an event
    that was followed for the whole of its own window without another one.
    """

    time: Integers
    happened: NDArray[np.bool_]
    window: int


def follow_up(wait: Integers, seen: Integers, window: Integers) -> FollowUp:
    """What was seen of each event's window.

    ``wait`` is the number of days until the next event (-1: there is none), ``seen`` until the records end, and
    ``window`` the length of the window: months differ, so that it may be another for each event.
    """
    longest = int(window.max(initial=0))
    happened = (wait >= 0) & (wait <= window)
    whole = seen >= window
    time = np.where(happened, wait, np.where(whole, longest + 1, seen))
    return FollowUp(time.astype(np.int64), happened, longest)


def counts_by_time(followed: FollowUp, cell: Integers, n_cells: int) -> Integers:
    """How many events of each cell were last seen without another one, and had one, at each time from 0 on.

    The shape is (cells, 2, window + 2).
    """
    width = followed.window + 2
    key = (cell * 2 + followed.happened) * width + followed.time
    return np.bincount(key, minlength=n_cells * 2 * width).reshape(n_cells, 2, width).astype(np.int64)


def clustered_sizes(followed: FollowUp, person: Integers, cell: Integers, n_cells: int) -> Floats:
    """Effective number of events of each cell that its product-limit share rests on, events of a person together.

    It is share (1 - share) / variance, where the variance is the infinitesimal jackknife's with whole persons left
    out: the squares of the sums over each person of how the share answers to each of his or her events. With one event
    a person it is Greenwood's (Efron, B. (1981), Journal of the American Statistical Association 76: 312-319; Williams,
    R. L. (1995), Lifetime Data Analysis 1: 171-186). Where that is 0 it is the number of persons.
    """
    counts = counts_by_time(followed, cell, n_cells).astype(np.float64)
    events = counts[:, 1, :]
    risk = np.cumsum(counts.sum(axis=1)[:, ::-1], axis=1)[:, ::-1]
    left = risk - events
    survival = np.prod(np.divide(left, risk, out=np.ones(risk.shape), where=risk > 0), axis=1)
    hazard = np.cumsum(np.divide(events, risk * left, out=np.zeros(risk.shape), where=left > 0), axis=1)
    own = np.divide(1.0, left, out=np.zeros(left.shape), where=left > 0)
    answer = np.where(followed.happened, own[cell, followed.time], 0.0) - hazard[cell, followed.time]
    persons, together = np.unique(person * n_cells + cell, return_inverse=True)
    squares = np.square(np.bincount(together, answer, len(persons)))
    where = persons % n_cells
    order = np.lexsort((squares, where))  # so that the rounding of sums does not depend on the order of rows
    variance = np.square(survival) * np.bincount(where[order], squares[order], n_cells)
    number = np.bincount(where, minlength=n_cells).astype(np.float64)
    share = survival * (1 - survival)
    return np.asarray(np.divide(share, variance, out=number, where=(variance > ROUNDING) & (share > 0)))
