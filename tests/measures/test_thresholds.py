"""Practical thresholds: which side of them a ratio lies on, whatever chance says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.measures.thresholds import Threshold, read_threshold


def verdict(ratio, threshold, higher_is_better=True):
    (found,) = read_threshold(threshold, "ratio").verdicts(np.array([ratio]), higher_is_better)
    return found


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (0.7999, "below 0.8"), (0.8, "within 0.8 to 1.25"), (1.0, "within 0.8 to 1.25"), (1.25, "within 0.8 to 1.25"),
        (1.2501, "above 1.25"), (0.0, "below 0.8"), (math.inf, "above 1.25"), (math.nan, None),
    ],
)  # fmt: skip
def test_the_range_looks_at_both_sides(ratio, expected):
    assert verdict(ratio, "0.8-1.25") == verdict(ratio, None) == verdict(ratio, 0.8) == verdict(ratio, 1.25) == expected


@pytest.mark.parametrize(
    ("ratio", "better", "expected"),
    [
        (0.79, True, "below four fifths"),
        (0.8, True, "not below four fifths"),
        (3.0, True, "not below four fifths"),
        (1.26, False, "above 1.25: the reference has less than four fifths"),
        (1.25, False, "not above 1.25"),
        (0.1, False, "not above 1.25"),
        (math.nan, True, None),
    ],
)
def test_four_fifths_looks_at_the_side_that_is_worse(ratio, better, expected):
    assert verdict(ratio, "four-fifths", better) == expected


@given(st.floats(0.01, 100))
def test_four_fifths_of_what_is_wanted_is_that_of_the_inverse_of_what_is_not(ratio):
    worse = verdict(ratio, "four-fifths", True) == "below four fifths"
    assert worse == verdict(1 / ratio, "four-fifths", False).startswith("above") or math.isclose(ratio, 0.8)


def test_a_threshold_in_words():
    assert read_threshold(0.9, "ratio").words == "0.9 to 1.111"
    assert read_threshold("four-fifths", "ratio").words == "four-fifths"
    assert read_threshold(None).words == "5 percentage points"
    assert Threshold(1.25, "ratio").one_sided is False


@pytest.mark.parametrize(
    ("threshold", "measure", "message"),
    [
        ("three-quarters", "ratio", "threshold: 'three-quarters' is neither a number nor one of 'four-fifths'"),
        ("four-fifths", "difference", "threshold: 'four-fifths' is for ratios; a difference needs a number"),
        (5, "ratio", "threshold: 5 is not a ratio from 0.5 to 2"),
    ],
)  # fmt: skip
def test_other_thresholds_are_refused(threshold, measure, message):
    with pytest.raises(ValueError, match=message):
        read_threshold(threshold, measure)


def test_the_threshold_stands_in_the_rows_of_ratios_and_not_of_differences():
    records = {"met": [True] * 5 + [False] * 5 + [True] * 9 + [False], "group": ["A"] * 10 + ["B"] * 10}
    ask = {"outcome": "met", "positive": True, "group": "group", "reference": "B"}
    row = next(dr.gap(records, **ask, measure="ratio", threshold="four-fifths").rows())
    assert (row["practical_threshold"], row["practical_verdict"]) == ("four-fifths", "below four fifths")
    row = next(dr.gap(records, **ask, measure="ratio", threshold="four-fifths", higher_is_better=False).rows())
    assert row["practical_verdict"] == "not above 1.25"
    assert "practical_threshold" not in dr.gap(records, **ask).columns
