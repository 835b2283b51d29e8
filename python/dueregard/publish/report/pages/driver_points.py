"""The main points of a page on drivers: which two would do most, and to whom they matter differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE
from dueregard.publish.driver_sets import DriverSet, are_of_one_scale, by_share, driver_sets, foremost, is_full_count
from dueregard.publish.numbers import plain
from dueregard.publish.readings import Row, by_columns, is_all_areas, known, rows_of
from dueregard.publish.report.pages.parts import UNCLEAR, Point, joined, opened
from dueregard.publish.sentences.assessments.parts import in_words, listing
from dueregard.publish.sentences.driver_words import (
    driver_of,
    gain_decimals,
    gain_unit,
    more_of,
    outcome_of,
    share_words,
)
from dueregard.publish.sentences.wording import members_of, percent_level, reference_of, too_few
from dueregard.publish.units.amounts import Points

if TYPE_CHECKING:
    from dueregard.findings import Findings

IF_EFFECT = "raising {them} would do that only if the association were an effect"
TWO = "these two"
MOST_NAMED = 4


def driver_points(findings: Findings) -> list[Point]:
    """Of each group of all areas which two drivers would do most; nothing of people too few to describe."""
    by = by_columns(findings)
    sets = [each for each in driver_sets(findings) if not by or is_all_areas(each.whole, by)]
    return [_point(each, findings.higher_is_better) for each in sets
            if each.has_shares and not too_few(None, each.whole["nobs"])]  # fmt: skip


def _point(each: DriverSet, better: bool | None) -> Point:
    of, outcome = f"of the {in_words(len(each.drivers))} drivers{_of_whom(each)}", outcome_of(each.whole)
    first = foremost(each.drivers, better)
    if first:
        return _most(each, first, of)
    if any(known(row["gain"]) for row in each.drivers):
        go = "goes" if is_full_count(each.whole) else "is shown to go"
        none = f"none {go} with a better answer and has room to improve"
        return Point(UNCLEAR, "", f"what would do most for {outcome}: {of} {none}.")
    row = by_share(each.drivers)[0]
    share, _, limits = share_words(row).partition(" ")
    text = f"of what the drivers of {outcome} explain is the share of {driver_of(row)}, {of} the largest {limits}"
    return Point(share, "", f"{text.strip()}.")


def _most(each: DriverSet, first: list[Row], of: str) -> Point:
    """The two that would do most: how much more of each goes with, and how sure that is."""
    row = first[0]
    unit, size = gain_unit(row), plain(row["gain"], gain_decimals(row))
    word = ("point" if size == "1" else "points") if isinstance(unit, Points) else unit.name
    sure = f" ({percent_level(row)} interval {_span(row)})" if known(row["gain_low"]) else ""
    text = f"{unit.side(row['gain'])}: {outcome_of(row)} with {more_of(row)}{sure}"
    if len(first) > 1:
        more = f"as much more of {driver_of(first[1])}" if are_of_one_scale(first) else more_of(first[1])
        text += f", and with {more} {_second(first[1])}"
    these, them = (TWO, "them") if len(first) > 1 else ("this one", "it")
    equal = ", with the others equal" if len(each.drivers) > 1 else ""
    return Point(size, word, f"{text}. {opened(of)}, {_lead(each, these)}{equal}; {IF_EFFECT.format(them=them)}.")


def _lead(each: DriverSet, these: str) -> str:
    """What is said of the drivers named: they are those with the largest gains, or shares where units are not alike."""
    if are_of_one_scale(each.drivers):
        return f"most goes with {these}"
    go = "that go" if is_full_count(each.whole) else "shown to go"
    have = "have the largest shares" if these == TWO else "has the largest share"
    return f"{these} {have} of those {go} with a better answer, each in its own unit"


def _second(row: Row) -> str:
    """The gain of the second, without unit and level, which the first has."""
    gain = plain(row["gain"], gain_decimals(row))
    return f"{gain} ({_span(row)})" if known(row["gain_low"]) else f"{gain} {gain_unit(row).side(row['gain'])}"


def _span(row: Row) -> str:
    return gain_unit(row).span(row["gain_low"], row["gain_high"], gain_decimals(row))


def _of_whom(each: DriverSet) -> str:
    return f" for {members_of(each.whole)}" if each.group else ""


def compared_points(findings: Findings) -> list[Point]:
    """How many drivers matter differently to a group, all areas together, and which."""
    by, found = by_columns(findings), dict[object, list[Row]]()
    for row in rows_of(findings, "group"):
        if known(row["estimate"]) and (not by or is_all_areas(row, by)):
            found.setdefault(row["group"], []).append(row)
    return [_difference(rows) for rows in found.values()]


def _difference(rows: list[Row]) -> Point:
    clear = [row for row in rows if str(row["verdict"] or "").startswith(CLEAR)]
    sides = f"to {members_of(rows[0])} than to those in {reference_of(rows[0])}"
    rest = _not_clear([row for row in rows if row not in clear], "Of the others" if clear else "Of them")
    if not clear:
        return Point(f"0 of {len(rows)}", "", f"drivers are shown to matter differently {sides}.{rest}")
    ways = {more: [driver_of(row) for row in clear if _is_more(row) == (more == "more")] for more in ("more", "less")}
    named = [f"{listing(names)} {more}" for more, names in ways.items() if names and len(clear) <= MOST_NAMED]
    said = f": {', '.join(named)}" if named else ""
    return Point(f"{len(clear)} of {len(rows)}", "", f"drivers matter differently {sides}{said}.{rest}")


def _not_clear(rows: list[Row], who: str) -> str:
    """Drivers that are not clear: those that may differ all the same, and those that differ by too little to matter."""
    small = [row for row in rows if str(row["verdict"] or "").startswith(NO_DIFFERENCE)]
    said = [f"{len(small)} differ{'s' if len(small) == 1 else ''} by too little to matter"] if small else []
    unsure = len(rows) - len(small)
    said += [f"{unsure} may differ all the same"] if unsure else []
    return f" {who} {joined(said)}." if said else ""


def _is_more(row: Row) -> bool:
    return bool(abs(row["value"]) > abs(row["reference_value"]))
