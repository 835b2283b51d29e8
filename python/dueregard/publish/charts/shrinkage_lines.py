"""What a chart of raw and shrunken values shows: for each area both, with the limits of the shrunken one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.readings import area_of, by_columns, known, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Pair:
    """One area."""

    name: str
    raw: Any
    shrunken: Any
    low: Any
    high: Any

    @property
    def shown(self) -> bool:
        """Whether there is anything to draw."""
        return known(self.raw) and known(self.shrunken)


def pairs_of(findings: Findings) -> list[Pair]:
    """The areas, in the order of the findings."""
    by = by_columns(findings)
    return [
        Pair(area_of(row, by), row["value"], row["shrunken"], row.get("shrunken_low"), row.get("shrunken_high"))
        for row in rows_of(findings, "group")
    ]


def typical_of(findings: Findings) -> float:
    """What values are drawn towards."""
    found = (row["reference_value"] for row in rows_of(findings, "group") if known(row.get("reference_value")))
    return float(next(found, float("nan")))
