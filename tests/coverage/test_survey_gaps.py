"""The published coverage of gaps in surveys is what the simulation gives, and it is within its bounds."""

import csv
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import survey_gaps  # noqa: E402
import survey_page  # noqa: E402
import survey_population  # noqa: E402

import dueregard as dr  # noqa: E402


@pytest.fixture(scope="module")
def published():
    with survey_gaps.RESULTS.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def people():
    return survey_population.population(survey_gaps.PEOPLE)


def test_the_default_holds_what_it_promises(published):
    covered = np.array([float(row["coverage"]) for row in published if row["method"] == "mover"])
    assert {int(row["repetitions"]) for row in published} == {20_000}
    assert 0.94 <= covered.mean() <= 0.96
    assert covered.min() >= 0.93 and covered.max() <= 0.97 and len(covered) == len(survey_population.AREAS)


def test_the_first_repetitions_are_near_what_is_published(published, people):
    n = 200
    found = sum(survey_gaps.held(people, i) for i in range(n))
    means = 1 - found.sum(axis=1).mean(axis=1) / n
    for method, mean in zip(survey_gaps.METHODS, means, strict=True):
        wanted = np.mean([float(row["coverage"]) for row in published if row["method"] == method])
        assert mean == pytest.approx(wanted, abs=0.02)


def test_the_population_is_what_the_page_says(people, published):
    asked, weight = survey_population.draw(people, 1, 0)
    assert asked.shape[:2] == (len(survey_population.AREAS), 32) and (asked.sum(axis=(2, 3, 4)) == 20).all()
    assert (weight > 0).all() and np.allclose(people.chance.sum(axis=-1), 1)
    gaps = {int(row["area"]): float(row["gap"]) for row in published}
    assert list(gaps.values()) == pytest.approx(people.gap, abs=5e-5)
    assert survey_population.draw(people, 1, 0)[0].tolist() == asked.tolist()
    assert survey_page.survey_part().strip() in (ROOT / "docs" / "coverage.md").read_text()


def test_arrays_and_records_have_one_answer(people):
    """The rows of a survey, through `dueregard.gap`, have the limits that the simulation counts."""
    asked, weight = survey_population.draw(people, survey_gaps.DRAWS, 3)
    asked, weight = asked[:2], weight[:2]
    found = np.array(np.nonzero(asked)).T.repeat(asked[np.nonzero(asked)], axis=0)
    area, ward, group, household, answer = found.T
    records = {
        "area": [f"area {i}" for i in area],
        "ward": [f"{i}-{j}" for i, j in zip(area, ward, strict=True)],
        "group": ["reference" if g == 0 else "group" for g in group],
        "satisfied": (answer == 0).tolist(),
        "weight": weight[area, ward, household],
    }
    design = dr.survey_design(weight="weight", stratum="area", psu="ward")
    for method in survey_gaps.METHODS:
        rows = dr.gap(records, outcome="satisfied", positive=True, group="group", reference="reference", by="area",
                      method=method, adjust="none", design=design).filter(row_type="group", group="group")  # fmt: skip
        sides = survey_gaps.sides_of(asked, weight)
        limits = sides.contrast("difference", method).compare(0.95)
        assert rows["low"][1:] == pytest.approx(100 * limits.low[1::2], rel=1e-9)
        assert rows["high"][1:] == pytest.approx(100 * limits.high[1::2], rel=1e-9)
