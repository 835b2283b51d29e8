"""Values of areas as tables, sentences and charts write them: percentages, rates per so many, and bare ratios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.publish.numbers import decimals_for, plain
from dueregard.publish.readings import fixed, is_area
from dueregard.publish.sentences.wording import inside, plural
from dueregard.publish.units.ratios import times
from dueregard.units import COUNT_OVER_COUNT, OBSERVED_OVER_EXPECTED

Row = Mapping[str, Any]

BARE = (OBSERVED_OVER_EXPECTED, COUNT_OVER_COUNT)
PERCENTS = (None, "percent", "percentage points")


def heading_unit(unit: object) -> str:
    """What stands behind the heading of values, in brackets; empty for other units.

    >>> heading_unit("per 1,000"), heading_unit("observed over expected"), heading_unit("percent")
    ('per 1,000', 'observed over expected', '')
    """
    return str(unit) if unit in BARE or str(unit).startswith("per ") else ""


def area_value(value: float, row: Row) -> str:
    """A value with its unit in a sentence: whole percentages of small bases, as many decimals as rates and ratios take.

    A rate whose measure says per how many it is does not say it again.

    >>> area_value(12.34, {"unit_of_measure": "percent", "nobs": 200})
    '12%'
    >>> area_value(12.34, {"unit_of_measure": "per 1,000"}), area_value(1.234, {"unit_of_measure": BARE[0]})
    ('12.3 per 1,000', '1.23')
    """
    unit = row.get("unit_of_measure")
    if unit in PERCENTS:
        return f"{plain(value, decimals_for(row.get('nobs')))}%"
    said = str(unit) in str(row.get("measure")) or not str(unit).startswith("per ")
    return area_number(value, row) + ("" if said else f" {unit}")


def area_number(value: float, row: Row) -> str:
    """The same without its unit."""
    unit = row.get("unit_of_measure")
    if unit in PERCENTS:
        return plain(value, decimals_for(row.get("nobs")))
    return times(value, exact=False) if unit in BARE or value < 1 else plain(value, 1)


def area_tick(value: float, unit: object) -> str:
    """A number of the scale of a chart."""
    text = f"{value:,.10g}"
    return f"{text}%" if unit in PERCENTS else text


def area_mark(value: float, unit: object) -> str:
    """A value beside a point of a chart."""
    if unit in PERCENTS:
        return f"{fixed(value, 0 if value >= 1 or value == 0 else 1)}%"
    return times(value, exact=False) if unit in BARE else fixed(value, 1 if value < 100 else 0)


def areas_word(by: Sequence[str]) -> str:
    """What several areas are called.

    >>> areas_word(["borough"]), areas_word(["police_force_area"]), areas_word(["city"]), areas_word(["grade"])
    ('boroughs', 'police force areas', 'areas', 'levels of grade')
    """
    if len(by) == 1 and is_area(by[0]) and not by[0].endswith(("s", "y")):
        return f"{inside(by[0])}s"
    return plural(by)
