"""Files of rules (TOML): which findings to make, and the rule to hold against them.

[[rule]]
name = "Minority ethnic users are no more than 10 points less satisfied"
findings = "gap"
data = "survey.csv"
outcome = "satisfaction"
positive = ["Very satisfied", "Fairly satisfied"]
group = "ethnicity"
reference = "White"
rule = "low > -10"
min_nobs = 30
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dueregard.publish.checks.check import Check, check
from dueregard.publish.checks.rule_findings import MAKERS
from dueregard.publish.checks.rule_keys import COMMON, KINDS, REQUIRED, WORDS, Kinds
from dueregard.publish.checks.rule_language import parse

if TYPE_CHECKING:
    from dueregard.findings import Findings


@dataclass(frozen=True)
class FileRule:
    """One rule of a file: where it stands, and its keys as written."""

    path: Path
    line: int | None
    keys: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the rule is called."""
        return str(self.keys["name"])

    def findings(self) -> "Findings":
        """Make the findings that the rule is about."""
        arguments = {key: value for key, value in self.keys.items() if key not in COMMON}
        return MAKERS[self.keys["findings"]](self.path.parent, arguments)

    def check(self) -> Check:
        """Make the findings and hold the rule against them.

        Raises
        ------
        ValueError
            If the findings cannot be made or the rule does not fit them, naming the file and the rule.
        """
        try:
            return check(
                self.findings(),
                self.keys["rule"],
                min_nobs=self.keys.get("min_nobs"),
                where=_all_areas(self.keys.get("where", {})),
                name=self.name,
            )
        except (ValueError, TypeError, LookupError, OSError) as error:
            raise ValueError(f"{_place(self.path, self.line)}, rule {self.name!r}: {message(error)}") from error


def message(error: BaseException) -> str:
    """What an error says, without the quotes that `KeyError` adds."""
    return str(error.args[0] if isinstance(error, KeyError) and error.args else error)


def load_rules(path: str | PathLike[str]) -> list[FileRule]:
    """Read a file of rules and check that every key is known and holds what it should.

    Parameters
    ----------
    path : path
        A TOML file. Relative paths of data in it start at its own folder.

    Returns
    -------
    list of FileRule
        In the order of the file.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is not TOML, holds no rule, or a rule has a key that is unknown, missing or of the wrong kind; the
        message names the file, the line and the key.
    """
    path = Path(path)
    text = _read(path)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path}: not TOML: {error}") from None
    rules = document.get("rule")
    unknown = [key for key in document if key != "rule"]
    if unknown:
        raise ValueError(f"{path}: unknown key {unknown[0]!r} outside the rules; write [[rule]] above each rule")
    if not isinstance(rules, list) or not rules:
        raise ValueError(f"{path}: there is no rule; write [[rule]] above each rule")
    starts = [i + 1 for i, line in enumerate(text.splitlines()) if re.match(r"\s*\[\[\s*rule\s*\]\]", line)]
    lines = starts if len(starts) == len(rules) else [None] * len(rules)
    return [_checked(FileRule(path, line, keys), text) for line, keys in zip(lines, rules, strict=True)]


def _read(path: Path) -> str:
    if not path.exists():
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text (byte {error.start})") from None


def _place(path: Path, line: int | None) -> str:
    return f"{path}, line {line}" if line else str(path)


def _checked(rule: FileRule, text: str) -> FileRule:
    if not isinstance(rule.keys, dict):
        raise ValueError(f"{rule.path}: there is no rule; write [[rule]] above each rule")
    kind = rule.keys.get("findings")
    known = COMMON | KINDS.get(str(kind), {})
    for key, value in rule.keys.items():
        problem = _problem(key, value, known, kind)
        if problem:
            raise ValueError(f"{_place(rule.path, _line_of(rule, key, text))}: {problem}")
    for key in ("name", "findings", "rule", *REQUIRED.get(str(kind), ())):
        if key not in rule.keys:
            raise ValueError(f"{_place(rule.path, rule.line)}: the rule {_called(rule)}has no {key!r}")
    return rule


def _called(rule: FileRule) -> str:
    return f"{rule.keys['name']!r} " if "name" in rule.keys else ""


def _problem(key: str, value: Any, known: Mapping[str, Kinds], kind: Any) -> str | None:
    if kind is not None and kind not in KINDS:
        return f"findings must be one of {', '.join(map(repr, KINDS))}, not {kind!r}"
    if key not in known and kind is not None:
        return f"unknown key {key!r}{_instead(key, known, str(kind))} The keys for {kind!r} are {', '.join(known)}"
    if key in known and type(value) not in known[key]:
        return f"{key!r} must be {' or '.join(WORDS[one] for one in known[key])}, not {value!r}"
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return f"{key!r} must hold texts only, not {value!r}"
    return _bad_rule(value) if key == "rule" else None


def _instead(key: str, known: Mapping[str, Kinds], kind: str) -> str:
    """What may be meant: another key, or other findings of the same sort, such as those of a change."""
    others = [name for name, keys in KINDS.items() if key in keys and set(kind.split()) & set(name.split())]
    if others:
        return f", which goes with findings = {others[0]!r}."
    near = get_close_matches(key, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else "."


def _bad_rule(text: str) -> str | None:
    try:
        parse(text)
    except ValueError as error:
        return str(error)
    return None


def _line_of(rule: FileRule, key: str, text: str) -> int | None:
    """The line of a key, as well as it can be told: TOML's reader keeps no lines."""
    if rule.line is None:
        return None
    for number, line in enumerate(text.splitlines()[rule.line :], start=rule.line + 1):
        if line.lstrip().startswith("[["):
            break
        if re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]", line):
            return number
    return rule.line


def _all_areas(where: Mapping[str, Any]) -> dict[str, Any]:
    """TOML has no null: ``borough = "all areas"`` stands for the all-areas rows."""
    return {column: None if value == "all areas" else value for column, value in where.items()}


def embedded_rules() -> list[FileRule]:
    """The example rules on the embedded data."""
    from importlib.resources import as_file, files

    with as_file(files("dueregard.data").joinpath("rules.toml")) as path:
        return load_rules(path)
