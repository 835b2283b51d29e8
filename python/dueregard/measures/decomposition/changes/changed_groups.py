"""Groups at two times: the people of two windows of a series, of which some may be in both."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any, NamedTuple

import numpy as np

from dueregard.flags import Flag
from dueregard.measures.decomposition.everywhere import EVERYWHERE
from dueregard.measures.decomposition.rates.crossed_groups import Cells, CrossedGroups
from dueregard.measures.grouped import Grouped, position, tally_of
from dueregard.measures.trends.breaks import Break, inside_a_period, notes_of
from dueregard.measures.trends.calendars import UNITS, period_of
from dueregard.measures.trends.changed_counts import PIECES, Counted, of_pieces
from dueregard.measures.trends.series import read_series
from dueregard.measures.trends.window_pairs import YEAR_EARLIER, WindowPair, read_pair
from dueregard.tallies import Tally

YEAR = re.compile(r"(\d{4})([-/](\d{4}|\d{2}))?")
"""A year, or a financial one: 2010, 2010/11, 2010-11, 2010/2011."""
LEFT, STAYED, JOINED = range(3)
IN_BEFORE, IN_AFTER = (LEFT, STAYED), (STAYED, JOINED)


class Period(NamedTuple):
    """A window or a single label of time, in words, and what is wrong with it."""

    words: str
    label: str
    flag: Flag


@dataclass(frozen=True, eq=False)
class TwoTimes:
    """A tally whose first dimension says of which of the three pieces rows are: left, stayed or joined."""

    tally: Tally
    time: str
    before: Period
    after: Period
    flag: Flag
    notes: Sequence[str]


def read_two_times(
    data: Any, columns: Sequence[str], *, time: str, before: Any, after: Any, window: Any,
    breaks: tuple[Break, ...], group: str, outcome: str, options: Mapping[str, Any],
) -> TwoTimes:  # fmt: skip
    """The rows of both times: windows of periods, or, without ``window``, two labels of the column of time."""
    if window is not None:
        return _windows(data, columns, time, before, after, window, breaks, group, outcome, options)
    if breaks:
        raise ValueError("breaks: without window= two labels of time are compared, whatever lies between them")
    for argument, label in (("before", before), ("after", after)):
        if label is None or (argument == "before" and label == YEAR_EARLIER):
            raise TypeError(f"{argument}: without window= name a label of {time!r}")
    tally = tally_of(data, [time, *columns, group], outcome=outcome, **options)
    labels = tally.labels[time]
    first, last = position("before", before, labels, time), position("after", after, labels, time)
    if first == last:
        raise ValueError(f"before: {before!r} is the same label of {time!r} as after")
    refuse_reversed(before, after)
    place = [LEFT if i == first else JOINED if i == last else -1 for i in range(len(labels))]
    pieces = tally.relabelled({time: (place, list(PIECES))})
    ends = [Period(str(labels[i]), str(labels[i]), Flag(0)) for i in (first, last)]
    return TwoTimes(pieces, time, ends[0], ends[1], Flag(0), [])


def refuse_reversed(before: Any, after: Any) -> None:
    """Refuse an earlier time that is later, of labels of which that can be told: numbers, periods and years.

    >>> refuse_reversed("Wave 2", "Wave 1")
    >>> refuse_reversed("2010/11", "2009/10")
    Traceback (most recent call last):
    ValueError: before: '2010/11' is later than after, '2009/10'
    """
    first, last = _when(before), _when(after)
    if first is not None and last is not None and first[0] == last[0] and first > last:
        raise ValueError(f"before: {before!r} is later than after, {after!r}")


def _when(label: Any) -> tuple[str, float] | None:
    """A kind of time and a number that grows with it."""
    if isinstance(label, Real) and not isinstance(label, bool):
        return "number", float(label)
    try:
        number, unit = period_of("time", label)
        return UNITS[unit], number
    except ValueError:
        year = YEAR.fullmatch(label.strip()) if isinstance(label, str) else None
        return None if year is None else ("year", int(year[1]))


def _windows(
    data: Any, columns: Sequence[str], time: str, before: Any, after: Any, window: Any, breaks: tuple[Break, ...],
    group: str, outcome: str, options: Mapping[str, Any],
) -> TwoTimes:  # fmt: skip
    series = read_series(data, columns, time=time, outcome=outcome, group=group, **options)
    inside_a_period(breaks, series.calendar)
    earlier = YEAR_EARLIER if before is None else before
    pair: WindowPair = read_pair(earlier, after, series.calendar.length(window), series, breaks)
    place = np.full(series.calendar.n_periods, -1)
    for i, part in enumerate(pair.parts):
        place[list(part)] = i
    pieces = series.tally.relabelled({series.time: (place.tolist(), list(PIECES))})
    ends = [Period(each.words, each.label, each.flag) for each in (pair.before, pair.after)]
    said = [*series.notes(), *pair.notes(), *notes_of(breaks, series.calendar)]
    return TwoTimes(pieces, series.time, ends[0], ends[1], pair.flag, said)


@dataclass(frozen=True, eq=False)
class ChangedGroups:
    """Crossed groups whose areas stand three times, once for each piece."""

    crossed: CrossedGroups
    counted: Counted

    @classmethod
    def of(cls, crossed: CrossedGroups, by: tuple[str, ...]) -> "ChangedGroups":
        return cls(crossed, of_pieces(crossed.grouped, by))

    @property
    def now(self) -> Grouped:
        """The later window."""
        return self.counted.after

    @property
    def areas(self) -> list[int]:
        """All areas together, then each."""
        return [EVERYWHERE, *(range(len(self.now.areas)) if self.now.by else [])]

    def area_labels(self, area: int) -> tuple[Any, ...]:
        return (None,) * len(self.now.by) if area == EVERYWHERE else self.now.areas[area]

    def places(self, area: int, piece: int) -> tuple[int, ...]:
        """Where an area, or all of them, stand in a piece."""
        n = len(self.now.areas)
        return tuple(piece * n + i for i in (range(n) if area == EVERYWHERE else [area]))

    def cells(self, area: int, pieces: Sequence[int], groups: Sequence[int]) -> Cells:
        """The people of some groups in some pieces."""
        return self.crossed.cells([i for piece in pieces for i in self.places(area, piece)], groups)


class ChangedPair(NamedTuple):
    """One group in one area and what it is compared with, each at both times; see `crossed_groups.Pair`."""

    area: int
    group: int
    groups: tuple[int, ...]
    overlaps: bool

    def own(self, changed: ChangedGroups, pieces: Sequence[int]) -> Cells:
        return changed.cells(self.area, pieces, (self.group,))

    def against(self, changed: ChangedGroups, pieces: Sequence[int]) -> Cells:
        more = (self.group,) if self.overlaps else ()
        return changed.cells(self.area, pieces, (*self.groups, *more))


def pairs_of(changed: ChangedGroups, place: int | None, *, overall: bool) -> list[ChangedPair]:
    """Every compared group in all areas together, then in each."""
    known = [int(i) for i in np.flatnonzero(changed.now.known_group)]
    return [
        ChangedPair(area, i, tuple(j for j in known if j != i) if place is None else (place,), overall)
        for area in changed.areas
        for i in known
        if i != place
    ]
