"""Events beside the people, cases or time in which they happened: the same groups, the same areas."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.measures.rates.pools import Pool
from dueregard.measures.rates.survey_events import SurveyEvents, survey_events
from dueregard.measures.survey_tallies import SurveyTally
from dueregard.missing import is_missing
from dueregard.tallies import Tally

Counts = NDArray[np.int64]
Label = Any


@dataclass(frozen=True)
class Matched:
    """Events and exposure by area and group; every array has the shape (areas, groups).

    ``exposure`` is what events are divided by: people, cases or time; NaN for groups and areas that are a kind of
    missing, unless the pool has them too. Where ``recorded`` is False the source could not record events, so that its
    count of 0 says nothing.
    """

    by: tuple[str, ...]
    areas: list[tuple[Label, ...]]
    groups: list[Label]
    known_group: NDArray[np.bool_]
    known_area: NDArray[np.bool_]
    count: Counts
    exposure: Floats
    squared_error: Floats
    """Squared standard error of the exposure, 0 where it is known."""
    recorded: NDArray[np.bool_]
    survey: SurveyEvents | None = None
    """Of a sample with its design, the events that it stands for, in the order of ``count``."""

    @property
    def events(self) -> Floats:
        """The count; of a sample, how many independent events those that it stands for are worth."""
        if self.survey is None:
            return self.count.astype(np.float64)
        return np.reshape(self.survey.totals.value / self.survey.worth_one, self.count.shape)

    @property
    def size(self) -> Floats:
        """The exposure, in the same measure as ``events``."""
        return self.exposure if self.survey is None else self.exposure / self.survey.worth_one.reshape(self.count.shape)

    @property
    def rate(self) -> Floats:
        """Events per unit of exposure; NaN where there is no exposure or events could not be recorded."""
        usable = self.recorded & (self.exposure > 0)
        nothing = np.full(self.exposure.shape, np.nan)
        return np.asarray(np.divide(self.events, self.size, out=nothing, where=usable))

    def opposite(self, position: int | None, *, own: bool = False) -> "Matched":
        """For each group, what it is compared with, in its place.

        That is the group at ``position``; without one, all other known groups that could be recorded together, with
        ``own`` the group too.
        """
        n_groups = len(self.groups)
        if position is not None:
            among = np.zeros((n_groups, n_groups), bool)
            among[:, position] = True
            inside = np.broadcast_to(among, (len(self.areas), n_groups, n_groups))
        else:
            others = self.known_group & (own | ~np.eye(n_groups, dtype=bool))
            inside = others & self.recorded[:, np.newaxis, :]

        def summed(values: NDArray[Any]) -> NDArray[Any]:
            return np.asarray(np.where(inside, values[:, np.newaxis, :], 0).sum(axis=-1))

        arrays: dict[str, Any] = {name: summed(getattr(self, name)) for name in ("count", "exposure", "squared_error")}
        arrays["recorded"] = (inside & self.recorded[:, np.newaxis, :]).any(axis=-1)
        if self.survey is not None:
            area, to, source = np.nonzero(inside)
            first = area * n_groups
            arrays["survey"] = self.survey.united(first + to, first + source, self.count.size)
        return replace(self, **arrays)

    def of_areas(self, keep: NDArray[np.bool_]) -> "Matched":
        """Some of the areas."""
        names = ("known_area", "count", "exposure", "squared_error", "recorded")
        arrays: dict[str, Any] = {name: getattr(self, name)[keep] for name in names}
        if self.survey is not None:
            places = np.flatnonzero(np.repeat(keep, len(self.groups)))
            arrays["survey"] = self.survey.united(np.arange(len(places)), places, len(places))
        return replace(self, areas=[area for area, kept in zip(self.areas, keep, strict=True) if kept], **arrays)


@dataclass(frozen=True)
class Together:
    """All areas together, and each area; ``left_out`` are areas of the pool in which no event is recorded at all."""

    total: Matched
    areas: Matched | None
    left_out: list[tuple[Label, ...]]


def match(
    events: Tally,
    pool: Pool,
    *,
    group: str,
    by: Sequence[str] = (),
    events_by: Sequence[str] = (),
    not_recorded: Sequence[Label] = (),
    no_events: Sequence[Label] = (),
) -> Together:
    """Events beside their pool. Groups and areas must be the same on both sides, and are refused by name otherwise.

    ``by`` are dimensions of both, ``events_by`` of the events alone: each of their levels is set against the whole
    pool. A group or an area of the pool that no event has is a real 0 if the events' labels hold it (a mapping or an
    ordered column names it) or ``no_events`` does; otherwise a group is refused, and an area is left out, since a
    place that sent no records is not a place without events.
    """
    for name in (*by, *events_by):
        if name not in events.dims:
            raise ValueError(
                f"by: {name!r} is not a column of the events; they have {', '.join(map(repr, events.dims))}"
            )
    groups = _groups(events.labels[group], pool, not_recorded, no_events)
    named = [_area_labels(name, events.labels[name], pool, no_events) for name in by]
    _check_named(no_events, [groups, *named, *(events.labels[name] for name in events_by)], pool)
    unsent = [
        [label for label in names if label not in events.labels[name]] for name, names in zip(by, named, strict=True)
    ]
    absent = [[label for label in labels if label not in no_events] for labels in unsent]
    moved = _spread(
        events.margin(*by, *events_by, group), [*named, *(events.labels[name] for name in events_by), groups]
    )
    spread = moved.counts
    survey = None
    if isinstance(moved, SurveyTally) and moved.cells is not None:
        survey = survey_events(moved.cells, weighted=moved.weighted)
    exposure, squared_error = pool.over(by, named, groups)
    known = np.array([not is_missing(label) for label in groups], bool)
    could = np.array([label not in not_recorded for label in groups], bool)
    outside = _outside(named, absent)

    def made(
        count: Counts, size: Floats, error: Floats, areas: list[tuple[Label, ...]], out: NDArray[np.bool_]
    ) -> Matched:
        recorded = np.broadcast_to(could, count.shape) & ~out[:, np.newaxis]
        here = np.array([not any(map(is_missing, area)) for area in areas], bool)
        every = np.arange(spread.size)
        united = None if survey is None else survey.united(every % count.size, every, count.size)
        return Matched((*by, *events_by), areas, groups, known, here, count, size, error, recorded, united)

    kept = ~outside.reshape(-1)
    flat_size, flat_error = exposure.reshape(-1, len(groups)), squared_error.reshape(-1, len(groups))
    total = made(
        spread.sum(axis=tuple(range(spread.ndim - 1)))[np.newaxis],
        _sum_of_known(flat_size[kept]),
        np.nan_to_num(flat_error[kept]).sum(axis=0, keepdims=True),
        [(None,) * (len(by) + len(events_by))],
        np.array([False]),
    )
    check_exposure(total, pool.word)
    left_out = [area for area, out in zip(product(*named), outside.reshape(-1), strict=True) if out]
    if not (by or events_by):
        return Together(total, None, left_out)
    levels = [events.labels[name] for name in events_by]
    n_levels = int(np.prod([len(names) for names in levels], dtype=int))
    areas = list(product(*named, *levels))
    size, error = (np.repeat(values, n_levels, axis=0) for values in (flat_size, flat_error))
    each = made(spread.reshape(len(areas), len(groups)), size, error, areas, np.repeat(outside.reshape(-1), n_levels))
    check_exposure(each, pool.word)
    return Together(total, each, left_out)


def check_exposure(matched: Matched, word: str) -> None:
    """Refuse events of a known group, in a known area, of which the pool has nobody."""
    here = matched.known_area[:, np.newaxis] & matched.known_group
    bad = np.argwhere(here & (matched.count > 0) & ~(matched.exposure > 0))
    if len(bad):
        area, i = bad[0]
        place = ", ".join(str(label) for label in matched.areas[area] if label is not None)
        inside = f" in {place}" if place else ""
        raise ValueError(
            f"population: {word} of the group {matched.groups[i]!r}{inside} is 0, and there are "
            f"{matched.count[area, i]:,} events of it"
        )


def _groups(
    events: Sequence[Label], pool: Pool, not_recorded: Sequence[Label], no_events: Sequence[Label]
) -> list[Label]:
    """The groups of both sides in the order of the pool, kinds of missing last."""
    theirs = pool.groups
    ours = [label for label in events if not is_missing(label)]
    extra = [label for label in ours if label not in theirs]
    if extra:
        raise ValueError(f"group: events have {extra[0]!r}, {pool.word} has no such group. {pool.both_sides(ours)}")
    stated = [label for label in theirs if not is_missing(label)]
    for label in stated:
        if label not in ours and label not in not_recorded and label not in no_events:
            raise ValueError(
                f"group: {pool.word} has {label!r}, and no event does. If there were none, name it in no_events=; "
                f"otherwise the sides have other groups. {pool.both_sides(ours)}"
            )
    kinds = [label for label in dict.fromkeys([*events, *theirs]) if is_missing(label)]
    return [*stated, *kinds]


def _area_labels(name: str, events: Sequence[Label], pool: Pool, no_events: Sequence[Label]) -> list[Label]:
    """The labels of one column of areas: those of the pool in its order, kinds of missing of the events last."""
    theirs = pool.labels(name)
    for label in events:
        if not is_missing(label) and label not in theirs:
            from dueregard.hints import did_you_mean

            hint = did_you_mean(label, theirs)
            raise ValueError(f"by: events have {name} {label!r}, and {pool.word} has no such {name}{hint}")
    return [*theirs, *(label for label in events if is_missing(label) and label not in theirs)]


def _check_named(no_events: Sequence[Label], lists: Sequence[Sequence[Label]], pool: Pool) -> None:
    """Refuse a label that nobody has: it would say nothing of the one that was meant."""
    for label in no_events:
        if not any(label in names for names in lists):
            from dueregard.hints import did_you_mean

            hint = did_you_mean(label, [each for names in lists for each in names])
            raise ValueError(f"no_events: {label!r} is no group or area of {pool.word}{hint}")


def _spread(events: Tally, wanted: Sequence[Sequence[Label]]) -> Tally:
    """The events on the axes of the wanted labels."""
    moves = {}
    for name, names in zip(events.dims, wanted, strict=True):
        place = {label: i for i, label in enumerate(names)}
        moves[name] = ([place[label] for label in events.labels[name]], list(names))
    return events.relabelled(moves)


def _outside(named: Sequence[Sequence[Label]], absent: Sequence[Sequence[Label]]) -> NDArray[np.bool_]:
    """Which areas have a label that no event has."""
    shape = tuple(len(names) for names in named)
    out = np.zeros(shape, bool)
    for axis, (names, gone) in enumerate(zip(named, absent, strict=True)):
        marks = np.array([label in gone for label in names], bool)
        out |= marks.reshape([-1 if i == axis else 1 for i in range(len(shape))])
    return out


def _sum_of_known(exposure: Floats) -> Floats:
    """Totals over areas; NaN only for what is not known anywhere."""
    known = ~np.isnan(exposure)
    return np.where(known.any(axis=0), np.where(known, exposure, 0.0).sum(axis=0), np.nan)[np.newaxis]
