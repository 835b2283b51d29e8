"""What a level ladder draws: the rungs, where each unit stands, how far it has evidence, and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dueregard.assessment.scores.level_rows import NONE
from dueregard.publish.readings import Row, clean, known, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class Standing:
    """One unit: its level, the highest that missing answers leave, and the highest with evidence; None if unknown."""

    label: str
    level: int | None
    highest: int | None
    evidence: int | None

    @property
    def open(self) -> bool:
        """Whether missing answers decide."""
        return self.level != self.highest


@dataclass(frozen=True)
class Ladder:
    """The rungs, lowest first with that of no level at 0, the level aimed at, the organisation, and the units."""

    rungs: list[str]
    aim: int
    organisation: Standing | None
    units: list[Standing]

    def at(self, rung: int) -> int:
        """How many units are at a rung."""
        return sum(unit.level == rung for unit in self.units)

    def could_be_at(self, rung: int) -> int:
        """How many more would be there, were what is missing met."""
        return sum(unit.open and unit.highest == rung for unit in self.units)

    def evidence_at(self, rung: int) -> int:
        """How many have their highest evidence at a rung that they have not reached."""
        return sum(unit.evidence == rung and (unit.level or 0) < rung for unit in self.units)

    @property
    def graded(self) -> bool:
        """Whether there are levels to climb: of a single one any answer that is met is evidence."""
        return len(self.rungs) > 2


def _standing(row: Row, rungs: list[str]) -> Standing:
    """Where a unit or the organisation is."""
    level, highest = (int(row[name]) if known(row[name]) else None for name in ("value", "high"))
    evidence = rungs.index(clean(row["evidence"])) if row["evidence"] is not None else None
    return Standing("Organisation" if row["unit"] is None else clean(row["unit"]), level, highest, evidence)


def ladder_of(findings: Findings) -> Ladder:
    """The ladder of findings of levels."""
    rows = rows_of(findings)
    rungs = [NONE, *(clean(level) for level in str(rows[0]["levels"]).split("; "))] if rows else [NONE]
    standings = [(row["unit"] is None, _standing(row, rungs)) for row in rows]
    whole = next((standing for is_whole, standing in standings if is_whole), None)
    units = [standing for is_whole, standing in standings if not is_whole]
    return Ladder(rungs, int(rows[0]["reference_value"]) if rows else 0, whole, units)
