"""The tables of assessments: what is shown of each kind of their findings, in columns that fit 80 characters.

The columns that matter most stand first: where there is no room for all, the last is left out and named below.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from dueregard.publish.readings import by_columns, clean, fixed, label, rows_of
from dueregard.publish.tables.round_grids import change_columns, crossing_columns, progress_columns
from dueregard.publish.tables.shown import EMPTY, UNKNOWN, Planned, Row, Shown, counted, number, remark, text
from dueregard.publish.tables.shown_parts import any_known, any_text, listed, names_of_rows, of_asked, percents, pvalue

if TYPE_CHECKING:
    from dueregard.findings import Findings

Rows = Sequence[Row]
WHOLE = {"unit": "Organisation", "kind": "All units", "area": "All areas"}
"""What a row without a label stands for."""
MET = Shown("count", "Met", of_asked, number=True)
SCORE = number("value", "Score (%)", percents)
IF_MET = number("if_met", "If missing met (%)", percents)


def assessment_table(findings: Findings) -> Planned:
    """The table of findings of an assessment."""
    rows: Rows = [{**row, "if_met": row["high"]} for row in rows_of(findings)]
    by = [name for name in by_columns(findings) if name in findings.columns]
    if findings.kind == "thresholds":
        return _threshold_table(rows, by)
    return Planned(COLUMNS[findings.kind](rows, by), rows)


def score_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """Scores: how many of how many, and what missing answers leave open."""
    level = {row.get("level") for row in rows} - {None}
    met = Shown("count", f"Met at {level.pop()}" if len(level) == 1 else "Met", MET.write, number=True)
    return [
        *names_of_rows(_most_telling(by), WHOLE),
        met,
        SCORE,
        *([IF_MET] if _open(rows) else []),
        *([number("units", "Units", _whole)] if any_known(rows, "units") else []),
        *([remark("note", "Note", 24)] if any_text(rows, "note") else []),
        *([text("section", "Section")] if "indicator" in by else []),
    ]


def _most_telling(by: Sequence[str]) -> list[str]:
    """Indicators name themselves: their section comes last."""
    return [name for name in by if name != "section" or "indicator" not in by]


def _open(rows: Rows) -> bool:
    """Whether missing answers leave anything open."""
    return any(row["outcome_missing"] for row in rows)


def _whole(row: Row, value: float) -> str:
    return f"{int(value):,}"


def _threshold_table(rows: Rows, by: Sequence[str]) -> Planned:
    """One row a unit, with a column for each threshold."""
    held = {(row["reference_value"], row["reference"]): row["called"] is not None for row in rows}
    together: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        one = together.setdefault(tuple(row[name] for name in by), dict(row))
        one[_threshold_name(row["reference_value"])] = row["verdict"]
    verdicts = [_threshold(percent, name if own else None) for (percent, name), own in sorted(held.items())]
    shown = list(together.values())
    columns = [*names_of_rows(_most_telling(by), WHOLE), MET, SCORE, *verdicts, *([IF_MET] if _open(rows) else [])]
    return Planned([*columns, *([text("section", "Section")] if "indicator" in by else [])], shown)


def _threshold_name(percent: float) -> str:
    return f"at {percent:g}"


def _threshold(percent: float, name: str | None) -> Shown:
    """Whether each unit is at or above one threshold."""
    return text(_threshold_name(percent), f"{percent:g}%" if name is None else f"{clean(name)} ({percent:g}%)")


def level_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """The level reached, what missing answers could make it, and the highest with any evidence."""
    open_ = any(row["level"] != row["highest_level"] for row in rows)
    shared = any(row["level"] is not None and row["evidence"] is None for row in rows)  # by all levels alike
    aims = {clean(row["reference"]) for row in rows}
    verdict = text("verdict", f"{aims.pop()} is" if len(aims) == 1 else "Aim is", 11)
    return [
        *names_of_rows(by, WHOLE),
        _level("level", "Level reached"),
        *([_level("highest_level", "Highest possible")] if open_ else []),
        *([] if shared else [_level("evidence", "Evidence up to")]),
        verdict,
        *([remark("note", "Note", 24)] if any_text(rows, "note") else []),
    ]


def _level(name: str, heading: str) -> Shown:
    """A level, where it could be judged."""
    return Shown(name, heading, lambda row: UNKNOWN if row[name] is None else clean(row[name]))


def strength_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """Indicators with how many units meet each, and which do not."""
    return [
        *names_of_rows(_most_telling(by), WHOLE),
        Shown("count", "Met by", of_asked, number=True),
        number("value", "Units (%)", percents, EMPTY),
        *([number("if_met", "If missing met (%)", percents)] if _open(rows) else []),
        Shown("verdict", "Verdict", lambda row: clean(row["verdict"]) if row["nobs"] else "not asked", 11),
        Shown("exceptions", "Not met by", listed("exceptions", ", ", 6, "value"), 28),
        text("section", "Section", 20),
        text("text", "Text", 40),
    ]


def unmet_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """What each unit did not meet."""
    return [
        text("unit", "Unit", 24),
        text("indicator", "Indicator"),
        text("answer", "Answer", 22),
        text("section", "Section"),
        text("text", "Text", 40),
    ]


def answer_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """Every answer, and what it comes to."""
    first, indicator, *others = unmet_columns(rows, by)
    return [first, indicator, text("verdict", "Comes to"), *others]


def next_step_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """What each unit needs for its next level."""
    return [
        text("unit", "Unit", 24),
        text("level", "Level", 10),
        text("next_level", "Next level", 10),
        Shown("count", "Needs", counted("count", "nobs"), number=True),
        Shown("indicators", "Indicators needed", listed("indicators", " ", 10), 20),
        Shown("holds_back", "All not met or not answered", listed("holds_back", " ", 40), 40),
    ]


def performance_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """How many units are at or above the threshold, against the target."""
    measures = {label(row["measure"]) for row in rows}
    return [
        *names_of_rows(by, WHOLE),
        Shown("count", measures.pop() if len(measures) == 1 else "Units", counted("count", "nobs"), number=True),
        number("value", "Share (%)", percents),
        *([number("if_met", "If undecided met (%)", percents)] if _open(rows) else []),
        number("reference_value", "Target (%)", percents),
        text("verdict", "Verdict", 14),
    ]


def compared_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """Groups of units against the rest, with both p-values."""
    return [
        Shown("group", label(by[0]), lambda row: _group(row, by[0]), 16),
        number("nobs", "Units", _whole),
        number("value", "Mean score (%)", percents),
        number("estimate", "Differs by (points)", lambda _, value: fixed(value, 1)),
        number("pvalue", "p", pvalue),
        number("adjusted_pvalue", "Adjusted p", pvalue),
        text("verdict", "Verdict", 12),
        number("reference_value", "Rest (%)", percents, EMPTY),
        *([remark("note", "Note", 18)] if any_text(rows, "note") else []),
    ]


def _group(row: Row, by: str) -> str:
    if row["row_type"] == "variation":
        return "Largest: seen, by chance"
    return clean(row[by]) if row[by] is not None else UNKNOWN


def aside_columns(rows: Rows, by: Sequence[str]) -> list[Shown]:
    """Answers that were left out, and why."""
    return [
        text("unit", "Unit", 16),
        text("indicator", "Indicator"),
        text("answer", "Answer", 14),
        text("note", "Why", 36),
        number("row", "Row", _whole, EMPTY),
    ]


COLUMNS: dict[str, Callable[[Rows, Sequence[str]], list[Shown]]] = {
    "scores": score_columns,
    "levels": level_columns,
    "strengths": strength_columns,
    "unmet": unmet_columns,
    "answers": answer_columns,
    "next steps": next_step_columns,
    "performance": performance_columns,
    "compared scores": compared_columns,
    "answers set aside": aside_columns,
    "round crossings": crossing_columns,
    "round changes": change_columns,
    "round progress": progress_columns,
}
