"""What a clumsy hand gives: refused with the argument and the first bad element, or taken as it stands."""

import numpy as np
import pandas as pd
import polars as pl
import pytest

import dueregard as dr


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (
            lambda: dr.proportion_interval([[1], [2, 3]], 9),
            ValueError,
            r"count: \[2, 3\] at index 1 is not of the length of those before it",
        ),
        (
            lambda: dr.bootstrap([[9, 8], [24]], "difference", positive=0),
            ValueError,
            r"counts: \[24\] at index 1 is not of the length",
        ),
        (lambda: dr.compare_proportions(9, [17, [20]], 24, 29), ValueError, r"nobs1: \[20\] at index 1"),
        (lambda: dr.compare_proportions(65.7, 100, 24, 29), ValueError, r"^count1: 65\.7 is not a whole number$"),
        (lambda: dr.compare_proportions(0.53, 17, 24, 29), ValueError, r"^count1: 0\.53 is not a whole number$"),
        (lambda: dr.ridits([-3.0, 1]), ValueError, r"^counts: -3 at index 0 is negative$"),
        (lambda: dr.adjust_pvalues(0.04), ValueError, "pvalues: a single number is no list of p-values"),
        (lambda: dr.compare_medians([1, 2], None, [3, 4]), TypeError, "counts1: None is not a number"),
        (lambda: dr.compare_medians([1, 2], [3, 4], None), TypeError, "counts2: None is not a number"),
        (
            lambda: dr.compare_stratified([9], [17], [24], [29], axis="areas"),
            TypeError,
            "axis: 'areas' is not a whole number",
        ),
        (lambda: dr.shortfall(9, 17, 24, 29, target="80%"), ValueError, "target: '80%' is neither 'parity' nor"),
        (
            lambda: dr.gap({"a": ["y"], "g": ["x"]}, outcome="a", positive="y", group="g", reference="x", by=3),
            TypeError,
            "by: 3 is not the name of a column",
        ),
        (
            lambda: dr.pay_gap({"p": [1.0], "g": ["x"]}, pay="p", group="g", reference="x", measure=[]),
            ValueError,
            "measure: there is none",
        ),
    ],
)
def test_bad_input_is_named(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_misspelt_answer_is_found_in_the_scale_and_a_forgotten_one_is_not_mistaken_for_it():
    records = {"answer": ["very good", "good", "bad"], "grade": ["a", "b", "b"]}
    question = {"outcome": "answer", "group": "grade", "reference": "a"}
    with pytest.raises(ValueError, match=r"'very good' is an answer .* \(did you mean 'very goood'\?\)"):
        dr.ordinal_gap(records, **question, scale=["bad", "good", "very goood"])
    with pytest.raises(ValueError, match=r"'very good' is an answer .* nor in exclude$"):
        dr.ordinal_gap(records, **question, scale=["bad", "good"])


def test_series_are_taken_by_position_whatever_their_index():
    expected = dr.compare_proportions([9, 3], [17, 20], 24, 29)
    for counts, sizes in [
        (pd.Series([9, 3], index=["Asian", "Black"]), pd.Series([17, 20], index=["Black", "Asian"])),
        (pd.Series([9, 3], dtype="Int64"), pd.Series([17, 20], dtype="category")),
        (pl.Series([9, 3]), pl.Series([17, 20])),
    ]:
        found = dr.compare_proportions(counts, sizes, 24, 29)
        assert isinstance(found.estimate, np.ndarray)
        np.testing.assert_array_equal(found.pvalue, expected.pvalue)


def test_a_missing_number_in_a_series_is_refused():
    for counts in (pd.Series([9, None], dtype="Int64"), pd.Series([9.0, np.nan]), pl.Series([9, None])):
        with pytest.raises(ValueError, match="count: nan at index 1 is not a number"):
            dr.proportion_interval(counts, [17, 20])
