"""The tables of the parts of a gap, and of the change of one: what goes with who is in the groups, and what remains."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dueregard.publish.gap_change_sets import change_part_name, change_sets, is_listed
from dueregard.publish.gap_part_sets import EXPLAINED, REST, SAID, decimals_of, listed, part_sets
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import area_of, by_columns, clean, known, label, named, rows_of
from dueregard.publish.sentences.model_variation import part_variation
from dueregard.publish.tables import figure_columns as columns
from dueregard.publish.tables.headings import percent
from dueregard.publish.tables.shown import EMPTY, Planned, Row, Shown, number, span
from dueregard.publish.tables.shown_parts import any_known, decimal, pvalue
from dueregard.publish.units.amounts import Points, unit_of_rows

if TYPE_CHECKING:
    from dueregard.findings import Findings

ROOM = 22
NEEDED_NOTE = (
    "Needed: by how many points something that was not measured, and is {imbalance} points more common in one of the "
    "groups, would have to move the outcome to remove what remains."
)
ALIKE_NOTE = "Group, reference: where something remains, what both would come to if alike in what was held equal."
E_VALUE_NOTE = "E-value: how many times as common, and as strong, something that was not measured would have to be."


ELSEWHERE = "{rows} left out here: the findings have them, to be had by filter() or to_frame()."


def part_table(findings: Findings, *, whole: bool = False) -> Planned:
    """The table of kind "gap parts": of each gap its parts and their factors, and the levels of who is in the groups;
    the whole of it has those of all parts."""
    by = by_columns(findings)
    every = rows_of(findings)
    compared = [row for row in every if columns.is_compared(row)] if part_sets(findings) else []
    rows = compared if whole else listed(compared, by)
    level, unit = next(iter(levels_of(rows)), None), _unit(rows)
    shown = [
        Shown("part", "Part", _name, ROOM),
        columns.figure("estimate", f"Estimate{unit}", _amount(rows)),
        Shown("interval", "Interval" if level is None else f"{percent(level)} interval", span(_amount(rows)),
              number=True),
        *_shares(rows),
        *_values(rows),
        *_chance(rows),
        *_needed(rows),
    ]  # fmt: skip
    imbalance = next((row["imbalance"] for row in rows if known(row.get("imbalance"))), None)
    needed = NEEDED_NOTE.format(imbalance=f"{imbalance:.10g}") if known(imbalance) else ""
    of_columns = {"needed_effect": needed, "e_value": E_VALUE_NOTE} if needed else {}
    if any(row["part"] in REST and row["factor"] is None and known(row["value"]) for row in rows):
        of_columns["value"] = ALIKE_NOTE
    notes = [*_levels_elsewhere(compared, rows), *columns.left_out(every, compared), *part_variation(findings)]
    return Planned(shown, rows, _whose(rows, by), notes, of_columns)


def _levels_elsewhere(rows: Sequence[Row], shown: Sequence[Row], also: str = "") -> list[str]:
    """Where the levels are that the table has no room for."""
    n = len(rows) - len(shown)
    return [ELSEWHERE.format(rows=f"1 row of a level{also} is" if n == 1 else f"{n:,} rows of levels{also} are")
            ] if n else []  # fmt: skip


def _unit(rows: Sequence[Row]) -> str:
    """What estimates are in."""
    unit = unit_of_rows(rows)
    return " (points)" if isinstance(unit, Points) else f" ({clean(unit.name)})"


def _name(row: Row) -> str:
    """A part, a factor or a level of one, each under what it is a part of."""
    said = SAID.get(str(row["part"]), label(row["part"]))
    if row["factor"] is None:
        return said
    of = "" if row["part"] in EXPLAINED else f"{'Remains' if row['part'] in REST else said}: "
    at = "" if row["level"] is None else f": {named(row['level'])}"
    return f"{of}{label(row['factor'])}{at}"


def _shares(rows: Sequence[Row]) -> list[Shown]:
    """What part of the gap it is, and how many of both groups are at a level."""
    all_of = [
        number("share_of_gap", "Of the gap (%)", _one, EMPTY),
        number("group_share", "Of the group (%)", _one, EMPTY),
        number("reference_share", "Of the reference (%)", _one, EMPTY),
    ]
    return [shown for shown in all_of if any_known(rows, shown.name)]


def _chance(rows: Sequence[Row]) -> list[Shown]:
    """How likely a part as large is by chance; after the figures, as the interval says most of it."""
    return [columns.figure("pvalue", "p", pvalue)] if any_known(rows, "pvalue") else []


def _amount(rows: Sequence[Row]) -> Callable[[Row, float], str]:
    """Writes a part of a gap, or a limit of one; all with as many decimals."""
    digits = decimals_of(rows)
    return lambda row, value: decimal(value, digits)


def _one(row: Row, value: float) -> str:
    return decimal(value)


def _values(rows: Sequence[Row]) -> list[Shown]:
    """The outcome of both groups: of the gap as it is, of a level among those at it."""
    write = columns.value_text if unit_of_rows(rows).percent else _amount(rows)
    return [
        number("value", "Group", write, EMPTY),
        number("reference_value", "Reference", write, EMPTY),
    ] if any_known(rows, "value") else []  # fmt: skip


def _needed(rows: Sequence[Row]) -> list[Shown]:
    """What something that was not measured would need."""
    all_of = [
        number("needed_effect", "Needed (points)", _one, EMPTY),
        number("e_value", "E-value", lambda row, value: decimal(value, 2), EMPTY),
        number("e_value_low", "E-value of the limit", lambda row, value: decimal(value, 2), EMPTY),
    ]
    return [shown for shown in all_of if any_known(rows, shown.name)]


def _whose(rows: Sequence[Mapping[str, Any]], by: Sequence[str]) -> list[str]:
    """Which gap rows are of."""
    places = [f"{label(area_of(dict(row), by))}: " if by else "" for row in rows]
    return [f"{place}{named(row['group'])} against {named(row['reference'])}"
            for place, row in zip(places, rows, strict=True)]  # fmt: skip


def change_part_table(findings: Findings, *, whole: bool = False) -> Planned:
    """The table of kind "gap change parts": the gap before and after, the change, and what adds up to it; the whole of
    it has levels too, and what of each side goes with each factor."""
    by, every = by_columns(findings), rows_of(findings)
    compared = [row for row in every if columns.is_compared(row)] if change_sets(findings) else []
    rows = compared if whole else [row for row in compared if is_listed(row)]
    level, unit = next(iter(levels_of(rows)), None), _unit(rows)
    shown = [
        Shown("part", "Part", _change_name, ROOM),
        columns.figure("estimate", f"Estimate{unit}", _amount(rows)),
        Shown("interval", "Interval" if level is None else f"{percent(level)} interval", span(_amount(rows)),
              number=True),
        *([_of_change()] if any_known(rows, "share_of_gap") else []),
        *_values(rows),
        *_chance(rows),
    ]  # fmt: skip
    notes = [*_levels_elsewhere(compared, rows, ", or of factors on one side,"), *columns.left_out(every, compared)]
    return Planned(shown, rows, _whose(rows, by), notes)


def _change_name(row: Row) -> str:
    """A part; of the gaps when they were."""
    when = {"gap before": row.get("before"), "gap after": row.get("after")}.get(row["part"])
    if when is not None:
        return f"Gap, {clean(when)}"
    return change_part_name(row) + ("" if row.get("level") is None else f": {named(row['level'])}")


def _of_change() -> Shown:
    """What part of the change it is: neither of the gaps is one, and what goes with one side may be more than all of it
    and be made up for by the other."""

    def written(row: Row) -> str:
        is_part = row["part"] not in ("gap before", "gap after") and row.get("side") is None
        return decimal(row["share_of_gap"]) if is_part and known(row["share_of_gap"]) else EMPTY

    return Shown("share_of_gap", "Of the change (%)", written, number=True)
