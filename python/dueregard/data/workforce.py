"""The example workforce: one row a member of staff, some characteristics not declared."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.seed_tables import load

GROUPS = ("White British", "White Irish", "White Other", "Asian", "Black", "Mixed", "Other", "not stated", "refused")
POPULATION_GROUPS = ("White British", *["All other groups"] * 2, "Asian", "Black", *["All other groups"] * 2)
BROAD = (*["White"] * 3, *["Minority ethnic"] * 4, "not stated", "refused")
WHITE_SPLIT, MINORITY_SPLIT = (0.87, 0.03, 0.10), (0.38, 0.33, 0.18, 0.11)
NOT_STATED, REFUSED = 0.015, 0.008
AGES = ("Under 25", "25-34", "35-44", "45-54", "55 and over")
AGE_SHARES = {
    "Police officer": (0.05, 0.33, 0.38, 0.22, 0.02),
    "Police staff": (0.06, 0.23, 0.24, 0.29, 0.18),
    "PCSO": (0.14, 0.37, 0.25, 0.16, 0.08),
    "Special constable": (0.35, 0.42, 0.15, 0.06, 0.02),
}
LONGEST_SERVICE = {"Under 25": 5, "25-34": 12, "35-44": 20, "45-54": 30, "55 and over": 35}
RELIGIONS = {"Christian": 52, "No religion": 36, "Muslim": 4, "Hindu": 2, "Sikh": 1.5, "Jewish": 1, "Other": 3.5}
ORIENTATIONS = {"Heterosexual": 95, "Gay or lesbian": 3.6, "Bisexual": 0.9, "Other": 0.5}
NOTES = (
    "Set to published figures: 31,000 police officers, 13,000 police staff, 2,600 PCSOs and 5,100 special constables.",
    "Only plausible: headcounts by grade, every share and every declaration rate.",
    "population_group has the groups of example('population'); both sides can be compared.",
)


def workforce(seed: int) -> ExampleRecords:
    """One row a member of staff; see `dueregard.data.example`."""
    rng = draws.generator("workforce", seed)
    grades = load("workforce_grades")
    grade = np.repeat(np.arange(len(grades["grade"])), grades["headcount"])
    n = len(grade)
    group = draws.drawn(rng, _group_shares(grades["minority_ethnic_percent"] / 100), grade)
    women = grades["women_percent"] / 100
    gender = _dealt_by_grade(rng, np.column_stack([women, 1 - women]), grades["headcount"])
    age = draws.drawn(rng, [AGE_SHARES[role] for role in grades["role"].tolist()], grade)
    longest = np.array(list(LONGEST_SERVICE.values()))[age]
    columns = {
        "staff_id": np.arange(1, n + 1),
        "role": grades["role"][grade],
        "grade": grades["grade"][grade],
        "years_of_service": np.floor(longest * rng.random(n)).astype(np.int64),
        "ethnic_group": draws.labelled(GROUPS, group),
        "ethnic_group_broad": draws.labelled(BROAD, group),
        "population_group": draws.labelled((*POPULATION_GROUPS, "not stated", "refused"), group),
        "gender": draws.labelled(("Female", "Male"), gender),
        "age_band": draws.labelled(AGES, age),
        "disability": draws.answers(rng, {"No": 0.94, "Yes": 0.06}, n, not_stated=0.22, refused=0.03),
        "religion": draws.answers(rng, RELIGIONS, n, not_stated=0.21, refused=0.12),
        "sexual_orientation": draws.answers(rng, ORIENTATIONS, n, not_stated=0.22, refused=0.15),
    }
    return ExampleRecords(columns, provenance=SYNTHETIC, notes=NOTES)


def _group_shares(minority: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shares of the ethnic groups in each grade; the minority share is of the stated."""
    stated = 1 - NOT_STATED - REFUSED
    white = np.outer(stated * (1 - minority), WHITE_SPLIT)
    others = np.outer(stated * minority, MINORITY_SPLIT)
    missing = np.tile([NOT_STATED, REFUSED], (len(minority), 1))
    return np.column_stack([white, others, missing])


def _dealt_by_grade(
    rng: np.random.Generator, shares: NDArray[np.float64], headcount: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Levels that have each grade's shares as nearly as whole people can."""
    counts = [draws.allocate(int(people), row) for people, row in zip(headcount, shares, strict=True)]
    return np.concatenate([draws.dealt(rng, row) for row in counts])
