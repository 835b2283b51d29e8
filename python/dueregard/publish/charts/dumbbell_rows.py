"""What the rows of a dumbbell show: two values of one area or group, and what is known of the difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.charts.gap_lines import CLEAR, SAME, Verdict, verdict_of
from dueregard.publish.charts.measure_labels import distinct_parts
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, named, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Pair:
    """One row: where it begins and ends, and the difference with its limits, all in percent or percentage points."""

    label: str
    start: Any
    end: Any
    difference: Any
    low: Any
    high: Any
    verdict: Verdict
    bold: bool

    @property
    def known(self) -> bool:
        """Whether both ends can be drawn."""
        return known(self.start) and known(self.end)

    @property
    def clear(self) -> bool:
        """Whether it is clear, all comparisons of its family allowed for, that the ends differ."""
        return self.verdict is CLEAR

    @property
    def told(self) -> bool:
        """Whether it is clear that they differ, or that they do not by what matters."""
        return self.verdict in (CLEAR, SAME)


def pairs_of(findings: Findings) -> dict[str, list[Pair]]:
    """The rows of each block: one block for each compared group, or one for all groups without areas.

    Groups that are kinds of missing answer are compared with nobody and have no row.
    """
    by = by_columns(findings)
    rows = [row for row, *_ in statements(rows_of(findings, "group", None)) if not is_missing(row.get("group"))]
    apart = distinct_parts([named(row.get("measure")) for row in rows])
    blocks: dict[str, list[Pair]] = {}
    for row in rows:
        group = named(row["group"]) if row.get("group") is not None else ""
        label = area_of(row, by) if by else group or "Everybody"
        if len(apart) > 1:
            label = f"{label}, {apart[named(row.get('measure'))]}"
        blocks.setdefault(group if by else "", []).append(_pair(row, label, by))
    return {group: pairs for group, pairs in blocks.items() if any(pair.known for pair in pairs)}


def _pair(row: Row, label: str, by: Sequence[str]) -> Pair:
    ends = row.get("reference_value"), row.get("value")
    return Pair(label, *ends, row["estimate"], row.get("low"), row.get("high"), verdict_of(row), is_all_areas(row, by))


def all_pairs(blocks: Mapping[str, Sequence[Pair]]) -> list[Pair]:
    """The rows of all blocks, in their order."""
    return [pair for pairs in blocks.values() for pair in pairs]
