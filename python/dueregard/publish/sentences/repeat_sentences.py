"""Repeats in plain English: how many people have several events, and what chance alone would make of it."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.measures.repeats.repeat_figures import NUMBER, PLAIN, STATISTICS, TOP
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import FEWEST_PEOPLE, Row, group_of, opening, percent_level, place_in, too_few

CHANCE = "if chance alone decided how many each of them has, it would be about {value}%"


def repeat_sentence(row: Row, by: Sequence[str]) -> str | None:
    """What one figure says; None for a comparison, which is worded as any other.

    Fewer than ten people are not described, nor what few of many people have.
    """
    if row["statistic"] not in STATISTICS or row["reference"] is not None:
        return None
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, by)}")
    whose = "" if row["group"] is None else f" for {group_of(row)}"
    if not row["people"]:
        return f"{subject} cannot be given{whose}: no people with events that can be linked."
    if not known(row["value"]):
        return f"{subject} cannot be given{whose}: nobody was followed for the whole of it."
    if _describes_few(row):
        return f"{subject}{whose}: too few people to describe."
    decimals = decimals_for(row["people"])
    return f"{subject} was {plain(row['value'], decimals)}%{_limits(row, decimals)}{whose}{_tail(row, decimals)}."


def _describes_few(row: Row) -> bool:
    """Whether a figure would tell of fewer than ten people: all there are, or the few that it is about."""
    if row["people"] < FEWEST_PEOPLE:
        return True
    if row["statistic"] in (NUMBER, TOP):
        return bool(0 < row["count"] < FEWEST_PEOPLE)
    return too_few(row["count"], row["nobs"])


def _limits(row: Row, decimals: int) -> str:
    if not (known(row["low"]) and known(row["high"])):
        return ""
    return f" ({percent_level(row)} interval {plain(row['low'], decimals)} to {plain(row['high'], decimals)})"


def _tail(row: Row, decimals: int) -> str:
    """What keeps a figure from being misread."""
    if known(row.get("by_chance")):
        return f"; {CHANCE.format(value=plain(row['by_chance'], decimals))}"
    if row["statistic"] == PLAIN and row["followed"] < row["nobs"]:
        return f"; it is too low, for only {row['followed']:,} of {row['nobs']:,} were followed for that long"
    return ""
