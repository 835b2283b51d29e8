"""An update: what was reported of one row of a plan, and when. Plans are not changed; updates are added to the file."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context
from dueregard.records.toml_files import TomlTable

ABOUT = {
    "objective": "objectives",
    "measure": "measures",
    "action": "actions",
    "milestone": "milestones",
    "recommendation": "recommendations",
    "assessment": "assessments",
    "mitigation": "mitigations",
}
"""What an update may be of, by the key that names it."""


@dataclass(frozen=True)
class Update:
    """One update of the row ``id`` of a noun."""

    noun: str
    id: str
    date: dt.date
    text: str
    by: str | None = None


def read_update(row: TomlTable, context: Context) -> Update:
    """An update from its row."""
    row.only(*ABOUT, "date", "text", "by")
    keys = [key for key in ABOUT if key in row]
    if len(keys) != 1:
        found = f"of {', '.join(keys)}" if keys else "of nothing"
        raise row.fail(f"an update is of one of {', '.join(ABOUT)}; this is {found}")
    if "date" not in row:
        raise row.fail("there is no 'date'")
    day = context.past(row, "date")
    assert day is not None
    return Update(
        ABOUT[keys[0]], context.known(row, keys[0], ABOUT[keys[0]]), day, row.text("text"), context.owner(row, "by")
    )
