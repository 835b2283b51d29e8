"""Areas beside each other in plain English: where each lies in a funnel, and what a small area's figure is worth."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dueregard.flags import Flag
from dueregard.measures.areas.funnel_rows import TARGET, WITHIN
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, opening, percent_level, place_in, too_few
from dueregard.publish.units.area_units import PERCENTS, area_number, area_value, areas_word

SURE = 0.05
"""Below this p-value areas are said to vary beyond chance."""


def funnel_sentence(row: Row, by: Sequence[str], further: Sequence[Row] = ()) -> str:
    """What one area of a funnel says, with the rows of its further levels: its value, and the limits of its size."""
    if row["row_type"] != "group":
        return _whole(row, by)
    subject = opening(row, f"{spoken(row['measure'] or 'value')}{place_in(row, by)}")
    alone = _why_alone(row, subject)
    if alone or not row["verdict"]:
        return alone or f"{subject} {_came_to(row)}; there is nothing to hold it against."
    levels = sorted((row, *further), key=lambda each: each["confidence_level"])
    at = _row_of_verdict(row["verdict"], levels)
    within = row["verdict"] == WITHIN
    limits = f"{_number(at['control_low'], row)} to {_number(at['control_high'], row)}"
    side = "within" if within else row["verdict"].partition(" ")[0]
    return (
        f"{subject} {_came_to(row)}, {side} the {percent_level(at)} control limits for its "
        f"size, {limits}, around {_target(row)} ({_held_against(row)}). " + _meaning(row, at is levels[-1])
    )


def shrinkage_sentence(row: Row, by: Sequence[str]) -> str:
    """What one area says of its own value and of the one that is drawn towards the other areas."""
    if row["row_type"] != "group":
        return _whole(row, by)
    subject = opening(row, f"{spoken(row['measure'] or 'value')}{place_in(row, by)}")
    alone = _why_alone(row, subject)
    if alone:
        return alone
    own = f"{subject} {_came_to(row)} ({percent_level(row)} interval {_span(row, 'low', 'high')})"
    if not known(row["shrunken"]):
        return f"{own}; there are too few areas to look at together."
    limits = f" ({percent_level(row)} interval {_span(row, 'shrunken_low', 'shrunken_high')})"
    drawn = area_value(row["shrunken"], row) + (limits if known(row["shrunken_low"]) else "")
    if Flag.NO_VARIATION in _flag(row):
        return f"{own}. Areas vary no more than chance would make them: the best guess for each is {drawn}."
    return (
        f"{own}. Looked at together with the other {areas_word(by)}, {drawn} is to be expected of it: "
        f"{plain(row['weight'], 0)}% of that is its own value, the rest what is usual."
    )


def _whole(row: Row, by: Sequence[str]) -> str:
    """All areas together, and how much areas vary."""
    what = spoken(row["measure"] or "value")
    if row["row_type"] == "variation":
        return _variation(row, by, what)
    if not known(row["value"]):
        return opening(row, f"{what}{place_in(row, by)} cannot be given: no cases.")
    target = ""
    if row["reference"] == TARGET:
        target = f", against a target of {_target(row)}"
    return opening(row, f"{what}{place_in(row, by)} {_came_to(row)}{target}.")


def _variation(row: Row, by: Sequence[str], what: str) -> str:
    """Whether areas vary beyond chance, and by how much."""
    areas = areas_word(by)
    if not known(row["value"]):
        few = Flag.TOO_FEW_AREAS in _flag(row)
        return opening(row, f"whether {areas} vary in {what} beyond chance cannot be said.") if few else ""
    if Flag.NO_VARIATION in _flag(row):
        return opening(row, f"{areas} vary in {what} no more than chance would make them; do not rank them by it.")
    spread = f"standard deviation {_spread(row)}"
    if not known(row["pvalue"]):
        return opening(row, f"{areas} vary in {what} ({spread}, chance taken out).")
    if row["pvalue"] < SURE:
        return opening(row, f"{areas} vary in {what} beyond chance ({spread}).")
    return opening(
        row,
        f"there is no clear evidence that {areas} vary in {what} beyond chance ({spread}); do not rank them by it.",
    )


def _spread(row: Row) -> str:
    unit = row["unit_of_measure"]
    text = plain(row["value"], 1) if unit in PERCENTS else area_number(row["value"], row)
    return f"{text} percentage points" if unit in PERCENTS else text


def _why_alone(row: Row, subject: str) -> str:
    """Why a row is not held against anything, or nothing."""
    flag = _flag(row)
    if Flag.NOT_RECORDED in flag:
        return f"{subject} cannot be given: no records were sent."
    if not known(row["value"]):
        return f"{subject} cannot be given: {'nobody lives there' if Flag.NO_POPULATION in flag else 'no cases'}."
    if too_few(row["count"], row["nobs"]) or row["count"] == 1:
        return f"{subject}: too few {'people' if row['unit_of_measure'] in PERCENTS else 'events'} to describe."
    if Flag.MISSING_GROUP in flag:
        return f"{subject} {_came_to(row)}; this is not an area to compare."
    return ""


def _row_of_verdict(verdict: str, levels: Sequence[Row]) -> Row:
    """The row of the level that the verdict names; that of the narrowest limits when it is within all."""
    return next((row for row in levels if f" {percent_level(row)} " in verdict), levels[0])


def _meaning(row: Row, widest: bool) -> str:
    """What being inside or outside comes to, and what it does not say."""
    widened = "widened" in str(row["method"])
    if row["verdict"] == WITHIN:
        if str(row["method"]).startswith("log ") and not row["control_low"] <= row["value"] <= row["control_high"]:
            return "It is within them with the half that is added to counts, for 0 has no logarithm."
        usual = "what areas usually vary by" if widened else "what chance alone would explain"
        return f"This is no more than {usual}."
    usual = "areas usually vary by" if widened else "chance alone would easily explain"
    if widest:
        return f"This is more than {usual}; it does not say why."
    return "Among many areas a few are that far out by chance alone, so it is a reason to look, not a finding."


def _came_to(row: Row) -> str:
    """The value of an area; of two counts it is infinite where there is none of the second."""
    return (
        "has no ratio, for the second count is 0"
        if math.isinf(row["value"])
        else f"came to {area_value(row['value'], row)}"
    )


def _target(row: Row) -> str:
    """What areas are held against: a target that was given is written as it was."""
    if row["reference"] != TARGET:
        return area_value(row["reference_value"], row)
    return f"{row['reference_value']:,.10g}{'%' if row['unit_of_measure'] in PERCENTS else ''}"


def _held_against(row: Row) -> str:
    return "the target" if row["reference"] == TARGET else spoken(row["reference"])


def _number(value: float, row: Row) -> str:
    return f"{area_number(value, row)}%" if row["unit_of_measure"] in PERCENTS else area_number(value, row)


def _span(row: Row, low: str, high: str) -> str:
    return f"{_number(row[low], row)} to {_number(row[high], row)}"


def _flag(row: Row) -> Flag:
    return Flag(row["flag"]) if isinstance(row["flag"], int) else Flag(0)
