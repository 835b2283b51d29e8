"""What a chart of arrows draws: for each unit where it was, where it is, the line, and where it would be anyway."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.publish.assessment_kinds import PROGRESS, assessment_kind
from dueregard.publish.readings import clean, fixed, known, rows_of, whole

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Arrow:
    """One row: percents before and after, that to expect without action, and the threshold; NaN or None if unknown."""

    label: str
    before: Any
    after: Any
    expected: Any
    threshold: Any

    @property
    def known(self) -> bool:
        """Whether both ends can be drawn."""
        return known(self.before) and known(self.after)

    @property
    def change(self) -> str:
        """The change in points, with its sign."""
        return fixed(self.after - self.before, 0, signed=True) if self.known else "[x]"


def arrows_of(findings: Findings) -> list[Arrow]:
    """The rows of a progress, or of crossings."""
    make = _of_progress if assessment_kind(findings) == PROGRESS else _of_crossing
    return [make(row) for row in rows_of(findings)]


def _of_progress(row: dict[str, Any]) -> Arrow:
    before, rise = row["reference_value"], row["expected_rise"]
    expected = before + rise if known(rise) and known(before) else None
    return Arrow(clean(row["unit"]), before, row["value"], expected, row["threshold"])


def _of_crossing(row: dict[str, Any]) -> Arrow:
    parts = [row["unit"], *([row["section"]] if row.get("section") else [])]
    name = f"{', '.join(map(clean, parts))}, {whole(row['reference_value'])}%"
    return Arrow(name, row["before"], row["value"], None, row["reference_value"])
