"""dr.population: published tables of people, as they come."""

import datetime
import math
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

REAL = Path(__file__).parents[2].parent / "shared" / "real"
LONDON = REAL / "census-2011-london-population-by-ethnic-group.csv"
FORCES = REAL / "census-2011-police-force-population-by-ethnic-group.csv"
COLUMNS = ["White", "Black (or Black British)", "Asian (or Asian British)", "Chinese", "Mixed", "Other"]

PEOPLE = {"group": ["White", "Black", "Asian"], "people": [700, 200, 90]}
AREAS = {
    "area": ["N", "N", "S", "S"],
    "group": ["White", "Black", "White", "Black"],
    "people": [70, 20, 50, 7],
}
WIDE = {"force": ["A", "B"], "White": [70, 50], "Black": [20, 7], "Asian": [5, 4]}


def population(table, **options):
    return dr.population(table, **{"group": "group", "count": "people", "date": "2011"} | options)


# What comes in


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table])
def test_any_table_will_do(make):
    found = population(make(PEOPLE))
    assert found.tally.labels == {"group": ["Asian", "Black", "White"]}
    assert found.tally.counts.tolist() == [90, 200, 700]
    assert found.tally.counts.dtype == np.int64
    assert (found.by, found.date, found.mapping, found.classification, found.notes) == ((), "2011", None, None, ())


def test_the_frame_that_comes_out_is_of_the_library_that_came_in():
    assert isinstance(population(pd.DataFrame(AREAS), by="area").to_frame(), pd.DataFrame)
    frame = population(pl.DataFrame(AREAS), by="area", ages="16 and over").to_frame()
    assert isinstance(frame, pl.DataFrame)
    assert frame.columns == ["area", "group", "count", "population_date", "ages"]
    assert frame["count"].to_list() == [20, 70, 7, 50]


def test_files_with_a_byte_order_mark_and_thousands_separators_will_do(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b'\xef\xbb\xbfgroup,people\r\nWhite,"1,234,567"\r\nBlack, 89 \r\nAsian,4.0\r\n')
    found = population(path)
    assert found.tally.counts.tolist() == [4, 89, 1_234_567]
    assert found.source == "people.csv"
    pl.DataFrame(PEOPLE).write_parquet(tmp_path / "people.parquet")
    assert population(str(tmp_path / "people.parquet"), source="ONS").source == "ONS"


def test_a_table_with_a_column_for_each_group_will_do():
    found = dr.population(WIDE, group="ethnicity", count=["White", "Black", "Asian"], by="force", date="2011")
    assert found.tally.dims == ("force", "ethnicity")
    assert found.tally.labels == {"force": ["A", "B"], "ethnicity": ["White", "Black", "Asian"]}
    assert found.tally.counts.tolist() == [[70, 20, 5], [50, 7, 4]]
    one = dr.population({"White": ["1,000"], "Black": [20]}, group="ethnicity", count=["Black", "White"], date=2011)
    assert (one.tally.counts.tolist(), one.date) == ([20, 1000], "2011")


@given(st.permutations(range(4)))
def test_the_order_of_rows_changes_nothing(order):
    shuffled = {name: [values[i] for i in order] for name, values in AREAS.items()}
    assert population(shuffled, by="area").tally.counts.tolist() == [[20, 70], [7, 50]]


@pytest.mark.parametrize(
    "date, want",
    [("2011", "2011"), (2011, "2011"), (datetime.date(2011, 3, 27), "2011-03-27"), ("mid-2020", "mid-2020")],
)
def test_the_date_is_kept_as_it_was_given(date, want):
    assert population(PEOPLE, date=date).date == want


def test_nobody_is_a_real_zero():
    assert population({"group": ["a", "b"], "people": [0, 5]}).tally.counts.tolist() == [0, 5]


# Mappings and totals


def census(**counts):
    """The rows of a small census: detailed groups, with totals where a count is given for them."""
    detailed = {
        "White: English/Welsh/Scottish/Northern Irish/British": 40,
        "White: Irish": 10,
        "Asian/Asian British: Chinese": 5,
        "Asian/Asian British: Indian": 7,
        "Other ethnic group: Arab": 3,
    }
    rows = detailed | counts
    return {"group": list(rows), "people": list(rows.values())}


def test_groups_are_added_into_those_of_the_target_and_chinese_people_go_where_it_says():
    new = population(census(), mapping="census 2011 to 5+1 (2011)")
    old = population(census(), mapping="census 2011 to 5+1 (2001)")
    assert new.tally.labels["group"] == old.tally.labels["group"] == ["Asian", "White", "Other"]
    assert (new.tally.counts.tolist(), old.tally.counts.tolist()) == ([12, 50, 3], [7, 50, 8])
    assert (new.mapping, new.classification) == ("census 2011 to 5+1 (2011)", "5+1 (2011)")
    assert new.tally.ordered["group"] and old.classification == "5+1 (2001)"


