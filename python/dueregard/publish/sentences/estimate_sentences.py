"""Figures of a sample survey in plain English: the value, its interval, and what the cases behind it are worth."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, opening, percent_level, place_in, too_few
from dueregard.publish.units.area_units import PERCENTS

if TYPE_CHECKING:
    from dueregard.findings import Findings

WHY_NO_INTERVAL = {
    Flag.ONE_CLUSTER: "all of them are in one cluster",
    Flag.NO_VARIANCE: "their values do not vary",
    Flag.FEW_DEGREES: "there are too few clusters",
}


def estimate_sentences(findings: Findings) -> list[str]:
    """What findings of kind "survey estimates" say: the first figure, what kind of figures these are, and the rest."""
    said = [estimate_sentence(row, findings.by) for row in findings.rows()]
    return [text for text in [*said[:1], survey_words(findings) if said else "", *said[1:]] if text]


def estimate_sentence(row: Row, by: Sequence[str]) -> str:
    """One figure of the population with its interval."""
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, by)}")
    if not row["nobs"] or not known(row["value"]):
        return f"{subject} cannot be given: no cases."
    if too_few(row["count"], row["nobs"]):
        return f"{subject}: too few people to describe."
    return f"{subject} was {_figure(row, row['value'])} ({_interval(row)}; {_base(row)})."


def _figure(row: Row, value: float, *, unit: bool = True) -> str:
    """A value with its unit: whole percentages of small bases, one decimal of numbers, none from a thousand."""
    if row["unit_of_measure"] in PERCENTS:
        return f"{plain(value, decimals_for(row['nobs']))}{'%' if unit else ''}"
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    said = f"{sign}{plain(value, 0 if abs(value) >= 1000 else 1)}"
    return f"{said} {spoken(row['unit_of_measure'])}" if unit and row["unit_of_measure"] else said


def _interval(row: Row) -> str:
    """The interval, or why there is none."""
    if known(row["low"]) and known(row["high"]):
        ends = (_figure(row, row[name], unit=False) for name in ("low", "high"))
        return f"{percent_level(row)} interval {' to '.join(ends)}"
    why = next((text for flag, text in WHY_NO_INTERVAL.items() if flag in flag_of(row)), "chance cannot be told")
    return f"no interval, as {why}"


def _base(row: Row) -> str:
    """How many answered, and what they are worth."""
    answers = f"{row['nobs']:,} answer{'' if row['nobs'] == 1 else 's'}"
    worth = row["effective_nobs"]
    return f"{answers}, worth {plain(worth, 0)}" if known(worth) and row["count"] is not None else answers
