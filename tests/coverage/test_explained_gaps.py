"""The published coverage of parts of a gap is what the simulation gives, and it is within its bounds."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "coverage"))

import explained_gaps  # noqa: E402
import explained_page  # noqa: E402

import dueregard as dr  # noqa: E402


@pytest.fixture(scope="module")
def published():
    return explained_page.read()


@pytest.mark.parametrize("method", explained_gaps.METHODS)
@pytest.mark.parametrize("part", ["gap", "explained", "remains"])
def test_five_of_seven_points_are_found_as_often_as_promised(published, method, part):
    (row,) = [r for r in published if (r["method"], r["part"], r["factor"]) == (method, part, "")]
    assert int(row["repetitions"]) == explained_gaps.REPETITIONS == 2_000
    assert 0.93 <= float(row["coverage"]) <= 0.97
    assert float(row["truth"]) == {"gap": -7, "explained": -5, "remains": -2}[part]


def test_the_split_by_factor_is_found_as_often(published):
    found = [float(row["coverage"]) for row in published if row["factor"]]
    assert len(found) == 4 * len(explained_gaps.FACTORS)
    assert min(found) >= 0.93 and max(found) <= 0.97


def test_the_truth_of_each_method_is_that_of_the_population(published):
    truths = explained_gaps.truths()
    assert [(r["method"], r["part"], r["factor"]) for r in published] == [tuple(each) for each in truths]
    assert [float(row["truth"]) for row in published] == pytest.approx(list(truths.values()), abs=6e-5)
    for method in explained_gaps.METHODS:
        split = [v for each, v in truths.items() if each.method == method and each.factor]
        assert not split or sum(split) == pytest.approx(-5)


def test_the_first_repetitions_are_near_what_is_published(published):
    n = 40
    found = 1 - explained_gaps.missed(0, n).sum(axis=1) / n
    assert found.mean() == pytest.approx(sum(float(row["coverage"]) for row in published) / len(published), abs=0.05)


def test_every_part_of_a_draw_is_counted():
    records = dr.data.example("explained_gap", seed=1)
    for method in explained_gaps.METHODS:
        counted = {each for each, _, _ in explained_gaps.limits(method, records)}
        assert {each for each in explained_gaps.truths() if each.method == method} <= counted


def test_the_page_has_the_section():
    assert explained_page.explained_part().strip() in (ROOT / "docs" / "coverage.md").read_text()
