"""Indices of inequality in plain English: how large, how large by chance alone, and what that leaves to say."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dueregard.flags import Flag
from dueregard.measures.indices.index_catalogue import INDICES, SLOPES
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, opening, percent_level, place_in, too_few
from dueregard.publish.units.amounts import Unit, unit_of
from dueregard.publish.units.ratios import times


def index_sentence(row: Row, by: Sequence[str]) -> str:
    """What a row with an ``index`` says: value, interval, what chance alone would make, and what cannot be said."""
    name = row["index"]
    against = f" (from {_reference(row)})" if name == "disparity" else ""
    about = f"{spoken(row['outcome'])} by {spoken(row['characteristic'])}{place_in(row, by)}"
    subject = f"the {INDICES[name].words}{against} of {about}"
    if row["nobs"] and too_few(row["count"], row["nobs"]):
        return opening(row, f"{subject}: too few people to describe.")
    if not known(row["value"]):
        return opening(row, f"{subject} cannot be given: {_why_not(row)}.")
    said = _slope(row, subject) if name in SLOPES else _index(row, subject)
    return " ".join(text for text in (opening(row, said), _meaning(row), _moves(row)) if text)


def _reference(row: Row) -> str:
    """What distances are measured from: a group, all of them, or the best rate."""
    reference = str(row["reference"])
    return reference if reference in ("all groups together", "the best rate") else f"the {spoken(reference)} group"


def _why_not(row: Row) -> str:
    flag = Flag(row["flag"]) if isinstance(row["flag"], int) else Flag(0)
    if Flag.NO_CASES in flag:
        return "fewer than two groups have cases"
    if Flag.NO_REFERENCE in flag:
        return f"there is nobody in {_reference(row)}"
    if row["index"] == "disparity" and row["count"]:
        return f"the rate of {_reference(row)} is 0"
    return "it is not defined for these numbers"


def _index(row: Row, subject: str) -> str:
    """An index that is 0 where groups do not differ."""
    text = f"{subject} was {_amount(row, row['value'])}{_interval(row)}"
    if math.isinf(row["value"]):
        return f"{subject} is infinite, since a group has a rate of 0."
    expected = row["expected_by_chance"]
    if not known(expected) or math.isinf(expected):
        return f"{text}."
    return f"{text}; about {_amount(row, expected)} would be expected by chance alone if groups did not differ."


def _slope(row: Row, subject: str) -> str:
    """From the bottom to the top of the order: how much higher or lower, or how many times as high."""
    value, ends = row["value"], "at the top of the order than at the bottom"
    if row["index"] == "relative-slope":
        return f"{subject} was {times(value)}, the top of the order over the bottom{_interval(row)}."
    if float(plain(value, _decimals(row)).replace(",", "")) == 0:
        return f"{subject} was about 0{_interval(row)}."
    return f"{subject} was {_amount(row, abs(value))}, {'lower' if value < 0 else 'higher'} {ends}{_interval(row)}."


def _decimals(row: Row) -> int:
    return decimals_for(row["nobs"]) if row["unit_of_measure"] in ("percent", "percentage points") else 1


def _amount(row: Row, value: float) -> str:
    """A value with its unit."""
    text, unit = plain(value, _decimals(row)), str(row["unit_of_measure"])
    if unit == "percent":
        return f"{text}%"
    return f"{text} {spoken(unit)}" if text != "1" else f"{text} {spoken(unit).removesuffix('s')}"


def _interval(row: Row) -> str:
    """The interval with its level; of a slope its ends say which side they are on."""
    low, high = row["low"], row["high"]
    if not (known(low) and known(high) and known(row["confidence_level"])):
        return ""
    if row["index"] == "slope":
        span = Unit("").span(low, high, _decimals(row))
    elif row["index"] == "relative-slope":
        span = unit_of(row).span(low, high, 2)
    elif math.isinf(high):
        span = f"{plain(low, _decimals(row))} or more"
    else:
        span = f"{plain(low, _decimals(row))} to {plain(high, _decimals(row))}"
    return f" ({percent_level(row)} interval {span})"


def _meaning(row: Row) -> str:
    """Whether chance could make it, and how much of it chance is likely to have made."""
    if not (known(row["pvalue"]) and known(row["confidence_level"])):
        return "This is a full count, so no allowance is made for chance."
    slope = row["index"] in SLOPES
    if row["pvalue"] >= round(1 - row["confidence_level"], 12):
        return "This is no clear evidence of a slope." if slope else "This is no more than chance could make."
    if slope:
        return "This is clear evidence of a slope; it does not say why."
    says = "This is clear evidence that groups differ; it does not say which of them, or why."
    chance = f" Less what chance adds, it is about {_amount(row, row['corrected'])}." if _much_is_chance(row) else ""
    return says + chance


def _much_is_chance(row: Row) -> bool:
    """Whether what chance adds is worth a word: the corrected value reads differently from the plain one."""
    corrected = row["corrected"]
    return known(corrected) and not math.isinf(row["value"]) and corrected < 0.9 * row["value"]


def _moves(row: Row) -> str:
    """What the index of dissimilarity comes to in people or events."""
    moved = row.get("to_move")
    if not known(moved) or not moved:
        return ""
    return f"About {plain(moved, 0)} of {row['count']:,} would have to be in other groups for these to be alike."
