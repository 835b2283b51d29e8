"""Rows of findings about plans: dicts with whatever each has, as columns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

Columns = dict[str, list[Any]]


def as_columns(rows: Sequence[Mapping[str, Any]], first: Sequence[str]) -> Columns:
    """The rows as columns, the ones named first also where there are no rows; None where a row has no value."""
    names = list(dict.fromkeys([*first, *(name for row in rows for name in row)]))
    return {name: [row.get(name) for row in rows] for name in names}


def written(day: dt.date | None) -> str | None:
    """A day as findings hold it."""
    return None if day is None else day.isoformat()


def percent(count: int, nobs: int) -> float:
    """A full count in percent; NaN of none."""
    return 100 * count / nobs if nobs else float("nan")
