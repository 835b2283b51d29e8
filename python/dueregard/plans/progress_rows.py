"""The progress of measures: from where, to where, whether that is real, and where it leads."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from typing import Any

from dueregard.flags import Flag
from dueregard.plans.area_variation import change_variation
from dueregard.plans.changes import Change, change_between, verdict_of
from dueregard.plans.courses import CANNOT_TELL, Course, course_of
from dueregard.plans.measures import NUMBER, PERCENT, POINTS, RATE, Measure
from dueregard.plans.precision import interval_of
from dueregard.plans.readings import Reading
from dueregard.plans.rows import Columns, as_columns, written
from dueregard.plans.series import Series, by_measure

NO_BASELINE, NO_READING = "no baseline", "no reading"
NAN = math.nan
FIRST = ("measure", "measure_id", "period", "value", "reference_value", "estimate", "low", "high", "pvalue", "verdict",
         "target", "course", "course_why", "objective")  # fmt: skip
HOLDS = "the prediction interval holds the target"
WIDE = (
    "A prediction interval says where the reading on the day of the target may be: it is wide where readings are "
    "few, rest on few cases or stray from their line, and holds the target where either side of it is possible"
)
UNIT_OF_CHANGE = {PERCENT: "percentage points", POINTS: "percentage points"}


def unit_of_change(measure: Measure) -> str:
    """The unit of changes, as rows say it; of ratios they are factors."""
    if measure.logarithmic:
        return "factor"
    if measure.unit in (RATE, NUMBER):
        return measure.unit if measure.unit == NUMBER or measure.per == 1 else f"per {measure.per:,.10g}"
    return UNIT_OF_CHANGE[measure.unit]


def columns(every: Sequence[Series], on: dt.date, confidence_level: float, by_area: bool) -> Columns:
    """A row each; by area, first how much the changes of areas vary beyond chance."""
    rows = []
    for areas in by_measure(every):
        rows += change_variation(areas, confidence_level) if by_area else []
        rows += [row_of(series, on, confidence_level) for series in areas if by_area or series.area is None]
    if not by_area:
        for row in rows:
            del row["area"]
    return as_columns(rows, (*FIRST, "area") if by_area else FIRST)


def row_of(series: Series, on: dt.date, confidence_level: float) -> dict[str, Any]:
    """One measure, over all areas or in one."""
    course = course_of(series, on, confidence_level)
    change, verdict = _change(series, confidence_level)
    notes = [change.note, _why(course), *_left_out(series), series.measure.not_computed]
    return {
        "measure": series.measure.title,
        "characteristic": series.measure.breakdown,
        "comparator": series.measure.comparator,
        "area": series.area,
        "row_type": "group",
        "measure_id": series.measure.id,
        "objective": series.measure.objective,
        "measured_in": series.measure.unit,
        "higher_is_better": series.measure.higher_is_better,
        **_now(series, confidence_level),
        **_before(series),
        "estimate": change.estimate,
        "se": change.se,
        "unit_of_measure": unit_of_change(series.measure),
        "confidence_level": NAN if math.isnan(change.low) and math.isnan(course.low) else confidence_level,
        "low": change.low,
        "high": change.high,
        "pvalue": change.pvalue,
        "verdict": verdict,
        "flag": change.flag | (Flag.FULL_COUNT if series.measure.full_count and series.latest else Flag(0)),
        "method": change.method,
        **_aim(series, course),
        "note": "; ".join(note for note in notes if note) or None,
    }


def _why(course: Course) -> str | None:
    """What a course is judged by, or why it cannot be told."""
    if course.verdict != CANNOT_TELL or not (course.note is None or course.note.startswith("judged by")):
        return course.note
    return HOLDS if course.note is None else f"{course.note}, whose interval holds the target, or is not known"


def wide(courses: Iterable[str | None]) -> list[str]:
    """What a prediction interval is, where one holds a target, as one note."""
    return [WIDE] if HOLDS in courses else []


def _change(series: Series, confidence_level: float) -> tuple[Change, str]:
    start, latest = series.start, series.latest
    if latest is None:
        return Change(flag=Flag.NO_CASES), NO_READING
    if start is None:
        return Change(), NO_BASELINE
    change = change_between(series.measure, start, latest, confidence_level)
    return change, verdict_of(series.measure, change, confidence_level)


def _now(series: Series, confidence_level: float) -> dict[str, Any]:
    latest: Reading | None = series.latest
    if latest is None:
        return {"period": None, "value": NAN, "low_now": NAN, "high_now": NAN}
    full = series.measure.full_count
    low, high = (NAN, NAN) if full else interval_of(series.measure, latest.figure, confidence_level)
    whole = series.measure.unit in (PERCENT, POINTS) and latest.figure.nobs is not None
    return {
        "period": latest.span.words,
        "count": latest.figure.count,
        "nobs": int(latest.figure.nobs or 0) if whole else None,
        "value": latest.figure.value_of(series.measure),
        "low_now": low,
        "high_now": high,
    }


def _before(series: Series) -> dict[str, Any]:
    start = series.start
    if start is None:
        return {"reference": None, "reference_value": NAN, "reference_period": None}
    full = series.measure.full_count and series.measure.unit == PERCENT and start.figure.nobs is not None
    return {
        "reference": "baseline" if series.baseline else "first reading",
        "reference_value": start.figure.value_of(series.measure),
        "reference_period": start.span.words,
        **({"reference_count": start.figure.count, "reference_nobs": start.figure.nobs} if full else {}),
    }


def _aim(series: Series, course: Course) -> dict[str, Any]:
    target = series.target
    return {
        "target": target.value if target else NAN,
        "target_date": written(target.date) if target else None,
        "course": course.verdict,
        "course_why": _why(course),
        "projected": course.projected,
        "projected_low": course.low,
        "projected_high": course.high,
        "pace": course.pace,
        "pace_needed": course.pace_needed,
        "n_readings": course.n_readings,
    }


def _left_out(series: Series) -> list[str]:
    number = series.n_left_out
    if not number or series.latest is None:
        return []
    return [f"{number} reading{'' if number == 1 else 's'} left out of the line: overlapping or of another length"]
