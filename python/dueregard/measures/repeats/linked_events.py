"""Events read row by row: whose each one is, when it was, and in which area and group."""

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard import records
from dueregard.missing import check_mapping
from dueregard.records.dates import Days, days_of
from dueregard.records.levels import Codes, Levels, identities, levels_of
from dueregard.records.whole_tables import table_of

NOBODY = (
    "unknown", "not known", "not stated", "not recorded", "not available", "none", "null", "n/a", "na", "nan", "nil",
    "anonymous", "missing", "blank", "refused", "not applicable", "not collected", "-", "--", "?", "x", "tbc",
)  # fmt: skip
"""What stands in the place of a person's number where there is none; in capitals too."""


@dataclass(frozen=True)
class LinkedEvents:
    """The events of a table, in its order. A cell is an area and a group: ``area * len(groups) + group``.

    ``person`` is -1 where an event has no person.
    """

    person: Codes
    day: Days
    cell: Codes
    rows: Codes
    """Which row of the table each event is."""
    areas: list[tuple[Any, ...]]
    known_area: NDArray[np.bool_]
    groups: list[Any]
    known_group: NDArray[np.bool_]
    provenance: str | None
    native: str | None

    @property
    def n_cells(self) -> int:
        return len(self.areas) * len(self.groups)


def linked_events(
    data: Any,
    *,
    person: str,
    date: str,
    group: str | None,
    by: Sequence[str],
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
) -> LinkedEvents:
    """The events of any table. Without a group there is one, None, and without areas one, ()."""
    kinds = check_mapping(missing)
    names = [*by, *([] if group is None else [group])]
    table, keep = table_of(data, [person, date, *names], where)
    rows = None if keep is None else np.flatnonzero(keep)
    day = days_of("date", date, table[date], rows)
    who, numbers = identities(table, person, keep, kinds=kinds)
    coded = levels_of({name: table[name] for name in names}, names, keep, kinds=kinds, labels=labels) if names else []
    for name, codes in zip([person, *names], [who, *(levels.codes for levels in coded)], strict=True):
        if len(codes) != len(day):
            raise ValueError(f"the columns differ in length: {name!r} has {len(codes):,}, {date!r} {len(day):,}")
    _warn_about_nobody(person, who, numbers)
    inner, outer = (None, coded) if group is None else (coded[-1], coded[:-1])
    return LinkedEvents(
        person=who,
        day=day,
        cell=_cells(coded, len(day)),
        rows=np.arange(len(day)) if rows is None else rows,
        areas=list(product(*(levels.labels for levels in outer))),
        known_area=np.array([all(known) for known in product(*(levels.known.tolist() for levels in outer))], bool),
        groups=[None] if inner is None else inner.labels,
        known_group=np.ones(1, bool) if inner is None else inner.known,
        provenance=records.provenance_of(data),
        native=records.native_of(data),
    )


def _cells(coded: Sequence[Levels], n_rows: int) -> Codes:
    cell = np.zeros(n_rows, np.int64)
    for levels in coded:
        cell = cell * len(levels.labels) + levels.codes
    return cell


def _warn_about_nobody(person: str, who: Codes, numbers: Mapping[Any, int]) -> None:
    """Say which texts that several events share read like no number at all: they would make one person of many."""
    for text in dict.fromkeys(
        form for word in NOBODY for form in (word, word.capitalize(), word.title(), word.upper())
    ):
        times = int(np.count_nonzero(who == numbers[text])) if text in numbers else 0
        if times > 1:
            message = (
                f"person: {times:,} events have {text!r} in {person!r} and count as those of one person; if it means "
                f"that the person is not known, give missing={{{text!r}: 'not stated'}}"
            )
            warnings.warn(message, UserWarning, stacklevel=4)
