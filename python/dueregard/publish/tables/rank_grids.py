"""The table of ranks: areas in a fixed order, with their figures and the ranks that they may have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.missing import is_missing
from dueregard.publish.readings import by_columns, known
from dueregard.publish.sentences.rank_sentences import among_column, differ_words, like_words
from dueregard.publish.sentences.wording import percent_level
from dueregard.publish.tables import figure_columns as columns
from dueregard.publish.tables.shown import EMPTY, UNKNOWN, Planned, Row, Shown

if TYPE_CHECKING:
    from dueregard.findings import Findings

JOINT = "Joint ranks are right for all areas looked through together, the others for one that was chosen beforehand."


def rank_table(findings: Findings) -> Planned:
    """The table of kind "ranks": each set of areas under what is said of how much they differ."""
    every, by, among = columns.shown_rows(findings), by_columns(findings), among_column(findings)
    sets: dict[tuple[object, object], list[Row]] = {}
    for row in every:
        sets.setdefault((row["group"], row[among] if among else None), []).append(row)
    heads, rows, under = columns.headings_for(findings), list[Row](), list[str]()
    for (_, label), some in sets.items():
        spreads = [row for row in some if row["row_type"] == "variation"]
        areas = [row for row in some if row["row_type"] == "group" and not _unknown(row, by)]
        if spreads:
            rows += areas
            under += [differ_words(spreads, areas, by, like_words(among, label))] * len(areas)
    compared = any(known(row["estimate"]) for row in rows)
    name = "estimate" if compared else "value"
    write = columns.difference_text if compared else columns.value_text
    shown = [*columns.area_columns(by), columns.figure(name, heads[name], write)]
    ranked = any(known(row["rank"]) for row in rows)
    shown += _ranks(rows, among) if ranked else []
    shown += columns.limit_columns(heads, rows)
    shown += columns.base_columns(rows) if any(row["nobs"] for row in rows) else []
    return Planned(shown, rows, under, _notes(every, rows, ranked))


def _unknown(row: Row, by: Sequence[str]) -> bool:
    """Whether a row is of people of no known group, or of no known area."""
    return (row["group"] is not None and is_missing(row["group"])) or any(is_missing(row[name]) for name in by)


def _notes(every: Sequence[Row], rows: Sequence[Row], ranked: bool) -> list[str]:
    joint = [JOINT] if ranked and any(known(row["joint_rank_low"]) for row in rows) else []
    return [*joint, *columns.left_out(every, rows)]


def _ranks(rows: Sequence[Row], among: str | None) -> list[Shown]:
    """Ranks, what they may be, and the chances of the quarters."""

    def place(row: Row) -> tuple[object, ...]:
        return row["group"], row[among] if among else None, row["rank"]

    often = Counter(place(row) for row in rows if known(row["rank"]))
    shown = [Shown("rank", "Rank", lambda row: _rank(row, often[place(row)] > 1), number=True)]
    if any(known(row["rank_low"]) for row in rows):
        level = next((percent_level(row) for row in rows if known(row["confidence_level"])), "")
        shown += [
            Shown("rank_low", f"Rank, {level} interval", lambda row: _span(row, ""), number=True),
            Shown("bottom_quarter", "Chance of bottom quarter (%)", lambda row: _chance(row, "bottom"), number=True),
            Shown("joint_rank_low", "Joint interval", lambda row: _span(row, "joint_"), number=True),
            Shown("top_quarter", "Chance of top quarter (%)", lambda row: _chance(row, "top"), number=True),
        ]
    return shown


def _rank(row: Row, tied: bool) -> str:
    if not known(row["rank"]):
        return EMPTY if isinstance(row["flag"], int) and Flag.RANK_WITHHELD in Flag(row["flag"]) else UNKNOWN
    return f"{row['rank']:.0f}{'=' if tied else ''}"


def _span(row: Row, of: str) -> str:
    return columns.places(row[f"{of}rank_low"], row[f"{of}rank_high"])


def _chance(row: Row, of: str) -> str:
    share = row[f"{of}_quarter"]
    if not known(share):
        return EMPTY
    return "under 1" if 0 < share < 0.01 else "over 99" if 0.99 < share < 1 else f"{100 * share:.0f}"
