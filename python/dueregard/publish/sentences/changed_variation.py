"""How much the changes of areas vary beyond chance, in plain English: what has to be said before an area is named."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.readings import known
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread
from dueregard.publish.sentences.wording import Row, percent_level
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.area_units import areas_word


def changed_variation(rows: Sequence[Row], by: Sequence[str], *, few: bool = False) -> list[str]:
    """What the rows on variation of one group say; nothing where there are none. The largest change is not told where
    some area has too ``few`` people to describe, for it may be theirs."""
    spreads = [row for row in rows if is_spread(row)]
    if not spreads:
        return []
    largest = next((row for row in rows if not is_spread(row) and known(row["estimate"])), None)
    return [_spread(spreads, areas_word(by)) + ("" if few else _largest(largest))]


def _spread(rows: Sequence[Row], areas: str) -> str:
    row, unit = rows[0], unit_of(rows[0])
    if not known(row["estimate"]):
        return f"Whether {areas} changed differently cannot be said: too few {areas} have cases."
    if row["high"] == unit.neutral:
        return f"The changes of {areas} vary even less than chance alone would make them: do not rank {areas} by them."
    limits = "; ".join(
        f"{percent_level(each)} interval {unit.spread_number(each['low'])} to {unit.spread_number(each['high'])}"
        for each in rows
    )
    spread = f"({unit.spread(row['estimate'])} with chance taken out, {limits})"
    if is_beyond_chance(row):
        return f"{areas[:1].upper()}{areas[1:]} changed differently, beyond chance {spread}."
    return f"It is not shown that {areas} changed differently {spread}: do not rank {areas} by their changes."


def _largest(row: Row | None) -> str:
    if row is None:
        return ""
    unit = unit_of(row)
    return (
        f" The largest change seen is {unit.largest(row['value'])}; about {unit.largest_number(row['estimate'])} would "
        "be expected by chance if all had changed alike."
    )
