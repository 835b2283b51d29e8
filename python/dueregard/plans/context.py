"""What is known while the rows of a plan are read: the day it is judged at, who owns, and what was read before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.plans.spans import Span, read_span
from dueregard.records.toml_files import TomlTable

NOT_STARTED, IN_PROGRESS, DONE = STATUSES = ("not started", "in progress", "done")


@dataclass
class Context:
    """The plan so far.

    Parameters
    ----------
    on
        The day at which the plan is judged.
    items
        What was read, by noun, each under its id (rows without one under their number).
    """

    on: dt.date
    items: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def new_id(self, row: TomlTable, noun: str) -> str:
        """The id of a row, which no row of its noun had before."""
        identifier = row.text("id")
        if identifier in self.items.get(noun, {}):
            raise row.fail(f"the id {identifier!r} is listed twice among {noun}", "id")
        return str(identifier)

    def known(self, row: TomlTable, key: str, noun: str) -> str:
        """The id of another row that a key must name."""
        named = str(row.text(key))
        self.refuse_unknown(row, key, noun, named)
        return named

    def refuse_unknown(self, row: TomlTable, key: str, noun: str, named: str, item: int | None = None) -> None:
        """Refuse an id that is not among the rows of a noun."""
        ids = list(self.items.get(noun, {}))
        if named not in ids:
            hint = did_you_mean(named, ids)
            listed = f"; there are {', '.join(ids[:12])}" if ids else "; there are none"
            raise row.fail(f"{key!r} is {named!r}, which is not among {noun}{hint}{listed}", key, item)

    def owner(self, row: TomlTable, key: str = "owner") -> str | None:
        """Who owns it; where owners are listed, one of them."""
        owner = row.text(key, None)
        if owner is not None and self.items.get("owners"):
            self.refuse_unknown(row, key, "owners", owner)
        return None if owner is None else str(owner)

    def past(self, row: TomlTable, key: str) -> dt.date | None:
        """A day on which something happened, so that it cannot lie after the day of judgement."""
        day: dt.date | None = row.date(key, None)
        if day is not None and day > self.on:
            raise row.fail(f"{key!r} is {day}, after {self.on}, the day at which the plan is judged", key)
        return day

    def span(self, row: TomlTable) -> Span:
        """The period of a reading, which must have begun by the day of judgement and be over."""
        if isinstance(row.get("period"), dt.date):
            raise row.fail("'period' is a date; write it as text, since spreadsheets make days of months", "period")
        written = row.text("period")
        try:
            span = read_span(written)
        except ValueError as error:
            raise row.fail(f"'period': {error}", "period") from None
        if span.end > self.on:
            raise row.fail(f"the period {span.words!r} ends on {span.end}, after {self.on}, "
                           "the day at which the plan is judged", "period")  # fmt: skip
        return span


def one_of(row: TomlTable, key: str, words: Sequence[str], default: str | None = None) -> str:
    """A key that holds one of some words."""
    value = row.text(key) if default is None else row.text(key, default)
    if value not in words:
        hint = did_you_mean(value, words)
        raise row.fail(f"{key!r} is {value!r}{hint}; it is one of {', '.join(words)}", key)
    return str(value)


def not_before(row: TomlTable, key: str, day: dt.date | None, earlier: dt.date | None, of: str) -> None:
    """Refuse a day that lies before another."""
    if day is not None and earlier is not None and day < earlier:
        raise row.fail(f"{key!r} is {day}, before {of}, {earlier}", key)


def status_of(row: TomlTable, done: dt.date | None) -> str:
    """What a row says of itself; what has a day on which it was done is done."""
    status = one_of(row, "status", STATUSES, DONE if done else NOT_STARTED)
    if done is not None and status != DONE:
        raise row.fail(f"'status' is {status!r}, and 'done' says that it was done on {done}", "status")
    return status