def test_groups_nobody_counted_are_said_and_are_no_zero():
    found = population(census(), mapping="census 2011 to 5+1 (2011)")
    assert "Mixed" not in found.tally.labels["group"]
    (note,) = found.notes
    assert note.startswith(
        "Groups of census 2011 without a row: Gypsy or Irish Traveller, White Other, Mixed White and"
    )


def test_totals_are_checked_and_set_aside_with_a_note():
    table = census(**{"All usual residents": 65, "White": 50, "Other ethnic group": 3})
    found = population(table, mapping="census 2011 to 5+1 (2011)")
    assert found.tally.counts.tolist() == [12, 50, 3]
    listed = "'All usual residents', 'Other ethnic group', 'White'"
    assert found.notes[0] == f"Set aside as totals of other rows (they equal their parts): {listed}"


def test_a_total_that_is_not_the_sum_of_its_parts_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match="'White' is 51, but its parts add up to 50: a row is missing"):
        population(census(White=51), mapping="census 2011 to 5+1 (2011)")
    table = {"area": ["N", "N", "S", "S"], "group": ["a", "All"] * 2, "people": [4, 4, 5, 6]}
    with pytest.raises(ValueError, match="'All' is 6 for area 'S', but its parts add up to 5"):
        population(table, by="area", mapping={"a": "a", "All": None})


def test_a_total_without_its_parts_is_refused():
    table = {"group": ["White", "Asian/Asian British: Indian"], "people": [5, 6]}
    with pytest.raises(ValueError, match="'White' is the total of groups that the table does not have"):
        population(table, mapping="census 2011 to 5+1 (2011)")
    five = {"group": ["White", "Asian/Asian British", "All usual residents"], "people": [5, 6, 11]}
    found = population(five, mapping="census 2011 five groups to 5+1 (2011)")
    assert found.tally.counts.tolist() == [6, 5]


def test_totals_of_ones_own_mapping_are_those_of_the_group_of_their_name_or_of_all():
    own = {"PC": "constables", "DC": "constables", "Sgt": "sergeants", "constables": None, "All": None}
    table = {"group": list(own), "people": [5, 6, 3, 11, 14]}
    assert population(table, mapping=own).tally.counts.tolist() == [11, 3]
    with pytest.raises(ValueError, match="'constables' is 12, but its parts add up to 11"):
        population({"group": list(own), "people": [5, 6, 3, 12, 14]}, mapping=own)


@pytest.mark.parametrize(
    "table, message",
    [
        ({"group": ["All", "a", "b"], "people": [9, 4, 5]}, "'group': 'All' equals the sum of all others"),
        (
            {"group": ["White", "White: Irish", "White: Other", "Black"], "people": [9, 4, 5, 1]},
            "'White' equals the sum of the groups whose names begin 'White:'",
        ),
    ],
)
def test_without_a_mapping_what_looks_like_a_total_is_refused_with_a_hint(table, message):
    with pytest.raises(ValueError, match=message) as caught:
        population(table)
    assert "name a mapping" in str(caught.value)
    itself = {label: label for label in table["group"]}
    assert population(table, mapping=itself).tally.counts.tolist() == table["people"]


def test_two_groups_alike_or_a_sum_in_one_area_alone_are_no_total():
    assert population({"group": ["a", "b"], "people": [5, 5]}).tally.counts.sum() == 10
    table = {"area": ["N"] * 3 + ["S"] * 3, "group": ["a", "b", "c"] * 2, "people": [9, 4, 5, 9, 1, 1]}
    assert population(table, by="area").tally.counts.sum() == 29


def test_an_area_that_is_the_whole_is_refused():
    table = {"area": ["N", "S", "England"] * 2, "group": ["a"] * 3 + ["b"] * 3, "people": [1, 2, 3, 4, 5, 9]}
    with pytest.raises(ValueError, match="'area': 'England' equals the sum of all others"):
        population(table, by="area")
    named_otherwise = table | {"area": ["N", "S", "W"] * 2}
    assert population(named_otherwise, by="area").tally.counts.sum() == 24


def test_the_same_people_can_be_put_into_other_groups_later():
    plain = population(census())
    found = plain.mapped("census 2011 to 5+1 (2011)")
    assert found.tally.counts.tolist() == [12, 50, 3]
    assert (found.mapping, found.date) == ("census 2011 to 5+1 (2011)", "2011")
    again = found.mapped({"Asian": "all others", "Other": "all others", "White": "White"})
    assert again.tally.counts.tolist() == [15, 50]
    assert again.mapping == "census 2011 to 5+1 (2011), then own mapping"


