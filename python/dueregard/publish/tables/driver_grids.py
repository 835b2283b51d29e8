"""The tables of key drivers: shares, ranks, gains and present levels, and whether drivers differ between groups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dueregard.publish.driver_decimals import DIFFERENCE, GAIN, gain_digits
from dueregard.publish.driver_sets import DriverSet, driver_sets
from dueregard.publish.levels import levels_of
from dueregard.publish.model_reasons import reason
from dueregard.publish.numbers import decimals_for
from dueregard.publish.readings import area_of, by_columns, fixed, known, label, named
from dueregard.publish.sentences.driver_words import gain_unit
from dueregard.publish.sentences.model_variation import driver_variation
from dueregard.publish.tables import figure_columns as columns
from dueregard.publish.tables.headings import percent
from dueregard.publish.tables.shown import EMPTY, UNKNOWN, Planned, Row, Shown, number, span
from dueregard.publish.tables.shown_parts import any_known, decimal, pvalue
from dueregard.publish.units.amounts import Points

if TYPE_CHECKING:
    from dueregard.findings import Findings

Write = Callable[[Row, float], str]
ROOM = 22
SHARE_NOTE = "Share: of what the drivers explain together, averaged over all orders in which they could be taken in."
OF_COLUMNS = {
    "gain": "Gain: what so much more of a driver goes with, the others held equal.",
    "relative_weight": "Relative weight: another way to share out what is explained (Johnson).",
    "alone": "Alone: what a driver explains with no other.",
    "added_last": "Last: what a driver adds to all others.",
}
"""What is to be said of columns."""


def driver_table(findings: Findings) -> Planned:
    """The table of kind "key drivers": each set of drivers under how much all of them explain together."""
    sets = driver_sets(findings)
    rows = [row for each in sets for row in each.drivers]
    under = [_under(each) for each in sets for _ in each.drivers]
    level = next(iter(levels_of(rows)), None)
    shown = [Shown("driver", "Driver", lambda row: named(row["driver"]), ROOM), *_share(level), *_gain(rows)]
    shown += [*_further(rows), number("nobs", "Base", lambda row, value: f"{value:,}")]
    notes = [*_lost(sets), *driver_variation(findings)]
    return Planned(shown, rows, under, notes, {"value": SHARE_NOTE, **OF_COLUMNS})


def _lost(sets: Sequence[DriverSet]) -> list[str]:
    """Why drivers have no share."""
    lost = [(each.name, row) for each in sets for row in each.drivers if not known(row["value"]) and reason(row)]
    places = dict.fromkeys((reason(row), f"{named(row['driver'])}{f' ({name})' if name else ''}") for name, row in lost)
    whys = dict.fromkeys(why for why, _ in places)
    return [f"Without a share: {', '.join(who for of, who in places if of == why)}: {why}." for why in whys]


def _under(each: DriverSet) -> str:
    """Whose drivers these are, and how much they explain."""
    row, decimals = each.whole, decimals_for(each.whole["nobs"])
    if not each.is_whole:
        return f"{f'{each.name}: some' if each.name else 'Some'} of the drivers; {row['nobs']:,} answers"
    if not known(row["explained"]):
        explained = "not known how much they explain"
    else:
        limits = ""
        if known(row["explained_low"]) and known(row["explained_high"]):
            ends = " to ".join(fixed(row[name], decimals) for name in ("explained_low", "explained_high"))
            limits = f" ({percent(row['confidence_level'])} interval {ends})"
        explained = f"together they explain {fixed(row['explained'], decimals)}%{limits}"
    said = f"{each.name}: {explained}" if each.name else f"{explained[:1].upper()}{explained[1:]}"
    return f"{said}; {row['nobs']:,} answers"


def _share(level: float | None) -> list[Shown]:
    """The share with its interval, then the rank and what it may be."""
    sure = "Interval" if level is None else f"{percent(level)} interval"
    return [
        number("value", "Share (%)", _percent),
        Shown("interval", sure, _ends("low", "high", "value", lambda row, value: decimal(value)), number=True),
        Shown("rank", "Rank (could be)", _rank, number=True),
    ]


def _rank(row: Row) -> str:
    """The rank, and those that chance allows."""
    if not known(row["rank"]):
        return UNKNOWN
    could = columns.places(row["rank_low"], row["rank_high"])
    return f"{row['rank']:.0f}" if could == EMPTY else f"{row['rank']:.0f} ({could})"


def _ends(low: str, high: str, of: str, write: Write) -> Callable[[Row], str]:
    """Writes the interval of a figure that is known."""
    both = span(write, low, high)
    return lambda row: both(row) if known(row[of]) else EMPTY


def _percent(row: Row, value: float) -> str:
    """A percentage; more than zero is never written as zero."""
    return "[low]" if 0 < value < 0.05 else decimal(value)


def _gain(rows: Sequence[Row]) -> list[Shown]:
    """The gain for so much more of a driver with its interval, and the present level; nothing where none is known."""
    if not any_known(rows, "gain"):
        return []
    row = next(row for row in rows if known(row["gain"]))
    units = {gain_unit(one).name for one in rows}
    unit = "points" if isinstance(gain_unit(row), Points) else gain_unit(row).name if len(units) == 1 else ""
    amounts = {one["points"] for one in rows if known(one["points"])}
    more = f" for {row['points']:,.10g} more" if len(amounts) == 1 else ""
    write = _gains(rows)
    shown = [
        number("gain", f"Gain{more}{f' ({unit})' if unit else ''}", write, EMPTY),
        Shown("gain_interval", "Gain, interval", _ends("gain_low", "gain_high", "gain", write), number=True),
    ]
    levels = [number("performance", "Present level", lambda row, value: decimal(value), EMPTY)]
    return [*shown, *(levels if any_known(rows, "performance") else [])]


def _gains(rows: Sequence[Row], names: tuple[str, str, str] = GAIN) -> Write:
    """Writes gains, or differences of them, and their limits; all with as many decimals."""
    digits = gain_digits(rows, names)
    return lambda row, value: decimal(value, digits)


def _further(rows: Sequence[Row]) -> list[Shown]:
    """Other measures of importance, of those that are given."""
    all_of = [
        number("explained", "Explains (%)", _percent),
        number("relative_weight", "Relative weight (%)", _percent, EMPTY),
        number("standardised", "Standard coefficient", lambda row, value: decimal(value, 2), EMPTY),
        number("alone", "Alone (%)", _percent, EMPTY),
        number("added_last", "Last (%)", _percent, EMPTY),
    ]
    return [shown for shown in all_of if any_known(rows, shown.name)]


def compared_driver_table(findings: Findings) -> Planned:
    """The table of kind "compared drivers": of each driver both groups, the difference, and what it comes to."""
    every, by, heads = columns.shown_rows(findings), by_columns(findings), columns.headings_for(findings)
    rows = [row for row in every if columns.is_compared(row)]
    shares = any(row.get("compares") == "share" for row in rows)
    what = "Share (%)" if shares else "Gain"
    differences = _gains(rows, DIFFERENCE)
    write = _percent if shares else differences
    adjusted = columns.figure("adjusted_pvalue", "Adjusted p", pvalue)
    shown = [
        Shown("driver", "Driver", lambda row: named(row["driver"]), ROOM),
        number("value", f"{what}, group", write),
        number("reference_value", f"{what}, reference", write),
        columns.figure("estimate", "Difference", differences),
        Shown("interval", _interval_heading(rows), _ends("low", "high", "estimate", differences), number=True),
        *columns.verdict_columns(heads, rows, _verdict),
        *([adjusted] if any_known(rows, "adjusted_pvalue") else []),
    ]
    varies = [*driver_variation(findings, of_groups=True), *driver_variation(findings)]
    notes = [*columns.left_out(every, rows), *varies]
    return Planned([*shown, *columns.base_columns(rows)], rows, _whose(rows, by), notes)


def _verdict(row: Row, verdict: str) -> str:
    """A verdict in few words; drivers differ, and have no gaps."""
    return columns.brief(row, verdict).replace("no gap that matters", "no difference that matters")


def _interval_heading(rows: Sequence[Row]) -> str:
    level = next((row["confidence_level"] for row in rows if known(row["confidence_level"])), None)
    return "Interval" if level is None else f"{percent(level)} interval"


def _whose(rows: Sequence[Row], by: Sequence[str]) -> list[str]:
    """Which group and place rows are of, and what they are held against."""
    places = [f"{label(area_of(dict(row), by))}: " if by else "" for row in rows]
    return [f"{place}{named(row['group'])} against {named(row['reference'])}"
            for place, row in zip(places, rows, strict=True)]  # fmt: skip
