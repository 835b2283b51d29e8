"""The example stop and search records: encounters of one or more searches, columns as police publish them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.seed_tables import load

ENCOUNTERS = 20_000
SIZES = (0.80, 0.145, 0.04, 0.015)  # of 1, 2, 3 and 4 searches
ALIKE = 0.75
"""Share of searches whose person is of the group of the first of the encounter."""
FIRST_MINUTE, MINUTES = np.datetime64("2010-04-01T00:00"), 365 * 24 * 60
SELF_DEFINED = {  # code, and the share of people searched
    "White - White British (W1)": 30.0,
    "White - White Irish (W2)": 1.3,
    "White - Any other White ethnic background (W9)": 13.0,
    "Mixed - White and Black Caribbean (M1)": 2.2,
    "Mixed - White and Black African (M2)": 0.6,
    "Mixed - White and Asian (M3)": 0.4,
    "Mixed - Any other Mixed ethnic background (M9)": 2.0,
    "Asian or Asian British - Indian (A1)": 2.4,
    "Asian or Asian British - Pakistani (A2)": 2.7,
    "Asian or Asian British - Bangladeshi (A3)": 3.4,
    "Asian or Asian British - Any other Asian ethnic background (A9)": 5.0,
    "Black or Black British - Caribbean (B1)": 11.0,
    "Black or Black British - African (B2)": 10.5,
    "Black or Black British - Any other Black ethnic background (B9)": 8.5,
    "Chinese or other ethnic group - Chinese (O1)": 0.3,
    "Chinese or other ethnic group - Any other ethnic group (O9)": 1.7,
    "Not Stated (NS)": 5.0,
}
OFFICER_DEFINED = ("White", "Black", "Asian", "Other", "")
SEEN_AS = {  # how officers describe people, by the letter of the self-defined code
    "W": (0.960, 0.012, 0.008, 0.015, 0.005),
    "M": (0.230, 0.620, 0.070, 0.070, 0.010),
    "A": (0.020, 0.025, 0.920, 0.030, 0.005),
    "B": (0.010, 0.970, 0.008, 0.007, 0.005),
    "O": (0.200, 0.080, 0.220, 0.490, 0.010),
    "N": (0.420, 0.360, 0.130, 0.040, 0.050),
}
POWERS = {
    "Misuse of Drugs Act 1971 (section 23)": ("Controlled drugs", 51.0),
    "Police and Criminal Evidence Act 1984 (section 1)": ("Stolen goods", 34.0),
    "Criminal Justice Act 1988 (section 139B)": ("Offensive weapons", 2.0),
    "Firearms Act 1968 (section 47)": ("Firearms", 1.5),
    "Criminal Justice and Public Order Act 1994 (section 60)": ("Anything to threaten or harm anyone", 11.5),
}
OUTCOMES = {
    "Nothing found - no further action": 83.0,
    "Suspect arrested": 9.0,
    "Offender given drugs possession warning": 5.0,
    "Offender given penalty notice": 1.5,
    "Suspect summonsed to court": 1.0,
    "Local resolution": 0.5,
}
AGES = {"under 10": 0.05, "10-17": 22.0, "18-24": 37.0, "25-34": 20.0, "over 34": 17.0, "": 3.95}
_NOBODY = {"population_group": "not applicable"}
"""What stands where there was no person; what police publish is left blank."""
NOTES = (
    "No totals were published: numbers, shares and outcomes are plausible only.",
    "Encounter numbers searches made together; Borough is added; coordinates are left out. Blanks and 'Not Stated "
    "(NS)' are as police publish them: missing={'Not Stated (NS)': 'not stated'}.",
    "A vehicle search without a person has no personal characteristics.",
    "population_group, from the self-defined code, has the groups of example('population').",
    "People searched in one encounter are often of one group.",
)


def stop_search(seed: int) -> ExampleRecords:
    """One row a search in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("stop_search", seed)
    size = 1 + draws.drawn(rng, SIZES, np.zeros(ENCOUNTERS, dtype=np.int64))
    encounter = np.repeat(np.arange(ENCOUNTERS), size)
    shared = {name: column[encounter] for name, column in _encounters(rng).items()}
    n = len(encounter)
    nobody = rng.random(n) < 0.012 * (size[encounter] == 1)
    found = draws.answers(rng, OUTCOMES, n)
    # people who are stopped together are often of one group; drawn apart, so that all other columns stay as they are
    alike = draws.generator("stop_search together", seed).random(n) < ALIKE
    people = _people(rng, alike, np.searchsorted(encounter, encounter))
    columns = {
        "Encounter": encounter + 1,
        "Type": np.where(
            nobody, "Vehicle search", np.where(shared.pop("vehicle"), "Person and Vehicle search", "Person search")
        ),
        "Date": shared.pop("Date"),
        "Borough": shared.pop("Borough"),
        "Part of a policing operation": shared.pop("Part of a policing operation"),
        **{name: np.where(nobody, _NOBODY.get(name, ""), column) for name, column in people.items()},
        **shared,
        "Outcome": found,
        "Outcome linked to object of search": _linked(rng, found),
        "Removal of more than just outer clothing": draws.answers(rng, {"False": 96.0, "True": 4.0}, n),
    }
    return ExampleRecords(columns, provenance=PLAUSIBLE, notes=NOTES)


