"""Values and differences as sentences and charts write them, each in its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dueregard.publish.numbers import plain, spoken
from dueregard.units import LOWER_THAN_REFERENCE

Row = Mapping[str, Any]


def in_points(row: Row) -> bool:
    """Whether values are percentages and differences percentage points, as for rows that name no unit."""
    unit = row.get("unit_of_measure")
    return unit is None or str(unit) in ("percent", "percentage points", "factor", "ratio", "odds ratio")


def unit_of(rows: Iterable[Row]) -> Row:
    """What a row needs for its amounts: the unit of the first row that has one."""
    return {"unit_of_measure": next((row["unit_of_measure"] for row in rows if row.get("unit_of_measure")), None)}


def amount(row: Row, column: str, decimals: int) -> str:
    """A value: "81%", "14.60" of pay, "12 days".

    >>> amount({"value": 14.6, "unit_of_measure": "% lower than the reference"}, "value", 0)
    '14.60'
    >>> amount({"value": 12.0, "unit_of_measure": "days"}, "value", 0)
    '12 days'
    """
    value = row[column]
    if in_points(row):
        return f"{plain(value, decimals)}%"
    if row["unit_of_measure"] == LOWER_THAN_REFERENCE:
        return f"{value:,.2f}"
    return f"{value:,.10g} {spoken(row['unit_of_measure'])}"


def size_of(row: Row, size: str) -> str:
    """The size of a difference with its unit.

    >>> size_of({}, "1"), size_of({"unit_of_measure": "% lower than the reference"}, "27")
    ('1 percentage point', '27%')
    """
    if in_points(row):
        return f"{size} percentage point{'' if float(size.replace(',', '')) == 1 else 's'}"
    if row["unit_of_measure"] == LOWER_THAN_REFERENCE:
        return f"{size}%"
    return f"{size} {spoken(row['unit_of_measure'])}"


def side(row: Row, value: float) -> str:
    """Whether a difference means that the group is lower or higher.

    >>> side({}, -2.0), side({"unit_of_measure": "% lower than the reference"}, -2.0)
    ('lower', 'higher')
    """
    turned = row.get("unit_of_measure") == LOWER_THAN_REFERENCE
    return "lower" if (value < 0) != turned else "higher"


def of_spread(row: Row, size: str) -> str:
    """The size of how differences vary, with its unit."""
    return f"{size} percentage points" if in_points(row) else size_of(row, size)
