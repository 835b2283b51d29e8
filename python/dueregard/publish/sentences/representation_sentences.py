"""Workforces in plain English: shares against the population, and likelihoods at stages of work."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.flags import Flag
from dueregard.missing import is_missing
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.chance_words import at_other_level, chance_words, flag_of
from dueregard.publish.sentences.comparison_sentences import intervals_of
from dueregard.publish.sentences.wording import Row, group_of, opening, place_in, reference_of, too_few
from dueregard.publish.units.amounts import Points, unit_of
from dueregard.publish.units.ratios import times

SMALL_PERCENT = 10
"""Below this percentages have a decimal, or two of them could read the same and be far apart."""


def representation_sentence(row: Row, by: Sequence[str], threshold: float | None, further: Sequence[Row] = ()) -> str:
    """A group's share of staff over its share of the population, or why there is none.

    `further` are the rows of other levels.
    """
    if row["row_type"] == "reference":
        return ""
    place, staff = place_in(row, by), spoken(row["measure"]).removeprefix("share of ")
    subject = opening(row, f"{group_of(row)} made up ")
    if is_missing(row["group"]):
        if row["count"] == 1:
            return ""
        unknown = f"{row['count']:,} {staff} had {spoken(row['characteristic'])} {row['group']}"
        return f"{opening(row, unknown)}{place}; they are in no share."
    if row["nobs"] == 0:
        return f"{opening(row, group_of(row))}{place}: no {staff} to describe."
    if too_few(row["count"], row["nobs"]):
        return f"{opening(row, group_of(row))}{place}: too few {staff} to describe."
    decimals = decimals_for(row["nobs"])
    share = f"{subject}{plain(row['value'], decimals)}% of {staff}{place}"
    if Flag.NO_POPULATION in flag_of(row):
        return f"{share}; nobody in the population is of this group, so there is nothing to compare with."
    against = f"against {plain(row['reference_value'], decimals)}% of the {spoken(row['reference'])}{_population(row)}"
    said = [
        f"{share}, {against}: {_comparison(row, further, ' its share')}.",
        chance_words(row, unit_of(row), threshold, "; it does not say why"),
    ]
    return " ".join([*said, *(text for other in further if (text := at_other_level(row, other)))])


def stage_sentence(row: Row, by: Sequence[str], threshold: float | None, further: Sequence[Row] = ()) -> str:
    """How likely a group is to reach a stage, over the reference, and which way is worse."""
    if row["row_type"] == "reference":
        return ""
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, by)}")
    if is_missing(row["group"]):
        if row["count"] == 1:
            return ""
        unknown = f"for {row['count']:,} of them {spoken(row['characteristic'])} is {row['group']}"
        return f"{subject}: {unknown}; they are in no ratio."
    if not known(row["value"]):
        return f"{subject} cannot be given for {group_of(row)}, of which there is nobody."
    if row["count"] == 1 or too_few(None, row["nobs"]):
        return f"{subject}: too few to describe for {group_of(row)}."
    value = f"{subject} were {_likelihood(row, row['value'])} for {group_of(row)}"
    if not known(row["reference_value"]):
        return f"{value}; there is nobody in {reference_of(row)} to compare with."
    if row["reference_count"] == 1 or too_few(None, row["reference_nobs"]):
        return f"{value}; too few in {reference_of(row)} to compare with."
    against = f"and {_likelihood(row, row['reference_value'])} for {reference_of(row)}"
    worse = "Below" if row["better"] == "higher" else "Above"
    said = [f"{value} {against}: {_comparison(row, further, ' as likely')}.", f"{worse} 1 is worse for the group."]
    said += [
        chance_words(row, unit_of(row), threshold, "; it does not say why"),
        *(at_other_level(row, other) for other in further),
    ]
    return " ".join(text for text in said if text)


def _likelihood(row: Row, value: float) -> str:
    """A percentage, or a rate whose unit the words before it have said."""
    if known(row.get("per")):
        return plain(value, 1)
    ends = (row["value"], row["reference_value"])
    small = min(end for end in ends if known(end)) < SMALL_PERCENT
    return f"{plain(value, max(int(small), decimals_for(row['nobs'], row['reference_nobs'])))}%"


def _population(row: Row) -> str:
    """When the population was counted, and of what age it is."""
    about = [spoken(row[name]) for name in ("population_date", "population_ages") if row.get(name) is not None]
    return f" ({', '.join(about)})" if about else ""


def _comparison(row: Row, further: Sequence[Row], what: str) -> str:
    """The ratio and the points, each with its interval; or the points alone, where they are the measure."""
    unit, decimals = unit_of(row), decimals_for(row["nobs"])
    intervals = "; ".join(text for each in (row, *further) if (text := intervals_of(each, unit, decimals)))
    limits = f" ({intervals})" if intervals else ""
    if not unit.logarithmic:
        return f"{unit.difference(row, decimals)}{limits}"
    if not known(row["estimate"]) or row["estimate"] == float("inf"):
        return f"no ratio can be given{limits}"
    ratio = f"{times(row['estimate'])} times{what}"
    if f"{row['estimate']:.2f}" == "1.00" and not unit.excludes_neutral(row):
        ratio = "about its share" if "share" in what else "about as likely"
    points = _points(row) if not known(row.get("per")) else ""
    return f"{ratio}{limits}{f', {points}' if points else ''}"


def _points(row: Row) -> str:
    """The difference beside a ratio: "10.6 percentage points lower (10.8 to 10.4 lower)"."""
    value, low, high = (row.get(name) for name in ("difference", "difference_low", "difference_high"))
    if not known(value):
        return ""
    unit, decimals = Points(), 1
    text = unit.difference({"estimate": value}, decimals)
    return f"{text} ({unit.span(low, high, decimals)})" if known(low) and known(high) else text
