"""Events of people gathered by area and group: who has several, and when the next one came."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import memory
from dueregard.inference.checked import Floats
from dueregard.inference.distributions.event_times import within
from dueregard.inference.repeats.repeat_counts import EventNumbers
from dueregard.inference.repeats.repeat_times import EventHistory, FollowUp, clustered_sizes, follow_up
from dueregard.measures.gaps.distributions import Distributions
from dueregard.measures.repeats.linked_events import LinkedEvents
from dueregard.measures.repeats.time_windows import Window

FIRST, EVERY = "first", "every"


@dataclass(frozen=True)
class RepeatCells:
    """What is known of each area and group.

    ``people`` divides people (counted where the first of their events is) into those with one event and with more,
    ``risk`` the events from which on people are followed by whether another was seen and after how long, ``times``.
    """

    records: LinkedEvents
    history: EventHistory
    together: int
    followed: FollowUp
    index: NDArray[np.int64]
    whole: NDArray[np.bool_]
    people: Distributions
    risk: Distributions
    times: Floats

    @property
    def n_cells(self) -> int:
        return len(self.records.areas) * len(self.records.groups)

    def gathered(self, values: NDArray[np.int64], cells: NDArray[np.int64], pooled: bool) -> NDArray[np.int64]:
        """Sums by area and group; ``pooled`` adds up the areas. Whole numbers stay exact."""
        shape = (len(self.records.areas), len(self.records.groups))
        sums = np.zeros(self.n_cells, np.int64)
        np.add.at(sums, cells, values)
        return sums.reshape(shape).sum(axis=0, keepdims=True) if pooled else sums.reshape(shape)

    def numbers(self, pooled: bool) -> list[EventNumbers]:
        """How people divide by their number of events, for each area and group, or for each group alone."""
        n_groups = len(self.records.groups)
        cells, n_cells = self.history.first_cells, self.n_cells
        if pooled:
            cells, n_cells = cells % n_groups, n_groups
        order = np.argsort(cells, kind="stable")
        ends = np.cumsum(np.bincount(cells, minlength=n_cells))
        return [EventNumbers.of(part) for part in np.split(self.history.events[order], ends[:-1])]

    def persons(self, pooled: bool) -> NDArray[np.int64]:
        """How many people there are from whose events on people are followed, by the area and group of the events."""
        cells, n_groups = self.history.cell[self.index], len(self.records.groups)
        who, n_cells = self.history.person[self.index], n_groups if pooled else self.n_cells
        pairs = np.unique(who * n_cells + (cells % n_groups if pooled else cells))
        return np.bincount(pairs % n_cells, minlength=n_cells).reshape(-1, n_groups).astype(np.int64)

    def within(self, pooled: bool) -> tuple[Floats, Floats]:
        """The share of events followed by another one within the window, and the number of cases it rests on."""
        side = self.risk.summed() if pooled else self.risk
        share, size = shares_within(side, self.times, self.followed.window)
        if len(self.index) == len(self.history.starts):
            return share, size
        n_groups = len(self.records.groups)
        cells, n_cells = self.history.cell[self.index], self.n_cells
        if pooled:
            cells, n_cells = cells % n_groups, n_groups
        together = clustered_sizes(self.followed, self.history.person[self.index], cells, n_cells).reshape(share.shape)
        ends = (share == 0) | (share == 1)
        return share, np.where(ends, np.minimum(size, together), np.where(size > 0, together, 0.0))


def shares_within(side: Distributions, times: Floats, window: int) -> tuple[Floats, Floats]:
    """Product-limit shares within the window and their effective numbers of cases; NaN and 0 where unknown."""
    return within(times, side.sums[..., 1, :], side.sums[..., 0, :], window)


def repeat_cells(
    records: LinkedEvents, last: np.datetime64, window: Window, *, index: str, same_day: bool
) -> RepeatCells:
    """The events of all persons that are known, followed to the ``last`` day.

    With ``same_day`` an event on the day of another of the same person is one of its own.
    """
    linked = records.person >= 0
    day = records.day.astype(np.int64)
    history = EventHistory.of(records.person[linked], day[linked], records.cell[linked], together=not same_day)
    begins = history.starts if index == FIRST else np.arange(len(history.day))
    days = history.day[begins].astype("datetime64[D]")
    lengths = (window.ends(days) - days).astype(np.int64)
    seen = (last - days).astype(np.int64)
    followed = follow_up(history.waits[begins], seen, lengths)
    unlinked = np.bincount(records.cell[~linked], minlength=len(records.areas) * len(records.groups))
    risk, times = _risk(records, followed, history.cell[begins], unlinked)
    return RepeatCells(
        records=records,
        history=history,
        together=int(np.count_nonzero(linked)) - len(history.day),
        followed=followed,
        index=begins,
        whole=seen >= lengths,
        people=_people(records, history, unlinked),
        risk=risk,
        times=times,
    )


def _people(records: LinkedEvents, history: EventHistory, unlinked: NDArray[np.int64]) -> Distributions:
    key = history.first_cells * 2 + (history.events > 1)
    return _distributions(records, np.bincount(key, minlength=2 * len(unlinked)), (2,), unlinked)


def _risk(
    records: LinkedEvents, followed: FollowUp, cell: NDArray[np.int64], unlinked: NDArray[np.int64]
) -> tuple[Distributions, Floats]:
    """Counts at the times that occur; the last one stands for the whole window."""
    seen = np.bincount(followed.time, minlength=followed.window + 2) > 0
    seen[-2:] = True
    times, place = np.flatnonzero(seen), np.cumsum(seen) - 1
    n_cells, width = len(unlinked), len(times)
    memory.require(6 * 8 * n_cells * 2 * width, f"{n_cells:,} areas and groups followed over {width:,} days")
    key = (cell * 2 + followed.happened) * width + place[followed.time]
    counts = np.bincount(key, minlength=n_cells * 2 * width)
    return _distributions(records, counts, (2, width), unlinked), times.astype(np.float64)


def _distributions(
    records: LinkedEvents, counts: NDArray[np.int64], inner: Sequence[int], unlinked: NDArray[np.int64]
) -> Distributions:
    shape = (len(records.areas), len(records.groups))
    sums = counts.reshape(*shape, *inner).astype(np.float64)
    nobs = sums.sum(axis=tuple(range(2, sums.ndim)))
    whole: Any = nobs.astype(np.int64)
    return Distributions(
        areas=records.areas,
        groups=records.groups,
        known_group=records.known_group,
        known_area=records.known_area,
        sums=sums,
        squares=nobs,
        nobs=whole,
        outcome_missing=unlinked.reshape(shape).astype(np.int64),
        weighted=False,
    )
