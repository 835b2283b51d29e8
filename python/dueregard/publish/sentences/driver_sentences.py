"""Key drivers in plain English: with which two most goes, how sure that is, what all explain, what is not said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dueregard.flags import Flag
from dueregard.measures.cannot_say import caution
from dueregard.publish.driver_sets import (
    DriverSet,
    any_rank,
    are_of_one_scale,
    by_share,
    driver_sets,
    foremost,
    has_room,
    helps,
    is_full_count,
    is_told,
)
from dueregard.publish.model_reasons import reason
from dueregard.publish.numbers import decimals_for, plain
from dueregard.publish.readings import is_all_areas, known
from dueregard.publish.sentences.assessments.parts import capital, in_words, listing
from dueregard.publish.sentences.chance_words import flag_of
from dueregard.publish.sentences.driver_areas import driver_areas
from dueregard.publish.sentences.driver_words import (
    driver_of,
    gain_words,
    more_of,
    outcome_of,
    rank_words,
    share_words,
)
from dueregard.publish.sentences.model_variation import are_alike, driver_variation
from dueregard.publish.sentences.survey_words import survey_words
from dueregard.publish.sentences.wording import Row, members_of, opening, percent_level, place_in, too_few

if TYPE_CHECKING:
    from dueregard.findings import Findings

By = Sequence[str]
SAMPLED = "Shares are averaged over orders of the drivers that were drawn by chance, not over all."
FEW = 3
"""So many drivers that are alike in something are named with their numbers, more by their names alone."""
MOST = 4
"""So many have their possible ranks told."""
NO_CHANCE = "This is a full count, so no allowance is made for chance."
IF_EFFECT = "Raising {them} would do that only if the association were an effect."


def driver_sentences(findings: Findings) -> list[str]:
    """What findings of kind "key drivers" say of each group of all areas, then of each area what would do most there,
    and once what such figures do not show."""
    sets, by = driver_sets(findings), findings.by
    if not sets:
        return []
    whole = [each for each in sets if not by or is_all_areas(each.whole, by)]
    areas = [each for each in sets if each not in whole]
    better = findings.higher_is_better
    first = next((each for each in sets if each.has_shares and foremost(each.drivers, better)), None)
    said = [text for each in whole for text in _of_set(each, by, better, effect=each is first)]
    said[1:1] = _once(findings, whole[0].whole) if whole else []
    said += driver_variation(findings)
    areas = [each for each in areas if not are_alike(findings, each.whole["group"])]
    said += driver_areas(areas, by, better) or [_lead(each, by, better, effect=each is first) for each in areas]
    if any(each.has_shares for each in sets):
        said.append(caution("key drivers"))
    return [text for text in said if text]


def _once(findings: Findings, row: Row) -> list[str]:
    """How people were asked."""
    return [NO_CHANCE if is_full_count(row) else "", survey_words(findings, row)]


def _of_set(each: DriverSet, by: By, better: bool | None, *, effect: bool) -> list[str]:
    """The drivers of one place and group."""
    if not each.is_whole and each.has_shares and not too_few(None, each.whole["nobs"]):
        return [_chosen(row) for row in each.drivers if known(row["value"])]
    lead = _lead(each, by, better, effect=effect)
    if not each.has_shares or too_few(None, each.whole["nobs"]):
        return [lead]
    about = [_categories(each), _shares(each), _together(each), *_lost(each)]
    about += [*_not_told(each), *_without_room(each), *_against(each, better)]
    return [lead, *(_for_group(text, each) for text in about if text)]


def _chosen(row: Row) -> str:
    """One driver of findings that do not have all of them."""
    share = f"{driver_of(row)} accounts for {share_words(row)} of what all drivers explain"
    if not known(row["gain"]):
        return f"{opening(row, share)}."
    return f"{opening(row, _goes_with(row, outcome_of(row)))}, the others equal; {share}."


def _categories(each: DriverSet) -> str:
    """The drivers that have no gain, since they are no scale, where others have one."""
    rows = [row for row in each.drivers if known(row["value"]) and not known(row["performance"])]
    if not rows or not any(known(row["gain"]) for row in each.drivers):
        return ""
    names, several = listing([driver_of(row) for row in rows]), len(rows) > 1
    are = "are categories and have no gain" if several else "is a category and has no gain"
    return (
        f"{capital(names)} {are}, so that {'they are' if several else 'it is'} not among these; scores= would give one."
    )


def _for_group(text: str, each: DriverSet) -> str:
    return f"For {members_of(each.whole)}: {text[:1].lower()}{text[1:]}" if each.group else text


def _lead(each: DriverSet, by: By, better: bool | None, *, effect: bool) -> str:
    """The two things that most goes with, or why there are none; and once what that is not."""
    row = each.whole
    who = f" for {members_of(row)}" if each.group else ""
    subject = f"of the {in_words(len(each.drivers))} drivers of {outcome_of(row)}{who}{place_in(row, by)}"
    if too_few(None, row["nobs"]):
        return f"{opening(row, subject)}: too few people to describe."
    if not each.has_shares:
        return f"{opening(row, subject)}, no share can be given{_why(row)}."
    first = foremost(each.drivers, better)
    if not first:
        return f"{opening(row, subject)}, {_none_leads(each)}."
    most = _most(first, each)
    gains = [_goes_with(one, outcome_of(row) if i == 0 else "") for i, one in enumerate(first)]
    equal = "with the others equal, " if len(each.drivers) > 1 else ""
    said = f"{opening(row, subject)}, {most}: {equal}{', and '.join(gains)}{_apart(first, each)}."
    return f"{said} {IF_EFFECT.format(them='them' if len(first) > 1 else 'it')}" if effect else said


def _most(first: Sequence[Row], each: DriverSet) -> str:
    """Which most goes with, where so much more of one is so much more of another; else which have the largest shares,
    of those that go with a better answer."""
    names = listing([driver_of(one) for one in first])
    if are_of_one_scale(each.drivers):
        return f"most goes with {names}"
    go = "that go" if is_full_count(each.whole) else "shown to go"
    have = "have the largest shares" if len(first) > 1 else "has the largest share"
    return f"{names} {have} of those {go} with a better answer, each in its own unit"


def _apart(first: Sequence[Row], each: DriverSet) -> str:
    """Whether the larger of two gains is shown to be so: their intervals do not meet."""
    if len(first) < 2 or is_full_count(each.whole) or not are_of_one_scale(each.drivers):
        return ""
    least, most = (sorted((abs(row["gain_low"]), abs(row["gain_high"]))) for row in first)
    return ", clearly less" if least[0] > most[1] else "; which of the two goes with more may be chance"


def _why(row: Row) -> str:
    """Why there is no share."""
    if not row["nobs"]:
        return ": no answers are complete"
    return f": {reason(row)}" if reason(row) else ", as the answers do not vary enough"


def _none_leads(each: DriverSet) -> str:
    """What is said where no gain with room to improve is told from none: the largest shares alone."""
    if any(known(row["gain"]) for row in each.drivers):
        goes = "goes" if is_full_count(each.whole) else "is shown to go"
        return f"there is none that {goes} with a better answer and has room to improve"
    first = by_share(each.drivers)[:2]
    have = "has the largest share" if len(first) == 1 else "have the largest shares"
    return f"{listing([driver_of(row) for row in first])} {have} of what they explain"


def _goes_with(row: Row, outcome: str = "") -> str:
    """What more of a driver goes with; of a further one without naming the outcome and the level again."""
    return (
        f"{more_of(row)} {f'goes with {outcome} being' if outcome else 'with'} {gain_words(row, level=bool(outcome))}"
    )


def _shares(each: DriverSet) -> str:
    """The two largest shares and where every driver may rank."""
    ordered = by_share(each.drivers)
    if len(ordered) < 2:
        return ""
    if each.whole.get("explained_low") == 0:
        return "It is not shown that the drivers explain anything, so that their shares say nothing."
    first = ordered[:2]
    what = " and ".join(f"{driver_of(row)} for {share_words(row, level=i == 0)}" for i, row in enumerate(first))
    return f"Of what the drivers explain, {what.replace(' for ', ' accounts for ', 1)}.{_ranks(ordered)}"


def _ranks(ordered: Sequence[Row]) -> str:
    """How sure the order by share is."""
    ranked = [row for row in ordered if known(row["rank_low"]) and known(row["rank_high"])]
    if not ranked:
        return ""
    open_ = [row for row in ranked if any_rank(row, ordered)]
    near = [row for row in ranked if row not in open_]
    told = [f"{driver_of(row)}{'' if i else ' is'} {rank_words(row, ordered)}" for i, row in enumerate(near[:MOST])]
    said = (
        f" Allowing for chance ({percent_level(ranked[0])} intervals of the ranks by share), {listing(told)}"
        if told
        else ""
    )
    if not open_:
        return f"{said}."
    names = listing([driver_of(row) for row in open_], FEW)
    could = f"{names} could stand at any place"
    return f"{said}; {could}." if said else f" Allowing for chance, {could}."


def _together(each: DriverSet) -> str:
    """How much all of them explain."""
    row, decimals = each.whole, decimals_for(each.whole["nobs"])
    if not known(row["explained"]):
        return ""
    limits = ""
    if known(row["explained_low"]) and known(row["explained_high"]):
        ends = f"{plain(row['explained_low'], decimals)} to {plain(row['explained_high'], decimals)}"
        limits = f" ({percent_level(row)} interval {ends})"
    of = "the differences between people's answers"
    if "McFadden" in str(row["method"]):
        of = "what there is to explain by McFadden's R squared"
    n, held = len(each.drivers), row.get("by_controls")
    who = f"Together the {in_words(n)} explain" if n > 1 else "It explains"
    beyond = f" beyond the {plain(held, decimals)}% that what is held equal explains" if known(held) else ""
    said = f"{who} {plain(row['explained'], decimals)}% of {of}{limits}{beyond}; the rest has to do with other things."
    return said + (f" {SAMPLED}" if Flag.SAMPLED_ORDERS in flag_of(row) else "")


def _lost(each: DriverSet) -> list[str]:
    """The drivers without a share, each with the reason where it is known."""
    lost = [row for row in each.drivers if not known(row["value"])]
    return [f"{capital(driver_of(row))} has no share{f': {reason(row)}' if reason(row) else ''}." for row in lost]


def _not_told(each: DriverSet) -> list[str]:
    """The drivers of which a gain cannot be told from none."""
    unsure = [row for row in each.drivers if known(row["gain"]) and known(row["gain_low"]) and not is_told(row)]
    many = "Whether more of {names} goes with a better or a worse answer cannot be told."
    return _told_of(unsure, _unsure, many, " or ")


def _unsure(row: Row) -> str:
    """One of them, with what it goes with in the sample."""
    what = f"Whether {more_of(row)} goes with {outcome_of(row)} being higher or lower cannot be told"
    return f"{what}: in these answers it is {gain_words(row)}."


def _without_room(each: DriverSet) -> list[str]:
    """The drivers that are at their best already."""
    full = [row for row in each.drivers if not has_room(row)]
    return _told_of(full, _full, "{names} are at their best already, so there is no room to improve.")


def _full(row: Row) -> str:
    best = f"{row['performance']:,.0f} of {row['best']:,.0f} points"
    return f"{capital(driver_of(row))} is at {best} already, so there is no room to improve."


def _against(each: DriverSet, better: bool | None) -> list[str]:
    """The drivers of which more goes with a worse answer: a reason to look at how they were asked and what they mean,
    not to let them fall."""
    worse = [row for row in each.drivers if is_told(row) and has_room(row) and not helps(row, better)]
    texts = _told_of(worse, lambda row: f"{capital(_goes_with(row, outcome_of(row)))}.", "More of {names} goes with a "
                     "worse answer.")  # fmt: skip
    if texts:
        texts[-1] += (
            " That is with the other drivers held equal, and can come about where drivers overlap; it is no reason to "
            "let them fall."
        )
    return texts


def _told_of(rows: Sequence[Row], tell: Callable[[Row], str], many: str, last: str = " and ") -> list[str]:
    """A sentence for each of a few drivers, one for more."""
    if len(rows) <= FEW:
        return [tell(row) for row in rows]
    *names, final = (driver_of(row) for row in rows)
    return [capital(many.format(names=f"{', '.join(names)}{last}{final}"))]
