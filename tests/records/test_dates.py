"""Columns of dates, whatever they are made of."""

import datetime as dt

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from dueregard.records.dates import day_of, days_of

DAYS = ["2016-06-01", "2016-12-31", "2016-06-01"]
LATE = ["2016-06-01T23:30:00+00:00", "2016-12-01T23:30:00+00:00", "2016-06-02T00:30:00+01:00"]
IN_LONDON = ["2016-06-02", "2016-12-01", "2016-06-02"]
NAIVE = [dt.datetime(2016, 6, 1, 23, 30), dt.datetime(2016, 12, 31, 0, 0), dt.datetime(2016, 6, 1)]


def days(column, rows=None):
    return days_of("date", "when", column, rows).astype(str).tolist()


@pytest.mark.parametrize(
    "column",
    [
        DAYS,
        np.array(DAYS),
        np.array(DAYS, "datetime64[D]"),
        np.array(DAYS, "datetime64[s]") + np.timedelta64(23 * 3600, "s"),
        [dt.date.fromisoformat(day) for day in DAYS],
        NAIVE,
        [np.datetime64(day) for day in DAYS],
        [pd.Timestamp(day) for day in DAYS],
        np.array([dt.date.fromisoformat(day) for day in DAYS], object),
        pd.Series(DAYS),
        pd.Series(pd.to_datetime(DAYS)),
        pd.Series(DAYS).astype("category"),
        pd.to_datetime(DAYS),
        pl.Series(DAYS),
        pl.Series(DAYS).str.to_date(),
        pl.Series(NAIVE),
        pl.Series(DAYS).cast(pl.Categorical),
        pa.chunked_array([pa.array(DAYS[:1]), pa.array(DAYS[1:])]),
        pa.chunked_array([pa.array([dt.date.fromisoformat(day) for day in DAYS])]),
        [f"{day} 12:15" for day in DAYS],
        np.ma.MaskedArray(np.array(DAYS, "datetime64[D]"), mask=False),
    ],
    ids=lambda column: f"{type(column).__module__}.{type(column).__name__}",
)
def test_every_kind_of_column_is_the_same_days(column):
    assert days(column) == DAYS


@pytest.mark.parametrize(
    "column",
    [
        LATE,
        [text.replace("+00:00", "Z") for text in LATE],
        [dt.datetime.fromisoformat(text) for text in LATE],
        pd.Series(pd.to_datetime(LATE, utc=True)),
        pl.Series(LATE).str.to_datetime(time_zone="UTC"),
        pa.chunked_array([pa.array([dt.datetime.fromisoformat(t) for t in LATE], pa.timestamp("us", tz="UTC"))]),
    ],
    ids=lambda column: type(column).__module__,
)
def test_times_that_know_their_zone_are_days_in_london(column):
    assert days(column) == IN_LONDON


def test_some_rows_alone():
    assert days(["2016-06-01", "never", "2016-06-03"], np.array([0, 2])) == ["2016-06-01", "2016-06-03"]


@pytest.mark.parametrize("text", ["01/06/2016", "2016-06", "2016-13-01", "2016-02-30", "20160601", "yesterday", "2016"])
def test_a_text_that_is_no_date_is_refused_with_its_row(text):
    with pytest.raises(ValueError, match=r"^date: .* at row 1 of 'when' is not a date such as 2016-06-30$") as refused:
        days(["2016-06-01", text])
    assert repr(text) in str(refused.value)


@pytest.mark.parametrize(
    "column",
    [
        ["2016-06-01", None],
        ["2016-06-01", ""],
        ["2016-06-01", "  "],
        ["2016-06-01", float("nan")],
        np.array(["2016-06-01", "NaT"], "datetime64[D]"),
        np.ma.MaskedArray(np.array(DAYS[:2], "datetime64[D]"), mask=[False, True]),
        np.ma.MaskedArray(np.array(DAYS[:2]), mask=[False, True]),
        pd.Series(pd.to_datetime(["2016-06-01", None])),
        pl.Series([dt.date(2016, 6, 1), None]),
        pa.chunked_array([pa.array(["2016-06-01", None])]),
    ],
    ids=lambda column: f"{type(column).__module__}.{type(column).__name__}",
)
def test_a_row_without_a_date_is_refused_with_its_number(column):
    with pytest.raises(ValueError, match=r"^date: row 1 of 'when' has no date$"):
        days(column)


def test_rows_are_numbered_as_in_the_table():
    with pytest.raises(ValueError, match=r"row 4 of 'when' has no date"):
        days(["2016-06-01"] * 4 + [""], np.array([3, 4]))


@pytest.mark.parametrize("column", [np.array([20160601, 20160602]), pl.Series([1.5, 2.5]), np.array([True, False])])
def test_numbers_are_no_dates(column):
    with pytest.raises(TypeError, match=r"^date: column 'when' is of .*, not dates$"):
        days(column)


def test_other_things_are_no_dates():
    with pytest.raises(TypeError, match=r"^date: column 'when' holds 5, which is not a date$"):
        days(["2016-06-01", 5])
    with pytest.raises(ValueError, match=r"must have one dimension, not 2"):
        days(np.array([DAYS, DAYS]))


@pytest.mark.parametrize(
    "value",
    ["2016-06-02", dt.date(2016, 6, 2), np.datetime64("2016-06-02T10:00"), pd.Timestamp("2016-06-01T23:30", tz="UTC")],
)
def test_one_date(value):
    assert day_of("until", value) == np.datetime64("2016-06-02")


@pytest.mark.parametrize(
    ("value", "error"),
    [(2016, TypeError), (None, TypeError), ("soon", ValueError), (np.datetime64("NaT"), ValueError), ("", ValueError),
     (pd.NaT, TypeError)],
)  # fmt: skip
def test_one_thing_that_is_no_date(value, error):
    with pytest.raises(error, match=r"^until: "):
        day_of("until", value)
