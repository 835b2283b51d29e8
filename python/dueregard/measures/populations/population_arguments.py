"""What `dueregard.population` is told about a table, checked."""

import re
from collections.abc import Mapping
from dataclasses import replace
from os import fspath
from pathlib import Path
from typing import Any

from dueregard.inference import checked
from dueregard.inference.intervals import normal_quantile
from dueregard.measures.populations.population_cells import Cells
from dueregard.records import files


def by_columns(by: Any) -> tuple[Any, Any]:
    """The names that columns of areas are to have, and those that they have in the table."""
    return (list(by), list(by.values())) if isinstance(by, Mapping) else (by, by)


def renamed(cells: Cells, by: tuple[str, ...]) -> Cells:
    """The cells with other names of their columns of areas."""
    names = dict(zip(cells.by, by, strict=True))
    return replace(cells, by=by, labels={names.get(name, name): labels for name, labels in cells.labels.items()})


def estimates(low: str | None, high: str | None, se: str | None, taken: dict[str, Any]) -> dict[str, str]:
    """The columns that say how far the number of people can be off."""
    if (low is None) != (high is None):
        given, other = ("low", "high") if high is None else ("high", "low")
        raise ValueError(f"{given}: an estimate has both limits; name the column of {other}= too")
    columns = {name: column for name, column in (("low", low), ("high", high), ("se", se)) if column is not None}
    for name, column in columns.items():
        if not isinstance(column, str):
            raise TypeError(f"{name}: {column!r} is not the name of a column")
        for other, same in taken.items():
            if column == same:
                raise ValueError(f"{name}: {column!r} is already given as {other}")
        taken = taken | {name: column}
    return columns


def with_error(cells: Cells, confidence_level: float) -> Cells:
    """The cells with a standard error wherever there are limits."""
    if "low" not in cells.estimates or "se" in cells.estimates:
        return cells
    width = cells.estimates["high"] - cells.estimates["low"]
    return replace(cells, estimates=cells.estimates | {"se": width / (2 * normal_quantile(confidence_level))})


def date_text(date: Any) -> str:
    """What the numbers are of, as text; it must hold a year."""
    text = date.isoformat() if hasattr(date, "isoformat") else date
    if isinstance(text, int) and not isinstance(text, bool):
        text = str(text)
    if not isinstance(text, str):
        raise TypeError(f"date: {date!r} is not a text such as '2011' or '2011-03-27'")
    if not re.search(r"(?<!\d)\d{4}(?!\d)", text):
        raise ValueError(f"date: {date!r} holds no year; write for example '2011' or '2011-03-27'")
    return text


def source_text(data: Any, source: str | None) -> str | None:
    if source is not None or not files.is_path(data):
        return checked.words("source", source)
    paths = data if isinstance(data, list | tuple) else [data]
    more = f" and {len(paths) - 1} more" if len(paths) > 1 else ""
    return Path(fspath(paths[0])).name + more
