"""A group against its reference in plain English: both values, the difference, its intervals, what it comes to."""

from __future__ import annotations

from collections.abc import Sequence

from dueregard.flags import SMALL_BASE, Flag
from dueregard.inference.references import Reference
from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE, TOO_FEW
from dueregard.missing import NOT_APPLICABLE, is_missing
from dueregard.publish.levels import kind_of
from dueregard.publish.numbers import decimals_for, spoken, threshold_in
from dueregard.publish.readings import known
from dueregard.publish.sentences.wording import (
    Row,
    group_of,
    members_of,
    opening,
    percent_level,
    place_in,
    reference_of,
    too_few,
)
from dueregard.publish.units.amounts import Unit, unit_of


def comparison(row: Row, by: Sequence[str], threshold: float | None, further: Sequence[Row] = ()) -> str:
    """A group against its reference, or why there is no comparison; `further` are the rows of other levels."""
    subject = opening(row, f"{spoken(row['measure'])}{place_in(row, by)}")
    group, unit = group_of(row), unit_of(row)
    if row["group"] == NOT_APPLICABLE:
        return f"{subject}: {row['nobs']:,} cases are of no person, and compared with nobody." if row["nobs"] else ""
    if isinstance(row["flag"], int) and Flag.NOT_RECORDED in Flag(row["flag"]):
        return f"{subject} is not available for {group}: the source does not record it."
    if row["nobs"] == 0:
        return f"{subject} cannot be given for {group}: no cases."
    if too_few(row["count"], row["nobs"]):
        return f"{subject}: too few {members_of(row)} to describe."
    decimals = decimals_for(row["nobs"], row["reference_nobs"])
    value = f"{subject} was {unit.value(row['value'], decimals)} for {group}" if known(row["value"]) else subject
    alone = _why_alone(row, unit)
    if alone:
        return f"{value}; {alone}."
    against = f"against {unit.against(row['reference_value'], decimals, reference_of(row))}"
    rows = (row, *further)
    intervals = "; ".join(text for each in rows if (text := intervals_of(each, unit, decimals)))
    limits = f" ({intervals})" if intervals else ""
    estimate = unit.difference(row, decimals) if known(row["estimate"]) else unit.undefined(row, decimals)
    return f"{value} {against}: {estimate}{limits}. {_meaning(row, unit, threshold)}" + "".join(
        _elsewhere(row, other, unit, threshold) for other in further
    )


def _why_alone(row: Row, unit: Unit) -> str:
    """Why a group is not compared, or nothing."""
    undefined = not known(row["estimate"]) and not known(row["low"])
    if is_missing(row["group"]):
        return "this is not a group to compare"
    if undefined and row["reference_nobs"]:
        why = _why_undefined(row, unit)
        if why:
            return why
    if row["reference"] in (Reference.OVERALL.value, Reference.REST.value) and undefined:
        return "there is no other group with cases to compare with"
    if row["reference_nobs"] == 0 or undefined:
        return f"there are no cases in {reference_of(row)} to compare with"
    if too_few(row["reference_count"], row["reference_nobs"]):
        return f"too few people in {reference_of(row)} to compare with"
    return ""


def _why_undefined(row: Row, unit: Unit) -> str:
    """Why two groups with cases have neither an estimate nor limits, where the row tells."""
    if isinstance(row["flag"], int) and Flag.NOT_REACHED in Flag(row["flag"]):
        return "a median was not reached, so there is no difference to give"
    both_none_or_all = unit.logarithmic and row["value"] == row["reference_value"] in (0, 100)
    return unit.undefined(row, 0) if both_none_or_all else ""


def intervals_of(row: Row, unit: Unit, decimals: int) -> str:
    """The interval of a row with its level, and the one that holds for all comparisons where there is one."""
    low, high = row["low"], row["high"]
    if not (known(low) and known(high)):
        return ""
    text = f"{percent_level(row)} interval {unit.span(low, high, decimals)}"
    wide = row.get("simultaneous_low"), row.get("simultaneous_high")
    if not (known(wide[0]) and known(wide[1])) or wide == (low, high):
        return text
    return f"{text}, or {unit.span(*wide, decimals)} for all comparisons at once"  # type: ignore[arg-type]


def _meaning(row: Row, unit: Unit, threshold: float | None) -> str:
    """What the verdict says, and what cannot be said."""
    verdict = row["verdict"] or ""
    if verdict.startswith(CLEAR):
        small = threshold_in(verdict)
        size = f", but one within the {unit.mattering(small)}" if small else ""
        return f"This is clear evidence of a difference{size}{_caveat(row, bool(small))}; it does not say why."
    if verdict == NO_DIFFERENCE:
        return f"If there is a difference, it is {_within(unit, threshold)}."
    if verdict.startswith(TOO_FEW):
        many = many_of(verdict)
        several = " once all comparisons are allowed for" if unit.excludes_neutral(row) else ""
        return (
            f"These are too few cases to tell{several}: {many} the present numbers would be needed for a clear verdict."
        )
    return "This is a full count, so no allowance is made for chance."


def many_of(verdict: str) -> str:
    """How many times the present numbers a verdict asks for."""
    return verdict.partition(": ")[2].removesuffix(" the present numbers needed")


def _within(unit: Unit, threshold: float | None) -> str:
    return "smaller than the one taken as mattering" if threshold is None else f"within the {unit.mattering(threshold)}"


def _elsewhere(row: Row, other: Row, unit: Unit, threshold: float | None) -> str:
    """That another level comes to another verdict."""
    first, second = kind_of(row["verdict"]), kind_of(other["verdict"])
    if first == second or not first or not second:
        return ""
    if second.startswith(TOO_FEW):
        says = "these are too few cases to tell"
    elif second == NO_DIFFERENCE:
        says = f"a difference is not shown; if there is one, it is {_within(unit, threshold)}"
    elif not first.startswith(CLEAR):
        says = "this is clear evidence of a difference"
    elif (small := threshold_in(second)) is not None:
        says = f"the difference is one within the {unit.mattering(small)}"
    else:
        says = "the difference could be larger than that"
    return f" At the {percent_level(other)} level {says}."


def _caveat(row: Row, second: bool) -> str:
    """That a clear difference rests on few people, on either side."""
    flag = Flag(row["flag"]) if isinstance(row["flag"], int) else Flag(0)
    few = f"{'the equivalent of ' if Flag.EFFECTIVE_SIZE in flag else ''}fewer than {SMALL_BASE} people"
    joint = " and" if second else ", but"
    if Flag.SMALL_BASE in flag:
        return f"{joint} it rests on {few}"
    return f"{joint} it is from {few} in {reference_of(row)}" if Flag.SMALL_REFERENCE in flag else ""
