"""Staff at two times, and who came, left and became known between them; each by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import labels
from dueregard.measures.grouped import Counts
from dueregard.measures.workforce.stage_counts import Reading, is_numbers
from dueregard.missing import is_missing
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Flows:
    """Numbers of people in each group, kinds of missing last. Stocks and flows add up in every stated group.

    ``declared`` are staff whose group became known, ``changed`` the net number who state another group than before or
    no longer state one. None where the two cannot be told apart, and ``declared`` holds both.
    """

    groups: list[Any]
    before: Counts
    after: Counts
    joiners: Counts
    leavers: Counts
    declared: Counts
    changed: Counts | None
    provenance: str | None
    native: str | None

    @property
    def known(self) -> NDArray[np.bool_]:
        return np.array([not is_missing(label) for label in self.groups], bool)


def of_people(before: Any, after: Any, reading: Reading, person: str) -> Flows:
    """From two tables with one row a member of staff, told apart by a column."""
    tables = {"before": before, "after": after}
    tallies = {name: _one_row_each(data, reading, person, name) for name, data in tables.items()}
    groups = _groups([tally.labels[reading.group] for tally in tallies.values()])
    places = [_places(tally, reading.group, person, groups) for tally in tallies.values()]
    earlier, later = places
    stayed = [(earlier[each], later[each]) for each in earlier.keys() & later.keys()]
    if earlier and later and not stayed:
        raise ValueError(f"person: nobody is in both tables by {person!r}; is it written in two ways?")
    moved = np.zeros((len(groups), len(groups)), np.int64)
    np.add.at(moved, tuple(np.array(stayed, np.int64).reshape(-1, 2).T), 1)
    known = np.array([not is_missing(label) for label in groups], bool)
    declared = np.where(known, moved[~known].sum(axis=0), 0)
    into, out_of = moved.sum(axis=0), moved.sum(axis=1)
    return Flows(
        groups,
        before=_counts(earlier.values(), len(groups)),
        after=_counts(later.values(), len(groups)),
        joiners=_counts((later[each] for each in later.keys() - earlier.keys()), len(groups)),
        leavers=_counts((earlier[each] for each in earlier.keys() - later.keys()), len(groups)),
        declared=declared,
        changed=np.where(known, into - out_of - declared, 0),
        provenance=_first(tallies, "provenance"),
        native=_first(tallies, "native"),
    )


def _one_row_each(data: Any, reading: Reading, person: str, argument: str) -> Tally:
    """The table counted by person and group, refused where a person is not known or has two rows."""
    if isinstance(data, Tally) or is_numbers(data):
        raise TypeError(f"person: needs one row a member of staff; {argument} is counts")
    tally = reading.counted(data, more=[person])
    rows = tally.counts.sum(axis=0)
    for label, n in zip(tally.labels[person], rows.tolist(), strict=True):
        if is_missing(label):
            raise ValueError(f"person: {n:,} rows of {argument} have no {person!r}, so that people cannot be followed")
        if n > 1:
            raise ValueError(f"person: {label!r} has {n:,} rows in {argument}, and should have one")
    return tally


def _places(tally: Tally, group: str, person: str, groups: Sequence[Any]) -> dict[Any, int]:
    """Where each person's group stands among the groups."""
    place = np.array([groups.index(label) for label in tally.labels[group]], np.int64)
    return dict(zip(tally.labels[person], place[tally.counts.argmax(axis=0)].tolist(), strict=True))


def _counts(places: Any, n_groups: int) -> Counts:
    return np.bincount(np.fromiter(places, np.int64), minlength=n_groups).astype(np.int64)


def of_counts(before: Any, after: Any, joiners: Any, leavers: Any, declared: Any, reading: Reading) -> Flows:
    """From counts, which must add up: before and joiners, less leavers, are those after."""
    given = {"before": before, "after": after, "joiners": joiners, "leavers": leavers}
    given |= {} if declared is None else {"declared": declared}
    tallies = {name: reading.counted(data) for name, data in given.items()}
    groups = _groups([tally.labels[reading.group] for tally in tallies.values()])
    numbers = {name: _spread(tally, reading.group, groups) for name, tally in tallies.items()}
    known = np.array([not is_missing(label) for label in groups], bool)
    _check_total(numbers, all_stated=bool(known.all()))
    rest = numbers["after"] - numbers["before"] - numbers["joiners"] + numbers["leavers"]
    became = np.where(known, numbers.get("declared", rest), 0)
    return Flows(
        groups,
        before=numbers["before"],
        after=numbers["after"],
        joiners=numbers["joiners"],
        leavers=numbers["leavers"],
        declared=became,
        changed=None if declared is None else np.where(known, rest - became, 0),
        provenance=_first(tallies, "provenance"),
        native=_first(tallies, "native"),
    )


def _check_total(numbers: Mapping[str, Counts], *, all_stated: bool) -> None:
    """Refuse stocks and flows that do not add up. Those newly declared were not stated before, if these are listed."""
    sums = {name: int(values.sum()) for name, values in numbers.items()}
    declared = sums.get("declared", 0) if all_stated else 0
    should_be = sums["before"] + sums["joiners"] - sums["leavers"] + declared
    if should_be != sums["after"]:
        also = " + declared" if declared else ""
        raise ValueError(
            f"after: there are {sums['after']:,} staff, and before + joiners - leavers{also} is {should_be:,} "
            f"({sums['before']:,} + {sums['joiners']:,} - {sums['leavers']:,}{f' + {declared:,}' if declared else ''})"
        )


def _groups(lists: Sequence[Sequence[Any]]) -> list[Any]:
    """All groups of several tables in the order in which they are met, kinds of missing last."""
    return labels.arrange(list(dict.fromkeys(label for each in lists for label in each)), ordered=True)


def _spread(tally: Tally, group: str, groups: Sequence[Any]) -> Counts:
    index = [groups.index(label) for label in tally.labels[group]]
    return tally.relabelled({group: (index, list(groups))}).counts


def _first(tallies: Mapping[str, Tally], name: str) -> Any:
    """What the first of the tables that says it says."""
    return next((getattr(tally, name) for tally in tallies.values() if getattr(tally, name)), None)
