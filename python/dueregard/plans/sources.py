"""A plan as it is given: a TOML file, a spreadsheet with a sheet for each noun, or a dict; all read as rows by noun."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dueregard.hints import did_you_mean
from dueregard.plans.given_rows import given_row
from dueregard.records.toml_files import TomlTable, TomlText, read_toml

HEAD = ("name", "starts", "ends", "provenance", "notes")
"""What a plan says of itself: keys at the top of the file, columns of the sheet "plan"."""

NOUNS = (
    "owners", "objectives", "measures", "baselines", "targets", "readings", "actions", "milestones", "costs",
    "recommendations", "assessments", "mitigations", "updates",
)  # fmt: skip
"""The tables of a plan, in the order in which they are read: what is referred to comes first."""

WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Source:
    """The head of a plan and its rows, each of which knows where it stands; and what is to be said of its reading."""

    head: TomlTable
    rows: Mapping[str, list[TomlTable]]
    notes: Sequence[str] = ()


def read_source(source: Any) -> Source:
    """The rows of a plan.

    Raises
    ------
    TypeError
        If it is neither a path nor a dict.
    FileNotFoundError
        When there is no such file.
    ValueError
        When the file is neither TOML nor a spreadsheet, or has a table that plans do not have.
    """
    if isinstance(source, Mapping):
        return _of_dict(source)
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(f"source: a plan is a path or a dict of lists, not {type(source).__name__}")
    path = Path(source)
    if path.suffix.lower() in WORKBOOKS:
        from dueregard.plans.workbooks import read_workbook

        return Source(*read_workbook(path, NOUNS))
    if path.suffix.lower() != ".toml":
        raise ValueError(f"source: {str(path)!r} is neither a .toml file nor a spreadsheet ({', '.join(WORKBOOKS)})")
    return _of_table(read_toml(path))


def _of_table(root: TomlTable) -> Source:
    return Source(_head(root), {noun: root.tables(noun) for noun in NOUNS})


def _head(root: TomlTable) -> TomlTable:
    for key in root.values:
        if key not in HEAD + NOUNS:
            hint = did_you_mean(key, HEAD + NOUNS)
            raise root.fail(f"a plan has no {key!r}{hint}; it has {', '.join(HEAD + NOUNS)}", key)
    return TomlTable(root.file, (), {key: root.get(key) for key in HEAD if key in root})


def _of_dict(source: Mapping[str, Any]) -> Source:
    head = _head(TomlTable(TomlText("plan", ""), (), source))
    return Source(head, {noun: list(_given(noun, source.get(noun, ()))) for noun in NOUNS})


def _given(noun: str, rows: Any) -> Iterator[TomlTable]:
    """The rows of one table, which are dicts."""
    if not isinstance(rows, list | tuple):
        raise ValueError(f"plan: {noun!r} is {rows!r}, not a list of dicts")
    for number, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise ValueError(f"{noun}, row {number + 1}: {row!r} is not a dict")
        yield given_row(noun, number, row)
