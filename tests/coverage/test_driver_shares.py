"""The published coverage of key drivers is what the simulation gives, and it is within its bounds."""

import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import driver_page  # noqa: E402
import driver_shares  # noqa: E402

IDS = [f"{survey.people}-{survey.points}" for survey in driver_shares.SURVEYS]


@pytest.fixture(scope="module")
def published():
    return driver_page.read()


@pytest.mark.parametrize("survey", driver_shares.SURVEYS, ids=IDS)
def test_shares_and_gains_hold_what_they_promise(published, survey):
    assert {int(row["repetitions"]) for row in published} == {driver_shares.REPETITIONS}
    assert driver_shares.REPETITIONS >= 2_000
    for measure in ("share", "explained", "gain"):
        found = driver_page.covered(published, survey, measure)
        assert len(found) == len(driver_shares.DRIVERS)
        assert found.min() >= 0.92 and found.max() <= 0.98, measure
        assert 0.935 <= found.mean() <= 0.97, measure


@pytest.mark.parametrize("survey", driver_shares.SURVEYS, ids=IDS)
def test_a_rank_is_never_promised_that_is_not_the_true_one_more_often_than_chance_allows(published, survey):
    assert driver_page.covered(published, survey, "rank").min() >= 0.95


def test_every_share_is_above_the_two_percent_from_which_intervals_promise_something(published):
    assert min(float(row["truth"]) for row in published if row["measure"] == "share") > 2


@pytest.mark.parametrize("survey", [driver_shares.SURVEYS[1]], ids=[IDS[1]])
def test_the_first_repetitions_are_near_what_is_published(published, survey):
    n = 60
    found = 1 - driver_shares.missed(survey, 0, n).sum(axis=2) / n
    for i, measure in enumerate(driver_shares.MEASURES):
        expected = driver_page.covered(published, survey, measure).mean()
        assert found[:, i].mean() == pytest.approx(expected, abs=0.05), measure


def test_truths_are_those_of_the_example(published):
    told = [float(row["truth"]) for row in published[: driver_shares.truths().size]]
    assert told == pytest.approx(driver_shares.truths().reshape(-1).tolist(), abs=6e-5)
    assert sorted(driver_shares.truths()[:, -1]) == [1, 2, 3, 4]


@pytest.mark.parametrize("survey", driver_shares.SURVEYS, ids=IDS)
def test_surveys_are_what_the_page_says(survey):
    records = driver_shares.records(survey, 0)
    point, asked = np.unique(records["sampling_point"], return_counts=True)
    assert len(point) == survey.points and asked.sum() == survey.people
    assert (len(set(records["weight"].tolist())) > 1) == survey.clustered


def test_the_page_has_the_section():
    assert driver_page.driver_part().strip() in (ROOT / "docs" / "coverage.md").read_text()
