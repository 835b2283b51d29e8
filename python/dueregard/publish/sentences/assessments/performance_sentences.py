"""Performance and comparisons in plain English: how many units reach the threshold, and whether areas differ."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.publish.numbers import spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.assessments import parts
from dueregard.publish.sentences.wording import Row


def performance_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """Each row against the target; where all units are of one kind they are called that, and said once."""
    of = by[0] if by else "kind"
    kinds = {row["kind"] for row in rows if row.get("kind") is not None} if of == "kind" else set()
    only = kinds.pop() if len(kinds) == 1 else None
    said = [_performance(row, of, only) for row in rows]
    if only is None:
        return said
    return [text for text in dict.fromkeys(said) if not any(_opens(text, other) for other in said)]


def _opens(text: str, other: str) -> bool:
    """Whether another sentence says the same, and more."""
    return other != text and other.startswith(text.removesuffix("."))


def _performance(row: Row, by: str, only: object) -> str:
    label = row.get(by)
    kind = (label or only) if by == "kind" else row.get("kind")
    place = "" if by == "kind" or label is None else f" in {spoken(label)}"
    target = parts.percent(row["reference_value"]) if known(row["reference_value"]) else ""
    if not row["nobs"]:
        return f"No {parts.kind_of_units(1, kind)} was assessed{place}."
    if row["low"] != row["high"]:
        return f"{_undecided(row, kind, place)}{_target(row, target)}."
    share = f"{_who(row, kind)} {_does(str(row['measure']), row['count'] or 1, row['nobs'], row['count'] == 0)}{place}"
    return f"{share}{_target(row, target)}."


def _target(row: Row, target: str) -> str:
    """Whether the target is met, if there is one."""
    if row["verdict"] is None:
        return ""
    if row["verdict"] == "cannot tell":
        return f": whether the target of {target} is met cannot be told"
    return f": the target of {target} is {row['verdict'].removeprefix('target ')}"


def _undecided(row: Row, kind: object, place: str) -> str:
    """How many units are for certain, and how many were what is missing met."""
    of = f"{row['count']:,} of {parts.units(row['nobs'], kind)}"
    low, high = parts.either(row["low"], row["high"])
    does = _does(str(row["measure"]), 2, 2)
    return f"{of} ({low}) {does}{place} for certain, and {high} would if what is missing were met"


def _who(row: Row, kind: object) -> str:
    """How many units of how many."""
    count, nobs = row["count"], row["nobs"]
    if count == nobs or nobs == 1:
        return parts.capital(parts.every(nobs, kind)) + (" (100%)" if nobs > 1 else "")
    if not count:
        return parts.capital(parts.none_of(nobs, kind))
    return f"{count:,} of {parts.units(nobs, kind)} ({parts.percent(row['value'])})"


def _does(measure: str, number: int, nobs: int, none: bool = False) -> str:
    """What a measure says of so many units of so many.

    >>> _does("units meeting the baseline", 2, 3), _does("units at 80% or more", 1, 3)
    ('meet the baseline', 'is at 80% or more')
    >>> _does("units meeting Level 5", 1, 1, none=True)
    'does not meet Level 5'
    """
    what = spoken(measure.removeprefix("units "))
    if nobs == 1 and none:
        return f"does not meet {what.removeprefix('meeting ')}" if what.startswith("meeting ") else f"is not {what}"
    if what.startswith("meeting "):
        return f"{parts.verb(number, 'meets', 'meet')} {what.removeprefix('meeting ')}"
    return f"{parts.verb(number, 'is', 'are')} {what}"


def compared_sentences(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """Whether the groups vary beyond chance, then each of them against the rest."""
    return [_varies(row, by[0]) if row["row_type"] == "variation" else _group(row) for row in rows]


def _varies(row: Row, by: str) -> str:
    groups = "kinds of unit" if by == "kind" else parts.kind_of_units(2, by)
    if not known(row["pvalue"]):
        return f"Whether {groups} differ cannot be tested: fewer than two of them have several units."
    by_chance = parts.points(row["estimate"]).partition(" ")[0]
    found = (
        f"the largest difference from the rest is {parts.points(row['value'])}, where about {by_chance} would be "
        f"expected if units were shuffled between them ({_p(row['pvalue'], 'p')})"
    )
    if row["verdict"] == "varies beyond chance":
        return f"{parts.capital(groups)} vary beyond what shuffling units between them would make: {found}."
    return f"It is not shown that {groups} differ: {found}."


def _group(row: Row) -> str:
    if "area" in row:
        who = f"{parts.capital(spoken(row['area']))} ({parts.units(row['nobs'], row.get('kind'))})"
    else:
        who = f"The {parts.units(row['nobs'], row['kind'])}"
    if not known(row["value"]):
        return f"{who}: no score."
    mean = f"{who}: {parts.percent(row['value'])} on average"
    if not known(row["estimate"]):
        return f"{mean}; there are no others to compare with."
    side = "higher" if row["estimate"] > 0 else "lower"
    gap = f"{parts.points(row['estimate'])} {side} than the rest ({parts.percent(row['reference_value'])})"
    if row["estimate"] == 0:
        gap = "the same as the rest"
    if not known(row["pvalue"]):
        return f"{mean}, {gap}; too few units to test."
    adjusted = _p(row["adjusted_pvalue"], "p, allowing for all comparisons,")
    verdict = (
        "too few to tell whether it is more than chance" if row["verdict"] == "too few to tell" else "more than chance"
    )
    return f"{mean}, {gap}: {verdict} ({adjusted})."


def _p(value: float, words: str) -> str:
    """A p-value, never as a zero."""
    decimals = 3 if value >= 0.0005 else 4
    return f"{words} {value:.{decimals}f}" if value >= 0.00005 else f"{words} {value:.1g}"
