"""The example equality impact assessments: when they were due, when completed, and which mitigations are open."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords

KINDS = ("policy", "standard operating procedure", "change programme", "procurement", "estate", "training", "systems",
         "publicity")  # fmt: skip
SUBJECTS = (
    "Abnormal loads", "Bail", "Burglary", "Call handling", "Cash handling", "Custody", "Cycle patrols", "Detention",
    "Domestic abuse", "Driving standards", "Drug testing", "Events", "Evidence storage", "Fitness standards", "Fleet",
    "Football", "Front counters", "Gangs", "Hate crime", "Honour based violence", "Identification", "Interpreters",
    "Licensing", "Missing persons", "Mounted patrols", "Promotion", "Roads policing", "Schools", "Stop and search",
    "Uniform",
)  # fmt: skip
GROUPS = {
    "Territorial Policing": 30, "Specialist Crime": 16, "Specialist Operations": 9, "Central Operations": 14,
    "Human Resources": 13, "Resources": 11, "Information": 7,
}  # fmt: skip
FIRST_DAY, YEAR_END = np.datetime64("2010-04-01"), np.datetime64("2011-04-01")
EARLIEST, LATEST = -45, 120  # days from due to completed
EARLY_POWER = 1.6  # the higher, the more are completed early
NEVER = 0.05
MOST_MITIGATIONS = 6
STILL_OPEN = 0.35  # of the mitigations of an assessment that is completed
NOTES = (
    "No totals were published: titles, dates and mitigations are plausible only.",
    "One row an assessment that was due in 2010-11. completed is blank (NaT) for those not completed by 31 March 2011; "
    "all their mitigations are open.",
    "Those due late in the year had less time to be completed late, so quarters are compared by those on time.",
)


def impact_assessments(seed: int) -> ExampleRecords:
    """One row an assessment due in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("impact_assessments", seed)
    titles = np.array([f"{subject}: {kind}" for subject in SUBJECTS for kind in KINDS])
    n = len(titles)
    due = np.sort(FIRST_DAY + np.floor(365 * rng.random(n)).astype("timedelta64[D]"))
    completed = _completed(rng, due)
    group = draws.answers(rng, GROUPS, n)
    mitigations = np.floor((MOST_MITIGATIONS + 1) * rng.random(n) ** 1.5).astype(np.int64)
    left = np.floor(mitigations * rng.random(n) ** (1 / STILL_OPEN - 1) + 0.5).astype(np.int64)
    columns = {
        "assessment_id": np.arange(1, n + 1),
        "title": titles[draws.shuffled(rng, n)],
        "business_group": group,
        "owner": np.char.add("Diversity lead, ", group),
        "month": due.astype("datetime64[M]").astype(np.str_),
        "due": due,
        "completed": completed,
        "status": _status(due, completed),
        "mitigations": mitigations,
        "mitigations_open": np.where(np.isnat(completed), mitigations, left),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _completed(rng: np.random.Generator, due: NDArray[Any]) -> NDArray[Any]:
    """The day each was completed, blank if it was not by the end of the year."""
    n = len(due)
    days = EARLIEST + np.floor((LATEST - EARLIEST) * rng.random(n) ** EARLY_POWER)
    day = due + days.astype("timedelta64[D]")
    blank = (day >= YEAR_END) | (rng.random(n) < NEVER)
    return np.where(blank, np.datetime64("NaT"), day)


def _status(due: NDArray[Any], completed: NDArray[Any]) -> NDArray[Any]:
    return np.where(
        np.isnat(completed), "Not completed", np.where(completed > due, "Completed late", "Completed on time")
    )
