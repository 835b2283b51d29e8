"""Figures over time, and whether they have changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR
from dueregard.missing import is_missing
from dueregard.publish.charts.chart import words_of
from dueregard.publish.numbers import decimals_for, plain, spoken, threshold_in
from dueregard.publish.readings import (
    Row,
    area_of,
    by_columns,
    fixed,
    is_all_areas,
    known,
    remade,
    rows_of,
    without_notes,
)
from dueregard.publish.report.pages.gap_points import MOST_NAMED
from dueregard.publish.report.pages.gap_words import plural
from dueregard.publish.report.pages.parts import EQUALITY, INFORMATION, UNCLEAR, Finding, Page, Point, joined, opened
from dueregard.publish.report.pages.sampling import CHANGE_INTERVAL, breaks_said, told
from dueregard.publish.sentences.area_changes import ADJUSTED
from dueregard.publish.sentences.movements import few_people, movement_of
from dueregard.publish.sentences.sentences import sentences
from dueregard.publish.sentences.window_words import window_words
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

ROLLING = (
    "A window is pooled by its cases: each answer of its months counts alike, or by its weight. Windows that follow "
    "each other share most of their months, so that two of them are not compared by whether their intervals overlap; "
    "the change is computed, with what the windows share allowed for."
)
CHANGED = (
    "A change is called clear when its p-value, over areas adjusted by Holm's method, is below 5%. An area whose "
    "change is not clear may have changed all the same."
)


def trend(
    series: Findings, change: Findings | None = None, *, key: str, title: str, short: str, method: str = ""
) -> Page:
    """The page of a series of windows, and of the change between two of them where there is one."""
    drawn = _finding(series, f"{key}-series", told(ROLLING, breaks_said(series), method), everywhere(series))
    found = [drawn]
    if change is not None:
        found.append(changed(without_notes(change, series.notes), f"{key}-change"))
    points = (change_points(change) if change else []) or latest_points(series)
    return Page(key, title, short, findings=found, points=points, tells=_tells(series),
                method=[(short, told(ROLLING, CHANGED if change else "", breaks_said(series), method))])  # fmt: skip


def changes(findings: Findings, *, key: str, title: str, short: str) -> Page:
    """The page of changes between two windows alone."""
    return Page(key, title, short, findings=[changed(findings, f"{key}-change")], points=change_points(findings),
                method=[(short, told(CHANGED, breaks_said(findings)))], tells=_tells(findings))  # fmt: skip


def changed(findings: Findings, key: str) -> Finding:
    """Whether figures have changed, all areas first, and in which areas."""
    interval = CHANGE_INTERVAL if "share_after" in findings.columns else ""
    return _finding(findings, key, told(CHANGED, interval), findings)


def everywhere(findings: Findings) -> Findings:
    """The rows for all areas together, of findings by area, without people of no known group."""
    by = by_columns(findings)
    rows = [row for row in rows_of(findings) if not by or is_all_areas(row, by)]
    return remade(findings, [row for row in rows if row["group"] is None or not is_missing(row["group"])])


def _finding(findings: Findings, key: str, method: str, said_of: Findings) -> Finding:
    """Sentences, chart and table; without a chart where there is nothing to draw, and the sentences say why."""
    figure = "estimate" if "before_end" in findings.columns else "value"
    drawn = any(known(row[figure]) for row in rows_of(findings, "group"))
    words, measure = words_of(findings) if drawn else None, opened(spoken(str(findings["measure"][0])))
    nothing = "No change can be told" if figure == "estimate" else "There are no figures"
    return Finding(
        key=key,
        statement=words.title if words else nothing,
        what=words.subtitle if words else measure,
        sentences=sentences(said_of),
        findings=findings,
        method=method,
        caption=measure,
        drawn=drawn,
    )


def _tells(findings: Findings) -> str:
    return EQUALITY if any(group is not None for group in findings["group"]) else INFORMATION


def change_points(findings: Findings) -> list[Point]:
    """The change over all areas and whether it may be chance, then in which areas one is shown."""
    return [point for point in (_moved(findings), _areas_moved(findings)) if point]


def _moved(findings: Findings) -> Point | None:
    """The largest clear change over all areas, or that none is clear."""
    rows = [row for row in rows_of(everywhere(findings), "group") if known(row["estimate"]) and known(row["low"])]
    if not rows:
        return None
    clear = [row for row in rows if str(row["verdict"] or "").startswith(CLEAR)]
    row = max(clear or rows, key=lambda each: abs(each["estimate"]))
    since = f"since {window_words(row, 'before_end')}"
    if not clear and len(rows) > 1:
        against = f" against {row['reference']}" if "share_after" in row else ""
        return Point(f"0 of {len(rows)}", "", f"groups have clearly moved{against} {since}.")
    movement = movement_of(row, _decimals(row))
    level = f"{100 * row['confidence_level']:g}% interval {movement.span(row)}"
    gap = "share_after" in row
    of = "" if row["group"] is None else f" of {row['group']}" + (f" against {row['reference']}" if gap else "")
    what = f"{'the gap' if gap else 'the figure'}{of}"
    if not clear:
        return Point(UNCLEAR, "", f"whether {what} has changed {since}: it could be chance ({level}).")
    size, side = plain(row["estimate"], _decimals(row)), movement.side(row["estimate"])
    small = threshold_in(str(row["verdict"]))
    matters = f", though by no more than the {unit_of(row).mattering(small)}" if small else ""
    text = f"{side}: {what}, {since} ({level}): more than chance alone would do{matters}."
    return Point(size, "point" if size == "1" else "points", text)


def _areas_moved(findings: Findings) -> Point | None:
    """In which areas a change of the one group that is compared is shown, and that others may have changed too."""
    by, every = by_columns(findings), rows_of(findings, "group")
    areas = [row for row in every if by and not is_all_areas(row, by) and known(row["estimate"])]
    areas = [row for row in areas if not any(is_missing(row[name]) for name in (*by, "group"))]
    if not areas or len({row["group"] for row in areas}) > 1 or not any(row["verdict"] for row in areas):
        return None
    clear = [row for row in areas if str(row["verdict"] or "").startswith(CLEAR) and not few_people(row)]
    alone = f"once all {len(areas)} comparisons are allowed for"
    alone = alone if any(ADJUSTED in str(row["method"]) for row in areas) else "each judged by itself"
    what = "a change of the gap" if "share_after" in areas[0] else "a change"
    named = f": {joined([area_of(row, by) for row in clear])}" if 0 < len(clear) <= MOST_NAMED else ""
    rest = " In the others it may have changed too." if len(clear) < len(areas) else ""
    return Point(f"{len(clear)} of {len(areas)}", "", f"{plural(by)} show {what} {alone}{named}.{rest}")


def _signed(row: Row, name: str) -> str:
    return fixed(row[name], _decimals(row), signed=True)


def _decimals(row: Row) -> int:
    return decimals_for(*(row.get(name) for name in ("nobs", "reference_nobs", "nobs_before", "reference_nobs_before")))


def latest_points(findings: Findings) -> list[Point]:
    """The latest figure of a series of which no change is computed."""
    rows = [row for row in rows_of(everywhere(findings), "group") if known(row["value"])]
    if not rows or rows[-1]["unit_of_measure"] not in ("percent", "percentage points"):
        return []
    last: Sequence[Row] = [row for row in rows if row["window_end"] == rows[-1]["window_end"]]
    row = max(last, key=lambda each: abs(each["estimate"]) if known(each["estimate"]) else 0.0)
    name = "estimate" if known(row["estimate"]) else "value"
    level = f"{100 * row['confidence_level']:g}% interval {_signed(row, 'low')} to {_signed(row, 'high')}"
    who = "" if row["group"] is None else f" for {row['group']}"
    against = f" against {row['reference']}" if name == "estimate" else ""
    unit, number = ("points", _signed(row, name)) if against else ("%", plain(row[name], _decimals(row)))
    return [Point(number, unit, f"{row['measure']}{who}{against} in {window_words(row)} ({level}).")]


def latest_window(findings: Findings) -> str | None:
    """The end of the last window that has figures."""
    ends = [row["window_end"] for row in rows_of(findings, "group") if known(row["value"])]
    return str(ends[-1]) if ends else None
