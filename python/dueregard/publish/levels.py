"""Rows that differ in nothing but their confidence level, which sentences, tables and charts give as one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeVar

from dueregard.publish.readings import Row, known, remade, rows_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dueregard.findings import Findings

BY_LEVEL = (
    "confidence_level", "low", "high", "simultaneous_low", "simultaneous_high", "pvalue", "adjusted_pvalue",
    "verdict", "method", "difference_low", "difference_high", "control_low", "control_high",
)  # fmt: skip
"""What a confidence level has a part in."""
LIMITS = ("low", "high", "simultaneous_low", "simultaneous_high")
CONTROL = ("control_low", "control_high")
"""Limits around the target of a funnel, which are no interval of the row's own value."""
SHRUNKEN = ("shrunken_low", "shrunken_high")
"""Limits of the figure that stands beside the row's own value."""
SIDE_BY_SIDE = (*LIMITS, *CONTROL, "verdict")
"""The columns of which a table of one row for all levels has one for each."""
MARK = "@"  # between the name of a column and the place of a further level

SomeRow = TypeVar("SomeRow", bound="Mapping[str, Any]")


def statements(rows: Iterable[SomeRow]) -> list[list[SomeRow]]:
    """The rows, those together that differ in their confidence level alone; the first asked for stands first."""
    made: list[list[SomeRow]] = []
    places: dict[tuple[str, ...], int] = {}
    for row in rows:
        level = row.get("confidence_level")
        if not known(level):
            made.append([row])
            continue
        key = tuple(f"{name}={row[name]!r}" for name in row if name not in BY_LEVEL)
        together = made[places[key]] if key in places else []
        if together and level not in [other["confidence_level"] for other in together]:
            together.append(row)
        else:
            places[key] = len(made)
            made.append([row])
    return made


def several_levels(rows: Sequence[Row]) -> bool:
    """Whether any statement is made at more than one level."""
    return any(len(together) > 1 for together in statements(rows))


def at_level(name: str, place: int) -> str:
    """The name of a column for the level at this place.

    >>> at_level("low", 0), at_level("low", 1), base_name("low@1"), place_of("low@1")
    ('low', 'low@1', 'low', 1)
    """
    return f"{name}{MARK}{place}" if place else name


def base_name(name: str) -> str:
    """The column that a name for some level is of."""
    base, _, place = name.partition(MARK)
    return base if base in SIDE_BY_SIDE and place.isdigit() else name


def place_of(name: str) -> int:
    """The place of the level that a name is for; 0 for all other names."""
    return 0 if base_name(name) == name else int(name.partition(MARK)[2])


def levels_of(rows: Iterable[Row]) -> list[float]:
    """The levels asked for, in their order: those of the statement with the most."""
    groups = [row for row in rows if row.get("row_type") != "variation" and known(row.get("confidence_level"))]
    most = max(statements(groups), key=len, default=[])
    return [row["confidence_level"] for row in most if known(row.get("confidence_level"))]


def side_by_side(findings: Findings) -> Findings:
    """Findings with one row for all levels, further ones in columns such as ``low@1``; as they are where one is all."""
    made = statements(rows_of(findings))
    most = max(map(len, made), default=1)
    if most == 1:
        return findings
    differ = any(len({kind_of(row.get("verdict")) for row in together}) > 1 for together in made)
    names = [name for name in SIDE_BY_SIDE if name in findings.columns and (differ or name != "verdict")]
    return remade(findings, [_one_row(together, most, names) for together in made])


def _one_row(together: Sequence[Row], most: int, names: Sequence[str]) -> Row:
    """The row of the first level, with what the others have under names of their own."""
    further = [*together[1:], *([{}] * (most - len(together)))]
    more = {at_level(name, i): other.get(name) for i, other in enumerate(further, 1) for name in names}
    return {**together[0], **more}


def expanded(columns: Sequence[str], names: Sequence[str]) -> list[str]:
    """Names of columns, neighbouring limits followed by those of each further level; verdicts likewise.

    >>> expanded(["group", "low", "high", "low@1", "high@1"], ["group", "low", "high"])
    ['group', 'low', 'high', 'low@1', 'high@1']
    """
    places = range(1 + max(map(place_of, columns), default=0))
    runs = [list(run) for _, run in groupby(names, key=_kind_of_limit)]
    each = [at_level(name, place) for run in runs for place in places for name in run]
    return [name for name in dict.fromkeys(each) if name in columns]


def _kind_of_limit(name: str) -> str:
    return "limits" if name in LIMITS else "control" if name in CONTROL else name


def kind_of(verdict: Any) -> str:
    """A verdict without how many more cases would be needed."""
    return str(verdict or "").partition(":")[0]
