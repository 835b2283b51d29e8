"""A gap taken apart: what goes with who is in the groups, and what would remain if they were alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.missing import is_missing
from dueregard.publish.charts.chart import words_of
from dueregard.publish.gap_change_sets import change_sets, is_listed
from dueregard.publish.gap_part_sets import listed, part_sets
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import Row, by_columns, is_all_areas, known, remade, rows_of
from dueregard.publish.report.pages.explained_points import moved_point, remains_point
from dueregard.publish.report.pages.parts import EQUALITY, Finding, Page, opened
from dueregard.publish.report.pages.sampling import told
from dueregard.publish.report.pages.trend import everywhere
from dueregard.publish.sentences.gap_part_sentences import held_of
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

PARTS = (
    "A gap is parted into what goes with who is in the groups, as far as people were asked about it, and what would "
    "remain if the two groups were alike in that; parts add up to the gap."
)
NOT_LISTED = ("pvalue", "needed_effect", "e_value", "e_value_low", "imbalance")
"""Columns that the page has no room for; what is needed to remove what remains is in the sentences."""
BY_LEVEL = "Only what goes with who is in the groups is listed level by level here: the findings have the rest."
WITHOUT_LEVELS = "The levels of factors, and factors on one side, are not listed here: the findings have them."
CHANGED = (
    "The change of a gap is parted into what goes with a change in who answered, on either side, and what goes with a "
    "change in the answers of people who are alike; parts add up to the change."
)


def explained(findings: Findings, *, key: str, title: str, short: str, method: str = "") -> Page:
    """The page of the parts of a gap."""
    finding = _finding(findings, f"{key}-parts", told(PARTS, method), "there is no gap to take apart")
    by = by_columns(findings)
    sets = [each for each in part_sets(findings) if not by or is_all_areas(each.gap, by)]
    held = held_of(findings, sets)
    points = [point for point in (remains_point(each, held) for each in sets) if point]
    words = told(PARTS, _as_computed(findings), method)
    return Page(key, title, short, findings=[finding], points=points, method=[(short, words)], tells=EQUALITY)


def explained_change(findings: Findings, *, key: str, title: str, short: str) -> Page:
    """The page of the parts of the change of a gap."""
    finding = _finding(findings, f"{key}-change", CHANGED, "there is no change to take apart")
    by = by_columns(findings)
    sets = [each for each in change_sets(findings) if not by or is_all_areas(each.change, by)]
    points = [point for point in map(moved_point, sets) if point]
    words = told(CHANGED, _as_computed(findings))
    return Page(key, title, short, findings=[finding], points=points, method=[(short, words)], tells=EQUALITY)


def _finding(findings: Findings, key: str, method: str, nothing: str) -> Finding:
    """The parts; without a chart where there are none, and the sentences say why."""
    measure = opened(spoken(str(next((name for name in findings["measure"] if name is not None), "The gap"))))
    drawn = any(known(row["estimate"]) for row in rows_of(findings, "group"))
    words, every = words_of(findings) if drawn else None, rows_of(findings)
    split = findings.kind == "gap parts"  # of a change there are as many parts of no level
    own = [row for row in every if _is_listed(row)]
    kept = listed(own, by_columns(findings)) if split else list(filter(is_listed, own))
    return Finding(
        key=key,
        statement=words.title if words else f"{measure}: {nothing}",
        what=words.subtitle if words else measure,
        sentences=sentences(everywhere(findings)) or sentences(findings),
        findings=remade(findings, [row | dict.fromkeys(NOT_LISTED) for row in kept]),
        method=method,
        caption=measure,
        drawn=drawn,
        notes=[BY_LEVEL if split else WITHOUT_LEVELS] if len(kept) < len(own) else [],
        pictured=findings,
    )


def _is_listed(row: Row) -> bool:
    """Whether a row is of a group that is compared; those of no known group are not."""
    return row["row_type"] != "reference" and not is_missing(row["group"])


def _as_computed(findings: Findings) -> str:
    """The methods of the rows, in the words of the column."""
    named = dict.fromkeys(str(row["method"]) for row in rows_of(findings, "group") if row.get("method"))
    return f"As computed: {'; '.join(named)}." if named else ""
