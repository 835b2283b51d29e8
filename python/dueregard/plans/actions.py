"""An action: what is done for an objective, by whom and by when."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context, not_before, status_of
from dueregard.records.toml_files import TomlTable


@dataclass(frozen=True)
class Action:
    """One action; ``done`` is the day on which it was, where that is known."""

    id: str
    objective: str
    title: str
    status: str
    owner: str | None = None
    starts: dt.date | None = None
    due: dt.date | None = None
    done: dt.date | None = None
    source: str | None = None


def read_action(row: TomlTable, context: Context) -> Action:
    """An action from its row; it belongs to an objective."""
    row.only("id", "objective", "title", "owner", "starts", "due", "status", "done", "source")
    starts, due, done = row.date("starts", None), row.date("due", None), context.past(row, "done")
    not_before(row, "due", due, starts, "its start")
    not_before(row, "done", done, starts, "its start")
    return Action(
        id=context.new_id(row, "actions"),
        objective=context.known(row, "objective", "objectives"),
        title=row.text("title"),
        status=status_of(row, done),
        owner=context.owner(row),
        starts=starts,
        due=due,
        done=done,
        source=row.text("source", None),
    )
