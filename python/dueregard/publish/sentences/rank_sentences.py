"""Ranks in plain English: whether areas differ at all, where each may stand, and that nobody is last by chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.findings import RESERVED
from dueregard.flags import Flag
from dueregard.measures.areas.rank_sources import CHANGES
from dueregard.missing import is_missing
from dueregard.publish.numbers import decimals_for, spoken
from dueregard.publish.readings import area_of, known
from dueregard.publish.sentences.assessments.parts import capital, in_words, listing
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.variation_sentences import is_spread
from dueregard.publish.sentences.wording import Row, group_of, inside, percent_level, reference_of
from dueregard.publish.units.amounts import unit_of
from dueregard.publish.units.area_units import area_value, areas_word

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
FEW = 5
"""So many areas that could be last are named."""


def rank_sentences(findings: Findings) -> list[str]:
    """What findings of kind "ranks" say of each set of areas: whether they differ, then, if they do, each area."""
    said: list[str] = []
    among = among_column(findings)
    for (_, label), rows in _sets(findings, among).items():
        spreads = [row for row in rows if row["row_type"] == "variation"]
        areas = [row for row in rows if row["row_type"] == "group"]
        said += [differ_words(spreads, areas, findings.by, like_words(among, label))] if spreads else []
        ranked = [row for row in areas if known(row["rank"])]
        if ranked:
            said += [_last(ranked, findings.by), _ranges(ranked, findings.by)]
            said += _each(ranked, findings.by)
        said += _unranked(areas, findings.by, withheld=not ranked)
    return [text for text in said if text]


def area_sentences(findings: Findings) -> set[str]:
    """Those of the sentences that are about one area alone."""
    ranked = [[row for row in rows if row["row_type"] == "group" and known(row["rank"])]
              for rows in _sets(findings, among_column(findings)).values()]  # fmt: skip
    return {text for rows in ranked for text in _each(rows, findings.by)}


def _each(ranked: Sequence[Row], by: By) -> list[str]:
    """Each area that is ranked; of equal figures all have the same rank, and are said to share it."""
    ranks = [row["rank"] for row in ranked]
    return [rank_sentence(row, by, tied=ranks.count(row["rank"]) > 1) for row in ranked]


def like_words(among: str | None, label: Any) -> str:
    """Which areas are ranked among each other, where not all are."""
    if among is None or label is None:
        return ""
    return f" among those like {spoken(label)}" if among == "among" else f" where {inside(among)} is {spoken(label)}"


def _sets(findings: Findings, among: str | None) -> dict[Any, list[Row]]:
    """The rows that are ranked against each other."""
    found: dict[Any, list[Row]] = {}
    for row in findings.rows():
        if not is_missing(row["group"]) or row["group"] is None:
            found.setdefault((row["group"], row[among] if among else None), []).append(row)
    return found


def among_column(findings: Findings) -> str | None:
    """The column that says which areas are like each other, which stands before the ranks; None without one."""
    names = findings.columns
    at = names.index("rank")
    return None if names[at - 1] in RESERVED or names[at - 1] in findings.by else names[at - 1]


def _what(row: Row, areas: Sequence[Row]) -> str:
    """What is ranked: a figure, or the gap of a group, or how either changed."""
    name = spoken(row["measure"] or "value")
    if row["group"] is None:
        return name
    against = next((area for area in areas if area["reference"] and not name.startswith(CHANGES["change"])), None)
    return f"{name}, {group_of(row)}{f' against {reference_of(against)}' if against else ''}"


def differ_words(spreads: Sequence[Row], areas: Sequence[Row], by: By, like: str) -> str:
    """Whether areas differ beyond chance, by how much, and so whether they are ranked."""
    row, word = spreads[0], f"{areas_word(by)}{like}"
    what = capital(_what(row, areas))
    ranked = any(known(each["rank"]) for each in areas)
    if not is_spread(row) or not known(row["estimate"]):
        told = "ranked, as was insisted, by their figures as they are" if ranked else "not ranked"
        return f"{what}: it is not known how much of what {word} differ by is chance, so they are {told}."
    unit = unit_of(row)
    limits = f"{percent_level(row)} interval {unit.spread_number(row['low'])} to {unit.spread_number(row['high'])}"
    spread = f"{unit.spread(row['estimate'])} with chance taken out, {limits}"
    unlike = any(Flag.NOT_SHOWN_TO_DIFFER in flag_of(each) for each in areas)
    if not unlike:
        return f"{what}: {word} differ beyond chance ({spread})."
    so = (
        "ranks are shown all the same, as was insisted, and may say nothing but chance"
        if ranked
        else "no ranks are shown"
    )
    if row["high"] == unit.neutral:  # an interval without width would say that areas are surely alike
        return f"{what}: {word} vary even less than chance alone would make them, so {so}."
    return f"{what}: {word} are not shown to differ beyond chance ({spread}), so {so}."


def _last(rows: Sequence[Row], by: By) -> str:
    """Who could be last once all are looked at together."""
    n = max(row["compared_areas"] for row in rows)
    could = [area_of(dict(row), by) for row in rows if row["joint_rank_high"] == n]
    word = areas_word(by)
    if not could:
        return ""
    if len(could) == 1:
        return f"Beyond chance {could[0]} is last of the {n:.0f} {word}."
    named = listing(could) if len(could) <= FEW else f"{in_words(len(could))} of the {n:.0f} {word}"
    if len(could) == 2:
        return f"Either of {named} could be last, so neither of them can be called the last one."
    return f"Any of {named} could be last, so none of them can be called the last one."


def _ranges(rows: Sequence[Row], by: By) -> str:
    """What the two ranges of a rank are for, said once."""
    if not known(rows[0]["rank_low"]):
        return ""
    row = max(rows, key=_widened)
    right = f"The range of each rank ({percent_level(row)} interval) is right for one that was chosen beforehand"
    if _widened(row) == 0:
        return f"{right}, and for all of them together."
    ends = f"{ordinal(row['joint_rank_low'])} to {ordinal(row['joint_rank_high'])}"
    return (
        f"{right}; whoever looks through all {row['compared_areas']:.0f} and picks one out needs a wider one, such as "
        f"{ends} for {area_of(dict(row), by)}."
    )


def _widened(row: Row) -> float:
    """By how many places a range is wider for all together."""
    return float(row["joint_rank_high"] - row["rank_high"] + row["rank_low"] - row["joint_rank_low"])


def rank_sentence(row: Row, by: By, *, tied: bool) -> str:
    """Where one area ranks, where it could be, and how likely it is in the worst quarter."""
    name, n = area_of(dict(row), by), f"{row['compared_areas']:.0f}"
    rank = f"{name} ({_figure(row)}) ranks {'joint ' if tied else ''}{ordinal(row['rank'])} of {n}"
    if not known(row["rank_low"]):
        return f"{rank} by its figure as it is."
    ends = ordinal(row["rank_low"]), ordinal(row["rank_high"])
    where = f" and could be anywhere from {ends[0]} to {ends[1]}" if ends[0] != ends[1] else ", beyond chance"
    return f"{rank}{where}{_quarter(row)}."


def _quarter(row: Row) -> str:
    """The chance of being in the bottom quarter, in whole percent."""
    share = row["bottom_quarter"]
    if not known(share):
        return ""
    percent = 100 * share
    if percent < 0.5 or percent > 99.5:
        return f"; it is almost certainly {'' if percent > 50 else 'not '}in the bottom quarter"
    return f"; the chance that it is in the bottom quarter is {percent:.0f}%"


def _figure(row: Row) -> str:
    """The figure that is ranked."""
    if known(row["estimate"]):
        unit = unit_of(row)
        if str(row["measure"]).startswith(tuple(CHANGES.values())):
            return f"{unit.mark(row['estimate'])} percentage points"
        if unit.logarithmic:
            return unit.than(row["estimate"], reference_of(row))
        decimals = decimals_for(row["nobs"], row["reference_nobs"])
        found = unit.difference(row, decimals)
        return f"{found} {'as' if found == 'about the same' else 'than'} {reference_of(row)}"
    return area_value(row["value"], row)


def _unranked(rows: Sequence[Row], by: By, *, withheld: bool) -> list[str]:
    """Areas that are left out of the ranks of the others, and why."""
    if withheld:
        return []
    without = [row for row in rows if not known(row["rank"]) and not any(is_missing(row[name]) for name in by)]
    if not without:
        return []
    names = listing([area_of(dict(row), by) for row in without])
    return [f"{names} {'is' if len(without) == 1 else 'are'} not ranked: no figure, or none with an interval."]


def ordinal(number: float) -> str:
    """A place: "1st", "22nd", "13th".

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 13, 21.0, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '13th', '21st', '112th']
    """
    n = int(number)
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in (11, 12, 13) else "th"
    return f"{n}{ending}"
