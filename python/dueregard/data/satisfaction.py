"""The example user satisfaction survey: a year of interviews set to the published figures."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.seed_tables import load
from dueregard.data.survey_targets import Targets, published, targets

INTERVIEWS = 18_000
DONT_KNOW, NO_ANSWER = 270, 180
NO_GROUP_SHARE = 0.025  # of the interviews of a borough: ethnic group not stated
WHITE_SHARE = 5 / 7  # the share at which 81 and 74 make 79
MONTHS = (*(f"2010-{month:02}" for month in range(4, 13)), "2011-01", "2011-02", "2011-03")
GROUPS = ("White", "Asian", "Black", "Mixed", "Other", "not stated")
BROAD = ("White", *["Minority ethnic"] * 4, "not stated")
MINORITY_MIX = (0.21, 0.16, 0.05, 0.04)  # of London's people, for what a borough's own shares leave open
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
    "Satisfied means completely, very or fairly satisfied; Don't know and not stated are outside the percentages.",
)


class Interviews(NamedTuple):
    """Interviews with a stated answer by borough, each an array (32,)."""

    white: NDArray[np.int64]
    minority: NDArray[np.int64]
    no_group: NDArray[np.int64]


def satisfaction(seed: int) -> ExampleRecords:
    """One row an interview; see `dueregard.data.example`."""
    rng = draws.generator("satisfaction", seed)
    cells = _cells()
    borough, group, status = (index[:, 0] for index in np.split(_rows_of(cells), 3, axis=1))
    order = draws.shuffled(rng, len(borough))
    borough, group, status = borough[order], group[order], status[order]
    n = len(order)
    month = np.arange(n) * len(MONTHS) // n
    columns = {
        "interview": np.arange(1, n + 1),
        "month": draws.labelled(MONTHS, month),
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


def _rows_of(cells: NDArray[np.int64]) -> NDArray[np.int64]:
    """The cell (borough, group, status) of each interview, as rows of three."""
    return np.repeat(np.argwhere(cells >= 0), cells.ravel(), axis=0)


def _cells() -> NDArray[np.int64]:
    """Interviews by borough, group and satisfied, not satisfied, don't know, no answer: (32, 6, 4)."""
    per_borough = _interviews_by_borough()
    dont_know = draws.allocate(DONT_KNOW, per_borough)
    no_answer = draws.allocate(NO_ANSWER, per_borough)
    stated = _by_group(per_borough - dont_know - no_answer)
    white, minority, overall = _satisfied(stated)
    no_group = np.rint(overall * stated.no_group).astype(np.int64)
    cells = np.zeros((len(per_borough), len(GROUPS), 4), dtype=np.int64)
    for i, mix in enumerate(_minority_mix()):
        nobs = np.array([stated.white[i], *draws.allocate(stated.minority[i], mix), stated.no_group[i]])
        met = np.array([white[i], *draws.allocate(minority[i], nobs[1:5]), no_group[i]])
        lost = [draws.allocate(dont_know[i], nobs), draws.allocate(no_answer[i], nobs)]
        cells[i] = np.column_stack([met, nobs - met, *lost])
    return cells


def _interviews_by_borough() -> NDArray[np.int64]:
    """Half of the interviews in equal parts, half by population."""
    people = load("boroughs")["population"]
    return draws.allocate(INTERVIEWS, 0.5 / len(people) + 0.5 * people / people.sum())


def _by_group(stated: NDArray[np.int64]) -> Interviews:
    """The boroughs' White shares, with odds raised by one factor until the force has the share that fits 81, 74, 79."""
    no_group = np.rint(stated * NO_GROUP_SHARE).astype(np.int64)
    with_group = stated - no_group
    share = load("boroughs")["white_percent"] / 100
    low, high = 0.1, 10.0
    for _ in range(60):
        factor = (low + high) / 2
        raised = factor * share / (factor * share + 1 - share)
        low, high = (factor, high) if (raised * with_group).sum() < WHITE_SHARE * with_group.sum() else (low, factor)
    white = np.rint(raised * with_group).astype(np.int64)
    return Interviews(white, with_group - white, no_group)


def _minority_mix() -> NDArray[np.float64]:
    """Shares of Asian, Black, Mixed and Other among the minority ethnic people of each borough, (32, 4)."""
    table = load("boroughs")
    named = np.column_stack([table["asian_percent"], table["black_percent"]])
    rest = 100.0 - table["white_percent"] - named.sum(axis=1)
    split = np.array(MINORITY_MIX[2:]) / sum(MINORITY_MIX[2:])
    return np.column_stack([named, rest[:, None] * split])


def _satisfied(stated: Interviews) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Satisfied White and minority ethnic users of each borough, and the overall proportion."""
    overall, gap = _moved(targets("satisfaction"), targets("satisfaction gap"), stated)
    both = stated.white + stated.minority
    white = overall + stated.minority / both * gap
    met = np.array([_nearest(*borough) for borough in zip(white, gap, *stated[:2], *_care(), strict=True)])
    return met[:, 0], met[:, 1], met.sum(axis=1) / both


def _care() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much the overall figure and the gap of each borough matter: published ones far more than plausible ones."""
    free = targets("satisfaction").free, targets("satisfaction gap").free
    return np.where(free[0], 1.0, 400.0), np.where(free[1], 1.0, 400.0)


def _moved(overall: Targets, gap: Targets, stated: Interviews) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Proportions with the free figures moved, by one amount each, so that both force figures are met."""
    white_share = stated.white / (stated.white + stated.minority)
    # White = overall + (1 - white_share) gap, minority = overall - white_share gap, each summed over interviews
    size = np.array([stated.white, stated.minority], dtype=np.float64)
    slope = np.array([1 - white_share, -white_share])
    now = size * (overall.percent + slope * gap.percent)
    force = np.array([published("satisfaction, White"), published("satisfaction, Minority ethnic")])
    effect = np.stack([(size * overall.free).sum(axis=1), (size * slope * gap.free).sum(axis=1)], axis=1)
    move = np.linalg.solve(effect, force * size.sum(axis=1) - now.sum(axis=1))
    return (overall.percent + move[0] * overall.free) / 100, (gap.percent + move[1] * gap.free) / 100


def _nearest(
    white: float, gap: float, n_white: int, n_minority: int, care_overall: float, care_gap: float
) -> tuple[int, int]:
    """Whole numbers satisfied whose overall proportion and gap are nearest to the ones wanted."""
    near = np.arange(-4, 5)
    met_white = np.clip(np.rint(white * n_white) + near[:, None], 0, n_white)
    met_minority = np.clip(np.rint((white - gap) * n_minority) + near, 0, n_minority)
    n = n_white + n_minority
    wanted = (white * n_white + (white - gap) * n_minority) / n
    off_overall = (met_white + met_minority) / n - wanted
    off_gap = met_white / n_white - met_minority / n_minority - gap
    row, column = np.unravel_index(np.argmin(care_overall * off_overall**2 + care_gap * off_gap**2), off_gap.shape)
    return int(met_white[row, 0]), int(met_minority[column])
