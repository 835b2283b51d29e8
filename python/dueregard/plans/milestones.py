"""A milestone: a step of an action that is reached by a day."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context, status_of
from dueregard.records.toml_files import TomlTable


@dataclass(frozen=True)
class Milestone:
    """One milestone of an action."""

    id: str
    action: str
    title: str
    status: str
    owner: str | None = None
    due: dt.date | None = None
    done: dt.date | None = None


def read_milestone(row: TomlTable, context: Context) -> Milestone:
    """A milestone from its row; its owner is that of the action unless it has one of its own."""
    row.only("id", "action", "title", "owner", "due", "status", "done")
    action = context.items["actions"][context.known(row, "action", "actions")]
    done = context.past(row, "done")
    return Milestone(
        id=context.new_id(row, "milestones"),
        action=action.id,
        title=row.text("title"),
        status=status_of(row, done),
        owner=context.owner(row) or action.owner,
        due=row.date("due", None),
        done=done,
    )
