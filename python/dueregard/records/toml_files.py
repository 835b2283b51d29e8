"""TOML files read key by key: every refusal names the file, the line, and what was expected."""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from os import PathLike
from pathlib import Path
from typing import Any

from dueregard.hints import did_you_mean

Place = tuple[str | int, ...]
_NONE = object()


@dataclass(frozen=True)
class TomlText:
    """The text of a file and where it came from."""

    source: str
    text: str

    def line_of(self, place: Place) -> int | None:
        """The line where a key or a table starts, counted from 1; None for the whole file.

        TOML's reader keeps no lines. A place is in the file from the first line on up to which the text can be read and
        holds it; the statement begins after the last line before that up to which it can be read.
        """
        lines = self.text.splitlines()
        if not place or not _holds(_read(lines), place):
            return None
        before, end = 0, len(lines)
        while (middle := _readable_between(lines, before, end)) is not None:
            if _holds(_read(lines[:middle]), place):
                end = middle
            else:
                before = middle
        start = before + 1
        while start < end and (not lines[start - 1].strip() or lines[start - 1].lstrip().startswith("#")):
            start += 1
        return self._line_of_item(place, lines, start, end)

    def _line_of_item(self, place: Place, lines: list[str], start: int, end: int) -> int:
        """Of an item of a list over several lines: the line its text stands on, if it can be told."""
        item = _at(tomllib.loads(self.text), place)
        if isinstance(place[-1], int) and isinstance(item, (str, int, float)):
            words = re.compile(rf"([\"']|(?<![\w.])){re.escape(str(item))}([\"']|(?![\w.]))")
            return next((n for n in range(start, end + 1) if words.search(lines[n - 1])), start)
        return start


def _read(lines: list[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines) + "\n")
    except tomllib.TOMLDecodeError:
        return None


def _readable_between(lines: list[str], before: int, end: int) -> int | None:
    """A number of lines between two others that can be read by themselves, near their middle."""
    middle = (before + end + 1) // 2
    for n in chain(range(middle, end), range(middle - 1, before, -1)):
        if _read(lines[:n]) is not None:
            return n
    return None


def _at(values: Any, place: Place) -> Any:
    for part in place:
        values = values[part]
    return values


def _holds(values: Any, place: Place) -> bool:
    try:
        _at(values, place)
    except (LookupError, TypeError):
        return False
    return True


