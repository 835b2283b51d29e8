"""Frameworks: the indicators of a standard, their sections, the answers, who is exempt, and what counts as met."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer of the scale."""

    id: str
    label: str
    met: bool


@dataclass(frozen=True)
class Indicator:
    """One indicator, with the text that was published."""

    id: str
    section: str
    text: str


@dataclass(frozen=True)
class Framework:
    """A standard that units assess themselves against.

    Parameters
    ----------
    name
        What it is called in titles.
    answers
        The scale, lowest first, with which answers count as met.
    sections
        Section id to label, in order.
    indicators
        The indicators, in order.
    exempt
        Kind of unit to the indicators that such units are not asked about.
    kind
        The kind of unit when none is named.
    baseline
        Percent of assessable indicators met at or above which a unit meets the baseline.
    target
        Percent of units that should meet the baseline.

    Examples
    --------
    >>> from dueregard.assessment import frameworks
    >>> esps = frameworks.esps()
    >>> len(esps.indicators), len(esps.assessable("borough")), esps.baseline
    (22, 18, 50.0)
    """

    name: str
    answers: tuple[Answer, ...]
    sections: Mapping[str, str]
    indicators: tuple[Indicator, ...]
    exempt: Mapping[str, frozenset[str]] = field(default_factory=dict)
    kind: str = "unit"
    baseline: float = 50.0
    target: float = 100.0

    def __post_init__(self) -> None:
        _check(self)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of unit it knows."""
        return tuple(self.exempt) or (self.kind,)

    @property
    def indicator_ids(self) -> tuple[str, ...]:
        """Ids of all indicators, in order."""
        return tuple(indicator.id for indicator in self.indicators)

    @property
    def answer_ids(self) -> tuple[str, ...]:
        """Ids of the answers, in the order of the scale."""
        return tuple(answer.id for answer in self.answers)

    def assessable(self, kind: str) -> tuple[Indicator, ...]:
        """The indicators that a kind of unit is asked about."""
        left_out = self.exempt.get(kind, frozenset())
        return tuple(indicator for indicator in self.indicators if indicator.id not in left_out)


def _check(framework: Framework) -> None:
    """Refuse what could not be scored."""
    _distinct("answers", framework.answer_ids)
    _distinct("indicators", framework.indicator_ids)
    for indicator in framework.indicators:
        if indicator.section not in framework.sections:
            raise ValueError(f"indicators: {indicator.id!r} has the section {indicator.section!r}, which is not listed")
    for kind, left_out in framework.exempt.items():
        unknown = sorted(left_out - set(framework.indicator_ids))
        if unknown:
            raise ValueError(f"exempt: {kind!r} names {unknown[0]!r}, which is not an indicator")
    if framework.exempt and framework.kind not in framework.exempt:
        raise ValueError(f"kind: {framework.kind!r} is not among the kinds in exempt: {', '.join(framework.exempt)}")
    if not any(answer.met for answer in framework.answers):
        raise ValueError("answers: none counts as met")
    for name, percent in (("baseline", framework.baseline), ("target", framework.target)):
        if not 0 <= percent <= 100:
            raise ValueError(f"{name}: {percent} is outside 0 to 100")


def _distinct(name: str, ids: tuple[str, ...]) -> None:
    if not ids:
        raise ValueError(f"{name}: there are none")
    for i, identifier in enumerate(ids):
        if identifier in ids[:i]:
            raise ValueError(f"{name}: {identifier!r} is listed twice")


def esps() -> Framework:
    """The Equality Standard for the Police Service, baseline phase: 22 indicators in three sections.

    Returns
    -------
    Framework
        Four answers, of which fairly and very satisfactory count as met; boroughs are exempt from 15B, 17B, 20B and
        21B; a unit meets the baseline at 50% or above; 80% of units should.

    Examples
    --------
    >>> from dueregard.assessment import frameworks
    >>> frameworks.esps().indicators[0].id
    '1B'
    """
    source = files("dueregard.assessment").joinpath("standards", "esps.toml")
    return _parse(source.read_text(encoding="utf-8"), "esps.toml")


def load(path: str | PathLike[str]) -> Framework:
    """A framework from a TOML file laid out like ``assessment/standards/esps.toml``.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    Framework

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ValueError
        When the file is not TOML, a key is missing, unknown or of the wrong type, an id is listed twice, or an
        indicator, section or kind is named that does not exist. The message names the file and the key.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8: {error}") from None
    return _parse(text, str(path))


def _parse(text: str, source: str) -> Framework:
    try:
        return _framework(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{source}: not TOML: {error}") from None
    except ValueError as error:
        raise ValueError(f"{source}: {error}") from None


def _framework(table: dict[str, Any]) -> Framework:
    keys = ("name", "answers", "sections", "indicators", "exempt", "kind", "baseline", "target")
    _only(table, keys, "the file")
    sections = [(_text(row, "id", at), _text(row, "label", at)) for at, row in _rows(table, "sections")]
    _distinct("sections", tuple(identifier for identifier, _ in sections))
    exempt = _value(table, "exempt", dict, "the file", {})
    optional: dict[str, Any] = {"kind": _text(table, "kind", "the file")} if "kind" in table else {}
    for name in ("baseline", "target"):
        if name in table:
            optional[name] = float(_value(table, name, (int, float), "the file"))
    return Framework(
        name=_text(table, "name", "the file"),
        answers=tuple(_each(table, "answers", ("id", "label", "met"), _answer)),
        sections=dict(sections),
        indicators=tuple(_each(table, "indicators", ("id", "section", "text"), _indicator)),
        exempt={kind: frozenset(_ids(exempt, kind)) for kind in exempt},
        **optional,
    )


def _answer(row: dict[str, Any], at: str) -> Answer:
    return Answer(_text(row, "id", at), _text(row, "label", at), _value(row, "met", bool, at))


def _indicator(row: dict[str, Any], at: str) -> Indicator:
    return Indicator(_text(row, "id", at), _text(row, "section", at), _text(row, "text", at))


def _each(table: dict[str, Any], key: str, allowed: tuple[str, ...], make: Callable[..., Any]) -> list[Any]:
    made = []
    for at, row in _rows(table, key):
        _only(row, allowed, at)
        made.append(make(row, at))
    return made


def _rows(table: dict[str, Any], key: str) -> list[tuple[str, dict[str, Any]]]:
    rows = _value(table, key, list, "the file")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise ValueError(f"{key} {number}: {row!r} is not a table; write [[{key}]]")
    return [(f"{key} {number}", row) for number, row in enumerate(rows, 1)]


def _ids(table: dict[str, Any], kind: str) -> list[str]:
    ids = _value(table, kind, list, "exempt")
    for identifier in ids:
        if not isinstance(identifier, str):
            raise ValueError(f"exempt: {kind!r} holds {identifier!r}, which is not text")
    return list(ids)


def _only(table: dict[str, Any], allowed: tuple[str, ...], at: str) -> None:
    for key in table:
        if key not in allowed:
            raise ValueError(f"{at}: unknown key {key!r}; the keys are {', '.join(allowed)}")


def _text(table: dict[str, Any], key: str, at: str) -> str:
    return str(_value(table, key, str, at))


def _value(table: dict[str, Any], key: str, kind: Any, at: str, default: Any = None) -> Any:
    """The value of a key, checked for its type (a bool is not a number)."""
    if key not in table and default is not None:
        return default
    if key not in table:
        raise ValueError(f"{at}: no {key!r}")
    value = table[key]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{at}: {key!r} is {value!r}, of the wrong type")
    return value
