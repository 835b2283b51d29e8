"""Recommendations: what was answered, what is reserved, and how far their actions are."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from dueregard.flags import Flag
from dueregard.plans.context import DONE
from dueregard.plans.recommendations import ANSWERS
from dueregard.plans.rows import Columns, as_columns, percent, written
from dueregard.plans.status_rows import recommendation_standing

if TYPE_CHECKING:
    from dueregard.plans.plans import Contents

FIRST = (
    "measure", "item", "text", "answer", "reservation", "decides", "decided", "owner", "due", "count", "nobs", "value",
    "verdict", "waits_for", "note",
)  # fmt: skip


def columns(contents: "Contents", on: dt.date) -> Columns:
    """A row each, then the full count of each answer."""
    given = contents.recommendations
    rows = [_row(contents, each, on) for each in given]
    for answer in ANSWERS:
        count = sum(each.answer == answer for each in given)
        flag = Flag.FULL_COUNT if given else Flag.NO_CASES
        rows.append({
            "measure": f"recommendations {answer}", "row_type": "group", "count": count, "nobs": len(given),
            "value": percent(count, len(given)), "unit_of_measure": "percent", "flag": flag,
        })  # fmt: skip
    return as_columns(rows, FIRST)


def _row(contents: "Contents", each: Any, on: dt.date) -> dict[str, Any]:
    linked = [action for action in contents.actions if action.id in each.actions]
    stands = recommendation_standing(contents, each, on, 0)
    return {
        "measure": "recommendation",
        "row_type": "group",
        "item": each.id,
        "text": each.title,
        "answer": each.answer,
        "reservation": each.reservation,
        "decides": each.decides,
        "decided": written(each.decided),
        "owner": each.owner,
        "due": written(each.due),
        "count": sum(action.status == DONE for action in linked),
        "nobs": len(linked),
        "verdict": stands.verdict,
        "waits_for": stands.waits_for,
        "note": stands.note if linked else "; ".join(filter(None, [stands.note, "no linked action"])),
    }
