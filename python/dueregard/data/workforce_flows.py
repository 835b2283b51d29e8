"""The example year of the workforce: who was in post, joined, left, became known and was promoted."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.workforce import workforce
from dueregard.missing import KINDS, NOT_APPLICABLE, NOT_STATED

LEAVERS = 2_480
LEFT = {"Resigned": 52, "Retired": 38, "Dismissed": 4, "Transferred out": 6}
KEPT = ("role", "grade", "gender", "age_band", "ethnic_group", "ethnic_group_broad", "population_group")
MINORITY_LEAVES, MINORITY_PROMOTED = 1.3, 0.75
BECAME_KNOWN = 0.012
ELIGIBLE_YEARS = 2
NOT_PROMOTED_FROM = ("Chief officer", "Special Inspector", "Senior staff", "PCSO")
PROMOTED = 0.045
NOTES = (
    "No totals were published: who left, who became known and who was promoted is plausible only.",
    "One row a person in post at any time from 31 March 2010 to 31 March 2011. Those in post at the end are "
    "example('workforce') with the same seed, and those with no full year of service joined in the year.",
    "ethnic_group_broad_2010 and population_group_2010 are what was stated at the start; years is time in post.",
)


def workforce_flows(seed: int) -> ExampleRecords:
    """One row a person in post in the year; see `dueregard.data.example`."""
    rng = draws.generator("workforce_flows", seed)
    staff = workforce(seed)
    people = np.concatenate([np.arange(staff.n_rows), _leavers(rng, staff)])
    n, stayed = len(people), np.arange(len(people)) < staff.n_rows
    joined = stayed & (staff["years_of_service"][people] == 0)
    known = {name: staff[name][people] for name in KEPT}
    before = _before(rng, known, joined)
    part = rng.random(n)
    columns = {
        "staff_id": np.arange(1, n + 1),
        **known,
        **before,
        "in_post_2010": ~joined,
        "in_post_2011": stayed,
        "joined": joined,
        "left": np.where(stayed, NOT_APPLICABLE, draws.answers(rng, LEFT, n)),
        "promotion": _promotion(rng, staff, people, stayed),
        "years": np.round(np.where(joined | ~stayed, part, 1.0), 3),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _leavers(rng: np.random.Generator, staff: ExampleRecords) -> NDArray[np.int64]:
    """Rows of staff whom those who left were like: minority ethnic staff leave more often."""
    minority = staff["ethnic_group_broad"] == "Minority ethnic"
    return draws.weighted_rows(rng, np.where(minority, MINORITY_LEAVES, 1.0), LEAVERS)


def _before(
    rng: np.random.Generator, known: dict[str, NDArray[Any]], joined: NDArray[np.bool_]
) -> dict[str, NDArray[Any]]:
    """What was stated a year before: a few of those whose group is known now had not stated one."""
    stated = ~np.isin(known["ethnic_group"], KINDS)
    unknown = stated & (rng.random(len(stated)) < BECAME_KNOWN)
    return {
        f"{name}_2010": np.where(joined, NOT_APPLICABLE, np.where(unknown, NOT_STATED, known[name]))
        for name in ("ethnic_group_broad", "population_group")
    }


def _promotion(
    rng: np.random.Generator, staff: ExampleRecords, people: NDArray[np.int64], stayed: NDArray[np.bool_]
) -> NDArray[Any]:
    """Who was promoted, of those in post with two years of service in a grade that has one above it."""
    eligible = stayed & (staff["years_of_service"][people] >= ELIGIBLE_YEARS)
    eligible &= ~np.isin(staff["grade"][people], NOT_PROMOTED_FROM)
    minority = staff["ethnic_group_broad"][people] == "Minority ethnic"
    chance = PROMOTED * np.where(minority, MINORITY_PROMOTED, 1.0)
    promoted = rng.random(len(people)) < chance
    return np.where(eligible, np.where(promoted, "Promoted", "Not promoted"), NOT_APPLICABLE)
