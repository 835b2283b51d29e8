"""Workforce, cases, searches, population and what is collected."""

import numpy as np
import pytest

from dueregard import data
from dueregard.missing import KINDS


@pytest.fixture(scope="module")
def workforce():
    return data.example("workforce")


@pytest.fixture(scope="module")
def cases():
    return data.example("cases")


@pytest.fixture(scope="module")
def searches():
    return data.example("stop_search")


def counts(column):
    return dict(zip(*(part.tolist() for part in np.unique(column, return_counts=True)), strict=True))


def test_workforce_has_the_published_headcounts(workforce):
    assert counts(workforce["role"]) == {
        "Police officer": 31_000, "Police staff": 13_000, "PCSO": 2_600, "Special constable": 5_100
    }  # fmt: skip
    assert len(set(workforce["staff_id"].tolist())) == 51_700


def test_some_characteristics_are_not_declared(workforce):
    for name in ("ethnic_group", "disability", "religion", "sexual_orientation"):
        assert {"not stated", "refused"} <= set(workforce[name].tolist())
    assert not set(workforce["gender"].tolist()) & set(KINDS)


def test_grades_have_the_shares_they_are_set_to(workforce):
    grades = data.load("workforce_grades")
    for row in grades.rows():
        chosen = (workforce["role"] == row["role"]) & (workforce["grade"] == row["grade"])
        women = (workforce["gender"][chosen] == "Female").sum()
        assert abs(women - row["headcount"] * row["women_percent"] / 100) < 1


def test_population_groups_of_the_workforce_are_those_of_the_population(workforce):
    population = data.example("population")
    groups = population["group"][population["characteristic"] == "ethnic group"].tolist()
    assert set(workforce["population_group"].tolist()) - set(KINDS) == set(groups)
    assert population["population"].dtype == np.int64


def test_cases_are_about_members_of_the_workforce(cases, workforce):
    row = cases["staff_id"] - 1
    for name in ("grade", "ethnic_group", "gender", "disability"):
        assert (workforce[name][row] == cases[name]).all()


def test_cases_that_are_open_have_no_closing_date(cases):
    still_open = cases["outcome"] == "Open"
    assert 0 < still_open.sum() < len(still_open)
    assert (np.isnat(cases["date_closed"]) == still_open).all()
    closed = cases["date_closed"][~still_open]
    assert (closed > cases["date_opened"][~still_open]).all()
    assert (closed < np.datetime64("2011-04-01")).all()


def test_minority_ethnic_staff_have_more_cases_than_their_share(cases, workforce):
    share = {
        name: (table["ethnic_group_broad"] == "Minority ethnic").mean()
        for name, table in (("cases", cases), ("staff", workforce))
    }
    assert 1.3 < share["cases"] / share["staff"] < 1.9


def test_searches_are_made_in_encounters(searches):
    sizes = counts(np.array(list(counts(searches["Encounter"]).values())))
    assert sum(sizes.values()) == 20_000 and set(sizes) == {1, 2, 3, 4}
    first = np.unique(searches["Encounter"], return_index=True)[1]
    for name in ("Date", "Borough", "Legislation", "Object of search"):
        assert (searches[name][first][searches["Encounter"] - 1] == searches[name]).all()


def test_searches_are_written_as_police_publish_them(searches):
    assert len(set(searches["Self-defined ethnicity"].tolist()) - {"", "Not Stated (NS)"}) == 16
    assert set(searches["Officer-defined ethnicity"].tolist()) == {"White", "Black", "Asian", "Other", ""}
    nobody = searches["Type"] == "Vehicle search"
    for name in ("Gender", "Age range", "Self-defined ethnicity", "Officer-defined ethnicity"):
        assert set(searches[name][nobody].tolist()) == {""}
    nothing = searches["Outcome"] == "Nothing found - no further action"
    assert set(searches["Outcome linked to object of search"][nothing].tolist()) == {""}


def test_search_dates_are_sorted_and_of_the_year(searches):
    dates = searches["Date"].tolist()
    assert dates == sorted(dates)
    assert dates[0] >= "2010-04-01T00:00:00+00:00" and dates[-1] < "2011-04-01"


def test_coverage_follows_its_rule():
    matrix = data.coverage()
    assert matrix.n_rows == 5 * 9
    for row in matrix.rows():
        if row["column"] == "":
            assert row["status"] == "not" and np.isnan(row["percent_stated"])
        else:
            assert row["percent_stated"] == 100 * row["stated"] / row["records"]
            assert row["status"] == ("collected" if row["percent_stated"] >= 80 else "partly")


def test_coverage_counts_blanks_and_undeclared_as_not_stated(workforce, searches):
    rows = {(row["measure"], row["characteristic"]): row for row in data.coverage().rows()}
    religion = workforce["religion"]
    assert rows["workforce", "religion or belief"]["stated"] == (~np.isin(religion, KINDS)).sum()
    assert rows["workforce", "religion or belief"]["status"] == "partly"
    stated = ~np.isin(searches["Self-defined ethnicity"], ["", "Not Stated (NS)"])
    assert rows["stop and search", "race"]["stated"] == stated.sum()
    assert rows["satisfaction", "gender reassignment"]["status"] == "not"