def _encounters(rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    """What the searches of an encounter share."""
    minute = np.sort(np.floor(MINUTES * rng.random(ENCOUNTERS)).astype(np.int64))
    stamps = np.datetime_as_string(FIRST_MINUTE + minute.astype("timedelta64[m]"), unit="s")
    boroughs = load("boroughs")
    people = dict(zip(boroughs["borough"].tolist(), boroughs["population"].tolist(), strict=True))
    power = draws.drawn(rng, [share for _, share in POWERS.values()], np.zeros(ENCOUNTERS, dtype=np.int64))
    return {
        "Date": np.char.add(stamps, "+00:00"),
        "Borough": draws.answers(rng, people, ENCOUNTERS),
        "Part of a policing operation": draws.answers(rng, {"False": 93.0, "True": 7.0}, ENCOUNTERS),
        "vehicle": rng.random(ENCOUNTERS) < 0.2,
        "Legislation": draws.labelled(list(POWERS), power),
        "Object of search": draws.labelled([thing for thing, _ in POWERS.values()], power),
    }


def _people(rng: np.random.Generator, alike: NDArray[np.bool_], first: NDArray[np.int64]) -> dict[str, NDArray[Any]]:
    """Who was searched: self-defined and officer-defined ethnicity are different questions.

    ``alike`` marks the searches of people of the same group as the ``first`` of their encounter.
    """
    codes, n = list(SELF_DEFINED), len(alike)
    level = draws.drawn(rng, list(SELF_DEFINED.values()), np.zeros(n, dtype=np.int64))
    level = np.where(alike, level[first], level)
    seen_as = [SEEN_AS[code.rpartition("(")[2][0]] for code in codes]
    return {
        "Gender": draws.answers(rng, {"Male": 93.0, "Female": 6.4, "": 0.6}, n),
        "Age range": draws.answers(rng, AGES, n),
        "Self-defined ethnicity": draws.labelled(codes, level),
        "Officer-defined ethnicity": draws.labelled(OFFICER_DEFINED, draws.drawn(rng, seen_as, level)),
        "population_group": draws.labelled([_population_group(code) for code in codes], level),
    }


def _population_group(code: str) -> str:
    """The group of a self-defined code among those that London's population was published in."""
    letters = code.rpartition("(")[2].rstrip(")")
    named = {"W1": "White British", "A": "Asian", "B": "Black", "NS": "not stated"}
    return named.get(letters) or named.get(letters[0], "All other groups")


def _linked(rng: np.random.Generator, outcome: NDArray[Any]) -> NDArray[Any]:
    """Whether the outcome has to do with what was looked for; blank when nothing was found or nobody said."""
    answer = draws.answers(rng, {"True": 70.0, "False": 25.0, "": 5.0}, len(outcome))
    return np.where(outcome == "Nothing found - no further action", "", answer)
