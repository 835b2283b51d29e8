"""Rows that were given as dicts, a frame or a file of rows: a refusal names the table and the row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dueregard.records.toml_files import TomlTable, TomlText


@dataclass(frozen=True)
class GivenRow(TomlTable):
    """One row that stands in no TOML file."""

    where: str = ""

    def fail(self, message: str, key: str | None = None, item: int | None = None) -> ValueError:
        """The error to raise about this row."""
        return ValueError(f"{self.file.source}, {self.where}: {message}")


def given_row(table: str, number: int, values: Mapping[str, Any], where: str | None = None) -> GivenRow:
    """A row of a table, which begins at 0 and is counted from 1 where nothing else says where it stands.

    >>> given_row("readings", 0, {"count": -1}).whole("count", low=0)
    Traceback (most recent call last):
    ValueError: readings, row 1: 'count' is -1, not a number of 0 or more
    """
    return GivenRow(TomlText(table, ""), (number,), values, where or f"row {number + 1}")
