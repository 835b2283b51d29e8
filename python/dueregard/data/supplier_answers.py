"""The example answers of made-up suppliers to the supplier equality questionnaire."""

import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.missing import NOT_STATED

SUPPLIERS, PASSING = 40, 31
LEFT_OUT = 8  # answers
MET_SHARE = 0.85  # by which numbers of questions met are drawn, in each section
PARTLY_SHARE = 0.6  # of answers not met
ANSWERS = ("no", "partly", "yes", NOT_STATED)
YES, MISSING = 2, 3
NOTES = (
    f"The suppliers are made up and nothing was published. Set for every seed: {PASSING} of {SUPPLIERS} suppliers "
    "reach the pass mark of the supplier questionnaire, which is held against each of its sections.",
    f"Up to {LEFT_OUT} answers are left out, in sections that their supplier passes without them, so that no result "
    "hangs on one.",
    "Only plausible: every answer.",
)


def supplier_answers(seed: int) -> ExampleRecords:
    """One row a supplier and question; see `dueregard.data.example`."""
    rng = draws.generator("supplier_answers", seed)
    questionnaire = _questionnaire()
    questions = [row["id"] for row in questionnaire["indicators"]]
    columns = {
        "unit": np.repeat([f"Supplier {number}" for number in range(1, SUPPLIERS + 1)], len(questions)),
        "indicator": np.tile(questions, SUPPLIERS),
        "answer": draws.labelled(ANSWERS, _answers(rng, questionnaire).ravel()),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _questionnaire() -> dict[str, Any]:
    """The framework's own file: sections, questions and the percent of a section to be met."""
    path = files("dueregard").joinpath("assessment", "standards", "supplier_questionnaire.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _answers(rng: np.random.Generator, questionnaire: dict[str, Any]) -> NDArray[np.int64]:
    """Codes (suppliers, questions), drawn section by section, in the order of the questions."""
    sizes = Counter(row["section"] for row in questionnaire["indicators"])
    passing = _sections_passed(rng, len(sizes))
    percent = questionnaire["levels"][0]["percent"]
    parts, spare = [], []
    for passed, size in zip(passing.T, sizes.values(), strict=True):
        least = -(-percent * size // 100)
        met = _met(rng, passed, size, least)
        parts.append(np.where(met, YES, (rng.random(met.shape) < PARTLY_SHARE).astype(np.int64)))
        spare.append(~met & passed[:, None])
    place = _places([row["section"] for row in questionnaire["indicators"]], list(sizes))
    codes = np.ascontiguousarray(np.hstack(parts)[:, place])
    free = np.flatnonzero(np.hstack(spare)[:, place])
    codes.ravel()[free[draws.shuffled(rng, len(free))[:LEFT_OUT]]] = MISSING
    return codes


def _places(sections: list[str], order: list[str]) -> NDArray[np.int64]:
    """Where each question stands when questions are put together by section."""
    together = sorted(range(len(sections)), key=lambda question: order.index(sections[question]))
    return np.argsort(together)


def _sections_passed(rng: np.random.Generator, n_sections: int) -> NDArray[np.bool_]:
    """(suppliers, sections): all of them for those that pass, for the others all but one or two."""
    failing = draws.dealt(rng, [PASSING, SUPPLIERS - PASSING]) * (1 + np.floor(2 * rng.random(SUPPLIERS)))
    place = rng.random((SUPPLIERS, n_sections)).argsort(axis=1, kind="stable").argsort(axis=1)
    return np.asarray(place >= failing[:, None])


def _met(rng: np.random.Generator, passed: NDArray[np.bool_], size: int, least: int) -> NDArray[np.bool_]:
    """Which of a section's questions each supplier meets: at least so many where it passes, fewer where not."""
    number = np.arange(size + 1)
    chances = draws.binomial_chances(size, MET_SHARE)
    count = np.array([draws.picked(rng, chances * ((number >= least) == reached)) for reached in passed])
    place = rng.random((len(passed), size)).argsort(axis=1, kind="stable").argsort(axis=1)
    return np.asarray(place < count[:, None])
