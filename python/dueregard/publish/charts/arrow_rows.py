"""What a chart of arrows draws: for each unit where it was, where it is, the line, and where it would be anyway."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dueregard.publish.readings import clean, fixed, known, rows_of, whole

if TYPE_CHECKING:
    from dueregard.findings import Findings

RISEN, FALLEN, UNCHANGED, CANNOT_TELL = "risen", "fallen", "unchanged", "cannot tell"
CROSSED = {"not met to met": RISEN, "met to not met": FALLEN}
"""What crossings come to; of all others missing answers hid where a unit was, or hide where it is."""


@dataclass(frozen=True)
class Arrow:
    """One row: percents before and after, that to expect without action, and the threshold; NaN or None if unknown.

    ``way`` is what the findings say of it: risen, fallen, unchanged, or cannot tell; then ``lowest`` and ``highest``
    are the ends that missing answers leave both scores, and ``change`` says what they leave of the change.
    """

    label: str
    before: Any
    after: Any
    expected: Any
    threshold: Any
    way: str
    change: str
    lowest: Any = None
    highest: Any = None

    @property
    def known(self) -> bool:
        """Whether both ends can be drawn."""
        return known(self.before) and known(self.after)

    @property
    def open(self) -> bool:
        """Whether missing answers leave a range to draw."""
        return known(self.lowest) and known(self.highest) and self.highest > self.lowest


def arrows_of(findings: Findings) -> list[Arrow]:
    """The rows of a progress, or of crossings."""
    make = _of_progress if findings.kind == "round progress" else _of_crossing
    return [make(row) for row in rows_of(findings)]


def _of_progress(row: dict[str, Any]) -> Arrow:
    before, after, rise = row["reference_value"], row["value"], row["expected_rise"]
    expected = before + rise if known(rise) and known(before) else None
    way = str(row["verdict"]).partition(",")[0]
    one = Arrow(clean(row["unit"]), before, after, expected, row["threshold"], way, _points(before, after))
    if way != CANNOT_TELL or not one.known:
        return one
    change = f"{_signed(row['low'])} to {_signed(row['high'])}"
    return replace(one, change=change, lowest=min(before, after), highest=max(row["before_high"], row["after_high"]))


def _points(before: Any, after: Any) -> str:
    """The change in points, with its sign."""
    return _signed(after - before) if known(before) and known(after) else "[x]"


def _signed(value: float) -> str:
    return fixed(value, 0, signed=True)


def _of_crossing(row: dict[str, Any]) -> Arrow:
    parts = [row["unit"], *([row["section"]] if row.get("section") else [])]
    name = f"{', '.join(map(clean, parts))}, {whole(row['reference_value'])}%"
    before, after = row["before"], row["value"]
    way = CROSSED.get(row["verdict"], CANNOT_TELL)
    return Arrow(name, before, after, None, row["reference_value"], way, _points(before, after))