@dataclass(frozen=True)
class TomlTable:
    """One table of a file, and where it stands.

    Examples
    --------
    >>> root = parse_toml('name = "Plan"\\n\\n[[actions]]\\nowner = 3\\n', "plan.toml")
    >>> root.tables("actions")[0].text("owner")
    Traceback (most recent call last):
    ValueError: plan.toml, line 4: actions 1: 'owner' is 3, not text
    """

    file: TomlText
    place: Place
    values: Mapping[str, Any]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def keys(self) -> list[str]:
        """The keys, in the order of the file."""
        return list(self.values)

    def get(self, key: str, default: Any = None) -> Any:
        """The value as it was written, unchecked."""
        return self.values.get(key, default)

    def fail(self, message: str, key: str | None = None, item: int | None = None) -> ValueError:
        """The error to raise about this table, a key of it, or an item of the list that the key holds."""
        place = self.place if key is None or key not in self.values else (*self.place, key)
        line = self.file.line_of(place if item is None else (*place, item))
        where = f"{self.file.source}, line {line}" if line else self.file.source
        about = self._about()
        return ValueError(f"{where}: {about}: {message}" if about else f"{where}: {message}")

    def _about(self) -> str:
        """The table in words, lists counted from 1: ``actions 3``."""
        return " ".join(str(part + 1) if isinstance(part, int) else part for part in self.place)

    def only(self, *keys: str) -> None:
        """Refuse a key that is not one of these."""
        for key in self.values:
            if key not in keys:
                hint = did_you_mean(key, keys)
                raise self.fail(f"unknown key {key!r}{hint}; the keys are {', '.join(keys)}", key)

    def _value(self, key: str, kind: Any, words: str, default: Any) -> Any:
        if key not in self.values:
            if default is _NONE:
                raise self.fail(f"there is no {key!r}")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.fail(f"{key!r} is {value!r}, not {words}", key)
        return value

    def text(self, key: str, default: Any = _NONE) -> Any:
        """Text that is not blank."""
        value = self._value(key, str, "text", default)
        if isinstance(value, str) and key in self.values and not value.strip():
            raise self.fail(f"{key!r} is blank", key)
        return value

    def number(self, key: str, *, low: float | None = None, high: float | None = None, default: Any = _NONE) -> Any:
        """A number from low to high, as a float; NaN and infinity are none."""
        value = self._value(key, (int, float), "a number", default)
        if key not in self.values:
            return value
        self._refuse_outside(key, value, low, high)
        return float(value)

    def whole(self, key: str, *, low: int | None = None, high: int | None = None, default: Any = _NONE) -> Any:
        """A whole number from low to high."""
        value = self._value(key, int, "a whole number", default)
        if key in self.values:
            self._refuse_outside(key, value, low, high)
        return value

    def _refuse_outside(self, key: str, value: float, low: float | None, high: float | None) -> None:
        if not abs(value) < float("inf") or (low is not None and value < low) or (high is not None and value > high):
            span = f"from {low:g} to {high:g}" if low is not None and high is not None else ""
            span = span or (f"of {low:g} or more" if low is not None else "that is finite")
            raise self.fail(f"{key!r} is {value!r}, not a number {span}", key)

    def flag(self, key: str, default: Any = _NONE) -> Any:
        """True or false."""
        return self._value(key, bool, "true or false", default)

    def date(self, key: str, default: Any = _NONE) -> Any:
        """A date, written bare (2011-03-31) or as text."""
        value = self._value(key, (datetime.date, str), "a date such as 2011-03-31", default)
        if isinstance(value, datetime.datetime):
            raise self.fail(f"{key!r} is {value!s}, a time of day; write the date alone, such as 2011-03-31", key)
        if key not in self.values or not isinstance(value, str):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise self.fail(f"{key!r} is {value!r}, not a date such as 2011-03-31", key) from None

    def texts(self, key: str, default: Any = _NONE) -> Any:
        """A list of texts, as a tuple."""
        value = self._value(key, list, "a list of texts", default)
        if key not in self.values:
            return value
        for item, text in enumerate(value):
            if not isinstance(text, str):
                raise self.fail(f"{key!r} holds {text!r}, which is not text", key, item)
        return tuple(value)

    def table(self, key: str) -> "TomlTable":
        """The table ``[key]``; an empty one where there is none."""
        return TomlTable(self.file, (*self.place, key), self._value(key, dict, "a table", {}))

    def tables(self, key: str) -> list["TomlTable"]:
        """The tables ``[[key]]``, in order; none where there are none."""
        rows = self._value(key, list, f"a list of tables; write [[{key}]] above each", [])
        for number, row in enumerate(rows):
            if not isinstance(row, dict):
                raise self.fail(f"{key!r} holds {row!r}; write [[{key}]] above each", key, number)
        return [TomlTable(self.file, (*self.place, key, number), row) for number, row in enumerate(rows)]


def parse_toml(text: str, source: str) -> TomlTable:
    """The root table of a text; ``source`` names it in errors.

    Raises
    ------
    ValueError
        When it is not TOML; the message has the line and column.
    """
    try:
        return TomlTable(TomlText(source, text), (), tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{source}: not TOML: {error}") from None


def read_toml(path: str | PathLike[str]) -> TomlTable:
    """The root table of a file.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ValueError
        When it is not UTF-8 or not TOML.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: not UTF-8 text (byte {error.start})") from None
    return parse_toml(text, str(path))
