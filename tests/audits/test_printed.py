"""Printed figures: what is read, what they may stand for, and ranges of exact fractions."""

from fractions import Fraction
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.audits.printed import blank, printed, shown, span
from dueregard.audits.ranges import Range, added, exactly, rounded_to

fractions = st.fractions(min_value=0, max_value=1000, max_denominator=400)
units = st.sampled_from([Fraction(1), Fraction(1, 10), Fraction(1, 100), Fraction(1000)])
roundings = st.sampled_from(["half-up", "half-even", "either"])


def rounded(value, unit, rounding):
    """The values that a number may be printed as."""
    down, rest = divmod(value / unit, 1)
    if rest != Fraction(1, 2):
        return {unit * (down + (rest > Fraction(1, 2)))}
    even = down + down % 2
    return {unit * each for each in {"half-up": {down + 1}, "half-even": {even}, "either": {down + 1, even}}[rounding]}


@given(fractions, units, roundings)
def test_a_number_is_in_the_range_of_what_it_prints_as(value, unit, rounding):
    for text in rounded(value, unit, rounding):
        assert rounded_to(text, unit, rounding).holds(value)
        assert rounded_to(-text, unit, rounding).holds(-value)


@given(fractions, units, roundings)
def test_and_in_no_other(value, unit, rounding):
    prints = rounded(value, unit, rounding)
    near = [unit * (value // unit + step) for step in (-1, 0, 1, 2)]
    assert {p for p in near if p >= 0 and rounded_to(p, unit, rounding).holds(value)} == prints


@given(fractions, fractions, units)
def test_sums_differences_products_and_quotients_hold_the_truth(a, b, unit):
    (first, *_), (second, *_) = (sorted(rounded(v, unit, "half-up")) for v in (a, b))
    one, other = rounded_to(first, unit), rounded_to(second, unit)
    assert one.plus(other).holds(a + b) and one.minus(other).holds(a - b)
    low, high = max(one.low, Fraction(0)), max(other.low, Fraction(0))
    one, other = Range(low, one.high), Range(high, other.high)
    assert one.times(other).holds(a * b)
    if b:
        assert one.over(other).holds(a / b)


def test_ends_of_ranges():
    closed, open_ = Range(Fraction(1), Fraction(2)), Range(Fraction(2), Fraction(3), False, True)
    assert not closed.meets(open_) and not open_.meets(closed)
    assert closed.meets(Range(Fraction(2), Fraction(3)))
    assert not exactly(Fraction(132)).meets(Range(Fraction(132), inf, False, False))
    assert added([]) == exactly(Fraction(0))
    assert exactly(Fraction(1)).over(exactly(Fraction(0))).high == inf


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "percent"),
    [
        ("67%", 67, "66.5", "67.5", True),
        ("14.2 per cent", "14.2", "14.15", "14.25", True),
        ("96.15%", "96.15", "96.145", "96.155", True),
        ("8.1 million", 8_100_000, 8_050_000, 8_150_000, False),
        ("3 thousand", 3000, 2500, 3500, False),
        ("1,157,165", 1157165, 1157165, 1157165, False),
        ("£12,000", 12000, 12000, 12000, False),
        ("about 31,000", 31000, 30500, 31500, False),
        ("approximately 5%", 5, "4.5", "5.5", True),
        ("six", 6, 6, 6, False),
        ("-3", -3, -3, -3, False),
        ("\N{MINUS SIGN}3%", -3, "-3.5", "-2.5", True),
        ("up to 3", 3, 0, 3, False),
        (24, 24, 24, 24, False),
        (24.0, 24, 24, 24, False),
        (0.5, "0.5", "0.45", "0.55", False),
        (0.29 * 100, 29, 29, 29, False),
        (np.float32(14.2), "14.2", "14.15", "14.25", False),
        (np.float16(14.2), "14.2", "14.15", "14.25", False),
        (np.float32(1_157_165), 1157165, 1157165, 1157165, False),
        (np.float32(1_157_165.5), "1157165.5", "1157165.45", "1157165.55", False),
        (np.float64(1e-7), "1e-7", "0.5e-7", "1.5e-7", False),
    ],
)
def test_what_is_read(text, value, low, high, percent):
    figure = printed(text)
    assert (figure.value, figure.percent) == (Fraction(value), percent)
    assert figure.range[:2] == (Fraction(low), Fraction(high))


@pytest.mark.parametrize(
    ("text", "said"),
    [("1871", "1,871"), ("1,871", "1,871"), ("over 12345.6789", "over 12,345.6789"), ("£12000", "£12,000"),
     (1871, "1,871"), ("0.12345", "0.12345"), ("871", "871"), ("0012", "0012")],
)  # fmt: skip
def test_a_figure_is_said_with_the_separators_of_computed_ones(text, said):
    assert printed(text).text == said


def test_words_up_to_twenty():
    words = ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    assert [printed(word).value for word in words] == [*range(13, 21)]
    assert printed("Fourteen per cent").percent


@given(st.integers(0, 999_999), st.integers(0, 4))
def test_numbers_of_32_bits_say_the_six_digits_they_were_given(digits, places):
    written = Fraction(digits, 10**places)
    assert printed(np.float32(digits / 10**places)).value == written
    assert printed(digits / 10**places).value == written


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from([np.float64, np.float32]))
def test_what_was_not_rounded_prints_as_what_it_is(count, of, kind):
    assert printed(kind(100 * count / of), rounds=True).range.holds(Fraction(100 * count, of))


def test_words_of_more_and_less():
    assert printed("over 110").range == Range(Fraction(110), inf, False, False)
    assert printed("in excess of 132").range.low_in is False
    assert printed("at least 30,000").range.low_in is True
    assert printed("under 5%").range == Range(Fraction(0), Fraction(5), True, False)


def test_decimals_that_a_table_has_lost():
    assert printed(50.0, rounds=True, decimals=1).range[:2] == (Fraction("49.95"), Fraction("50.05"))
    assert printed("67", rounds=True).range[:2] == (Fraction("66.5"), Fraction("67.5"))


@pytest.mark.parametrize("text", ["many", "1,23", "12-15", "", True, float("inf"), "5 boroughs", None])
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match="is not a number"):
        printed(text)


def test_blank_cells():
    assert all(map(blank, (None, "", "  ", float("nan"))))
    assert not any(map(blank, (0, "0", "x")))


def test_numbers_in_sentences():
    assert [shown(v) for v in (Fraction(20480), Fraction(-5, 2), 0.1, inf)] == ["20,480", "-2.5", "0.1", "any number"]
    assert [shown(v, 0) for v in (Fraction(-5), Fraction(5, 2), Fraction(-1, 3))] == ["-5", "3", "0"]
    assert span(Range(Fraction(33), inf, False, False), "%") == "over 33%"
    assert span(Range(Fraction(6), Fraction(8))) == "6 to 8"
