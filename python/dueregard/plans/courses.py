"""Whether a measure is on course for its target by the day that was set, and how fast it would have to move."""

import datetime as dt
import math
from dataclasses import dataclass, replace

import numpy as np

from dueregard.inference.trends.weighted_lines import FEWEST_READINGS, project_reading
from dueregard.plans.measures import PEOPLE, RATE_RATIO
from dueregard.plans.precision import interval_of, scaled, unscaled, variances
from dueregard.plans.readings import Reading
from dueregard.plans.series import Series
from dueregard.plans.spans import DAYS_A_YEAR
from dueregard.plans.targets import Target

MET, NOT_MET, ON_COURSE, OFF_COURSE, CANNOT_TELL, TOO_FEW_READINGS, NO_TARGET, NO_READING = (
    "target met", "target not met", "on course", "off course", "cannot tell", "too few readings",
    "no target was set", "no reading",
)  # fmt: skip
NEAR = 92
"""Days, a quarter at most, by which the last reading may end before the target's day to be held against it."""
NAN = math.nan


@dataclass(frozen=True)
class Course:
    """Where a measure is heading. Paces are changes a year in the unit of the measure, of ratios factors a year.

    ``projected`` is the reading whose period ends on the target's day, with its prediction interval.
    """

    verdict: str
    n_readings: int = 0
    projected: float = NAN
    low: float = NAN
    high: float = NAN
    pace: float = NAN
    pace_needed: float = NAN
    note: str | None = None


def course_of(series: Series, on: dt.date, confidence_level: float) -> Course:
    """The course of a series as at a day.

    - "target met", "target not met": the whole interval of the latest reading is on the better side of the target; or
      the target's day is past, and that of the reading of that day is on the better or on the worse side. Full counts
      are compared exactly.
    - "on course", "off course": the whole prediction interval (see `project_reading`) is on the better or the worse
      side of the target.
    - "cannot tell": it is on both, or there is nothing to judge by, which the note says.
    - "too few readings": fewer than three.
    - "no target was set"; "no reading": none since the baseline.

    Of counts and rates of people only readings of periods as long as the baseline's are held against the target, or,
    without a baseline, as long as that of all readings.
    """
    target, latest = series.target, series.latest
    if latest is None:
        since = f"none since the baseline ({series.baseline.span.words})" if series.baseline else None
        return Course(NO_READING, note=since)
    line = _line(series, confidence_level)
    if target is None:
        return replace(line, verdict=NO_TARGET)
    if target.date is not None and on >= target.date:
        return _past(series, target, confidence_level, line)
    if latest not in series.of_target:
        return replace(line, projected=NAN, low=NAN, high=NAN, note=_of_another_length(series, latest))
    line = replace(line, pace_needed=_pace_needed(series, target))
    if _side(series, interval_of(series.measure, latest.figure, confidence_level)) is True:
        return replace(line, verdict=MET)
    if target.date is None:
        return replace(line, note="no day was set for the target")
    if line.n_readings < FEWEST_READINGS:
        return replace(line, verdict=TOO_FEW_READINGS, note=f"it takes {FEWEST_READINGS} readings of separate periods")
    if math.isnan(line.projected):
        return replace(line, note="the readings do not say how precise they are")
    side = _side(series, (line.low, line.high))
    return replace(line, verdict=CANNOT_TELL if side is None else ON_COURSE if side else OFF_COURSE)


def _of_another_length(series: Series, latest: Reading) -> str:
    """Why a reading of something that a longer period has more of is not held against the target."""
    if series.baseline is None:
        return "the readings are of periods of several lengths, and nothing says of which the target is"
    days = series.baseline.span.days
    return f"the target is for {days:,} days, as the baseline is, and {latest.span.words} has {latest.span.days:,}"


