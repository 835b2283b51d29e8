"""What analysts do in their first days, in the words in which they would write it."""

import numpy as np
import pytest

import dueregard as dr


@pytest.fixture(scope="module")
def searches(tmp_path_factory):
    """A published file, of made-up records, beside a census table."""
    folder = tmp_path_factory.mktemp("download")
    dr.data.write_stop_search_files(folder, forces=["metropolitan"], months=["2016-06"], rows=4_000)
    census = folder / "census.csv"
    census.write_text(
        "ethnic_group,population\nWhite: Irish,4900000\nMixed/multiple ethnic groups: Other Mixed,400000\n"
        'Asian/Asian British: Indian,"1,500,000"\nBlack/African/Caribbean/Black British: African,1100000\n'
        "Other ethnic group: Arab,280000\n"
    )
    return next(folder.rglob("*-stop-and-search.csv")), census


def test_who_is_searched(searches):
    path, census = searches
    pop = dr.population(
        census, group="ethnic_group", count="population", date=2011, mapping="census 2011 to 5+1 (2011)"
    )
    found = dr.proportionality(
        path, pop, group="Self-defined ethnicity", reference="White", mapping="16+1 to 5+1 (2011)", period="2016-06"
    )
    assert "searches per 1,000 residents were" in found.sentences()[1]
    assert {"bound_low", "bound_high"} <= set(found.columns)


def rows(table, kept):
    return {name: column[kept] for name, column in table.items()}


def test_are_staff_from_minority_groups_disciplined_more():
    staff, cases = dr.data.example("workforce_flows"), dr.data.example("cases")
    disciplined = rows(cases, cases["procedure"] == "Discipline")
    ask = {"group": "ethnic_group_broad", "reference": dr.REST}
    found = dr.proportionality(disciplined, staff, **ask, by="role", basis="person-time", exposure="years", per=100,
                               no_events=["PCSO", "Special constable"])  # fmt: skip
    whole = next(found.filter(group="Minority ethnic", row_type="group").rows())
    assert whole["unit_of_measure"] == "rate ratio" and whole["low"] > 1
    assert whole["measure"] == "events per 100 person-years"


def test_are_they_promoted_as_often_and_does_the_workforce_look_like_london():
    flows, people = dr.data.example("workforce_flows"), dr.data.example("population")
    eligible = rows(flows, flows["promotion"] != "not applicable")
    promoted = rows(flows, flows["promotion"] == "Promoted")
    found = dr.proportionality(promoted, eligible, group="ethnic_group_broad", reference="White", basis="eligible-pool")
    assert 0 < next(found.filter(group="Minority ethnic").rows())["estimate"] < np.inf
    kept = people["characteristic"] == "ethnic group"
    pop = dr.population(rows(people, kept), group="group", count="population", date="2011")
    share = dr.representation(dr.data.example("workforce"), pop, group="population_group")
    assert "made up" in share.sentences()[0]
