"""The example public attitude survey: 640 people a borough, weighted to the population."""

import numpy as np
from numpy.typing import NDArray

from dueregard.data import draws
from dueregard.data.example_records import SYNTHETIC, ExampleRecords
from dueregard.data.satisfaction import AGE_SHARES, AGES, GROUPS, MONTHS
from dueregard.data.seed_tables import load
from dueregard.data.survey_targets import Targets, published, raised_to, targets

PER_BOROUGH = 640
DONT_KNOW = "Don't know"
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
    "Only plausible: the other boroughs and every other column.",
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
    good = _status(rng, targets("good_job"), published("good_job"), weight)
    partnership = _status(rng, targets("partnership"), published("partnership"), weight)
    informed = _status(rng, _informed_targets(good), published("informed"), weight)
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


def _status(rng: np.random.Generator, figures: Targets, force: float, weight: NDArray[np.float64]) -> NDArray[np.int64]:
    """0 positive, 1 not, 2 don't know for each person, borough after borough."""
    dont_know = 6 + np.floor(9 * rng.random(len(weight))).astype(np.int64)
    nobs = PER_BOROUGH - dont_know
    percent = raised_to(force, figures, weight * nobs)
    positive = np.rint(percent / 100 * nobs).astype(np.int64)
    counts = np.column_stack([positive, nobs - positive, dont_know])
    return np.concatenate([draws.dealt(rng, row) for row in counts])


def _informed_targets(good: NDArray[np.int64]) -> Targets:
    """No borough's figure was published; people who feel informed think better of the police, so it follows that."""
    percent = 100 * (good.reshape(-1, PER_BOROUGH) == 0).mean(axis=1)
    return Targets(40 + 0.4 * percent, np.ones(len(percent), dtype=np.bool_))


def _answers(rng: np.random.Generator, scale: dict[str, float], status: NDArray[np.int64]) -> NDArray[np.str_]:
    shares = np.zeros((3, len(scale) + 1))
    shares[0, :2] = list(scale.values())[:2]
    shares[1, 2:-1] = list(scale.values())[2:]
    shares[2, -1] = 1
    return draws.labelled((*scale, DONT_KNOW), draws.drawn(rng, shares, status))


def _group_shares() -> NDArray[np.float64]:
    """Ethnic shares of each borough's people, those who are not positive (even rows) and those who are (odd rows)."""
    table = load("boroughs")
    named = np.column_stack([table["white_percent"], table["asian_percent"], table["black_percent"]])
    rest = 100.0 - named.sum(axis=1)
    shares = np.column_stack([named, 0.55 * rest, 0.45 * rest, np.full(len(rest), 1.2)])
    return np.repeat(shares, 2, axis=0) * _lean(len(rest))


def _lean(n_boroughs: int) -> NDArray[np.float64]:
    """How much likelier each group is among the positive than among the others."""
    positive = [1.05, 1.04, 0.86, 0.92, 1.0, 1.0]
    return np.tile(np.array([[1.0] * 6, positive]), (n_boroughs, 1))