def test_groups_a_mapping_does_not_know_are_refused_or_not_stated_by_choice():
    table = census(Martian=2)
    with pytest.raises(ValueError, match="'Martian' is not a label of census 2011"):
        population(table, mapping="census 2011 to 5+1 (2011)")
    found = population(table, mapping="census 2011 to 5+1 (2011)", unknown="not stated")
    assert dict(zip(found.tally.labels["group"], found.tally.counts.tolist(), strict=True))["not stated"] == 2


# Estimates

ESTIMATED = {"group": ["gay", "straight"], "people": [10.5, 950], "lo": [6, 900], "hi": [15, 1000], "e": [2.5, 25]}


def test_limits_and_standard_errors_of_estimates_are_kept():
    found = population(ESTIMATED, low="lo", high="hi", se="e")
    assert (found.low.tolist(), found.high.tolist(), found.se.tolist()) == ([6, 900], [15, 1000], [2.5, 25])
    assert (found.tally.counts.tolist(), found.notes) == ([10, 950], ("Estimates were rounded to whole people",))
    assert found.to_dict()["low"] == [6, 900]


def test_a_standard_error_is_taken_from_the_limits_at_their_level():
    found = population(ESTIMATED, low="lo", high="hi", confidence_level=0.9)
    assert found.se.tolist() == pytest.approx([9 / (2 * 1.6448536269514722), 100 / (2 * 1.6448536269514722)], rel=1e-12)


def test_estimates_put_together_add_their_limits_and_the_squares_of_their_errors():
    table = {"group": ["gay", "bi", "straight"], "people": [10, 20, 950], "e": [3, 4, 25], "l": [5, 14, 900]}
    table["h"] = [15, 26, 1000]
    own = {"gay": "LGB", "bi": "LGB", "straight": "straight"}
    found = population(table, low="l", high="h", se="e", mapping=own)
    assert (found.tally.counts.tolist(), found.se.tolist()) == ([30, 950], [5, 25])
    assert (found.low.tolist(), found.high.tolist()) == ([19, 900], [41, 1000])
    assert any("as if independent" in note for note in found.notes)


def test_totals_of_estimates_are_set_aside_without_being_compared():
    table = {"group": ["a", "b", "All"], "people": [10, 20, 31], "e": [1, 1, 1]}
    found = population(table, se="e", mapping={"a": "a", "b": "b", "All": None})
    assert found.tally.counts.tolist() == [10, 20]
    assert "not compared with their parts, for they are estimates" in found.notes[0]


