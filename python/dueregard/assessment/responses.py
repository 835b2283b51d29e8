"""Responses in any of their shapes, as one tally: unit by indicator by answer, or unit by answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from dueregard import missing
from dueregard.assessment import response_table
from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_table import Columns
from dueregard.findings import did_you_mean
from dueregard.tallies import Tally

UNIT, INDICATOR, ANSWER = "unit", "indicator", "answer"
STATED_PERCENT = "stated_percent"


@dataclass(frozen=True)
class Names:
    """What the columns of the responses are called."""

    unit: str | None
    indicator: str
    answer: str
    kind: str | None


@dataclass(frozen=True)
class Responses:
    """Counted responses: a tally of unit, indicator (where known) and answer, each with every level there can be."""

    tally: Tally
    kinds: tuple[str, ...]
    stated: Mapping[str, float] = field(default_factory=dict)

    @property
    def units(self) -> list[str]:
        """The units, in the order in which they came."""
        return self.tally.labels[UNIT]

    @property
    def by_indicator(self) -> bool:
        """Whether it is known which indicator an answer is to."""
        return INDICATOR in self.tally.dims


def read(data: Any, framework: Framework, names: Names, kinds_of_missing: Mapping[Any, str] | None) -> Responses:
    """Whatever shape the responses have, counted."""
    scale = Scale(framework, kinds_of_missing)
    if isinstance(data, Tally):
        return _from_tally(data, framework, names, scale)
    columns = response_table.read(data)
    unit = _unit_column(list(columns), framework, names)
    kind_of = _kinds(columns, unit, framework, names.kind)
    shape = _shape(columns, framework, names)
    return shape(columns, unit, kind_of, framework, names, scale)


def _shape(columns: Columns, framework: Framework, names: Names) -> Callable[..., Responses]:
    """Which reader the columns call for."""
    if names.answer in columns and names.indicator in columns:
        return _from_long
    if any(indicator in columns for indicator in framework.indicator_ids):
        return _from_matrix
    if all(_column_of(answer, columns) for answer in framework.answers):
        return _from_counts
    raise ValueError(
        f"responses: need the columns {names.indicator!r} and {names.answer!r}, or one column for each indicator "
        f"({framework.indicator_ids[0]}, ...), or one for each answer ({', '.join(framework.answer_ids)}); "
        f"there are {', '.join(columns)}"
    )


def _column_of(answer: Any, columns: Columns) -> str | None:
    """The column that counts an answer, called by its id or its label."""
    return next((name for name in (answer.id, answer.label) if name in columns), None)


def _unit_column(known: list[str], framework: Framework, names: Names) -> str:
    """The column that names the unit: the one asked for, else "unit", else the kind of unit."""
    wanted = [names.unit] if names.unit is not None else [UNIT, framework.kind]
    for name in wanted:
        if name in known:
            return name
    hint = did_you_mean(wanted[0], known)
    raise ValueError(f"unit: no column {wanted[0]!r}{hint}; there are {', '.join(known)}")


def _kinds(columns: Columns, unit: str, framework: Framework, kind: str | None) -> dict[str, str]:
    """The kind of each unit, in the order of the units."""
    units = _units(columns[unit], unit)
    if kind is None or kind in framework.kinds:
        return dict.fromkeys(units, kind or framework.kind)
    if kind not in columns:
        raise ValueError(f"kind: {kind!r} is neither a kind of unit ({', '.join(framework.kinds)}) nor a column")
    kinds: dict[str, str] = {}
    for row, (name, value) in enumerate(zip(units, columns[kind], strict=True)):
        if value not in framework.kinds:
            raise ValueError(f"kind: {value!r} at row {row} is not a kind of unit ({', '.join(framework.kinds)})")
        if kinds.setdefault(name, value) != value:
            raise ValueError(f"kind: unit {name!r} is {value!r} at row {row} and {kinds[name]!r} before")
    return kinds


def _units(values: list[Any], name: str) -> list[str]:
    for row, value in enumerate(values):
        if missing.is_missing(missing.resolve(value, {})):
            raise ValueError(f"{name}: no unit at row {row}")
    return [str(value) for value in values]


def _from_long(
    columns: Columns, unit: str, kind_of: dict[str, str], framework: Framework, names: Names, scale: Scale
) -> Responses:
    """One row for each unit and indicator."""
    cells = []
    for row, values in enumerate(zip(columns[unit], columns[names.indicator], columns[names.answer], strict=True)):
        indicator = str(values[1])
        if indicator not in framework.indicator_ids:
            hint = did_you_mean(indicator, framework.indicator_ids)
            raise ValueError(f"{names.indicator}: {values[1]!r} at row {row} is not in the framework{hint}")
        cells.append((str(values[0]), indicator, scale.level(values[2], f"{names.answer} at row {row}"), row))
    return _counted(cells, kind_of, framework, scale, {})


def _from_matrix(
    columns: Columns, unit: str, kind_of: dict[str, str], framework: Framework, names: Names, scale: Scale
) -> Responses:
    """One row for each unit, one column for each indicator."""
    indicators = [name for name in framework.indicator_ids if name in columns]
    for name, values in columns.items():
        if name not in (*indicators, unit, names.kind, STATED_PERCENT) and values and all(map(scale.reads, values)):
            hint = did_you_mean(name, framework.indicator_ids)
            raise ValueError(f"{name}: holds answers, but is not an indicator of the framework{hint}")
    units = _units(columns[unit], unit)
    cells = [
        (units[row], name, scale.level(value, f"{name} at row {row}"), row)
        for name in indicators
        for row, value in enumerate(columns[name])
    ]
    return _counted(cells, kind_of, framework, scale, _stated(columns, units))


def _counted(
    cells: list[tuple[str, str, int, int]],
    kind_of: dict[str, str],
    framework: Framework,
    scale: Scale,
    stated: Mapping[str, float],
) -> Responses:
    """Cells of unit, indicator, level and row, checked and counted by the tally kernel."""
    rows: dict[tuple[str, str], int] = {}
    for unit, indicator, level, row in cells:
        if (unit, indicator) in rows:
            first = rows[unit, indicator]
            raise ValueError(f"unit {unit!r}, indicator {indicator!r}: answered twice, at rows {first} and {row}")
        rows[unit, indicator] = row
        _refuse_exempt(unit, indicator, kind_of[unit], framework, bool(scale.stated[level]), f" at row {row}")
    labels = {UNIT: list(kind_of), INDICATOR: list(framework.indicator_ids), ANSWER: scale.levels}
    return Responses(_count(cells, labels), tuple(kind_of.values()), stated)


def _refuse_exempt(unit: str, indicator: str, kind: str, framework: Framework, stated: bool, where: str = "") -> None:
    if stated and indicator in framework.exempt.get(kind, ()):
        raise ValueError(
            f"unit {unit!r}, indicator {indicator!r}{where}: answered, but a {kind} is exempt from {indicator}; "
            f"give the unit's kind if it is not a {kind}"
        )


def _count(cells: list[tuple[str, str, int, int]], labels: dict[str, list[Any]]) -> Tally:
    """The tally of the cells, with every level."""
    from dueregard.counting import tally

    if not cells:
        shape = tuple(len(levels) for levels in labels.values())
        return Tally(np.zeros(shape, dtype=np.int64), labels, outcome=ANSWER)
    position = [{label: i for i, label in enumerate(labels[name])} for name in (UNIT, INDICATOR)]
    codes = {
        UNIT: np.array([position[0][cell[0]] for cell in cells], dtype=np.int32),
        INDICATOR: np.array([position[1][cell[1]] for cell in cells], dtype=np.int32),
        ANSWER: np.array([cell[2] for cell in cells], dtype=np.int32),
    }
    return _spread(tally(codes, [UNIT, INDICATOR], outcome=ANSWER, labels=labels), labels)


def _spread(counted: Tally, labels: dict[str, list[Any]]) -> Tally:
    """The same tally with exactly these labels, in this order."""
    for name, wanted in labels.items():
        index = [wanted.index(label) for label in counted.labels[name]]
        counted = counted.relabelled({name: (index, wanted)})
    return counted


def _from_counts(
    columns: Columns, unit: str, kind_of: dict[str, str], framework: Framework, names: Names, scale: Scale
) -> Responses:
    """One row for each unit, one column for the number of each answer."""
    units = _units(columns[unit], unit)
    for row, name in enumerate(units):
        if name in units[:row]:
            raise ValueError(f"unit {name!r}: listed twice, at rows {units.index(name)} and {row}")
    counts = np.zeros((len(units), len(scale.levels)), dtype=np.int64)
    for level, answer in enumerate(framework.answers):
        column = _column_of(answer, columns) or answer.id
        counts[:, level] = [_whole(value, column, row) for row, value in enumerate(columns[column])]
    for kind in missing.KINDS:
        if kind in columns:
            counts[:, scale.levels.index(kind)] = [_whole(v, kind, row) for row, v in enumerate(columns[kind])]
    tally = Tally(counts, {UNIT: units, ANSWER: scale.levels}, outcome=ANSWER)
    return Responses(tally, tuple(kind_of.values()), _stated(columns, units))


def _whole(value: Any, column: str, row: int) -> int:
    try:
        number = int(value)
        if number != float(value) or number < 0:
            raise ValueError
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{column}: {value!r} at row {row} is not a number of answers") from None
    return number


def _stated(columns: Columns, units: list[str]) -> dict[str, float]:
    """Percentages that came with the responses, where a column is called stated_percent."""
    stated = {}
    for row, (unit, value) in enumerate(zip(units, columns.get(STATED_PERCENT, []), strict=False)):
        try:
            stated[unit] = float(value if value not in (None, "") else "nan")
        except ValueError:
            raise ValueError(f"{STATED_PERCENT}: {value!r} at row {row} is not a number") from None
    return stated


def _from_tally(data: Tally, framework: Framework, names: Names, scale: Scale) -> Responses:
    """A tally that has the dimensions unit and answer, and perhaps indicator; others are summed."""
    unit = _unit_column(list(data.dims), framework, names)
    answer = names.answer if names.answer in data.dims else data.outcome
    if answer is None:
        raise ValueError(f"answer: no dimension {names.answer!r}; the tally has {', '.join(data.dims)}")
    if names.kind is not None and names.kind not in framework.kinds:
        raise ValueError(f"kind: {names.kind!r} is not a kind of unit ({', '.join(framework.kinds)})")
    dims = [unit, *([names.indicator] if names.indicator in data.dims else []), answer]
    counted = data.margin(*dims)
    renamed = dict(zip((UNIT, INDICATOR, ANSWER) if len(dims) == 3 else (UNIT, ANSWER), dims, strict=True))
    tally = Tally(counted.counts, {new: counted.labels[old] for new, old in renamed.items()}, outcome=ANSWER)
    tally = _answers_of_tally(_units_of_tally(tally), answer, scale)
    if len(dims) == 3:
        tally = _indicators_of_tally(tally, names.indicator, framework)
    return Responses(tally, (names.kind or framework.kind,) * len(tally.labels[UNIT]))


def _units_of_tally(tally: Tally) -> Tally:
    """Without the levels that no response is in; responses without a unit are refused."""
    used = tally.counts.reshape(len(tally.labels[UNIT]), -1).sum(axis=1) > 0
    for label, count in zip(tally.labels[UNIT], used.tolist(), strict=True):
        if missing.is_missing(label) and count:
            raise ValueError(f"unit: some responses have none ({label!r})")
    kept = [i for i, label in enumerate(tally.labels[UNIT]) if not missing.is_missing(label)]
    labels = tally.labels | {UNIT: [str(tally.labels[UNIT][i]) for i in kept]}
    return Tally(tally.counts[kept], labels, outcome=ANSWER)


def _answers_of_tally(tally: Tally, name: str, scale: Scale) -> Tally:
    counts = tally.counts.reshape(-1, len(tally.labels[ANSWER])).sum(axis=0)
    kept = [i for i, label in enumerate(tally.labels[ANSWER]) if counts[i] or scale.reads(label)]
    index = [scale.level(tally.labels[ANSWER][i], name) for i in kept]
    some = Tally(tally.counts[..., kept], tally.labels | {ANSWER: [tally.labels[ANSWER][i] for i in kept]})
    return some.relabelled({ANSWER: (index, scale.levels)})


def _indicators_of_tally(tally: Tally, name: str, framework: Framework) -> Tally:
    known = framework.indicator_ids
    for position, label in enumerate(tally.labels[INDICATOR]):
        if label not in known and tally.counts[:, position].any():
            raise ValueError(f"{name}: {label!r} is not in the framework{did_you_mean(label, known)}")
    kept = [i for i, label in enumerate(tally.labels[INDICATOR]) if label in known]
    some = Tally(tally.counts[:, kept], tally.labels | {INDICATOR: [tally.labels[INDICATOR][i] for i in kept]})
    return some.relabelled({INDICATOR: ([known.index(label) for label in some.labels[INDICATOR]], list(known))})
