"""Words that all sentences on assessments share: units and how many, names and how many more, percents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dueregard.publish.numbers import plain, spoken
from dueregard.publish.sentences.wording import Row

MOST_NAMES = 12
"""More names than this are counted, not listed."""
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def units(number: int, kind: object) -> str:
    """How many units of a kind: "1 borough", "32 boroughs", "3 authorities"; just units where kinds differ."""
    return f"{number:,} {kind_of_units(number, kind)}"


def every(number: int, kind: object) -> str:
    """All units of a kind.

    >>> every(32, "borough"), every(2, "borough"), every(1, None)
    ('all 32 boroughs', 'both boroughs', 'the one unit')
    """
    if number < 3:
        return f"{'the one' if number == 1 else 'both'} {kind_of_units(number, kind)}"
    return f"all {units(number, kind)}"


def none_of(number: int, kind: object) -> str:
    """No unit of a kind.

    >>> none_of(32, "borough"), none_of(2, "borough"), none_of(1, None)
    ('none of the 32 boroughs', 'neither borough', 'not the one unit')
    """
    if number < 3:
        return f"{'not the one' if number == 1 else 'neither'} {kind_of_units(1, kind)}"
    return f"none of the {units(number, kind)}"


def kind_of_units(number: int, kind: object) -> str:
    """The noun for this many units.

    >>> kind_of_units(2, "authority"), kind_of_units(2, "branch"), kind_of_units(1, None), kind_of_units(0, "borough")
    ('authorities', 'branches', 'unit', 'boroughs')
    """
    noun = "unit" if kind is None else spoken(kind)
    if number == 1:
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def shared_kind(rows: Iterable[Row]) -> object:
    """The kind of all rows, None where they differ."""
    kinds = {row.get("kind") for row in rows}
    return kinds.pop() if len(kinds) == 1 else None


def listing(names: Sequence[object], most: int | None = None) -> str:
    """Names in a row; of more than `most` the first alone.

    >>> listing(["1B"]), listing(["1B", "2B", "4B"]), listing(["a", "b", "c", "d"], 2)
    ('1B', '1B, 2B and 4B', 'a, b and others')
    """
    said = [spoken(name) for name in names]
    if most is not None and len(said) > most + 1:
        said = [*said[:most], "others"]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def in_words(number: int) -> str:
    """A small number as a word.

    >>> in_words(3), in_words(12)
    ('three', '12')
    """
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def capital(text: str) -> str:
    """A text that opens a sentence."""
    return text[:1].upper() + text[1:]


def percent(value: float) -> str:
    """A percent to the nearest whole number, with more decimals where that would make it a 0 or 100 that it is not."""
    return f"{plain(value, 0)}%"


def either(first: float, second: float) -> tuple[str, str]:
    """Two percents that differ, with as many decimals as show it.

    >>> either(83.3, 88.9), either(77.96, 78.13)
    (('83%', '89%'), ('78.0%', '78.1%'))
    """
    for decimals in range(4):
        texts = f"{plain(first, decimals)}%", f"{plain(second, decimals)}%"
        if texts[0] != texts[1]:
            return texts
    return percent(first), percent(second)


def numbered(names: Sequence[object], most: int | None = None) -> str:
    """Indicators in a row; mere numbers are said to be indicators, and where not all are named it says how many.

    >>> numbered(["1B", "2B"]), numbered([7]), numbered(["3", "32"]), numbered(["1B", "2B", "3B"], 1)
    ('1B and 2B', 'indicator 7', 'indicators 3 and 32', '3 indicators: 1B and others')
    """
    said = listing(names, most)
    if most is not None and len(names) > most + 1:
        return f"{indicators(len(names))}: {said}"
    if not str(names[0]).isdigit():
        return said
    return f"indicator{'' if len(names) == 1 else 's'} {said}"


def points(value: float) -> str:
    """The size of a difference.

    >>> points(-16.7), points(1.0)
    ('17 percentage points', '1 percentage point')
    """
    size = plain(value, 0)
    return f"{size} percentage point{'' if size == '1' else 's'}"


def signed(value: float) -> str:
    """A number of points with its sign."""
    size = plain(value, 0)
    return f"\N{MINUS SIGN}{size}" if value < 0 and size != "0" else size


def indicators(number: int) -> str:
    """How many indicators."""
    return f"{number:,} indicator{'' if number == 1 else 's'}"


def answers(number: int) -> str:
    """How many answers."""
    return f"{number:,} answer{'' if number == 1 else 's'}"


def verb(number: int, one: str, several: str) -> str:
    """The form of a verb for this many."""
    return one if number == 1 else several


def split(names: object, number: int, apart: str = ", ") -> list[str] | None:
    """The names that a cell lists; None where they cannot be told apart, since a name holds a comma itself."""
    found = [] if names is None else str(names).split(apart)
    return found if len(found) == number else None


def grouped(rows: Iterable[Row], names: Sequence[str]) -> Mapping[tuple[object, ...], list[Row]]:
    """The rows by what they hold in these columns, in the order in which they come."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row.get(name) for name in names), []).append(row)
    return found
