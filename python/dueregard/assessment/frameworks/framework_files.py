"""Frameworks as TOML files, refused with the line of what is wrong."""

from collections.abc import Iterator
from os import PathLike
from typing import Any

from dueregard.assessment.frameworks.framework import Answer, Framework, Indicator, Level, Principle, Target
from dueregard.assessment.frameworks.framework_checks import Misfit
from dueregard.records.toml_files import TomlTable, parse_toml, read_toml

KEYS = (
    "name", "kind", "source", "rule", "organisation", "aim", "thresholds",
    "exempt", "answers", "levels", "sections", "principles", "indicators", "numbered",
)  # fmt: skip


def load(path: str | PathLike[str]) -> Framework:
    """A framework from a TOML file laid out like those in ``assessment/standards``; see docs/assessment.md.

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
        indicator, section, level, principle or kind is named that does not exist. The message names the file and line.
    """
    return framework_of(read_toml(path))


def parse(text: str, source: str) -> Framework:
    """A framework from the text of a file; ``source`` names it in errors."""
    return framework_of(parse_toml(text, source))


def framework_of(root: TomlTable) -> Framework:
    """A framework from the root table of a file."""
    root.only(*KEYS)
    sections = [_sections(table) for table in root.tables("sections")]
    for i, (identifier, _) in enumerate(sections):
        if identifier in [earlier for earlier, _ in sections[:i]]:
            raise root.tables("sections")[i].fail(f"{identifier!r} is listed twice")
    exempt = root.table("exempt")
    try:
        return Framework(
            name=root.text("name"),
            answers=tuple(_answer(table) for table in root.tables("answers")),
            sections=dict(sections),
            indicators=tuple(_indicators(root)),
            levels=tuple(_level(table) for table in root.tables("levels")),
            exempt={kind: frozenset(exempt.texts(kind)) for kind in exempt.keys()},  # noqa: SIM118 - a TomlTable is no dict
            principles=tuple(_principle(table) for table in root.tables("principles")),
            thresholds=tuple(_thresholds(root)),
            **{key: root.text(key) for key in ("kind", "source", "rule", "organisation", "aim") if key in root},
        )
    except Misfit as error:
        raise _placed(root, error) from None


def _placed(root: TomlTable, error: Misfit) -> ValueError:
    """The error with the line of the part, as near as the file has it."""
    place = _of_numbered(root, error.place)
    while place and root.file.line_of(place) is None:
        place = place[:-1]
    line = root.file.line_of(place)
    return ValueError(f"{root.file.source}, line {line}: {error}" if line else f"{root.file.source}: {error}")


def _of_numbered(root: TomlTable, place: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """An indicator beyond those written out stands in one of the numbered tables."""
    if place[:1] != ("indicators",) or len(place) < 2:
        return place
    beyond = int(place[1]) - len(root.tables("indicators"))
    for i, table in enumerate(root.tables("numbered")):
        size = table.whole("last") - table.whole("first") + 1
        if 0 <= beyond < size:
            return ("numbered", i, *place[2:])
        beyond -= size
    return place


def _sections(table: TomlTable) -> tuple[str, str]:
    table.only("id", "label")
    return table.text("id"), table.text("label")


def _principle(table: TomlTable) -> Principle:
    table.only("id", "label")
    return Principle(table.text("id"), table.text("label"))


def _answer(table: TomlTable) -> Answer:
    table.only("id", "label", "met", "level")
    if "level" in table and "met" in table:
        raise table.fail("an answer has 'met' or 'level', not both", "level")
    return Answer(table.text("id"), table.text("label"), table.flag("met", False), table.text("level", None))


def _level(table: TomlTable) -> Level:
    table.only("id", "label", "percent", "called", "means", "targets")
    return Level(
        table.text("id"),
        table.text("label"),
        table.number("percent", low=0, high=100, default=None),
        table.text("called", ""),
        table.text("means", ""),
        tuple(_target(target) for target in table.tables("targets")),
    )


def _target(table: TomlTable) -> Target:
    table.only("percent", "by")
    return Target(table.number("percent", low=0, high=100), table.date("by", None))


def _thresholds(root: TomlTable) -> list[float]:
    values = root.get("thresholds", [])
    if not isinstance(values, list):
        raise root.fail(f"'thresholds' is {values!r}, not a list of numbers", "thresholds")
    for i, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise root.fail(f"'thresholds' holds {value!r}, which is not a number", "thresholds", i)
    return [float(value) for value in values]


def _indicators(root: TomlTable) -> Iterator[Indicator]:
    """Those written out, then those that are known by their numbers alone."""
    for table in root.tables("indicators"):
        table.only("id", "section", "text", "level", "principles")
        yield Indicator(
            table.text("id"), table.text("section"), table.text("text"), table.text("level", None),
            table.texts("principles", ()),
        )  # fmt: skip
    for table in root.tables("numbered"):
        yield from _numbered(table)


def _numbered(table: TomlTable) -> Iterator[Indicator]:
    """Indicators whose texts were not published: ``{number}`` stands for the number."""
    table.only("first", "last", "id", "section", "text", "level")
    first = table.whole("first", low=1)
    last = table.whole("last", low=first)
    texts: dict[str, Any] = {key: table.text(key) for key in ("id", "text")}
    for key, text in texts.items():
        if "{number}" not in text:
            raise table.fail(f"{key!r} is {text!r}, without {{number}}", key)
    for number in range(first, last + 1):
        identifier, text = (texts[key].replace("{number}", str(number)) for key in ("id", "text"))
        yield Indicator(identifier, table.text("section"), text, table.text("level", None))
