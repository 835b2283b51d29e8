"""Responses in any of their shapes: a code for each unit and indicator, or counts of answers for each unit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dueregard import _core, missing
from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_table import Columns, at
from dueregard.assessment.set_aside import SetAside
from dueregard.hints import did_you_mean

Codes = NDArray[np.uint8]
Counts = NDArray[np.int32]
UNIT, INDICATOR, ANSWER = "unit", "indicator", "answer"
STATED_PERCENT = "stated_percent"


@dataclass(frozen=True)
class Names:
    """What the columns of the responses are called."""

    unit: str | None = None
    indicator: str = INDICATOR
    answer: str = ANSWER
    kind: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class Responses:
    """What units answered.

    Parameters
    ----------
    units, kinds, areas
        One for each unit, in the order in which they came; an area is None where it is not known.
    codes
        (n_units, n_indicators), uint8: the code of each answer in the scale, "not stated" where there is none and "not
        applicable" where the unit is exempt. None where it is not known which indicator an answer is to.
    counts
        (n_units, n_codes), int32: how many of the unit's assessable indicators have each code.
    stated
        Percentages that came with the responses, by unit.
    set_aside
        Responses that could not be right.
    """

    units: list[str]
    kinds: list[str]
    areas: list[str | None]
    codes: Codes | None
    counts: Counts
    stated: Mapping[str, float] = field(default_factory=dict)
    set_aside: SetAside = field(default_factory=lambda: SetAside(strict=True))

    @property
    def kind(self) -> str | None:
        """The kind of all units; None where they differ or there are none."""
        kinds = set(self.kinds)
        return kinds.pop() if len(kinds) == 1 else None

    @property
    def by_indicator(self) -> bool:
        """Whether it is known which indicator an answer is to."""
        return self.codes is not None


def count_codes(codes: Codes, scale: Scale) -> Counts:
    """(n_units, n_codes): how many indicators of each unit have each code."""
    groups = np.zeros(codes.shape[1], dtype=np.int32)
    return _core.count_answers(codes, groups, 1, len(scale.levels))[:, 0, :]


def unit_column(known: list[str], framework: Framework, names: Names) -> str:
    """The column that names the unit: the one asked for, else "unit", else the kind of unit."""
    wanted = [names.unit] if names.unit is not None else [UNIT, framework.kind]
    for name in wanted:
        if name in known:
            return name
    hint = did_you_mean(wanted[0], known)
    raise ValueError(f"unit: no column {wanted[0]!r}{hint}; there are {', '.join(known)}")


def kinds_of(columns: Columns, units: list[str], framework: Framework, kind: str | None) -> dict[str, str]:
    """The kind of each unit, in the order of the units."""
    is_implied = kind is None and "kind" in columns
    kind = "kind" if is_implied else kind
    if kind is None or kind in framework.kinds:
        return dict.fromkeys(units, kind or framework.kind)
    if kind not in columns:
        raise ValueError(f"kind: {kind!r} is neither a kind of unit ({', '.join(framework.kinds)}) nor a column")
    kinds: dict[str, str] = {}
    for row, (name, found) in enumerate(zip(units, columns[kind], strict=True)):
        value = framework.kind if is_implied and missing.is_missing(missing.resolve(found, {})) else found
        if value not in framework.kinds:
            raise ValueError(
                f"kind: {value!r} at {at(columns, row)} is not a kind of unit ({', '.join(framework.kinds)})"
            )
        if kinds.setdefault(name, value) != value:
            raise ValueError(f"kind: unit {name!r} is {value!r} at {at(columns, row)} and {kinds[name]!r} before")
    return kinds


def areas_of(columns: Columns, units: list[str], area: str | None) -> dict[str, str | None]:
    """The area of each unit, where there is a column of them."""
    if area is not None and area not in columns:
        raise ValueError(f"area: no column {area!r}{did_you_mean(area, list(columns))}")
    name = area or "area"
    if name not in columns:
        return dict.fromkeys(units)
    areas: dict[str, str | None] = {}
    for row, (unit, value) in enumerate(zip(units, columns[name], strict=True)):
        found = None if missing.is_missing(missing.resolve(value, {})) else str(value)
        if areas.setdefault(unit, found) != found:
            raise ValueError(
                f"{name}: unit {unit!r} is in {found!r} at {at(columns, row)} and in {areas[unit]!r} before"
            )
    return areas


def exempt_cells(kinds: list[str], framework: Framework) -> NDArray[np.bool_]:
    """(n_units, n_indicators): whether a unit is exempt from an indicator."""
    ids = framework.indicator_ids
    of_kind = {kind: [i in framework.exempt.get(kind, frozenset()) for i in ids] for kind in set(kinds)}
    return np.array([of_kind[kind] for kind in kinds], dtype=np.bool_).reshape(len(kinds), len(ids))
