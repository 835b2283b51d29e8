"""What a measure of a plan comes to in one line: its reading, how that changed, and how it stands to its target."""

from __future__ import annotations

from typing import NamedTuple

from dueregard.plans.changes import CANNOT_TELL, IMPROVED, TOO_FEW, UNCHANGED, WORSENED
from dueregard.plans.courses import MET, NO_READING, NO_TARGET, NOT_MET, OFF_COURSE, ON_COURSE
from dueregard.publish.days import days_in_words, period_in_words, when
from dueregard.publish.numbers import spoken
from dueregard.publish.readings import known
from dueregard.publish.sentences.plan_sentences import change_size, has_become, is_hidden
from dueregard.publish.sentences.wording import Row
from dueregard.publish.tables.plan_grids import value_text

TOLD = (MET, NOT_MET, ON_COURSE, OFF_COURSE)


class Short(NamedTuple):
    """The reading with its unit, and the rest of the line."""

    figure: str
    unit: str
    text: str


def in_short(row: Row) -> Short | None:
    """A row of `Plan.progress` in one line; None where there is no reading, or one of too few people to describe."""
    if row["course"] == NO_READING or not known(row["value"]) or is_hidden(row):
        return None
    unit = "percentage points" if row["measured_in"] == "percentage points" else ""
    said = f"{when(spoken(row['period']))} for {spoken(row['measure'])}: {_change(row)}{_course(row)}."
    return Short(value_text(row, row["value"]), unit, said)


def by_weight(row: Row) -> tuple[bool, bool]:
    """Measures that changed beyond chance come first, then those that can be held against their target."""
    return row["verdict"] not in (IMPROVED, WORSENED), row["course"] not in TOLD


def _change(row: Row) -> str:
    if not known(row["reference_value"]):
        return "there is no earlier reading to compare with"
    since = f" since {period_in_words(spoken(row['reference_period']))}"
    if not known(row["estimate"]) or row["verdict"] == CANNOT_TELL:
        return f"whether it changed{since} cannot be told"
    if row["verdict"] == UNCHANGED:
        return f"unchanged{since}"
    few = row["verdict"] == TOO_FEW
    verdict = "too few to tell whether it changed" if few else f"it has {has_become(row['verdict'])}"
    return f"{change_size(row)}{since}, {verdict}"


def _course(row: Row) -> str:
    if row["course"] == NO_TARGET:
        return ""
    by = f" by {days_in_words(row['target_date'])}" if row["target_date"] else ""
    return f"; {row['course']} (the target is {value_text(row, row['target'])}{by})"
