"""Whether areas differ beyond chance in what drivers go with, and in what remains of a gap; before any area is named.

Each driver of a group has a row on how much areas vary and one on the largest distance. Drivers that vary are told one
by one, the others together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.publish.numbers import plain
from dueregard.publish.readings import is_area, known, rows_of
from dueregard.publish.sentences.assessments.parts import capital
from dueregard.publish.sentences.driver_words import driver_of, gain_unit
from dueregard.publish.sentences.variation_sentences import is_beyond_chance, is_spread
from dueregard.publish.sentences.wording import Row, inside, members_of, percent_level, reference_of
from dueregard.publish.units.amounts import Unit, unit_of
from dueregard.publish.units.area_units import areas_word

if TYPE_CHECKING:
    from dueregard.findings import Findings

SMALL = 1.0
"""Deviations below this have a second decimal."""


def are_alike(findings: Findings, group: object) -> bool:
    """Whether areas were tested and not shown to differ in anything that is said of a group: then they are not told
    one by one."""
    spreads = [row for row in rows_of(findings, "variation") if is_spread(row) and row["group"] == group]
    return bool(spreads) and not any(is_beyond_chance(row) for row in spreads)


def driver_variation(findings: Findings, *, of_groups: bool = False) -> list[str]:
    """What rows on variation say of drivers, or of differences of them: a few sentences for each group; or of the
    groups themselves, where they are held against all others."""
    rows, said = rows_of(findings, "variation"), list[str]()
    for group in dict.fromkeys(row["group"] for row in rows):
        own = [row for row in rows if row["group"] == group]
        if of_groups != (findings.kind == "compared drivers" and group is None):
            continue
        what = groups_word(own[0]["characteristic"]) if of_groups else areas_word(findings.by)
        said += _told(own, what, _subject(own[0]))
    return said


def groups_word(characteristic: str) -> str:
    """Groups of a characteristic, which may be areas.

    >>> groups_word("borough"), groups_word("ethnic_group")
    ('boroughs', 'groups by ethnic group')
    """
    return areas_word([characteristic]) if is_area(characteristic) else f"groups by {inside(characteristic)}"


def part_variation(findings: Findings) -> list[str]:
    """What rows on variation say of gaps and of what remains of them."""
    rows, said = rows_of(findings, "variation"), list[str]()
    for group in dict.fromkeys(row["group"] for row in rows):
        own = [row for row in rows if row["group"] == group]
        said += _told(own, areas_word(findings.by), "{names}")
    return said


def _name(row: Row) -> str:
    """A driver, or a part of a gap."""
    if row.get("driver") is not None:
        return driver_of(row)
    if row["part"] != "gap":
        return "what would remain of the gap if the groups were alike"
    return f"the gap between {members_of(row)} and {reference_of(row)}"


def _subject(row: Row) -> str:
    """What is said of each driver."""
    who = f" for {members_of(row)}" if row["group"] is not None else ""
    if row.get("compares") == "gain" and row["reference"] is not None:
        return f"how much more or less {{names}} matters{who} than for {reference_of(row)}"
    return f"what goes with more of {{names}}{who}"


def _told(rows: Sequence[Row], areas: str, subject: str) -> list[str]:
    """One sentence for each that varies, one for those not shown to, one for those that cannot be tested."""
    spreads = [row for row in rows if is_spread(row)]
    tested = [row for row in spreads if known(row["estimate"])]
    varies = [row for row in tested if is_beyond_chance(row)]
    alike = [row for row in tested if row not in varies]
    lost = [row for row in spreads if row not in tested]
    said = [f"{capital(subject.format(names=_name(row)))} differs between {areas} beyond chance ({_spread(row)}"
            f"{_largest(row, rows)})." for row in varies]  # fmt: skip
    if alike:
        what = subject.format(names=_either([_name(row) for row in alike]))
        limits = f" ({_spread(alike[0])})" if len(alike) == 1 else ""
        said.append(f"It is not shown that {what} differs between {areas}{limits}: do not rank them by it.")
    if lost:
        what = subject.format(names=_either([_name(row) for row in lost]))
        said.append(f"Whether {what} differs between {areas} cannot be said: too few have enough answers.")
    return said


def _either(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _unit(row: Row) -> Unit:
    return gain_unit(row) if row.get("driver") is not None else unit_of(row)


def _spread(row: Row) -> str:
    """How much areas vary with chance taken out."""
    decimals = 1 if row["high"] >= SMALL else 2
    ends = f"{plain(row['low'], decimals)} to {plain(row['high'], decimals)}"
    size = _unit(row).size(plain(row["estimate"], decimals))
    return f"standard deviation {size}, {percent_level(row)} interval {ends}"


def _largest(spread: Row, rows: Sequence[Row]) -> str:
    """The largest distance seen beside the largest to expect."""
    same = ("driver", "part")
    of = (row for row in rows if not is_spread(row) and all(row.get(each) == spread.get(each) for each in same))
    row = next((row for row in of if known(row["estimate"])), None)
    if row is None:
        return ""
    decimals = 1 if row["value"] >= SMALL else 2
    what = "distance from the average" if "distance" in str(row["method"]) else "size"
    seen, expected = plain(row["value"], decimals), plain(row["estimate"], decimals)
    return f"; the largest {what} seen is {seen}, where about {expected} would be expected by chance"