def _line(series: Series, confidence_level: float) -> Course:
    """The line through the readings and where it leads: to the target's day, if one was set."""
    measure, readings = series.measure, series.apart
    of_people = measure.unit == RATE_RATIO and measure.base == PEOPLE  # a year has more events than a quarter
    figures = [each.figure.over(each.span.years) if of_people else each.figure for each in readings]
    precision = variances(measure, figures)
    value = np.array([scaled(measure, reading.figure.value_of(measure)) for reading in readings])
    usable = np.isfinite(value) & (measure.full_count | (precision > 0))
    course = Course(CANNOT_TELL, int(usable.sum()))
    if not usable.any():
        return course
    time = np.array([reading.span.middle for reading in readings])
    last = readings[int(np.flatnonzero(usable)[-1])]
    at = _time_of(series.target, last)
    weights = None if measure.full_count else precision[usable]
    new_variance = float(precision[usable][-1])
    found = project_reading(time[usable], value[usable], weights, at, new_variance, confidence_level)
    pace = math.exp(found.slope) if measure.logarithmic else found.slope
    if series.target is None or series.target.date is None:
        return replace(course, pace=pace)
    projected, low, high = (unscaled(measure, each) for each in (found.estimate, found.low, found.high))
    return replace(course, pace=pace, projected=projected, low=low, high=high)


def _time_of(target: Target | None, reading: Reading) -> float:
    """The middle of a period as long as that of a reading, which ends on the target's day."""
    if target is None or target.date is None:
        return reading.span.middle
    return (target.date.toordinal() - (reading.span.days - 1) / 2) / DAYS_A_YEAR


def _pace_needed(series: Series, target: Target) -> float:
    """The change a year from the latest reading that would just reach the target in time; 0 (1) where it is reached."""
    assert series.latest is not None
    measure, value = series.measure, series.latest.figure.value_of(series.measure)
    neutral = 1.0 if measure.logarithmic else 0.0
    years = _time_of(target, series.latest) - series.latest.span.middle
    if target.date is None or years <= 0:
        return NAN
    if _side(series, (value, value)):
        return neutral
    distance = scaled(measure, target.value) - scaled(measure, value)
    return math.exp(distance / years) if measure.logarithmic else distance / years


def _side(series: Series, span: tuple[float, float]) -> bool | None:
    """Whether a whole interval reaches the target, or all of it falls short; None for neither."""
    assert series.target is not None
    return side_of(span, series.target.value, bool(series.measure.higher_is_better))


def side_of(span: tuple[float, float], target: float, higher_is_better: bool) -> bool | None:
    """Whether a whole interval is at the target or on its better side (True), or on its worse side (False).

    >>> side_of((81.0, 85.0), 80.0, True), side_of((70.0, 79.9), 80.0, True), side_of((78.0, 82.0), 80.0, True)
    (True, False, None)
    """
    low, high = span if higher_is_better else (-span[1], -span[0])
    aim = target if higher_is_better else -target
    return True if low >= aim else False if high < aim else None


def _past(series: Series, target: Target, confidence_level: float, line: Course) -> Course:
    """The target's day is over: the reading of that day is held against it."""
    assert target.date is not None
    course = Course(CANNOT_TELL, line.n_readings, pace=line.pace)
    near = [reading for reading in series.since if _is_of(reading, target.date)]
    if not near:
        return replace(course, note=f"no reading is of {target.date}, the target's day")
    judged = [reading for reading in near if reading in series.of_target]
    if not judged:
        return replace(course, note=_of_another_length(series, near[-1]))
    reading = next((each for each in judged if each.span.holds(target.date)), judged[-1])
    side = _side(series, interval_of(series.measure, reading.figure, confidence_level))
    note = f"judged by {reading.span.words}"
    return replace(course, verdict=CANNOT_TELL if side is None else MET if side else NOT_MET, note=note)


def _is_of(reading: Reading, day: dt.date) -> bool:
    """Whether a reading has a day, or ended at most a quarter before it."""
    return reading.span.holds(day) or dt.timedelta(0) <= day - reading.span.end <= dt.timedelta(NEAR)
