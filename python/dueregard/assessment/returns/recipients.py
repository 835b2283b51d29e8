"""The units that are asked: their kind, area, date and contact, from a list, a dict or a table."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Any

from dueregard.assessment import response_table
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns.cell_values import date_of, text_of
from dueregard.hints import did_you_mean

KNOWN = ("unit", "kind", "area", "due", "contact")


@dataclass(frozen=True)
class Recipient:
    """A unit that is asked for a return."""

    unit: str
    kind: str
    area: str | None = None
    due: dt.date | None = None
    contact: str | None = None
    kind_is_given: bool = True
    """Whether its kind was named, or is the framework's own for want of one."""


def read_recipients(
    units: Any, framework: Framework, argument: str, *, due: Any = None, contact: str | None = None
) -> list[Recipient]:
    """The units of a list of names, a dict of unit to kind, or a table with the column ``unit`` and others of `KNOWN`.

    ``due`` and ``contact`` hold for units that have none of their own.

    Raises
    ------
    ValueError
        If a unit has no name or is named twice, a kind is unknown, a date is none, or a column is unknown.
    """
    columns = _columns(units, framework, argument)
    for name in columns:
        if name not in KNOWN:
            raise ValueError(f"{argument}: no column {name!r} is known{did_you_mean(name, KNOWN)}; {_listed()}")
    if "unit" not in columns:
        raise ValueError(f"{argument}: no column 'unit'; {_listed()}")
    general = date_argument("due", due)
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    found = [_recipient(row, n, framework, argument, general, contact) for n, row in enumerate(rows)]
    _refuse_twice(found, argument)
    return found


def _columns(units: Any, framework: Framework, argument: str) -> dict[str, list[Any]]:
    if isinstance(units, str | PathLike):
        return response_table.read(units, argument)
    if isinstance(units, Mapping):
        if any(kind is not None and not isinstance(kind, str) for kind in units.values()):
            return response_table.read(units, argument)
        return {"unit": list(units), "kind": list(units.values())}
    if hasattr(units, "columns") or hasattr(units, "__arrow_c_stream__"):
        return response_table.read(units, argument)
    try:
        return {"unit": list(units)}
    except TypeError:
        raise TypeError(
            f"{argument}: {units!r} is not a list of units, a dict of unit to kind, or a table with a column 'unit'"
        ) from None


def _recipient(
    row: Mapping[str, Any], n: int, framework: Framework, argument: str, due: dt.date | None, contact: str | None
) -> Recipient:
    unit = text_of(row["unit"])
    if not unit:
        raise ValueError(f"{argument}: no unit at row {n}")
    try:
        own = date_of(row.get("due"))
    except ValueError as error:
        raise ValueError(f"{argument}: due of {unit!r}: {error}") from None
    try:
        kind = kind_of(row.get("kind"), framework)
    except ValueError as error:
        raise ValueError(f"{argument}: kind of {unit!r}: {error}") from None
    area, contact = text_of(row.get("area")) or None, text_of(row.get("contact")) or contact
    return Recipient(unit, kind, area, own or due, contact, bool(text_of(row.get("kind"))))


def kind_of(value: Any, framework: Framework) -> str:
    """A kind of unit that the framework knows; its own where none is given.

    Raises
    ------
    ValueError
        If it knows no such kind.
    """
    kind = text_of(value)
    if not kind:
        return framework.kind
    known = {name.casefold(): name for name in framework.kinds}
    if kind.casefold() not in known:
        hint = did_you_mean(kind, framework.kinds)
        raise ValueError(f"{kind!r} is not a kind of unit{hint}; there are {', '.join(framework.kinds)}")
    return known[kind.casefold()]


def date_argument(argument: str, value: Any) -> dt.date | None:
    """A date that an argument gives; None for None."""
    if hasattr(value, "astype"):  # a datetime64
        value = value.astype("datetime64[D]").item()
    if value is not None and not isinstance(value, str | dt.date):
        raise TypeError(f"{argument}: {value!r} is not a date")
    try:
        return date_of(value)
    except ValueError as error:
        raise ValueError(f"{argument}: {error}") from None


def _refuse_twice(recipients: list[Recipient], argument: str) -> None:
    seen: dict[str, int] = {}
    for n, recipient in enumerate(recipients):
        if recipient.unit in seen:
            raise ValueError(f"{argument}: {recipient.unit!r} is listed twice, at rows {seen[recipient.unit]} and {n}")
        seen[recipient.unit] = n


def _listed() -> str:
    return f"a table of units has the columns {', '.join(KNOWN)}, of which only unit is needed"
