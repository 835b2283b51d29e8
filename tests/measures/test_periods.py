"""Periods: how long they are, so that a month is not taken for a year."""

import pytest

from dueregard.measures.rates.periods import Period, read_period


@pytest.mark.parametrize(
    ("given", "words", "months"),
    [
        ("2016-06", "June 2016", 1),
        (" 2016-12 ", "December 2016", 1),
        ("2015-07 to 2016-06", "July 2015 to June 2016", 12),
        ("2016-06 to 2016-06", "June 2016", 1),
        ("2016", "2016", 12),
        ("2010/11", "April 2010 to March 2011", 12),
        ("1999/00", "April 1999 to March 2000", 12),
        ("June 2016", "June 2016", 1),
        ("April 2010 to September 2010", "April 2010 to September 2010", 6),
        ("year ending March 2016", "year ending March 2016", 12),
        ("2010/13", "2010/13", None),
        ("the summer", "the summer", None),
    ],
)
def test_periods_in_words_and_months(given, words, months):
    assert read_period(given) == Period(words, months)


@pytest.mark.parametrize("given", ["2016-06 to 2016-05", "June 2016 to May 2016"])
def test_a_period_that_ends_before_it_begins_is_refused(given):
    with pytest.raises(ValueError, match=r"period: .*before"):
        read_period(given)


@pytest.mark.parametrize("given", [None, 2016, "", "  "])
def test_what_is_no_text_is_refused(given):
    with pytest.raises(TypeError, match=r"period: .* is not text such as '2016-06'"):
        read_period(given)


def test_how_a_rate_says_its_length():
    assert [Period("", months).length for months in (1, 12, None)] == ["in 1 month", "in 12 months", "in the period"]
