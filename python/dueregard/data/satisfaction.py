"""The example user satisfaction survey: a year of interviews set to the published figures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.borough_counts import GAP_SD, OVERALL_SD, satisfied
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.seed_tables import load

INTERVIEWS = 18_000
LOST = (0.975, 0.015, 0.010)  # answered, don't know, no answer
NO_GROUP_SHARE = 0.025  # of the interviews: ethnic group not stated
WHITE_SHARE = 5 / 7  # the share at which 81 and 74 make 79
MONTHS = (*(f"2010-{month:02}" for month in range(4, 13)), "2011-01", "2011-02", "2011-03")
GROUPS = ("White", "Asian", "Black", "Mixed", "Other", "not stated")
BROAD = ("White", *["Minority ethnic"] * 4, "not stated")
MIXED_SHARE = 5 / 9  # of what a borough's own shares leave open, the rest Other
LATE = (1.0, 0.99, 1.02, 1.01, 0.99, 1.0)  # how late each of GROUPS comes when a broad group's satisfied are chosen
SATISFIED = {"Completely satisfied": 0.24, "Very satisfied": 0.45, "Fairly satisfied": 0.31}
NOT_SATISFIED = {
    "Neither satisfied nor dissatisfied": 0.27,
    "Fairly dissatisfied": 0.31,
    "Very dissatisfied": 0.24,
    "Completely dissatisfied": 0.18,
}
CRIMES = ("Burglary", "Vehicle crime", "Violent crime", "Road traffic collision")
CRIME_SHARES = ((0.29, 0.25, 0.23, 0.23), (0.20, 0.31, 0.32, 0.17))  # of the satisfied, of the others
AGES = ("16-24", "25-34", "35-44", "45-54", "55-64", "65 and over")
AGE_SHARES = ((0.11, 0.20, 0.21, 0.19, 0.15, 0.14), (0.19, 0.29, 0.24, 0.15, 0.08, 0.05))  # White, others
NOTES = (
    "Set to published figures: satisfied overall, White and minority ethnic users and the gap, for the force; overall "
    "or gap for the boroughs named in load('survey_targets').",
    "Only plausible: the other boroughs, interviews by borough and group, and every other column.",
    "Answers are drawn at random, among the numbers that agree with what was published, from the figures in "
    f"load('survey_targets'); between boroughs that were not named, standard deviations of {OVERALL_SD:g} (satisfied) "
    f"and {GAP_SD:g} (gap) percentage points are added, which is plausible.",
    f"Each month has {INTERVIEWS // len(MONTHS):,} interviews; the borough and group of each are drawn, half in equal "
    "parts for the boroughs, half by population.",
    "Satisfied means completely, very or fairly satisfied; Don't know and not stated are outside the percentages.",
)


def satisfaction(seed: int) -> ExampleRecords:
    """One row an interview; see `dueregard.data.example`."""
    rng = draws.generator("satisfaction", seed)
    n = INTERVIEWS
    borough = draws.drawn(rng, _borough_shares(), np.zeros(n, dtype=np.int64))
    group = draws.drawn(rng, _group_shares(), borough)
    status = _status(rng, borough, group)
    columns = {
        "interview": np.arange(1, n + 1),
        "month": draws.labelled(MONTHS, np.arange(n) * len(MONTHS) // n),
        "borough": draws.labelled(load("boroughs")["borough"].tolist(), borough),
        "ethnic_group": draws.labelled(GROUPS, group),
        "ethnic_group_broad": draws.labelled(BROAD, group),
        "gender": draws.answers(rng, {"Female": 0.48, "Male": 0.52}, n, not_stated=0.004),
        "age_band": draws.labelled(AGES, draws.drawn(rng, AGE_SHARES, (group > 0).astype(np.int64))),
        "disability": draws.answers(rng, {"No": 0.87, "Yes": 0.13}, n, not_stated=0.04, refused=0.02),
        "crime_type": draws.labelled(CRIMES, draws.drawn(rng, CRIME_SHARES, (status > 0).astype(np.int64))),
        "satisfaction": _answers(rng, status),
    }
    return ExampleRecords(columns, provenance=SYNTHETIC, notes=NOTES)


def _answers(rng: np.random.Generator, status: NDArray[np.int64]) -> NDArray[Any]:
    labels = (*SATISFIED, *NOT_SATISFIED, "Don't know", "not stated")
    shares = np.zeros((4, len(labels)))
    shares[0, :3] = list(SATISFIED.values())
    shares[1, 3:7] = list(NOT_SATISFIED.values())
    shares[2, 7] = shares[3, 8] = 1
    return draws.labelled(labels, draws.drawn(rng, shares, status))


def _status(rng: np.random.Generator, borough: NDArray[np.int64], group: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 satisfied, 1 not satisfied, 2 don't know, 3 no answer for each interview."""
    lost = draws.drawn(rng, LOST, np.zeros(len(group), dtype=np.int64))
    kind = (group > 0).astype(np.int64) + (group == len(GROUPS) - 1)  # White, minority ethnic, not stated
    answered = np.flatnonzero(lost == 0)
    cell = (3 * borough + kind)[answered]
    stated = np.bincount(cell, minlength=3 * len(load("boroughs")["borough"]))
    met = satisfied(rng, stated.reshape(-1, 3)).ravel()
    turn = rng.random(len(cell)) * np.array(LATE)[group[answered]]
    order = np.lexsort((turn, cell))
    place = np.arange(len(cell)) - np.repeat(np.cumsum(stated) - stated, stated)
    status = lost + 1
    status[answered[order]] = place >= met[cell[order]]
    return status


def _borough_shares() -> NDArray[np.float64]:
    """Half of the interviews in equal parts, half by population."""
    people = load("boroughs")["population"]
    shares: NDArray[np.float64] = 0.5 / len(people) + 0.5 * people / people.sum()
    return shares


def _group_shares() -> NDArray[np.float64]:
    """Shares of GROUPS among the interviews of each borough, (32, 6)."""
    white = _white_shares()[:, None]
    shares = np.column_stack([white, (1 - white) * _minority_mix()]) * (1 - NO_GROUP_SHARE)
    return np.column_stack([shares, np.full(len(white), NO_GROUP_SHARE)])


def _white_shares() -> NDArray[np.float64]:
    """The boroughs' White shares, with odds raised by one factor until the force has the share that fits 81, 74, 79."""
    interviews = _borough_shares()
    share = load("boroughs")["white_percent"] / 100
    low, high = 0.1, 10.0
    for _ in range(60):
        factor = (low + high) / 2
        raised: NDArray[np.float64] = factor * share / (factor * share + 1 - share)
        low, high = (factor, high) if (raised * interviews).sum() < WHITE_SHARE else (low, factor)
    return raised


def _minority_mix() -> NDArray[np.float64]:
    """Shares of Asian, Black, Mixed and Other among the minority ethnic people of each borough, (32, 4)."""
    table = load("boroughs")
    named = np.column_stack([table["asian_percent"], table["black_percent"]])
    rest = 100.0 - table["white_percent"] - named.sum(axis=1)
    people = np.column_stack([named, rest * MIXED_SHARE, rest * (1 - MIXED_SHARE)])
    shares: NDArray[np.float64] = people / people.sum(axis=1, keepdims=True)
    return shares
