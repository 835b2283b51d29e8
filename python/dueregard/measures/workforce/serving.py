"""A workforce beside the people it serves: the same groups, and the same places where both have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.hints import did_you_mean
from dueregard.inference.checked import Floats
from dueregard.inference.intervals import normal_quantile
from dueregard.inference.references import Reference
from dueregard.measures.grouped import Grouped, divided
from dueregard.measures.populations.populations import Population
from dueregard.missing import is_missing
from dueregard.tallies import Tally

ALL_AGES = "The population is of all ages and staff are of working age, so part of a difference is age."
AGES_NOT_STATED = "The ages of the population are not stated, and staff are of working age."
MOST = 8
"""As many groups of a side as a message lists."""


@dataclass(frozen=True)
class People:
    """People by area and group, NaN where a group or an area is none of the population's; and the squared distances to
    the limits of each number, for one standard error: 0 where it is known."""

    count: Floats
    below: Floats
    above: Floats

    @property
    def shares(self) -> tuple[Floats, Floats, Floats]:
        """The share of each group, and how far its limits are for one standard error. The total is taken as known."""
        total = np.nansum(self.count, axis=-1, keepdims=True)
        total = np.where(total > 0, total, np.nan)
        return self.count / total, np.sqrt(self.below) / total, np.sqrt(self.above) / total


@dataclass(frozen=True)
class Served:
    """Staff beside the population of the same areas and groups; ``about`` are columns that are alike in every row.

    ``people`` is None where each level is held against ``whole``, all staff, instead.
    """

    staff: Grouped
    people: People | None
    whole: Grouped | None
    about: dict[str, Any]
    areas_left_out: bool = False
    """Whether the population has areas without staff, which are no part of its total."""
    notes: tuple[str, ...] = ()


def serve(
    tally: Tally, population: Any, *, group: str, by: Sequence[str], no_staff: Sequence[Any], mapping: Any
) -> list[Served]:
    """All staff together, and by area if there are any, each beside the population."""
    about: dict[str, Any] = {"mapping": None if mapping is None else f"staff: {mapping.name}"}
    if population is Reference.OVERALL:
        staff = divided(tally, of=group, by=by, left_out=())
        whole = staff.summed()
        return [Served(whole, None, whole, about), Served(staff, None, whole, about)]
    known = population if isinstance(population, Population) else _of_tally(population, group, by)
    if mapping is not None and known.classification not in (None, mapping.target):
        raise ValueError(
            f"mapping: staff are put into the groups of {mapping.target!r}, the population is in those of "
            f"{known.classification!r}"
        )
    names = known.tally.labels[known.group]
    tally = _in_groups(tally, group, names, known, no_staff)
    shared = [name for name in by if name in known.by]
    for name in shared:
        _check_areas(name, tally.labels[name], known.tally.labels[name])
    staff = divided(tally, of=group, by=by, left_out=())
    people, total = _people(known, staff.groups, {name: tally.labels[name] for name in by})
    absent = any(label not in tally.labels[name] for name in shared for label in known.tally.labels[name])
    about |= _about(known, mapping)
    together = staff.summed()
    parts = [Served(together, total, None, about, absent, _notes(together, known))]
    return [*parts, Served(staff, people, None, about)] if by else parts


def _of_tally(tally: Tally, group: str, by: Sequence[str]) -> Population:
    """A tally of people as a population whose date and ages are not known."""
    if group not in tally.dims:
        raise ValueError(f"population: no dimension {group!r}{did_you_mean(group, tally.dims)}; .dims is {tally.dims}")
    shared = tuple(name for name in tally.dims if name in by)
    return Population(tally.margin(*shared, group), group, shared, date="")


def _in_groups(tally: Tally, group: str, theirs: Sequence[Any], known: Population, no_staff: Sequence[Any]) -> Tally:
    """The workforce with the groups of the population in its order, kinds of missing last; other groups are refused."""
    ours = [label for label in tally.labels[group] if not is_missing(label)]
    stated = [label for label in theirs if not is_missing(label)]
    for label in no_staff:
        if label not in stated:
            raise ValueError(f"no_staff: {label!r} is not a group of the population{did_you_mean(label, stated)}")
    for label in ours:
        if label not in stated:
            raise ValueError(
                f"group: staff have {label!r}, the population has no such group. {_both_sides(ours, stated, known)}"
            )
    for label in stated:
        if label not in ours and label not in no_staff:
            raise ValueError(
                f"group: the population has {label!r}, and no member of staff does. If there is none, name it in "
                f"no_staff=; otherwise the sides have other groups. {_both_sides(ours, stated, known)}"
            )
    names = [*stated, *(label for label in tally.labels[group] if is_missing(label))]
    place = {label: i for i, label in enumerate(names)}
    return tally.relabelled({group: ([place[label] for label in tally.labels[group]], names)})


def _both_sides(ours: Sequence[Any], theirs: Sequence[Any], known: Population) -> str:
    from dueregard.records.classifications.fits import fitting

    fits = fitting(ours, theirs)
    classified = f" ({known.classification})" if known.classification else ""
    advice = f" Mappings that fit: {', '.join(map(repr, fits))}." if fits else ""
    return f"Staff: {_listed(ours)}; the population{classified}: {_listed(theirs)}.{advice}"


def _listed(labels: Sequence[Any]) -> str:
    shown = ", ".join(repr(label) for label in labels[:MOST])
    return shown + (f" and {len(labels) - MOST} more" if len(labels) > MOST else "")


def _check_areas(name: str, ours: Sequence[Any], theirs: Sequence[Any]) -> None:
    for label in ours:
        if not is_missing(label) and label not in theirs:
            hint = did_you_mean(label, theirs)
            raise ValueError(f"by: staff have {name} {label!r}, and the population has no such {name}{hint}")


def _people(known: Population, groups: Sequence[Any], levels: Mapping[str, Sequence[Any]]) -> tuple[People, People]:
    """The people of each area and group, and of all areas together, for columns of areas that may be staff's alone."""
    by_area, total = [], []
    n_areas = int(np.prod([len(names) for names in levels.values()], dtype=int))
    for values in (known.tally.counts.astype(np.float64), *_squared_distances(known)):
        rest = tuple(axis for axis, name in enumerate(known.by) if name not in levels)
        dims = [name for name in known.by if name in levels]
        placed = _placed(values.sum(axis=rest), known, dims, groups, levels)
        total.append(np.nansum(placed, axis=tuple(range(len(dims))))[np.newaxis])
        order = [dims.index(name) for name in levels if name in dims]
        ordered = placed.transpose(*order, len(dims))
        shape = [len(names) if name in dims else 1 for name, names in levels.items()]
        full = [*(len(names) for names in levels.values()), len(groups)]
        by_area.append(np.broadcast_to(ordered.reshape(*shape, len(groups)), full).reshape(n_areas, len(groups)))
    gone = np.array([is_missing(label) for label in groups])
    total = [np.where(gone, np.nan, values) for values in total]
    return People(*by_area), People(*total)


