"""What a report is made from: which table, how many records, and the hash that ties the report to it."""

from __future__ import annotations

import glob
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dueregard.findings import Findings
    from dueregard.tallies import Tally


@dataclass(frozen=True)
class Input:
    """One input.

    Parameters
    ----------
    name
        What it is.
    source
        Where it came from.
    records
        How many rows it has.
    sha256
        Hash of what `hashed` says.
    hashed
        What the hash is of: "file", "columns" or "counts".
    """

    name: str
    source: str
    records: int
    sha256: str
    hashed: str


def input_of_table(name: str, table: Mapping[str, Any]) -> Input:
    """An embedded table or example records; the hash is of its columns, in order."""
    records = len(next(iter(table.values()), ()))
    source = str(getattr(table, "provenance", "") or "embedded table")
    return Input(name, source, records, hash_of_columns(table), "columns")


def input_of_findings(name: str, findings: Findings) -> Input:
    """Findings that were made before: the hash is of their columns."""
    columns = findings.to_dict()
    return Input(name, findings.provenance or "findings", len(findings), hash_of_columns(columns), "columns")


def input_of_own(name: str, own: Any) -> Input:
    """Findings, or an assessment, rounds or a plan: the hash is of the answers, or of the rows of the plan."""
    from dueregard.plans.plans import Plan

    if isinstance(own, Plan):
        rows = {noun: list(rows) for noun, rows in vars(own.contents).items()}
        return Input(name, own.provenance or "plan", sum(map(len, rows.values())), hash_of_columns(rows), "rows")
    if hasattr(own, "rows"):
        return input_of_findings(name, own)
    parts = list(own.values()) if isinstance(own, Mapping) else [own]
    tables = [one.answers_by_indicator() if one.by_indicator else one.scores() for one in parts]
    columns = {f"{i} {column}": each[column] for i, each in enumerate(tables) for column in each.columns}
    records = sum(len(each) for each in tables)
    return Input(name, parts[0].provenance or "assessment", records, hash_of_columns(columns), "answers")


def input_of_data(name: str, data: Any, tally: Tally) -> Input:
    """The user's own data: the hash is of the files, or for a table in memory of the counts taken from it."""
    records = int(tally.counts.sum())
    if isinstance(data, (str, PathLike)):
        paths = files_of(fspath(data))
        source = ", ".join(path.name for path in paths)
        return Input(name, source, records, hash_of_files(paths), "file" if len(paths) == 1 else "files")
    return Input(name, f"{type(data).__name__} in memory", records, hash_of_counts(tally), "counts")


def files_of(path: str) -> list[Path]:
    """The file, or the files of a glob in order of their names."""
    return [Path(path)] if Path(path).exists() else [Path(found) for found in sorted(glob.glob(path))]


def hash_of_files(paths: list[Path]) -> str:
    """SHA-256 of a file; of several, of their contents one after another."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def hash_of_columns(table: Mapping[str, Any]) -> str:
    """SHA-256 of the names of the columns and of their values written as text, one a line."""
    digest = hashlib.sha256()
    for name, column in table.items():
        values = column.tolist() if hasattr(column, "tolist") else column
        digest.update("\n".join([str(name), *map(str, values), "\n"]).encode())
    return digest.hexdigest()


def hash_of_counts(tally: Tally) -> str:
    """SHA-256 of the labels and counts as JSON."""
    labels = {name: [str(label) for label in tally.labels[name]] for name in tally.dims}
    counts = {"labels": labels, "counts": tally.counts.ravel().tolist()}
    return hashlib.sha256(json.dumps(counts, ensure_ascii=False).encode()).hexdigest()
