"""The example grievance and discipline cases, about members of the example workforce."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.workforce import workforce

CASES = {"Discipline": 1_350, "Fairness at work grievance": 480, "Employment tribunal": 95}
MINORITY_WEIGHT = {"Discipline": 1.55, "Fairness at work grievance": 1.9, "Employment tribunal": 2.6}
ALLEGATIONS = {
    "Discipline": {"Conduct": 46, "Duties and responsibilities": 27, "Honesty and integrity": 15, "Use of force": 12},
    "Fairness at work grievance": {
        "Bullying or harassment": 38,
        "Discrimination": 24,
        "Working pattern": 22,
        "Pay": 16,
    },
    "Employment tribunal": {"Discrimination": 67, "Unfair dismissal": 21, "Pay": 12},
}
OUTCOMES = {
    "Discipline": {
        "No case to answer": 38,
        "Management action": 27,
        "Written warning": 19,
        "Final written warning": 8,
        "Dismissed": 8,
    },
    "Fairness at work grievance": {"Not upheld": 55, "Partly upheld": 24, "Upheld": 13, "Withdrawn": 8},
    "Employment tribunal": {"Settled": 44, "Dismissed by the tribunal": 31, "Withdrawn": 19, "Upheld": 6},
}
DAYS_OPEN = {"Discipline": 240, "Fairness at work grievance": 120, "Employment tribunal": 420}
KEPT = ("staff_id", "role", "grade", "ethnic_group", "ethnic_group_broad", "gender", "age_band", "disability")
FIRST_DAY, YEAR_END = np.datetime64("2010-04-01"), np.datetime64("2011-04-01")
NOTES = (
    "No totals were published: numbers of cases, shares and outcomes are plausible only.",
    "staff_id and the characteristics are those of example('workforce') with the same seed; one person can have "
    "several cases. A case that was still open on 31 March 2011 has no closing date and the outcome 'Open'.",
)


def cases(seed: int) -> ExampleRecords:
    """One row a case opened in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("cases", seed)
    staff = workforce(seed)
    parts = [_of_procedure(rng, staff, procedure, n) for procedure, n in CASES.items()]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.argsort(columns["date_opened"], kind="stable")
    ordered = {name: column[order] for name, column in columns.items()}
    return ExampleRecords({"case_id": np.arange(1, len(order) + 1)} | ordered, provenance=PLAUSIBLE, notes=NOTES)


def _of_procedure(rng: np.random.Generator, staff: ExampleRecords, procedure: str, n: int) -> dict[str, NDArray[Any]]:
    people = _people(rng, staff, procedure, n)
    opened = FIRST_DAY + np.floor(365 * rng.random(n)).astype("timedelta64[D]")
    longest = 2 * DAYS_OPEN[procedure]
    closed = opened + (14 + np.floor(longest * rng.random(n) * rng.random(n))).astype("timedelta64[D]")
    still_open = closed >= YEAR_END
    outcome = draws.answers(rng, OUTCOMES[procedure], n)
    return {
        "procedure": np.full(n, procedure),
        "type": draws.answers(rng, ALLEGATIONS[procedure], n),
        **{name: staff[name][people] for name in KEPT},
        "date_opened": opened,
        "date_closed": np.where(still_open, np.datetime64("NaT"), closed),
        "outcome": np.where(still_open, "Open", outcome),
    }


def _people(rng: np.random.Generator, staff: ExampleRecords, procedure: str, n: int) -> NDArray[np.int64]:
    """Rows of the workforce, minority ethnic staff drawn more often by the procedure's weight."""
    minority = staff["ethnic_group_broad"] == "Minority ethnic"
    return draws.weighted_rows(rng, np.where(minority, MINORITY_WEIGHT[procedure], 1.0), n)
