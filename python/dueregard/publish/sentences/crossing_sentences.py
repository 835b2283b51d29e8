"""Crossings in plain English: they name the combination, and say where two characteristics do not just add up."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.flags import Flag
from dueregard.measures.crossings.crossing_rows import TIMES
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.comparison_sentences import comparison
from dueregard.publish.sentences.wording import (
    FEWEST_PEOPLE,
    Row,
    group_of,
    inside,
    members_of,
    opening,
    percent_level,
    place_in,
    too_few,
)
from dueregard.publish.units.amounts import unit_of


def characteristics_of(row: Row) -> list[str]:
    """The characteristics whose labels the row is about.

    >>> characteristics_of({"characteristic": "ethnicity x gender"})
    ['ethnicity', 'gender']
    """
    return str(row["characteristic"]).split(TIMES)


def crossing_sentence(row: Row, threshold: float | None, further: Sequence[Row] = ()) -> str:
    """What one combination says: "share satisfied where gender is Female and age is 18-24 was ..."."""
    names = characteristics_of(row)
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, names)}")
    if row["reference"] is None:
        return _share(row, subject)
    if row["row_type"] == "reference":
        return ""
    if row["nobs"] and not too_few(row["count"], row["nobs"]):
        alone = _why_alone(row)
        if alone:
            value = unit_of(row).value(row["value"], decimals_for(row["nobs"]))
            return f"{subject} was {value}; {alone}."
    said = comparison(row, names, threshold, further)
    said = said.replace(f" too few {members_of(row)} to describe", " too few people to describe", 1)
    return said.replace(f" for {group_of(row)}", "", 1) + _interaction(row)


def _share(row: Row, subject: str) -> str:
    """What share of all cases a combination is."""
    if 0 < row["count"] < FEWEST_PEOPLE or too_few(None, row["nobs"]):
        return f"{subject}: too few people to describe."
    if not known(row["value"]):
        why = "a label is missing" if row["count"] else "no cases"
        return f"{subject} cannot be given: {why}."
    decimals = decimals_for(row["nobs"])
    return f"{subject} was {plain(row['value'], decimals)}%{_limits(row, decimals)}."


def _limits(row: Row, decimals: int) -> str:
    if not (known(row["low"]) and known(row["high"])):
        return ""
    return f" ({percent_level(row)} interval {plain(row['low'], decimals)} to {plain(row['high'], decimals)})"


def _why_alone(row: Row) -> str:
    """Why a combination with cases is compared with nothing."""
    if isinstance(row["flag"], int) and Flag.MISSING_GROUP in Flag(row["flag"]):
        return "this is not a combination to compare"
    return f"{row['not_compared']}, so it is not compared" if row.get("not_compared") else ""


def _interaction(row: Row) -> str:
    """That two characteristics together come to something else than their differences added up, where that is clear."""
    p, level = row.get("interaction_adjusted_pvalue"), row["confidence_level"]
    if not (known(p) and known(level)) or too_few(row["count"], row["nobs"]) or p >= 1 - level:
        return ""
    points, decimals = unit_of({}), decimals_for(row["nobs"])
    size = points.difference({"estimate": row["interaction"]}, decimals)
    span = points.span(row["interaction_low"], row["interaction_high"], decimals)
    return (
        f" The share is {size} than the differences of the two characteristics by themselves add up to "
        f"({percent_level(row)} interval {span})."
    )


def empty_combinations(rows: Sequence[Row]) -> list[str]:
    """How many combinations of each crossing nobody has, where there are any."""
    met = {row["characteristic"]: row["empty_combinations"] for row in rows if row["crossed"] > 1}
    return [
        f"{'1 combination' if n == 1 else f'{n:,} combinations'} of {words(str(name))} "
        f"{'has' if n == 1 else 'have'} nobody in {'it' if n == 1 else 'them'}."
        for name, n in met.items()
        if n
    ]


def words(characteristic: str) -> str:
    """Characteristics that are crossed, in words.

    >>> words("ethnicity x gender x age")
    'ethnicity, gender and age'
    """
    *most, last = (inside(name) for name in characteristic.split(TIMES))
    return f"{', '.join(most)} and {last}" if most else last
