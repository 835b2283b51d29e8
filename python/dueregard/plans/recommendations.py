"""A recommendation: accepted, accepted with a reservation that someone decides on, or rejected."""

import datetime as dt
from dataclasses import dataclass

from dueregard.plans.context import Context, one_of, status_of
from dueregard.records.toml_files import TomlTable

ACCEPTED, RESERVED, REJECTED = ANSWERS = ("accepted", "accepted with reservation", "rejected")


@dataclass(frozen=True)
class Recommendation:
    """One recommendation and what carries it out.

    Parameters
    ----------
    answer : {"accepted", "accepted with reservation", "rejected"}
    reservation
        What is to be settled before it goes ahead.
    decides
        Who decides on the reservation.
    decided
        The day on which that was; None while it is open.
    actions
        Ids of the actions that carry it out.
    status, due, done
        Of the recommendation itself.
    """

    id: str
    title: str
    answer: str
    reservation: str | None = None
    decides: str | None = None
    decided: dt.date | None = None
    actions: tuple[str, ...] = ()
    status: str = "not started"
    owner: str | None = None
    due: dt.date | None = None
    done: dt.date | None = None
    source: str | None = None

    @property
    def open_reservation(self) -> bool:
        """Whether something is still to be decided before it goes ahead."""
        return self.answer == RESERVED and self.decided is None


def read_recommendation(row: TomlTable, context: Context) -> Recommendation:
    """A recommendation from its row; a reservation is said, and one that is said has its answer."""
    row.only(
        "id", "title", "answer", "reservation", "decides", "decided", "actions", "status", "owner", "due", "done",
        "source",
    )  # fmt: skip
    answer = one_of(row, "answer", ANSWERS)
    if answer == RESERVED and "reservation" not in row:
        raise row.fail(f"it is {RESERVED!r}, and there is no 'reservation'", "answer")
    for key in ("reservation", "decides", "decided"):
        if key in row and answer != RESERVED:
            raise row.fail(f"{key!r} is given, and the answer is {answer!r}, not {RESERVED!r}", key)
    actions = row.texts("actions", ())
    for item, action in enumerate(actions):
        context.refuse_unknown(row, "actions", "actions", action, item)
    done = context.past(row, "done")
    return Recommendation(
        id=context.new_id(row, "recommendations"),
        title=row.text("title"),
        answer=answer,
        reservation=row.text("reservation", None),
        decides=row.text("decides", None),
        decided=context.past(row, "decided"),
        actions=actions,
        status=status_of(row, done),
        owner=context.owner(row),
        due=row.date("due", None),
        done=done,
        source=row.text("source", None),
    )
