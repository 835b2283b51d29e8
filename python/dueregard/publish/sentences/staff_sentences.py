"""Changes in shares of staff, and parity, in plain English."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dueregard.measures.workforce.parity_rows import JOIN, NOW, YEARS
from dueregard.measures.workforce.share_change_rows import CHANGED, DECLARED, JOINERS, LEAVERS, WHOLE
from dueregard.missing import is_missing
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, group_of, opening, percent_level, place_in, too_few
from dueregard.publish.units.amounts import Points

WHO = {
    JOINERS: "those who joined",
    LEAVERS: "those who left",
    DECLARED: "those whose group became known",
    CHANGED: "those who state another group or no longer any",
}

PARTS = frozenset({WHOLE, *WHO, NOW, JOIN, YEARS})
"""What the rows of changes and of parity are about."""


def change_sentence(row: Row, further: Sequence[Row] = ()) -> str:
    """The change in a group's share, or what one flow of people did to it; nothing where the group is not known."""
    if is_missing(row["group"]):
        return ""
    staff = spoken(row["measure"]).partition(":")[0].removeprefix("share of ")
    if row["part"] == WHOLE:
        return _whole_change(row, staff)
    share = f"the share of {group_of(row)}"
    if not known(row["estimate"]):
        return f"{opening(row, WHO[row['part']])}: no part of a change can be given for {group_of(row)}."
    if row["nobs"] == 0:
        return ""
    made = f"{opening(row, WHO[row['part']])} made {share} {Points().difference(row, 1)}"
    limits = "; ".join(text for each in (row, *further) if (text := _limits(each)))
    if row["part"] == CHANGED or too_few(row["count"], row["nobs"]):
        return f"{made}."
    own, mean = (plain(row[name], decimals_for(row["nobs"])) for name in ("value", "reference_value"))
    return f"{made}{f' ({limits})' if limits else ''}: {own}% of them were of the group, against {mean}% of {staff}."


def _whole_change(row: Row, staff: str) -> str:
    group = group_of(row)
    if not known(row["estimate"]):
        return f"{opening(row, group)}: no change can be given, as nobody stated a group at one of the times."
    if too_few(row["count"], row["nobs"]) or too_few(row["reference_count"], row["reference_nobs"]):
        return f"{opening(row, group)}: too few {staff} to describe."
    decimals = decimals_for(row["nobs"], row["reference_nobs"])
    before, after = (plain(row[name], decimals) for name in ("reference_value", "value"))
    went = f"{group} went from {before}% to {after}% of {staff} who state a group"
    return f"{opening(row, went)}: {Points().difference(row, max(decimals, 1))}."


def _limits(row: Row) -> str:
    low, high = row["low"], row["high"]
    if not (known(low) and known(high)):
        return ""
    return f"{percent_level(row)} interval {Points().span(low, high, 1)}"


def parity_sentence(row: Row, by: Sequence[str]) -> str:
    """How far a group is from its share of the population, in people, in joiners a year, or in years."""
    if is_missing(row["group"]):
        return ""
    group, place = group_of(row), place_in(row, by)
    if not known(row["estimate"]):
        return f"{opening(row, group)}{place}: no parity can be given." if row["part"] == NOW else ""
    if too_few(row["count"], row["nobs"]):
        return f"{opening(row, group)}{place}: too few to describe." if row["part"] == NOW else ""
    there = row["share"] >= row["population_share"]
    if row["part"] == NOW:
        return _people(row, group, place, there)
    if there:
        return ""
    return _joiners(row, group, place) if row["part"] == JOIN else _years(row, group, place)


def _people(row: Row, group: str, place: str, there: bool) -> str:
    decimals = decimals_for(row["nobs"])
    shares = [plain(row[name], decimals) for name in ("share", "population_share")]
    have = f"{group} made up {shares[0]}% of {spoken(row['measure']).partition(' needed')[0]}{place}"
    have = f"{opening(row, have)}, against {shares[1]}% of the population"
    if there:
        return f"{have}, which is its share or more."
    span = f" ({percent_level(row)} interval {_numbers(row['low'], row['high'])})" if known(row["low"]) else ""
    people = "person" if row["needed"] == 1 else "people"
    return f"{have}: at the present number of staff {row['needed']:,} more {people} would be needed{span}."


def _numbers(low: float, high: float) -> str:
    """Numbers of people more, or fewer where there are less than none."""
    first = f"{plain(low, 0)} fewer" if low < 0 else plain(low, 0)
    return f"{first} to {plain(high, 0)}{' more' if low < 0 else ''}"


def _joiners(row: Row, group: str, place: str) -> str:
    posts, within = row["posts"], row["within"]
    time = f"within {within:g} year{'' if within == 1 else 's'}"
    start = f"To reach its share {time} by replacing leavers{place}"
    if row["estimate"] > posts:
        need = f"{row['needed']:,} joiners a year"
        return f"{start}, {group} would need {need}, more than the {plain(posts, 0)} posts left."
    span = f" ({percent_level(row)} interval {plain(row['low'], 0)} to {plain(row['high'], 0)})"
    return (
        f"{start}, {row['needed']:,} of the {plain(posts, 0)} posts that are left a year would have to go to {group}"
        f"{span}; {plain(row['value'], 0)} of those who join a year are of it now."
    )


def _years(row: Row, group: str, place: str) -> str:
    start = f"At the present flow{place} {group}"
    ends = [_when(row, name, years) for name, years in (("year_low", "low"), ("year_high", "high"))]
    span = f"{percent_level(row)} interval {ends[0] if ends[0] == ends[1] else ' to '.join(ends)}"
    if math.isinf(row["estimate"]):
        return f"{start} would not reach its share of the population in {row['within']:g} years ({span})."
    dated = row.get("year") is not None
    when = f"in {row['year']}" if dated else f"in {plain(row['estimate'], 0)} years"
    return f"{start} would reach its share of the population {when} ({span})."


def _when(row: Row, name: str, years: str) -> str:
    """A limit: a year, a number of years, or never."""
    if math.isinf(row[years]):
        return "never"
    return str(row[name]) if row.get(name) is not None else plain(row[years], 0)
