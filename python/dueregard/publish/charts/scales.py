"""Scales of gap charts: differences on a plain one around 0, ratios on a logarithmic one around 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dueregard.publish.charts import canvas
from dueregard.publish.charts.gap_lines import Line
from dueregard.publish.readings import finite, known
from dueregard.publish.units.amounts import Unit

LADDERS = (
    (0.9, 0.92, 0.94, 0.96, 0.98, 1.0, 1.02, 1.04, 1.06, 1.08, 1.1),
    (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.7, 2.0),
    (0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 4.0),
    (0.25, 0.5, 1.0, 2.0, 4.0),
    (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0),
    (0.5, 1.0, 2.0),
    (0.2, 1.0, 5.0),
    (0.01, 0.1, 1.0, 10.0, 100.0),
    (0.0001, 0.01, 1.0, 100.0, 10000.0),
)
"""Ticks of ratios, the same distances down as up, from fine to coarse."""
APART = 34.0  # pixels between two ticks
CUT = 4.0  # an interval that goes on by more than this factor beyond all estimates ends in an arrow
ARROW = 0.12  # the part of the scale kept free for the arrows of intervals without an end


@dataclass(frozen=True)
class Scale:
    """Where values stand: positions run from `low` to `high`."""

    low: float
    high: float
    neutral: float
    at: Callable[[float], float]
    ticks: Callable[[float], Sequence[float]]
    """The values of the grid lines on a plot of a width in pixels."""

    def clipped(self, value: float) -> float:
        """The position of a value; what is beyond an end stands at it."""
        return min(max(self.at(value), self.low), self.high)

    def below(self, value: float) -> bool:
        """Whether a value is beyond the low end."""
        return self.at(value) < self.low

    def above(self, value: float) -> bool:
        """Whether a value is beyond the high end."""
        return self.at(value) > self.high


def scale_for(unit: Unit, lines: Sequence[Line], threshold: float | None) -> Scale:
    """The scale that shows these lines."""
    if unit.logarithmic:
        return _logarithmic(lines, unit.band(threshold) if threshold else ())
    ends = [end for line in lines for interval in line.intervals for end in interval]
    estimates = finite(line.estimate for line in lines)
    low, high = canvas.span(finite([*estimates, *ends]))
    return Scale(low, high, 0.0, lambda value: value, lambda width: _plain_ticks(low, high, width))


def _plain_ticks(low: float, high: float, width: float) -> list[float]:
    return canvas.nice_ticks(low, high, most=max(3, int(width / 55)))


def _logarithmic(lines: Sequence[Line], band: Sequence[float]) -> Scale:
    """All estimates and the band, limits as far as a cut, and room for arrows where there is no limit."""
    found = [_log(value) for line in lines for value in _certain(line)] + [_log(value) for value in (1.0, *band)]
    ends = [_log(end) for line in lines for interval in line.intervals for end in interval]
    cuts = min(found) - math.log(CUT), max(found) + math.log(CUT)
    found += [end for end in ends if cuts[0] < end < cuts[1]]
    low, high = canvas.span(found)
    room = ARROW * (high - low)
    low, high = low - room * any(end < low for end in ends), high + room * any(end > high for end in ends)
    return Scale(low, high, 0.0, _log, lambda width: _ratio_ticks(low, high, width))


def _certain(line: Line) -> list[float]:
    """What must be seen of a line: its estimate, or where that is at no place of the scale the limits that are."""
    here = finite([line.estimate]) if known(line.estimate) else []
    limits = finite(end for interval in line.intervals for end in interval)
    return [value for value in here if value > 0] or [value for value in limits if value > 0]


def _log(value: float) -> float:
    return math.log(value) if 0 < value < math.inf else math.copysign(math.inf, value - 1)


def _ratio_ticks(low: float, high: float, width: float) -> list[float]:
    """The finest ladder whose steps are far enough apart and that reaches most of the way to both ends."""
    for ladder in LADDERS:
        seen = [tick for tick in ladder if low <= math.log(tick) <= high]
        steps = [math.log(b / a) / (high - low) * width for a, b in pairwise(seen)]
        reaches = math.log(ladder[0]) <= low * 0.6 and math.log(ladder[-1]) >= high * 0.6
        if len(seen) > 1 and min(steps) >= APART and reaches:
            return seen
    return [1.0]
