"""Numbers as tables print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.records.numerals import LARGEST, number, refusal


@given(st.integers(-(10**30), 10**30))
def test_a_whole_number_is_read_exactly_with_and_without_separators(value):
    assert number(value) == number(str(value)) == number(f" {value:,} ") == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_decimal_number_is_read_as_python_reads_it(value):
    assert number(value) == number(repr(value)) == value


@pytest.mark.parametrize(
    "cell, want",
    [
        ("1,234.5", 1234.5),
        ("12.0", 12),
        (12.0, 12),
        ("1e3", 1000),
        ("+7", 7),
        (None, "is blank"),
        ("", "is blank"),
        ("  ", "is blank"),
        (float("nan"), "is blank"),
        ("N/A", "is not a number"),
        ("-", "is not a number"),
        ("1,23", "is not a number"),
        ("1.000", "may be thousands or a decimal; write it without the point"),
        ("0.500", 0.5),
        ("1,2345", "is not a number"),
        (",123", "is not a number"),
        ("12 345", "is not a number"),
        ("1.234,5", "is not a number"),
        ("inf", "is not a number"),
        ("0x10", "is not a number"),
        ("1_000", "is not a number"),
        ("£5", "is not a number"),
        (True, "is not a number"),
        ([1], "is not a number"),
    ],
)
def test_what_is_a_number_and_what_is_not(cell, want):
    found = number(cell)
    assert (found, type(found)) == (want, type(want))


@pytest.mark.parametrize(
    "value, whole, want",
    [
        (0, True, ""),
        (LARGEST, True, ""),
        (LARGEST + 1, True, "is larger than 2**63 - 1"),
        (-1, True, "is negative"),
        (-0.5, False, "is negative"),
        (0.5, True, "is not a whole number"),
        (0.5, False, ""),
        (float("inf"), False, "is infinite"),
        ("is blank", False, "is blank"),
    ],
)
def test_what_is_refused_as_a_count(value, whole, want):
    assert refusal(value, whole=whole) == want
