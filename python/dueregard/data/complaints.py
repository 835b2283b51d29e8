"""The example public complaints: one row an allegation, who made it and what came of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.borough_people import group_shares
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.satisfaction import AGE_SHARES, AGES, MONTHS
from dueregard.data.seed_tables import load
from dueregard.data.workforce import BROAD, GROUPS, POPULATION_GROUPS
from dueregard.missing import NOT_STATED, REFUSED

ALLEGATIONS_MADE = 7_200
ALLEGATIONS = {
    "Neglect or failure in duty": 33,
    "Incivility": 22,
    "Oppressive conduct or harassment": 14,
    "Use of force": 13,
    "Malpractice": 7,
    "Discrimination": 6,
    "Other": 5,
}
RESULTS = ("Substantiated", "Not substantiated", "Locally resolved", "Withdrawn", "Discontinued")
RESULT_SHARES = ((0.10, 0.43, 0.33, 0.08, 0.06), (0.07, 0.48, 0.30, 0.08, 0.07))  # White, others
OPEN = (0.02, 0.40)  # of the allegations of the first month, and of the last
COMPLAINS = (1.0, 0.95, 1.6, 1.2, 1.0)  # how often White, Asian, Black, Mixed and Other people do
WHITE_SPLIT = (0.68, 0.04, 0.28)  # British, Irish, Other
NOT_STATED_SHARE, REFUSED_SHARE = 0.27, 0.04
NOTES = (
    "No totals were published: numbers, shares and results are plausible only.",
    "One row an allegation; ethnicity is the complainant's and often not stated. population_group has the groups of "
    "example('population').",
    "Allegations still open on 31 March 2011 have the result 'Open': more of those made late in the year.",
)


def complaints(seed: int) -> ExampleRecords:
    """One row an allegation made in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("complaints", seed)
    n = ALLEGATIONS_MADE
    month = np.sort(draws.dealt(rng, draws.allocate(n, np.ones(len(MONTHS)))))
    borough = draws.drawn(rng, load("boroughs")["population"], np.zeros(n, dtype=np.int64))
    group = draws.drawn(rng, _group_shares(), borough)
    minority = (group > 2).astype(np.int64)
    columns = {
        "allegation_id": np.arange(1, n + 1),
        "month": draws.labelled(MONTHS, month),
        "borough": draws.labelled(load("boroughs")["borough"].tolist(), borough),
        "allegation": draws.answers(rng, ALLEGATIONS, n),
        "ethnic_group": draws.labelled(GROUPS, group),
        "ethnic_group_broad": draws.labelled(BROAD, group),
        "population_group": draws.labelled((*POPULATION_GROUPS, NOT_STATED, REFUSED), group),
        "gender": draws.answers(rng, {"Female": 0.42, "Male": 0.58}, n, not_stated=0.05),
        "age_band": draws.labelled(AGES, draws.drawn(rng, AGE_SHARES, minority)),
        "disability": draws.answers(rng, {"No": 0.87, "Yes": 0.13}, n, not_stated=0.52, refused=0.05),
        "result": _results(rng, minority, month),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _group_shares() -> NDArray[np.float64]:
    """Shares of the workforce's ethnic groups among those who complain in each borough, (32, 9)."""
    people = group_shares(not_stated=0.0)[:, :5] * COMPLAINS
    people = people / people.sum(axis=1, keepdims=True) * (1 - NOT_STATED_SHARE - REFUSED_SHARE)
    missing = np.tile([NOT_STATED_SHARE, REFUSED_SHARE], (len(people), 1))
    return np.column_stack([np.outer(people[:, 0], WHITE_SPLIT), people[:, 1:], missing])


def _results(rng: np.random.Generator, minority: NDArray[np.int64], month: NDArray[np.int64]) -> NDArray[Any]:
    first, last = OPEN
    still_open = rng.random(len(month)) < first + (last - first) * month / (len(MONTHS) - 1)
    result = draws.labelled(RESULTS, draws.drawn(rng, RESULT_SHARES, minority))
    return np.where(still_open, "Open", result)
