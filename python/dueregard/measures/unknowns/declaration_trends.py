"""Whether more people state a characteristic than before: the change from first to last period, and the slope."""

from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.checked import Floats
from dueregard.inference.two_groups.contrasts import Contrast
from dueregard.inference.two_groups.families import Family
from dueregard.inference.unknowns.proportion_trends import proportion_slope
from dueregard.measures.unknowns.declared import STATED, Declared
from dueregard.measures.verdicts import Rule
from dueregard.missing import is_missing

Row = dict[str, Any]

RISING, FALLING, UNCLEAR = "rising", "falling", "no clear change"
CHANGE, TREND = "change", "trend"
"""Row types."""


@dataclass(frozen=True)
class Course:
    """The periods of one area in which the characteristic was asked of anybody."""

    periods: list[Any]
    count: Floats
    nobs: Floats


def trend_rows(found: Declared, area: int, rule: Rule, *, time: str, chance: bool) -> list[Row]:
    """The change of one area, and with three periods or more the slope; none unless there are two with a rate."""
    base, stated = found.base[area], found.of(STATED)[area]
    kept = [i for i, label in enumerate(found.periods) if not is_missing(label) and base[i] > 0]
    if len(kept) < 2:
        return []
    course = Course([found.periods[i] for i in kept], stated[kept].astype(float), base[kept].astype(float))
    change = _change(course, rule, chance=chance)
    if len(kept) == 2:  # a line through two points says what their difference says
        return [change]
    return [change, _slope(course, rule, time=time, chance=chance)]


def _change(course: Course, rule: Rule, *, chance: bool) -> Row:
    """Last period against the first, in percentage points."""
    first, last = [0], [-1]
    contrast = Contrast(
        course.count[last], course.nobs[last], course.count[first], course.nobs[first], np.zeros(1), "difference",
        "score",
    )  # fmt: skip
    answer = contrast.compare(rule.confidence_level)
    clear = bool(answer.pvalue[0] < 1 - rule.confidence_level)
    row = _common(course, CHANGE) | {
        "value": 100 * (course.count[-1] / course.nobs[-1]),
        "estimate": 100 * float(answer.estimate[0]),
        "unit_of_measure": "percentage points",
        "method": "Miettinen-Nurminen score" if chance else "full count",
    }
    if chance:
        limits = {"low": 100 * float(answer.low[0]), "high": 100 * float(answer.high[0])}
        pvalue = float(answer.pvalue[0])
        row |= limits | {"confidence_level": rule.confidence_level, "pvalue": pvalue, "adjusted_pvalue": pvalue}
        row["verdict"] = rule.texts(contrast, Family("none"))[0]
    return row | {"direction": _direction(row["estimate"], clear or not chance)}


def _slope(course: Course, rule: Rule, *, time: str, chance: bool) -> Row:
    """The straight line through all periods, in percentage points for each step of time."""
    times, per = _times(course.periods, time)
    slope = proportion_slope(course.count, course.nobs, times, rule.confidence_level)
    n_periods = f"{len(course.periods)} periods"
    common = _common(course, TREND)
    row = common | {
        "period": f"{common['period']}, per {per}",
        "estimate": 100 * slope.estimate,
        "unit_of_measure": f"percentage points per {per}",
        "method": f"linear trend over {n_periods}" if chance else f"full count, linear trend over {n_periods}",
    }
    if chance:
        row |= {"low": 100 * slope.low, "high": 100 * slope.high, "confidence_level": rule.confidence_level}
        row |= {"pvalue": slope.pvalue, "adjusted_pvalue": slope.pvalue}
    clear = not chance or slope.pvalue < 1 - rule.confidence_level
    return row | {"direction": _direction(row["estimate"], clear)}


def _common(course: Course, row_type: str) -> Row:
    """What both rows say of the two ends."""
    first, last = course.periods[0], course.periods[-1]
    few = Flag.SMALL_BASE if course.nobs[-1] < SMALL_BASE else Flag(0)
    few |= Flag.SMALL_REFERENCE if course.nobs[0] < SMALL_BASE else Flag(0)
    return {
        "group": STATED,
        "period": f"{first} to {last}",
        "row_type": row_type,
        "count": int(course.count[-1]),
        "nobs": int(course.nobs[-1]),
        "reference": str(first),
        "reference_count": int(course.count[0]),
        "reference_nobs": int(course.nobs[0]),
        "reference_value": 100 * (course.count[0] / course.nobs[0]),
        "flag": few,
    }


def _direction(estimate: float, clear: bool) -> str:
    if not clear or estimate == 0:
        return UNCLEAR
    return RISING if estimate > 0 else FALLING


def _times(periods: Sequence[Any], time: str) -> tuple[Floats, str]:
    """The periods as numbers: their own, such as years, otherwise their places in order."""
    if all(isinstance(each, Real) and not isinstance(each, bool) for each in periods):
        return np.array(periods, np.float64), time.replace("_", " ")
    if all(isinstance(each, str) and each.isdecimal() for each in periods):
        return np.array([int(each) for each in periods], np.float64), time.replace("_", " ")
    return np.arange(len(periods), dtype=np.float64), "period"
