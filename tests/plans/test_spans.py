"""Periods as they are written: days, months, quarters, halves, years; and what is no period."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.plans.spans import part_of_year, read_span, year_of, year_words


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2010/11", "2010-04-01", "2011-03-31"),
        ("2012-13", "2012-04-01", "2013-03-31"),
        ("2010-11 Q3", "2010-10-01", "2010-12-31"),
        ("2010/11 q4", "2011-01-01", "2011-03-31"),
        ("2010-11 H2", "2010-10-01", "2011-03-31"),
        ("1999/00", "1999-04-01", "2000-03-31"),
        ("2011-03", "2011-03-01", "2011-03-31"),
        ("February 2012", "2012-02-01", "2012-02-29"),
        ("2011", "2011-01-01", "2011-12-31"),
        ("2011-03-31", "2011-03-31", "2011-03-31"),
        ("2010-04 to 2011-03", "2010-04-01", "2011-03-31"),
        ("2010-11 to 2010-12", "2010-11-01", "2010-12-31"),
        ("2010-04-10 to 2010-04-12", "2010-04-10", "2010-04-12"),
        ("12 months to March 2011", "2010-04-01", "2011-03-31"),
    ],
)
def test_a_period_has_its_days(text, start, end):
    span = read_span(text)
    assert (span.start.isoformat(), span.end.isoformat()) == (start, end)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2010-11", "'2010-11' may be November 2010 or a financial year: write 'November 2010' or '2010/11'"),
        ("2010/12", "'2010/12' is no financial year: 2010 is followed by 11"),
        ("2011-02-30", "'2011-02-30' is not a day there is"),
        ("2011-05 to 2011-04", "'2011-05 to 2011-04' ends before it begins"),
        ("spring", "'spring' is not a period such as"),
        ("2010/11 Q5", "is not a period such as"),
        ("12 months to 2011-03-15", "is not a number of whole months"),
    ],
)
def test_what_is_no_period_is_refused(text, why):
    with pytest.raises(ValueError, match=why):
        read_span(text)


@given(st.integers(1990, 2100), st.sampled_from(["Q", "H"]))
def test_parts_of_a_year_follow_each_other(year, part):
    spans = [part_of_year(year, f"{part}{n}") for n in range(1, {"Q": 4, "H": 2}[part] + 1)]
    assert spans[0][0] == part_of_year(year)[0]
    assert spans[-1][1] == part_of_year(year)[1]
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert start - end == dt.timedelta(1)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_a_day_is_in_its_financial_year(day):
    assert read_span(year_words(year_of(day))).holds(day)
