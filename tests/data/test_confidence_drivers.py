"""The survey of what drives confidence: its design adds up, and the truth that is calculated is the one drawn from."""

import numpy as np
import pytest

from dueregard import data
from dueregard.data import confidence_drivers, draws
from dueregard.data import driver_population as people

OUTSIDE = ["Don't know", "not stated"]


@pytest.fixture(scope="module")
def survey():
    return data.example("confidence_drivers")


def scored(records):
    """Items and good job from 0 to 1; NaN where there is no answer."""
    columns = []
    for item in (*people.ITEMS, "good_job"):
        scale = {label: i for i, label in enumerate(confidence_drivers.SCALES[item])}
        columns.append([scale.get(answer, np.nan) / (len(scale) - 1) for answer in records[item].tolist()])
    return np.array(columns).T


def test_every_borough_has_640_people_at_40_points_who_stand_for_its_population(survey):
    boroughs, counts = np.unique(survey["borough"], return_counts=True)
    assert len(boroughs) == 32 and set(counts) == {640} and survey.n_rows == 20_480
    points = set(zip(survey["borough"], survey["sampling_point"], strict=True))
    assert len(points) == 32 * 40 == len({point for _, point in points})
    people_of = dict(zip(*(data.load("boroughs")[name].tolist() for name in ("borough", "population")), strict=True))
    for borough in boroughs.tolist():
        assert survey["weight"][survey["borough"] == borough].sum() == pytest.approx(people_of[borough])


@pytest.mark.parametrize("item", ["good_job", *people.ITEMS])
def test_every_answer_occurs_and_few_do_not_know(survey, item):
    assert set(survey[item].tolist()) == {*confidence_drivers.SCALES[item], *OUTSIDE}
    assert (survey[item] == "Don't know").mean() == pytest.approx(0.02, abs=0.003)
    assert (survey[item] == "not stated").mean() == pytest.approx(0.005, abs=0.002)


@pytest.mark.parametrize("group", range(2))
def test_moments_are_those_of_a_large_draw(group):
    """A million people: five standard errors of a mean of products between 0 and 1 are below 0.0025."""
    rng, n = draws.generator("moments", group), 1_000_000
    view = draws.drawn(rng, people.group_views(group), np.zeros(n, np.int64))
    more = people.POINT_LEVEL * (2 * rng.random(n) - 1)
    steps = confidence_drivers.answer_steps(rng, view, np.full(n, group), more)
    answers = np.column_stack([steps[item] / people.STEPS.get(item, 4) for item in (*people.ITEMS, "good_job")])
    mean, products = people.moments(people.GROUPS[group])
    assert np.allclose(answers.mean(axis=0), mean, atol=0.0025)
    assert np.allclose(answers.T @ answers / n, products, atol=0.0025)


def test_moments_of_everybody_are_those_of_the_groups_together():
    share = people.group_people() / people.group_people().sum()
    for everybody, *groups in zip(people.moments(), *(people.moments(group) for group in people.GROUPS), strict=True):
        assert everybody == pytest.approx(np.tensordot(share, np.array(groups), 1))


def test_weighted_surveys_have_the_means_of_the_population():
    """Boroughs of all sizes have 640 interviews each."""
    weighted, plain = [], []
    for seed in range(12):
        records = data.example("confidence_drivers", seed=seed)
        answers = scored(records)
        known = ~np.isnan(answers[:, -1])
        weighted.append(np.average(answers[known, -1], weights=records["weight"][known]))
        plain.append(answers[known, -1].mean())
    truth = people.moments()[0][-1]
    error = np.std(weighted, ddof=1) / np.sqrt(12)
    assert abs(np.mean(weighted) - truth) < 4 * error < 0.004


def test_sampling_points_are_alike(survey):
    good, point = scored(survey)[:, -1], np.unique(survey["sampling_point"], return_inverse=True)[1]
    known = ~np.isnan(good)
    n = np.bincount(point[known])
    mean = np.bincount(point[known], weights=good[known]) / n
    within = ((good[known] - mean[point[known]]) ** 2).sum() / (known.sum() - len(n))
    assert n.mean() * mean.var() / within > 1.1


@pytest.mark.parametrize("group", [None, *people.GROUPS])
def test_shares_add_up_and_engagement_and_fair_treatment_are_the_largest(group):
    truth = data.driver_truth(group)
    assert sum(truth.share.values()) == pytest.approx(100)
    assert 30 < truth.r_squared < 45
    assert set(sorted(truth.share, key=truth.share.__getitem__)[2:]) == {"Engagement", "Fair treatment"}
    assert min(truth.share.values()) > 2


@pytest.mark.parametrize("group", people.GROUPS)
def test_gains_within_a_group_are_the_slopes_that_answers_follow(group):
    for driver, items in people.DRIVERS.items():
        slopes = [people.SLOPES[item][people.GROUPS.index(group)] for item in items]
        assert data.driver_truth(group).gain[driver] == pytest.approx(10 * sum(slopes))


def test_fair_treatment_matters_more_to_minority_ethnic_people():
    white, minority = (data.driver_truth(group) for group in people.GROUPS)
    assert minority.gain["Fair treatment"] > 1.5 * white.gain["Fair treatment"]
    assert minority.share["Fair treatment"] > white.share["Fair treatment"] + 15
    assert minority.gain["Engagement"] < white.gain["Engagement"]


def test_shares_of_drivers_that_have_nothing_to_do_with_each_other_are_their_own():
    covariance = np.diag([1.0, 2.0, 4.0, 10.0])
    covariance[-1, :3] = covariance[:3, -1] = [1.0, 2.0, 2.0]
    assert people.explained(covariance, [0, 1, 2]) == pytest.approx(0.4)
    assert people._average_over_orders(covariance, [[0], [1], [2]]) == pytest.approx([0.1, 0.2, 0.1])
    assert people._average_over_orders(covariance, [[2, 0], [1]]) == pytest.approx([0.2, 0.2])


def test_chances_are_chances():
    views = people.views_by_borough()
    assert views.sum(axis=2) == pytest.approx(1.0)
    assert views.min() - people.POINT_LEAN > 0
    assert np.sum(people.TOPIC_VIEWS, axis=1) == pytest.approx(1.0)
    slopes = np.array(list(people.SLOPES.values())).sum(axis=0)
    assert (slopes + people.LEVEL + people.POINT_LEVEL <= 1).all() and min(people.LEVEL) >= people.POINT_LEVEL


def test_an_unknown_group_is_refused():
    with pytest.raises(ValueError, match="group: there is no group 'Asian'; the groups are White, Minority ethnic"):
        data.driver_truth("Asian")


def test_notes_say_what_is_built_in(survey):
    notes = " ".join(survey.notes)
    truth = data.driver_truth()
    for driver, share in truth.share.items():
        assert f"{driver} {share:.1f}%" in notes
    assert "2.7 points higher among White and 4.4 among minority ethnic people" in notes
    assert survey.provenance.startswith("Synthetic: plausible")
