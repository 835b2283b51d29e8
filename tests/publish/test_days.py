"""Days and periods in words: ISO texts and nothing else are rewritten."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dueregard.plans.spans import read_span
from dueregard.publish.days import days_in_words, period_in_words, when, written_day


@given(st.dates(dt.date(1000, 1, 1)))
def test_a_day_in_words_is_that_day(day):
    assert days_in_words(f"at {day} it was") == f"at {written_day(day)} it was"
    assert when(day.isoformat()) == f"on {written_day(day)}"


@given(st.dates(dt.date(1990, 1, 1), dt.date(2050, 1, 1)))
def test_a_month_in_words_is_the_same_period(day):
    month = f"{day:%Y-%m}"
    try:
        span = read_span(month)
    except ValueError:  # may be a financial year
        return
    said = read_span(period_in_words(month))
    assert (said.start, said.end) == (span.start, span.end)


def test_what_is_no_day_is_left_alone():
    for text in ("2010/11 Q3", "2010-11 Q3", "2010-11 H1", "2012-13", "2010", "12-2010-01-01", "2010-13-01"):
        assert period_in_words(text) == text
    assert period_in_words("2010-04 to 2011-03") == "April 2010 to March 2011"
