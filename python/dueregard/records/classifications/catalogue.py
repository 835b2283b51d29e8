"""The mappings that come with the library, read from their files when first asked for."""

import csv
import tomllib
from collections.abc import Mapping as Dict
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from dueregard.missing import KINDS
from dueregard.records.classifications.relabelling import Mapping

TOTAL = "(total)"


def mapping(name: "str | Mapping | Dict[Any, str | None]") -> Mapping:
    """A mapping of labels to groups, by its name.

    Parameters
    ----------
    name : str, Mapping or dict
        A name in `dueregard.mappings`, such as "16+1 to 5+1 (2011)"; or your own: a dict of label to group, to a kind
        of missing such as "not stated", or to None for a row that is the total of others.

    Returns
    -------
    Mapping

    Raises
    ------
    ValueError
        If there is no mapping of that name, naming the nearest.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.mapping("officer-defined to 5+1 (2001)").of("Black")
    'Black'
    >>> dr.mapping({"Met": "yes", "Not met": "no"}).target_labels
    ('yes', 'no')
    """
    if isinstance(name, Mapping):
        return name
    if isinstance(name, Dict):
        return _own(name)
    if not isinstance(name, str):
        raise TypeError(f"mapping: {name!r} is not the name of a mapping, a Mapping or a dict")
    known = _names()
    if name not in known:
        near = get_close_matches(name, list(known), 1, 0.5)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"mapping: there is none named {name!r}{hint} dr.mappings() lists them")
    return _shipped(*known[name])


def mappings() -> dict[str, list[str]]:
    """The names of all mappings, with their sources and targets."""
    rows = [(name, source, target) for name, (source, target) in _names().items()]
    return {column: [row[i] for row in rows] for i, column in enumerate(("mapping", "source", "target"))}


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads(_text("catalogue.toml"))


def _text(file: str) -> str:
    return files("dueregard.records.classifications").joinpath(file).read_text(encoding="utf-8")


@cache
def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(_text(file))))


@cache
def _names() -> dict[str, tuple[str, str]]:
    """Every mapping's name, with its source and target: the targets in which all groups of the source stand."""
    found = {}
    for source, about in _catalogue()["sources"].items():
        for target in _catalogue()["targets"]:
            places = _places(about["groups"], target)
            if all(group in places for _, group, _ in _labels(source) if group not in (TOTAL, *KINDS)):
                found[f"{source} to {target}"] = source, target
    return found


def _labels(source: str) -> list[tuple[str, str, str]]:
    """The labels of a source with their groups and, for a total, what it is the total of."""
    about = _catalogue()["sources"][source]
    return [(row["label"], row["group"], row.get("parts") or "") for file in about["labels"] for row in _rows(file)]


@cache
def _places(file: str, target: str) -> dict[str, str]:
    """Where each detailed group stands in a target."""
    return {row["group"]: row[target] for row in _rows(file) if row.get(target)}


@cache
def _shipped(source: str, target: str) -> Mapping:
    about, places = _catalogue()["sources"][source], _places(_catalogue()["sources"][source]["groups"], target)
    rows = _labels(source)
    labels = {label: None if group == TOTAL else places.get(group, group) for label, group, _ in rows}
    parts = {label: _parts(whole, labels) for label, group, whole in rows if group == TOTAL}
    target_labels = tuple(_catalogue()["targets"][target])
    not_recorded = tuple(label for label in about.get("not_recorded", ()) if label in target_labels)
    details = {label: group for label, group, _ in rows if group not in (TOTAL, *KINDS)}
    return Mapping(f"{source} to {target}", source, target, labels, target_labels, not_recorded, parts, details)


def _parts(pattern: str, labels: Dict[str, str | None]) -> tuple[str, ...]:
    """The labels that a total is the total of: those that begin as the pattern does."""
    return tuple(label for label, group in labels.items() if group is not None and label.startswith(pattern[:-1]))


def _own(labels: Dict[Any, str | None]) -> Mapping:
    if not labels:
        raise ValueError("mapping: the dict is empty")
    for label, group in labels.items():
        if group is not None and not (isinstance(group, str) and group):
            raise TypeError(f"mapping: {label!r} goes to {group!r}; a group is text, or None for a total")
    groups = tuple(dict.fromkeys(group for group in labels.values() if group is not None and group not in KINDS))
    return Mapping("own mapping", "own labels", " / ".join(groups), dict(labels), groups)
