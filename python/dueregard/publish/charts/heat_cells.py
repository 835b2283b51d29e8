"""The cells of a heat map of answers: units down, indicators across, in blocks that fit the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dueregard.assessment.scores.answer_rows import NO_ANSWER
from dueregard.assessment.scores.threshold_rows import MET, NOT_MET
from dueregard.publish.readings import clean, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

COUNTED = (MET, NOT_MET, NO_ANSWER)
"""The verdicts of indicators that a unit was asked about."""


@dataclass(frozen=True)
class Section:
    """A run of indicators under one heading."""

    label: str
    indicators: list[str]


@dataclass(frozen=True)
class HeatMap:
    """What is drawn: the units, the sections with their indicators, and the verdict on each cell."""

    units: list[str]
    sections: list[Section]
    verdicts: dict[tuple[str, str], str] = field(repr=False)

    def of(self, unit: str, verdict: str) -> int:
        """How many answers of a unit have a verdict."""
        return sum(self.verdicts.get((unit, one)) == verdict for part in self.sections for one in part.indicators)

    def asked(self, unit: str) -> int:
        """How many indicators a unit was asked about."""
        return sum(self.of(unit, verdict) for verdict in COUNTED)

    def total(self, verdict: str) -> int:
        """How many answers have a verdict."""
        return sum(self.of(unit, verdict) for unit in self.units)


def heat_map_of(findings: Findings) -> HeatMap:
    """The cells, units and indicators in the order in which they come."""
    rows = rows_of(findings)
    sections: dict[str, dict[str, None]] = {}
    for row in rows:
        sections.setdefault(clean(row["section"]), {})[str(row["indicator"])] = None
    return HeatMap(
        list(dict.fromkeys(str(row["unit"]) for row in rows)),
        [Section(label, list(ids)) for label, ids in sections.items()],
        {(str(row["unit"]), str(row["indicator"])): str(row["verdict"]) for row in rows},
    )


def blocks_of(sections: Sequence[Section], most: int) -> list[list[Section]]:
    """The sections in blocks of at most so many indicators; a longer section is parted.

    >>> parts = blocks_of([Section("A", list("abc")), Section("B", list("de"))], 4)
    >>> [[(part.label, "".join(part.indicators)) for part in block] for block in parts]
    [[('A', 'abc')], [('B', 'de')]]
    """
    blocks: list[list[Section]] = [[]]
    for section in sections:
        for start in range(0, len(section.indicators), most):
            part = Section(section.label, section.indicators[start : start + most])
            if blocks[-1] and sum(len(one.indicators) for one in [*blocks[-1], part]) > most:
                blocks.append([])
            blocks[-1].append(part)
    return [block for block in blocks if block]
