"""What the rows of a caterpillar show: the figure of an area on its interval, its rank, and where that could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.missing import is_missing
from dueregard.publish.readings import Row, area_of, by_columns, known, named, rows_of
from dueregard.publish.sentences.rank_sentences import among_column

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Ranked:
    """One area."""

    label: str
    value: Any
    low: Any
    high: Any
    rank: Any
    rank_low: Any
    rank_high: Any
    joint_low: Any
    joint_high: Any
    compared: Any


@dataclass(frozen=True)
class RankedSet:
    """The areas that are ranked against each other, in the order that they are drawn in."""

    name: str
    areas: Sequence[Ranked]
    differ: bool
    """Whether they are shown to differ beyond chance, which is what they are sorted by rank for."""

    @property
    def ranked(self) -> bool:
        """Whether ranks are shown."""
        return any(known(area.rank) for area in self.areas)


def ranked_sets(findings: Findings) -> list[RankedSet]:
    """The sets, each sorted by rank where its areas are shown to differ and else in the order of the findings."""
    by, among = by_columns(findings), among_column(findings)
    together: dict[tuple[Any, Any], list[Row]] = {}
    for row in rows_of(findings, "group"):
        if not is_missing(row["group"]) and not any(is_missing(row[name]) for name in by):
            together.setdefault((row["group"], row[among] if among else None), []).append(row)
    return [_set(key, rows, by) for key, rows in together.items() if any(map(_figure_known, rows))]


def _set(key: tuple[Any, Any], rows: Sequence[Row], by: Sequence[str]) -> RankedSet:
    unlike = any(Flag.NOT_SHOWN_TO_DIFFER in Flag(row["flag"]) for row in rows)
    areas = [_area(row, by) for row in rows]
    differ = not unlike and any(known(area.rank) and known(area.rank_low) for area in areas)
    if differ:
        areas = sorted(areas, key=lambda area: area.rank if known(area.rank) else float("inf"))
    return RankedSet(", ".join(named(part) for part in key if part is not None), areas, differ)


def _figure_known(row: Row) -> bool:
    return known(row["estimate"]) or known(row["value"])


def _area(row: Row, by: Sequence[str]) -> Ranked:
    """A gap or ratio where there is one, and else the area's own figure."""
    compared = row.get("reference") is not None
    value = row["estimate"] if compared else row["value"]
    return Ranked(
        label=area_of(row, by),
        value=value,
        low=row["low"],
        high=row["high"],
        rank=row["rank"],
        rank_low=row["rank_low"],
        rank_high=row["rank_high"],
        joint_low=row["joint_rank_low"],
        joint_high=row["joint_rank_high"],
        compared=row["compared_areas"],
    )
