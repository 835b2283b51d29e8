"""What events are divided by: a population, the people or cases at an earlier stage, or time at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.hints import did_you_mean
from dueregard.inference.checked import Floats
from dueregard.measures.grouped import tally_of
from dueregard.measures.populations.populations import Population
from dueregard.missing import is_missing
from dueregard.tallies import Tally


@dataclass(frozen=True)
class Pool:
    """Exposure by area and group, with what a row says of where it comes from."""

    tally: Tally
    group: str
    squared_errors: Floats | None
    """Squared standard errors in the shape of the tally, of a population that is itself an estimate."""
    whole: bool
    """Whether it counts people or cases; time at risk is no whole number."""
    word: str = "the population"
    date: str | None = None
    mapping: str | None = None
    classification: str | None = None
    source: str | None = None
    ages: str | None = None

    @property
    def groups(self) -> list[Any]:
        return list(self.tally.labels[self.group])

    @property
    def values(self) -> Floats:
        """Exposure in each cell of the tally."""
        return self.tally.counts.astype(np.float64) if self.whole else self.tally.sums

    def labels(self, name: str) -> list[Any]:
        """The labels of a column of areas; it must be one of the pool's."""
        if name not in self.tally.dims:
            there = [each for each in self.tally.dims if each != self.group]
            hint = did_you_mean(name, there)
            columns, rename = "it is not divided by anything but groups", ""
            if there:
                columns = f"it has {', '.join(map(repr, there))}"
                rename = f" (the same with another name? dr.population(..., by={{{name!r}: {there[0]!r}}}))"
            raise ValueError(
                f"by: {self.word} has no column {name!r}{hint}; {columns}{rename}. A column that describes events, such"
                " as the legislation, goes in events_by="
            )
        return list(self.tally.labels[name])

    def over(self, by: Sequence[str], areas: Sequence[Sequence[Any]], groups: Sequence[Any]) -> tuple[Floats, Floats]:
        """Exposure and its squared errors with one axis for each column of ``by`` and the groups last."""
        dims = self.tally.dims
        wanted = [dims.index(name) for name in (*by, self.group)]
        rest = tuple(axis for axis in range(len(dims)) if axis not in wanted)
        order = [sorted(wanted).index(axis) for axis in wanted]
        errors = np.zeros(self.values.shape) if self.squared_errors is None else self.squared_errors
        made = (values.sum(axis=rest).transpose(order) for values in (self.values, errors))
        lists = [
            (self.tally.labels[name], names) for name, names in zip((*by, self.group), (*areas, groups), strict=True)
        ]
        exposure, squared = (_placed(values, lists) for values in made)
        return exposure, squared

    def both_sides(self, events: Sequence[Any]) -> str:
        """The groups of the events and of the pool, for a message, with the mappings that would fit."""
        from dueregard.records.classifications import fitting

        theirs = [label for label in self.groups if not is_missing(label)]
        fits = fitting(events, theirs)
        advice = f" Mappings that fit: {', '.join(map(repr, fits))}." if fits else ""
        return f"Events: {_listed(events)}; {self.word}: {_listed(theirs)}.{advice}"


def _listed(labels: Sequence[Any]) -> str:
    shown = ", ".join(repr(label) for label in labels[:6])
    return shown + (f" and {len(labels) - 6} more" if len(labels) > 6 else "")


def _placed(values: Floats, lists: Sequence[tuple[Sequence[Any], Sequence[Any]]]) -> Floats:
    """Values on the axes of longer lists of labels; NaN for labels that are not there."""
    found = values
    for axis, (have, want) in enumerate(lists):
        place = {label: i for i, label in enumerate(have)}
        index = [place.get(label, -1) for label in want]
        taken = np.take(found, index, axis)
        gone = np.array([i < 0 for i in index]).reshape([-1 if i == axis else 1 for i in range(found.ndim)])
        found = np.where(gone, np.nan, taken)
    return found


def pool_of(
    population: Any,
    *,
    group: str,
    by: Sequence[str],
    exposure: str | None,
    missing: Mapping[Any, str] | None,
    word: str,
) -> Pool:
    """A `Population`, a tally or records as what events are divided by.

    ``exposure`` names the column of time at risk: then it is summed and rows are not counted.
    """
    if isinstance(population, Population):
        if exposure is not None:
            raise ValueError("exposure: a Population counts people; time at risk needs records with a column of it")
        return _of_population(population, word)
    if isinstance(population, Tally):
        tally = tally_of(
            population, [*by, group], outcome=None, weight=None, where=None, labels=None, missing=missing, threads=None
        )
        if exposure is not None and not tally.weighted:
            raise ValueError(
                "exposure: the tally has no sums of time; count it with weight= the column of time at risk"
            )
        if exposure is None and tally.weighted:
            raise ValueError(
                "population: a weighted tally has no number of people; make a dr.population of the sums, with se= if "
                "they are estimates"
            )
        return Pool(tally, group, None, exposure is None, word)
    try:
        tally = tally_of(
            population, [*by, group], outcome=None, weight=exposure, where=None, labels=None, missing=missing,
            threads=None,
        )  # fmt: skip
    except (TypeError, ValueError) as error:
        if exposure is None or not str(error).startswith("weight"):
            raise
        raise type(error)(f"exposure{str(error).removeprefix('weight')}") from error
    return Pool(tally, group, None, exposure is None, word)


def _of_population(population: Population, word: str) -> Pool:
    return Pool(
        population.tally,
        population.group,
        None if population.se is None else np.square(population.se),
        True,
        word,
        population.date,
        population.mapping,
        population.classification,
        population.source,
        population.ages,
    )
