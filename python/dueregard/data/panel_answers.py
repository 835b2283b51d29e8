"""The example second opinions on the boroughs' answers: advisors, peers and a community panel."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.self_assessment import ANSWERS, self_assessment
from dueregard.missing import NOT_STATED


class Opinion(NamedTuple):
    """Indicators looked at in each borough, and of all answers the percent agreed with, put lower and put higher."""

    looked_at: int
    percent: tuple[int, int, int]


SOURCES = {
    "dip sample": Opinion(6, (75, 20, 5)),
    "peer review": Opinion(10, (80, 15, 5)),
    "community panel": Opinion(5, (60, 35, 5)),
}
ROUND = "after review"
NOTES = (
    "The review says that advisors would dip sample, that peers would review and that the community would verify; no "
    "results were published. Set for every seed, of 32 boroughs: "
    + "; ".join(
        f"{source}, {opinion.looked_at} indicators each, of which {opinion.percent[0]}% are the self-assessed answer, "
        f"{opinion.percent[1]}% a step lower and {opinion.percent[2]}% a step higher"
        for source, opinion in SOURCES.items()
    )
    + ".",
    "The answers looked at are those of example('self_assessment') with the same seed, after review; the one that was "
    "left out is not among them. Which ones, and where opinions differ, is only plausible.",
)


def panel_answers(seed: int) -> ExampleRecords:
    """One row an answer looked at again; see `dueregard.data.example`."""
    rng = draws.generator("panel_answers", seed)
    own = self_assessment(seed)
    chosen = np.flatnonzero((own["kind"] == "borough") & (own["round"] == ROUND) & (own["answer"] != NOT_STATED))
    parts = [_of_source(rng, own, chosen, source) for source in SOURCES]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _of_source(
    rng: np.random.Generator, own: ExampleRecords, rows: NDArray[np.int64], source: str
) -> dict[str, NDArray[Any]]:
    looked_at = _sample(rng, own["unit"], rows, SOURCES[source].looked_at)
    code = np.array([ANSWERS.index(answer) for answer in own["answer"][looked_at].tolist()])
    return {
        "unit": own["unit"][looked_at],
        "indicator": own["indicator"][looked_at],
        "answer": draws.labelled(ANSWERS, code + _steps(rng, code, SOURCES[source].percent)),
        "source": np.full(len(code), source),
    }


def _sample(rng: np.random.Generator, units: NDArray[Any], rows: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """So many of the rows of each unit, in the order of the rows."""
    _, unit = np.unique(units[rows], return_inverse=True)
    order = np.lexsort((rng.random(len(rows)), unit))
    first = np.searchsorted(unit[order], unit[order])
    return np.sort(rows[order[np.arange(len(rows)) - first < size]])


def _steps(rng: np.random.Generator, code: NDArray[np.int64], percent: tuple[int, int, int]) -> NDArray[np.int64]:
    """How far each second opinion is from the answer: 0, a step lower or a step higher, within the scale."""
    _, lower, higher = draws.allocate(len(code), percent)
    step = np.zeros(len(code), dtype=np.int64)
    for change, number in ((-1, lower), (1, higher)):
        can = np.flatnonzero((step == 0) & (code + change >= 0) & (code + change < len(ANSWERS)))
        step[can[draws.shuffled(rng, len(can))[:number]]] = change
    return step
