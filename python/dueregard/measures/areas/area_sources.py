"""Where counts of areas come from: records with an outcome, a table with a row an area, or events over a population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from dueregard.hints import did_you_mean
from dueregard.inference import checked
from dueregard.labels import arrange as arranged
from dueregard.measures.areas.area_counts import AreaCounts
from dueregard.measures.grouped import arrange, as_labels, by_names, tally_of, words_for
from dueregard.measures.populations.populations import Population
from dueregard.measures.rates.counted_events import known_records, read_events
from dueregard.measures.rates.event_periods import period_of_events
from dueregard.measures.rates.periods import read_period
from dueregard.measures.rates.pools import Pool, pool_of
from dueregard.missing import check_mapping, is_missing, resolve
from dueregard.records import native_of, numerals, plain_tables, provenance_of
from dueregard.records.plain_tables import PlainTable
from dueregard.tallies import Tally

SIZES = {"nobs": "proportion", "exposure": "rate", "expected": "ratio", "against": "count-ratio"}
"""The measure that each column beside a count makes."""


@dataclass(frozen=True)
class Source:
    """The arguments of a measure of areas that say where its counts come from."""

    data: Any
    population: Any
    by: str | Sequence[str]
    outcome: str | None
    positive: Any
    exclude: Any
    count: str | None
    sizes: Mapping[str, str | None]
    """For each of nobs, exposure, expected and against, the column if one is named."""
    per: float
    period: str | None
    no_events: Any
    name: str | None
    missing: Mapping[Any, str] | None
    where: Any
    weight: Any
    labels: Mapping[str, Sequence[Any]] | None
    threads: int | None
    design: Any = None

    def read(self, caller: str) -> AreaCounts:
        """The areas, from whichever source the arguments name."""
        checked.words("name", self.name)
        named = [name for name, column in self.sizes.items() if column is not None]
        if self.outcome is not None:
            self._refuse(f"outcome={self.outcome!r} counts records", population=self.population, count=self.count)
            self._refuse(f"outcome={self.outcome!r} counts records", **{n: self.sizes[n] for n in named})
            return self._of_records()
        self._refuse("there is no outcome=", positive=self.positive, weight=self.weight)
        self._refuse("a survey's areas are counted from its records, with outcome= and positive=", design=self.design)
        if self.population is not None:
            self._refuse("the population is what events are divided by", **{n: self.sizes[n] for n in named})
            return self._of_events()
        if self.count is None or len(named) != 1:
            raise TypeError(
                f"{caller} needs outcome= and positive= for records; or a population for events; or for a table with a "
                "row for each area count= and one of nobs=, exposure=, expected= and against="
            )
        self._refuse("a table with a row for each area is read as it is", where=self.where, labels=self.labels)
        return self._of_table(named[0])

    def _refuse(self, why: str, **given: Any) -> None:
        for name, value in given.items():
            if value is not None:
                raise TypeError(f"{name}: {why}, so that {name} has no meaning")

    def _names(self, **taken: str | None) -> tuple[str, ...]:
        names = by_names(self.by, {key: name for key, name in taken.items() if name is not None})
        if not names:
            raise ValueError("by: no column of areas is named")
        return names

    def _of_records(self) -> AreaCounts:
        if self.positive is None:
            raise TypeError("positive: name the answers that count, such as positive='Yes'")
        assert self.outcome is not None
        by = self._names(outcome=self.outcome)
        data = known_records(self.data)
        tally = tally_of(
            data, by, outcome=self.outcome, weight=self.weight, where=self.where, labels=self.labels,
            missing=self.missing, threads=self.threads, design=self.design,
        )  # fmt: skip
        found = arrange(
            tally, outcome=self.outcome, positive=self.positive, exclude=self.exclude, group=by[-1], by=by[:-1]
        )
        return AreaCounts(
            by=by,
            areas=[(*area, label) for area in found.areas for label in found.groups],
            measure="proportion",
            name=self.name or words_for(self.outcome, self.positive),
            count=found.cases.reshape(-1),
            size=found.size.reshape(-1),
            shown=found.count.reshape(-1).tolist(),
            cases=found.nobs.reshape(-1).tolist(),
            missing=found.outcome_missing.reshape(-1).tolist(),
            weighted=found.weighted,
            survey=None if found.survey is None else found,
            period=self.period or _period_of(data),
            notes=tuple(getattr(data, "notes", ())),
            provenance=tally.provenance,
            native=tally.native,
        )

    def _of_table(self, kind: str) -> AreaCounts:
        column = self.sizes[kind]
        assert self.count is not None and column is not None
        if isinstance(self.data, Tally):
            raise TypeError(
                f"count: data is a Tally, which has no columns of numbers; pass a table, or outcome= ({kind})"
            )
        by = self._names(count=self.count, **{kind: column})
        if self.count == column:
            raise ValueError(f"{kind}: {column!r} is already given as count")
        table = plain_tables.read(self.data, [*by, self.count, column])
        areas = _areas(table, by, check_mapping(self.missing))
        counts = _added(table, "count", self.count, areas, whole=True)
        sizes = _added(table, kind, column, areas, whole=kind in ("nobs", "against"))
        if kind == "nobs":
            _refuse_above(by, areas, counts, sizes, self.count, column)
        return AreaCounts(
            by=by,
            areas=list(areas),
            measure=SIZES[kind],
            name=self.name or self._table_name(kind, column),
            count=np.array(counts, np.float64),
            size=np.array(sizes, np.float64) + (np.array(counts, np.float64) if kind == "against" else 0.0),
            shown=[int(each) for each in counts],
            cases=_cases(kind, counts, sizes),
            per=self.per,
            period=self.period,
            about={"basis": column} if kind == "exposure" else {},
            provenance=provenance_of(self.data),
            native=native_of(self.data),
        )

    def _table_name(self, kind: str, column: str) -> str:
        joint = {"nobs": "of", "exposure": f"per {self.per:,.10g}", "expected": "over", "against": "over"}[kind]
        return f"{self.count} {joint} {column}"

    def _of_events(self) -> AreaCounts:
        by = self._names()
        events = read_events(
            self.data, by, group=by[-1], mapping=None, unknown="raise", count=self.count, missing=self.missing,
            where=self.where, labels=self.labels, threads=self.threads,
        )  # fmt: skip
        pool = pool_of(
            self.population, group=by[-1], by=by[:-1], exposure=None, missing=self.missing, word="the population"
        )
        lists, outside = _matched_labels(by, events.tally, pool, as_labels(self.no_events))
        resident = isinstance(self.population, Population)
        when = period_of_events(events, self.period, "a rate of residents", needed=resident)
        people = "residents" if resident else "cases"
        length = f" {when.length}" if when is not None and resident else ""
        areas = list(product(*lists))
        counts, size = _spread(events.tally.margin(*by), lists), _spread(pool.tally.margin(*by), lists)
        _refuse_without_people(by, areas, counts, size)
        recorded = np.array([not any(label in gone for label, gone in zip(a, outside, strict=True)) for a in areas])
        about = {"basis": "residents", "population": pool.source, "population_date": pool.date} if resident else {}
        left = int((~recorded).sum())
        notes = [] if not left else [f"{left:,} areas of the population sent no records: they have no rate, not 0"]
        return AreaCounts(
            by=by,
            areas=areas,
            measure="rate",
            name=self.name or f"{events.word} per {self.per:,.10g} {people}{length}",
            count=counts.astype(np.float64),
            size=size.astype(np.float64),
            shown=counts.tolist(),
            cases=size.tolist(),
            recorded=None if recorded.all() else recorded,
            estimated=pool.squared_errors is not None,
            per=self.per,
            period=None if when is None else when.words,
            about=about,
            notes=(*events.notes, *notes),
            provenance=events.tally.provenance,
            native=events.tally.native,
        )


def _period_of(data: Any) -> str | None:
    """When records of a known form happened, in words, if they say it."""
    found = getattr(data, "period", None)
    return read_period(found).words if isinstance(found, str) else None


def _areas(table: PlainTable, by: Sequence[str], mapping: dict[Any, str]) -> dict[tuple[Any, ...], list[int]]:
    """The rows of each area, areas in their fixed order; rows of one area are added up."""
    if not table.n_rows:
        raise ValueError("there are no rows in the table")
    columns = [[resolve(label, mapping) for label in table.columns[name]] for name in by]
    for name, column in zip(by, columns, strict=True):
        for row, label in enumerate(column):
            if isinstance(label, float):
                raise TypeError(f"column {name!r}: {label!r} {table.at(row)} is no label; make it text or an integer")
    labels = [arranged(column, ordered=False) for column in columns]
    rows: dict[tuple[Any, ...], list[int]] = {}
    for row, area in enumerate(zip(*columns, strict=True)):
        rows.setdefault(area, []).append(row)
    return {area: rows[area] for area in product(*labels) if area in rows}


def _added(
    table: PlainTable, argument: str, column: str, areas: Mapping[tuple[Any, ...], list[int]], *, whole: bool
) -> list[float]:
    """The numbers of a column, added up over the rows of each area."""

    def of_row(row: int, area: tuple[Any, ...]) -> float:
        value = numerals.number(table.columns[column][row])
        wrong = numerals.refusal(value, whole=whole)
        if wrong:
            cell = table.columns[column][row]
            shown = repr(column) if wrong == "is blank" else f"{cell!r} in {column!r}"
            raise ValueError(f"{argument}: {shown} {wrong} {table.at(row)} ({', '.join(map(str, area))})")
        return float(value)

    return [sum(of_row(row, area) for row in rows) for area, rows in areas.items()]


def _cases(kind: str, counts: list[float], sizes: list[float]) -> list[int] | None:
    """The base of each area where it is a number of cases: of two counts both together."""
    if kind == "nobs":
        return [int(size) for size in sizes]
    return [int(count + size) for count, size in zip(counts, sizes, strict=True)] if kind == "against" else None


def _refuse_above(
    by: Sequence[str], areas: Mapping[tuple[Any, ...], Any], counts: list[float], sizes: list[float], *columns: str
) -> None:
    for area, count, size in zip(areas, counts, sizes, strict=True):
        if count > size:
            where = ", ".join(f"{name} {label!r}" for name, label in zip(by, area, strict=True))
            raise ValueError(f"count: {columns[0]} is {count:,.0f} in {where}, above {columns[1]}, {size:,.0f}")


def _matched_labels(
    by: Sequence[str], events: Tally, pool: Pool, no_events: list[Any]
) -> tuple[list[list[Any]], list[list[Any]]]:
    """For each column the labels of the population and then kinds of missing, and those that no event has."""
    lists, outside = [], []
    for name in by:
        theirs, ours = pool.labels(name), events.labels[name]
        for label in ours:
            if not is_missing(label) and label not in theirs:
                hint = did_you_mean(label, theirs)
                raise ValueError(f"by: events have {name} {label!r}, and the population has no such {name}{hint}")
        lists.append([*theirs, *(label for label in ours if label not in theirs)])
        outside.append([label for label in theirs if label not in ours and label not in no_events])
    return lists, outside


def _spread(tally: Tally, lists: Sequence[list[Any]]) -> Any:
    """The counts of a tally on the axes of longer lists of labels, as one row."""
    moves = {}
    for name, names in zip(tally.dims, lists, strict=True):
        place = {label: i for i, label in enumerate(names)}
        moves[name] = ([place[label] for label in tally.labels[name]], list(names))
    return tally.relabelled(moves).counts.reshape(-1)


def _refuse_without_people(by: Sequence[str], areas: list[tuple[Any, ...]], counts: Any, size: Any) -> None:
    for area, count, people in zip(areas, counts, size, strict=True):
        if count and not people and not any(map(is_missing, area)):
            where = ", ".join(f"{name} {label!r}" for name, label in zip(by, area, strict=True))
            raise ValueError(f"population: it is 0 in {where}, where there are {count:,} events")
