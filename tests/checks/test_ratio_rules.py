"""Rules about ratios and about findings at several confidence levels."""

import pytest

import dueregard as dr

DATA = {"yes": [1] * 30 + [0] * 70 + [1] * 50 + [0] * 50 + [0] * 40, "group": ["A"] * 100 + ["B"] * 100 + ["C"] * 40}
ASK = {"outcome": "yes", "positive": 1, "group": "group", "measure": "ratio"}


@pytest.mark.parametrize(
    ("rule", "passed"),
    [("estimate < 1", True), ("high < 0.8", False), ("low > 0.8 and high < 1.25", False), ("high < 1", True)],
)
def test_ratios_are_compared_as_they_are(rule, passed):
    assert dr.check(dr.gap(DATA, **ASK, reference="B"), rule).passed is passed


def test_an_infinite_limit_is_a_number_and_said_in_words():
    findings = dr.gap(DATA, **ASK, reference="C")
    result = dr.check(findings, "high < 100")
    assert result.passed is False
    assert result.failures[0].sentence() == "Failed: A: high is infinite."
    assert dr.check(findings, "low > 1").passed is True


def test_an_undefined_ratio_cannot_be_decided():
    data = {"yes": [0] * 60 + [1], "group": ["A"] * 30 + ["B"] * 30 + ["not stated"]}
    result = dr.check(dr.gap(data, **ASK, reference="B"), "estimate > 0.8")
    assert result.passed is None and result.undecided[0].sentence() == "Cannot tell: A: estimate is not available."


def test_rows_of_several_levels_are_told_apart():
    findings = dr.gap(DATA, **ASK, reference="B", confidence_level=(0.95, 0.998))
    result = dr.check(findings, "high < 0.9", where={"group": "A"})
    assert [(outcome.label, outcome.passed) for outcome in result.rows] == [("A, 95%", True), ("A, 99.8%", False)]
    alone = dr.check(findings, "high < 0.9", where={"group": "A", "confidence_level": 0.95})
    assert [outcome.label for outcome in alone.rows] == ["A"] and alone.passed
