"""Tallies with a measured value, such as pay or a time, as their last dimension."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.measures.grouped import tally_of
from dueregard.missing import is_missing
from dueregard.records.number_columns import numbers_of
from dueregard.records.whole_tables import table_of
from dueregard.tallies import Tally


def measured_tally(
    data: Any,
    columns: Sequence[str],
    *,
    argument: str,
    value: str,
    where: Any,
    labels: Mapping[str, Sequence[Any]] | None,
    missing: Mapping[Any, str] | None,
    threads: int | None,
) -> Tally:
    """The data as a tally of the columns and the value; of records the value may be any number.

    ``argument`` is what messages call the value.
    """
    options: dict[str, Any] = {"weight": None, "missing": missing, "threads": threads}
    if isinstance(data, Tally):
        tally = tally_of(data, columns, outcome=value, where=where, labels=labels, **options)
        if tally.weighted:
            raise ValueError(f"{argument}: every case counts once; count without weight=")
        return tally
    table, keep = table_of(data, [*columns, value], where)
    numbers = _numbers(argument, value, table[value])
    known = ~np.isnan(numbers)
    values, codes = np.unique(numbers[known], return_inverse=True)
    every = np.zeros(len(numbers), np.int64)
    every[known] = codes
    table[value] = np.ma.MaskedArray(every, mask=~known)
    listed = {**(labels or {}), value: values.tolist() or [0.0]}
    tally = tally_of(table, columns, outcome=value, where=keep, labels=listed, **options)
    from dueregard import records

    return replace(tally, provenance=records.provenance_of(data), native=records.native_of(data))


def values_of(tally: Tally, argument: str, value: str) -> tuple[Tally, list[int], Floats]:
    """The tally with its values ascending, the positions of their labels, and the values."""
    names = tally.labels[value]
    read = {i: _number(argument, value, label) for i, label in enumerate(names) if not is_missing(label)}
    ascending = sorted(set(read.values()))
    kinds = [label for label in names if is_missing(label)]
    order = {number: i for i, number in enumerate([*ascending, *kinds])}
    moves = {value: ([order[read.get(i, label)] for i, label in enumerate(names)], [*ascending, *kinds])}
    spread = tally.relabelled(moves)
    return spread, list(range(len(ascending))), np.array(ascending, np.float64)


def _number(argument: str, value: str, label: Any) -> float:
    if not isinstance(label, (bool, np.bool_)):
        try:
            number = float(label)
        except (TypeError, ValueError):
            number = np.nan
        if np.isfinite(number) and number >= 0:
            return number + 0.0
        if number < 0 or np.isinf(number):
            raise ValueError(f"{argument}: {label!r} in {value!r} is {'negative' if number < 0 else 'infinite'}")
    raise ValueError(f"{argument}: {label!r} in {value!r} is not a number")


def _numbers(argument: str, name: str, column: Any) -> Floats:
    """A column as numbers that are not negative, NaN where there is none."""
    values = numbers_of(argument, name, column)
    for problem, bad in (("is negative", values < 0), ("is infinite", np.isinf(values))):
        if bad.any():
            row = int(bad.argmax())
            raise ValueError(f"{argument}: {values[row]:g} at row {row} of {name!r} {problem}")
    return values + 0.0
