"""The main points of a page on gaps: the gap over all areas, and in how many areas it is clear."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE, TOO_FEW
from dueregard.publish.readings import Row, area_of, by_columns, is_all_areas, known, rows_of, whole
from dueregard.publish.report.pages.gap_words import Wording, is_beyond_chance, is_spread, plural
from dueregard.publish.report.pages.parts import UNCLEAR, Point, joined

if TYPE_CHECKING:
    from dueregard.findings import Findings

MOST_NAMED = 8
"""So many areas with a clear gap are named; where there are more the table has them."""


def main_point(everywhere: Sequence[Row], words: Wording) -> Point | None:
    """The largest clear gap over all areas, or the first if none is clear."""
    if not everywhere:
        return None
    clear = [row for row in everywhere if str(row["verdict"] or "").startswith(CLEAR)]
    if len(everywhere) > 1 and not clear and everywhere[0]["verdict"]:
        text = f"groups differ clearly from {everywhere[0]['reference']} ({words.outcome})."
        return Point(f"0 of {len(everywhere)}", "", text)
    row = max(clear or everywhere, key=lambda r: abs(r["estimate"]))
    sides = [f"{side} {words.people}".strip() for side in (row["group"], row["reference"])]
    levels = f"{whole(row['value'])}% against {whole(row['reference_value'])}%{_limits(row, words)}."
    verdict = str(row["verdict"] or "")
    if verdict.startswith(TOO_FEW):
        return Point(UNCLEAR, "", f"whether there is a gap between {sides[0]} and {sides[1]}: {levels}")
    if verdict.startswith(NO_DIFFERENCE):
        return Point("No gap", "", f"that matters between {sides[0]} and {sides[1]}: {levels}")
    points = whole(abs(row["estimate"]))
    text = f"{'lower' if row['estimate'] < 0 else 'higher'} for {sides[0]} than {sides[1]}: {levels}"
    return Point(points, "point" if points == "1" else "points", text)


def _limits(row: Row, words: Wording) -> str:
    """What is measured and when, and the interval of the gap, which stays beside it wherever it goes."""
    when = f" in {words.period}" if words.period and not words.people else ""
    if not known(row["low"]) or not known(row["high"]):
        return f" ({words.outcome}){when}"
    ends = f"{whole(row['low'], True)} to {whole(row['high'], True)} points"
    return f" {words.outcome}{when} ({100 * row['confidence_level']:g}% interval {ends})"


def areas_point(findings: Findings, compared: Sequence[Row]) -> Point | None:
    """In how many areas the gap is clear; areas are named only where they are shown to differ, all of them in their
    fixed order: which of them has the largest gap may be chance."""
    by = by_columns(findings)
    areas = [row for row in compared if by and not is_all_areas(row, by)]
    if not areas:
        return None
    clear = [row for row in areas if str(row["verdict"] or "").startswith(CLEAR)]
    lower = sum(row["estimate"] < 0 for row in clear)
    several = len({row["group"] for row in areas}) > 1
    rows = f"pairs of a group and {joined([name.replace('_', ' ') for name in by])}" if several else plural(by)
    holm = any("Holm" in str(row["method"]) for row in areas)
    allowed = f"once all {len(areas)} comparisons are allowed for" if holm else "each judged by itself"
    text = f"{rows} have a clear gap {allowed}: {lower} lower, {len(clear) - lower} higher"
    varying = {row["group"] for row in rows_of(findings, "variation") if is_beyond_chance(row)}
    shown = [row for row in clear if row["group"] in varying]
    if shown and len(shown) == len(clear) <= MOST_NAMED:
        text += f" ({joined([_place(row, by, several) for row in shown])})"
    elif not varying and any(is_spread(row) for row in rows_of(findings, "variation")):
        text += f". There is no clear evidence that {plural(by)} differ beyond chance"
    return Point(f"{len(clear)} of {len(areas)}", "", text + ".")


def _place(row: Row, by: Sequence[str], several: bool) -> str:
    """An area, with its group where several are compared."""
    return f"{area_of(row, by)}, {row['group']}" if several else area_of(row, by)
