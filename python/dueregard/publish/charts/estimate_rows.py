"""What a chart of values draws: a figure of an area, a group or an answer, on its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, label, named, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

FAR = 3.0
"""A figure of all areas that is so many times the largest of any, as a total is, would leave no room for them."""


@dataclass(frozen=True)
class Figure:
    """One row."""

    label: str
    value: Any
    low: Any
    high: Any
    unit: object
    bold: bool


def figures_of(findings: Findings) -> dict[str, list[Figure]]:
    """The rows of each measure, in the order of the findings; areas and groups that are kinds of missing have none."""
    by = by_columns(findings)
    found: dict[str, list[Figure]] = {}
    for row, *_ in statements(rows_of(findings, "group", "reference", None)):
        if not any(is_missing(row[name]) for name in (*by, "group")):
            found.setdefault(label(row["measure"] or "value"), []).append(_figure(row, by))
    return {measure: rows for measure, rows in found.items() if any(known(row.value) for row in rows)}


def _figure(row: Row, by: Sequence[str]) -> Figure:
    words = [area_of(row, by)] if by else []
    words += [named(row["group"])] if row["group"] is not None else []
    name = ", ".join(words) or "Everybody"
    return Figure(name, row["value"], row["low"], row["high"], row["unit_of_measure"], is_all_areas(row, by))


def drawn(rows: Sequence[Figure]) -> list[Figure]:
    """The rows that set the scale: not that of all areas where it is far beyond them."""
    areas = [row for row in rows if not row.bold and known(row.value)]
    if not areas:
        return list(rows)
    most = max(row.high if known(row.high) else row.value for row in areas)
    return [row for row in rows if not (row.bold and known(row.value) and row.value > FAR * most > 0)]
