"""Answers that do not go together: each check by its name, with how many it looked at and what it found."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dueregard import missing
from dueregard.assessment.frameworks import Framework
from dueregard.assessment.returns.cell_values import text_of
from dueregard.assessment.returns.earlier import Earlier, read_earlier
from dueregard.findings import Findings
from dueregard.flags import Flag

Row = Mapping[str, Any]
Found = Iterator[tuple[Row, str]]

FEWEST_ALIKE = 5
"""A unit that gives the same answer throughout is listed when it gave at least this many."""


class Answers:
    """The rows of the invited returns, as the checks see them."""

    def __init__(self, framework: Framework, responses: Mapping[str, list[Any]], earlier: Earlier) -> None:
        self.rows: list[Row] = [dict(zip(responses, row, strict=True)) for row in zip(*responses.values(), strict=True)]
        self.place = {answer.id: n for n, answer in enumerate(framework.answers)}
        self.labels = {answer.id: answer.label for answer in framework.answers}
        self._met = {answer.id for answer in framework.answers if answer.met}
        self.earlier = earlier

    @property
    def met(self) -> list[Row]:
        """Rows with an answer that counts as met."""
        return [row for row in self.rows if row["answer"] in self._met]

    @property
    def not_met(self) -> list[Row]:
        """Rows with an answer that does not."""
        return [row for row in self.rows if row["answer"] in self.place and row["answer"] not in self._met]

    @property
    def with_evidence(self) -> list[Row]:
        """Rows with evidence."""
        return [row for row in self.rows if row["evidence"]]

    def before(self, row: Row) -> str | None:
        """The answer of the round before."""
        return self.earlier.answers.get(row["unit"], {}).get(row["indicator"], {}).get("answer")


def _no_evidence(answers: Answers) -> tuple[int, Found]:
    return len(answers.met), ((row, "met, but no evidence is given") for row in answers.met if not row["evidence"])


def _no_answer(answers: Answers) -> tuple[int, Found]:
    looked = answers.with_evidence
    found = (row for row in looked if row["answer"] == missing.NOT_STATED)
    return len(looked), ((row, "evidence is given, but no answer") for row in found)


def _no_owner(answers: Answers) -> tuple[int, Found]:
    looked = answers.not_met
    return len(looked), ((row, "not met, but no owner is named") for row in looked if not row["owner"])


def _no_date(answers: Answers) -> tuple[int, Found]:
    looked = answers.not_met
    return len(looked), ((row, "not met, but no date for action is given") for row in looked if not row["due"])


def _date_passed(answers: Answers) -> tuple[int, Found]:
    looked = [row for row in answers.not_met if row["due"] and row["returned"]]
    words = "action by {due}, which was past when it was returned on {returned}"
    return len(looked), ((row, words.format_map(row)) for row in looked if row["due"] < row["returned"])


def _evidence_repeated(answers: Answers) -> tuple[int, Found]:
    found = _shared(answers, lambda row: (row["unit"], row["round"]), "indicator")
    return len(answers.with_evidence), ((row, f"the same evidence as for {also}") for row, also in found)


def _evidence_copied(answers: Answers) -> tuple[int, Found]:
    found = _shared(answers, lambda row: (row["indicator"], row["round"]), "unit")
    return len(answers.with_evidence), ((row, f"the same evidence as {also}") for row, also in found)


def _shared(answers: Answers, within: Callable[[Row], Any], differing: str) -> Iterator[tuple[Row, str]]:
    """Rows whose evidence is also that of others, with the first of the others."""
    groups: dict[Any, dict[str, None]] = {}
    for row in answers.with_evidence:
        groups.setdefault((within(row), text_of(row["evidence"]).casefold()), {})[row[differing]] = None
    for row in answers.with_evidence:
        others = [name for name in groups[within(row), text_of(row["evidence"]).casefold()] if name != row[differing]]
        if others:
            yield row, others[0] + (f" and {len(others) - 1} more" if len(others) > 1 else "")


def _same_throughout(answers: Answers) -> tuple[int, Found]:
    units: dict[Any, list[Row]] = {}
    for row in answers.rows:
        if row["answer"] in answers.place:
            units.setdefault((row["unit"], row["round"]), []).append(row)
    alike = [rows for rows in units.values() if len(rows) >= FEWEST_ALIKE and len({r["answer"] for r in rows}) == 1]
    rows = ((dict(rows[0]) | {"indicator": None, "row": None}, len(rows)) for rows in alike)
    return len(units), ((row, f"all {n} answers are the same") for row, n in rows)


def _lower(answers: Answers) -> tuple[int, Found]:
    looked = [row for row in answers.rows if row["answer"] in answers.place and answers.before(row) in answers.place]
    found = (row for row in looked if answers.place[row["answer"]] < answers.place[answers.before(row) or ""])
    return len(looked), ((row, f"it was {answers.labels[answers.before(row) or '']!r} before") for row in found)


CHECKS: dict[str, Callable[[Answers], tuple[int, Found]]] = {
    "met without evidence": _no_evidence,
    "evidence without an answer": _no_answer,
    "not met without an owner": _no_owner,
    "not met without a date for action": _no_date,
    "date for action before the return": _date_passed,
    "same evidence for several indicators": _evidence_repeated,
    "same evidence as another unit": _evidence_copied,
    "same answer throughout": _same_throughout,
    "lower than before": _lower,
}
"""By name: how many rows (of the same answer throughout, returns) a check looks at, and those it finds, with why."""


def inconsistencies(
    framework: Framework, responses: Mapping[str, list[Any]], previous: Any, provenance: str | None
) -> Findings:
    """A row for each check, then a row for each answer that it found; "lower than before" needs ``previous``."""
    answers = Answers(framework, responses, read_earlier(previous, framework))
    first: list[dict[str, Any]] = []
    found: list[dict[str, Any]] = []
    for name, check in CHECKS.items():
        if name == "lower than before" and previous is None:
            continue
        looked, those = check(answers)
        listed = [_row(name, row, note, answers) for row, note in those]
        first.append({"measure": name, "count": len(listed), "nobs": looked, "flag": Flag.FULL_COUNT})
        found += listed
    rows = first + found
    columns = {name: [row.get(name) for row in rows] for name in _NAMES}
    columns["row_type"] = ["group"] * len(rows)
    return Findings(
        columns,
        by=("unit", "indicator"),
        title="Answers to look at again",
        provenance=provenance,
        kind="inconsistent answers",
    )


_NAMES = ("measure", "unit", "indicator", "count", "nobs", "flag", "round", "answer", "file", "row", "note")


def _row(check: str, row: Row, note: str, answers: Answers) -> dict[str, Any]:
    label = answers.labels.get(row["answer"], row["answer"])
    return {**{name: row.get(name) for name in _NAMES}, "measure": check, "answer": label, "note": note, "flag": None}
