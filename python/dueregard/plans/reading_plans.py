"""From the rows of a plan to its nouns: each row is checked against those read before it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dueregard.plans.actions import read_action
from dueregard.plans.context import Context
from dueregard.plans.costs import read_cost
from dueregard.plans.impact_assessments import read_assessment, read_mitigation
from dueregard.plans.measures import read_measure
from dueregard.plans.milestones import read_milestone
from dueregard.plans.objectives import read_objective
from dueregard.plans.readings import read_baseline, read_reading
from dueregard.plans.recommendations import read_recommendation
from dueregard.plans.sources import Source
from dueregard.plans.targets import read_target
from dueregard.plans.updates import read_update
from dueregard.records.toml_files import TomlTable


def read_owner(row: TomlTable, context: Context) -> str:
    """Who may own; listed once."""
    row.only("name", "role")
    name = str(row.text("name"))
    if name in context.items["owners"]:
        raise row.fail(f"the owner {name!r} is listed twice", "name")
    row.text("role", None)
    return name


READERS: dict[str, Callable[[TomlTable, Context], Any]] = {
    "owners": read_owner,
    "objectives": read_objective,
    "measures": read_measure,
    "baselines": read_baseline,
    "targets": read_target,
    "readings": read_reading,
    "actions": read_action,
    "milestones": read_milestone,
    "costs": read_cost,
    "recommendations": read_recommendation,
    "assessments": read_assessment,
    "mitigations": read_mitigation,
    "updates": read_update,
}


@dataclass(frozen=True)
class SetAside:
    """A row that could not be read, and why."""

    noun: str
    id: str | None
    why: str


def read_rows(source: Source, on: dt.date, strict: bool) -> tuple[Mapping[str, dict[Any, Any]], list[SetAside]]:
    """The rows by noun, and those that were set aside; with `strict` the first bad row is an error."""
    context = Context(on)
    aside: list[SetAside] = []
    for noun, read in READERS.items():
        items = context.items.setdefault(noun, {})
        for row in source.rows.get(noun, ()):
            try:
                item = read(row, context)
            except ValueError as error:
                if strict:
                    raise
                named = next((row.get(key) for key in ("id", "measure", "name") if key in row), None)
                aside.append(SetAside(noun, None if named is None else str(named), str(error)))
            else:
                items[_key(noun, item, len(items))] = item
    return context.items, aside


def _key(noun: str, item: Any, number: int) -> Any:
    """What a row is found by: its id, its series, the days of its series, or its number."""
    if noun == "owners":
        return item
    if noun in ("costs", "updates"):
        return number
    return getattr(item, {"baselines": "key", "targets": "key", "readings": "slot"}.get(noun, "id"))
