"""The embedded tables hold what the documents state, and belong together."""

import csv
from pathlib import Path

import numpy as np
import pytest

from dueregard import data

SHARED = Path(__file__).parents[3] / "shared" / "seed-tables"


def shared(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not here")
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", data.names())
def test_every_table_loads_with_its_source(name):
    table = data.load(name)
    assert table.n_rows > 0
    assert table.provenance.startswith(("Metropolitan Police", "Synthetic: "))
    assert table.notes[0]


def test_a_table_that_does_not_exist_is_refused_with_the_list():
    with pytest.raises(ValueError, match=r"no table 'borough'; the tables are documents, borough_answers"):
        data.load("borough")


def test_whole_numbers_are_integers_and_blanks_are_nan():
    assert data.load("borough_answers")["very"].dtype == np.int64
    stated = data.load("performance_indicator")["stated_percent"]
    assert stated.dtype == np.float64
    assert np.isnan(stated[2])


def test_documents_are_listed():
    known = set(data.load("documents")["document"].tolist())
    for name in data.names():
        table = data.load(name)
        if "document" in table:
            assert set(table["document"].tolist()) <= known, name


def test_answers_of_boroughs_equal_the_published_table():
    table = data.load("borough_answers")
    published = shared("table1-boroughs.csv")
    assert table["borough"].tolist() == [row["borough"] for row in published]
    for name in ("not_at_all", "not_very", "fairly", "very"):
        assert table[name].tolist() == [int(row[name]) for row in published]
    assert table["stated_percent"].tolist() == [int(row["stated_pct"]) for row in published]
    assert table["line"].tolist() == [int(row["line"]) for row in published]


def test_south_east_tables_equal_the_published_ones():
    matrix = shared("se-matrix-6x18.csv")
    table = data.load("south_east_indicators")
    for indicator in [name for name in table if name.endswith("B")]:
        assert table[indicator].tolist() == [int(row[indicator]) for row in matrix]
    sections = data.load("south_east_sections")
    published = shared("table2-se-sections.csv")
    assert sections["people_and_culture"].tolist() == [int(row["people_pct"]) for row in published]


def test_published_figures_of_surveys_equal_the_shared_table():
    ours = data.load("survey_by_borough")
    theirs = shared("survey-by-borough.csv")
    assert ours["value"].tolist() == [int(row["value_pct"]) for row in theirs]
    assert ours["borough_as_stated"].tolist() == [row["borough"] for row in theirs]


def test_indicators_have_their_whole_text():
    table = data.load("indicators")
    assert table.n_rows == 22
    texts = dict(zip(table["indicator"].tolist(), table["text"].tolist(), strict=True))
    assert (
        texts["16B"]
        == "The organisation ensures that its workforce is treated and rewarded with equity, fairness and respect"
    )
    exempt = table["indicator"][table["borough_exempt"] == "yes"].tolist()
    assert exempt == ["15B", "17B", "20B", "21B"]


def test_units_of_each_kind_add_up_and_the_derived_row_says_so():
    rows = {row["kind"]: row for row in data.load("performance_indicator").rows()}
    for count in ("assessed", "met"):
        assert rows["all"][count] == rows["borough"][count] + rows["other unit"][count]
    assert (rows["all"]["met"], rows["all"]["assessed"]) == (71, 73)
    assert rows["other unit"]["basis"].startswith("derived")


def test_boroughs_are_the_same_everywhere_and_add_up_to_london():
    boroughs = data.load("boroughs")
    assert boroughs["population"].sum() == 8_100_000
    assert sorted(boroughs["borough"].tolist()) == sorted(data.load("borough_answers")["borough"].tolist())
    named = set(data.load("survey_by_borough")["borough"].tolist()) - {"MPS", "seven boroughs, not named"}
    assert named <= set(boroughs["borough"].tolist())


def test_survey_targets_repeat_the_published_figures():
    published = {(row["borough"], row["measure"]): row["value"] for row in data.load("survey_by_borough").rows()}
    targets = data.load("survey_targets").rows()
    for row in targets:
        if row["basis"] == "published" and (row["borough"], row["measure"]) != ("Harrow", "satisfaction"):
            assert row["percent"] == published[row["borough"], row["measure"]], row
    at_82 = [row["borough"] for row in targets if row["measure"] == "satisfaction" and row["percent"] == 82]
    assert len(at_82) == 7 and "Harrow" in at_82


def test_london_population_is_the_published_percentages_of_its_total():
    table = data.load("london_population")
    groups = table["characteristic"] == "ethnic group"
    assert table["population"][groups].sum() == 8_100_000
    assert np.allclose(100 * table["population"][groups] / 8_100_000, table["percent"][groups])
    disability = table["characteristic"] == "disability"
    assert table["population"][disability].sum() == 8_100_000


def test_headcounts_by_grade_add_up_to_the_stated_roles():
    table = data.load("workforce_grades")
    totals = {role: int(table["headcount"][table["role"] == role].sum()) for role in table["role"].tolist()}
    assert totals == {"Police officer": 31_000, "Police staff": 13_000, "PCSO": 2_600, "Special constable": 5_100}
