"""Tables of records: when their rows are of, their quarters, their rounds."""

import datetime as dt

import numpy as np
import pytest

import dueregard as dr
from dueregard.plans.record_tables import record_table
from dueregard.plans.spans import read_span


def quarters(columns):
    return [span.words for span in record_table("x", columns).quarters]


def test_quarters_are_those_of_financial_years():
    assert quarters({"month": ["2010-03", "2010-12"]}) == [
        "2009/10 Q4", "2010/11 Q1", "2010/11 Q2", "2010/11 Q3"
    ]  # fmt: skip
    assert quarters({"date": np.array(["2010-03-31", "2010-04-01"], dtype="datetime64[D]")}) == [
        "2009/10 Q4", "2010/11 Q1"
    ]  # fmt: skip
    assert quarters({"sex": ["Female"]}) == []


def test_times_are_those_of_london():
    stamps = {"Date": ["2011-03-31T22:59:00+00:00", "2011-03-31T23:01:00+00:00"]}
    assert quarters(stamps) == ["2010/11 Q4", "2011/12 Q1"]


def test_rows_of_a_period_keep_every_label():
    table = record_table("x", {"month": ["2010-04", "2010-05"], "answer": ["Yes", "No"]})
    april = table.within(read_span("2010-04"))
    assert april["answer"].tolist() == ["Yes"] and april["answer"].labels.tolist() == ["No", "Yes"]
    assert table.outside(read_span("2010-04")) == 1


def test_a_table_without_dates_is_whole_in_every_period():
    table = record_table("x", {"sex": ["Female", "Male"]})
    assert len(table.within(read_span("2010-04"))["sex"]) == 2
    assert table.outside(read_span("2010-04")) == 0


def test_the_last_round_counts():
    table = record_table(
        "x", {"round": ["first", "review", "first"], "date": ["2010-09-01", "2011-01-05", "2010-10-01"]}
    )
    assert table.within(read_span("2010/11"))["round"].tolist() == ["review"]


def test_where_records_come_from_stays_with_them():
    table = record_table("cases", dr.data.example("cases"))
    assert table.within(read_span("2010/11 Q1")).provenance.startswith("Synthetic")


def test_residents_become_a_population_and_a_population_stays_one():
    assert isinstance(record_table("population", dr.data.example("population")).records, dr.Population)
    people = dr.population({"g": ["a"], "n": [3]}, group="g", count="n", date="2011")
    assert record_table("population", people).records is people


def test_null_in_text_of_frames_is_blank():
    pandas = pytest.importorskip("pandas")
    table = record_table("x", pandas.DataFrame({"answer": ["Yes", None]}))
    assert table.records["answer"].tolist() == ["Yes", ""]


def test_dates_of_python_are_dates():
    assert quarters({"due": [dt.date(2010, 4, 1), dt.date(2010, 7, 1)]}) == ["2010/11 Q1", "2010/11 Q2"]


@pytest.mark.parametrize(
    ("name", "data", "error", "words"),
    [
        ("x", 3, TypeError, "'x' is a int, not a dict of columns"),
        ("x", {"month": ["2010-04", "April"]}, ValueError, "row 1 of 'month' is 'April', not a month"),
        ("x", {"month": ["2010-13"]}, ValueError, "row 0 of 'month' is '2010-13'"),
        ("x", {"date": ["2010-04-01", "soon"]}, ValueError, r"records\['x'\]"),
        ("population", {"people": [3]}, ValueError, "records\\['population'\\] has no column 'characteristic'"),
    ],
)
def test_bad_tables_are_refused(name, data, error, words):
    with pytest.raises(error, match=words):
        record_table(name, data)
