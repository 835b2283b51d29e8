"""The status of everything in a plan that is to be done."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dueregard.plans.actions import Action
from dueregard.plans.context import DONE, NOT_STARTED
from dueregard.plans.recommendations import REJECTED, Recommendation
from dueregard.plans.rows import Columns, as_columns, written
from dueregard.plans.standings import OPEN, Standing, standing
from dueregard.plans.updates import Update

if TYPE_CHECKING:
    from dueregard.plans.plans import Contents

RESERVATION_OPEN = "reservation open"
KINDS = {"actions": "action", "milestones": "milestone", "recommendations": "recommendation",
         "assessments": "assessment", "mitigations": "mitigation"}  # fmt: skip
FIRST = (
    "measure", "item", "text", "owner", "due", "done", "days", "verdict", "waits_for", "update", "update_date", "note",
)  # fmt: skip


def columns(contents: "Contents", on: dt.date, within: int) -> Columns:
    """A row each, in the order of the plan."""
    return as_columns(list(rows(contents, on, within)), FIRST)


def rows(contents: "Contents", on: dt.date, within: int) -> list[dict[str, Any]]:
    """Actions, milestones, recommendations, assessments and mitigations, each with how it stands."""
    return [
        _row(noun, thing, _standing(contents, noun, thing, on, within), contents.updates)
        for noun in KINDS
        for thing in getattr(contents, noun)
    ]


def _row(noun: str, thing: Any, stands: Standing, updates: Sequence[Update]) -> dict[str, Any]:
    own = [each for each in updates if (each.noun, each.id) == (noun, thing.id)]
    latest = max(own, key=lambda each: each.date, default=None)
    return {
        "measure": KINDS[noun],
        "row_type": "group",
        "item": thing.id,
        "text": thing.title,
        "owner": thing.owner,
        "due": written(thing.due),
        "done": written(done_of(thing)),
        "days": stands.days,
        "verdict": stands.verdict,
        "update": latest.text if latest else None,
        "update_date": written(latest.date) if latest else None,
        "waits_for": stands.waits_for,
        "note": stands.note,
    }


def done_of(thing: Any) -> dt.date | None:
    """The day on which a thing was done; assessments are completed."""
    day: dt.date | None = getattr(thing, "completed" if hasattr(thing, "completed") else "done")
    return day


def _standing(contents: "Contents", noun: str, thing: Any, on: dt.date, within: int) -> Standing:
    if noun == "recommendations":
        return recommendation_standing(contents, thing, on, within)
    done = done_of(thing)
    status = getattr(thing, "status", DONE if done else NOT_STARTED)
    return standing(status, thing.due, done, on, within)


def recommendation_standing(contents: "Contents", thing: Recommendation, on: dt.date, within: int) -> Standing:
    """A recommendation that was rejected is not due; one with an open reservation waits for who decides, which makes
    it neither less overdue nor less due. One with actions is done when all of them are, and no sooner than its own row
    says if that says when; until then the actions that are overdue are named beside it."""
    if thing.answer == REJECTED:
        return Standing(REJECTED)
    linked = [action for action in contents.actions if action.id in thing.actions]
    open_ones = [action.id for action in linked if action.status != DONE]
    if thing.status == DONE and open_ones:
        return Standing("in progress", note=f"it is said to be done, and open is {', '.join(open_ones)}")
    status, done = thing.status, thing.done
    if status != DONE and linked:
        days = [action.done for action in linked]
        status = DONE if not open_ones else "in progress" if len(open_ones) < len(linked) else thing.status
        done = max((day for day in days if day), default=None) if status == DONE and all(days) else None
    stands = standing(status, thing.due, done, on, within)
    return stands if status == DONE else _held_up(stands, thing, linked, on)


def _held_up(stands: Standing, thing: Recommendation, linked: Sequence[Action], on: dt.date) -> Standing:
    """What is not done, with what it waits for."""
    waits, verdict = [], stands.verdict
    if thing.open_reservation:
        waits.append(f"{RESERVATION_OPEN}, {thing.decides or 'nobody named'} to decide")
        verdict = verdict if verdict in OPEN else RESERVATION_OPEN
    late = [each.id for each in linked if each.status != DONE and each.due is not None and each.due < on]
    if late:
        waits.append(f"action{'' if len(late) == 1 else 's'} {', '.join(late)} overdue")
    return stands._replace(verdict=verdict, waits_for="; ".join(waits) or None)
