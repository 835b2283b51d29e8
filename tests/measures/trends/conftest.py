"""Small surveys by month, as tallies."""

from types import SimpleNamespace

import numpy as np
import pytest

import dueregard as dr

ANSWERS = ["no", "yes", "don't know", "not stated"]
GROUPS = ["Asian", "Black", "White", "not stated"]
AREAS = ["Bexley", "Camden", "Ealing"]
MONTHS = [f"2010-{month:02}" for month in range(1, 10)]
ASK = {"outcome": "satisfied", "positive": "yes", "exclude": "don't know", "time": "month"}
GAP = {**ASK, "group": "ethnicity", "reference": "White"}


def counts(months=MONTHS, seed=1, mean=12.0):
    """Counts by month, area, group and answer."""
    rng = np.random.default_rng(seed)
    nobs = rng.poisson(mean, (len(months), len(AREAS), len(GROUPS)))
    yes = rng.binomial(nobs, 0.75)
    others = rng.poisson(0.5, (*nobs.shape, 2))
    return np.concatenate([(nobs - yes)[..., None], yes[..., None], others], axis=-1)


def tally(numbers, months=MONTHS):
    labels = {"month": list(months), "borough": AREAS, "ethnicity": GROUPS, "satisfied": ANSWERS}
    return dr.Tally(np.asarray(numbers), labels, outcome="satisfied")


def of_months(numbers, places):
    """The tally of some months together, without the dimension of time."""
    labels = {"borough": AREAS, "ethnicity": GROUPS, "satisfied": ANSWERS}
    return dr.Tally(np.asarray(numbers)[list(places)].sum(axis=0), labels, outcome="satisfied")


def same(first, second):
    """Whether columns are equal, NaN being equal to NaN."""
    return all(
        one == other or (isinstance(one, float) and isinstance(other, float) and one != one and other != other)
        for one, other in zip(first, second, strict=True)
    )


def row(findings, **equal):
    (found,) = findings.filter(**equal).rows()
    return found


@pytest.fixture(scope="session")
def surveys():
    return SimpleNamespace(**{name: value for name, value in globals().items() if name.isupper() or callable(value)})
