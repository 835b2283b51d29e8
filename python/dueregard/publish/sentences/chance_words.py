"""What verdicts say of chance where rates, shares and likelihoods are compared."""

from __future__ import annotations

from dueregard.flags import Flag
from dueregard.measures.verdicts import CLEAR, NO_DIFFERENCE, TOO_FEW
from dueregard.publish.levels import kind_of
from dueregard.publish.numbers import threshold_in
from dueregard.publish.sentences.comparison_sentences import many_of
from dueregard.publish.sentences.wording import Row, percent_level
from dueregard.publish.units.amounts import Unit


def flag_of(row: Row) -> Flag:
    """The flags of a row; none where it has no column of them."""
    return Flag(row["flag"]) if isinstance(row["flag"], int) else Flag(0)


def chance_words(row: Row, unit: Unit, threshold: float | None, after: str = "") -> str:
    """What the verdict says; ``after`` ends the sentence on a clear difference."""
    verdict = row["verdict"] or ""
    if verdict.startswith(CLEAR):
        small = threshold_in(verdict)
        size = f", but within the {unit.mattering(small)}" if small else ""
        few = (
            f", {'and' if small else 'but'} it rests on fewer than 10 events" if Flag.FEW_EVENTS in flag_of(row) else ""
        )
        return f"This is more than chance would make it{size}{few}{after}."
    if verdict == NO_DIFFERENCE:
        size = "smaller than the one taken as mattering"
        if threshold is not None:
            size = f"within the {unit.mattering(threshold)}"
        return f"If there is a difference, it is {size}."
    if verdict.startswith(TOO_FEW):
        several = " once all comparisons are allowed for" if unit.excludes_neutral(row) else ""
        many = many_of(verdict)
        return f"These are too few to tell{several}: {many} the present numbers would be needed for a clear verdict."
    return "This is a full count, so no allowance is made for chance."


def at_other_level(row: Row, other: Row) -> str:
    """That another level comes to another verdict."""
    first, second = kind_of(row["verdict"]), kind_of(other["verdict"])
    if first == second or not first or not second:
        return ""
    says = "this is more than chance would make it" if second.startswith(CLEAR) else f"the verdict is: {second}"
    return f"At the {percent_level(other)} level {says}."
