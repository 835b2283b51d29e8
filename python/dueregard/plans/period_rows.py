"""A financial year by quarter or half: the readings of measures, and what was due and done by the end of each."""

import datetime as dt
import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.inference import checked
from dueregard.plans.measures import PERCENT, POINTS
from dueregard.plans.precision import interval_of
from dueregard.plans.progress_rows import unit_of_change
from dueregard.plans.rows import Columns, as_columns, percent
from dueregard.plans.series import Series
from dueregard.plans.spans import part_of_year, read_span, year_of, year_words
from dueregard.plans.status_rows import KINDS, done_of

if TYPE_CHECKING:
    from dueregard.plans.plans import Contents

PARTS = {"Q": 4, "H": 2}
NOT_OVER, NO_READING, ALL_DONE, SOME_OPEN, NONE_DUE = "not over", "no reading", "all done", "some open", "none due"
LEVEL = 0.95
FIRST = ("measure", "period", "count", "nobs", "value", "low", "high", "verdict", "counted_to", "year_part")


def read_year(year: int | str) -> int:
    """The year in which a financial year begins.

    >>> read_year("2010/11"), read_year(2010)
    (2010, 2010)
    """
    if not isinstance(year, str):
        return checked.integer("year", year)
    if not re.fullmatch(r"\d{4}[-/]\d\d", year.strip()):
        raise ValueError(f"year: {year!r} is not a financial year such as 2010/11")
    try:
        return year_of(read_span(year.strip().replace("-", "/")).start)
    except ValueError as error:
        raise ValueError(f"year: {error}") from None


def columns(contents: "Contents", every: Sequence[Series], on: dt.date, part: str, year: int) -> Columns:
    """Measures, then nouns, each with a row a quarter or half."""
    periods = [(f"{year_words(year)} {part}{n}", *part_of_year(year, f"{part}{n}")) for n in range(1, PARTS[part] + 1)]
    rows = [_reading(series, on, *each) for series in every if series.area is None for each in periods]
    things = {noun: getattr(contents, noun) for noun in KINDS if getattr(contents, noun)}
    rows += [_done(noun, things[noun], on, *each) for noun in things for each in periods]
    for row in rows:
        row["year_part"] = {"Q": "quarter", "H": "half year"}[part]
    return as_columns(rows, FIRST)


def _reading(series: Series, on: dt.date, words: str, start: dt.date, end: dt.date) -> dict[str, Any]:
    measure = series.measure
    row = {"measure": measure.title, "row_type": "group", "period": words, "measured_in": measure.unit}
    row["unit_of_measure"] = "ratio" if measure.logarithmic else unit_of_change(measure)
    found = [each for each in series.readings if (each.span.start, each.span.end) == (start, end)]
    if not found:
        return row | {"value": math.nan, "verdict": NOT_OVER if end > on else NO_READING, "flag": Flag.NO_CASES}
    figure = found[0].figure
    low, high = interval_of(measure, figure, LEVEL)
    whole = measure.unit in (PERCENT, POINTS) and figure.nobs is not None
    limits = {} if measure.full_count else {"low": low, "high": high, "confidence_level": LEVEL}
    flag = Flag.FULL_COUNT if measure.full_count else Flag(0)
    count = {"count": figure.count, "nobs": int(figure.nobs or 0) if whole else None}
    return row | count | {"value": figure.value_of(measure), "flag": flag} | limits


def _done(noun: str, things: Sequence[Any], on: dt.date, words: str, start: dt.date, end: dt.date) -> dict[str, Any]:
    """Of all that was due by the end of a period, what was done by then."""
    row = {"measure": f"{noun} due and done", "row_type": "group", "period": words, "unit_of_measure": "percent"}
    if start > on:
        return row | {"value": math.nan, "verdict": NOT_OVER}
    until = min(end, on)
    due = [each for each in things if each.due is not None and each.due <= until]
    undated = [each for each in due if getattr(each, "status", None) == "done" and done_of(each) is None]
    done = [each for each in due if each in undated or ((day := done_of(each)) is not None and day <= until)]
    verdict = NONE_DUE if not due else ALL_DONE if len(done) == len(due) else SOME_OPEN
    note = f"{len(undated)} done on a day that is not said" if undated else None
    flag = Flag.FULL_COUNT if due else Flag.NO_CASES
    return row | {"count": len(done), "nobs": len(due), "value": percent(len(done), len(due)), "verdict": verdict,
                  "flag": flag, "counted_to": None if end <= on else on.isoformat(), "note": note}  # fmt: skip
