"""The cases of two windows: of each, and of the months that left, that stayed and that joined."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dueregard.measures.gaps.compared import Compared, Question, compare
from dueregard.measures.grouped import Grouped
from dueregard.measures.trends.change_pieces import Changing
from dueregard.measures.trends.rolling_rows import Answers
from dueregard.measures.trends.window_pairs import WindowPair

PIECES = ("left", "stayed", "joined")
SUMMED = ("count", "nobs", "outcome_missing", "weight_count", "weight", "squares")


@dataclass(frozen=True)
class Counted:
    """The cases of two windows and of their three pieces, by area and group."""

    before: Grouped
    after: Grouped
    pieces: tuple[Grouped, ...]

    def summed(self) -> "Counted":
        """All areas together."""
        return Counted(self.before.summed(), self.after.summed(), tuple(each.summed() for each in self.pieces))

    def changing(self, question: Question, *, gap: bool) -> Changing:
        """Each group beside what it is compared with, or by itself."""

        def sides(grouped: Grouped) -> Compared:
            return compare(grouped, question) if gap else _by_itself(grouped)

        left, stayed, joined = map(sides, self.pieces)
        return Changing(sides(self.before), sides(self.after), (left, stayed, joined), gap)


def counted(pair: WindowPair, answers: Answers) -> Counted:
    """The series summed over the pieces of two windows, and those over the windows: of a survey on the same cells."""
    series = pair.after.series
    place = np.full(series.calendar.n_periods, -1)
    for i, part in enumerate(pair.parts):
        place[list(part)] = i
    every = answers.of(series.tally.relabelled({series.time: (place.tolist(), list(PIECES))}), series.time)
    return of_pieces(every, answers.by)


def of_pieces(every: Grouped, by: tuple[str, ...]) -> Counted:
    """The same of counts in which the areas of each piece stand one after another, the piece before ``by``."""
    left, stayed, joined = (_together(every, by, [i]) for i in range(len(PIECES)))
    before, after = (_together(every, by, places) for places in ([0, 1], [1, 2]))
    return Counted(before, after, (left, stayed, joined))


def _together(every: Grouped, by: tuple[str, ...], pieces: Sequence[int]) -> Grouped:
    """The areas of some pieces, which stand one after another, added together."""
    n_areas, n_groups = len(every.areas) // len(PIECES), len(every.groups)
    arrays: dict[str, Any] = {
        name: getattr(every, name).reshape(len(PIECES), n_areas, n_groups)[list(pieces)].sum(axis=0) for name in SUMMED
    }
    size = n_areas * n_groups
    old = np.concatenate([np.arange(size) + size * i for i in pieces])
    return replace(
        every,
        by=by,
        areas=[area[1:] for area in every.areas[:n_areas]],
        known_area=every.known_area[:n_areas],
        survey=every.survey and every.survey.united(np.tile(np.arange(size), len(pieces)), old, size),
        **arrays,
    )


def _by_itself(grouped: Grouped) -> Compared:
    """A group whose own share changes: it is its own reference, of which nothing is said."""
    known = np.broadcast_to(grouped.known_group, grouped.nobs.shape)
    return Compared(grouped, grouped, grouped, np.zeros(grouped.nobs.shape), known)
