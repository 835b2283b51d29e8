"""The example victim records: a year of crimes, each with its victim, and what was done for them."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.borough_people import group_shares
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.satisfaction import AGE_SHARES, AGES, BROAD, GROUPS
from dueregard.data.seed_tables import load
from dueregard.data.survey_targets import published
from dueregard.missing import NOT_APPLICABLE, NOT_STATED, REFUSED

VICTIMS = 34_000
OFFENCES = ("Domestic abuse", "Hate crime", "Burglary", "Robbery", "Vehicle crime", "Violent crime")
OFFENCE_SHARES = ((24, 3, 24, 9, 20, 20), (25, 11, 18, 13, 14, 19))  # White, others
STRANDS = {"Racist": 74, "Homophobic": 12, "Faith": 9, "Disability": 3.5, "Transphobic": 1.5}
RECORDS = (  # of the year for one victim: 1, 2, 3, 4, 5
    (0.70, 0.17, 0.07, 0.04, 0.02), (0.78, 0.14, 0.05, 0.02, 0.01), (0.90, 0.08, 0.02, 0, 0),
    (0.96, 0.03, 0.01, 0, 0), (0.91, 0.07, 0.02, 0, 0), (0.89, 0.08, 0.02, 0.01, 0),
)  # fmt: skip
LIKE_THE_FIRST = 0.8  # of the later records of a victim, the others are of any offence
SOON = 150  # days within which the next record comes, sooner more often
WOMEN = (0.76, 0.44, 0.49, 0.35, 0.40, 0.41)
DETECTED = (0.46, 0.42, 0.12, 0.18, 0.07, 0.34)
MINORITY_DETECTED = 0.95
CALLED = 0.22
CALL_BACKS = ((0.80, 0.16, 0.04), (0.745, 0.205, 0.05))  # satisfied, not satisfied, refused; White, others
LATE = (1.0, 1.025, 1.04, 1.02, 1.02, 1.03)  # how late each of GROUPS is told
EARLY_MONTHS = 0.06  # how much later the victims of the first month were told than those of the last
NOT_RECORDED = 0.02
FIRST_DAY, YEAR_END = np.datetime64("2010-04-01"), np.datetime64("2011-04-01")
NOTES = (
    "Set to a published figure: 90% of victims updated within the agreed timescales, of those whose updates were "
    "recorded, in the year as a whole; the document says that performance improved to it and gives no period.",
    "Only plausible: every number of records and victims, every share and every difference.",
    "victim numbers people: a victim with several records has several rows. The records begin on 1 April 2010, so what "
    "happened to a victim before is not known.",
    "sanction_detection is what came of the crime when every case of the year had been closed. call_back is the answer "
    "of those who were called back: a sample, so 'Not called' is no answer and no dissatisfaction.",
    "Domestic abuse is what the equality objectives of 2012-16 call domestic violence.",
)


def victims(seed: int) -> ExampleRecords:
    """One row a record of a victim of crime in 2010-11; see `dueregard.data.example`."""
    rng = draws.generator("victims", seed)
    people = _people(rng)
    person, day, offence = _records(rng, people["offence"])
    n, group = len(person), people["group"][person]
    columns = {
        "record_id": np.arange(1, n + 1),
        "victim": people["number"][person],
        "date": FIRST_DAY + day.astype("timedelta64[D]"),
        "borough": draws.labelled(load("boroughs")["borough"].tolist(), people["borough"][person]),
        "offence": draws.labelled(OFFENCES, offence),
        "hate_crime_strand": np.where(offence == 1, draws.answers(rng, STRANDS, n), NOT_APPLICABLE),
        "ethnic_group": draws.labelled(GROUPS, group),
        "ethnic_group_broad": draws.labelled(BROAD, group),
        **{name: people[name][person] for name in ("gender", "age_band", "disability")},
        "updated_in_time": _updated(rng, group, day),
        "sanction_detection": _detected(rng, group, offence),
        "call_back": _call_back(rng, group),
    }
    columns["month"] = columns["date"].astype("datetime64[M]").astype(np.str_)
    first = ("record_id", "victim", "date", "month")
    ordered = {name: columns[name] for name in (*first, *(name for name in columns if name not in first))}
    return ExampleRecords(ordered, provenance=SYNTHETIC, notes=NOTES)


def _people(rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    """Every victim: where they live, who they are, and the offence they are first recorded for."""
    residents = load("boroughs")["population"]
    borough = draws.drawn(rng, residents, np.zeros(VICTIMS, dtype=np.int64))
    group = draws.drawn(rng, group_shares(not_stated=6.0), borough)
    minority = (group > 0).astype(np.int64)
    offence = draws.drawn(rng, OFFENCE_SHARES, minority)
    woman = rng.random(VICTIMS) < np.array(WOMEN)[offence]
    return {
        "number": 1 + draws.shuffled(rng, VICTIMS),
        "borough": borough,
        "group": group,
        "offence": offence,
        "gender": np.where(rng.random(VICTIMS) < 0.006, NOT_STATED, np.where(woman, "Female", "Male")),
        "age_band": draws.labelled(AGES, draws.drawn(rng, AGE_SHARES, minority)),
        "disability": draws.answers(rng, {"No": 0.86, "Yes": 0.14}, VICTIMS, not_stated=0.31, refused=0.03),
    }


def _records(
    rng: np.random.Generator, offence: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """The victim, the day and the offence of each record, in order of days.

    Days after the year are taken to its beginning, as if victims of the year before came into it: records that begin
    with first offences alone would have more repeats every month.
    """
    size = 1 + draws.drawn(rng, RECORDS, offence)
    person = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(person)) - np.repeat(np.cumsum(size) - size, size)
    n_days = int((YEAR_END - FIRST_DAY) / np.timedelta64(1, "D"))
    start = np.floor(n_days * rng.random(len(size))).astype(np.int64)
    wait = 1 + np.floor(SOON * rng.random(len(person)) ** 2).astype(np.int64)
    waited = np.cumsum(np.where(place > 0, wait, 0))
    day = (start[person] + waited - waited[np.searchsorted(person, person)]) % n_days
    fresh = draws.drawn(rng, [np.mean(OFFENCE_SHARES, axis=0)], np.zeros(len(person), dtype=np.int64))
    alike = (place == 0) | (rng.random(len(person)) < LIKE_THE_FIRST)
    kind = np.where(alike, offence[person], fresh)
    order = np.argsort(day, kind="stable")
    return person[order], day[order], kind[order]


def _updated(rng: np.random.Generator, group: NDArray[np.int64], day: NDArray[np.int64]) -> NDArray[Any]:
    """Whether the victim was updated in time: the published share were, the latest of the others were not."""
    turn = rng.random(len(group)) * np.array(LATE)[group] * (1 + EARLY_MONTHS * (1 - day / day.max()))
    recorded = np.flatnonzero(rng.random(len(group)) >= NOT_RECORDED)
    met = round(published("victims updated by Victim Focus Units") / 100 * len(recorded))
    answer = np.full(len(group), NOT_STATED, dtype="U10")
    answer[recorded[np.argsort(turn[recorded], kind="stable")]] = np.where(np.arange(len(recorded)) < met, "Yes", "No")
    return answer


def _detected(rng: np.random.Generator, group: NDArray[np.int64], offence: NDArray[np.int64]) -> NDArray[Any]:
    chance = np.array(DETECTED)[offence] * np.where(group > 0, MINORITY_DETECTED, 1.0)
    return np.where(rng.random(len(group)) < chance, "Yes", "No")


def _call_back(rng: np.random.Generator, group: NDArray[np.int64]) -> NDArray[Any]:
    answer = draws.drawn(rng, CALL_BACKS, (group > 0).astype(np.int64))
    said = draws.labelled(("Satisfied", "Not satisfied", REFUSED), answer)
    return np.where(rng.random(len(group)) < CALLED, said, "Not called")
