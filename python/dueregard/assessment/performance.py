"""The performance indicator: how many units meet the baseline."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from dueregard.assessment.frameworks import Framework
from dueregard.flags import Flag

METHOD = "full count: units that meet the baseline; low and high are the range that missing answers leave"


class Units(NamedTuple):
    """Units of one kind: how many meet the baseline, were assessed, and could be either."""

    met: int
    assessed: int
    undecided: int = 0


def columns(
    kinds: Mapping[str, Units], others: Mapping[str, tuple[int, int]], framework: Framework, target: float | None
) -> dict[str, list[Any]]:
    """Columns of the findings: all units first, then each kind."""
    target = _published(framework) if target is None else float(target)
    if not 0 <= target <= 100:
        raise ValueError(f"target: {target} is outside 0 to 100")
    every = dict(kinds)
    for kind, counts in others.items():
        every[kind] = _checked(kind, counts, kinds)
    total = Units(*(sum(part) for part in zip(*every.values(), strict=True))) if every else Units(0, 0)
    rows = [_row(None, total, target), *(_row(kind, units, target) for kind, units in every.items())]
    named = {name: [row[name] for row in rows] for name in rows[0]}
    return {"measure": ["units meeting the baseline"] * len(rows), **named}


def _published(framework: Framework) -> float:
    """The first target that was set for the level; all units where none was."""
    targets = framework.aimed.targets
    return targets[0].percent if targets else 100.0


def _checked(kind: str, counts: tuple[int, int], kinds: Mapping[str, Units]) -> Units:
    met, assessed = counts
    if kind in kinds:
        raise ValueError(f"others: the responses already hold units of kind {kind!r}")
    if not 0 <= met <= assessed:
        raise ValueError(f"others: {kind!r} has {met} of {assessed} units meeting the baseline")
    return Units(int(met), int(assessed))


def _row(kind: str | None, units: Units, target: float) -> dict[str, Any]:
    low, high = (_percent(count, units.assessed) for count in (units.met, units.met + units.undecided))
    flag = Flag.FULL_COUNT | (Flag.MISSING_ANSWERS if units.undecided else Flag(0))
    return {
        "kind": kind,
        "row_type": "group",
        "count": units.met,
        "nobs": units.assessed,
        "outcome_missing": units.undecided,
        "value": low,
        "reference": "target",
        "reference_value": target,
        "unit_of_measure": "percent",
        "low": low,
        "high": high,
        "verdict": "target met" if low >= target else "target not met" if high < target else "cannot tell",
        "flag": flag if units.assessed else flag | Flag.NO_CASES,
        "method": METHOD,
    }


def _percent(count: int, total: int) -> float:
    return 100 * count / total if total else float("nan")
