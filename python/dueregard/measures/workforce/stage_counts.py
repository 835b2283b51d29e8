"""The two sides of a stage: who reached it, and out of whom, from records, tallies or published numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from typing import Any

import numpy as np

from dueregard.inference import checked
from dueregard.measures.grouped import answer_positions, position, tally_of
from dueregard.measures.mapped import mapped
from dueregard.measures.rates.pools import Pool
from dueregard.measures.workforce.stage_catalogue import Stage
from dueregard.missing import is_missing
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Reading:
    """How records are read: columns, and what `dueregard.tally` is told."""

    group: str
    by: tuple[str, ...]
    missing: Mapping[Any, str] | None
    labels: Mapping[str, Sequence[Any]] | None
    threads: int | None
    mapping: Any = None

    def counted(self, data: Any, *, where: Any = None, weight: str | None = None, more: Sequence[str] = ()) -> Tally:
        """Data as a tally of areas and groups, and of further columns; how to read records does not touch a Tally."""
        columns = [*self.by, self.group, *more]
        if is_numbers(data):
            return self._mapped(self._of_numbers(data))
        how: dict[str, Any] = {"missing": self.missing, "labels": self.labels, "threads": self.threads}
        if isinstance(data, Tally):
            how = dict.fromkeys(how)
        tally = tally_of(data, columns, outcome=None, weight=weight, where=where, **how)
        return self._mapped(tally.margin(*columns))

    def _of_numbers(self, numbers: Mapping[Any, Any]) -> Tally:
        """Numbers by group, such as ``{"White": 17, "BME": 9}``."""
        if self.by:
            raise ValueError(f"by: {self.by[0]!r} needs records or a tally, and numbers by group are given")
        counts = checked.whole_numbers("numbers by group", list(numbers.values())).astype(np.int64)
        return Tally(counts, {self.group: list(numbers)})

    def _mapped(self, tally: Tally) -> Tally:
        return tally if self.mapping is None else mapped(tally, self.group, self.mapping)


def is_numbers(data: Any) -> bool:
    """Whether data are numbers by group and not columns of records."""
    values = list(data.values()) if isinstance(data, Mapping) else []
    return bool(values) and all(isinstance(each, Real | np.integer) and not isinstance(each, bool) for each in values)


def of_outcome(
    data: Any, reading: Reading, *, outcome: str, positive: Any, exclude: Any, where: Any
) -> tuple[Tally, Tally]:
    """Those with the outcome, and all whose outcome is stated, from records of everybody."""
    tally = reading.counted(data, where=where, more=[outcome])
    wanted, kept = answer_positions(outcome, tally.labels[outcome], positive=positive, exclude=exclude)
    return _levels(tally, outcome, wanted), _levels(tally, outcome, kept)


def of_column(tally: Tally, column: str, label: Any, argument: str) -> Tally:
    """The rows of a tally that have one label of a column."""
    return _levels(tally, column, [position(argument, label, tally.labels[column], column)])


def _levels(tally: Tally, column: str, chosen: Sequence[int]) -> Tally:
    """The tally of some levels of its last dimension, added together."""
    index = [0 if i in chosen else -1 for i in range(len(tally.labels[column]))]
    return tally.relabelled({column: (index, [column])}).margin(*[name for name in tally.dims if name != column])


def people_once(data: Any, reading: Reading, *, person: str, where: Any) -> Tally:
    """Each person once in each area and group, however many rows they have."""
    if isinstance(data, Tally) or is_numbers(data):
        raise TypeError("person: needs one row an event; counts no longer know who they are of")
    tally = reading.counted(data, where=where, more=[person])
    if any(map(is_missing, tally.labels[person])):
        raise ValueError(f"person: {person!r} is not known in every row, so that people cannot be told apart")
    once = replace(tally, counts=np.minimum(tally.counts, 1))
    return once.margin(*reading.by, reading.group)


def pool_for(pool: Any, reading: Reading, stage: Stage, exposure: str | None, *, counted: bool = False) -> Pool:
    """What the events of a stage are out of; ``counted`` says that the mapping has been there already."""
    if counted:
        reading = replace(reading, mapping=None)
    word = f"the pool ({stage.base})"
    timed = stage.denominator.is_rate
    if not timed and exposure is not None:
        raise ValueError(f"exposure: time is for a stage per person-years; {stage.name!r} is out of {stage.base}")
    if not timed:
        return Pool(reading.counted(pool), reading.group, None, True, word)
    if is_numbers(pool):
        table = {reading.group: list(pool), "time": checked.exposures("pool", list(pool.values()))}
        return Pool(replace(reading, by=()).counted(table, weight="time"), reading.group, None, False, word)
    if exposure is None:
        raise ValueError(
            f"exposure: {stage.name!r} is per person-years; name the column of time in post, or give basis='headcount'"
        )
    if not isinstance(pool, Tally):
        return Pool(reading.counted(pool, weight=exposure), reading.group, None, False, word)
    if not pool.weighted:
        raise ValueError("exposure: the tally has no sums of time; count it with weight= the column of time in post")
    return Pool(reading.counted(pool), reading.group, None, False, word)
