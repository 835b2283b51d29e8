"""An objective: what a plan sets out to bring about."""

from dataclasses import dataclass

from dueregard.plans.context import Context
from dueregard.records.toml_files import TomlTable


@dataclass(frozen=True)
class Objective:
    """One objective."""

    id: str
    title: str
    owner: str | None = None
    source: str | None = None


def read_objective(row: TomlTable, context: Context) -> Objective:
    """An objective from its row."""
    row.only("id", "title", "owner", "source")
    return Objective(context.new_id(row, "objectives"), row.text("title"), context.owner(row), row.text("source", None))
