"""The published coverage of ranks is what the simulation gives, and nobody average is called one of the worst."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import rank_page  # noqa: E402
import rank_population  # noqa: E402
import survey_ranks  # noqa: E402


@pytest.fixture(scope="module")
def published():
    return rank_page.read()


def test_intervals_hold_the_true_ranks_as_often_as_they_say(published):
    error = 3 * (0.95 * 0.05 / survey_ranks.REPETITIONS) ** 0.5
    assert {int(row["repetitions"]) for row in published} == {survey_ranks.REPETITIONS}
    for row in published:
        assert float(row["joint_coverage"]) >= 0.95 - error
        assert float(row["lowest_coverage"]) >= 0.95 - 1.5 * error  # the lowest of 32
        assert float(row["coverage"]) >= 0.95 - error


def test_where_no_area_differs_ranks_are_shown_one_time_in_twenty_and_nobody_is_named(published):
    row = published[0]
    error = 3 * (0.95 * 0.05 / survey_ranks.REPETITIONS) ** 0.5
    assert float(row["spread"]) == 0
    assert float(row["shown"]) == pytest.approx(0.05, abs=error)
    assert float(row["joint_coverage"]) == pytest.approx(0.95, abs=error)
    assert float(row["any_average_named_shown"]) < 0.02


def test_an_average_area_is_not_named_and_the_worst_is(published):
    for row in published:
        assert float(row["average_named_shown"]) < 0.005
    assert float(published[-1]["last_named"]) > 0.8


def test_the_first_repetitions_are_near_what_is_published(published):
    rows = survey_ranks.row(rank_population.POPULATIONS[0], 60)
    for name in ("joint_coverage", "coverage"):
        assert float(rows[name]) == pytest.approx(float(published[0][name]), abs=0.09)


def test_areas_that_are_alike_share_their_ranks():
    areas = rank_population.Areas(3.0, 4)
    assert areas.shares.std() == pytest.approx(0.03) and areas.shares.mean() == pytest.approx(0.75)
    assert areas.best[:5].tolist() == [29, 29, 29, 29, 25] and areas.last[:5].tolist() == [32, 32, 32, 32, 28]
    assert areas.average.tolist() == list(range(12, 20))
    assert len(rank_population.POPULATIONS[0].average) == 32


def test_the_page_says_so():
    assert rank_page.rank_part().strip() in (ROOT / "docs" / "coverage.md").read_text()
