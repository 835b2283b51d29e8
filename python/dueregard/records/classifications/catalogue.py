"""The mappings that come with the library, read from their files when first asked for."""

import csv
import tomllib
from collections.abc import Mapping as Dict
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from io import StringIO
from os import PathLike
from typing import Any

from dueregard.missing import KINDS
from dueregard.records.classifications.own_mappings import TOTAL, of_dict, of_file
from dueregard.records.classifications.relabelling import Mapping


def mapping(name: "str | Mapping | Dict[Any, str | None] | PathLike[str]") -> Mapping:
    """A mapping of labels to groups, by its name.

    Parameters
    ----------
    name : str, Mapping, dict or path
        A name in `dueregard.mappings`, such as "16+1 to 5+1 (2011)"; or your own: a dict of label to group, to a kind
        of missing such as "not stated", or to None for a row that is the total of others. A dict may be kept in a CSV
        file with the columns ``label`` and ``group``, or in a TOML file with a table ``labels``; there "(total)" stands
        for None.

    Returns
    -------
    Mapping
        With its ``name``, ``source``, ``target``, ``labels``, ``target_labels`` and ``not_recorded``.

    Raises
    ------
    TypeError
        If it is none of these, or a group is no text.
    ValueError
        If there is no mapping of that name, naming the nearest; or if your own is empty.
    FileNotFoundError
        If there is no such file.

    Notes
    -----
    Targets are named exactly. In "5+1 (2011)", the five groups of the 2011 and 2021 censuses, Chinese people are in
    Asian; in "5+1 (2001)" they are in Other. Officer-defined ethnicity has no Mixed (see ``not_recorded``) and no
    Chinese, so that it maps to "5+1 (2001)" alone. The wording of "ethnic minorities (excluding White minorities)" and
    "(including White minorities)" is that of the Race Disparity Unit.

    Examples
    --------
    >>> import dueregard as dr
    >>> dr.mapping("officer-defined to 5+1 (2001)").not_recorded
    ('Mixed',)
    >>> dr.mapping({"Met": "yes", "Not met": "no"}).target_labels
    ('yes', 'no')
    """
    if isinstance(name, Mapping):
        return name
    if isinstance(name, Dict):
        return of_dict(name)
    if isinstance(name, PathLike) or (isinstance(name, str) and name.lower().endswith((".csv", ".toml"))):
        return of_file(name)
    if not isinstance(name, str):
        raise TypeError(f"mapping: {name!r} is not the name of a mapping, a Mapping, a dict or a path")
    known = _names()
    if name not in known:
        near = get_close_matches(name.casefold(), [each.casefold() for each in known], 1, 0.5)
        found = next((each for each in known if near and each.casefold() == near[0]), None)
        hint = f"; did you mean {found!r}?" if found else "."
        raise ValueError(f"mapping: there is none named {name!r}{hint} dr.mappings() lists them")
    return _shipped(*known[name])


def mappings() -> dict[str, list[str]]:
    """The mappings that come with the library.

    Returns
    -------
    dict of str to list
        Columns ``mapping``, ``source`` and ``target``, ready for a data frame.

    Examples
    --------
    >>> import dueregard as dr
    >>> table = dr.mappings()
    >>> [name for name, source in zip(table["mapping"], table["source"]) if source == "legislation"]
    ['legislation to PACE and other legislation', 'legislation to Home Office reporting groups',
     'legislation to reasonable suspicion']
    """
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
