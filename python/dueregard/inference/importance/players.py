"""Which columns belong to which driver, and which are held constant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dueregard.inference import checked

MOST = 25
"""Drivers of which all sets are gone through: a third of a second; each further one doubles that."""

Columns = tuple[int, ...]


@dataclass(frozen=True)
class Players:
    """Numbers of columns: one tuple for each driver, and those that are in every set."""

    groups: tuple[Columns, ...]
    controls: Columns

    @property
    def columns(self) -> Columns:
        """Those of all drivers, one driver after the other."""
        return tuple(column for group in self.groups for column in group)

    @property
    def narrowest_first(self) -> list[int]:
        """Numbers of drivers: the sweep comes back to the first ones most often, and these should have few columns."""
        return sorted(range(len(self.groups)), key=lambda driver: len(self.groups[driver]))


def read(groups: Any, controls: Any, n_columns: int) -> Players:
    """Every column is of one driver or held constant; without ``groups`` each that is not is a driver by itself."""
    held = _columns("controls", () if controls is None else controls, n_columns)
    rest = [(column,) for column in range(n_columns) if column not in held]
    if groups is not None and (isinstance(groups, str) or not isinstance(groups, Iterable)):
        raise TypeError(f"groups: {groups!r} is not a list of lists of column numbers")
    found = rest if groups is None else [_columns(f"groups[{i}]", g, n_columns) for i, g in enumerate(groups)]
    players = Players(tuple(found), held)
    _refuse(players, n_columns)
    return players


def _columns(name: str, columns: Any, n_columns: int) -> Columns:
    if isinstance(columns, str) or not isinstance(columns, Iterable):
        raise TypeError(f"{name}: {columns!r} is not a list of column numbers")
    found = tuple(checked.integer(name, column) for column in columns)
    for column in found:
        if not 0 <= column < n_columns:
            raise ValueError(f"{name}: there is no column {column} of {n_columns}, counted from 0")
    return found


def _refuse(players: Players, n_columns: int) -> None:
    """Refuse drivers without columns, columns with two places or none, and too many drivers."""
    if not players.groups:
        raise ValueError("groups: there is no driver")
    if len(players.groups) > MOST:
        raise ValueError(f"groups: {len(players.groups)} drivers are more than {MOST}: all their sets are gone through")
    empty = [driver for driver, group in enumerate(players.groups) if not group]
    if empty:
        raise ValueError(f"groups[{empty[0]}]: a driver without columns")
    placed = players.columns + players.controls
    for column in range(n_columns):
        if placed.count(column) != 1:
            what = "in no group and no control" if column not in placed else "in two places of groups and controls"
            raise ValueError(f"groups: column {column} is {what}")
