"""The level of an answer, such as confidence in the police: of everybody, and of every area with its ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.numbers import decimals_for, plain, spoken
from dueregard.publish.readings import Row, known, rows_of
from dueregard.publish.report.pages.gap_words import Wording, plural
from dueregard.publish.report.pages.parts import INFORMATION, Page, Point
from dueregard.publish.report.pages.ranks import METHOD, are_shown, ranked
from dueregard.publish.report.pages.sampling import told
from dueregard.publish.report.pages.trend import everywhere
from dueregard.publish.sentences.sentences import sentences

if TYPE_CHECKING:
    from dueregard.findings import Findings

SHARE = "A percentage is that of the people who gave an answer that counts."


def confidence(shares: Findings, ranks: Findings, words: Wording, method: str) -> Page:
    """The page of one window: the share of everybody first, then how areas differ, then each area."""
    whole = everywhere(shares)
    first = tuple(sentences(whole))
    finding = ranked(ranks, key=f"{words.key}-table", first=first, method=told(SHARE, method))
    points = [point for point in (_point(rows_of(whole, "group"), words), _areas_point(ranks, words)) if point]
    return Page(words.key, words.title, words.short, findings=[finding], points=points, tells=INFORMATION,
                method=[(words.short, told(SHARE, METHOD, method))])  # fmt: skip


def _point(rows: list[Row], words: Wording) -> Point | None:
    """The share of everybody, with its interval."""
    row = next((row for row in rows if known(row["value"])), None)
    if row is None:
        return None
    decimals = decimals_for(row["nobs"])
    low, high = (plain(row[name], decimals) for name in ("low", "high"))
    level = f"{100 * row['confidence_level']:g}% interval {low}% to {high}%"
    what = f"of {words.people} {words.outcome}" if words.people else f"{spoken(row['measure'])} in {words.period}"
    return Point(f"{plain(row['value'], decimals)}%", "", f"{what} ({level}).")


def _areas_point(ranks: Findings, words: Wording) -> Point | None:
    """Whether areas differ beyond chance."""
    by = ranks.by
    if not are_shown(ranks):
        return Point("Unclear", "", f"whether {plural(by)} differ by more than chance ({words.outcome}).")
    rows = [row for row in rows_of(ranks, "group") if known(row["rank"])]
    last = sum(row["joint_rank_high"] == row["compared_areas"] for row in rows)
    text = f"{plural(by)} could have the lowest figure of all; the others do not, beyond chance."
    return Point(f"{last} of {len(rows)}", "", text)