def _squared_distances(known: Population) -> tuple[Floats, Floats]:
    """Squared distances from each number of people to its limits, for one standard error."""
    counts = known.tally.counts.astype(np.float64)
    if known.low is None or known.high is None:
        squared = np.zeros(counts.shape) if known.se is None else np.square(known.se)
        return squared, squared
    width = known.high - known.low
    reach = np.full(counts.shape, 2 * normal_quantile(0.95))
    if known.se is not None:  # it was made from the limits at their own level
        reach = np.divide(width, known.se, out=reach, where=np.asarray(known.se) > 0)
    return np.square(2 * (counts - known.low) / reach), np.square(2 * (known.high - counts) / reach)


def _placed(
    values: Floats, known: Population, dims: Sequence[str], groups: Sequence[Any], levels: Mapping[str, Sequence[Any]]
) -> Floats:
    """Values with the labels of the workforce along each axis; NaN for labels that the population does not have."""
    wanted = [*((known.tally.labels[name], levels[name]) for name in dims), (known.tally.labels[known.group], groups)]
    for axis, (have, want) in enumerate(wanted):
        place = {label: i for i, label in enumerate(have) if not is_missing(label)}
        index = np.array([place.get(label, -1) for label in want], np.intp)
        gone = (index < 0).reshape([-1 if i == axis else 1 for i in range(values.ndim)])
        values = np.where(gone, np.nan, np.take(values, index, axis))
    return values


def _about(known: Population, mapping: Any) -> dict[str, Any]:
    """What a row says of the population."""
    used = [("staff", None if mapping is None else mapping.name), ("population", known.mapping)]
    return {
        "population": known.source,
        "population_date": known.date or None,
        "population_ages": known.ages,
        "mapping": "; ".join(f"{side}: {name}" for side, name in used if name) or None,
    }


def _notes(staff: Grouped, known: Population) -> tuple[str, ...]:
    """What a reader has to know: who did not state a group, and that the population is not those who could be staff."""
    unknown, asked = int(staff.outcome_missing[0, 0]), int(staff.outcome_missing[0, 0] + staff.nobs[0, 0])
    notes = (
        [f"{unknown:,} of {asked:,} staff did not state their group, and are outside all shares."] if unknown else []
    )
    if known.ages is None or "all ages" in known.ages.lower():
        notes.append(AGES_NOT_STATED if known.ages is None else ALL_AGES)
    return (*notes, *known.notes)
