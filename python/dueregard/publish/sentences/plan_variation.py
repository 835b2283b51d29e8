"""How much the areas of a measure of a plan vary, in plain English: said before any of them is shown."""

from __future__ import annotations

from dueregard.plans.area_variation import VARIES
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.variation_sentences import is_spread
from dueregard.publish.sentences.wording import Row, percent_level
from dueregard.publish.units.amounts import unit_of

CHANGE = "change"


def variation_sentence(row: Row, *, named: str | None) -> str:
    """What a row on variation says, after a name if one is given; nothing of a largest that is not known.

    >>> row = {"row_type": "variation", "method": "between-area standard deviation, 1 area", "estimate": float("nan")}
    >>> variation_sentence(row, named="Users satisfied")
    'Users satisfied: whether areas differ cannot be said: too few have figures of one period.'
    """
    said = _spread(row) if is_spread(row) else _largest(row)
    if not said or named is None:
        return said
    return f"{spoken(named)}: {said[:1].lower()}{said[1:]}"


def _spread(row: Row) -> str:
    if not known(row["estimate"]):
        return "Whether areas differ cannot be said: too few have figures of one period."
    unit = unit_of(row)
    how = " in how they changed" if row["varies"] == CHANGE else ""
    if row["high"] == unit.neutral:
        return f"Areas show no sign of differing{how}: they vary even less than chance alone would make them."
    ends = f"{unit.spread_number(row['low'])} to {unit.spread_number(row['high'])}"
    measured = f"({unit.spread(row['estimate'])}, {percent_level(row)} interval {ends})"
    if row["verdict"] == VARIES:
        return f"Areas differ beyond chance{how} {measured}."
    return f"There is no clear evidence that areas differ beyond chance{how} {measured}; do not rank them by it."


def _largest(row: Row) -> str:
    """The largest seen, beside the largest to expect by chance."""
    if not known(row["estimate"]):
        return ""
    unit = unit_of(row)
    seen, by_chance = (unit.spread_number(row[name]) for name in ("value", "estimate"))
    text = f"The largest {row['varies']} of any area is {unit.spread_size(seen)}"
    return f"{text}; about {by_chance} would be expected by chance if they did not differ."
