"""Findings in plain English: the value, what it is compared with, the interval, and what cannot be said.

Every number in a sentence is a number of its row; `unsupported_numbers` is the check.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.references import Reference
from dueregard.inference.variation import SPREAD
from dueregard.measures.verdicts import HIGHER, LOWER, NO_DIFFERENCE, TOO_FEW
from dueregard.missing import is_missing
from dueregard.publish.amounts import amount, of_spread, side, size_of
from dueregard.publish.numbers import decimals_for, numbers_in, plain, spoken, unsupported_numbers
from dueregard.publish.readings import is_area, is_time

if TYPE_CHECKING:
    from dueregard.findings import Findings

__all__ = ["numbers_in", "sentences", "unsupported_numbers"]

FEWEST_PEOPLE = 10
"""Fewer people than this are not described, nor is a single one among more."""
STRIKING = 1.2
"""A largest gap this many times the one expected, or this many times below it, asks for a word."""

Row = Mapping[str, Any]


def sentences(findings: Findings) -> list[str]:
    """What each row says, in the order of the rows; the row of the reference itself says nothing of its own."""
    rows = list(findings.rows())
    differing = {row["group"]: row["low"] > 0 for row in rows if _is_spread(row) and _known(row["low"])}
    threshold = getattr(findings, "threshold", None)
    said = (sentence(row, findings.by, threshold, differing.get(row["group"])) for row in rows)
    return [text for text in said if text]


def sentence(row: Row, by: Sequence[str], threshold: float | None = None, differs: bool | None = None) -> str:
    """What one row says, given the difference taken as mattering and whether areas are shown to differ, if known."""
    if row["row_type"] == "variation":
        return _spread(row, by) if _is_spread(row) else _largest(row, by, differs)
    if row["reference"] == "published":  # the comparison is written out in its note
        return f"{row['note']}."
    if any(name in row for name in ("unit", "indicator", "kind")):
        return _score(row, by)
    if row["reference"] is None:
        return _level(row, by)
    return "" if row["row_type"] == "reference" else _comparison(row, by, threshold)


def _is_spread(row: Row) -> bool:
    return row["row_type"] == "variation" and str(row["method"]).startswith(SPREAD)


def _comparison(row: Row, by: Sequence[str], threshold: float | None) -> str:
    """A group against its reference, or why there is no comparison."""
    subject = _opening(row, f"{spoken(row['measure'])}{_place(row, by)}")
    group = _group(row)
    if row["nobs"] == 0:
        return f"{subject} cannot be given for {group}: no cases."
    if _too_few(row["count"], row["nobs"]):
        return f"{subject}: too few {_members(row)} to describe."
    decimals = decimals_for(row["nobs"], row["reference_nobs"])
    value = f"{subject} was {amount(row, 'value', decimals)} for {group}" if _known(row["value"]) else subject
    if is_missing(row["group"]):
        return f"{value}; this is not a group to compare."
    if row["reference"] in (Reference.OVERALL.value, Reference.REST.value) and not _known(row["estimate"]):
        return f"{value}; there is no other group with cases to compare with."
    if row["reference_nobs"] == 0 or not _known(row["estimate"]):
        return f"{value}; there are no cases in {_reference(row)} to compare with."
    if _too_few(row["reference_count"], row["reference_nobs"]):
        return f"{value}; too few people in {_reference(row)} to compare with."
    against = f"against {amount(row, 'reference_value', decimals)} for {_reference(row)}"
    return f"{value} {against}: {_difference(row, decimals)}{_limits(row, decimals)}. {_meaning(row, threshold)}"


def _difference(row: Row, decimals: int) -> str:
    """A signed difference in words."""
    estimate = row["estimate"]
    if float(f"{estimate:.{decimals}f}") == 0:
        return "about the same"
    return f"{size_of(row, plain(estimate, decimals))} {side(row, estimate)}"


def _limits(row: Row, decimals: int) -> str:
    low, high = row["low"], row["high"]
    if not (_known(low) and _known(high)):
        return ""
    first, last = (plain(limit, decimals) if math.isfinite(limit) else "any amount" for limit in (low, high))
    if low < 0 < high:
        span = f"{first} {side(row, low)} to {last} {side(row, high)}"
    else:
        span = f"{first} to {last} {side(row, low if low < 0 else high)}"
    return f" ({_percent_level(row)} interval {span})"


def _meaning(row: Row, threshold: float | None) -> str:
    """What the verdict says, and what cannot be said."""
    verdict = row["verdict"] or ""
    if verdict.startswith((HIGHER, LOWER)):
        small = verdict.partition(" by less than ")[2].partition(" ")[0]
        size = f", but one within the {size_of(row, small)} taken as mattering" if small else ""
        return f"This is clear evidence of a difference{size}{_caveat(row, bool(small))}; it does not say why."
    if verdict == NO_DIFFERENCE:
        size = "smaller than the one" if threshold is None else f"within the {size_of(row, f'{threshold:g}')}"
        return f"If there is a difference, it is {size} taken as mattering."
    if verdict.startswith(TOO_FEW):
        many = verdict.partition(": ")[2].removesuffix(" the present numbers needed")
        several = " once all comparisons are allowed for" if row["low"] > 0 or row["high"] < 0 else ""
        return (
            f"These are too few cases to tell{several}: {many} the present numbers would be needed for a clear verdict."
        )
    return "This is a full count, so no allowance is made for chance."


def _caveat(row: Row, second: bool) -> str:
    """That a clear difference rests on few people, on either side."""
    flag = Flag(row["flag"]) if isinstance(row["flag"], int) else Flag(0)
    few = f"{'the equivalent of ' if Flag.EFFECTIVE_SIZE in flag else ''}fewer than {SMALL_BASE} people"
    joint = " and" if second else ", but"
    if Flag.SMALL_BASE in flag:
        return f"{joint} it rests on {few}"
    return f"{joint} it is from {few} in {_reference(row)}" if Flag.SMALL_REFERENCE in flag else ""


def _level(row: Row, by: Sequence[str]) -> str:
    """A value that is compared with nothing, such as a share."""
    place, group = _place(row, by), _group(row)
    what = spoken(row["measure"] or "value")
    part = what == f"share of {spoken(row['characteristic'])}"
    subject = _opening(row, group if part else f"{what}{place}")
    if _too_few(row["count"], row["nobs"]) and row["nobs"]:
        return f"{subject}{place if part else ''}: too few people to describe."
    if not _known(row["value"]):
        why = "not part of the whole" if row["nobs"] else "no cases"
        return f"{_opening(row, what)}{place} cannot be given for {group}: {why}."
    value = f"{plain(row['value'], decimals_for(row['nobs']))}%{_range(row)}"
    if part:
        return f"{subject} made up {value} of those with {what.removeprefix('share of ')} stated{place}."
    return f"{subject} was {value}{'' if row['group'] is None else f' for {group}'}."


def _score(row: Row, by: Sequence[str]) -> str:
    """A score of an assessment: a full count, so its range comes from missing answers alone."""
    subject = _opening(row, ", ".join(spoken(row[name]) for name in by if row[name] is not None) or "all units")
    about = f"{subject}, {spoken(row['measure'])}" if row["measure"] else subject
    if not _known(row["value"]):
        answer = row.get("answer")
        return f"{about}: {spoken(answer)}." if answer else f"{about}: nothing that can be scored."
    target = ""
    if _known(row["reference_value"]):
        target = f", against {plain(row['reference_value'], 0)}% ({spoken(row['reference'])})"
    verdict = f": {row['verdict']}" if row["verdict"] else ""
    return f"{about}: {plain(row['value'], 0)}%{_range(row)}{target}{verdict}."


def _range(row: Row) -> str:
    """The interval of a value, or for a full count the range that missing answers leave."""
    low, high = row["low"], row["high"]
    if not (_known(low) and _known(high)) or low == high:
        return ""
    decimals = decimals_for(row["nobs"])
    span = f"{plain(low, decimals)} to {plain(high, decimals)}"
    if isinstance(row["flag"], int) and Flag.FULL_COUNT in Flag(row["flag"]):
        return f" ({span} depending on missing answers)"
    return f" ({_percent_level(row)} interval {span})" if _known(row["confidence_level"]) else f" ({span})"


def _spread(row: Row, by: Sequence[str]) -> str:
    """How much the gap of a group varies between areas."""
    gap = f"the gap between {_group(row)} and {_reference(row)}"
    areas, levels = _kinds(by), _plural(by)
    if not _known(row["estimate"]):
        return _opening(row, f"whether {gap} differs by {areas} cannot be said: too few {levels} have cases.")
    if row["high"] == 0:
        return _opening(
            row, f"{gap} shows no sign of differing by {areas}: it varies even less than chance alone would make it."
        )
    level = _percent_level(row)
    size = f"standard deviation {of_spread(row, plain(row['estimate'], 1))}"
    spread = f"({size}, {level} interval {plain(row['low'], 1)} to {plain(row['high'], 1)})"
    if row["low"] > 0:  # exactly when the p-value is below the level asked for
        return _opening(row, f"{gap} differs by {areas} beyond chance {spread}.")
    return _opening(
        row, f"there is no clear evidence that {gap} differs by {areas} beyond chance {spread}; do not rank them by it."
    )


def _kinds(by: Sequence[str]) -> str:
    """What areas or levels differ by: "borough", "gender"."""
    return " and ".join(_inside(name) for name in by)


def _inside(name: str) -> str:
    """The name of a column inside a sentence: a capital that only opens it goes."""
    words = spoken(name)
    return words[:1].lower() + words[1:] if words[1:].islower() else words


def _plural(by: Sequence[str]) -> str:
    return "areas" if any(map(is_area, by)) else f"levels of {_kinds(by)}"


def _largest(row: Row, by: Sequence[str], differs: bool | None) -> str:
    """The largest gap seen, beside the largest to expect by chance, and what that adds to the test of all together."""
    if not _known(row["estimate"]):
        return ""
    seen, expected = plain(row["value"], 0), plain(row["estimate"], 0)
    where = f"in any {_kinds(by)}" if any(map(is_area, by)) else f"at any level of {_kinds(by)}"
    text = f"the largest gap between {_group(row)} and {_reference(row)} {where} is {of_spread(row, seen)}; "
    text += f"about {expected} would be expected by chance if they did not differ"
    return _opening(row, text + _beside_test(row["value"], row["estimate"], by, differs) + ".")


def _beside_test(seen: float, expected: float, by: Sequence[str], differs: bool | None) -> str:
    """How the largest gap goes with the test of all areas together, where the two seem to disagree."""
    together = f"all {_plural(by)} taken together"
    if differs is False and seen > STRIKING * expected:
        return f". One gap may stand out, but {together} do not show more than chance, which can also do this"
    if differs is False and STRIKING * seen < expected:
        return ". So the largest gap too is no sign that they differ"
    if differs and seen < expected:
        return f". It is {together} that differ beyond chance, not the largest gap by itself"
    return ""


def _opening(row: Row, text: str) -> str:
    """The start of a sentence: the period first, if there is one."""
    if row["period"] is not None:
        return f"In {spoken(row['period'])}, {text}"
    return text[:1].upper() + text[1:]


def _place(row: Row, by: Sequence[str]) -> str:
    """Where: the labels of the area, or nothing when there are no areas."""
    if not by:
        return ""
    if all(row[name] is None for name in by):
        together = "in all areas together" if any(map(is_area, by)) else f"at all {_plural(by)} together"
        return f" on average over {_plural(by)}" if "mean of areas" in str(row["method"]) else f" {together}"
    given = [name for name in by if row[name] is not None]
    areas = [name for name in given if is_area(name) or is_time(name)]
    parts = [f"{spoken(name)} {row[name]}" if is_missing(row[name]) else spoken(row[name]) for name in areas]
    others = [f"{_inside(name)} {'' if is_missing(row[name]) else 'is '}{spoken(row[name])}" for name in given
              if name not in areas]  # fmt: skip
    where = f" where {' and '.join(others)}" if others else ""
    return (f" in {', '.join(parts)}" if parts else "") + where


def _group(row: Row) -> str:
    if is_missing(row["group"]):
        return f"people with {spoken(row['characteristic'])} {row['group']}"
    return f"the {spoken(row['group'])} group"


def _members(row: Row) -> str:
    group = _group(row)
    return group if is_missing(row["group"]) else f"people in {group}"


def _reference(row: Row) -> str:
    known = {reference.value for reference in Reference}
    return str(row["reference"]) if row["reference"] in known else f"the {spoken(row['reference'])} group"


def _percent_level(row: Row) -> str:
    return f"{100 * row['confidence_level']:.10g}%"


def _too_few(count: int | None, nobs: int | None) -> bool:
    """Whether a sentence would describe fewer than ten people, or a single one."""
    if nobs is None:
        return False
    return nobs < FEWEST_PEOPLE or (count is not None and 1 in (count, nobs - count))


def _known(value: Any) -> bool:
    return isinstance(value, (int, float)) and not math.isnan(value)
