"""The example requests for flexible working, by members of the example workforce."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.grade_bands import grade_band
from dueregard.data.satisfaction import MONTHS
from dueregard.data.workforce import workforce

REQUESTS = 3_100
WOMEN_ASK = 4.0  # how often women ask for one man who does
ARRANGEMENTS = {"Part-time": 41, "Compressed hours": 26, "Changed shifts": 17, "Home working": 11, "Job share": 5}
OUTCOMES = ("Granted", "Granted in part", "Declined", "Withdrawn")
OUTCOME_SHARES = (  # women, men; of police officers, then of others
    (0.66, 0.17, 0.12, 0.05), (0.57, 0.18, 0.19, 0.06), (0.75, 0.13, 0.08, 0.04), (0.68, 0.15, 0.12, 0.05),
)  # fmt: skip
UNDECIDED = 0.45  # of the requests of the last month
KEPT = ("staff_id", "role", "grade", "gender", "ethnic_group", "ethnic_group_broad", "age_band", "disability")
NOTES = (
    "No totals were published: numbers of requests, who makes them and what is decided are plausible only.",
    "staff_id and the characteristics are those of example('workforce') with the same seed; one person can ask more "
    "than once. Requests of March 2011 that were not yet decided have the outcome 'Open'.",
)


def flexible_working(seed: int) -> ExampleRecords:
    """One row a request made in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("flexible_working", seed)
    staff = workforce(seed)
    woman = staff["gender"] == "Female"
    who = draws.weighted_rows(rng, np.where(woman, WOMEN_ASK, 1.0), REQUESTS)
    month = np.sort(draws.dealt(rng, draws.allocate(REQUESTS, np.ones(len(MONTHS)))))
    columns = {
        "request_id": np.arange(1, REQUESTS + 1),
        "month": draws.labelled(MONTHS, month),
        **{name: staff[name][who] for name in KEPT},
        "grade_band": grade_band(staff["grade"][who]),
        "arrangement": draws.answers(rng, ARRANGEMENTS, REQUESTS),
        "outcome": _outcomes(rng, woman[who], staff["role"][who] == "Police officer", month),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _outcomes(
    rng: np.random.Generator, woman: NDArray[np.bool_], officer: NDArray[np.bool_], month: NDArray[np.int64]
) -> NDArray[Any]:
    decided = draws.labelled(OUTCOMES, draws.drawn(rng, OUTCOME_SHARES, np.where(officer, 0, 2) + ~woman))
    still_open = (month == len(MONTHS) - 1) & (rng.random(len(month)) < UNDECIDED)
    return np.where(still_open, "Open", decided)
