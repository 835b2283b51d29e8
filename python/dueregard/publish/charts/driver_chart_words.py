"""What a chart of key drivers shows, in words: its headings and its text alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.publish.charts.driver_chart import (
    drawn_sets,
    gain_heading,
    gain_mark,
    gain_unit_words,
    in_order,
    is_sorted,
    outcome_name,
    rank_span,
)
from dueregard.publish.charts.few_sets import left_out
from dueregard.publish.charts.row_marks import number_words, span_of
from dueregard.publish.driver_decimals import gain_digits
from dueregard.publish.driver_sets import DriverSet, are_of_one_scale, by_share, driver_sets, foremost, is_told
from dueregard.publish.levels import levels_of
from dueregard.publish.readings import Row, clean, known, label, named
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.driver_words import driver_of

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.publish.charts.figure import Alternative

MOST_LISTED = 40
MOST_TITLE = 90
"""Characters of a title that names drivers."""


def driver_chart_words(findings: Findings) -> Alternative:
    """What goes with the largest gains, how sure the order is, and then each driver."""
    from dueregard.publish.charts.figure import Alternative

    sets = drawn_sets(findings)
    title = clean(findings.title) if findings.title else driver_title(sets, findings.higher_is_better)
    about = " ".join(_set_words(each) for each in sets)
    return Alternative(title, _subtitle(sets, findings), f"Bars with intervals. {about}")


def driver_title(sets: list[DriverSet], better: bool | None) -> str:
    """The two drivers with the largest gains, or shares; of several sets that of each, as far as they are few."""
    outcome = outcome_name(sets[0].whole["measure"])
    if len(sets) > 1:
        first = [f"{each.name}: {driver_of(_foremost(each, better, 1)[0])}" for each in sets]
        said = f"{outcome}, largest gain or share: {'; '.join(first)}"
        return said if len(said) <= MOST_TITLE else f"{outcome}: what goes with it, in {len(sets)} groups and areas"
    (each,) = sets
    for most in (2, 1):
        rows = _foremost(each, better, most)
        by_gain = is_told(rows[0]) and are_of_one_scale(each.drivers)
        what = f"the largest {'gain' if by_gain else 'share'}{'s' if len(rows) > 1 else ''}"
        said = f"{outcome}: {listing([driver_of(row) for row in rows])} {'go' if len(rows) > 1 else 'goes'} with {what}"
        if len(said) <= MOST_TITLE:
            return said
    return f"{outcome}: what goes with it"


def _foremost(each: DriverSet, better: bool | None, most: int) -> list[Row]:
    """The drivers that would do most, or that have the largest shares where no gain is told from none."""
    return foremost(each.drivers, better, most) or by_share(each.drivers)[:most]


def _subtitle(sets: list[DriverSet], findings: Findings) -> str:
    """What shares, ranks and gains are, how much all explain, and how they are sorted."""
    rows = [row for each in sets for row in each.drivers]
    level = next(iter(levels_of([*rows, *(each.whole for each in sets)])), None)
    measure = label(sets[0].whole["measure"] or "the outcome")
    said = [f"{measure}: share of what the drivers explain"]
    if level:
        said[0] += f", {100 * level:.10g}% intervals"
    if len(sets) == 1 and known(sets[0].whole["explained"]):
        said.append(f"together they explain {number_words(sets[0].whole['explained'], 'percent')}")
    if any(known(row["gain"]) for row in rows):
        unit = gain_unit_words(rows)
        said.append(f"{gain_heading(rows)}{f' in {unit}' if unit else ''}, others held equal")
    said.append("sorted by share" if all(map(is_sorted, sets)) else "in the order asked for")
    said.append("associations, not effects")
    return "; ".join([*said, *left_out(len(driver_sets(findings)), len(sets))])


def _set_words(each: DriverSet) -> str:
    digits = gain_digits(each.drivers)
    listed = "; ".join(_driver_words(row, digits) for row in in_order(each)[:MOST_LISTED])
    return f"{each.name}: {listed}." if each.name else f"{listed}."


def _driver_words(row: Row, digits: int) -> str:
    """One driver."""
    span, ranks = span_of(row["low"], row["high"], "percent"), rank_span(row)
    said = f"{named(row['driver'])} {number_words(row['value'], 'percent')}{f' ({span})' if span else ''}"
    said += f", could rank {ranks}" if ranks else ""
    if known(row["gain"]):
        limits = " to ".join(gain_mark(row[name], digits) for name in ("gain_low", "gain_high"))
        said += f", gain {gain_mark(row['gain'], digits)}{f' ({limits})' if known(row['gain_low']) else ''}"
    return said
