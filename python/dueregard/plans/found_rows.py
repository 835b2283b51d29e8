"""Findings of any measure, as rows of a scorecard: the value, its interval, and on which side of the target it is."""

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any

from dueregard.findings import Findings
from dueregard.flags import Flag
from dueregard.missing import is_missing
from dueregard.plans.courses import CANNOT_TELL, MET, NO_TARGET, NOT_MET, side_of
from dueregard.plans.rows import written

TOO_FEW, YET = "too few to tell", "not met yet"
NAN = math.nan
SHARES = (None, "percent", "percentage points")
"""Units of rows whose own values are in percent."""


def rows_of_findings(
    name: str, found: Findings, aim: tuple[float, dt.date | None] | None, by: str | None, on: dt.date
) -> Iterator[dict[str, Any]]:
    """A row for each group that is compared or described, of all areas or also of each."""
    if aim is not None and found.higher_is_better is None:
        raise ValueError(f"targets: the findings {name!r} do not say whether higher_is_better")
    chosen = [row for row in found.rows() if _is_wanted(row, found.by, by)]
    if not chosen and len(found):
        raise ValueError(f"measures: {name!r} has a row for each {' and '.join(found.by)} and none for all; give by=")
    compares = any(_known(row["estimate"]) for row in chosen)
    levels = [row["confidence_level"] for row in chosen if _known(row["confidence_level"])]
    for row in chosen:
        if not _known(row["confidence_level"]) or row["confidence_level"] == levels[0]:
            yield _row(name, row, compares, bool(found.higher_is_better), aim, by, on)


def _is_wanted(row: dict[str, Any], areas: tuple[str, ...], by: str | None) -> bool:
    if row["row_type"] in ("reference", "variation") or is_missing(row["group"]):
        return False
    return all(row[name] is None for name in areas if name != by)


def _row(
    name: str, row: dict[str, Any], compares: bool, higher_is_better: bool, aim: tuple[float, dt.date | None] | None,
    by: str | None, on: dt.date,
) -> dict[str, Any]:  # fmt: skip
    value = row["estimate"] if compares else row["value"]
    span = _span(row, value)
    target, day = aim or (NAN, None)
    verdict, note = _verdict(span, target, day, higher_is_better, on)
    return {
        "measure": name,
        "measure_id": name,
        "group": row["group"],
        **({by: row.get(by)} if by else {}),
        "period": row["period"],
        "row_type": "group",
        "count": row["count"],
        "nobs": row["nobs"],
        "value": value,
        "low": span[0],
        "high": span[1],
        "confidence_level": row["confidence_level"],
        "se": row["se"],
        "counted": _is_counted(row),
        "unit_of_measure": row["unit_of_measure"],
        "measured_in": None if compares or row["unit_of_measure"] not in SHARES else "percent",
        "target": target,
        "target_date": written(day),
        "verdict": verdict,
        "flag": row["flag"],
        "note": note,
    }


def _is_counted(row: dict[str, Any]) -> bool:
    """Whether its counts are those of a sample, and give its value and its precision."""
    flag = row["flag"] if isinstance(row["flag"], int) else 0
    widened = any(_known(row.get(name)) for name in ("effective_nobs", "design_effect"))
    return bool(row["nobs"]) and row["count"] is not None and not widened and Flag.FULL_COUNT not in Flag(flag)


def _span(row: dict[str, Any], value: float) -> tuple[float, float]:
    """The interval, or what missing answers leave; a full count is its own."""
    if _known(row["low"]) and _known(row["high"]):
        return row["low"], row["high"]
    flag = row["flag"] if isinstance(row["flag"], int) else 0
    return (value, value) if Flag.FULL_COUNT in Flag(flag) else (NAN, NAN)


def _verdict(
    span: tuple[float, float], target: float, day: dt.date | None, higher_is_better: bool, on: dt.date
) -> tuple[str, str | None]:
    if math.isnan(target):
        return NO_TARGET, None
    if math.isnan(span[0]) or math.isnan(span[1]):
        return CANNOT_TELL, "there is no value, or nothing says how precise it is"
    side = side_of(span, target, higher_is_better)
    if side is None:
        return TOO_FEW, None
    return (MET if side else YET if day is not None and day > on else NOT_MET), None


def _known(value: Any) -> bool:
    return value is not None and not math.isnan(value)
