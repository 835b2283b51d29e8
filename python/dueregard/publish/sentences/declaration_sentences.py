"""Declaration rates in plain English: how many state a characteristic, how others do not, and whether that changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.unknowns.declaration_trends import CHANGE, RISING, TREND, UNCLEAR
from dueregard.missing import NOT_APPLICABLE, NOT_COLLECTED, NOT_STATED, REFUSED
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, inside, opening, percent_level, place_in, too_few
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

OTHERWISE = {NOT_STATED: "{value}% did not state it", REFUSED: "{value}% preferred not to say"}
OUTSIDE = {
    NOT_APPLICABLE: "It does not apply to {count}.",
    NOT_COLLECTED: "It was not collected from {count}, who are no part of this.",
}


def declaration_sentences(findings: Findings) -> list[str]:
    """One sentence for the rate of each area and period with all kinds of missing, one for each change and slope."""
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in findings.rows():
        key = (row["characteristic"], *(row[name] for name in findings.by), row["period"], row["row_type"])
        together.setdefault(key, []).append(row)
    return [said for rows in together.values() if (said := declaration_sentence(rows, findings.by))]


def declaration_sentence(rows: Sequence[Row], by: Sequence[str]) -> str:
    """What the rows of one area and period say, those who stated it first; or the one row of a change or slope."""
    if rows[0]["row_type"] == CHANGE:
        return _change(rows[0], by)
    if rows[0]["row_type"] == TREND:
        return _trend(rows[0], by)
    stated, others = rows[0], rows[1:]
    subject = opening(stated, f"{inside(stated['characteristic'])}{place_in(stated, by)}")
    if not known(stated["value"]):
        return f"{subject}: no declaration rate; {_why(stated)}."
    if too_few(stated["count"], stated["nobs"]):
        return f"{subject}: too few people to describe."
    decimals = decimals_for(stated["nobs"])
    parts = [
        f"{subject} was stated by {plain(stated['value'], decimals)}% of {stated['nobs']:,} people{_limits(stated)}"
    ]
    parts += [
        OTHERWISE[row["group"]].format(value=plain(row["value"], decimals))
        for row in others
        if row["group"] in OTHERWISE and row["count"]
    ]
    after = [OUTSIDE[row["group"]].format(count=f"{row['count']:,}") for row in others if row["group"] in OUTSIDE]
    return " ".join([f"{'; '.join(parts)}.", *after])


def _why(row: Row) -> str:
    return "it was not collected" if Flag.NOT_RECORDED in Flag(row["flag"]) else "nobody was asked"


def _limits(row: Row) -> str:
    low, high = row["low"], row["high"]
    if not (known(low) and known(high)):
        return ""
    decimals = decimals_for(row["nobs"])
    return f" ({percent_level(row)} interval {plain(low, decimals)} to {plain(high, decimals)})"


def _subject(row: Row, by: Sequence[str]) -> str:
    first, _, last = spoken(row["period"]).partition(",")[0].partition(" to ")
    text = f"from {first} to {last}, the declaration rate of {inside(row['characteristic'])}{place_in(row, by)}"
    return text[:1].upper() + text[1:]


def _change(row: Row, by: Sequence[str]) -> str:
    """From what to what, by how much, and whether that is clear."""
    decimals, unit = decimals_for(row["nobs"], row["reference_nobs"]), unit_of(row)
    if too_few(row["count"], row["nobs"]) or too_few(row["reference_count"], row["reference_nobs"]):
        return f"{_subject(row, by)}: too few people to describe."
    ends = f"{plain(row['reference_value'], decimals)}% to {plain(row['value'], decimals)}%"
    by_how_much = f"{unit.difference(row, decimals)}{_interval(row, decimals)}"
    return f"{_subject(row, by)} went from {ends}: {by_how_much}. {_clear(row)}"


def _trend(row: Row, by: Sequence[str]) -> str:
    """The slope of a straight line through all periods; of too few people the change has said so."""
    if too_few(row["count"], row["nobs"]) or too_few(row["reference_count"], row["reference_nobs"]):
        return ""
    unit = spoken(row["unit_of_measure"])
    word = "rose" if row["estimate"] > 0 else "fell" if row["estimate"] < 0 else "moved"
    size = f"{plain(row['estimate'], 1)} {unit}"
    return (
        f"{_subject(row, by)} {word} by {size} on a straight line through all periods{_interval(row, 1)}. {_clear(row)}"
    )


def _interval(row: Row, decimals: int) -> str:
    if not (known(row["low"]) and known(row["high"])):
        return ""
    return f" ({percent_level(row)} interval {unit_of({}).span(row['low'], row['high'], decimals)})"


def _clear(row: Row) -> str:
    if not known(row["confidence_level"]):
        return "This is a full count, so no allowance is made for chance."
    if row["direction"] == UNCLEAR:
        return "This is no clear change."
    return f"This is clear evidence of a {'rise' if row['direction'] == RISING else 'fall'}."
