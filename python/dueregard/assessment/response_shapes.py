"""Tables of responses: one row for each answer, one column for each indicator, or one for the number of each answer."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from dueregard import missing
from dueregard.assessment.answers import MISSING, Scale, folded, plain_text
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_table import Columns, at, some_rows
from dueregard.assessment.responses import (
    STATED_PERCENT,
    Counts,
    Names,
    Responses,
    areas_of,
    count_codes,
    exempt_cells,
    kinds_of,
)
from dueregard.assessment.set_aside import SetAside
from dueregard.hints import did_you_mean


class Cell(NamedTuple):
    """One answer: its unit, indicator and code, as it was written, and its row."""

    unit: str
    indicator: str
    code: int
    answer: Any
    row: int


def shape_of(columns: Columns, framework: Framework, names: Names) -> Callable[..., Responses]:
    """Which reader the columns call for."""
    if names.answer in columns and names.indicator in columns:
        return from_long
    if any(indicator in columns for indicator in framework.indicator_ids):
        return from_matrix
    if all(_column_of(answer, columns) for answer in framework.answers):
        return from_counts
    raise ValueError(
        f"responses: need the columns {names.indicator!r} and {names.answer!r}, or one column for each indicator "
        f"({framework.indicator_ids[0]}, ...), or one for each answer ({', '.join(framework.answer_ids)}); "
        f"there are {', '.join(columns)}"
    )


def _column_of(answer: Any, columns: Columns) -> str | None:
    """The column that counts an answer, called by its id or its label."""
    words = (folded(answer.id), folded(answer.label))
    return next((name for name in columns if folded(name) in words), None)


def _with_units(columns: Columns, unit: str, set_aside: SetAside) -> tuple[Columns, list[int]]:
    """The rows that name a unit, units as text, and where they stood."""
    kept = []
    for row, value in enumerate(columns[unit]):
        if missing.is_missing(missing.resolve(value, {})):
            set_aside.refuse(f"{unit}: no unit at {set_aside.at(row)}", row=row)
        else:
            kept.append(row)
    some = some_rows(columns, kept)
    some[unit] = [plain_text(value) for value in some[unit]]
    return some, kept


def from_long(
    columns: Columns, unit: str, framework: Framework, names: Names, scale: Scale, set_aside: SetAside
) -> Responses:
    """One row for each unit and indicator."""
    columns, rows = _with_units(columns, unit, set_aside)
    cells: list[Cell] = []
    known = frozenset(framework.indicator_ids)
    for place, row in enumerate(rows):
        name, asked, answer = columns[unit][place], columns[names.indicator][place], columns[names.answer][place]
        if plain_text(asked) not in known:
            hint = did_you_mean(asked, framework.indicator_ids)
            why = f"{names.indicator}: {asked!r} at {set_aside.at(row)} is not in the framework{hint}"
            set_aside.refuse(why, unit=name, indicator=asked, answer=answer, row=row)
            continue
        cells += _cell(name, plain_text(asked), answer, row, f"{names.answer} at {set_aside.at(row)}", scale, set_aside)
    return _coded(cells, columns, unit, framework, names, scale, set_aside)


def from_matrix(
    columns: Columns, unit: str, framework: Framework, names: Names, scale: Scale, set_aside: SetAside
) -> Responses:
    """One row for each unit, one column for each indicator."""
    columns, rows = _with_units(columns, unit, set_aside)
    asked = [name for name in framework.indicator_ids if name in columns]
    _refuse_strange(columns, {*asked, unit, names.kind, names.area, *BESIDE}, framework, scale)
    cells: list[Cell] = []
    for name in asked:
        for place, row in enumerate(rows):
            label, answer = columns[unit][place], columns[name][place]
            cells += _cell(label, name, answer, row, f"{name} at {set_aside.at(row)}", scale, set_aside)
    return _coded(cells, columns, unit, framework, names, scale, set_aside)


BESIDE = ("kind", "area", STATED_PERCENT)
"""Columns beside the answers that say something of the unit."""


def _refuse_strange(columns: Columns, known: set[str | None], framework: Framework, scale: Scale) -> None:
    """Refuse a column that is an indicator by another spelling, or that holds answers and nothing else."""
    spelt = {identifier.casefold() for identifier in framework.indicator_ids}
    for name, values in columns.items():
        if name in known:
            continue
        held = [value for value in values if not missing.is_missing(missing.resolve(value, {}))]
        if name.strip().casefold() in spelt or (held and all(map(scale.reads, held))):
            hint = did_you_mean(name, framework.indicator_ids)
            raise ValueError(f"{name}: holds answers, but is not an indicator of the framework{hint}")


def _cell(
    unit: str, indicator: str, answer: Any, row: int, where: str, scale: Scale, set_aside: SetAside
) -> Iterable[Cell]:
    """The cell of an answer, or none where it is no answer."""
    try:
        return [Cell(unit, indicator, scale.level(answer, where), answer, row)]
    except ValueError as error:
        set_aside.refuse(str(error), unit=unit, indicator=indicator, answer=answer, row=row)
        return []


def _coded(
    cells: list[Cell],
    columns: Columns,
    unit: str,
    framework: Framework,
    names: Names,
    scale: Scale,
    set_aside: SetAside,
) -> Responses:
    """Cells, checked against each other and the exemptions, as an array of codes."""
    kinds = kinds_of(columns, columns[unit], framework, names.kind)
    cells = _answered_once(cells, set_aside, "round" in columns)
    cells = [cell for cell in cells if not _is_exempt(cell, kinds[cell.unit], framework, scale, set_aside)]
    row_of = {name: i for i, name in enumerate(kinds)}
    column_of = {name: i for i, name in enumerate(framework.indicator_ids)}
    codes = np.full((len(kinds), len(column_of)), scale.not_stated, dtype=np.uint8)
    for cell in cells:
        codes[row_of[cell.unit], column_of[cell.indicator]] = cell.code
    codes[exempt_cells(list(kinds.values()), framework)] = scale.not_applicable
    areas = areas_of(columns, columns[unit], names.area)
    counts, stated = count_codes(codes, scale), _stated(columns, columns[unit])
    return Responses(list(kinds), list(kinds.values()), list(areas.values()), codes, counts, stated, set_aside)


def _answered_once(cells: list[Cell], set_aside: SetAside, has_rounds: bool) -> list[Cell]:
    """Without the indicators that a unit answered twice: which answer holds cannot be told."""
    first: dict[tuple[str, str], Cell] = {}
    twice: set[tuple[str, str]] = set()
    for cell in cells:
        key = cell.unit, cell.indicator
        if key in first:
            rows = f"at {set_aside.at(first[key].row)} and {set_aside.at(cell.row)}"
            why = f"unit {cell.unit!r}, indicator {cell.indicator!r}: answered twice, {rows}"
            why += "; there is a column 'round': assess the rounds, by dr.assess_rounds" if has_rounds else ""
            for one in (cell,) if key in twice else (first[key], cell):
                set_aside.refuse(why, unit=one.unit, indicator=one.indicator, answer=one.answer, row=one.row)
            twice.add(key)
        else:
            first[key] = cell
    return [cell for key, cell in first.items() if key not in twice]


def _is_exempt(cell: Cell, kind: str, framework: Framework, scale: Scale, set_aside: SetAside) -> bool:
    if not scale.stated[cell.code] or cell.indicator not in framework.exempt.get(kind, ()):
        return False
    why = (
        f"unit {cell.unit!r}, indicator {cell.indicator!r} at {set_aside.at(cell.row)}: answered, but a {kind} is "
        f"exempt from {cell.indicator}; give the unit's kind if it is not a {kind}"
    )
    set_aside.refuse(why, unit=cell.unit, indicator=cell.indicator, answer=cell.answer, row=cell.row)
    return True


def from_counts(
    columns: Columns, unit: str, framework: Framework, names: Names, scale: Scale, set_aside: SetAside
) -> Responses:
    """One row for each unit, one column for the number of each answer."""
    columns, _ = _with_units(columns, unit, set_aside)
    units = columns[unit]
    for row, name in enumerate(units):
        if name in units[:row]:
            raise ValueError(f"unit {name!r}: listed twice, at {at(columns, units.index(name))} and {at(columns, row)}")
    counts = np.zeros((len(units), len(scale.levels)), dtype=np.int32)
    for code, words in _words_of_counts(framework, scale):
        named = [name for name in columns if folded(name) in words]
        if len(named) > 1:
            raise ValueError(f"{named[1]}: counts the same answers as {named[0]!r}")
        for column in named:
            counts[:, code] = [_whole(value, column, at(columns, row)) for row, value in enumerate(columns[column])]
    kinds = list(kinds_of(columns, units, framework, names.kind).values())
    areas = list(areas_of(columns, units, names.area).values())
    counts = completed(counts, units, kinds, framework, scale)
    return Responses(units, kinds, areas, None, counts, _stated(columns, units), set_aside)


def _words_of_counts(framework: Framework, scale: Scale) -> Iterable[tuple[int, set[str]]]:
    """Of each answer and kind of missing: its code, and what the column that counts it may be called."""
    for level in (*framework.answer_ids, *missing.KINDS):
        yield scale.levels.index(level), {word for word, stands_for in scale.words.items() if stands_for == level}


def completed(counts: Counts, units: list[str], kinds: list[str], framework: Framework, scale: Scale) -> Counts:
    """Counts of answers, with those indicators not stated that no answer was counted for."""
    if framework.has_phases:
        raise ValueError(
            "responses: counts of answers do not say which level they are to; give the framework of one phase, such as "
            f"framework.phase({framework.level_ids[0]!r})"
        )
    asked = np.array([len(framework.assessable(kind)) for kind in kinds], dtype=np.int64)
    answers = counts[:, scale.states != MISSING].sum(axis=1, dtype=np.int64)
    every = counts.sum(axis=1, dtype=np.int64)
    for what, given in (("answers", answers), ("answers and missing answers", every)):
        for row in np.flatnonzero(given > asked):
            has = f"a {kinds[row]} has {asked[row]} assessable indicators"
            raise ValueError(f"unit {units[row]!r}: {given[row]} {what}, but {has}")
    whole = counts.copy()
    whole[:, scale.not_stated] += (asked - every).astype(np.int32)
    return whole


def _whole(value: Any, column: str, place: str) -> int:
    text = "" if isinstance(value, (bool, np.bool_)) else plain_text(value)
    if not text.isascii() or not text.isdigit() or int(text) >= 2**31:
        raise ValueError(f"{column}: {value!r} at {place} is not a number of answers")
    return int(text)


def _stated(columns: Columns, units: list[str]) -> dict[str, float]:
    """Percentages that came with the responses, where a column is called stated_percent."""
    stated: dict[str, float] = {}
    for row, (unit, value) in enumerate(zip(units, columns.get(STATED_PERCENT, []), strict=False)):
        if missing.is_null(value) or value == "":
            continue
        try:
            percent = float(value)
        except (TypeError, ValueError):
            percent = float("nan")
        if not abs(percent) < float("inf"):
            raise ValueError(f"{STATED_PERCENT}: {value!r} at {at(columns, row)} is not a number")
        if stated.setdefault(unit, percent) != percent:
            raise ValueError(
                f"{STATED_PERCENT}: {value!r} of {unit!r} at {at(columns, row)}, and {stated[unit]:g} before"
            )
    return stated
