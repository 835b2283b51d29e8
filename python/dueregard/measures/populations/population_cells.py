"""The cells of a population table: one number of people for each area and group, each there once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.labels import arrange
from dueregard.records import numerals, plain_tables
from dueregard.records.plain_tables import PlainTable

ESTIMATES = ("low", "high", "se")


@dataclass(frozen=True)
class Cells:
    """Numbers of people with one axis for each column of ``by`` and the groups last."""

    by: tuple[str, ...]
    group: str
    labels: dict[str, list[Any]]
    count: NDArray[np.int64]
    estimates: dict[str, Floats]
    ordered: bool = False
    """Whether the groups came in an order of their own."""
    rounded: bool = False
    """Whether an estimate was no whole number."""

    @property
    def groups(self) -> list[Any]:
        return self.labels[self.group]

    def keeping(self, index: Sequence[int]) -> "Cells":
        """Some of the groups."""
        labels = self.labels | {self.group: [self.groups[i] for i in index]}
        chosen = list(index)
        estimates = {name: values[..., chosen] for name, values in self.estimates.items()}
        return replace(self, labels=labels, count=self.count[..., chosen], estimates=estimates)


def read(data: Any, *, group: str, count: str | Sequence[str], by: tuple[str, ...], estimates: dict[str, str]) -> Cells:
    """The cells of a table with a row for each area and group or, with several counts, a column for each group."""
    if isinstance(count, str):
        table = plain_tables.read(data, [*by, group, count, *estimates.values()])
        return _long(table, group, count, by, estimates)
    columns = list(count)
    _check_columns(columns, group, by, estimates)
    return _wide(plain_tables.read(data, [*by, *columns]), group, columns, by)


def _check_columns(columns: list[Any], group: str, by: tuple[str, ...], estimates: dict[str, str]) -> None:
    if not columns:
        raise ValueError("count: the list of columns is empty")
    for i, name in enumerate(columns):
        if not isinstance(name, str):
            raise TypeError(f"count: {name!r} is not the name of a column")
        if name in columns[:i] or name in by:
            raise ValueError(f"count: column {name!r} is named twice")
    if estimates:
        first = next(iter(estimates))
        raise ValueError(f"{first}: needs a table with one row for each group; here count names a column for each")


def _long(table: PlainTable, group: str, count: str, by: tuple[str, ...], estimates: dict[str, str]) -> Cells:
    columns = table.columns
    keys = [tuple(row) for row in zip(*(columns[name] for name in (*by, group)), strict=True)]
    _refuse_blank(table, keys, (*by, group))
    people = [_count(table, row, count, bool(estimates), keys[row]) for row in range(table.n_rows)]
    more = {
        argument: [_amount(table, row, argument, name, keys[row]) for row in range(table.n_rows)]
        for argument, name in estimates.items()
    }
    _check_range(table, people, more, keys)
    position = _positions(table, keys, (*by, group))
    names = [(name, i, False) for i, name in enumerate((*by, group))]
    labels = {name: arrange((key[i] for key in keys), ordered=ordered) for name, i, ordered in names}
    order = [position[cell] for cell in _every_cell(labels, position)]
    return _cells(by, group, labels, [people[i] for i in order], {a: [v[i] for i in order] for a, v in more.items()})


def _wide(table: PlainTable, group: str, columns: list[str], by: tuple[str, ...]) -> Cells:
    keys = [tuple(row) for row in zip(*(table.columns[name] for name in by), strict=True)] or [()] * table.n_rows
    _refuse_blank(table, keys, by)
    position = _positions(table, keys, by)
    labels = {name: arrange((key[i] for key in keys), ordered=False) for i, name in enumerate(by)}
    order = [position[cell] for cell in _every_cell(labels, position)]
    people = [_count(table, row, name, False, keys[row]) for row in order for name in columns]
    return replace(_cells(by, group, {**labels, group: columns}, people, {}), ordered=True)


def _cells(
    by: tuple[str, ...],
    group: str,
    labels: dict[str, list[Any]],
    people: list[int | float],
    more: dict[str, list[float]],
) -> Cells:
    shape = tuple(map(len, labels.values()))
    whole = [round(value) for value in people]
    counts = np.array(whole, np.int64).reshape(shape)
    arrays = {name: np.array(values, np.float64).reshape(shape) for name, values in more.items()}
    return Cells(by, group, labels, counts, arrays, rounded=whole != people)


def _refuse_blank(table: PlainTable, keys: list[tuple[Any, ...]], names: Sequence[str]) -> None:
    if not table.n_rows:
        raise ValueError("the table holds no rows")
    for row, key in enumerate(keys):
        for name, label in zip(names, key, strict=True):
            if label is None or label != label or (isinstance(label, str) and not label.strip()):
                raise ValueError(f"column {name!r} is blank {table.at(row)}: each row needs a group and an area")
            if isinstance(label, float):
                raise TypeError(f"column {name!r}: {label!r} {table.at(row)} is no label; make it text or an integer")


def _positions(table: PlainTable, keys: list[tuple[Any, ...]], names: Sequence[str]) -> dict[tuple[Any, ...], int]:
    """The row of each area and group; each may be there once."""
    found: dict[tuple[Any, ...], int] = {}
    for row, key in enumerate(keys):
        if key in found:
            what = _described(names, key) if key else "everybody"
            raise ValueError(
                f"{what} is there twice, {table.at(found[key])} and {table.at(row)}: name the columns that divide "
                "the people further in by=, or add the rows up"
            )
        found[key] = row
    return found


def _every_cell(labels: dict[str, list[Any]], position: dict[tuple[Any, ...], int]) -> list[tuple[Any, ...]]:
    """Every area with every group; one that has no row is refused, for no row is not nobody."""
    cells = list(product(*labels.values()))
    for cell in cells:
        if cell not in position:
            where = _described(tuple(labels), cell)
            raise ValueError(f"there is no row for {where}: add one, with 0 if nobody is there")
    return cells


def _described(names: Sequence[str], key: tuple[Any, ...]) -> str:
    return ", ".join(f"{name} {label!r}" for name, label in zip(names, key, strict=True))


def _count(table: PlainTable, row: int, name: str, estimated: bool, key: tuple[Any, ...]) -> int | float:
    value = numerals.number(table.columns[name][row])
    wrong = numerals.refusal(value, whole=not estimated)
    if wrong:
        _refuse(table, row, "count", name, wrong, key)
    assert not isinstance(value, str)
    return value


def _amount(table: PlainTable, row: int, argument: str, name: str, key: tuple[Any, ...]) -> float:
    value = numerals.number(table.columns[name][row])
    wrong = numerals.refusal(value, whole=False)
    if wrong:
        _refuse(table, row, argument, name, wrong, key)
    return float(value)


def _refuse(table: PlainTable, row: int, argument: str, name: str, wrong: str, key: tuple[Any, ...]) -> None:
    cell = table.columns[name][row]
    shown = f"{name!r}" if wrong == "is blank" else f"{cell!r} in {name!r}"
    about = f" ({', '.join(map(str, key))})" if key else ""
    hint = {
        "is blank": ": give the number, or leave the row out",
        "is not a number": ": give the number, or leave the row out",
        "is not a whole number": ": people are counted whole; an estimate needs low= and high=, or se=",
    }.get(wrong, "")
    raise ValueError(f"{argument}: {shown} {wrong} {table.at(row)}{about}{hint}")


def _check_range(
    table: PlainTable, people: list[int | float], more: dict[str, list[float]], keys: list[tuple[Any, ...]]
) -> None:
    if "low" not in more:
        return
    for row, (low, middle, high) in enumerate(zip(more["low"], people, more["high"], strict=True)):
        if not low <= middle <= high:
            about = ", ".join(map(str, keys[row]))
            raise ValueError(f"low, high: {middle:,} is not between {low:,} and {high:,} {table.at(row)} ({about})")
