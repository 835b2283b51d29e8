"""The example surveys reproduce the published figures after rounding, for any seed."""

import numpy as np
import pytest

from dueregard import data

SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
OUTSIDE = ["Don't know", "not stated"]
SEEDS = (2011, 0, 987_654_321)
SCALES = {
    "good_job": ["Excellent", "Good"],
    "partnership": ["Strongly agree", "Tend to agree"],
    "informed": ["Very well informed", "Fairly well informed"],
}


def percent(answers, positive, chosen, weight=None):
    weight = np.ones(len(answers)) if weight is None else weight
    base = chosen & ~np.isin(answers, OUTSIDE)
    return 100 * weight[base & np.isin(answers, positive)].sum() / weight[base].sum()


def published(measure):
    table = data.load("survey_by_borough")
    chosen = table["measure"] == measure
    return dict(zip(table["borough"][chosen].tolist(), table["value"][chosen].tolist(), strict=True))


@pytest.fixture(scope="module", params=SEEDS)
def satisfaction(request):
    return data.example("satisfaction", seed=request.param)


@pytest.fixture(scope="module", params=SEEDS)
def attitudes(request):
    return data.example("attitudes", seed=request.param)


def in_borough(survey, borough):
    return survey["borough"] == borough


def gap(survey, chosen):
    group = survey["ethnic_group_broad"]
    white, minority = (
        percent(survey["satisfaction"], SATISFIED, chosen & (group == name)) for name in ("White", "Minority ethnic")
    )
    return white - minority


def test_satisfaction_of_the_force(satisfaction):
    answers, group = satisfaction["satisfaction"], satisfaction["ethnic_group_broad"]
    everyone = np.ones(satisfaction.n_rows, dtype=bool)
    assert satisfaction.n_rows == 18_000
    assert round(percent(answers, SATISFIED, everyone)) == 79
    assert round(percent(answers, SATISFIED, group != "not stated")) == 79
    assert round(percent(answers, SATISFIED, group == "White")) == 81
    assert round(percent(answers, SATISFIED, group == "Minority ethnic")) == 74
    assert round(gap(satisfaction, everyone)) == 7


def test_satisfaction_of_the_boroughs_that_were_published(satisfaction):
    figures = {b: v for b, v in published("satisfaction").items() if b not in ("MPS", "seven boroughs, not named")}
    assert len(figures) == 5
    for borough, value in figures.items():
        assert round(percent(satisfaction["satisfaction"], SATISFIED, in_borough(satisfaction, borough))) == value


def test_no_other_borough_is_lower_or_higher_and_seven_stand_at_82(satisfaction):
    boroughs = data.load("boroughs")["borough"].tolist()
    overall = [round(percent(satisfaction["satisfaction"], SATISFIED, in_borough(satisfaction, b))) for b in boroughs]
    assert overall.count(82) == 7
    assert sorted(overall)[:4] == [74, 74, 74, sorted(overall)[3]] and sorted(overall)[3] > 74
    assert sorted(overall)[-3:] == [82, 83, 84]


def test_gaps_of_the_boroughs_that_were_published(satisfaction):
    figures = {borough: value for borough, value in published("satisfaction gap").items() if borough != "MPS"}
    gaps = {b: round(gap(satisfaction, in_borough(satisfaction, b))) for b in data.load("boroughs")["borough"].tolist()}
    assert {b: gaps[b] for b in figures} == {
        "Harrow": 0, "Barking & Dagenham": 17, "Bexley": 15, "Havering": 15
    }  # fmt: skip
    assert figures == {b: gaps[b] for b in figures}
    assert all(0 < value < 15 for borough, value in gaps.items() if borough not in figures)


def test_harrow_is_82_whatever_the_group(satisfaction):
    harrow, group = in_borough(satisfaction, "Harrow"), satisfaction["ethnic_group_broad"]
    for name in ("White", "Minority ethnic"):
        assert round(percent(satisfaction["satisfaction"], SATISFIED, harrow & (group == name))) == 82


def test_satisfaction_has_every_month_and_every_kind_of_answer(satisfaction):
    months, counts = np.unique(satisfaction["month"], return_counts=True)
    assert (months[0], months[-1], len(months), set(counts.tolist())) == ("2010-04", "2011-03", 12, {1500})
    assert {"Don't know", "not stated"} <= set(satisfaction["satisfaction"].tolist())
    assert len(set(satisfaction["satisfaction"].tolist())) == 9


def test_broad_group_follows_the_group(satisfaction):
    pairs = set(zip(satisfaction["ethnic_group"].tolist(), satisfaction["ethnic_group_broad"].tolist(), strict=True))
    assert pairs == {("White", "White"), ("not stated", "not stated")} | {
        (group, "Minority ethnic") for group in ("Asian", "Black", "Mixed", "Other")
    }


@pytest.mark.parametrize("measure", SCALES)
def test_attitudes_of_the_force_are_weighted(attitudes, measure):
    everyone = np.ones(attitudes.n_rows, dtype=bool)
    value = percent(attitudes[measure], SCALES[measure], everyone, attitudes["weight"])
    assert round(value) == published(measure)["MPS"]


def test_weights_change_the_partnership_figure(attitudes):
    everyone = np.ones(attitudes.n_rows, dtype=bool)
    assert round(percent(attitudes["partnership"], SCALES["partnership"], everyone)) == 51


@pytest.mark.parametrize("measure", ["good_job", "partnership"])
def test_attitudes_of_the_boroughs_that_were_published(attitudes, measure):
    figures = {borough: value for borough, value in published(measure).items() if borough != "MPS"}
    assert len(figures) == 6
    values = {
        b: round(percent(attitudes[measure], SCALES[measure], in_borough(attitudes, b)))
        for b in data.load("boroughs")["borough"].tolist()
    }
    assert {borough: values[borough] for borough in figures} == figures
    others = [value for borough, value in values.items() if borough not in figures]
    low, high = sorted(figures.values())[2], sorted(figures.values())[3]
    assert low < min(others) and max(others) < high


def test_attitudes_have_640_people_a_borough_who_stand_for_all_of_london(attitudes):
    boroughs, counts = np.unique(attitudes["borough"], return_counts=True)
    assert len(boroughs) == 32 and set(counts.tolist()) == {640}
    assert attitudes["weight"].sum() == pytest.approx(8_100_000)
    people = dict(zip(*(data.load("boroughs")[name].tolist() for name in ("borough", "population")), strict=True))
    first = attitudes["borough"][0].item()
    assert attitudes["weight"][0] == people[first] / 640
