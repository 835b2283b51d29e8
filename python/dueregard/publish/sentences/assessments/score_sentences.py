"""Scores in plain English: how many indicators of how many, and what missing answers leave open."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.assessments import parts
from dueregard.publish.sentences.wording import Row

FEWEST_FOR_RANGE = 3
"""Fewer units than this have their scores said, not the range of them."""
MOST_AT_AN_END = 6
"""More units than this at one end of the range are counted, not named."""


def score_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """The range of the scores of units, then each score."""
    own = tuple(by) == ("unit",) and len(rows) >= FEWEST_FOR_RANGE
    return [*(_range(rows) if own else []), *(score_sentence(row, by) for row in rows)]


def _range(rows: Sequence[Row]) -> list[str]:
    """From where to where the scores run, with the units at both ends."""
    scored, kind = [row for row in rows if known(row["value"])], parts.shared_kind(rows)
    if not scored:
        return []
    low, high = min(row["value"] for row in scored), max(row["value"] for row in scored)
    who = parts.units(len(scored), kind)
    if low == high:
        return [f"{parts.capital(parts.every(len(scored), kind))} have the same score, {parts.percent(low)}."]
    ends = [_who([row["unit"] for row in scored if row["value"] == end], kind) for end in (low, high)]
    return [f"The scores of {who} run from {parts.percent(low)} ({ends[0]}) to {parts.percent(high)} ({ends[1]})."]


def _who(names: Sequence[object], kind: object) -> str:
    return parts.listing(names) if len(names) <= MOST_AT_AN_END else parts.units(len(names), kind)


def score_sentence(row: Row, by: Sequence[str]) -> str:
    """One score."""
    who, what = _subject(row, by), _part(row, by)
    if not row["nobs"]:
        asked = f"was not asked of any {parts.kind_of_units(1, row.get('kind'))}"
        return f"{who} {asked}." if row.get("units") and "indicator" in by else f"{who}: nothing to assess{what}."
    if "indicator" in by:
        return _indicator(row, who)
    missing, met = row["outcome_missing"], f"met {row['count']:,}"
    of = f"{parts.indicators(row['nobs'])}{what}"
    if missing == row["nobs"]:
        return f"{who} answered none of {of}: nothing can be said of the score."
    if not missing:
        return f"{who} {met} of {of}: {parts.percent(row['value'])}.{_published(row)}"
    given = f"gave {row['answered']:,} of {parts.answers(row['nobs'])}{what} and {met}"
    return f"{who} {given}: {either(row)}.{_published(row)}"


def either(row: Row) -> str:
    """The score, and what it would be were what is missing met."""
    missing = "the missing one" if row["outcome_missing"] == 1 else f"the {row['outcome_missing']:,} missing"
    low, high = parts.either(row["low"], row["high"])
    return f"{low}, or {high} if {missing} were met"


def _subject(row: Row, by: Sequence[str]) -> str:
    """Who it is about, and in which round."""
    number, kind = row.get("units"), row.get("kind")
    names = [spoken(row[name]) for name in ("unit", "area", "kind", "indicator") if name in by and row.get(name)]
    together = "" if number is None or "indicator" in by or not names else f" ({parts.units(number, kind)})"
    whole = f"The {parts.units(number or 0, kind)} together"
    in_round = f" ({spoken(row['round'])})" if row.get("round") else ""
    return parts.capital(", ".join(names) or whole) + together + in_round


def _part(row: Row, by: Sequence[str]) -> str:
    """Of which indicators, at which level."""
    of = [f" of {spoken(row[name])}" for name in ("section", "principle") if name in by and row.get(name)]
    return "".join(of) + _level(row)


def _level(row: Row) -> str:
    return f" at {spoken(row['level'])}" if row.get("level") else ""


def _indicator(row: Row, who: str) -> str:
    """How many units met one indicator, or whether one unit did."""
    if row.get("units") is None:
        met = "did not answer" if row["outcome_missing"] else "met" if row["count"] else "did not meet"
        unit, indicator = spoken(row["unit"]), spoken(row["indicator"])
        return f"{parts.capital(unit)} {met} {indicator}{_level(row)}."
    unanswered = row["outcome_missing"]
    silent = f"; {parts.units(unanswered, row.get('kind'))} did not answer" if unanswered else ""
    by_whom = f"{row['count']:,} of {parts.units(row['nobs'], row.get('kind'))}"
    named = parts.numbered([row["indicator"]])
    who = parts.capital(who.replace(spoken(row["indicator"]), named) if named != who else named)
    return f"{who} was met{_level(row)} by {by_whom}: {parts.percent(row['value'])}{silent}."


def _published(row: Row) -> str:
    """What came with the responses, where it is something else."""
    stated = row.get("stated_percent")
    if not known(stated) or "came with the responses" not in str(row.get("note")):
        return ""
    return f" The {plain(stated, 0)}% that came with the responses does not follow from them."
