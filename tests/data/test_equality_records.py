"""Records of victims, complaints, flexible working, the staff survey and impact assessments fit one another."""

import numpy as np
import pytest

import dueregard as dr
from dueregard import data
from dueregard.data.grade_bands import BANDS
from dueregard.missing import KINDS

SEEDS = (2011, 0, 987_654_321)
NEW = ("victims", "complaints", "flexible_working", "staff_survey", "impact_assessments")
YEAR = [f"2010-{month:02}" for month in range(4, 13)] + ["2011-01", "2011-02", "2011-03"]


@pytest.fixture(scope="module", params=SEEDS)
def seed(request):
    return request.param


@pytest.fixture(scope="module")
def made(seed):
    return {name: data.example(name, seed=seed) for name in (*NEW, "workforce")}


@pytest.mark.parametrize("name", NEW)
def test_every_row_has_a_month_of_the_year_in_order(made, name):
    months = made[name]["month"].tolist()
    assert months == sorted(months)
    expected = ["2010-05", "2010-08", "2010-11", "2011-02"] if name == "staff_survey" else YEAR
    assert sorted(set(months)) == expected


@pytest.mark.parametrize("name", ["victims", "complaints"])
def test_all_boroughs_are_there(made, name):
    assert sorted(set(made[name]["borough"].tolist())) == sorted(data.load("boroughs")["borough"].tolist())


@pytest.mark.parametrize("name", ["complaints", "flexible_working", "staff_survey"])
def test_groups_are_those_of_the_workforce(made, name):
    pairs = {
        table: set(zip(made[table]["ethnic_group"].tolist(), made[table]["ethnic_group_broad"].tolist(), strict=True))
        for table in (name, "workforce")
    }
    assert pairs[name] == pairs["workforce"]


def test_ninety_percent_of_victims_were_updated_in_time(made):
    answers = made["victims"]["updated_in_time"]
    met, stated = (answers == "Yes").sum(), np.isin(answers, ["Yes", "No"]).sum()
    assert met == round(0.9 * stated) and stated < len(answers)
    assert set(answers.tolist()) == {"Yes", "No", "not stated"}


def test_updates_improve_and_differ_between_groups_as_the_notes_allow(made):
    victims = made["victims"]
    stated = np.isin(victims["updated_in_time"], ["Yes", "No"])

    def late(chosen):
        return (victims["updated_in_time"][chosen & stated] == "No").mean()

    assert late(victims["month"] < "2010-07") > late(victims["month"] >= "2011-01")
    group = victims["ethnic_group_broad"]
    assert 0 < late(group == "Minority ethnic") - late(group == "White") < 0.05


def test_a_victim_is_one_person(made):
    victims = made["victims"]
    _, first, of = np.unique(victims["victim"], return_index=True, return_inverse=True)
    for name in ("borough", "ethnic_group", "gender", "age_band", "disability"):
        assert (victims[name][first][of] == victims[name]).all()
    assert len(first) == 34_000 < victims.n_rows < 60_000


def test_dates_months_and_numbers_of_victims_agree(made):
    victims = made["victims"]
    assert (victims["date"].astype("datetime64[M]").astype(str) == victims["month"]).all()
    assert (np.diff(victims["date"]) >= np.timedelta64(0)).all()
    assert victims["record_id"].tolist() == list(range(1, victims.n_rows + 1))


def test_domestic_abuse_is_repeated_most(made):
    victims = made["victims"]
    _, first, times = np.unique(victims["victim"], return_index=True, return_counts=True)
    share = {offence: (times[victims["offence"][first] == offence] > 1).mean()
             for offence in ("Domestic abuse", "Hate crime", "Burglary", "Robbery")}  # fmt: skip
    assert share["Domestic abuse"] > share["Hate crime"] > share["Burglary"] > share["Robbery"] > 0


def test_strands_are_those_of_hate_crimes_alone(made):
    victims = made["victims"]
    hate = victims["offence"] == "Hate crime"
    assert set(victims["hate_crime_strand"][~hate].tolist()) == {"not applicable"}
    assert set(victims["hate_crime_strand"][hate].tolist()) == {
        "Racist", "Homophobic", "Faith", "Disability", "Transphobic"
    }  # fmt: skip


def test_not_called_is_told_from_refused(made):
    answers = made["victims"]["call_back"].tolist()
    assert set(answers) == {"Satisfied", "Not satisfied", "refused", "Not called"}
    assert 0.7 < answers.count("Not called") / len(answers) < 0.85


def test_complaints_of_late_months_are_open_more_often(made):
    complaints = made["complaints"]
    still_open = complaints["result"] == "Open"
    early, late = (still_open[complaints["month"] == month].mean() for month in (YEAR[0], YEAR[-1]))
    assert early < 0.1 < 0.25 < late
    assert 0.25 < np.isin(complaints["ethnic_group"], KINDS).mean() < 0.37
    assert set(complaints["population_group"].tolist()) - set(KINDS) == {
        "White British", "Asian", "Black", "All other groups"
    }  # fmt: skip


def test_requests_are_of_members_of_the_workforce(made):
    requests, staff = made["flexible_working"], made["workforce"]
    row = requests["staff_id"] - 1
    for name in ("role", "grade", "gender", "ethnic_group", "disability"):
        assert (staff[name][row] == requests[name]).all()
    still_open = requests["outcome"] == "Open"
    assert set(requests["month"][still_open].tolist()) == {"2011-03"}


def test_every_grade_has_one_band(made):
    grades = [grade for band in BANDS.values() for grade in band]
    assert sorted(grades) == sorted(data.load("workforce_grades")["grade"].tolist())
    requests = made["flexible_working"]
    assert all(grade in BANDS[band] for grade, band in zip(requests["grade"].tolist(), requests["grade_band"].tolist(),
                                                           strict=True))  # fmt: skip


def test_the_survey_is_anonymous_and_partly_returned(made):
    survey, staff = made["staff_survey"], made["workforce"]
    assert "staff_id" not in survey and 0.35 < survey.n_rows / staff.n_rows < 0.45
    quarter = np.unique(survey["month"], return_counts=True)[1]
    assert quarter.max() - quarter.min() < 0.1 * quarter.mean()
    assert {"Don't know", "not stated"} < set(survey["dignity_and_respect"].tolist())


def test_disabled_staff_agree_less_often(made):
    found = dr.gap(
        made["staff_survey"], outcome="dignity_and_respect", positive=["Strongly agree", "Agree"],
        exclude="Don't know", group="disability", reference="No",
    )  # fmt: skip
    row = next(found.filter(group="Yes").rows())
    assert row["high"] < -5
    assert found.provenance.startswith("Synthetic: plausible")


def test_assessments_that_are_not_completed_have_all_mitigations_open(made):
    records = made["impact_assessments"]
    blank = np.isnat(records["completed"])
    assert 0 < blank.sum() < len(blank) / 2
    assert (records["mitigations_open"][blank] == records["mitigations"][blank]).all()
    assert (records["mitigations_open"] <= records["mitigations"]).all()
    assert 0 < records["mitigations_open"][~blank].sum() < records["mitigations"][~blank].sum()
    assert len(set(records["title"].tolist())) == records.n_rows == 240


def test_the_status_of_an_assessment_follows_its_days(made):
    records = made["impact_assessments"]
    due, completed, status = (records[name] for name in ("due", "completed", "status"))
    assert (np.isnat(completed) == (status == "Not completed")).all()
    assert ((completed > due) == (status == "Completed late")).all()
    assert ((completed <= due) == (status == "Completed on time")).all()
    assert completed[~np.isnat(completed)].max() < np.datetime64("2011-04-01")
