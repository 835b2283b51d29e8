"""Why a gap has moved, in plain English: how much goes with who answered, how much with rates within like people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.cannot_say import caution
from dueregard.publish.driver_sets import is_told
from dueregard.publish.gap_change_sets import ChangeSet, change_sets
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import is_all_areas, known
from dueregard.publish.sentences.assessments.parts import capital, listing
from dueregard.publish.sentences.gap_areas import change_areas
from dueregard.publish.sentences.movements import Movement
from dueregard.publish.sentences.part_words import decimals_of, factor_of, points_of, share_of_gap
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, group_of, percent_level, place_in, reference_of, too_few
from dueregard.publish.units.amounts import unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
SAID = {
    "composition": "who answered",
    "rates": "rates among people who are alike",
    "interaction": "both at once",
    "not comparable": "people who have no counterpart in the other group",
}


def gap_change_part_sentences(findings: Findings) -> list[str]:
    """What findings of kind "gap change parts" say: both gaps, the change, and its parts; areas in short or counted."""
    sets, by = change_sets(findings), findings.by
    whole = [each for each in sets if not by or is_all_areas(each.change, by)]
    said = [text for each in whole for text in _of_set(each, by)]
    said[1:1] = [survey_words(findings, whole[0].change)] if whole else []
    areas = [each for each in sets if by and not is_all_areas(each.change, by)]
    said += change_areas(areas, by) or [" ".join(_of_set(each, by, short=True)) for each in areas]
    if any(known(each.change["estimate"]) for each in sets):
        said.append(caution(findings.kind))
    return [text for text in said if text]


def _of_set(each: ChangeSet, by: By, *, short: bool = False) -> list[str]:
    row = each.change
    subject = f"{spoken(row['measure'])}{place_in(row, by)}"
    if any(too_few(None, one["nobs"]) or too_few(None, one["reference_nobs"]) for one in (each.before, each.after)):
        return [f"{capital(subject)}: too few people to describe."]
    if not known(row["estimate"]):
        return [f"{capital(subject)}: there is no change of the gap of {group_of(row)} to take apart."]
    parts = [_part(part, each) for part in each.totals]
    if short:
        return [_gaps(each, subject), *parts]
    return [_gaps(each, subject), *parts, *(text for part in each.totals for text in _sides(part, each))]


def _gaps(each: ChangeSet, subject: str) -> str:
    """The gap before, the gap after, and the change."""
    row, unit = each.change, unit_of(each.change)
    decimals = decimals_of(row)
    then, now = (unit.difference(one, decimals) for one in (each.before, each.after))
    times = [spoken(row[name]) for name in ("before", "after")]
    than = f" than for {reference_of(row)}" if then.endswith(("lower", "higher")) else f" as for {reference_of(row)}"
    chance = "" if is_told(row, "estimate") else ", which may be chance"
    first = f"In {times[0]} {subject} was {then} for {group_of(row)}{than}"
    return f"{first}, in {times[1]} {now}: {_moved(row, each)}{chance}."


def _moved(row: Row, each: ChangeSet) -> str:
    """Which way a gap has moved; of one that changed sides, which way the group has moved against the reference."""
    is_gap = each.sides[0] != "down"
    figure = f"the figure of {group_of(row)} against {reference_of(row)} went"
    return f"{'the gap is' if is_gap else figure} {_by(row, each)}"


def _by(row: Row, each: ChangeSet, *, level: bool = True) -> str:
    """Which way something moved a gap and by how much, with the interval in the same words."""
    return _way(row, decimals_of(each.change), each.sides, level=level)


def _way(row: Row, decimals: int, sides: tuple[str, str], *, level: bool = True) -> str:
    down, up = sides
    limits = ""
    if known(row["low"]) and known(row["high"]):
        sure = f"{percent_level(row)} interval " if level else ""
        limits = f" ({sure}{Movement('', down, up, decimals).span(row)})"
    return f"{down if row['estimate'] < 0 else up} by {points_of(row, decimals)}{limits}"


def _part(part: Row, each: ChangeSet) -> str:
    """What goes with who answered, or with rates."""
    what, share = SAID.get(part["part"], spoken(part["part"])), share_of_gap(part).replace("the gap", "the change")
    told = "" if is_told(part, "estimate") else "; that cannot be told from none"
    is_gap = each.sides[0] != "down"
    goes = f"The change in {what} goes with {'a gap that is' if is_gap else 'that figure going'} {_by(part, each)}"
    return f"{goes}{f', {share}' if share and not told else ''}{told}."


def _sides(part: Row, each: ChangeSet) -> list[str]:
    """Whose figure moved with it, and which factors it goes with, of those told from none."""
    own = [row for row in each.split if row["part"] == part["part"] and is_told(row, "estimate")]
    about = SAID.get(part["part"], spoken(part["part"]))
    whose = [_own_way(row, each, level=i == 0)
             for i, row in enumerate(row for row in own if row.get("factor") is None)]  # fmt: skip
    what = [f"{factor_of(row)} ({_by(row, each)})" for row in own if row.get("factor") is not None]
    said = [f"With the change in {about}, {listing(whose)}."] if whose else []
    return said + ([f"Of that change, told from none is what goes with {listing(what)}."] if what else [])


def _own_way(row: Row, each: ChangeSet, *, level: bool) -> str:
    """Which way the figure of one side itself moved: what the reference gains takes off a gap."""
    is_group = row["side"] == each.change["group"]
    own = row if is_group else {**row, "estimate": -row["estimate"], "low": -row["high"], "high": -row["low"]}
    who = group_of(row) if is_group else reference_of(row)
    return f"the figure of {who} went {_way(own, decimals_of(each.change), ('down', 'up'), level=level)}"
