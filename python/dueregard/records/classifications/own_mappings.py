"""Mappings of one's own: a dict, or a small file that can be kept beside the records."""

import csv
import tomllib
from collections.abc import Mapping as Dict
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from dueregard.missing import KINDS
from dueregard.records.classifications.relabelling import Mapping

TOTAL = "(total)"
"""Stands in a file for the group of a row that is the total of others."""


def of_dict(labels: Dict[Any, str | None], name: str = "own mapping", target: str | None = None) -> Mapping:
    """A dict of label to group as a mapping; its groups stand in the order in which they first occur."""
    if not labels:
        raise ValueError("mapping: there are no labels in it")
    for label, group in labels.items():
        if group is not None and not (isinstance(group, str) and group.strip()):
            raise TypeError(f"mapping: {label!r} goes to {group!r}; a group is text, or None for a total of other rows")
    groups = tuple(dict.fromkeys(group for group in labels.values() if group is not None and group not in KINDS))
    if not groups:
        raise ValueError("mapping: none of its labels goes to a group")
    return Mapping(name, "own labels", target or " / ".join(groups), dict(labels), groups)


def of_file(path: str | PathLike[str]) -> Mapping:
    """A CSV file with the columns ``label`` and ``group``, or a TOML file with a table ``labels``.

    The group ``(total)`` marks a row that is the total of others. A TOML file may also hold ``name`` and ``target``.
    """
    file = Path(fspath(path))
    if not file.is_file():
        raise FileNotFoundError(f"mapping: no file {file}")
    about, labels = _toml(file) if file.suffix.lower() == ".toml" else ({}, _csv(file))
    groups = {label: None if group == TOTAL else group for label, group in labels.items()}
    try:
        return of_dict(groups, str(about.get("name", file.stem)), about.get("target"))
    except (TypeError, ValueError) as error:
        raise type(error)(f"{file}: {error}") from None


def _csv(file: Path) -> dict[str, Any]:
    with open(file, newline="", encoding="utf-8-sig") as opened:
        rows = csv.DictReader(opened)
        if list(rows.fieldnames or []) != ["label", "group"]:
            raise ValueError(f"{file}: a mapping has the columns 'label' and 'group', not {rows.fieldnames}")
        labels: dict[str, Any] = {}
        for row in rows:
            if row["label"] in labels:
                raise ValueError(f"{file}: {row['label']!r} is there twice")
            labels[row["label"]] = row["group"]
    return labels


def _toml(file: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    try:
        about = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{file}: cannot be read: {error}") from None
    labels = about.get("labels")
    if not isinstance(labels, dict):
        raise ValueError(f"{file}: a mapping has a table 'labels' of label to group")
    return about, labels
