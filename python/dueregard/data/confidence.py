"""The example confidence survey: three years of interviews at sampling points, with weights and one change of mode."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.attitudes import DONT_KNOW, DONT_KNOW_SHARE, GOOD_JOB, PARTNERSHIP
from dueregard.data.borough_people import group_shares
from dueregard.data.example_records import PLAUSIBLE, ExampleRecords
from dueregard.data.satisfaction import AGE_SHARES, AGES, BROAD, GROUPS
from dueregard.data.seed_tables import load
from dueregard.data.survey_targets import targets

QUARTERS, POINTS, INTERVIEWS = 12, 10, 16  # of each borough: quarters, sampling points a quarter, people at a point
FIRST_YEAR = 2008
MODES = ("face to face", "telephone")
FIRST_QUARTER_BY_TELEPHONE = 3  # January 2009
YEAR_SHIFTS = (-6.0, -3.0, 0.0)  # percentage points from the figures of the last year
FORCE_GAPS = (4.0, 4.0, 10.0)  # White less minority ethnic within boroughs on average, percentage points
GAP_SD, CHANGE_SD, POINT_SD = 4.0, 5.0, 7.0  # of boroughs' gaps, of their changes in the last year, of sampling points
ADULTS = (0.30, 0.45, 0.17, 0.08)  # households with one adult to four: one of them is interviewed
CONCERNS = {"speeding": 0.34, "dangerous_driving": 0.27, "teenagers": 0.27, "litter": 0.24, "burglary": 0.21}
NOTES = (
    "Only plausible, every column. Good job and partnership lie near load('survey_targets') in the last year, concerns "
    "near the percentages stated for 2010; the rest was published nowhere.",
    f"In each of 32 boroughs and {QUARTERS} quarters {POINTS} sampling points, {INTERVIEWS} people at each: 640 people "
    "a borough and year. Answers of one point are alike: points differ by a standard deviation of "
    f"{POINT_SD:g} percentage points.",
    "Built in: within boroughs the gap between White and minority ethnic people is on average 4, 4 and 10 percentage "
    "points in the three years; for all of London together about 5.5, 5.5 and 10.5, since fewer people are confident "
    f"where more are of minority ethnic groups. Boroughs' gaps differ by a standard deviation of {GAP_SD:g}, and their "
    f"changes in the last year by {CHANGE_SD:g}. Interviews are by telephone from January 2009, face to face before.",
    "One adult of a household is interviewed: a weight is the adults of the household, raised so that the weights of a "
    "borough and year add up to its population.",
    "The first two answers of a scale are the positive ones; Don't know is outside the percentages.",
)

Counts = NDArray[np.int64]


def confidence(seed: int) -> ExampleRecords:
    """One row a person interviewed; see `dueregard.data.example`."""
    rng = draws.generator("confidence", seed)
    boroughs = load("boroughs")
    n_boroughs = len(boroughs["borough"])
    point = np.repeat(np.arange(n_boroughs * QUARTERS * POINTS), INTERVIEWS)
    borough, quarter = point // (QUARTERS * POINTS), point // POINTS % QUARTERS
    n = len(point)
    group = draws.drawn(rng, group_shares(not_stated=1.2), borough)
    adults = 1 + draws.drawn(rng, ADULTS, np.zeros(n, np.int64))
    chance = _chances(rng, borough, quarter // 4, group, point)
    columns = {
        "person": np.arange(1, n + 1),
        "month": _months(rng, quarter),
        "borough": boroughs["borough"][borough],
        "sampling_point": np.array([f"P{i + 1:04}" for i in range(point[-1] + 1)])[point],
        "mode": draws.labelled(MODES, (quarter >= FIRST_QUARTER_BY_TELEPHONE).astype(np.int64)),
        "ethnic_group": draws.labelled(GROUPS, group),
        "ethnic_group_broad": draws.labelled(BROAD, group),
        "gender": draws.answers(rng, {"Female": 0.52, "Male": 0.48}, n),
        "age_band": draws.labelled(AGES, draws.drawn(rng, AGE_SHARES, (group > 0).astype(np.int64))),
        "good_job": _answers(rng, GOOD_JOB, chance),
        "partnership": _answers(rng, PARTNERSHIP, np.clip(chance - 0.08, 0.02, 0.98)),
        **{f"concern_{name}": rng.random(n) < share for name, share in CONCERNS.items()},
        "weight": _weights(boroughs["population"], adults, borough, quarter // 4),
    }
    order = np.argsort(columns["month"], kind="stable")
    mixed = {name: column[order] for name, column in columns.items()} | {"person": columns["person"]}
    return ExampleRecords(mixed, provenance=PLAUSIBLE, notes=NOTES)


def _months(rng: np.random.Generator, quarter: Counts) -> NDArray[np.str_]:
    """A month of the quarter for each interview; the year begins in April."""
    month = 3 * quarter + draws.drawn(rng, (1, 1, 1), np.zeros(len(quarter), np.int64)) + 3
    names = [f"{FIRST_YEAR + i // 12}-{i % 12 + 1:02}" for i in range(3 * QUARTERS + 3)]
    return np.asarray(np.array(names)[month])


def _chances(
    rng: np.random.Generator, borough: Counts, year: Counts, group: Counts, point: Counts
) -> NDArray[np.float64]:
    """The chance of a positive answer of each person."""
    force = targets("good_job").percent + np.array(YEAR_SHIFTS)[:, np.newaxis]
    n_boroughs = force.shape[1]
    own, change = (sd * _centred(draws.scattered(rng, n_boroughs)) for sd in (GAP_SD, CHANGE_SD))
    gaps = np.array(FORCE_GAPS)[:, np.newaxis] + own + np.array([0, 0, 1])[:, np.newaxis] * change
    white = load("boroughs")["white_percent"][borough] / 100
    lean = np.where(group == 0, 1 - white, np.where(group < len(GROUPS) - 1, -white, 0.0))
    points = POINT_SD * draws.scattered(rng, int(point[-1]) + 1)
    percent = force[year, borough] + gaps[year, borough] * lean + points[point]
    return np.asarray(np.clip(percent / 100, 0.02, 0.98))


def _centred(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(values - values.mean())


def _answers(rng: np.random.Generator, scale: dict[str, float], chance: NDArray[np.float64]) -> NDArray[np.str_]:
    """One answer of the scale for each chance; a few people do not know."""
    labels, shares = list(scale), list(scale.values())
    status = np.where(rng.random(len(chance)) < DONT_KNOW_SHARE, 2, rng.random(len(chance)) >= chance)
    table = np.zeros((3, len(scale) + 1))
    table[0, :2], table[1, 2:-1], table[2, -1] = shares[:2], shares[2:], 1
    return draws.labelled((*labels, DONT_KNOW), draws.drawn(rng, table, status))


def _weights(population: NDArray[np.int64], adults: Counts, borough: Counts, year: Counts) -> NDArray[np.float64]:
    """Adults of the household, raised to the population of the borough in each year."""
    cell = borough * 3 + year
    raised = np.repeat(population, 3) / np.bincount(cell, weights=adults)
    return np.asarray(adults * raised[cell])
