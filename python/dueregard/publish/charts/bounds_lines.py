"""What the rows of a bounds chart show: one comparison each, with its estimates under every assumption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.measures.unknowns.unknown_rules import IN_PROPORTION, STATED, WITHIN
from dueregard.missing import is_missing
from dueregard.publish.charts.gap_lines import NONE, Line
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, named, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Bounds:
    """One comparison: the range of its estimates, its limits, and the estimates under the assumptions drawn."""

    label: str
    bold: bool
    low: Any
    high: Any
    region_low: Any
    region_high: Any
    estimates: dict[str, float]
    holds: bool | None

    @property
    def stated(self) -> float:
        return self.estimates.get(STATED, float("nan"))

    @property
    def line(self) -> Line:
        """What a scale has to show of it."""
        return Line(
            self.label, self.stated, self.low, self.high, NONE, self.bold, ((self.region_low, self.region_high),)
        )


def drawn(assumption: str) -> bool:
    """Whether an assumption has a point of its own: the others are ends of the range, or near them."""
    return assumption in (STATED, IN_PROPORTION) or assumption.startswith(WITHIN)


def bounds_of(findings: Findings) -> dict[str, list[Bounds]]:
    """The lines of each panel: one panel for each compared group, or one for all groups without areas."""
    by = by_columns(findings)
    together: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows_of(findings, "group", None):
        if not is_missing(row["group"]):
            together.setdefault((row["group"], *(row[name] for name in by)), []).append(row)
    panels: dict[str, list[Bounds]] = {}
    for rows in together.values():
        made = _made(rows, by)
        if known(made.low) or known(made.stated):
            panels.setdefault(named(rows[0]["group"]) if by else "", []).append(made)
    return panels


def _made(rows: Sequence[Row], by: Sequence[str]) -> Bounds:
    first = rows[0]
    return Bounds(
        label=area_of(first, by) if by else named(first["group"]),
        bold=is_all_areas(first, by),
        low=first["bound_low"],
        high=first["bound_high"],
        region_low=first["region_low"],
        region_high=first["region_high"],
        estimates={row["assumption"]: row["estimate"] for row in rows if drawn(row["assumption"])},
        holds=first["holds"],
    )
