"""The example public attitude survey: 640 people a borough, weighted to the population."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.borough_people import group_shares
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.satisfaction import AGE_SHARES, AGES, GROUPS, MONTHS
from dueregard.data.seed_tables import load
from dueregard.data.survey_targets import Targets, Window, comes_out, published, raised_to, targets, window

PER_BOROUGH = 640
DONT_KNOW, DONT_KNOW_SHARE = "Don't know", 10 / 640
INFORMED_SD = 3.0  # percentage points that boroughs differ in feeling informed beyond what good job explains
GOOD_JOB = {"Excellent": 0.24, "Good": 0.76, "Fair": 0.68, "Poor": 0.22, "Very poor": 0.10}
PARTNERSHIP = {
    "Strongly agree": 0.25,
    "Tend to agree": 0.75,
    "Neither agree nor disagree": 0.46,
    "Tend to disagree": 0.37,
    "Strongly disagree": 0.17,
}
INFORMED = {"Very well informed": 0.30, "Fairly well informed": 0.70, "Not very well informed": 0.6, "Not at all": 0.4}
RELIGIONS = {"Christian": 50, "Muslim": 12, "Hindu": 5, "Jewish": 2, "Sikh": 1.5, "Other": 1.5, "No religion": 28}
ORIENTATIONS = {"Heterosexual": 96.5, "Gay or lesbian": 2, "Bisexual": 0.8, "Other": 0.7}
NOTES = (
    "Set to published figures: good job and partnership for the force (weighted) and for the boroughs named in "
    "load('survey_by_borough'); informed for the force (weighted); 640 people in each of 32 boroughs.",
    "Only plausible: the other boroughs and every other column. Answers are drawn at random from the figures in "
    "load('survey_targets'), among the numbers that agree with what was published.",
    "A weight is the borough's population over 640; the weights add up to 8.1 million people.",
    "The first two answers of a scale are the positive ones; Don't know is outside the percentages.",
)


def attitudes(seed: int) -> ExampleRecords:
    """One row a person interviewed; see `dueregard.data.example`."""
    rng = draws.generator("attitudes", seed)
    boroughs = load("boroughs")
    n = PER_BOROUGH * len(boroughs["borough"])
    borough = np.repeat(np.arange(len(boroughs["borough"])), PER_BOROUGH)
    weight = boroughs["population"] / PER_BOROUGH
    good, partnership = (
        _status(rng, targets(name), window(targets(name)), published(name), weight)
        for name in ("good_job", "partnership")
    )
    anything = Window(np.full(len(weight), -np.inf), np.full(len(weight), np.inf))
    informed = _status(rng, _informed_targets(rng, good), anything, published("informed"), weight)
    group = draws.drawn(rng, _group_shares(), borough * 2 + (good == 0))
    columns = {
        "person": np.arange(1, n + 1),
        "month": draws.labelled(MONTHS, draws.dealt(rng, draws.allocate(n, np.ones(len(MONTHS))))),
        "borough": boroughs["borough"][borough],
        "ethnic_group": draws.labelled(GROUPS, group),
        "gender": draws.answers(rng, {"Female": 0.52, "Male": 0.48}, n),
        "age_band": draws.labelled(AGES, draws.drawn(rng, AGE_SHARES, (group > 0).astype(np.int64))),
        "disability": draws.answers(rng, {"No": 0.86, "Yes": 0.14}, n, not_stated=0.03, refused=0.03),
        "religion": draws.answers(rng, RELIGIONS, n, not_stated=0.09, refused=0.15),
        "sexual_orientation": draws.answers(rng, ORIENTATIONS, n, not_stated=0.12, refused=0.19),
        "good_job": _answers(rng, GOOD_JOB, good),
        "partnership": _answers(rng, PARTNERSHIP, partnership),
        "informed": _answers(rng, INFORMED, informed),
        "weight": weight[borough],
    }
    order = np.argsort(columns["month"], kind="stable")
    mixed = {name: column[order] for name, column in columns.items()} | {"person": columns["person"]}
    return ExampleRecords(mixed, provenance=SYNTHETIC, notes=NOTES)


def _status(
    rng: np.random.Generator, figures: Targets, within: Window, force: float, weight: NDArray[np.float64]
) -> NDArray[np.int64]:
    """0 positive, 1 not, 2 don't know for each person, borough after borough."""
    dont_know = (rng.random((len(weight), PER_BOROUGH)) < DONT_KNOW_SHARE).sum(axis=1)
    nobs = PER_BOROUGH - dont_know
    percent = raised_to(force, figures, weight * nobs)
    chances = [_chances(within, i, int(nobs[i]), percent[i] / 100) for i in range(len(nobs))]
    positive = np.zeros_like(nobs)
    while not comes_out(100 * (weight * positive).sum() / (weight * nobs).sum(), force):
        positive = np.array([draws.picked(rng, each) for each in chances])
    counts = np.column_stack([positive, nobs - positive, dont_know])
    return np.concatenate([draws.dealt(rng, row) for row in counts])


def _chances(within: Window, borough: int, nobs: int, share: float) -> NDArray[np.float64]:
    """Chances of each number of positive answers: binomial, among those with which the published figure comes out."""
    return draws.binomial_chances(nobs, share) * within.holds(borough, 100 * np.arange(nobs + 1) / nobs)


def _informed_targets(rng: np.random.Generator, good: NDArray[np.int64]) -> Targets:
    """No borough's figure was published; people who feel informed think better of the police, so it follows that."""
    percent = 100 * (good.reshape(-1, PER_BOROUGH) == 0).mean(axis=1)
    spread = INFORMED_SD * draws.scattered(rng, len(percent))
    return Targets(40 + 0.4 * percent + spread, np.ones(len(percent), dtype=np.bool_))


def _answers(rng: np.random.Generator, scale: dict[str, float], status: NDArray[np.int64]) -> NDArray[np.str_]:
    shares = np.zeros((3, len(scale) + 1))
    shares[0, :2] = list(scale.values())[:2]
    shares[1, 2:-1] = list(scale.values())[2:]
    shares[2, -1] = 1
    return draws.labelled((*scale, DONT_KNOW), draws.drawn(rng, shares, status))


def _group_shares() -> NDArray[np.float64]:
    """Ethnic shares of each borough's people, those who are not positive (even rows) and those who are (odd rows)."""
    shares = group_shares(not_stated=1.2)
    return np.repeat(shares, 2, axis=0) * _lean(len(shares))


def _lean(n_boroughs: int) -> NDArray[np.float64]:
    """How much likelier each group is among the positive than among the others."""
    positive = [1.05, 1.04, 0.86, 0.92, 1.0, 1.0]
    return np.tile(np.array([[1.0] * 6, positive]), (n_boroughs, 1))
