"""What findings of ratios and odds ratios say: never a difference, never 1 for what is not 1, infinite ends named."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.findings import Findings
from dueregard.publish.numbers import unsupported_numbers
from dueregard.publish.sentences.sentences import sentence, sentences

NAN = float("nan")
ROW = {
    "measure": "share satisfied", "characteristic": "ethnic_group", "group": "Asian", "row_type": "group",
    "count": 204, "nobs": 400, "value": 51.0, "reference": "White", "reference_count": 330, "reference_nobs": 600,
    "reference_value": 55.0, "estimate": 0.9273, "unit_of_measure": "ratio", "confidence_level": 0.95, "low": 0.888,
    "high": 0.968, "pvalue": 0.001, "verdict": "lower",
}  # fmt: skip


def say(by=(), threshold=None, **changes):
    row = {**ROW, **changes}
    found = Findings({name: [value] for name, value in row.items()}, by=by, threshold=threshold)
    (text,) = sentences(found)
    assert unsupported_numbers(text, found) == [], text
    return text


def test_the_whole_sentence_of_a_ratio():
    assert say() == (
        "Share satisfied was 51% for the Asian group against 55% for the White group: "
        "0.93 times as high (95% interval 0.89 to 0.97). This is clear evidence of a difference; it does not say why."
    )


def test_the_whole_sentence_of_an_odds_ratio():
    text = say(unit_of_measure="odds ratio", estimate=0.85, low=0.78, high=0.93)
    assert "against 55% for the White group: the odds were 0.85 times as high (95% interval 0.78 to 0.93). " in text


@pytest.mark.parametrize("unit", ["ratio", "odds ratio"])
def test_no_words_of_differences(unit):
    text = say(unit_of_measure=unit)
    assert not any(word in text for word in ("percentage point", "lower", "higher", "more likely"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"estimate": 1.0, "low": 0.9, "high": 1.11}, ": about the same (95% interval 0.90 to 1.11)"),
        ({"estimate": 1.003, "low": 0.9, "high": 1.11}, ": about the same (95% interval 0.90 to 1.11)"),
        ({"estimate": 1.003, "low": 1.001, "high": 1.005}, ": 1.003 times as high (95% interval 1.001 to 1.005)"),
        ({"estimate": 0.96, "low": 0.93, "high": 0.9996}, ": 0.96 times as high (95% interval 0.93 to 0.9996)"),
        ({"estimate": 12.34, "low": 4.0, "high": 123.4}, ": 12.3 times as high (95% interval 4.00 to 123)"),
        ({"estimate": 0.0123, "low": 0.004, "high": 0.5}, ": 0.012 times as high (95% interval 0.0040 to 0.50)"),
        ({"estimate": 2.5, "low": 1.21, "high": math.inf}, ": 2.50 times as high (95% interval 1.21 or more)"),
        ({"estimate": 0.0, "value": 0.0, "low": 0.0, "high": 0.21}, ": 0 times as high (95% interval 0 to 0.21)"),
        ({"low": NAN, "high": NAN}, ": 0.93 times as high. "),
    ],
)
def test_ratios_in_words(changes, words):
    assert words in say(**changes)


def test_a_ratio_to_nothing_is_not_given():
    text = say(reference_value=0.0, reference_count=0, estimate=math.inf, low=5.47, high=math.inf, verdict="higher")
    assert "against 0% for the White group: no ratio of 51% to 0% can be given (95% interval 5.47 or more). " in text
    both = {"value": 0.0, "count": 0, "reference_value": 0.0, "reference_count": 0, "estimate": NAN}
    text = say(
        **both, low=0.0, high=math.inf, verdict="too few to tell: more than 1,000 times the present numbers needed"
    )
    assert ": no ratio of 0% to 0% can be given (95% interval without limits). These are too few cases to tell:" in text
    assert say(**both, low=NAN, high=NAN, verdict=None).endswith("Asian group; no ratio of 0% to 0% can be given.")
    every = both | {"unit_of_measure": "odds ratio", "value": 100.0, "reference_value": 100.0, "count": 400}
    text = say(
        **every | {"reference_count": 600}, low=0.0, high=math.inf, verdict="too few to tell: 9 times the present"
    )
    assert ": no odds ratio of 100% to 100% can be given" in text


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (6.0, math.inf, "(95% interval 6 or more higher)"),
        (-math.inf, -6.0, "(95% interval 6 or more lower)"),
        (-2.0, math.inf, "(95% interval 2 lower to any amount higher)"),
    ],
)
def test_a_difference_without_a_limit(low, high, words):
    assert words in say(unit_of_measure="days", estimate=-8.0 if high < 0 else 8.0, low=low, high=high)


def test_what_does_not_matter_is_a_range_around_1():
    small = say(verdict="lower by less than a factor of 1.25")
    assert small.endswith("but one within the range 0.8 to 1.25 taken as not mattering; it does not say why.")
    none = say(verdict="no difference that matters", threshold=1.25)
    assert none.endswith("If there is a difference, it is within the range 0.8 to 1.25 taken as not mattering.")
    assert "within the range 0.7 to 1.43 taken" in say(verdict="no difference that matters", threshold=1 / 0.7)


def test_a_range_nobody_named_is_found():
    findings = Findings({name: [value] for name, value in ROW.items()}, threshold=1.25)
    assert unsupported_numbers("0.8 to 1.25, 0.7", findings) == ["0.7"]
    points = {name: [value] for name, value in (ROW | {"unit_of_measure": "percentage points"}).items()}
    assert unsupported_numbers("0.2", Findings(points, threshold=5)) == ["0.2"]


def test_too_few_says_whether_it_is_the_number_of_comparisons():
    text = "too few to tell: 2.3 times the present numbers needed"
    assert "to tell once all comparisons are allowed for: 2.3 times" in say(verdict=text)
    assert "too few cases to tell: 2.3 times" in say(verdict=text, high=1.02)


VARIATION = {
    "row_type": "variation", "count": None, "nobs": None, "value": None, "estimate": 1.12, "low": 1.03, "high": 1.24,
    "unit_of_measure": "factor", "confidence_level": 0.9, "verdict": None,
    "method": "between-area standard deviation, 32 areas",
}  # fmt: skip


def test_ratios_vary_by_a_factor():
    assert say(by=["borough"], borough=None, **VARIATION) == (
        "The relative gap between the Asian group and the White group differs by borough beyond chance "
        "(typically by a factor of 1.12, 90% interval 1.03 to 1.24)."
    )
    unclear = say(by=["borough"], borough=None, **VARIATION | {"low": 1.0})
    assert unclear.startswith("There is no clear evidence that the relative gap") and "do not rank them" in unclear
    less = say(by=["borough"], borough=None, **VARIATION | {"estimate": 1.0, "low": 1.0, "high": 1.0})
    assert less.endswith("it varies even less than chance alone would make it.")
    largest = {"value": 1.74, "estimate": 1.56, "low": NAN, "high": NAN, "method": "largest gap expected"}
    assert say(by=["borough"], borough=None, **VARIATION | largest) == (
        "The largest relative gap between the Asian group and the White group in any borough is a factor of 1.74; "
        "about 1.56 would be expected by chance if they did not differ."
    )


def test_the_largest_factor_is_judged_on_the_scale_of_ratios():
    """1.5 is far more than 1.2 times as far from 1 as 1.3, though it is less than 1.2 times 1.3."""
    common = {"borough": None, **VARIATION}
    rows = [{**ROW, **common, "low": 1.0, "method": "between-area standard deviation"}]
    rows.append({**ROW, **common, "value": 1.5, "estimate": 1.3, "low": NAN, "method": "largest gap"})
    said = sentences(Findings({name: [row[name] for row in rows] for name in rows[0]}, by=["borough"]))
    assert "One gap may stand out" in said[1]


def test_the_rows_of_dr_gap_and_what_is_said_of_them_agree():
    survey = dr.data.example("satisfaction")
    ask = {"outcome": "satisfaction", "positive": ["Very satisfied", "Completely satisfied"], "group": "ethnic_group"}
    findings = dr.gap(survey, **ask, reference="White", name="share satisfied", measure="ratio")
    first = next(findings.rows())
    ratio = dr.compare_proportions(
        first["count"], first["nobs"], first["reference_count"], first["reference_nobs"], measure="ratio"
    )
    said = findings.sentences()[0]
    assert f": {ratio.estimate:.2f} times as high (95% interval {ratio.low:.2f} to {ratio.high:.2f})." in said
    assert said.startswith(
        "Share satisfied was 51.0% for the Asian group against 55.0% for the White group: 0.93 times"
    )


@given(
    st.integers(1, 3),
    st.integers(0, 2**32),
    st.sampled_from([3, 12, 60, 3000]),
    st.sampled_from(["ratio", "odds-ratio"]),
    st.sampled_from([0.95, (0.95, 0.998), (0.998, 0.8)]),
    st.sampled_from(["holm", "bonferroni", "maximum"]),
)
@settings(max_examples=25, derandomize=True, deadline=None)
def test_every_number_in_a_sentence_is_in_its_rows(n_areas, seed, size, measure, levels, adjust):
    labels = {"area": [2011 + i for i in range(n_areas)], "age": ["Aged 16 to 24", "65 and over", "White"], "q": [0, 1]}
    counts = np.random.default_rng(seed).integers(0, size, (n_areas, 3, 2))
    counts[0, 0, 1] = 0
    findings = dr.gap(
        dr.Tally(counts, labels, outcome="q"), outcome="q", positive=1, group="age", reference="White", by="area",
        measure=measure, confidence_level=levels, adjust=adjust, threshold=0.85,
    )  # fmt: skip
    for row in findings.rows():
        text = sentence(row, findings.by)
        assert unsupported_numbers(text, [row]) == [], text
    for text in findings.sentences():
        assert unsupported_numbers(text, findings) == [], text
        assert "percentage point" not in text and "nan" not in text and "inf%" not in text
