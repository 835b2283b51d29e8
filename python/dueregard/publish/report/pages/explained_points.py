"""The main points of a page on a gap taken apart: what would remain of it, and what has moved among like people."""

from __future__ import annotations

from dueregard.publish.driver_sets import is_told
from dueregard.publish.gap_change_sets import ChangeSet
from dueregard.publish.gap_part_sets import PartSet, has_gap
from dueregard.publish.numbers import plain, spoken
from dueregard.publish.readings import Row, known
from dueregard.publish.report.pages.parts import UNCLEAR, Point
from dueregard.publish.sentences.movements import Movement
from dueregard.publish.sentences.part_words import decimals_of, share_of_gap
from dueregard.publish.sentences.wording import group_of, percent_level, reference_of, too_few
from dueregard.publish.units.amounts import Points, unit_of

GAP_WORDS = ("wider", "narrower")
"""What a change of a gap is: one that crosses none is the change of a difference, up or down."""


def remains_point(each: PartSet, held: str) -> Point | None:
    """How much of a gap would remain if the groups were alike in what is held equal."""
    gap, rest = each.gap, each.rest
    if rest is None or not _can_be_told(gap, rest):
        return None
    unit, decimals = unit_of(gap), decimals_of(gap)
    what, alike = f"{spoken(gap['measure'])}; {_sides(gap)}", f"would remain if both were alike in {held}"
    of = f"the gap of {unit.size(plain(gap['estimate'], decimals))} ({what})"
    limits = _limits(rest, unit.span(rest["low"], rest["high"], decimals) if _has_limits(rest) else "")
    if _has_limits(gap) and not has_gap(gap):
        return Point(UNCLEAR, "", f"whether there is a gap to take apart ({what}).")
    if _has_limits(rest) and not is_told(rest, "estimate"):
        return Point(UNCLEAR, "", f"whether anything of {of} {alike}{limits}.")
    if not each.is_alike_enough:
        share = plain(each.without_counterpart, 0)
        return Point(UNCLEAR, "", f"what of {of} {alike}: {share}% of people have no counterpart in the other group.")
    size, share = plain(rest["estimate"], decimals), share_of_gap(rest)
    said = f"{unit.side(rest['estimate'])}{limits}: what of {of} {alike}"
    return Point(size, _unit(size, gap), f"{said}{f', {share}' if share else ''}.")


def moved_point(each: ChangeSet) -> Point | None:
    """How much of the change of a gap goes with the answers of people who are alike."""
    change, rates = each.change, next((row for row in each.totals if row["part"] == "rates"), None)
    if rates is None or not _can_be_told(change, rates):
        return None
    decimals, (down, up) = decimals_of(change), each.sides
    whose = f"({spoken(change['measure'])}; {_sides(change)})"
    of = f"the change of the {'gap' if up in GAP_WORDS else 'difference'} {whose}"
    limits = _limits(rates, Movement("", down, up, decimals).span(rates) if _has_limits(rates) else "")
    goes = "goes with the answers of people who are alike"
    if _has_limits(rates) and not is_told(rates, "estimate"):
        return Point(UNCLEAR, "", f"whether anything of {of} {goes}{limits}.")
    size, way = plain(rates["estimate"], decimals), down if rates["estimate"] < 0 else up
    return Point(size, _unit(size, change), f"{way}{limits}: what of {of} {goes}, and not with who answered.")


def _can_be_told(whole: Row, part: Row) -> bool:
    """Whether both are known, of people enough to describe."""
    few = any(too_few(None, whole[name]) for name in ("nobs", "reference_nobs"))
    return known(whole["estimate"]) and known(part["estimate"]) and not few


def _sides(row: Row) -> str:
    return f"{group_of(row)} against {reference_of(row)}"


def _has_limits(row: Row) -> bool:
    """Whether there is an interval; of a full count there is none."""
    return known(row["low"]) and known(row["high"])


def _limits(row: Row, span: str) -> str:
    return f" ({percent_level(row)} interval {span})" if span else ""


def _unit(size: str, row: Row) -> str:
    """The unit of a point."""
    unit = unit_of(row)
    return ("point" if size == "1" else "points") if isinstance(unit, Points) else unit.name
