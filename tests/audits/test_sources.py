"""Printed shares against another source: the census, a population, a dict; and what a source must be."""

from pathlib import Path

import pandas as pd
import polars as pl
import pytest

import dueregard as dr

CENSUS = Path(__file__).parents[3] / "shared" / "real" / "census-2011-london-population-by-ethnic-group.csv"
COUNTS = {"all": 200, "Asian": 37, "Black": 27, "Other": 3}
SHARES = {"claim": ["share"] * 3, "group": ["Asian", "Black", "Asian;Black"], "of": ["all"] * 3,
          "percent": ["21%", "14%", "32%"]}  # fmt: skip


@pytest.mark.parametrize(
    "against",
    [
        COUNTS,
        {"group": list(COUNTS), "people": list(COUNTS.values())},
        pl.DataFrame({"group": list(COUNTS), "people": list(COUNTS.values())}),
        {"group": pd.Series(list(COUNTS)), "people": pd.Series(list(COUNTS.values()))},
        {"census": COUNTS},
    ],
)
def test_every_kind_of_source(against):
    table = SHARES | ({"against": ["census"] * 3} if "census" in against else {})
    found = dr.audit(table, against=against)
    assert found["verdict"] == ["inconsistent", "consistent", "consistent"]
    assert found["value"] == [18.5, 13.5, 32.0]
    assert found["note"][0] == "Asian: 21% printed; 37 of 200 is 18.5%"


def test_a_population_is_a_source():
    table = {"group": ["Asian", "Black", "all"], "people": [37, 27, 200]}
    people = dr.population(table, group="group", count="people", date="2011")
    assert dr.audit(SHARES, against=people)["value"] == [18.5, 13.5, 32.0]


@pytest.mark.skipif(not CENSUS.exists(), reason="the published file is not here")
def test_the_shares_of_london_are_not_those_of_its_census():
    claims = dr.data.load("claims")
    found = dr.audit(claims, against={"census": CENSUS}).filter(measure="share of another source")
    assert found["group"] == ["White British", "Asian", "Black"]
    assert [round(value, 1) for value in found["value"]] == [44.9, 18.5, 13.3]
    assert found["reference_value"] == [40, 21, 16]
    assert found["verdict"] == ["inconsistent"] * 3


def test_without_a_source_it_cannot_be_told():
    found = dr.audit(SHARES | {"against": ["census"] * 3})
    assert found["verdict"] == ["cannot tell"] * 3
    assert found["note"][0].startswith("needs the source 'census' to be held against (a table of groups and counts)")
    empty = dr.audit(SHARES, against={"all": 0, "Asian": 0, "Black": 0})
    assert empty["verdict"] == ["cannot tell"] * 3


@pytest.mark.parametrize(
    ("against", "change", "message"),
    [
        ({"all": 1, "Azian": 1}, {}, r"row 0: against: no group 'Asian' \(did you mean 'Azian'\?\)"),
        (
            {"census": COUNTS},
            {"against": ["cencus"] * 3},
            r"row 0: against: no source 'cencus' \(did you mean 'census'",
        ),
        ({"census": COUNTS}, {}, "row 0: against: blank, and the sources are census"),
        ({"a": [1], "b": [2]}, {}, "against: one column of groups and one of numbers are needed; there are a, b"),
        ({"a": ["x", "x"], "b": [1, 2]}, {}, "against: row 1: the group 'x' is there twice"),
        ({"one": {"a": ["x"], "b": ["y"]}}, {}, "against 'one': one column of groups and one of numbers"),
    ],
)
def test_bad_sources(against, change, message):
    with pytest.raises(ValueError, match=message):
        dr.audit(SHARES | change, against=against)


def test_what_is_no_source():
    with pytest.raises(TypeError, match="against: the claims must be a dict of columns"):
        dr.audit(SHARES, against=3)
