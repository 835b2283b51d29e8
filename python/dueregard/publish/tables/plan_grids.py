"""The tables of plans: what is shown of each kind of their findings, in columns that fit 80 characters."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dueregard.plans.context import DONE
from dueregard.plans.courses import NO_TARGET
from dueregard.plans.measures import NUMBER, RATE
from dueregard.plans.standings import DONE_LATE, OVERDUE
from dueregard.plans.status_rows import RESERVATION_OPEN
from dueregard.publish.days import days_in_words
from dueregard.publish.readings import ALL_AREAS, by_columns, clean, fixed, known, label, rows_of
from dueregard.publish.sentences.plan_variation import variation_sentence
from dueregard.publish.tables.shown import EMPTY, UNKNOWN, Planned, Row, Shown, counted, number, span, text

if TYPE_CHECKING:
    from dueregard.findings import Findings

RATIOS = ("ratio", "rate ratio")
SPARED = ("reference_value", "change_verdict")
"""Columns that are left out where no row has them: findings without a baseline."""

JUDGED = {"plan progress": "course", "scorecard": "verdict"}
"""The kinds that judge measures, and the column that says how they stand to their targets."""
ROOM_OF_VERDICTS = 15
"""Where there is no column of targets."""


def plan_table(findings: Findings) -> Planned:
    """The table of a plan.

    By area each measure has a heading, which says first how much its areas vary; otherwise each objective has one.
    """
    if findings.kind not in JUDGED:
        return Planned(SHOWN[findings.kind], rows_of(findings))
    every = rows_of(findings)
    rows = [row for row in every if row["row_type"] != "variation"]
    areas = [name for name in by_columns(findings) if _any(rows, name)]
    columns = [*_names(rows, areas), *judged_columns(findings.kind, rows)]
    return Planned(columns, rows, _headings(every, rows, bool(areas)))


def judged_columns(kind: str, rows: Sequence[Row]) -> list[Shown]:
    """What is shown of measures, without what no row has. Where most have no target it stands beside what is said of
    it, not in a column of its own."""
    spared = {name for name in SPARED if not _any(rows, name)}
    aimed = [row for row in rows if known(row["target"])]
    if kind == "scorecard" and not any(row["change_verdict"] is not None for row in aimed):
        spared.add("change_verdict")
    if 2 * len(aimed) >= len(rows):
        return [column for column in SHOWN[kind] if column.name not in spared]
    spared |= {"target"} if aimed or kind == "scorecard" else {"target", "course"}
    return [_beside(column, kind) for column in SHOWN[kind] if column.name not in spared]


def _beside(column: Shown, kind: str) -> Shown:
    """A column; that which says how measures stand to their targets with the target in it."""
    if column.name != JUDGED[kind]:
        return column
    room = ROOM_OF_VERDICTS if kind == "scorecard" else column.room
    return replace(column, write=_with_target(column.name), room=room)


def _with_target(said: str) -> Callable[[Row], str]:
    def written(row: Row) -> str:
        if known(row["target"]):
            return f"{row[said]}; target {value_text(row, row['target'])}"
        return EMPTY if said == "course" and row[said] == NO_TARGET else clean(row[said])

    return written


def _names(rows: Sequence[Row], areas: Sequence[str]) -> list[Shown]:
    """What names a row: under the heading of a measure its area, otherwise the measure; and the group."""
    names = [_area(name) for name in areas] or [text("measure", "Measure", 16)]
    return [*names, *([text("group", "Group", 11)] if len({row["group"] for row in rows}) > 1 else [])]


def objective_of(row: Row) -> str:
    """The objective of a measure, as a heading."""
    return f"Objective {clean(row['objective'])}: {clean(row['objective_title'])}"


def _headings(every: Sequence[Row], rows: Sequence[Row], by_area: bool) -> list[str]:
    """What each row stands under: its measure, with how much areas vary; or its objective, if there are several."""
    if by_area:
        varies = {row["measure_id"]: "" for row in rows}
        for row in every:
            if row["row_type"] == "variation":
                varies[row["measure_id"]] += f" {variation_sentence(row, named=row['group'])}".rstrip()
        return [clean(row["measure"]) + (f".{said}" if (said := varies[row["measure_id"]]) else "") for row in rows]
    return [objective_of(row) for row in rows] if has_objectives(rows) else []


def has_objectives(rows: Sequence[Row]) -> bool:
    """Whether measures are of several objectives, so that each has a heading."""
    objectives = {row.get("objective") for row in rows}
    return len(objectives) > 1 and None not in objectives


def _any(rows: Sequence[Row], name: str) -> bool:
    return any((value := row.get(name)) is not None and value == value for row in rows)


def _area(name: str) -> Shown:
    """A column of areas."""
    return Shown(name, label(name), lambda row: ALL_AREAS if row[name] is None else clean(row[name]), 14)


def value_text(row: Row, value: float) -> str:
    """A value in the unit of its measure: shares with their sign, ratios with two decimals.

    >>> value_text({"measured_in": "percent"}, 97.26), value_text({"measured_in": "rate ratio"}, 2.868)
    ('97.3%', '2.87')
    """
    unit = row.get("measured_in")
    if unit in RATIOS or (unit is None and row.get("unit_of_measure") in RATIOS):
        return fixed(value, 2)
    if unit in (NUMBER, RATE) and value == int(value):
        return fixed(value, 0)
    return _not_nothing(value) + ("%" if unit == "percent" else "")


def change_text(row: Row, change: float) -> str:
    """A change in the unit of changes: of ratios a factor, of all else with its sign."""
    if row.get("measured_in") in RATIOS:
        return f"x{change:.2f}"
    return _not_nothing(change, signed=True)


def _not_nothing(value: float, signed: bool = False) -> str:
    """One decimal; of values below 0.1 two digits, so that none is written as the 0 that it is not.

    >>> _not_nothing(0.0082), _not_nothing(0.0), _not_nothing(2.04)
    ('0.0082', '0.0', '2.0')
    """
    small = 0 < abs(value) < 0.1
    return fixed(value, 1 - math.floor(math.log10(abs(value))) if small else 1, signed)


def _pounds(row: Row, value: float) -> str:
    return fixed(value, 0)


def _subject(row: Row) -> str:
    return clean(row["text"] if row.get("text") is not None else row["measure"])


def _days(row: Row) -> str:
    """Days past the day by which it was due, or left until then."""
    if not row["days"]:
        return EMPTY if row["days"] is None or row["verdict"] == DONE else "0 left"
    side = {OVERDUE: "over", DONE_LATE: "late"}.get(row["verdict"], "left")
    return f"{row['days']:,} {side}"


def _with_update(row: Row) -> str:
    """What is to be done, and what was last said of it."""
    told = f" ({days_in_words(row['update_date'])}: {row['update']})" if row["update"] else ""
    return clean(f"{row['text']}{told}")


def _stands(row: Row) -> str:
    """How a thing stands, and what it waits for."""
    if row["verdict"] is None:
        return EMPTY
    waits = row["waits_for"]
    return clean(
        waits if waits and row["verdict"] == RESERVATION_OPEN else "; ".join(filter(None, [row["verdict"], waits]))
    )


def _counted_to(row: Row) -> str:
    """A period; of one that is not over the day to which it is counted."""
    return clean(row["period"]) + (f", to {days_in_words(row['counted_to'])}" if row["counted_to"] else "")


def _reading(row: Row) -> str:
    """A reading, or how much was done of what was due."""
    if row["count"] is not None and row["measure"].endswith("due and done"):
        return counted("count", "nobs")(row)
    return value_text(row, row["value"]) if known(row["value"]) else UNKNOWN


SHOWN: dict[str, Sequence[Shown]] = {
    "plan progress": (
        number("reference_value", "Before", value_text),
        number("value", "Now", value_text),
        number("estimate", "Change", change_text),
        Shown("interval", "95% interval", span(change_text), 9),
        text("verdict", "Change is", 8),
        number("target", "Target", value_text, EMPTY),
        text("course", "Course", 9),
    ),
    "scorecard": (
        text("symbol", "Mark"),
        text("verdict", "Verdict", 10),
        number("value", "Now", value_text),
        Shown("interval", "Interval", span(value_text), 9),
        number("reference_value", "Before", value_text),
        number("target", "Target", value_text, EMPTY),
        text("change_verdict", "Change is", 8),
    ),
    "plan status": (
        text("item", "Item", 6),
        Shown("text", "What", _with_update, 22),
        text("owner", "Owner", 14),
        text("due", "Due"),
        Shown("verdict", "Status", _stands, 11),
        Shown("days", "Days", _days, number=True),
    ),
    "plan costs": (
        Shown("objective", "Objective", lambda row: "All" if row["objective"] is None else clean(row["objective"]), 10),
        Shown("year", "Year", lambda row: "all" if row["year"] is None else clean(row["year"])),
        text("measure", "Sum"),
        number("value", "Pounds", _pounds),
        number("known_part", "Known part", _pounds),
        Shown("count", "Known", counted("count", "nobs"), number=True),
        text("verdict", "Verdict", 11),
    ),
    "recommendations": (
        text("item", "Item", 6),
        Shown("text", "Recommendation", _subject, 20),
        text("answer", "Answer", 13),
        text("decides", "Decides", 12),
        Shown("count", "Done or number", counted("count", "nobs"), 7),
        Shown("verdict", "Status", _stands, 11),
    ),
    "impact assessments": (
        text("item", "Item", 6),
        Shown("text", "Assessment", _subject, 18),
        text("due", "Due"),
        text("done", "Completed"),
        Shown("mitigations_open", "Open", counted("mitigations_open", "mitigations"), 7),
        Shown("count", "Number", counted("count", "nobs"), 7),
        text("verdict", "Status", 9),
    ),
    "plan periods": (
        text("measure", "Measure", 30),
        Shown("period", "Period", _counted_to, 10),
        Shown("value", "Value", _reading, number=True),
        Shown("interval", "95% interval", span(value_text), 14),
        text("verdict", "Verdict", 11),
    ),
    "plan rows set aside": (text("measure", "Table", 14), text("item", "Item", 10), text("note", "Why", 50)),
}  # fmt: skip
