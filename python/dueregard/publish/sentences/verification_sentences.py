"""Verification in plain English: agreement with a check, what to check, verified scores and pairs of units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from math import isclose
from typing import TYPE_CHECKING

from dueregard.assessment.verification import statistics as words
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, percent_level

if TYPE_CHECKING:
    from dueregard.findings import Findings

MINUS = "\N{MINUS SIGN}"


def verification_sentences(findings: Findings) -> list[str]:
    """What the findings say: the figures of the same pairs together, and the answers to check of one unit."""
    rows = list(findings.rows())
    if findings.kind == "answers to check":
        return [_to_check(list(some)) for _, some in groupby(rows, lambda row: row["unit"])]
    together = groupby(rows, lambda row: [row[name] for name in findings.by])
    return [text for _, some in together for text in _agreement(list(some), findings.by)]


def _opening(label: object) -> str:
    """A label that opens a sentence."""
    text = spoken(label)
    return text[:1].upper() + text[1:]


def _to_check(rows: list[Row]) -> str:
    unit = "All units" if rows[0]["unit"] is None else _opening(rows[0]["unit"])
    ids = [spoken(row["indicator"]) for row in rows if row["indicator"] is not None]
    if not ids:
        return f"{unit}: nothing to check."
    strata = {row["section"]: row["nobs"] for row in rows}
    of = f" of {rows[0]['nobs']:,} answers" if len(strata) == 1 or len(set(strata.values())) == 1 else ""
    sizes = {(row["count"], row["nobs"]) for row in rows}
    told = f" ({rows[0]['count']:,}{of})" if len(sizes) == 1 and rows[0]["count"] == len(ids) else ""
    return f"{unit}: check {', '.join(ids)}{told}."


def _agreement(rows: Iterable[Row], by: Iterable[str]) -> list[str]:
    """The sentences on one set of pairs: those of which there are the figures."""
    of = {row["measure"]: row for row in rows}
    first = next(iter(of.values()))
    about = _opening(", ".join(str(first[name]) for name in by if first[name] is not None) or "all answers")
    if not first["nobs"]:
        return [f"{about}: no answers that could be compared.{_missing(first)}"]
    said = [_joined(of, {words.SAME_ANSWER: _same, words.WEIGHTED_KAPPA: kappa}, "; "), _sides(of), _met(of)]
    told = [f"{about}: {text}." for text in said if text]
    return [*told[:-1], told[-1] + _missing(first)]


def _joined(of: Mapping[str, Row], says: Mapping[str, Callable[[Row], str]], between: str) -> str:
    """What is said of the figures that there are."""
    return between.join(say(of[measure]) for measure, say in says.items() if measure in of)


def _same(row: Row) -> str:
    compared = f"{row['nobs']:,} answer{'' if row['nobs'] == 1 else 's'} compared"
    return f"{percent(row)} of {compared} were the same{_limits(row, decimals_for(row['nobs']))}"


def percent(row: Row) -> str:
    return f"{plain(row['value'], decimals_for(row['nobs']))}%"


def _signed(value: float, decimals: int) -> str:
    text = plain(value, decimals)
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) else text


def _limits(row: Row, decimals: int) -> str:
    if not (known(row["low"]) and known(row["high"])):
        return ""
    return f" ({percent_level(row)} interval {_signed(row['low'], decimals)} to {_signed(row['high'], decimals)})"


def kappa(row: Row) -> str:
    if not known(row["value"]):
        return "weighted kappa is not defined, for all were the same answer"
    if isclose(row["possible_low"], row["possible_high"], abs_tol=1e-9):
        return "weighted kappa is not known, for one side gave the same answer throughout"
    possible = f"from {_signed(row['possible_low'], 2)} to {_signed(row['possible_high'], 2)}"
    return (
        f"weighted kappa was {_signed(row['value'], 2)}{_limits(row, 2)}, "
        f"where the same answers paired otherwise could give {possible}"
    )


def _sides(of: Mapping[str, Row]) -> str:
    """How many were more generous or more severe, then the steps between both sides, with their verdict."""
    names = {words.MORE_GENEROUS: "more generous", words.MORE_SEVERE: "more severe"}
    there = [measure for measure in names if measure in of]
    said = [
        f"{percent(of[measure])} " + (f"were {names[measure]} than the check" if i == 0 else names[measure])
        for i, measure in enumerate(there)
    ]
    steps = _joined(of, {words.STEPS_HIGHER: lambda row: _steps(row, "it" if there else "the check")}, "")
    return ", ".join(filter(None, [" and ".join(said), steps])) + _verdict(of.get(words.STEPS_HIGHER))


def _steps(row: Row, check: str) -> str:
    side = "below" if row["value"] < 0 else "above"
    return f"on average {plain(row['value'], 2)} steps {side} {check}{_limits(row, 2)}"


def _met(of: Mapping[str, Row]) -> str:
    """How many were met on each side, then the difference, with its verdict."""
    names = {words.MET_OWN: "by own answers", words.MET_CHECK: "on the check"}
    there = [measure for measure in names if measure in of]
    said = [
        f"{percent(of[measure])} {'were met ' if i == 0 else ''}{names[measure]}" for i, measure in enumerate(there)
    ]
    gap = _joined(of, {words.MET_DIFFERENCE: difference}, "")
    if gap and not there:
        than = "as" if of[words.MET_DIFFERENCE]["value"] == 0 else "than"
        gap += f" were met by own answers {than} on the check"
    return ", ".join(filter(None, [" and ".join(said), gap])) + _verdict(of.get(words.MET_DIFFERENCE))


def difference(row: Row) -> str:
    decimals = decimals_for(row["nobs"])
    return f"{_points(row['value'], decimals)}{_limits(row, decimals)}"


def _points(value: float, decimals: int) -> str:
    if value == 0:
        return "as many"
    size = plain(value, decimals)
    return f"{size} percentage point{'' if size == '1' else 's'} {'more' if value > 0 else 'fewer'}"


def _verdict(row: Row | None) -> str:
    return f": {row['verdict']}" if row and row["verdict"] else ""


def _missing(row: Row) -> str:
    """What could not be compared, where there is any."""
    kinds = {
        "not_checked": "not checked",
        "check_missing": "checked without a result",
        "own_missing": "checked but not answered by the unit",
    }
    parts = [f"{row[name]:,} {text}" for name, text in kinds.items() if row[name]]
    return f" Not compared: {', '.join(parts)}." if parts else ""


def verified_sentence(row: Row) -> str:
    """What a verified score says."""
    unit = _opening(row["unit"])
    if not known(row["low"]):
        return f"{unit}: {row['note']}."
    checked = f"{row['checked']:,} of {row['nobs']:,} answers checked"
    limits = f"{plain(row['low'], 0)}% to {plain(row['high'], 0)}% with {percent_level(row)} confidence"
    if not known(row["value"]):
        return f"{unit}: {checked}; a check of all would give {limits}: {row['verdict']}."
    own = f"{plain(row['reference_value'], 0)}% by its own answers"
    score = f"{plain(row['value'], 0)}% if the check held for all ({limits})"
    return f"{unit}: {checked}; {own}, {score}: {row['verdict']}."


def pair_sentence(row: Row) -> str:
    """What a pair of units says."""
    unit = _opening(row["unit"])
    if row["verdict"] != words.PAIRED:
        return f"{unit}: {row['verdict']}, for {row['note']}."
    rest = [
        f"{text} {spoken(row[name])}"
        for name, text in (("from_others", "others meet"), ("from_nobody", "no stronger unit meets"))
        if row[name]
    ]
    of = f"{row['count']:,} of {row['nobs']:,} not met"
    learned = f"can learn {spoken(row['learn'])} from {spoken(row['partner'])} ({of})"
    return f"{unit} {'; '.join([learned, *rest])}."
