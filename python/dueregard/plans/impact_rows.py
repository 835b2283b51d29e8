"""Equality impact assessments: due, completed, on time; and the mitigations that are open."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.plans.context import DONE, NOT_STARTED
from dueregard.plans.impact_assessments import ImpactAssessment
from dueregard.plans.rows import Columns, as_columns, percent, written
from dueregard.plans.standings import standing

if TYPE_CHECKING:
    from dueregard.plans.plans import Contents

FIRST = (
    "measure", "item", "text", "organisation", "owner", "due", "done", "days", "mitigations", "mitigations_open",
    "open", "count", "nobs", "value", "verdict", "note",
)  # fmt: skip


def columns(contents: "Contents", on: dt.date) -> Columns:
    """A row each, then what they come to."""
    every = contents.assessments
    due = [each for each in every if each.due is not None and each.due <= on]
    done = [each for each in due if each.completed is not None]
    on_time = [each for each in done if _in_time(each)]
    still_open = [each for each in contents.mitigations if each.is_open]
    rows = [_row(contents, each, on) for each in every]
    rows += [
        _total("assessments completed of those due", len(done), len(due)),
        _total("assessments completed on time of those due", len(on_time), len(due)),
        _total("mitigations open", len(still_open), len(contents.mitigations)),
    ]
    return as_columns(rows, FIRST)


def _in_time(each: ImpactAssessment) -> bool:
    return each.completed is not None and each.due is not None and each.completed <= each.due


def _total(measure: str, count: int, nobs: int) -> dict[str, Any]:
    flag = Flag.FULL_COUNT if nobs else Flag.NO_CASES
    return {
        "measure": measure, "row_type": "group", "count": count, "nobs": nobs, "value": percent(count, nobs),
        "unit_of_measure": "percent", "flag": flag,
    }  # fmt: skip


def _row(contents: "Contents", each: ImpactAssessment, on: dt.date) -> dict[str, Any]:
    own = [mitigation for mitigation in contents.mitigations if mitigation.assessment == each.id]
    stands = standing(DONE if each.completed else NOT_STARTED, each.due, each.completed, on, 0)
    open_ones: Sequence[str] = [mitigation.id for mitigation in own if mitigation.is_open]
    return {
        "measure": "assessment",
        "row_type": "group",
        "item": each.id,
        "text": each.title,
        "organisation": each.group,
        "owner": each.owner,
        "due": written(each.due),
        "done": written(each.completed),
        "days": stands.days,
        "mitigations": len(own),
        "mitigations_open": len(open_ones),
        "open": ", ".join(open_ones) or None,
        "verdict": stands.verdict,
        "note": stands.note,
    }