@pytest.mark.parametrize(
    "options, change, message",
    [
        ({"low": "lo"}, {}, "low: an estimate has both limits; name the column of high= too"),
        ({"high": "hi"}, {}, "high: an estimate has both limits; name the column of low= too"),
        ({"low": "lo", "high": "lo"}, {}, "high: 'lo' is already given as low"),
        ({"se": "people"}, {}, "se: 'people' is already given as count"),
        ({"low": "lo", "high": "hi"}, {"lo": [11, 900]}, r"low, high: 10\.5 is not between 11\.0 and 15\.0 at row 0"),
        ({"se": "e"}, {"e": [-1, 1]}, "se: -1 in 'e' is negative at row 0"),
        ({"se": "e"}, {"e": [None, 1]}, "se: 'e' is blank at row 0"),
        ({"se": "e"}, {"e": [math.inf, 1]}, "se: inf in 'e' is infinite at row 0"),
        ({"low": "lo", "high": "hi", "confidence_level": 95}, {}, "confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_bad_estimates_are_refused(options, change, message):
    with pytest.raises(ValueError, match=message):
        population(ESTIMATED | change, **options)


# Bad input


@pytest.mark.parametrize(
    "cell, message",
    [
        (None, r"count: 'people' is blank at row 1 \(Black\): give the number, or leave the row out"),
        ("", "count: 'people' is blank at row 1"),
        ("N/A", r"count: 'N/A' in 'people' is not a number at row 1 \(Black\)"),
        ("1,23", "count: '1,23' in 'people' is not a number at row 1"),
        ("*", "is not a number at row 1"),
        (-5, "count: -5 in 'people' is negative at row 1"),
        ("-1,000", "is negative at row 1"),
        (2.5, "count: 2.5 in 'people' is not a whole number at row 1 .Black.: people are counted whole; an estimate"),
        (2**63, r"is larger than 2\*\*63 - 1 at row 1"),
        (True, "count: True in 'people' is not a number at row 1"),
    ],
)
def test_a_bad_cell_is_refused_by_name_and_row(cell, message):
    with pytest.raises(ValueError, match=message):
        population(PEOPLE | {"people": [700, cell, 90]})


def test_a_bad_cell_of_a_file_is_refused_with_its_line(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("group,people\nWhite,5\nBlack,N/A\n")
    with pytest.raises(ValueError, match=r"'N/A' in 'people' is not a number at row 1 \(line 3\) \(Black\)"):
        population(path)


def test_an_area_and_group_that_is_there_twice_or_not_at_all_is_refused():
    with pytest.raises(ValueError, match="area 'N', group 'White' is there twice, at row 0 and at row 2"):
        population(AREAS | {"area": ["N", "N", "N", "S"]}, by="area")
    with pytest.raises(ValueError, match="group 'White' is there twice, at row 0 and at row 2: name the columns"):
        population(AREAS)
    with pytest.raises(ValueError, match="there is no row for area 'S', group 'Black': add one, with 0 if nobody"):
        population({name: values[:3] for name, values in AREAS.items()}, by="area")
    with pytest.raises(ValueError, match="force 'A' is there twice, at row 0 and at row 1"):
        dr.population(WIDE | {"force": ["A", "A"]}, group="g", count=["White", "Black"], by="force", date="2011")
    with pytest.raises(ValueError, match="everybody is there twice, at row 0 and at row 1"):
        dr.population(WIDE, group="g", count=["White", "Black"], date="2011")


@pytest.mark.parametrize(
    "options, error, message",
    [
        ({"count": "peeple"}, ValueError, "no column 'peeple' in the table; did you mean 'people'"),
        ({"group": "people"}, ValueError, "count: 'people' is already given as group"),
        ({"by": "people"}, ValueError, "by: 'people' is already given as count"),
        ({"by": "group"}, ValueError, "by: 'group' is the name of a column of the findings"),
        ({"group": 5}, TypeError, "group: 5 is not the name of a column"),
        ({"date": ""}, ValueError, "date: '' holds no year"),
        ({"date": "last year"}, ValueError, "date: 'last year' holds no year"),
        ({"date": None}, TypeError, "date: None is not a text such as '2011'"),
        ({"ages": 16}, TypeError, "ages: 16 is not a text"),
        ({"mapping": "census 2011"}, ValueError, "there is none named 'census 2011'"),
        ({"count": []}, ValueError, "count: the list of columns is empty"),
        ({"count": ["people", "people"]}, ValueError, "count: column 'people' is named twice"),
        ({"count": [5]}, TypeError, "count: 5 is not the name of a column"),
        ({"count": ["people"], "se": "e"}, ValueError, "se: needs a table with one row for each group"),
    ],
)
def test_bad_arguments_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        population(PEOPLE, **options)


@pytest.mark.parametrize(
    "table, error, message",
    [
        ({"group": ["a", None], "people": [1, 2]}, ValueError, "column 'group' is blank at row 1"),
        ({"group": ["a", " "], "people": [1, 2]}, ValueError, "column 'group' is blank at row 1"),
        ({"group": [1.5, 2.5], "people": [1, 2]}, TypeError, "column 'group': 1.5 at row 0 is no label"),
        ({"group": [], "people": []}, ValueError, "the table holds no rows"),
        (
            pd.DataFrame([["a", 1, 2]], columns=["group", "people", "people"]),
            ValueError,
            "two columns are named 'people'",
        ),
        (5, TypeError, "the table must be"),
    ],
)
def test_bad_tables_are_refused(table, error, message):
    with pytest.raises(error, match=message):
        population(table)


# What it shows


def test_it_shows_itself_within_eighty_columns():
    table = {
        "group": [f"a group with a long name {i}" for i in range(40)],
        "people": [10**i % 999_983 for i in range(40)],
    }
    found = population(table, mapping={label: label for label in table["group"]}, source="a source " * 12)
    lines = repr(found).splitlines()
    assert max(map(len, lines)) < 80
    assert lines[0].startswith("Population of ") and lines[-1] == "Internal: not checked for disclosure"
    assert "and 16 more" in " ".join(repr(found).split())


def test_it_shows_what_it_is():
    found = population(census(**{"All usual residents": 65}), mapping="census 2011 to 5+1 (2011)", ages="all ages")
    lines = repr(found).splitlines()
    assert lines[:3] == [
        "Population of 65 people, 2011 (all ages)",
        "group: Asian 12, White 50, Other 3",
        "mapping: census 2011 to 5+1 (2011)",
    ]
    assert "itself an estimate" in repr(population(ESTIMATED, se="e"))


def test_shares_are_those_of_a_full_count():
    findings = population(AREAS, by="area").shares()
    rows = {(row["area"], row["group"]): row for row in findings.rows()}
    assert rows["N", "White"]["value"] == pytest.approx(100 * 70 / 90)
    assert rows[None, "Black"]["value"] == pytest.approx(100 * 27 / 147)
    assert math.isnan(rows["N", "White"]["low"]) and rows["N", "White"]["period"] == "2011"


# The published files


@pytest.mark.skipif(not LONDON.exists(), reason="the published file is not here")
def test_the_census_of_london():
    options = {"group": "ethnic_group", "count": "population", "date": "2011-03-27", "ages": "all ages"}
    new = dr.population(LONDON, mapping="census 2011 to 5+1 (2011)", **options)
    old = dr.population(LONDON, mapping="census 2011 to 5+1 (2001)", **options)
    count = dict(zip(new.tally.labels["ethnic_group"], new.tally.counts.tolist(), strict=True))
    assert new.tally.counts.sum() == old.tally.counts.sum() == 8_173_941
    assert count == {"Asian": 1_511_546, "Black": 1_088_640, "Mixed": 405_279, "White": 4_887_435, "Other": 281_041}
    assert old.tally.counts.tolist() == [1_511_546 - 124_250, 1_088_640, 405_279, 4_887_435, 281_041 + 124_250]
    (note,) = new.notes
    assert note.startswith("Set aside as totals of other rows (they equal their parts): 'All usual residents', 'Asian/")
    british = dr.population(LONDON, mapping="census 2011 to ethnic minorities (including White minorities)", **options)
    assert british.tally.counts.tolist() == [3_669_284, 8_173_941 - 3_669_284]
    with pytest.raises(ValueError, match="people would count twice; name a mapping"):
        dr.population(LONDON, **options)


@pytest.mark.skipif(not LONDON.exists(), reason="the published file is not here")
def test_a_changed_census_is_refused(tmp_path):
    path = tmp_path / "changed.csv"
    path.write_text(LONDON.read_text().replace("124250", "124251"))
    with pytest.raises(ValueError, match="'All usual residents' is 8,173,941, but its parts add up to 8,173,942"):
        dr.population(path, group="ethnic_group", count="population", date=2011, mapping="census 2011 to 5+1 (2011)")


@pytest.mark.skipif(not FORCES.exists(), reason="the published file is not here")
def test_the_police_forces():
    options = {"group": "ethnicity", "by": "Police force", "count": COLUMNS, "date": "2011"}
    found = dr.population(FORCES, mapping="police population 2011 to 5+1 (2011)", **options)
    assert found.tally.counts.shape == (43, 5)
    assert found.tally.counts.sum() == 56_075_912
    row = found.tally.labels["Police force"].index("Metropolitan")
    assert found.tally.counts[row].tolist() == [1_386_619 + 123_987, 1_088_447, 404_990, 4_881_636, 280_887]
    old = dr.population(FORCES, mapping="police population 2011 to 5+1 (2001)", **options)
    assert old.tally.counts[row].tolist() == [1_386_619, 1_088_447, 404_990, 4_881_636, 280_887 + 123_987]
    assert found.notes == ()


def test_columns_of_areas_take_the_names_of_other_records():
    table = {"Police force": ["Kent", "Kent", "Essex", "Essex"], "g": ["A", "B"] * 2, "n": [10, 20, 30, 40]}
    people = dr.population(table, group="g", count="n", date="2011", by={"force": "Police force"})
    assert people.by == ("force",) and people.tally.dims == ("force", "g")
    assert people.tally.labels["force"] == ["Essex", "Kent"]
    events = {"force": ["Kent"] * 3 + ["Essex"] * 4, "g": list("ABAABAB")}
    found = dr.proportionality(events, people, group="g", reference="B", by="force", period="2011")
    assert next(found.filter(force="Kent", group="A").rows())["exposure"] == 10
    other = dr.population(table, group="g", count="n", date="2011", by="Police force")
    with pytest.raises(ValueError, match=r"by=\{'force': 'Police force'\}"):
        dr.proportionality(events, other, group="g", reference="B", by="force", period="2011")


@pytest.mark.parametrize("by", [{"g": "Police force"}, {"force": "nowhere"}])
def test_names_that_cannot_be_given_are_refused(by):
    table = {"Police force": ["Kent", "Kent"], "g": ["A", "B"], "n": [10, 20]}
    with pytest.raises(ValueError, match=r"already given as group|nowhere"):
        dr.population(table, group="g", count="n", date="2011", by=by)
