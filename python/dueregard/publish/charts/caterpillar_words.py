"""What a caterpillar shows, in words: its headings and its text alternative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.charts.caterpillar_chart import is_compared
from dueregard.publish.charts.caterpillar_rows import Ranked, RankedSet, ranked_sets
from dueregard.publish.charts.row_marks import number_words, span_of
from dueregard.publish.readings import Row, by_columns, clean, known, label, rows_of, whole
from dueregard.publish.units.amounts import Unit, unit_of
from dueregard.publish.units.area_units import areas_word

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_LISTED = 40


def caterpillar_words(findings: Findings) -> Alternative:
    """Whether areas differ beyond chance, how they are sorted and why; then each with its rank, if it has one."""
    from dueregard.publish.charts.figure import Alternative

    sets = ranked_sets(findings)
    if not sets:
        raise ValueError("findings: there is no area to draw, every figure is missing")
    areas, row = areas_word(by_columns(findings)), rows_of(findings, "group")[0]
    title = clean(findings.title) if findings.title else _title(sets, areas)
    about = "Points on interval lines, " + " ".join(_set_words(each, areas, row) for each in sets)
    return Alternative(title, _subtitle(sets, areas, row, is_compared(findings)), about)


def _title(sets: Sequence[RankedSet], areas: str) -> str:
    """How many could be first and last, all looked at together; or that no ranks are shown."""
    if len(sets) > 1:
        differ = sum(each.differ for each in sets)
        return f"In {differ} of {len(sets)} sets {areas} are shown to differ beyond chance"
    (one,) = sets
    n = len(one.areas)
    if not one.differ:
        known_why = "" if one.ranked else ", so there are no ranks"
        return f"{n} {areas} are not shown to differ beyond chance{known_why}"
    first = [area.label for area in one.areas if area.joint_low == 1]
    last = [area.label for area in one.areas if known(area.rank) and area.joint_high == area.compared]
    ends = f"{_only(first)} could be first of {n}, {_only(last)} could be last"
    return f"{areas[:1].upper()}{areas[1:]} differ beyond chance: {ends}"


def _only(names: Sequence[str]) -> str:
    """The one area, or how many there are."""
    return f"only {names[0]}" if len(names) == 1 else str(len(names))


def _subtitle(sets: Sequence[RankedSet], areas: str, row: Row, compared: bool) -> str:
    """What is measured, what the lines are, and how areas are sorted and why."""
    what = label(row["measure"] or "figure")
    group = row["group"]
    if compared:
        what += f": {clean(group)} against {clean(row['reference'])}" if group is not None and len(sets) == 1 else ""
        what += f", {unit_of(row).measured(clean(row['reference'])).lower()}"
    elif (unit := str(row["unit_of_measure"])) != "percent":
        what += f", {unit}"
    level = f", {100 * row['confidence_level']:.10g}% intervals" if known(row["confidence_level"]) else ""
    return f"{what}{level}. {_order(sets, areas)}"


def _order(sets: Sequence[RankedSet], areas: str) -> str:
    name = f"{areas[:1].upper()}{areas[1:]}"
    sorted_, fixed = any(each.differ for each in sets), any(not each.differ for each in sets)
    if sorted_ and fixed:
        return f"{name} are sorted by rank only where they are shown to differ"
    if sorted_:
        return f"{name} are sorted by rank"
    return f"{name} are in a fixed order: an order by size would show chance"


def _set_words(each: RankedSet, areas: str, row: Row) -> str:
    order = "sorted by rank" if each.differ else "in a fixed order, as they are not shown to differ beyond chance"
    of = f" of {each.name}" if each.name else ""
    listed = "; ".join(_area_words(area, row) for area in each.areas[:MOST_LISTED])
    return f"for {len(each.areas)} {areas}{of} {order}: {listed}."


def _area_words(area: Ranked, row: Row) -> str:
    unit: Unit | None = unit_of(row) if row.get("reference") is not None else None
    figure = number_words(area.value, row["unit_of_measure"])
    if unit is not None and known(area.value):
        figure = unit.mark(area.value)
    if not known(area.rank):
        span = span_of(area.low, area.high, row["unit_of_measure"]) if unit is None else ""
        return f"{area.label} {figure}{f' ({span})' if span else ''}"
    limits = f" ({whole(area.rank_low)} to {whole(area.rank_high)})" if known(area.rank_low) else ""
    return f"{area.label} {figure}, rank {whole(area.rank)}{limits}"
