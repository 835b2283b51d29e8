"""Values that are compared with nothing, such as shares, and scores, in plain English."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.flags import Flag
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, group_of, opening, percent_level, place_in, too_few


def level_sentence(row: Row, by: Sequence[str]) -> str:
    """A value that is compared with nothing, such as a share."""
    place, group = place_in(row, by), group_of(row)
    what = spoken(row["measure"] or "value")
    part = what == f"share of {spoken(row['characteristic'])}"
    subject = opening(row, group if part else f"{what}{place}")
    if too_few(row["count"], row["nobs"]) and row["nobs"]:
        return f"{subject}{place if part else ''}: too few people to describe."
    if not known(row["value"]):
        why = "not part of the whole" if row["nobs"] else "no cases"
        return f"{opening(row, what)}{place} cannot be given for {group}: {why}."
    value = f"{plain(row['value'], decimals_for(row['nobs']))}%{_range(row)}"
    if part:
        return f"{subject} made up {value} of those with {what.removeprefix('share of ')} stated{place}."
    return f"{subject} was {value}{'' if row['group'] is None else f' for {group}'}."


def score_sentence(row: Row, by: Sequence[str]) -> str:
    """A score of an assessment: a full count, so its range comes from missing answers alone."""
    subject = opening(row, ", ".join(spoken(row[name]) for name in by if row[name] is not None) or "all units")
    about = f"{subject}, {spoken(row['measure'])}" if row["measure"] else subject
    if not known(row["value"]):
        answer = row.get("answer")
        return f"{about}: {spoken(answer)}." if answer else f"{about}: nothing that can be scored."
    target = ""
    if known(row["reference_value"]):
        target = f", against {plain(row['reference_value'], 0)}% ({spoken(row['reference'])})"
    verdict = f": {row['verdict']}" if row["verdict"] else ""
    return f"{about}: {plain(row['value'], 0)}%{_range(row)}{target}{verdict}."


def _range(row: Row) -> str:
    """The interval of a value, or for a full count the range that missing answers leave."""
    low, high = row["low"], row["high"]
    if not (known(low) and known(high)) or low == high:
        return ""
    decimals = decimals_for(row["nobs"])
    span = f"{plain(low, decimals)} to {plain(high, decimals)}"
    if isinstance(row["flag"], int) and Flag.FULL_COUNT in Flag(row["flag"]):
        return f" ({span} depending on missing answers)"
    return f" ({percent_level(row)} interval {span})" if known(row["confidence_level"]) else f" ({span})"
