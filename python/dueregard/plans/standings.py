"""How a thing to be done stands at a day: done, late, overdue, due or to come."""

import datetime as dt
from typing import NamedTuple

from dueregard.plans.context import DONE

DONE_LATE, OVERDUE, DUE = "done late", "overdue", "due"
OPEN = (OVERDUE, DUE)


class Standing(NamedTuple):
    """A verdict, days (late by, overdue by, or left), and what it waits for."""

    verdict: str
    days: int | None = None
    note: str | None = None
    waits_for: str | None = None


def standing(status: str, due: dt.date | None, done: dt.date | None, on: dt.date, within: int) -> Standing:
    """How it stands, from what its row says and the days.

    >>> standing("in progress", dt.date(2011, 1, 15), None, dt.date(2011, 2, 1), 30)
    Standing(verdict='overdue', days=17, note='17 days overdue', waits_for=None)
    >>> standing("not started", dt.date(2011, 2, 15), None, dt.date(2011, 2, 1), 30).note
    'not started, 14 days left'
    """
    if status == DONE:
        return _done(due, done)
    if due is None:
        return Standing(status, note="no day by which it is due")
    left = (due - on).days
    if left < 0:
        return Standing(OVERDUE, -left, f"{_days(-left)} overdue")
    note = f"{status}, {_days(left)} left" if left else f"{status}, due on the day"
    return Standing(DUE if left <= within else status, left, note)


def _done(due: dt.date | None, done: dt.date | None) -> Standing:
    if done is None:
        return Standing(DONE, note="when it was done is not said")
    if due is None or done <= due:
        return Standing(DONE, 0 if due else None)
    late = (done - due).days
    return Standing(DONE_LATE, late, f"{_days(late)} late")


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"
