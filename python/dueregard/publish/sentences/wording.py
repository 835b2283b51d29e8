"""Parts of sentences that are the same whatever is said: when, where, who, and at what level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dueregard.inference.references import Reference, is_figure
from dueregard.missing import is_missing
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import is_area, is_time

FEWEST_PEOPLE = 10
"""Fewer people than this are not described, nor is a single one among more."""

Row = Mapping[str, Any]


def kinds_of(by: Sequence[str]) -> str:
    """What areas or levels differ by: "borough", "gender"."""
    return " and ".join(inside(name) for name in by)


def inside(name: str) -> str:
    """The name of a column inside a sentence: a capital that only opens it goes."""
    words = spoken(name)
    return words[:1].lower() + words[1:] if words[1:].islower() else words


def plural(by: Sequence[str]) -> str:
    return "areas" if any(map(is_area, by)) else f"levels of {kinds_of(by)}"


def opening(row: Row, text: str) -> str:
    """The start of a sentence: the period first, if there is one."""
    if row["period"] is not None:
        return f"In {spoken(row['period'])}, {text}"
    return text[:1].upper() + text[1:]


def place_in(row: Row, by: Sequence[str]) -> str:
    """Where: the labels of the area, or nothing when there are no areas."""
    if not by:
        return ""
    if all(row[name] is None for name in by):
        together = "in all areas together" if any(map(is_area, by)) else f"at all {plural(by)} together"
        return f" on average over {plural(by)}" if "mean of areas" in str(row["method"]) else f" {together}"
    given = [name for name in by if row[name] is not None]
    areas = [name for name in given if is_area(name) or is_time(name)]
    parts = [f"{spoken(name)} {row[name]}" if is_missing(row[name]) else spoken(row[name]) for name in areas]
    others = [f"{inside(name)} is {spoken(row[name])}" for name in given
              if name not in areas]  # fmt: skip
    where = f" where {' and '.join(others)}" if others else ""
    return (f" in {', '.join(parts)}" if parts else "") + where


def group_of(row: Row) -> str:
    if is_missing(row["group"]):
        return f"people with {spoken(row['characteristic'])} {row['group']}"
    return _the_group(row["group"])


def _the_group(label: object) -> str:
    """A group inside a sentence; one whose name says that it is groups is not called a group again."""
    name = spoken(label)
    return name if name.lower().endswith(("group", "groups")) else f"the {name} group"


def members_of(row: Row) -> str:
    group = group_of(row)
    return group if is_missing(row["group"]) else f"people in {group}"


def reference_of(row: Row) -> str:
    text = str(row["reference"])
    if is_figure(text):
        return f"the {text}" if text.startswith(("target", "published")) else text
    known = {reference.value for reference in Reference}
    return text if text in known else _the_group(row["reference"])


def percent_level(row: Row) -> str:
    return f"{100 * row['confidence_level']:.10g}%"


def too_few(count: int | None, nobs: int | None) -> bool:
    """Whether a sentence would describe fewer than ten people, or a single one."""
    if nobs is None:
        return False
    return nobs < FEWEST_PEOPLE or (count is not None and 1 in (count, nobs - count))
