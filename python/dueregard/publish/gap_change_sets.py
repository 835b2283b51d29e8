"""The parts of the change of a gap as publishing reads them: both gaps, the change, what adds up to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dueregard.missing import is_missing
from dueregard.publish.levels import statements
from dueregard.publish.readings import Row, area_of, by_columns, label, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

ENDS = ("gap before", "gap after", "change")
SAID = {
    "gap before": "Gap before",
    "gap after": "Gap after",
    "change": "Change",
    "composition": "Who answered",
    "rates": "Rates of like people",
    "interaction": "Both at once",
    "not comparable": "Without counterpart",
}
"""Parts in plain words."""


@dataclass(frozen=True)
class ChangeSet:
    """One gap at two times, and what the change between them is made of."""

    area: str
    before: Row
    after: Row
    change: Row
    totals: Sequence[Row]
    """Parts that add up to the change."""
    split: Sequence[Row]
    """Which side, or which factor, each of them goes with."""

    @property
    def sides(self) -> tuple[str, str]:
        """What negative and positive changes are called: wider and narrower, of gaps on one side at both times;
        else it is the figure of the group against the reference that went down or up."""
        ends = [self.before["estimate"], self.after["estimate"]]
        if max(ends) <= 0:
            return "wider", "narrower"
        return ("narrower", "wider") if min(ends) >= 0 else ("down", "up")


def change_sets(findings: Findings) -> list[ChangeSet]:
    """The changes in the order of the findings; people of no known group have none."""
    by, found = by_columns(findings), dict[tuple[object, ...], list[Row]]()
    for row, *_ in statements(rows_of(findings)):
        if row["row_type"] != "reference" and not is_missing(row["group"]):
            found.setdefault((*(row[name] for name in by), row["group"]), []).append(row)
    return [_set(rows, by) for rows in found.values() if any(row["part"] == "change" for row in rows)]


def _set(rows: Sequence[Row], by: Sequence[str]) -> ChangeSet:
    before, after, change = (next(row for row in rows if row["part"] == name) for name in ENDS)
    parts = [row for row in rows if row["part"] not in ENDS]
    totals = [row for row in parts if all(row.get(name) is None for name in ("side", "factor", "level"))]
    told = [row for row in parts if row not in totals and row.get("level") is None]
    split = [row for row in told if row.get("side") is None or row.get("factor") is None]
    return ChangeSet(area_of(change, by) if by else "", before, after, change, totals, split)


def is_listed(row: Mapping[str, Any]) -> bool:
    """Whether a table has room for a part of a change: without levels, and without what of one side goes with one
    factor."""
    return row.get("level") is None and (row.get("side") is None or row.get("factor") is None)


def change_part_name(row: Mapping[str, Any]) -> str:
    """A part in words, with its side or factor.

    >>> change_part_name({"part": "rates"}), change_part_name({"part": "composition", "side": "White"})
    ('Rates of like people', 'Who answered: White')
    """
    said = SAID.get(str(row["part"]), label(row["part"]))
    said = said.partition(" of ")[0] if row.get("factor") is not None else said
    of = [str(row["side"])] if row.get("side") is not None else []
    of += [label(row["factor"])] if row.get("factor") is not None else []
    return ": ".join([said, ", ".join(of)]) if of else said
