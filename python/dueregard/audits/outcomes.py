"""What a check found of a claim, and the findings that are made of many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Any, NamedTuple

from dueregard.audits.printed import Printed
from dueregard.audits.ranges import Number, Range
from dueregard.findings import Findings
from dueregard.flags import Flag

CONSISTENT, ROUNDING, INCONSISTENT = "consistent", "rounding", "inconsistent"
DERIVABLE, CANNOT_TELL, SET_ASIDE = "derivable", "cannot tell", "set aside"
BY_CONCERN = (INCONSISTENT, ROUNDING, CANNOT_TELL, SET_ASIDE, DERIVABLE, CONSISTENT)
"""The verdicts, what needs a reader first."""

FLAGS = {INCONSISTENT: Flag.INCONSISTENT_SOURCE, CANNOT_TELL: Flag.NOT_RECORDED}
PRINTED_AT = "printed_at"
"""The column that says where a claim is printed; the findings that have it are those of an audit."""
METHOD = "printed figure against the same figure computed, in exact fractions, and all that its rounding allows"


@dataclass(frozen=True)
class Place:
    """Where a claim stands: a document or file and a line, or a cell of a sheet, or a row of a table."""

    document: str | None = None
    line: int | None = None
    cell: str | None = None
    row: int | None = None

    @property
    def text(self) -> str:
        """Such as ``plan.csv:12``, ``Sheet1!C5`` or ``row 3``."""
        if self.cell is not None:
            return self.cell
        if self.line is not None:
            return f"{self.document}:{self.line}" if self.document else f"line {self.line}"
        return self.document or ("the whole" if self.row is None else f"row {self.row}")


class Outcome(NamedTuple):
    """What was computed for one claim, what was printed, and what follows."""

    measure: str
    verdict: str
    note: str
    value: Number = nan
    printed: Number = nan
    low: Number = nan
    high: Number = nan
    unit: str | None = None
    about: str | None = None
    """What the claim is about, where the check knows it by a better name than the claim."""


def judged(printed: Printed, value: Number, allowed: Range) -> str:
    """Whether a computed value prints as the figure, whether rounding may make it, or neither.

    >>> from dueregard.audits.printed import printed
    >>> [judged(printed(text), 7, Range(6, 8)) for text in ("7%", "8%", "9%")]
    ['consistent', 'rounding', 'inconsistent']
    """
    if printed.range.holds(value):
        return CONSISTENT
    return ROUNDING if printed.range.meets(allowed) else INCONSISTENT


class Row(NamedTuple):
    """An outcome with where it stands and what it is about."""

    outcome: Outcome
    place: Place
    labels: dict[str, str | None]


def findings(rows: Sequence[Row], *, title: str, notes: Sequence[str] = (), **kept: Any) -> Findings:
    """The findings of an audit, one row for each claim in the order they came."""
    outcomes, places = [row.outcome for row in rows], [row.place for row in rows]
    names = dict.fromkeys(name for row in rows for name in row.labels)
    columns: dict[str, list[Any]] = {
        "measure": [outcome.measure for outcome in outcomes],
        "group": [row.outcome.about or row.labels.get("group") for row in rows],
        **{name: [row.labels.get(name) for row in rows] for name in names if name != "group"},
        PRINTED_AT: [place.text for place in places],
        "row_type": ["group"] * len(rows),
        "value": [_float(outcome.value) for outcome in outcomes],
        "reference": ["Printed"] * len(rows),
        "reference_value": [_float(outcome.printed) for outcome in outcomes],
        "unit_of_measure": [outcome.unit for outcome in outcomes],
        "low": [_float(outcome.low) for outcome in outcomes],
        "high": [_float(outcome.high) for outcome in outcomes],
        "verdict": [outcome.verdict for outcome in outcomes],
        "flag": [FLAGS.get(outcome.verdict, Flag(0)) for outcome in outcomes],
        "method": [METHOD] * len(rows),
        "note": [outcome.note for outcome in outcomes],
        "document": [place.document for place in places],
        "line": [place.line for place in places],
        "cell": [place.cell for place in places],
    }
    return Findings(columns, by=PRINTED_AT, title=title, notes=notes, **kept, kind="audit")


def _float(value: Number) -> float:
    return float(value)
