"""Notes below tables: what their rows need to be read right."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dueregard.measures.verdicts import TOO_FEW
from dueregard.publish.readings import Row, known
from dueregard.publish.tables.cells import Column
from dueregard.publish.tables.headings import known_levels, percent
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.ratios import TIMES

AT_ODDS = (
    "Each interval is for its row alone, each verdict allows for all the comparisons made at once: so an interval can "
    "leave out {neutral:g} and its verdict still be '{verdict}'."
)
EFFECTIVE = "Effective base: the size of a simple random sample that would say as much."
SIMULTANEOUS = "Simultaneous limits hold for all the comparisons made at once."
FACTORS = f"{TIMES} is a factor either way: {TIMES}1.25 is from 0.8 to 1.25 times."
ROUNDED = "Differences are rounded from exact figures."


def reading_notes(columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """Why an interval and its verdict may seem at odds, how numbers round, and what other intervals are."""
    shown = {column.name for column in columns}
    notes = []
    odd = next((row for row in rows if _seems_at_odds(row)), None)
    if {"low", "high", "verdict"} <= shown and odd is not None:
        notes.append(AT_ODDS.format(neutral=unit_of(odd).neutral, verdict=TOO_FEW))
    if "effective_nobs" in shown:
        notes.append(EFFECTIVE)
    if "simultaneous_low" in shown:
        notes.append(SIMULTANEOUS)
    if {"value", "reference_value", "estimate"} <= shown and any(map(_rounds_apart, rows)):
        notes.append(ROUNDED)
    in_words = any(column.planned for column in columns)  # they stand above the rows, not among them
    spreads = [row for row in rows if row.get("row_type") == "variation" and not in_words]
    if "estimate" in shown and any(unit_of(row).name == "factor" and known(row.get("estimate")) for row in spreads):
        notes.append(FACTORS)
    return notes + (_levels_of_spreads(spreads, rows) if "low" in shown else [])


def _levels_of_spreads(spreads: Sequence[Row], rows: Sequence[Row]) -> list[str]:
    """Of which level the intervals of the spread are, where it is another than that of the groups."""
    levels = known_levels(row for row in spreads if known(row.get("low")))
    if not levels or levels == known_levels(row for row in rows if row.get("row_type") != "variation"):
        return []
    if len(levels) == 1:
        return [f"The interval of the spread is a {percent(next(iter(levels)))} one."]
    first = [row["confidence_level"] for row in spreads if known(row.get("low"))]
    said = " and ".join(percent(level) for level in dict.fromkeys(first))
    return [f"The intervals of the spread are, in this order, of {said}."]


def _seems_at_odds(row: Row) -> bool:
    """Whether an interval leaves out no difference and the verdict is that there is too little to tell."""
    return str(row.get("verdict") or "").startswith(TOO_FEW) and unit_of(row).excludes_neutral(row)


def _rounds_apart(row: Row) -> bool:
    """Whether the printed values come to another number than the printed estimate."""
    ends = [row.get(name) for name in ("value", "reference_value", "estimate")]
    return all(map(known, ends)) and all(map(math.isfinite, ends)) and unit_of(row).rounds_apart(row)  # type: ignore[arg-type]
