"""Scales of gap charts: differences on a plain one around 0, ratios on a logarithmic one around 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dueregard.publish.amounts import Unit
from dueregard.publish.charts import canvas
from dueregard.publish.charts.gap_lines import Line
from dueregard.publish.readings import finite

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

    def beyond(self, value: float) -> bool:
        """Whether a value is beyond an end."""
        return not self.low <= self.at(value) <= self.high


def scale_for(unit: Unit, lines: Sequence[Line], threshold: float | None) -> Scale:
    """The scale that shows these lines."""
    ends = [end for line in lines for interval in line.intervals for end in interval]
    estimates = finite(line.estimate for line in lines)
    if unit.logarithmic:
        return _logarithmic(estimates, ends, unit.band(threshold) if threshold else ())
    low, high = canvas.span(finite([*estimates, *ends]))
    return Scale(low, high, 0.0, lambda value: value, lambda width: _plain_ticks(low, high, width))


def _plain_ticks(low: float, high: float, width: float) -> list[float]:
    return canvas.nice_ticks(low, high, most=max(3, int(width / 55)))


def _logarithmic(estimates: Sequence[float], ends: Sequence[float], band: Sequence[float]) -> Scale:
    """All estimates and the band, limits as far as a cut, and room for arrows where there is no limit."""
    found = [_log(value) for value in (1.0, *estimates, *band) if value > 0]
    found += [_log(end) for end in ends if end > 0 and _log(end) < math.inf] if not _positive(estimates) else []
    cuts = min(found) - math.log(CUT), max(found) + math.log(CUT)
    found += [position for end in ends if cuts[0] < (position := _log(end)) < cuts[1]]
    low, high = canvas.span(found)
    room = ARROW * (high - low)
    open_low, open_high = (any(_log(end) * way > max(high, -low) for end in ends) for way in (-1, 1))
    low, high = low - room * open_low, high + room * open_high
    return Scale(low, high, 0.0, _log, lambda width: _ratio_ticks(low, high, width))


def _positive(estimates: Sequence[float]) -> bool:
    return any(value > 0 for value in estimates)


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
