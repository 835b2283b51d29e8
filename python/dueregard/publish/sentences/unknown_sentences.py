"""Unknown groups in plain English: how many there are, how far they could move a comparison, what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.unknowns.unknown_rules import WITHIN
from dueregard.measures.verdicts import CLEAR
from dueregard.measures.workforce.representation_rows import THE_POPULATION
from dueregard.missing import is_missing
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import (
    FEWEST_PEOPLE,
    Row,
    group_of,
    inside,
    opening,
    percent_level,
    place_in,
    reference_of,
    too_few,
)
from dueregard.publish.units.amounts import Unit, unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings


def unknown_sentences(findings: Findings) -> list[str]:
    """What each comparison says, in the order of the rows; of the reference and of kinds of missing nothing is said."""
    together: dict[tuple[object, ...], list[Row]] = {}
    for row in findings.rows():
        if row["row_type"] == "group" and not is_missing(row["group"]):
            together.setdefault((row["group"], *(row[name] for name in findings.by)), []).append(row)
    return [unknown_sentence(rows, findings.by) for rows in together.values()]


def unknown_sentence(rows: Sequence[Row], by: Sequence[str]) -> str:
    """What the rows of one comparison say, one for each assumption, that of the stated cases first."""
    row, unit = rows[0], unit_of(rows[0])
    if row["all_cases"] < FEWEST_PEOPLE or row["count"] == 1 or too_few(row["count"], row["nobs"]):
        subject = f"{opening(row, inside(row['characteristic']))}{place_in(row, by)}"
        return f"{subject}: too few {_cases(row)} of {group_of(row)} to describe."
    if not row["unknown_cases"]:
        return f"{_known_for_all(row, by)} {_stated(row, unit)}"
    if not (known(row["bound_low"]) and known(row["bound_high"])):
        return f"{_how_many(row, by)} {_no_bounds(row)}"
    parts = [_how_many(row, by), _bounds(row, unit), _by_second(rows, unit), _tipping(row), _caveat(row, unit)]
    return " ".join(part for part in parts if part)


def _cases(row: Row) -> str:
    return spoken(row.get("cases") or "cases")


def _how_many(row: Row, by: Sequence[str]) -> str:
    """How many cases are of no known group."""
    number = "a single one" if row["unknown_cases"] == 1 else f"{row['unknown_cases']:,}"
    what = f"{inside(row['characteristic'])} is not known for {number} of {row['all_cases']:,} {_cases(row)}"
    return opening(row, f"{what}{place_in(row, by)} ({row['unknown_percent']:.1f}%).")


def _known_for_all(row: Row, by: Sequence[str]) -> str:
    what = f"{inside(row['characteristic'])} is known for all {row['all_cases']:,} {_cases(row)}"
    return opening(row, f"{what}{place_in(row, by)}.")


def _stated(row: Row, unit: Unit) -> str:
    """The comparison itself, which no unknown case can move."""
    if not known(row["estimate"]):
        return _no_bounds(row)
    text = _clause(row["estimate"], row["estimate"], row, unit)
    return f"{text[:1].upper()}{text[1:]}."


def _no_bounds(row: Row) -> str:
    return f"Of {group_of(row)} and {reference_of(row)} no comparison can be made."


def _bounds(row: Row, unit: Unit) -> str:
    """The range over every allotment, and whether the conclusion hangs on it."""
    text = f"Whatever their {inside(row['characteristic'])}, {_clause(row['bound_low'], row['bound_high'], row, unit)}"
    if row["holds"] is None:
        return f"{text}."
    return f"{text}: the conclusion {'does not depend' if row['holds'] else 'depends'} on them."


def _clause(low: float, high: float, row: Row, unit: Unit) -> str:
    """From what to what: "the rate for the Black group is 2.9 to 4.8 times that for the White group"."""
    group, reference = group_of(row), reference_of(row)
    if not unit.logarithmic:
        decimals = decimals_for(row["nobs"])
        span = unit.span(low, high, decimals) if low < high else f"{plain(low, decimals)} {unit.side(low)}"
        return f"the gap between {group} and {reference} is {span} (percentage points)"
    span = unit.mark(low) if low == high else unit.marked_span(low, high)
    span = "any number of" if span == "no limits" else span
    if row["reference"] == THE_POPULATION:
        return f"the share for {group} is {span} times its share of the population"
    if row["unit_of_measure"] == "odds ratio":
        return f"the odds for {group} are {span} times those for {reference}"
    return f"the {'rate' if known(row.get('per')) else 'share'} for {group} is {span} times that for {reference}"


def _by_second(rows: Sequence[Row], unit: Unit) -> str:
    """What a second recording makes of it, beside the stated cases alone."""
    stated = rows[0]["estimate"]
    second = next((row for row in rows if str(row["assumption"]).startswith(WITHIN)), None)
    if second is None or not (known(stated) and known(second["estimate"])):
        return ""
    column = spoken(second["assumption"]).removeprefix(f"{WITHIN} ")
    found = unit.mark(second["estimate"])
    return (
        f"The stated cases alone give {unit.mark(stated)}; if the others are unknown at random among those with the "
        f"same {column}, it is {found}."
    )


def _tipping(row: Row) -> str:
    """What would have to be so for another conclusion."""
    words = spoken(row["tipping_point"])
    if row["holds"] is None or not words.startswith(("if ", "not even ")):
        return ""
    if words.startswith("not even "):
        return f"It would hold {words.removeprefix('not ')}."
    now = "it is on one side" if row["verdict"] is None else "no difference is clear"
    now = "there is a clear difference" if str(row["verdict"] or "").startswith(CLEAR) else now
    return f"By the stated cases {now}; this would change {words}."


def _caveat(row: Row, unit: Unit) -> str:
    """That chance comes on top."""
    low, high = row["region_low"], row["region_high"]
    if not (known(low) and known(high)) or not known(row["confidence_level"]):
        return ""
    span = unit.marked_span(low, high) if unit.logarithmic else unit.span(low, high, decimals_for(row["nobs"]))
    return f"With chance allowed for too, the range is {span} ({percent_level(row)} limits)."
