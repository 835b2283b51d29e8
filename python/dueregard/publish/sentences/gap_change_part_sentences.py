"""Why a gap has moved, in plain English: how much goes with who answered, how much with rates within like people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.measures.decomposition.cannot_say import caution
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
    return [_gaps(each, subject), *parts, *(_sides(part, each) for part in each.totals)]


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


def _moved(row: Row, each: ChangeSet, who: str = "the gap is") -> str:
    """Which way a gap has moved, by how much, with the interval in the same words."""
    decimals = decimals_of(each.change)
    down, up = each.sides
    limits = ""
    if known(row["low"]) and known(row["high"]):
        limits = f" ({percent_level(row)} interval {Movement('', down, up, decimals).span(row)})"
    return f"{who} {down if row['estimate'] < 0 else up} by {points_of(row, decimals)}{limits}"


def _part(part: Row, each: ChangeSet) -> str:
    """What goes with who answered, or with rates."""
    what, share = SAID.get(part["part"], spoken(part["part"])), share_of_gap(part).replace("the gap", "the change")
    told = "" if is_told(part, "estimate") else "; that cannot be told from none"
    goes = _moved(part, each, f"The change in {what} goes with a gap that is")
    return f"{goes}{f', {share}' if share else ''}{told}."


def _sides(part: Row, each: ChangeSet) -> str:
    """Whose it is, and which factors it goes with, of those told from none."""
    own = [row for row in each.split if row["part"] == part["part"] and known(row["estimate"])]
    told = [row for row in own if is_told(row, "estimate")]
    whose = [_moved(row, each, spoken(row["side"])) for row in told if row.get("factor") is None]
    what = [_moved(row, each, factor_of(row)) for row in told if row.get("factor") is not None]
    said = [f"by group: {listing(whose)}"] if whose else []
    said += [f"by factor: {listing(what)}"] if what else []
    about = SAID.get(part["part"], spoken(part["part"]))
    return f"Of what goes with {about}, told from none are, {'; '.join(said)}." if said else ""
