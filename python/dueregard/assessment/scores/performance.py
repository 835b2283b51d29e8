"""The performance indicator: how many units are at or above a threshold."""

import operator
from collections.abc import Mapping
from math import isnan
from typing import Any, NamedTuple

from dueregard.assessment.frameworks import Framework, Level, Target
from dueregard.assessment.frameworks.framework import SHARE_MET
from dueregard.assessment.scores.threshold_rows import CANNOT_TELL, MET
from dueregard.flags import Flag

METHOD = "full count: units at or above the threshold; low and high are the range that missing answers leave"


class Units(NamedTuple):
    """Units of one kind: how many are at or above, were assessed, and could be either."""

    met: int
    assessed: int
    undecided: int = 0


def units_of(verdicts: list[str]) -> Units:
    """How many of these verdicts are met, given, and open."""
    return Units(verdicts.count(MET), len(verdicts), verdicts.count(CANNOT_TELL))


def at_words(framework: Framework, percent: float | None) -> str:
    """What units are at, such as "at 80% or more" or "meeting the baseline"."""
    if percent is None or (percent == framework.aimed.percent and framework.rule == SHARE_MET):
        return f"meeting {framework.aimed.words}"
    return f"at {percent:g}% or more"


def target_of(level: Level, target: float | None) -> Target:
    """The percent of units asked for, or the first that was set for the level, all units where none was.

    Raises
    ------
    ValueError
        When it is outside 0 to 100.
    """
    if target is None:
        return level.targets[0] if level.targets else Target(100.0)
    if not 0 <= float(target) <= 100:
        raise ValueError(f"target: {float(target)} is outside 0 to 100")
    return Target(float(target))


def with_others(kinds: Mapping[str, Units], others: Mapping[str, tuple[int, int]]) -> dict[str | None, Units]:
    """All units first (None), then each kind, those counted elsewhere last.

    Raises
    ------
    ValueError
        When others cannot be, or are among the responses.
    """
    every: dict[str | None, Units] = dict(kinds.items())
    for kind, counted in others.items():
        if not isinstance(kind, str) or kind in kinds:
            why = "the responses already hold units of kind" if kind in kinds else "a kind has a name, not"
            raise ValueError(f"others: {why} {kind!r}")
        met, assessed = _counted(kind, counted)
        if not 0 <= met <= assessed:
            raise ValueError(f"others: {kind!r} has {met} of {assessed} units at or above the threshold")
        every[kind] = Units(met, assessed)
    total = Units(*(sum(part) for part in zip(*every.values(), strict=True))) if every else Units(0, 0)
    return {None: total, **every}


def _counted(kind: str, counted: Any) -> tuple[int, int]:
    """Two whole numbers: at or above, and assessed."""
    try:
        met, assessed = (operator.index(number) for number in counted)
    except (TypeError, ValueError):
        words = f"others: {kind!r} is {counted!r}, not the number at or above and the number assessed"
        raise ValueError(words) from None
    return met, assessed


def performance_columns(
    rows: Mapping[str | None, Units],
    by: str,
    framework: Framework,
    percent: float | None,
    target: Target,
    *,
    for_each: bool,
) -> dict[str, list[Any]]:
    """Columns of the findings, one row for each key of ``rows``; a target for all units is held against their row."""
    none = Target(float("nan"))
    held_to = [target if for_each or (label is None and by == "kind") else none for label in rows]
    named = [_row(label, units, by, aim) for (label, units), aim in zip(rows.items(), held_to, strict=True)]
    words = f"units {at_words(framework, percent)}"
    held = framework.aimed.percent if percent is None else percent
    columns = {name: [row[name] for row in named] for name in named[0]}
    return {"measure": [words] * len(named), **columns, "threshold": [held] * len(named)}


def _row(label: str | None, units: Units, by: str, aim: Target) -> dict[str, Any]:
    target = aim.percent
    low, high = (_percent(count, units.assessed) for count in (units.met, units.met + units.undecided))
    flag = Flag.FULL_COUNT | (Flag.MISSING_ANSWERS if units.undecided else Flag(0))
    return {
        by: label,
        "row_type": "group",
        "count": units.met,
        "nobs": units.assessed,
        "outcome_missing": units.undecided,
        "value": low,
        "reference": None if isnan(target) else "target",
        "reference_value": target,
        "unit_of_measure": "percent",
        "low": low,
        "high": high,
        "verdict": None if isnan(target) else _verdict(low, high, target),
        "flag": flag if units.assessed else flag | Flag.NO_CASES,
        "method": METHOD,
        "target_date": None if aim.by is None else aim.by.isoformat(),
    }


def _verdict(low: float, high: float, target: float) -> str:
    return "target met" if low >= target else "target not met" if high < target else "cannot tell"


def _percent(count: int, total: int) -> float:
    return 100 * count / total if total else float("nan")
