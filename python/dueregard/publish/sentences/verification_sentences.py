"""Verification in plain English: agreement with a check, what to check, verified scores and pairs of units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import TYPE_CHECKING

from dueregard.assessment.verification import statistics as words
from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import Row, percent_level

if TYPE_CHECKING:
    from dueregard.findings import Findings

MINUS = "\N{MINUS SIGN}"


def is_verification(findings: Findings) -> bool:
    """Whether findings are of agreement with a check, or list what is to be checked."""
    return set(findings["measure"]) <= {*words.AGREEMENT, words.TO_CHECK} and len(findings) > 0


def verification_sentences(findings: Findings) -> list[str]:
    """What the findings say: the figures of the same pairs together, and the answers to check of one unit."""
    rows = list(findings.rows())
    if rows[0]["measure"] == words.TO_CHECK:
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
    """The sentences on one set of pairs."""
    of = {row["measure"]: row for row in rows}
    same = of[words.SAME_ANSWER]
    about = _opening(", ".join(str(same[name]) for name in by if same[name] is not None) or "all answers")
    if not same["nobs"]:
        return [f"{about}: no answers that could be compared.{_missing(same)}"]
    said = [f"{about}: {_same(same)}; {_kappa(of[words.WEIGHTED_KAPPA])}."]
    said.append(f"{about}: {_sides(of)}{_verdict(of[words.STEPS_HIGHER])}.")
    said.append(f"{about}: {_met(of)}{_verdict(of[words.MET_DIFFERENCE])}.{_missing(same)}")
    return said


def _same(row: Row) -> str:
    compared = f"{row['nobs']:,} answer{'' if row['nobs'] == 1 else 's'} compared"
    return f"{_percent(row)} of {compared} were the same{_limits(row, decimals_for(row['nobs']))}"


def _percent(row: Row) -> str:
    return f"{plain(row['value'], decimals_for(row['nobs']))}%"


def _signed(value: float, decimals: int) -> str:
    text = plain(value, decimals)
    return f"{MINUS}{text}" if value < 0 and float(text.replace(",", "")) else text


def _limits(row: Row, decimals: int) -> str:
    if not (known(row["low"]) and known(row["high"])):
        return ""
    return f" ({percent_level(row)} interval {_signed(row['low'], decimals)} to {_signed(row['high'], decimals)})"


def _kappa(row: Row) -> str:
    if not known(row["value"]):
        return "weighted kappa is not defined, for all were the same answer"
    possible = f"from {_signed(row['possible_low'], 2)} to {_signed(row['possible_high'], 2)}"
    return (
        f"weighted kappa was {_signed(row['value'], 2)}{_limits(row, 2)}, "
        f"where the same answers paired otherwise could give {possible}"
    )


def _sides(of: Mapping[str, Row]) -> str:
    generous, severe, steps = (of[name] for name in (words.MORE_GENEROUS, words.MORE_SEVERE, words.STEPS_HIGHER))
    side = "below" if steps["value"] < 0 else "above"
    return (
        f"{_percent(generous)} were more generous than the check and {_percent(severe)} more severe, on average "
        f"{plain(steps['value'], 2)} steps {side} it{_limits(steps, 2)}"
    )


def _met(of: Mapping[str, Row]) -> str:
    own, check, difference = (of[name] for name in (words.MET_OWN, words.MET_CHECK, words.MET_DIFFERENCE))
    decimals = decimals_for(difference["nobs"])
    met = f"{_percent(own)} were met by own answers and {_percent(check)} on the check"
    return f"{met}, {_points(difference['value'], decimals)}{_limits(difference, decimals)}"


def _points(value: float, decimals: int) -> str:
    if value == 0:
        return "as many"
    size = plain(value, decimals)
    return f"{size} percentage point{'' if size == '1' else 's'} {'more' if value > 0 else 'fewer'}"


def _verdict(row: Row) -> str:
    return f": {row['verdict']}" if row["verdict"] else ""


def _missing(row: Row) -> str:
    """What could not be compared, where there is any."""
    kinds = {
        "not_checked": "not checked",
        "check_missing": "checked without a result",
        "own_missing": "checked but not answered by the unit",
    }
    parts = [f"{row[name]:,} {text}" for name, text in kinds.items() if row[name]]
    return f" Not compared: {', '.join(parts)}." if parts else ""


def verified_or_paired(row: Row) -> str | None:
    """What a verified score or a pair of units says; None for other rows."""
    if row["measure"] == words.VERIFIED:
        return _verified(row)
    return _paired(row) if row["measure"] == words.PAIRING else None


def _verified(row: Row) -> str:
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


def _paired(row: Row) -> str:
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
