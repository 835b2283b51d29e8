"""The parts of a gap in plain English: the gap, what would remain if the groups were alike, and what goes with each
factor; then what nothing of that says.

What goes with who is in the groups is not thereby fair, and what remains is not thereby unfair treatment: sentences
call neither a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.cannot_say import caution, held_equal
from dueregard.publish.driver_sets import is_told
from dueregard.publish.gap_part_sets import PartSet, has_gap, is_any, part_sets
from dueregard.publish.model_reasons import reason
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import is_all_areas, known
from dueregard.publish.sentences.assessments.parts import listing
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.comparison_sentences import intervals_of
from dueregard.publish.sentences.gap_areas import gap_areas
from dueregard.publish.sentences.model_variation import are_alike, part_variation
from dueregard.publish.sentences.part_words import (
    decimals_of,
    factor_of,
    limits_of,
    part_words,
    share_of_gap,
    value_of,
)
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.unmeasured_words import unmeasured
from dueregard.publish.sentences.wording import Row, group_of, opening, place_in, reference_of, too_few
from dueregard.publish.units.amounts import Unit, unit_of

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
LEAST_LEVEL = 0.5
"""A level that goes with a smaller part of the gap than this is not told."""


def gap_part_sentences(findings: Findings) -> list[str]:
    """What findings of kind "gap parts" say: of all areas everything; of each area, or in how many of them,
    the gap and what would remain."""
    sets, by = part_sets(findings), findings.by
    whole = [each for each in sets if not by or is_all_areas(each.gap, by)]
    held = held_of(findings, sets)
    first = next((each.rest for each in whole if each.rest is not None and is_told(each.rest, "estimate")), None)
    said = [text for each in whole for text in _of_set(each, by, held)]
    said[1:1] = [survey_words(findings, whole[0].gap)] if whole else []
    said += part_variation(findings)
    areas = [each for each in sets if by and not is_all_areas(each.gap, by)]
    areas = [each for each in areas if not are_alike(findings, each.gap["group"])]
    said += gap_areas(areas, by, held) or [" ".join(filter(None, _short(each, by, held))) for each in areas]
    said += [unmeasured(each.rest, again=len(whole) > 1 and each.rest is not first) for each in whole
             if each.is_alike_enough and not _why_not(each, by)]  # fmt: skip
    if any(known(each.gap["estimate"]) for each in sets):
        said.append(caution(findings.kind))
    return [text for text in said if text]


def held_of(findings: Findings, sets: Sequence[PartSet]) -> str:
    """In what the groups are taken to be alike: the factors, or what the notes name where parts have none."""
    names = list(dict.fromkeys(factor_of(one) for each in sets for one in each.factors if one["factor"] != "constant"))
    return listing(names) if names else held_equal(findings.notes) or "what was held equal"


def _of_set(each: PartSet, by: By, held: str) -> list[str]:
    why = _why_not(each, by)
    if why:
        return [why]
    if not each.is_alike_enough:
        return [gap_sentence(each.gap, by), _alone(each)]
    return [gap_sentence(each.gap, by), remains(each, held), explained(each), _level(each), *_others(each),
            _empty(each)]  # fmt: skip


def _short(each: PartSet, by: By, held: str) -> list[str]:
    why = _why_not(each, by)
    if why:
        return [why]
    return [gap_sentence(each.gap, by), remains(each, held) if each.is_alike_enough else _alone(each)]


def _why_not(each: PartSet, by: By) -> str:
    """Why a gap is not taken apart."""
    row = each.gap
    subject = f"{opening(row, spoken(row['measure']))}{place_in(row, by)}"
    for nobs, who in ((row["nobs"], group_of(row)), (row["reference_nobs"], reference_of(row))):
        if nobs == 0:
            return f"{subject} cannot be given for {who}: no cases."
        if too_few(None, nobs):
            return f"{subject}: too few people in {who} to describe."
    return "" if known(row["estimate"]) else f"{subject}: there is no gap of {group_of(row)} to take apart."


def gap_sentence(row: Row, by: By) -> str:
    """Both values and the gap."""
    unit, decimals = unit_of(row), decimals_of(row)
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, by)}")
    limits = intervals_of(row, unit, decimals)
    own, other = value_of(row, "value"), value_of(row, "reference_value")
    values = f"{own} for {group_of(row)} against {other} for {reference_of(row)}"
    gap = f"{unit.difference(row, decimals)}{f' ({limits})' if limits else ''}"
    none = "" if has_gap(row) else " That could be no gap at all, so its parts are not given as shares of it."
    return f"{subject} was {values}: {gap}.{none}"


def remains(each: PartSet, held: str) -> str:
    """The gap if the groups were alike in what was held equal."""
    if each.rest is None or not known(each.rest["estimate"]):
        why = reason(each.rest) or reason(each.gap)
        return f"It cannot be said what of that would remain{f', as {why}' if why else ''}."
    row, unit, decimals = each.rest, unit_of(each.gap), decimals_of(each.gap)
    limits = intervals_of(row, unit, decimals)
    share = share_of_gap(row)
    sure = f" ({limits})" if limits else ""
    told = "" if is_told(row, "estimate") else "; that cannot be told from no gap"
    share = share if share and not told else ""
    alike = f"Had the two groups been alike in {held}, {_instead(row, each.gap, unit, decimals, sure)}"
    return f"{alike}{f', {share}' if share else ''}{told}."


def _instead(row: Row, gap: Row, unit: Unit, decimals: int, sure: str) -> str:
    """The gap that would remain with its interval, and the one there is; of one on the other side that it is there."""
    now, then = (plain(one["estimate"], decimals) for one in (gap, row))
    if row["estimate"] * gap["estimate"] >= 0:
        return f"the gap would have been {unit.size(then)}{sure} instead of {now}"
    other = f"{group_of(gap)} would have been {unit.difference(row, decimals)}{sure}"
    return f"{other}, not {now} {unit.side(gap['estimate'])}"


def _alone(each: PartSet) -> str:
    """Why it is not said what would remain: hardly anybody has a counterpart."""
    return (
        f"{plain(each.without_counterpart, 0)}% of people have no counterpart in the other group, so that it cannot be "
        "said what would remain if the groups were alike: fewer factors, or fewer levels of them, could say more."
    )


def explained(each: PartSet) -> str:
    """What goes with who is in the groups, and what of it with each factor."""
    row = each.explained
    if row is None or not known(row["estimate"]):
        return ""
    share = share_of_gap(row) if _is_sure(row) else "which cannot be told from none"
    said = f"What goes with who is in the groups comes to {part_words(row, each.gap)}{f', {share}' if share else ''}"
    told = [one for one in each.factors if known(one["estimate"]) and is_told(one, "estimate")]
    told.sort(key=lambda one: -abs(one["estimate"]))
    unsure = [one for one in each.factors if known(one["estimate"]) and one not in told]
    if told:
        parts = [f"{factor_of(one)} {part_words(one, each.gap, level=False)}" for one in told]
        said += f": {listing(parts)}{_order(told)}"
    if unsure:
        parts = [f"{factor_of(one)} {limits_of(one, decimals_of(each.gap))}".strip() for one in unsure]
        said += f". What goes with {listing(parts)} cannot be told from none"
    return f"{said}."


def _order(told: Sequence[Row]) -> str:
    """How much the order of the factors is worth, of the first two: their intervals may meet, and methods share out
    what factors have in common differently."""
    if len(told) < 2:
        return ""
    first, second = (sorted((abs(row["low"]), abs(row["high"]))) for row in told[:2])
    meet = first[0] <= second[1] or (told[0]["estimate"] > 0) != (told[1]["estimate"] > 0)
    if not meet:
        return ". Another method could order them differently"
    return ". Which of these is the largest may be chance, and another method could order them differently"


def _level(each: PartSet) -> str:
    """The one level that goes with most of the gap, and how many of both groups are at it."""
    sign = -1 if each.gap["estimate"] < 0 else 1
    levels = [row for row in each.levels if _is_sure(row) and not too_few(None, row.get("nobs"))]
    first = max(levels, key=lambda row: sign * row["estimate"], default=None)
    if first is None or sign * first["estimate"] < LEAST_LEVEL or not known(first.get("group_share")):
        return ""
    own, other = (f"{plain(first[name], 0)}%" for name in ("group_share", "reference_share"))
    return (
        f"The level that goes with most of the gap is {spoken(first['level'])} ({factor_of(first)}), "
        f"{part_words(first, each.gap)}: {own} of {group_of(each.gap)} are at it against {other} of "
        f"{reference_of(each.gap)}."
    )


def _is_sure(row: Row) -> bool:
    """Whether it is known, and told from none unless nothing is left to chance."""
    return known(row["estimate"]) and (is_told(row, "estimate") or not known(row["low"]))


def _others(each: PartSet) -> list[str]:
    """Parts that some methods give besides."""
    words = {
        "interaction": "goes with both at once: with who is in the groups where rates differ too",
        "not comparable": "goes with people whose combination of factors nobody in the other group has",
    }
    rows = [row for row in each.others if row["part"] in words and known(row["estimate"]) and is_any(row)]
    unsure = ["" if is_told(row, "estimate") else "; that cannot be told from none" for row in rows]
    return [f"A further part, {part_words(row, each.gap)}, {words[row['part']]}{not_told}."
            for row, not_told in zip(rows, unsure, strict=True)]  # fmt: skip


def _empty(each: PartSet) -> str:
    """Who has no counterpart in the other group, and where what they add is counted."""
    share = each.gap.get("empty_percent")
    if Flag.EMPTY_CELL not in flag_of(each.gap) and not (known(share) and share > 0):
        return ""
    who = f"{plain(share, 1)}% of people" if known(share) and share > 0 else "Some people"
    counted = (
        "they are a part of their own"
        if any(row["part"] == "not comparable" for row in each.others)
        else ("what they add to the gap is all counted as who is in the groups")
    )
    return f"{who} are in combinations of factors that nobody in the other group is in: {counted}."
