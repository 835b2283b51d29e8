"""Rows and files as they were read, each with what is wrong with it, if anything."""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dueregard.assessment.returns import form
from dueregard.missing import NOT_COLLECTED, NOT_STATED, REFUSED

UNANSWERED = (NOT_STATED, REFUSED, NOT_COLLECTED)


@dataclass(frozen=True)
class ReadRow:
    """One row of a return: its values by name, where it stands, and why it cannot be taken."""

    values: dict[str, Any]
    line: int
    fault: str | None = None
    is_stray: bool = False
    """Whether it stands where no row was expected."""


@dataclass(frozen=True)
class ReadReturn:
    """One unit's return: what the file says of it, its rows, and why the whole cannot be taken."""

    path: Path
    rows: list[ReadRow] = field(default_factory=list)
    fault: str | None = None
    unit: str | None = None
    kind: str | None = None
    area: str | None = None
    round: str | None = None
    channel: str | None = None
    due: dt.date | None = None
    returned: dt.date | None = None
    completed_by: str | None = None
    provenance: str | None = None
    untouched: bool = False
    """Whether the answers are those that the workbook was sent out with."""

    unexpected: bool = False
    """Whether the unit was not invited."""

    @property
    def key(self) -> tuple[str | None, str | None, str]:
        """What no two returns may share."""
        return self.unit, self.round, self.channel or form.INVITED

    @property
    def why_aside(self) -> str | None:
        """Why none of its rows is taken, if none is."""
        return self.fault or (f"{self.path}: not filled in: it is as it was sent out" if self.is_blank else None)

    @property
    def is_usable(self) -> bool:
        """Whether it is a unit's return, and is not refused as a whole."""
        return self.fault is None and self.unit is not None

    @property
    def n_answers(self) -> int:
        """Rows with an answer; that an indicator is not applicable is one."""
        return sum(row.fault is None and row.values["answer"] not in UNANSWERED for row in self.rows)

    @property
    def n_set_aside(self) -> int:
        """Answers that are not taken, of a return that is."""
        return sum(row.fault is not None and not row.is_stray for row in self.rows)

    @property
    def strays(self) -> list[ReadRow]:
        """Rows where none was expected; they may be answers that somebody meant to give."""
        return [row for row in self.rows if row.is_stray]

    @property
    def is_blank(self) -> bool:
        """Whether it is the form as it was sent out, or has no answer at all and no date of return."""
        unanswered = not self.n_answers and not self.n_set_aside and not self.strays
        return not self.returned and not self.fault and (self.untouched or unanswered)

    def refused(self, fault: str) -> "ReadReturn":
        """The same return, not to be taken; a fault that it had before is kept."""
        return self if self.fault else replace(self, fault=fault)

    def columns(self, row: ReadRow) -> dict[str, Any]:
        """The values of a row under the names of merged returns."""
        own = {
            "unit": self.unit,
            "kind": self.kind,
            "area": self.area,
            "round": self.round,
            "channel": self.channel or form.INVITED,
            "returned": self.returned and self.returned.isoformat(),
            "file": str(self.path),
            "row": row.line,
        }
        return {name: own.get(name, row.values.get(name)) for name in form.COLUMNS}


def fault_of(returns: list[ReadReturn]) -> str | None:
    """The first fault of all, files before their rows."""
    for one in returns:
        if one.fault:
            return one.fault
        for row in one.rows:
            if row.fault:
                return row.fault
    return None
