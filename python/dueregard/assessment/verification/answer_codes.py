"""Answers of units as arrays: the unit and indicator that each is to, whether there is a row for it, and its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.assessment import response_reading, response_table, responses
from dueregard.assessment.answers import Scale
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.response_table import Columns
from dueregard.assessment.responses import Names, Responses
from dueregard.assessment.results import Assessment
from dueregard.records import provenance_of
from dueregard.tallies import Tally

KIND = "kind of the unit"


@dataclass(frozen=True)
class Answers:
    """What units answered: codes into the levels of the scale, (n_units, n_indicators), and where there was a row."""

    units: list[str]
    kinds: list[str]
    codes: NDArray[np.int64]
    given: NDArray[np.bool_]
    scale: Scale
    native: str | None = None
    provenance: str | None = None

    @property
    def stated(self) -> NDArray[np.bool_]:
        """(n_units, n_indicators): whether there is an answer."""
        return self.scale.stated[self.codes]

    @property
    def met(self) -> NDArray[np.bool_]:
        """(n_units, n_indicators): whether the answer counts as met."""
        return self.scale.met[self.codes]

    @property
    def open(self) -> NDArray[np.bool_]:
        """(n_units, n_indicators): whether an answer is missing that could have been given."""
        return np.asarray(~self.stated & (self.codes != self.scale.not_applicable))


def provenance(*sides: Answers) -> str | None:
    """Where the records of all sides came from."""
    return "; ".join(dict.fromkeys(side.provenance for side in sides if side.provenance)) or None


def of_assessment(assessment: Assessment, name: str) -> Answers:
    """The answers of an assessment, which has to know the indicators."""
    if not isinstance(assessment, Assessment):
        raise TypeError(f"{name}: {type(assessment).__name__} is not an Assessment, such as dr.assess gives")
    if not assessment.by_indicator:
        raise ValueError(f"{name}: needs to know which indicator an answer is to; these are counts by unit")
    codes, scale = np.asarray(assessment.answers, np.int64), assessment.scale
    given = codes != scale.not_stated
    return Answers(assessment.units, assessment.kinds, codes, given, scale, assessment.native, assessment.provenance)


def of_own(own: Any, framework: Framework, names: Names, missing: Mapping[Any, str] | None) -> Answers:
    """Units' own answers: an assessment against the same framework, or responses."""
    if not isinstance(framework, Framework):
        raise TypeError(f"framework: {framework!r} is not a Framework, such as dr.frameworks.esps() gives")
    if isinstance(own, Assessment):
        if own.framework != framework:
            raise ValueError(f"own: was assessed against {own.framework.name!r}, not {framework.name!r}")
        return of_assessment(own, "own")
    return _coded(own, response_reading.read(own, framework, names, missing), "own", Scale(framework, missing))


def of_checks(
    other: Any, own: Answers, framework: Framework, names: Names, missing: Mapping[Any, str] | None, source: str
) -> dict[str | None, Answers]:
    """The answers of each source of checks, units of the kinds that they have in their own answers."""
    if isinstance(other, Assessment | Tally):
        return {None: of_own(other, framework, names, missing)}
    columns = response_table.read(other, framework=framework)
    found = {}
    for label, part in _sources(columns, source).items():
        counted = response_reading.read(_with_kinds(part, own, framework, names), framework, _of_kinds(names), missing)
        answers = _coded(other, counted, "other", Scale(framework, missing))
        found[label] = replace(answers, given=answers.given | _rows_without_answer(part, answers, framework, names))
    return found


def _rows_without_answer(columns: Columns, answers: Answers, framework: Framework, names: Names) -> NDArray[np.bool_]:
    """Where a table of one row for each answer has a row, perhaps a blank one: that answer was asked for.

    In a table with a column for each indicator a blank says nothing of the kind.
    """
    given = np.zeros(answers.codes.shape, dtype=np.bool_)
    if names.indicator not in columns or names.answer not in columns:
        return given
    rows = {unit: i for i, unit in enumerate(answers.units)}
    places = {indicator: i for i, indicator in enumerate(framework.indicator_ids)}
    units = columns[responses.unit_column(list(columns), framework, names)]
    for unit, indicator in zip(units, columns[names.indicator], strict=True):
        given[rows[str(unit)], places[str(indicator)]] = True
    return given


def _sources(columns: Columns, source: str) -> dict[str | None, Columns]:
    """The rows of each source, in the order in which they come."""
    if source not in columns:
        return {None: columns}
    for row, label in enumerate(columns[source]):
        if label is None or label == "" or label != label:
            raise ValueError(f"{source}: no source at row {row}")
    labels = [str(label) for label in columns[source]]
    return {
        label: {
            name: [value for value, other in zip(values, labels, strict=True) if other == label]
            for name, values in columns.items()
            if name != source
        }
        for label in dict.fromkeys(labels)
    }


def _of_kinds(names: Names) -> Names:
    return Names(names.unit, names.indicator, names.answer, KIND)


def _with_kinds(columns: Columns, own: Answers, framework: Framework, names: Names) -> Columns:
    """A check need not say what kind a unit is: its own answers did."""
    kinds = dict(zip(own.units, own.kinds, strict=True))
    units = columns[responses.unit_column(list(columns), framework, names)]
    return {**columns, KIND: [kinds.get(str(unit), framework.kind) for unit in units]}


def _coded(data: Any, counted: Responses, name: str, scale: Scale) -> Answers:
    """Responses whose indicators are known."""
    if counted.codes is None:
        raise ValueError(f"{name}: needs to know which indicator an answer is to; these are counts by unit")
    codes = np.asarray(counted.codes, np.int64)
    library = type(data).__module__.partition(".")[0]
    native = library if library in ("pandas", "polars", "pyarrow") else None
    given = codes != scale.not_stated
    return Answers(counted.units, list(counted.kinds), codes, given, scale, native, provenance_of(data))
