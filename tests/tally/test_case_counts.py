"""dr.tally(count=): a table of counts gives the tally of the cases it counts."""

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

TABLE = {"area": ["N", "S", "N", "S"], "met": ["yes", "yes", "no", "no"], "n": [3, 0, 5, 7]}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.integers(0, 9)), min_size=1))
def test_it_is_the_tally_of_the_cases_one_by_one(rows):
    table = {"g": [row[0] for row in rows], "o": [row[1] for row in rows], "n": [row[2] for row in rows]}
    tally = dr.tally(table, "g", outcome="o", count="n")
    for i, group in enumerate(tally.labels["g"]):
        for j, outcome in enumerate(tally.labels["o"]):
            assert tally.counts[i, j] == sum(n for g, o, n in rows if (g, o) == (group, outcome))
    assert (tally.weighted, tally.outcome) == (False, "o")


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame, pl.LazyFrame, pa.table])
def test_any_table_will_do(make):
    assert dr.tally(make(TABLE), "area", outcome="met", count="n").counts.tolist() == [[5, 3], [7, 0]]


def test_files_will_do_and_a_row_of_nobody_keeps_its_labels(tmp_path):
    for name, write in (("t.csv", pl.DataFrame.write_csv), ("t.parquet", pl.DataFrame.write_parquet)):
        write(pl.DataFrame(TABLE | {"area": ["N", "W", "N", "S"]}), tmp_path / name)
        tally = dr.tally(tmp_path / name, "area", count="n")
        assert dict(zip(tally.labels["area"], tally.counts.tolist(), strict=True)) == {"N": 8, "S": 7, "W": 0}


def test_it_adds_to_a_tally_of_records_and_goes_into_a_gap():
    records = dr.tally({"area": ["N", "S"], "met": ["yes", "no"]}, "area", outcome="met")
    both = dr.tally(TABLE, "area", outcome="met", count="n") + records
    assert both.counts.tolist() == [[5, 4], [8, 0]]
    findings = dr.gap(both, outcome="met", positive="yes", group="area", reference="S")
    assert (list(findings["count"]), list(findings["nobs"])) == ([4, 0], [9, 8])


def test_where_and_missing_apply():
    table, kept = TABLE | {"area": ["N", None, "N", "?"]}, np.array([True, True, False, True])
    tally = dr.tally(table, "area", count="n", missing={"?": "refused"}, where=kept)
    assert tally.labels["area"] == ["N", "not stated", "refused"]
    assert tally.counts.tolist() == [3, 0, 7]
    assert dr.tally(TABLE | {"n": [3, 0, -5, 7]}, "area", count="n", where=kept).counts.tolist() == [3, 7]


def test_whole_floats_count_and_the_number_of_threads_changes_nothing():
    n = 300_000  # enough for the units of the sums to be guessed from the first rows
    table = {"g": np.arange(n) % 3, "n": (np.arange(n) % 11).astype(float)}
    want = [int(table["n"][table["g"] == g].sum()) for g in range(3)]
    assert dr.tally(table, "g", count="n").counts.tolist() == want
    assert dr.tally(table, "g", count="n", threads=2).counts.tolist() == want


def test_huge_counts_are_exact_up_to_what_an_integer_holds():
    largest = 2**53
    n = 1023
    tally = dr.tally({"g": ["a"] * n + ["b"], "n": [largest] * n + [1]}, "g", count="n")
    assert tally.counts.tolist() == [n * largest, 1]
    below = dr.tally({"g": ["a"] * 1024, "n": [largest] * 1023 + [largest - 1]}, "g", count="n")
    assert below.counts.tolist() == [2**63 - 1]
    with pytest.raises(ValueError, match=r"count 'n': a cell holds more than 2\*\*63 - 1 cases"):
        dr.tally({"g": ["a"] * 1024, "n": [largest] * 1024}, "g", count="n")
    with pytest.raises(ValueError, match=r"a cell holds more than 2\*\*63 - 1"):
        dr.tally({"g": ["a"] * 4096, "n": [largest] * 4096}, "g", count="n")


@pytest.mark.parametrize(
    "values, error, message",
    [
        ([1, 2.5, 3, 4], ValueError, "count 'n': 2.5 at row 1 is not a whole number of cases"),
        ([1, 2, -3, 4], ValueError, "count 'n': -3.0 at row 2 is negative"),
        ([1, 2, None, 4], ValueError, "count 'n': missing at row 2; give it a number"),
        ([1, 2, np.nan, 4], ValueError, "count 'n': .* at row 2"),
        ([1, 2, np.inf, 4], ValueError, "count 'n': inf at row 2 is infinite"),
        ([1, 2, 2**53 + 2, 4], ValueError, r"count 'n': 9007199254740994 at row 2 is above 2\*\*53"),
        (["1", "2", "3", "4"], TypeError, "count 'n' must be numbers"),
    ],
)
def test_a_bad_count_is_named_with_its_row(values, error, message):
    with pytest.raises(error, match=message):
        dr.tally(TABLE | {"n": values}, "area", count="n")


def test_a_bad_count_is_named_with_its_row_where_rows_are_left_out():
    with pytest.raises(ValueError, match=r"count 'n': 0\.5 at row 3 is not a whole number"):
        dr.tally(TABLE | {"n": [1, 1.5, 2, 0.5]}, "area", count="n", where=np.array([True, False, True, True]))


@pytest.mark.parametrize(
    "cell, message",
    [("4.5", "count 'n': 4.5 at row 1 is not a whole"), ("N/A", "count 'n' 'N/A' is not a number at row 1 .line 3.")],
)
def test_a_bad_count_in_a_file_is_named_with_its_row(tmp_path, cell, message):
    path = tmp_path / "t.csv"
    path.write_text(f"area,n\nN,3\nS,{cell}\n")
    with pytest.raises(ValueError, match=message):
        dr.tally(path, "area", count="n")


def test_what_cannot_be_the_column_of_counts_is_refused():
    with pytest.raises(ValueError, match="count and weight: a row stands for a number of cases or has a weight"):
        dr.tally(TABLE, "area", count="n", weight="n")
    with pytest.raises(ValueError, match="count: 'area' is already one of the columns"):
        dr.tally(TABLE, "area", count="area")
    with pytest.raises(TypeError, match=r"count: \[1, 2\] is not the name of a column"):
        dr.tally(TABLE, "area", count=[1, 2])
    with pytest.raises(ValueError, match="no column 'm'"):
        dr.tally(TABLE, "area", count="m")
    with pytest.raises(TypeError, match="weight 'area' must be numbers"):
        dr.tally(TABLE, "met", weight="area")


def test_a_known_table_of_counts_is_counted_by_itself():
    from dueregard.records.known_files.tidy_records import TidyRecords

    table = TidyRecords({"force": ["Kent", "Kent", "Essex"], "count": [5, 0, 7]}, count_column="count")
    assert dr.tally(table, "force").to_dict()["count"] == [7, 5]
    people = dr.population({"force": ["Kent", "Essex"], "n": [50, 70]}, group="force", count="n", date="2011")
    found = dr.proportionality(table, people, group="force", reference="Kent", period="2011")
    assert {row["group"]: row["count"] for row in found.rows()} == {"Kent": 5, "Essex": 7}
