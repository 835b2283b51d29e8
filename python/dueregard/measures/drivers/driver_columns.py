"""The columns of a model of drivers as numbers: which are whose, and what they are called."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.importance.collinear import made_of
from dueregard.inference.importance.players import Players
from dueregard.measures.drivers.driver_questions import DriverQuestion
from dueregard.measures.listed import listed
from dueregard.measures.model_columns import BEST, ModelColumn
from dueregard.measures.model_rows import ModelRows

ALIKE = "is the same in all complete rows"


@dataclass(frozen=True, eq=False)
class DriverColumns:
    """Columns of drivers, then of controls, then the outcome, less ``middle``; 0 in rows that are not complete.

    Attributes
    ----------
    drivers : list of str
    players : Players
        The columns of each driver and of the controls, by number.
    names : list of str
        Of all columns but the outcome.
    values : array of float64, shape (rows, columns + 1)
    middle : array of float64, shape (columns + 1,)
        Their medians, taken from each column so that sums of squares keep their digits, in groups too that lack the
        largest number of all.
    is_number : array of bool, shape (drivers,)
        Drivers that are numbers, which have a level and can be raised; not categories.
    best : array of float64, shape (drivers,)
        The best level there can be; NaN where it is not known.
    n_levels : array of int64, shape (drivers,)
        Levels of the driver's categories; 0 of numbers.
    """

    drivers: list[str]
    players: Players
    names: list[str]
    values: Floats
    middle: Floats
    is_number: NDArray[np.bool_]
    best: Floats
    n_levels: NDArray[np.int64]

    @property
    def members(self) -> Floats:
        """The columns of drivers that are numbers, ones and zeros of shape (drivers, columns)."""
        found = np.zeros((len(self.drivers), len(self.names)))
        for driver, columns in enumerate(self.players.groups):
            found[driver, list(columns)] = self.is_number[driver]
        return found

    def kept(self, columns: Sequence[int], groups: Sequence[Sequence[int]], names: Sequence[str]) -> "DriverColumns":
        """Some of the columns, with drivers that are joined: ``groups`` of numbers of drivers, and their names."""
        place = {column: i for i, column in enumerate(columns)}
        every = [*columns, len(self.names)]

        def moved(old: Any) -> tuple[int, ...]:
            return tuple(place[column] for column in old if column in place)

        joined = [[column for driver in group for column in self.players.groups[driver]] for group in groups]
        return replace(
            self,
            drivers=list(names),
            players=Players(tuple(moved(each) for each in joined), moved(self.players.controls)),
            names=[self.names[column] for column in columns],
            values=self.values[:, every],
            middle=self.middle[every],
            is_number=np.array([all(self.is_number[list(group)]) for group in groups]),
            best=np.array([_same(self.best[list(group)]) for group in groups]),
            n_levels=np.array([self.n_levels[list(group)].sum() for group in groups]),
        )


def _same(best: Floats) -> float:
    return float(best[0]) if (best == best[0]).all() else np.nan


def driver_columns(rows: ModelRows, asked: DriverQuestion) -> DriverColumns:
    """The columns side by side, a category as an indicator for each of its levels but the first."""
    by_name = {column.name: _truths_as_numbers(column) for column in rows.columns}
    terms = {name: _terms(column, rows.weighs) for name, column in by_name.items()}
    blocks, names, place = [], list[str](), dict[str, list[int]]()
    for name in asked.columns:
        block, own = terms[name]
        place[name] = list(range(len(names), len(names) + len(own)))
        blocks.append(block)
        names += own
    values = np.column_stack([*blocks, rows.outcome.values])
    middle = np.median(values[rows.weighs], axis=0)
    whose = {name: [by_name[column] for column in columns] for name, columns in asked.drivers.items()}
    return DriverColumns(
        drivers=list(whose),
        players=Players(
            tuple(tuple(i for column in columns for i in place[column]) for columns in asked.drivers.values()),
            tuple(i for column in asked.controls for i in place[column]),
        ),
        names=names,
        values=np.where(rows.is_complete[:, np.newaxis], values - middle, 0.0),
        middle=middle,
        is_number=np.array([all(column.levels is None for column in columns) for columns in whose.values()]),
        best=np.array([_best(columns, asked) for columns in whose.values()]),
        n_levels=np.array([sum(_n_levels(each, rows.weighs) for each in columns) for columns in whose.values()]),
    )


def _truths_as_numbers(column: ModelColumn) -> ModelColumn:
    """True as 100 and False as 0, so that a level is the percentage of whom it is true."""
    if column.levels is None or not all(isinstance(label, bool | np.bool_) for label in column.levels):
        return column
    score = np.array([*(BEST * bool(label) for label in column.levels), np.nan])
    return ModelColumn(column.name, None, score[column.values], scored=True)


def _terms(column: ModelColumn, weighs: NDArray[np.bool_]) -> tuple[Floats, list[str]]:
    """The columns of one, and their names: of a category those of the levels that complete rows have but the first."""
    if column.levels is None:
        return column.columns, [column.name]
    met = np.flatnonzero(np.bincount(column.values[weighs], minlength=len(column.levels)))
    if len(met) < 2:
        raise ValueError(f"drivers: {column.name!r} {ALIKE}, and explains nothing")
    return column.columns[:, met[1:]], [f"{column.name}: {column.levels[i]}" for i in met[1:]]


def _n_levels(column: ModelColumn, weighs: NDArray[np.bool_]) -> int:
    """How many levels of a category complete rows have; 0 of numbers."""
    return 0 if column.levels is None else len(np.unique(column.values[weighs]))


def _best(columns: Sequence[ModelColumn], asked: DriverQuestion) -> float:
    """100, where all columns are answers scored from 0 to 100."""
    scored = all(column.scored for column in columns)
    given = [asked.scores.get(column.name) for column in columns]
    return BEST if scored and not any(isinstance(each, dict) for each in given) else np.nan


def refuse_outcome(found: DriverColumns, cross: Floats, name: str) -> None:
    """Refuse an outcome that does not vary, or that is made of drivers and controls."""
    outcome = len(found.names)
    twice = [*range(outcome + 2), outcome + 1]  # once as a column too
    made = made_of(cross[np.ix_(twice, twice)])
    if outcome not in made:
        return
    if not made[outcome]:
        raise ValueError(f"outcome: {name!r} {ALIKE}, and leaves nothing to explain")
    parts = listed([repr(found.names[column]) for column in made[outcome]])
    raise ValueError(f"outcome: {name!r} is made of {parts}, and leaves nothing to find out")


def told_apart(found: DriverColumns, cross: Floats, collinear: str) -> DriverColumns:
    """Refuse columns that do not vary and drivers that are made of others, or join the latter if that is asked for."""
    players = found.players
    made = made_of(cross, players.controls)
    for column, others in made.items():
        if not others:
            argument = "controls" if column in players.controls else "drivers"
            raise ValueError(f"{argument}: {found.names[column]!r} {ALIKE}, and explains nothing")
    if not made:
        return found
    owner = {column: i for i, group in enumerate(players.groups) for column in group}
    for column, others in made.items():
        own = {owner.get(each) for each in (column, *others)}
        if collinear == "refuse" or None in own:
            raise ValueError(_made_words(found, column, others, None in own))
    return _pooled(found, made, owner)


def _made_words(found: DriverColumns, column: int, others: Sequence[int], controlled: bool) -> str:
    parts = listed([repr(found.names[other]) for other in others])
    remedy = "leave one of them out" + ("" if controlled else ", or join such drivers with collinear='pool'")
    argument = "controls" if column in found.players.controls else "drivers"
    return f"{argument}: {found.names[column]!r} is made of {parts}, so that nobody can tell them apart; {remedy}"


def _pooled(found: DriverColumns, made: dict[int, tuple[int, ...]], owner: dict[int, int]) -> DriverColumns:
    """Drivers that are made of one another as one, without the columns that say nothing of their own."""
    root = list(range(len(found.drivers)))
    for column, others in made.items():
        together = {root[owner[each]] for each in (column, *others)}
        root = [min(together) if each in together else each for each in root]
    groups = [[i for i, each in enumerate(root) if each == first] for first in sorted(set(root))]
    if len(groups) < 2:
        raise ValueError("collinear: every driver is made of the others, and pooled they are only one")
    names = [" + ".join(found.drivers[i] for i in group) for group in groups]
    return found.kept([column for column in range(len(found.names)) if column not in made], groups, names)
