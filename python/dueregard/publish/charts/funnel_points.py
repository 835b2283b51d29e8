"""What a funnel chart shows: a point for each area, the target, and the limits as functions of size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dueregard.inference.areas.funnel_limits import funnel_limits
from dueregard.measures.areas.funnel_rows import WITHIN
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, known, label, rows_of
from dueregard.units import COUNT_OVER_COUNT, OBSERVED_OVER_EXPECTED

if TYPE_CHECKING:
    from dueregard.findings import Findings

MEASURES = {"percent": "proportion", OBSERVED_OVER_EXPECTED: "ratio", COUNT_OVER_COUNT: "count-ratio"}
"""By unit of measure; of all others values are rates."""


@dataclass(frozen=True)
class Point:
    """One area: its name, size and value, and the verdict: the side of the limits it is on and the widest crossed."""

    name: str
    size: float
    value: float
    z: float
    verdict: str
    beyond_all: bool
    """Whether it is outside the widest limits."""

    @property
    def outside(self) -> bool:
        """Whether it is outside any limits."""
        return self.verdict != WITHIN

    @property
    def above(self) -> bool:
        return self.z > 0


@dataclass(frozen=True)
class Funnel:
    """The points with what they are held against."""

    points: list[Point]
    left_out: int
    """Areas without a value or a size."""
    target: float
    target_words: str
    levels: tuple[float, ...]
    """From narrow to wide."""
    unit: Any
    row: Row
    """One of the rows, for what all have in common."""

    @property
    def sizes(self) -> list[float]:
        return [point.size for point in self.points]

    @property
    def measure(self) -> str:
        """What values are, as `dueregard.funnel_limits` calls it."""
        return MEASURES.get(self.unit, "rate")

    @property
    def size_words(self) -> str:
        """What the size of an area is."""
        words = {"proportion": "Number of cases", "ratio": "Events expected", "count-ratio": "Both counts together"}
        basis = self.row.get("basis")
        return words.get(self.measure) or (label(basis) if basis else "Exposure")

    def limits(self, sizes: Sequence[float]) -> list[tuple[Any, Any]]:
        """Low and high limits at these sizes for each level, by the method of the rows."""
        row, measure = self.row, self.measure
        scale = {"proportion": 100.0, "rate": row.get("per") or 1.0}.get(measure, 1.0)
        found = funnel_limits(
            self.target / scale, np.asarray(sizes, float), measure=measure, confidence_level=self.levels,
            method=str(row["method"]).partition(" control limits")[0], phi=_or(row.get("phi"), 1.0),
            tau2=_or(row.get("tau2"), 0.0),
        )  # fmt: skip
        return [(scale * low, scale * high) for low, high in zip(found.low, found.high, strict=True)]


def funnel_of(findings: Findings) -> Funnel:
    """The funnel of findings; refused where no area has a value."""
    by = by_columns(findings)
    together = statements(rows_of(findings, "group"))
    held = [row for rows in together for row in rows if known(row.get("control_low"))]
    levels = tuple(sorted({row["confidence_level"] for row in held}))
    here = [row for row, *_ in together if known(row.get("z")) and known(_size(row)) and known(row.get("value"))]
    if not here or not held:
        raise ValueError("findings: there is no area to draw, none has a value and limits")
    points, left_out, row = [_point(each, by, levels[-1]) for each in here], len(together) - len(here), held[0]
    return Funnel(points, left_out, row["reference_value"], str(row["reference"]), levels, row["unit_of_measure"], row)


def _point(row: Row, by: Sequence[str], widest: float) -> Point:
    verdict = str(row["verdict"])
    beyond_all = f" {100 * widest:.10g}% " in verdict
    return Point(area_of(row, by), _size(row), row["value"], row["z"], verdict, beyond_all)


def _size(row: Row) -> float:
    """What limits are a function of."""
    for name in ("effective_nobs", "exposure", "nobs"):
        if known(row.get(name)):
            return float(row[name])
    return float("nan")


def _or(value: Any, otherwise: float) -> float:
    return float(value) if known(value) else otherwise
