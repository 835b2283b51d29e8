"""Tests of a sample survey in plain English: which test, what came out of it, and what it does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import words
from dueregard.missing import is_missing
from dueregard.publish.numbers import chance, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import (
    Row,
    group_of,
    inside,
    opening,
    percent_level,
    place_in,
    reference_of,
    too_few,
)
from dueregard.publish.units.amounts import unit_of
from dueregard.units import FROM_EVEN_CHANCE

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
SURE = 0.05
"""Below this p-value groups are said to differ."""
NOT_SAID = (
    "Such a test says whether there is any difference beyond chance: not how large it is, between which groups, in "
    "which answers, or why. Where it shows none, that is no evidence that there is none."
)
NOT_SAID_OF_TWO = (
    "Such a test says whether there is a difference beyond chance, not why. Where it shows none, that is no evidence "
    "that there is none."
)


def survey_test_sentences(findings: Findings) -> list[str]:
    """What findings of kind "survey tests" say: each test, after the first of them once what tests do not say."""
    rows = [row for row in findings.rows() if row["row_type"] != "reference" and not _nobody(row)]
    said = [test_sentence(row, findings.by) for row in rows]
    caveat = NOT_SAID if any(row["row_type"] == "test" for row in rows) else NOT_SAID_OF_TWO
    return [*said[:1], caveat, *said[1:]] if said else []


def _nobody(row: Row) -> bool:
    """Whether a row is of those of no known group, who are compared with nobody."""
    return row["row_type"] == "group" and is_missing(row["group"])


def test_sentence(row: Row, by: By) -> str:
    """One test: of a table of answers, of two means, or of ranks."""
    if row["row_type"] == "test":
        return _of_table(row, by)
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, by)}")
    if not (row["nobs"] and row["reference_nobs"]):
        return f"{subject}: {group_of(row)} cannot be compared with {reference_of(row)}, as there are no cases."
    if too_few(None, row["nobs"]) or too_few(None, row["reference_nobs"]):
        return f"{subject}: too few people to compare {group_of(row)} with {reference_of(row)}."
    return f"{subject} was {_values(row)}. {_result(row)}"


def _of_table(row: Row, by: By) -> str:
    groups = f"groups of {inside(row['characteristic'])}"
    where = place_in(row, by)
    if not known(row["pvalue"]):
        return opening(
            row, f"whether {spoken(row['measure'])}{where} differs between {groups} cannot be tested{_why(row)}."
        )
    shown = "differ beyond chance" if _level(row) < SURE else "are not shown to differ"
    return opening(row, f"answers on {inside(row['measure'])}{where} {shown} between {groups}: {_statistic(row)}.")


def _why(row: Row) -> str:
    reasons = words(row["flag"])
    return f" ({'; '.join(reasons)})" if reasons else ""


def _values(row: Row) -> str:
    """Both means with their difference, or the chance of a higher value."""
    limits = ""
    if known(row["low"]) and known(row["high"]):
        limits = f" ({percent_level(row)} interval {unit_of(row).span(row['low'], row['high'], _decimals(row))})"
    if row["unit_of_measure"] == FROM_EVEN_CHANCE:
        one = f"one of {group_of(row)} against one of {reference_of(row)}"
        return f"{plain(row['value'], 1)}% for {one}, where 50% is even"
    decimals, unit = _decimals(row), unit_of(row)
    value, against = (plain(row[name], decimals) for name in ("value", "reference_value"))
    if not known(row["estimate"]):
        return f"{value} for {group_of(row)} and {against} for {reference_of(row)}"
    both = f"{value} for {group_of(row)} against {against} for {reference_of(row)}"
    return f"{both}: {unit.difference(row, decimals)}{limits}"


def _decimals(row: Row) -> int:
    return 0 if abs(row["value"]) >= 1000 else 1


def _result(row: Row) -> str:
    if not known(row["pvalue"]):
        return f"Whether they differ cannot be tested{_why(row)}."
    shown = "This is a difference beyond chance" if _level(row) < SURE else "A difference is not shown"
    return f"{shown}: {_statistic(row)}."


def _level(row: Row) -> float:
    return float(row["adjusted_pvalue"] if known(row["adjusted_pvalue"]) else row["pvalue"])


def _statistic(row: Row) -> str:
    """The test by name, its statistic with its degrees of freedom, and p, also once other tests are allowed for."""
    letter = _letter(row)
    name, _, order = str(row["method"]).partition(";")[0].removesuffix(f", {letter}").partition(", ")
    test = f"{name} test{f', {order}' if order else ''}"
    adjusted = row["adjusted_pvalue"]
    several = known(adjusted) and adjusted != row["pvalue"]
    more = f", and {chance(adjusted).removeprefix('p = ')} once all tests are allowed for" if several else ""
    minus = "\N{MINUS SIGN}" if row["statistic"] < 0 else ""
    return f"{test}, {letter} = {minus}{plain(row['statistic'], 2)} {_degrees(row)}, {chance(row['pvalue'])}{more}"


def _letter(row: Row) -> str:
    if row["row_type"] != "test":
        return "t"
    return "chi-square" if str(row["method"]).partition(";")[0].endswith("chi-square") else "F"


def _degrees(row: Row) -> str:
    """The degrees of freedom of a statistic, with one decimal where they are no whole numbers."""
    names = ("numerator_degrees", "degrees_of_freedom") if _letter(row) != "t" else ("degrees_of_freedom",)
    found = [row[name] for name in names if known(row.get(name)) and abs(row[name]) < float("inf")]
    said = [f"{value:,.0f}" if value == round(value) else f"{value:,.1f}" for value in found]
    degrees = "degree" if said == ["1"] else "degrees"
    return f"with {' and '.join(said)} {degrees} of freedom" if said else "(normal)"
