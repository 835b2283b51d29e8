"""Tables in which each row is an area and not a person: refused, unless it is said that they are meant."""

import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from dueregard.designs import cell_codes
from dueregard.inference import checked
from dueregard.missing import is_missing
from dueregard.records import whole_tables
from dueregard.records.rows import Keep

UNITS = ("people", "areas")

# fmt: off
AREA_WORDS = frozenset((
    "area", "areas", "authority", "bcu", "bocu", "borough", "boroughs", "council", "county", "constituency",
    "district", "districts", "division", "force", "forces", "lad", "lga", "lsoa", "msoa", "neighbourhood", "parish",
    "region", "regions", "sector", "town", "ward", "wards",
))
# fmt: on
"""Names of columns that hold places."""


def check_unit(data: Any, unit: str, *, where: Any = None, without: Iterable[str] = ()) -> None:
    """Refuse a table of areas where results are about people.

    Parameters
    ----------
    data : dict of arrays, data frame, Arrow data, or path
        Records; not a Tally, whose cells have people in them.
    unit : str
        "people", or "areas" where each row is meant to be one.
    where : narwhals expression or array of bool, optional
        Only these rows count.
    without : iterable of str
        Columns that say nothing here: those of a design, since a sample may well have one person from each ward.

    Raises
    ------
    ValueError
        If the unit is neither; if it is people, and a column that is named like a place has another label in every row:
        then each row is an area, and what holds between areas need not hold between people (Robinson 1950).
    """
    checked.one_of("unit", unit, UNITS)
    if unit == "areas":
        return
    whole = data if isinstance(data, Mapping) else whole_tables.frame_of(data)
    left_out = set(without)
    places = [name for name in whole_tables.column_names(whole) if name not in left_out and is_place(name)]
    table, keep = whole_tables.table_of(whole, places, where) if places else ({}, None)
    for name, column in table.items():
        rows = _rows_of_their_own(name, column, keep)
        if rows > 1:
            raise ValueError(
                f"unit: each of the {rows:,} rows is another {name!r}, an area and not a person, and what holds "
                "between areas need not hold between people; pass unit='areas' if results are meant to be about areas"
            )


def is_place(name: Any) -> bool:
    """Whether a column is named like a place: one of its words is one of `AREA_WORDS`.

    Examples
    --------
    >>> is_place("Borough name"), is_place("LSOA11CD"), is_place("workforce")
    (True, True, False)
    """
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", str(name))
    return any(word.casefold() in AREA_WORDS for word in words)


def _rows_of_their_own(name: str, column: Any, keep: Keep) -> int:
    """The number of rows if each that states its place is in another; 0 if some share one, or these are no labels."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # who asks for the column hears of its labels
        try:
            tally, _ = cell_codes.coded({name: column}, None, None, keep, labels=None, missing=None, threads=None)
        except TypeError:  # numbers with decimals, dates
            return 0
    counts = [int(n) for n, label in zip(tally.counts, tally.labels[name], strict=True) if not is_missing(label)]
    return sum(counts) if max(counts, default=0) == 1 else 0
