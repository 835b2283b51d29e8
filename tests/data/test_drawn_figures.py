"""What no document states varies in the example records as it does in a survey: no less than chance makes it."""

import time

import numpy as np
import pytest

import dueregard as dr
from dueregard import data

SATISFIED = ["Completely satisfied", "Very satisfied", "Fairly satisfied"]
OUTSIDE = ["Don't know", "not stated"]
SEEDS = range(20)


@pytest.fixture(scope="module")
def surveys():
    return [data.example("satisfaction", seed=seed) for seed in SEEDS]


def answered(survey):
    """The columns of the interviews with an answer, and whether each is satisfied."""
    chosen = ~np.isin(survey["satisfaction"], OUTSIDE)
    return {name: column[chosen] for name, column in survey.items()}, np.isin(survey["satisfaction"][chosen], SATISFIED)


def counts(*columns):
    """Contingency table of columns."""
    levels, codes = zip(*(np.unique(column, return_inverse=True) for column in columns), strict=True)
    shape = tuple(len(level) for level in levels)
    return np.bincount(np.ravel_multi_index(codes, shape), minlength=np.prod(shape)).reshape(shape)


def chance_of_more(table):
    from scipy import stats

    return stats.chi2_contingency(table, correction=False).pvalue


def excess(survey):
    """Cochran's Q of the gap by borough over its degrees of freedom."""
    columns, met = answered(survey)
    broad = columns["ethnic_group_broad"]
    known = broad != "not stated"
    table = counts(columns["borough"][known], broad[known] == "White", met[known])
    n = table.sum(axis=2)
    share = table[:, :, 1] / n
    gap, weight = share[:, 1] - share[:, 0], 1 / (share * (1 - share) / n).sum(axis=1)
    mean = (weight * gap).sum() / weight.sum()
    return (weight * (gap - mean) ** 2).sum() / (len(gap) - 1)


def test_gaps_by_borough_vary_a_little_more_than_chance_makes_them(surveys):
    ratios = [excess(survey) for survey in surveys]
    assert 1 < np.mean(ratios) < 1.4
    assert min(ratios) > 0.6 and max(ratios) < 2


def test_the_measure_finds_that_the_gap_may_differ_between_boroughs():
    findings = dr.gap(
        data.example("satisfaction"),
        outcome="satisfaction",
        positive=SATISFIED,
        exclude=["Don't know"],
        group="ethnic_group_broad",
        reference="White",
        by="borough",
    )
    spread = next(row for row in findings.rows() if row["method"].startswith("between-area standard deviation"))
    assert 0.5 < spread["estimate"] < 5
    assert spread["high"] > 3


@pytest.mark.parametrize("column", ["month", "gender", "disability"])
def test_columns_that_have_no_bearing_on_satisfaction_vary_with_it_by_chance(surveys, column):
    from scipy import stats

    chances = []
    for survey in surveys:
        columns, met = answered(survey)
        chances.append(chance_of_more(counts(columns[column], met)))
    assert stats.kstest(chances, "uniform").pvalue > 0.01


def test_ethnic_groups_are_not_all_satisfied_alike(surveys):
    chances = []
    for survey in surveys:
        columns, met = answered(survey)
        minority = columns["ethnic_group_broad"] == "Minority ethnic"
        chances.append(chance_of_more(counts(columns["ethnic_group"][minority], met[minority])))
    assert min(chances) < 0.3 < max(chances)
    assert np.median(chances) < 0.9


def test_ethnic_groups_within_a_borough_are_not_all_satisfied_alike(surveys):
    survey = surveys[0]
    columns, met = answered(survey)
    minority = columns["ethnic_group_broad"] == "Minority ethnic"
    two = minority & np.isin(columns["ethnic_group"], ["Asian", "Black"])
    table = counts(columns["borough"][two], columns["ethnic_group"][two], met[two])
    chances = [chance_of_more(borough) for borough in table if borough.min() > 4]
    assert len(chances) > 15
    assert min(chances) < 0.2 and np.median(chances) < 0.9


@pytest.mark.parametrize("column", ["borough", "ethnic_group"])
def test_interviews_by_month_are_not_dealt_out_evenly(surveys, column):
    chances = [chance_of_more(counts(survey["month"], survey[column])) for survey in surveys]
    assert 0.01 < np.median(chances) < 0.9


def test_boroughs_named_for_nothing_have_figures_all_over_the_range():
    survey = data.example("attitudes")
    fixed = data.load("survey_by_borough")
    named = fixed["borough"][fixed["measure"] == "good_job"]
    parts = []
    for borough in set(survey["borough"].tolist()) - set(named.tolist()):
        answers = survey["good_job"][(survey["borough"] == borough) & (survey["good_job"] != "Don't know")]
        parts.append(100 * np.isin(answers, ["Excellent", "Good"]).mean() % 1)
    assert np.histogram(parts, bins=4, range=(0, 1))[0].max() < 0.6 * len(parts)


def test_feeling_informed_does_not_follow_from_good_job_alone():
    survey = data.example("attitudes")
    boroughs = np.unique(survey["borough"])
    informed, good = (
        [np.isin(survey[name][survey["borough"] == b], answers).mean() for b in boroughs]
        for name, answers in (
            ("informed", ["Very well informed", "Fairly well informed"]),
            ("good_job", ["Excellent", "Good"]),
        )
    )
    assert 0.5 < np.corrcoef(informed, good)[0, 1] < 0.95


def test_minority_ethnic_groups_are_not_split_alike_in_every_grade():
    chances = []
    for seed in range(5):
        staff = data.example("workforce", seed=seed)
        minority = (staff["ethnic_group_broad"] == "Minority ethnic") & (staff["role"] == "Police staff")
        large = minority & np.isin(staff["grade"], ["Band F", "Band E", "Band D", "Band C"])
        chances.append(chance_of_more(counts(staff["grade"][large], staff["ethnic_group"][large])))
    assert np.median(chances) < 0.95


@pytest.mark.parametrize("name", ["satisfaction", "attitudes"])
def test_a_survey_is_made_in_under_half_a_second(name):
    times = []
    for seed in range(3):
        start = time.process_time()
        data.example(name, seed=seed)
        times.append(time.process_time() - start)
    assert min(times) < 0.5
