"""A gap taken apart: what goes with who is in the groups, and what would remain if they were alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.missing import is_missing
from dueregard.publish.charts.chart import words_of
from dueregard.publish.driver_sets import is_told
from dueregard.publish.gap_change_sets import ChangeSet, change_sets
from dueregard.publish.gap_part_sets import REST, PartSet, has_gap, part_sets
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import Row, by_columns, is_all_areas, known, remade, rows_of
from dueregard.publish.report.pages.parts import EQUALITY, UNCLEAR, Finding, Page, Point, joined, opened
from dueregard.publish.report.pages.sampling import told
from dueregard.publish.sentences.part_words import decimals_of, factor_of, share_of_gap
from dueregard.publish.sentences.sentences import sentences
from dueregard.publish.sentences.wording import group_of, percent_level, reference_of, too_few
from dueregard.publish.units.amounts import Points, unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

PARTS = (
    "A gap is parted into what goes with who is in the groups, as far as people were asked about it, and what would "
    "remain if the two groups were alike in that; parts add up to the gap. What remains holds everything that was not "
    "held equal, measured or not: it is no measure of discrimination, and what is explained is not thereby excused."
)
NOT_LISTED = ("pvalue", "needed_effect", "e_value", "e_value_low", "imbalance")
"""Columns that the page has no room for; what is needed to remove what remains is in the sentences."""
BY_LEVEL = "What remains is not listed level by level here: the findings have it."
CHANGED = (
    "The change of a gap is parted into what goes with a change in who answered, on either side, and what goes with a "
    "change in the answers of people who are alike; parts add up to the change."
)


def explained(findings: Findings, *, key: str, title: str, short: str, method: str = "") -> Page:
    """The page of the parts of a gap."""
    finding = _finding(findings, f"{key}-parts", told(PARTS, method), "there is no gap to take apart")
    by = by_columns(findings)
    sets = [each for each in part_sets(findings) if not by or is_all_areas(each.gap, by)]
    points = [point for point in map(_remains, sets) if point]
    words = told(PARTS, _as_computed(findings), method)
    return Page(key, title, short, findings=[finding], points=points, method=[(short, words)], tells=EQUALITY)


def explained_change(findings: Findings, *, key: str, title: str, short: str) -> Page:
    """The page of the parts of the change of a gap."""
    finding = _finding(findings, f"{key}-change", CHANGED, "there is no change to take apart")
    by = by_columns(findings)
    sets = [each for each in change_sets(findings) if not by or is_all_areas(each.change, by)]
    points = [point for point in map(_moved, sets) if point]
    words = told(CHANGED, _as_computed(findings))
    return Page(key, title, short, findings=[finding], points=points, method=[(short, words)], tells=EQUALITY)


def _finding(findings: Findings, key: str, method: str, nothing: str) -> Finding:
    """The parts; without a chart where there are none, and the sentences say why."""
    measure = opened(spoken(str(next((name for name in findings["measure"] if name is not None), "The gap"))))
    drawn = any(known(row["estimate"]) for row in rows_of(findings, "group"))
    words, every = words_of(findings) if drawn else None, rows_of(findings)
    kept = [row for row in every if _is_listed(row) and not (row["part"] in REST and row["level"] is not None)]
    return Finding(
        key=key,
        statement=words.title if words else f"{measure}: {nothing}",
        what=words.subtitle if words else measure,
        sentences=sentences(findings),
        findings=remade(findings, [row | dict.fromkeys(NOT_LISTED) for row in kept]),
        method=method,
        caption=measure,
        drawn=drawn,
        notes=[BY_LEVEL] if len(kept) < sum(_is_listed(row) for row in every) else [],
        pictured=findings,
    )


def _is_listed(row: Row) -> bool:
    """Whether a row is of a group that is compared; those of no known group are not."""
    return row["row_type"] != "reference" and not is_missing(row["group"])


def _as_computed(findings: Findings) -> str:
    """The methods of the rows, in the words of the column."""
    named = dict.fromkeys(str(row["method"]) for row in rows_of(findings, "group") if row.get("method"))
    return f"As computed: {'; '.join(named)}." if named else ""


def _few(rows: Sequence[Row]) -> bool:
    return any(too_few(None, row[name]) for row in rows for name in ("nobs", "reference_nobs"))


def _remains(each: PartSet) -> Point | None:
    """How much of a gap would remain if the groups were alike in what was held equal."""
    gap, rest = each.gap, each.rest
    if rest is None or not known(gap["estimate"]) or not known(rest["estimate"]) or _few([gap]):
        return None
    unit, decimals = unit_of(gap), decimals_of(gap)
    held = joined([factor_of(row) for row in each.factors]) or "what was held equal"
    sides = f"{group_of(gap)} against {reference_of(gap)}"
    limits = f"({percent_level(rest)} interval {unit.span(rest['low'], rest['high'], decimals)})"
    of = f"the gap of {unit.size(plain(gap['estimate'], decimals))} ({spoken(gap['measure'])}; {sides})"
    if not has_gap(gap):
        return Point(UNCLEAR, "", f"whether there is a gap to take apart: {spoken(gap['measure'])}, {sides}.")
    if not is_told(rest, "estimate"):
        return Point(UNCLEAR, "", f"whether anything of {of} would remain if both were alike in {held} {limits}.")
    size, share = plain(rest["estimate"], decimals), share_of_gap(rest)
    text = f"{unit.side(rest['estimate'])} {limits}: what of {of} would remain if both were alike in {held}"
    return Point(size, _points(size, gap), f"{text}{f', {share}' if share else ''}.")


def _moved(each: ChangeSet) -> Point | None:
    """How much of the change of a gap goes with the answers of people who are alike."""
    change, rates = each.change, next((row for row in each.totals if row["part"] == "rates"), None)
    if rates is None or not known(change["estimate"]) or not known(rates["estimate"]) or _few([change]):
        return None
    unit, decimals = unit_of(change), decimals_of(change)
    sides = f"{group_of(change)} against {reference_of(change)}"
    limits = f"({percent_level(rates)} interval {unit.span(rates['low'], rates['high'], decimals)})"
    of = f"the change of the gap ({spoken(change['measure'])}; {sides})"
    if not is_told(rates, "estimate"):
        return Point(UNCLEAR, "", f"whether anything of {of} goes with answers of people who are alike {limits}.")
    size = plain(rates["estimate"], decimals)
    text = f"{unit.side(rates['estimate'])} {limits}: what of {of} goes with answers of people who are alike"
    return Point(size, _points(size, change), f"{text}, not with who answered.")


def _points(size: str, row: Row) -> str:
    """The unit of a point."""
    unit = unit_of(row)
    return ("point" if size == "1" else "points") if isinstance(unit, Points) else unit.name
