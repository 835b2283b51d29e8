"""How much areas vary beyond chance, said before any area is: their latest readings, or their changes.

Areas are compared in one period, that which most of them have; chance is judged by the variances that follow from the
shares of all areas together (see `dueregard.plans.precision.variances`), or from the standard errors that were given.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.measures.variation_rows import variation_of
from dueregard.measures.verdicts import Rule
from dueregard.plans.changes import of_one_length
from dueregard.plans.measures import NUMBER, PERCENT, RATE, Measure
from dueregard.plans.precision import scaled, variances
from dueregard.plans.readings import Reading
from dueregard.plans.series import Series

CHANGE, VALUE, GAP = "change", "distance from the average", "gap"
"""What varies."""
VARIES, NOT_SHOWN = "areas vary beyond chance", "not shown to vary"
FEWEST = 2
TOP_OF_LOGARITHMS, TOP_OF_POINTS = 20.0, 200.0

Pair = tuple[Reading | None, Reading | None]


@dataclass(frozen=True)
class AreaFigures:
    """Figures of areas, or their changes, on the scale on which chance adds up, and their variances by chance."""

    gap: Floats
    variance: Floats
    logarithmic: bool
    most: float

    def shown(self, value: float) -> float:
        """As it is reported: of ratios a factor."""
        return math.exp(value) if self.logarithmic else value


def value_variation(areas: Sequence[Series], confidence_level: float) -> list[dict[str, Any]]:
    """The rows on the latest readings of the areas of one measure; none where fewer than two have any."""
    latest = [each.latest for each in areas if each.area is not None and each.latest is not None]
    if not _is_tested(areas, len(latest)):
        return []
    span = _most_common([reading.span for reading in latest])
    measure = areas[0].measure
    found = _scaled(measure, [reading if reading.span == span else None for reading in latest])
    return [row | {"period": span.words} for row in rows_of_areas(measure, *found, confidence_level)]


def change_variation(areas: Sequence[Series], confidence_level: float) -> list[dict[str, Any]]:
    """The rows on how the areas of one measure changed; none where fewer than two have a reading."""
    read = [(each.start, each.latest) for each in areas if each.area is not None and each.latest is not None]
    if not _is_tested(areas, len(read)):
        return []
    spans = _most_common([(first.span if first else None, last.span) for first, last in read])
    measure = areas[0].measure
    pairs = [pair if _is_change(measure, pair, spans) else (None, None) for pair in read]
    (before, error_before), (after, error) = (_scaled(measure, [pair[i] for pair in pairs]) for i in (0, 1))
    rows = rows_of_areas(measure, after - before, error + error_before, confidence_level, changes=True)
    return [row | {"period": spans[1].words} for row in rows]


def _is_tested(areas: Sequence[Series], n_read: int) -> bool:
    """Full counts have no chance in them, and counts differ with the size of an area."""
    return n_read >= FEWEST and not areas[0].measure.full_count and areas[0].measure.unit != NUMBER


def _most_common(values: Sequence[Any]) -> Any:
    return Counter(values).most_common(1)[0][0]


def _is_change(measure: Measure, pair: Pair, spans: tuple[Any, Any]) -> bool:
    """Whether the two readings are of those periods, can be held against each other, and share no day, so that chance
    in them adds up."""
    first, last = pair
    if first is None or last is None or not of_one_length(measure, first.span, last.span):
        return False
    return (first.span, last.span) == spans and not first.span.overlaps(last.span)


def _scaled(measure: Measure, readings: Sequence[Reading | None]) -> tuple[Floats, Floats]:
    """Readings and their variances on the scale on which they are compared; NaN where there is none."""
    at = [i for i, reading in enumerate(readings) if reading is not None]
    figures = [reading.figure for reading in readings if reading is not None]
    value, variance = np.full(len(readings), np.nan), np.full(len(readings), np.nan)
    value[at] = [scaled(measure, figure.value_of(measure)) for figure in figures]
    variance[at] = variances(measure, figures)
    return value, variance


def rows_of_areas(
    measure: Measure, gap: Floats, variance: Floats, confidence_level: float, group: Any = None, *,
    changes: bool = False,
) -> list[dict[str, Any]]:  # fmt: skip
    """The spread of areas and the largest of them, seen and by chance; NaN in either array leaves an area out."""
    used = np.isfinite(gap) & np.isfinite(variance) & (variance > 0)
    what = CHANGE if changes else VALUE if measure.unit in (PERCENT, RATE) else GAP
    rows = variation_of(
        group, used, [Rule(confidence_level, 0.0)], lambda: _area_figures(measure, gap[used], variance[used], what)
    )
    shared = {"measure": measure.title, "measure_id": measure.id, "objective": measure.objective,
              "row_type": "variation", "unit_of_measure": _unit(measure), "varies": what}  # fmt: skip
    return [shared | row | {"verdict": _verdict(row, measure)} for row in rows]


def _area_figures(measure: Measure, gap: Floats, variance: Floats, what: str) -> AreaFigures:
    """Of shares and rates how far each is from their average."""
    if what == VALUE:
        gap = gap - (gap / variance).sum() / (1 / variance).sum()
    if measure.logarithmic:
        most = TOP_OF_LOGARITHMS
    elif measure.unit == RATE:
        most = 100 * float(max(np.abs(gap).max(), np.sqrt(variance).max()))
    else:
        most = TOP_OF_POINTS
    return AreaFigures(gap, variance, measure.logarithmic, most)


def _unit(measure: Measure) -> str:
    if measure.logarithmic:
        return "factor"
    return f"per {measure.per:,.10g}" if measure.unit == RATE else "percentage points"


def _verdict(row: dict[str, Any], measure: Measure) -> str | None:
    """Of the spread: whether its interval leaves out that areas do not differ."""
    low = row.get("low")
    if low is None or math.isnan(low):
        return None
    return VARIES if low > (1.0 if measure.logarithmic else 0.0) else NOT_SHOWN
