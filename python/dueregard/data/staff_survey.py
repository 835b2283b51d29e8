"""The example staff survey: whether members of the workforce are treated with dignity and respect."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.grade_bands import grade_band
from dueregard.data.workforce import workforce

WAVES = ("2010-05", "2010-08", "2010-11", "2011-02")
RETURNED = {"Police officer": 0.36, "Police staff": 0.55, "PCSO": 0.41, "Special constable": 0.28}
ANSWERS = ("Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree", "Don't know")
SHARES = (0.24, 0.47, 0.14, 0.09, 0.05, 0.01)
DISAGREES = {"disability": ("Yes", 1.9), "ethnic_group_broad": ("Minority ethnic", 1.35), "gender": ("Female", 1.15)}
UNDISCLOSED = 1.4  # those who do not state their disability agree less often
NO_ANSWER = 0.012
KEPT = (
    "role", "grade", "gender", "age_band", "ethnic_group", "ethnic_group_broad", "disability", "religion",
    "sexual_orientation",
)  # fmt: skip
NOTES = (
    "No totals were published: who returns the survey and every answer are plausible only.",
    "One row a survey returned. A quarter of example('workforce') is asked in the middle month of each quarter, "
    "everybody once a year; about two in five return it, and nothing is known of the others.",
    "The survey is anonymous, so rows have no staff_id. The first two answers are agreement; Don't know and not stated "
    "are outside the percentages.",
)


def staff_survey(seed: int) -> ExampleRecords:
    """One row a survey returned in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("staff_survey", seed)
    staff = workforce(seed)
    wave = draws.dealt(rng, draws.allocate(staff.n_rows, np.ones(len(WAVES))))
    chance = np.select([staff["role"] == role for role in RETURNED], list(RETURNED.values()))
    mixed = draws.shuffled(rng, staff.n_rows)
    who = mixed[rng.random(staff.n_rows) < chance[mixed]]
    who = who[np.argsort(wave[who], kind="stable")]
    columns = {
        "response": np.arange(1, len(who) + 1),
        "month": draws.labelled(WAVES, wave[who]),
        **{name: staff[name][who] for name in KEPT},
    }
    columns["grade_band"] = grade_band(columns.pop("grade"))
    columns["dignity_and_respect"] = _answers(rng, columns)
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _answers(rng: np.random.Generator, columns: dict[str, NDArray[Any]]) -> NDArray[Any]:
    """An answer for each, less often of agreement where the odds of a characteristic say so."""
    n = len(columns["response"])
    odds = np.where(np.isin(columns["disability"], ["not stated", "refused"]), UNDISCLOSED, 1.0)
    for name, (label, factor) in DISAGREES.items():
        odds = odds * np.where(columns[name] == label, factor, 1.0)
    agrees, otherwise = SHARES[0] + SHARES[1], 1 - SHARES[0] - SHARES[1]
    disagrees = rng.random(n) >= agrees / (agrees + odds * otherwise)
    shares = np.array([[*SHARES[:2], 0, 0, 0, 0], [0, 0, *SHARES[2:]]])
    answer = draws.labelled(ANSWERS, draws.drawn(rng, shares, disagrees.astype(np.int64)))
    return np.where(rng.random(n) < NO_ANSWER, "not stated", answer)
