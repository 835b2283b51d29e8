"""The tables of trends: windows one after another, and whether shares and gaps have changed between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import NO_DIFFERENCE
from dueregard.publish.days import month_of
from dueregard.publish.readings import by_columns, known, named
from dueregard.publish.sentences.changed_variation import changed_variation
from dueregard.publish.sentences.movements import sides_of
from dueregard.publish.sentences.trend_sentences import variations
from dueregard.publish.sentences.window_words import shared_words, window_words
from dueregard.publish.tables import figure_columns as columns
from dueregard.publish.tables.shown import Planned, Row, Shown
from dueregard.publish.tables.shown_parts import pvalue

if TYPE_CHECKING:
    from dueregard.findings import Findings


def change_table(findings: Findings) -> Planned:
    """The table of kinds "gap change" and "change": both windows, the change, and under what it stands how much areas
    vary."""
    every, by = columns.shown_rows(findings), by_columns(findings)
    groups = list(dict.fromkeys(row["group"] for row in every))
    rows = [row for group in groups for row in every if row["group"] == group and columns.is_compared(row)]
    if not rows:
        return Planned([], rows)
    heads, gaps = columns.headings_for(findings), "share_after" in findings.columns
    names = [*columns.area_columns(by), *([] if by else columns.group_columns(rows))] or [_window(rows)]
    shown = [*names, *_windows(rows[0], gaps), *_change(heads, rows), *columns.base_columns(rows)]
    shared = [shared_words(rows[0])] if rows[0]["shared_months"] is not None else []
    return Planned(shown, rows, _varying(findings, rows), [*shared, *columns.left_out(every, rows)])


def _window(rows: Sequence[Row]) -> Shown:
    """What names the only row of a table without areas and groups."""
    heading = "Measure" if rows[0]["group"] is None else "Group"
    return Shown("measure", heading, lambda row: str(row["group"] or row["measure"]), 24)


def _windows(row: Row, gaps: bool) -> list[Shown]:
    """The figures of the two windows; of gaps they are gaps."""
    of, write = ("Gap, ", columns.difference_text) if gaps else ("", columns.value_text)
    unit = "points" if gaps else "%"
    ends = (("reference_value", "before_end"), ("value", "window_end"))
    return [
        columns.figure(name, f"{of}{window_words(row, end).removeprefix('the ')} ({unit})", write) for name, end in ends
    ]


def _change(heads: dict[str, str], rows: Sequence[Row]) -> list[Shown]:
    """The change, its limits, what it comes to, and p."""
    change = columns.figure("estimate", "Change (points)", columns.difference_text)
    limits, verdicts = columns.limit_columns(heads, rows), columns.verdict_columns(heads, rows, _moved)
    adjusted = columns.figure("adjusted_pvalue", "Adjusted p", pvalue)
    return [change, *limits, *verdicts, *([adjusted] if any(known(row["adjusted_pvalue"]) for row in rows) else [])]


def _moved(row: Row, verdict: str) -> str:
    """A verdict on a change: gaps become wider or narrower where they do not change sides."""
    if verdict == NO_DIFFERENCE:
        return "no change that matters"
    text = columns.brief(row, verdict)
    down, up = sides_of(row)
    return text.replace("lower", down).replace("higher", up)


def _varying(findings: Findings, rows: Sequence[Row]) -> list[str]:
    """What the rows of each group stand under: whom it is compared with, and how much areas vary."""
    if not findings.by:
        return []
    spreads = [row for row in findings.rows() if row["row_type"] == "variation"]
    words = {row["group"]: _about(row, [s for s in spreads if s["group"] == row["group"]], findings) for row in rows}
    return [words[row["group"]] for row in rows] if all(words.values()) else []


def _about(row: Row, spreads: Sequence[Row], findings: Findings) -> str:
    against = f" against {row['reference']}" if "share_after" in row else ""
    who = [] if row["group"] is None else [f"{row['group']}{against}."]
    return " ".join([*who, *changed_variation(spreads, findings.by)])


def rolling_table(findings: Findings) -> Planned:
    """The table of kinds "rolling" and "rolling rates": windows one below the other, or areas below each window."""
    every, by = columns.shown_rows(findings), by_columns(findings)
    compared = any(row["reference"] is not None for row in every)
    rows = [row for row in every if columns.is_compared(row)] if compared else [
        row for row in every if row["row_type"] != "variation"]  # fmt: skip
    heads = columns.headings_for(findings)
    names = [*(columns.area_columns(by) or [_end(rows)]), *columns.group_columns(rows)]
    shown = [*names, columns.figure("value", _value_heading(heads, rows, compared), columns.value_text)]
    shown += _against(heads) if compared else []
    shown += columns.limit_columns(heads, rows)
    shown += columns.verdict_columns(heads, rows, columns.brief) + _bases(rows)
    return Planned(shown, rows, _under(findings, rows) if by else [], columns.left_out(every, rows))


def _value_heading(heads: dict[str, str], rows: Sequence[Row], compared: bool) -> str:
    """The heading of values: the group, where there is one that is compared."""
    groups = {row["group"] for row in rows}
    return heads["value"].replace("Value", named(groups.pop()), 1) if compared and len(groups) == 1 else heads["value"]


def _end(rows: Sequence[Row]) -> Shown:
    """Windows by their last months, with their length above them."""
    months = rows[0]["months"] if rows else 1
    heading = "Month" if months == 1 else f"{months} months to"
    return Shown("window_end", heading, lambda row: month_of(str(row["window_end"])), 14)


def _against(heads: dict[str, str]) -> list[Shown]:
    """What values are compared with, and the difference."""
    return [
        columns.figure("reference_value", heads["reference_value"], columns.value_text),
        columns.figure("estimate", heads["estimate"], columns.difference_text, compared=True),
    ]


def _bases(rows: Sequence[Row]) -> list[Shown]:
    """Cases, or of rates events."""
    if rows and rows[0].get("basis") is not None:
        return [columns.figure("count", "Number", lambda row, value: f"{value:,}")]
    return columns.base_columns(rows)


def _under(findings: Findings, rows: Sequence[Row]) -> list[str]:
    """What the areas of a window stand under: the window, and how much they vary in it."""
    varying: dict[object, list[Row]] = {}
    for row in findings.rows():
        varying.setdefault(row["window_end"], []).append(row)
    words = {end: " ".join([_opened(some[0]), *variations(some, findings.by)]) for end, some in varying.items()}
    return [words[row["window_end"]] for row in rows]


def _opened(row: Row) -> str:
    text = window_words(row).removeprefix("the ")
    return f"{text[:1].upper()}{text[1:]}."
