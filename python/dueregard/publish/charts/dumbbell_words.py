"""What a dumbbell shows, in words: its headings and its text alternative."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dueregard.publish.charts.alternatives import gap_words
from dueregard.publish.charts.dumbbell_chart import measured_words, percent_words
from dueregard.publish.charts.dumbbell_rows import Pair, all_pairs, pairs_of
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import clean, known, rows_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_LISTED = 40


def dumbbell_words(findings: Findings) -> Alternative:
    """The title of the gaps; both shares of every row, then what the gaps are and how many of them are clear."""
    blocks = pairs_of(findings)
    if not blocks:
        raise ValueError("findings: there are no two shares to draw side by side, one of them is missing everywhere")
    about = gap_words(findings)
    rows = rows_of(findings)
    reference = next((clean(row["reference"]) for row in rows if row.get("reference")), "the reference")
    listed = [(group, pair) for group, pairs in blocks.items() for pair in pairs][:MOST_LISTED]
    shares = "; ".join(_pair_words(group, pair, reference) for group, pair in listed)
    gaps = about.description.partition(". ")[2]
    level = next(iter(levels_of(rows)), None)
    sure = f", with the {100 * level:.10g}% interval of the difference" if level else ""
    return replace(
        about,
        subtitle=f"{measured_words(findings)}: percent of each group{sure}",
        description=f"Two points and the line between them in {len(all_pairs(blocks))} rows: {shares}. {gaps}".strip(),
    )


def _pair_words(group: str, pair: Pair, reference: str) -> str:
    name = f"{group}, {pair.label}" if group else pair.label
    if not (known(pair.start) or known(pair.end)):
        return f"{name} not known"
    return f"{name} {percent_words(pair.end)} ({reference} {percent_words(pair.start)})"
