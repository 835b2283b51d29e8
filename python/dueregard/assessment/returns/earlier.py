"""Answers of an earlier round, by unit and indicator: filled into the next workbook, or compared with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from dueregard import missing
from dueregard.assessment import response_table
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns.cell_values import AnswerWords, date_of, long_text, text_of
from dueregard.assessment.returns.sheet_tables import check_text
from dueregard.hints import did_you_mean
from dueregard.records import provenance_of

NEEDED = ("unit", "indicator", "answer")


@dataclass(frozen=True)
class Earlier:
    """Unit to indicator to its answer (an id), evidence, owner and due."""

    framework: Framework
    answers: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    provenance: str | None = None

    def of(self, unit: str, kind: str) -> dict[str, dict[str, Any]]:
        """What is filled in for a unit, answers by their labels.

        Raises
        ------
        ValueError
            If an indicator is answered that the unit is exempt from.
        """
        labels = {answer.id: answer.label for answer in self.framework.answers}
        filled = {}
        for indicator, given in self.answers.get(unit, {}).items():
            answer = given["answer"]
            stated = not missing.is_missing(answer)
            if stated and indicator in self.framework.exempt.get(kind, ()):
                raise ValueError(f"answers: unit {unit!r}, indicator {indicator!r}: answered, but a {kind} is exempt")
            shown = None if answer == missing.NOT_STATED else labels.get(answer, answer.capitalize())
            filled[indicator] = {**given, "answer": shown}
        return filled


def read_earlier(answers: Any, framework: Framework) -> Earlier:
    """A table of one row a unit and indicator.

    Raises
    ------
    ValueError
        If a column is missing, an indicator or answer is unknown, one is answered twice, or a date is none.
    """
    if answers is None:
        return Earlier(framework)
    columns = response_table.read(answers, "answers")
    unit = "unit" if "unit" in columns or framework.kind not in columns else framework.kind
    for name in (unit, *NEEDED[1:]):
        if name not in columns:
            raise ValueError(f"answers: no column {name!r}{did_you_mean(name, list(columns))}")
    found: dict[str, dict[str, dict[str, Any]]] = {}
    words = AnswerWords(framework)
    for n in range(len(columns[unit])):
        row = {name: values[n] for name, values in columns.items()}
        name, indicator = text_of(row[unit]), text_of(row["indicator"])
        _check_cell(name, indicator, found, framework, n)
        found.setdefault(name, {})[indicator] = _given(row, words, n)
    return Earlier(framework, found, provenance_of(answers))


def _check_cell(unit: str, indicator: str, found: Mapping[str, Any], framework: Framework, n: int) -> None:
    if not unit:
        raise ValueError(f"answers: no unit at row {n}")
    if indicator not in framework.indicator_ids:
        hint = did_you_mean(indicator, framework.indicator_ids)
        raise ValueError(f"answers: indicator {indicator!r} at row {n} is not in the framework{hint}")
    if indicator in found.get(unit, ()):
        raise ValueError(f"answers: unit {unit!r}, indicator {indicator!r}: answered twice, the second time at row {n}")


def _given(row: Mapping[str, Any], words: AnswerWords, n: int) -> dict[str, Any]:
    try:
        answer, due = words.id_of(row["answer"]), date_of(row.get("due"))
    except ValueError as error:
        raise ValueError(f"answers: row {n}: {error}") from None
    texts = {name: long_text(row.get(name)) for name in ("evidence", "owner")}
    for name, text in texts.items():
        check_text(text or "", f"answers: {name} at row {n}")
    return {"answer": answer, **texts, "due": due}
