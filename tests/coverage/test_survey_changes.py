"""The published coverage of changes of gaps is what the simulation gives, and it is within its bounds."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import change_page  # noqa: E402
import changing_population  # noqa: E402
import survey_changes  # noqa: E402
import survey_population  # noqa: E402

import dueregard as dr  # noqa: E402

MONTHS = {
    "a year apart": (range(12), range(0), range(12, 24)),
    "nine months shared": (range(3), range(3, 12), range(12, 15)),
}
"""The months of the piece that left, that stayed and that joined."""


@pytest.fixture(scope="module")
def published():
    return change_page.read()


@pytest.fixture(scope="module")
def people():
    return changing_population.populations(survey_changes.PEOPLE)


def covered(published, survey, method="mover"):
    return np.array([float(r["coverage"]) for r in published if (r["survey"], r["method"]) == (survey.name, method)])


@pytest.mark.parametrize("survey", survey_changes.SURVEYS, ids=lambda each: each.name)
def test_the_default_holds_what_it_promises(published, survey):
    found = covered(published, survey)
    assert {int(row["repetitions"]) for row in published} == {survey_changes.REPETITIONS}
    assert 0.94 <= found.mean() <= 0.96 and len(found) == len(survey_population.AREAS)
    assert found.min() >= 0.93
    assert np.sort(found)[-2] <= 0.97 and found.max() <= 0.98  # of 16 people a quarter limits are wide


@pytest.mark.parametrize("survey", survey_changes.SURVEYS[1:3], ids=lambda each: each.name)
def test_the_first_repetitions_are_near_what_is_published(published, people, survey):
    n, truth = 100, changing_population.true_change(people, survey.plan)
    found = sum(survey_changes.held(people, truth, survey, i) for i in range(n))
    for method, each in zip(survey_changes.METHODS, found, strict=True):
        assert 1 - each.sum(axis=0).mean() / n == pytest.approx(covered(published, survey, method).mean(), abs=0.025)


def test_the_population_is_what_the_page_says(people, published):
    for plan in changing_population.PLANS:
        asked, weight = changing_population.draw(people, plan, (1, 0))
        by_piece = asked.sum(axis=(1, 3, 4, 5))
        assert (by_piece == [piece.wards * piece.per_ward for piece in plan.pieces]).all()
        assert (by_piece[:, :2].sum(axis=1) == 640).all() and (by_piece[:, 1:].sum(axis=1) == 640).all()
        assert (weight > 0).all()
    assert (people[1].gap - people[0].gap).round(2).tolist() == pytest.approx(
        [moved for _, moved in changing_population.MOVED], abs=0.03
    )
    assert change_page.change_part().strip() in (ROOT / "docs" / "coverage.md").read_text()


@pytest.mark.parametrize("plan", changing_population.PLANS, ids=lambda plan: f"{plan.months}, {plan.wards}")
def test_arrays_and_records_have_one_answer(people, plan):
    """The rows of a survey, through `dueregard.gap_change`, have the limits that the simulation counts."""
    asked, weight = (each[:2] for each in changing_population.draw(people, plan, (1, 3)))
    cells = np.nonzero(asked)
    area, ward, piece, group, household, answer = np.array(cells).repeat(asked[cells], axis=1)
    months = [MONTHS[plan.months][i][row % len(MONTHS[plan.months][i])] for row, i in enumerate(piece)]
    records = {
        "area": area.tolist(),
        "ward": [f"{i}-{j}" for i, j in zip(area, ward, strict=True)],
        "month": [f"{2010 + month // 12}-{month % 12 + 1:02d}" for month in months],
        "group": group.tolist(),
        "satisfied": (answer == 0).tolist(),
        "weight": weight[area, ward, piece, household],
    }
    found = dr.gap_change(records, outcome="satisfied", positive=True, group="group", reference=0, by="area",
                          time="month", window=12, before="2010-12", adjust="none",
                          design=dr.survey_design(weight="weight", stratum="area", psu="ward"))  # fmt: skip
    rows = found.filter(row_type="group", group=1)
    low, high = survey_changes.changing_of(asked, weight).changes("mover").reach.limits(np.asarray(1.959963984540054))
    assert rows["low"][1:] == pytest.approx(100 * low[1::2], rel=1e-9)
    assert rows["high"][1:] == pytest.approx(100 * high[1::2], rel=1e-9)
