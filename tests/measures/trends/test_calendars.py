"""Months and quarters, read from labels, in the order of the calendar."""

import datetime as dt

import numpy as np
import pytest

from dueregard.measures.trends.calendars import calendar_of, period_of


@pytest.mark.parametrize(
    ("label", "year", "month"),
    [
        ("2010-04", 2010, 4),
        ("April 2010", 2010, 4),
        ("apr 2010", 2010, 4),
        ("2010-04-30", 2010, 4),
        ("30/04/2010", 2010, 4),
        (dt.date(2010, 4, 1), 2010, 4),
        (dt.datetime(2010, 4, 30, 23, 59), 2010, 4),
        (np.datetime64("2010-04-09"), 2010, 4),
        ("0999-12", 999, 12),
    ],
)
def test_months(label, year, month):
    assert period_of("time", label) == (12 * year + month - 1, 1)


@pytest.mark.parametrize(
    ("label", "year", "quarter"),
    [("2010-Q2", 2010, 2), ("2010 q2", 2010, 2), ("2010Q2", 2010, 2), ("2010/11 Q1", 2010, 2), ("2010/11 Q4", 2011, 1)],
)
def test_quarters_of_calendar_and_of_financial_years(label, year, quarter):
    assert period_of("time", label) == (4 * year + quarter - 1, 3)


@pytest.mark.parametrize(
    "label", ["2010-13", "2010-00", "2010/11", "2010-Q5", "2010/12 Q1", "Apr-10", "", "2010", 2010, 201004, None, True]
)
def test_what_is_no_period_is_refused_by_label(label):
    with pytest.raises(ValueError) as error:
        calendar_of("month", ["2010-04", label])
    assert str(error.value) == (
        f"time: {label!r} of 'month' is not a period such as '2010-04' (a month) or '2010-Q2' (a quarter)"
    )


def test_labels_in_any_order_go_where_they_belong_and_gaps_are_found():
    calendar = calendar_of("month", ["2011-02", "2010-11", "not stated", "January 2011"])
    assert calendar.labels == ["2010-11", "2010-12", "2011-01", "2011-02"]
    assert calendar.places == (3, 0, -1, 2)
    assert calendar.words(0, 3) == "November 2010 to February 2011"
    assert calendar.words(1, 1) == "December 2010"


def test_quarters_are_said_in_months():
    calendar = calendar_of("quarter", ["2010-Q4", "2010-Q2"])
    assert calendar.labels == ["2010-Q2", "2010-Q3", "2010-Q4"]
    assert calendar.words(0, 2) == "April 2010 to December 2010"
    assert calendar.words(1, 1) == "July 2010 to September 2010"
    assert calendar.length("6 months") == 2


@pytest.mark.parametrize(
    ("labels", "message"),
    [
        (
            ["2010-04", "2010-Q2"],
            "time: 'x' has both months ('2010-04') and quarters ('2010-Q2'); count them apart",
        ),
        (["not stated"], "time: 'x' has no period: no row states one"),
        (["2010-04", "1010-04"], "time: 'x' has periods as far apart as 1010-04 and 2010-04"),
    ],
)
def test_labels_that_make_no_series(labels, message):
    with pytest.raises(ValueError) as error:
        calendar_of("x", labels)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("window", "message"),
    [
        (4, "window: 4 quarters, and the series has 3 quarters, 2010-Q2 to 2010-Q4"),
        ("12 months", "window: 4 quarters, and the series has 3 quarters, 2010-Q2 to 2010-Q4"),
        ("4 months", "window: '4 months' is no whole number of quarters, which 'x' has"),
        ("90 days", "window: '90 days' is no whole number of quarters, which 'x' has"),
        ("long", "window: 'long' is not a length of time such as '12 months', '90 days' or '1 year'"),
        (0, "window: 0 is below 1"),
    ],
)
def test_windows_that_do_not_fit(window, message):
    with pytest.raises(ValueError) as error:
        calendar_of("x", ["2010-Q2", "2010-Q4"]).length(window)
    assert str(error.value) == message
