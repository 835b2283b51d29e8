"""Rates and shares of events in plain English: what was compared, how certain it is, and what it cannot say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from dueregard.flags import Flag
from dueregard.measures.rates.rate_notes import CAVEAT
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.chance_words import at_other_level, chance_words, flag_of
from dueregard.publish.sentences.comparison_sentences import intervals_of
from dueregard.publish.sentences.wording import Row, group_of, place_in, reference_of, too_few
from dueregard.publish.units.amounts import Unit, unit_of
from dueregard.publish.units.rate_units import rate_text
from dueregard.publish.units.ratios import times


def rate_sentence(row: Row, by: Sequence[str], threshold: float | None, further: Sequence[Row] = ()) -> str:
    """A group's rate against the reference's, or why there is none; `further` are the rows of other levels."""
    if row["row_type"] == "reference":
        return ""
    if is_missing(row["group"]) and not row["count"]:
        return ""  # there is nothing to tell of events that are not there
    events, _, base = _what(row)
    subject = f"{_when(row)}{events} {base}{place_in(row, by)}"
    subject = subject[:1].upper() + subject[1:]
    why = _why_no_rate(row, events)
    if why:
        return f"{subject}: {why}."
    unit, decimals = unit_of(row), decimals_for(row["nobs"], row["reference_nobs"])
    if not known(row["value"]):
        return f"{subject}: no rate can be given for {group_of(row)}."
    value = f"{subject} were {_value(row, row['value'], unit, decimals)} for {group_of(row)}"
    alone = _why_alone(row)
    if alone:
        return f"{value}; {alone}."
    against = f"and {_value(row, row['reference_value'], unit, decimals)} for {reference_of(row)}"
    said = [f"{value} {against}: {_comparison(row, unit, decimals, further)}.", chance_words(row, unit, threshold)]
    said += [at_other_level(row, other) for other in further]
    if Flag.NONE_OF_MANY in flag_of(row):
        said.append("So many are expected that a 0 may mean that the group was not recorded.")
    said += [_unknown(row, events), _limits_of_meaning(row, events)]
    return " ".join(text for text in said if text)


def _value(row: Row, value: float, unit: Unit, decimals: int) -> str:
    """A rate without its unit, which the words before it have said; a share in percent."""
    return rate_text(value) if known(row.get("per")) else unit.value(value, decimals)


def _what(row: Row) -> tuple[str, str, str]:
    """The parts of "searches per 1,000 residents in 1 month": the events, the length, and what they are set against."""
    words = spoken(row["measure"])
    events, per, base = words.partition(" per ")
    if not per:
        events, per, base = words.partition(" as a share of ")
        return events, "", f"as a share of {base}"
    base, _, length = base.partition(" in ")
    return events, length, f"per {base}"


def _when(row: Row) -> str:
    """The period with its length: a month is not to be taken for a year."""
    if row["period"] is None:
        return ""
    _, length, _ = _what(row)
    return f"in {spoken(row['period'])} ({length}), " if length else f"in {spoken(row['period'])}, "


def _why_no_rate(row: Row, events: str) -> str:
    flag = flag_of(row)
    if row["group"] == NOT_APPLICABLE:
        return f"{row['count']:,} {events} are of no person and in no rate"
    if is_missing(row["group"]) and not known(row["value"]):
        return f"for {row['count']:,} the group is {row['group']}; they are in no rate"
    if Flag.NOT_RECORDED in flag:
        return f"not available for {group_of(row)}, which the source does not record"
    if Flag.NO_POPULATION in flag:
        return f"not available for {group_of(row)}, of which there is nobody"
    if row["count"] == 1 or too_few(None, row["nobs"]):
        return f"too few to describe for {group_of(row)}"
    return ""


def _why_alone(row: Row) -> str:
    """Why a group with a rate is not compared, or nothing."""
    if is_missing(row["group"]):
        return "this is not a group to compare"
    if Flag.NO_REFERENCE in flag_of(row) or not known(row["reference_value"]):
        return f"there is no rate of {reference_of(row)} to compare with"
    if row["reference_count"] == 1 or too_few(None, row["reference_nobs"]):
        return f"too few in {reference_of(row)} to compare with"
    return ""


def _comparison(row: Row, unit: Unit, decimals: int, further: Sequence[Row]) -> str:
    """The ratio with its intervals, and the difference with its own."""
    estimate = unit.difference(row, decimals) if known(row["estimate"]) else unit.undefined(row, decimals)
    intervals = "; ".join(text for each in (row, *further) if (text := intervals_of(each, unit, decimals)))
    difference = _difference(row, unit)
    return f"{estimate}{f' ({intervals})' if intervals else ''}{f', {difference}' if difference else ''}"


def _difference(row: Row, unit: Unit) -> str:
    """How many more or fewer per so many: "15 per 1,000 more (11.4 to 19.4)"."""
    value, low, high = (row.get(name) for name in ("difference", "difference_low", "difference_high"))
    if not known(value) or value == 0:
        return ""
    per = "percentage points" if unit.percent else unit.value_unit
    word = "more" if value > 0 else "fewer"
    size = partial(plain, decimals=1) if unit.percent else rate_text
    text = f"{size(abs(value))} {per} {word}"
    if not (known(low) and known(high)):
        return text
    if low < 0 < high:
        return f"{text} ({size(-low)} fewer to {size(high)} more)"
    ends = sorted((abs(low), abs(high)))
    return f"{text} ({size(ends[0])} to {size(ends[1])})"


def _unknown(row: Row, events: str) -> str:
    """Whether the events without a known group could change the direction."""
    low, high, number = (row.get(name) for name in ("bound_low", "bound_high", "unknown_events"))
    if not number or not (known(low) and known(high)):
        return ""
    span = f"{times(low)} to {times(high)}"
    many = f"the {number:,} {events}" if number > 1 else f"the one of the {events}"
    which = f"{many} whose group is not known ({row['unknown_percent']:.1f}%)"
    one_side = low > 1 or high < 1
    sure = "and the direction is the same" if one_side else "so that the direction is not certain"
    return f"Whatever the group of {which}, the ratio is {span}, {sure}."


def _limits_of_meaning(row: Row, events: str) -> str:
    """What was compared, and that it is no measure of discrimination."""
    _, _, base = _what(row)
    people = re.sub(r"^(per [\d,.]+|per|as a share of) ", "", base)
    return f"This compares {events} with {people}; {CAVEAT} or say why."
