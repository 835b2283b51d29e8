"""What a chart of changes shows, in words: its headings and its text alternative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dueregard.publish.charts.alternatives import POINTS
from dueregard.publish.charts.change_chart import is_of_gaps, spoken_level
from dueregard.publish.charts.dumbbell_chart import span_words
from dueregard.publish.charts.dumbbell_rows import Pair, pairs_of
from dueregard.publish.days import month_of
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import Row, by_columns, clean, known, label, rows_of, whole
from dueregard.publish.units.area_units import areas_word

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_LISTED = 40


def change_words(findings: Findings) -> Alternative:
    """What changed overall and in how many areas it is clear; then every row from before to after."""
    from dueregard.publish.charts.figure import Alternative

    blocks = pairs_of(findings)
    if not blocks:
        raise ValueError("findings: there is no change to draw, no value is known in both windows")
    gaps, rows = is_of_gaps(findings), rows_of(findings)
    listed = [(group, pair) for group, pairs in blocks.items() for pair in pairs][:MOST_LISTED]
    about = f"Arrows from before to after in {sum(map(len, blocks.values()))} rows: "
    about += "; ".join(_pair_words(group, pair, gaps) for group, pair in listed)
    title = clean(findings.title) if findings.title else _title(blocks, findings)
    return Alternative(title, _subtitle(rows, gaps), f"{about}.")


def _title(blocks: Mapping[str, Sequence[Pair]], findings: Findings) -> str:
    """The change of the first row, or of how many rows it is clear, and how many areas have a clear one."""
    first = next(iter(blocks.values()))
    lead = next((pair for pair in first if pair.bold), first[0])
    areas = [pair for pairs in blocks.values() for pair in pairs if not pair.bold and known(pair.low)]
    clear = sum(pair.clear for pair in areas)
    if len(blocks) > 1 or not (lead.bold or len(first) == 1):
        many = areas or [pair for pairs in blocks.values() for pair in pairs]
        if not many:
            return "No change can be tested"
        return f"{clear or 'None'} of {len(many)} changes {'is' if clear == 1 else 'are'} clear"
    group = next((row["group"] for row in rows_of(findings, "group") if row.get("group") is not None), None)
    who = f"{clean(group)}: " if group is not None else ""
    moved = f"{who}{_moved(lead, is_of_gaps(findings), bool(who))}"
    if not areas:
        return moved
    return f"{moved}; clear change in {clear or 'none'} of {len(areas)} {areas_word(by_columns(findings))}"


def _moved(pair: Pair, gaps: bool, alone: bool) -> str:
    """From where to where, and whether that may be chance."""
    if not pair.known:
        return "change not known"
    ends = f"from {spoken_level(pair.start, gaps)} to {spoken_level(pair.end, gaps)}"
    unsure = "" if pair.clear or not known(pair.low) else ", which may be chance"
    return f"gap {ends} points{unsure}" if gaps else f"{ends[:1].upper() if not alone else ends[:1]}{ends[1:]}{unsure}"


def _subtitle(rows: Sequence[Row], gaps: bool) -> str:
    """What is measured, of which windows, and what the numbers beside are."""
    row = next(row for row in rows if row["row_type"] == "group")
    length = "month" if row["months"] == 1 else f"{row['months']} months"
    ends = f"the {length} to {month_of(str(row['before_end']))} and to {month_of(str(row['window_end']))}"
    reference = f" against {clean(row['reference'])}" if gaps else ""
    level = next(iter(levels_of(rows)), None)
    sure = f", changes with {100 * level:.10g}% intervals" if level else ""
    family = ", marked as clear after allowing for all rows" if "over" in str(row["method"]) or len(rows) > 3 else ""
    unit = "gap in percentage points" if gaps else "percent"
    return f"{label(row['measure'])}{reference}, {unit}: {ends}{sure}{family if level else ''}"


def _pair_words(group: str, pair: Pair, gaps: bool) -> str:
    name = f"{group}, {pair.label}" if group else pair.label
    if not known(pair.difference):
        return f"{name} change not known"
    ends = f"from {spoken_level(pair.start, gaps)} to {spoken_level(pair.end, gaps)}"
    if not known(pair.low):
        return f"{name} {ends}, a change of {whole(pair.difference, signed=True)}"
    sure = f"{span_words(POINTS, pair.low, pair.high)}, {'clear' if pair.clear else 'not clear'}"
    return f"{name} {ends}, a change of {whole(pair.difference, signed=True)} ({sure})"
