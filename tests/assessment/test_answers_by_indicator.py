"""Every answer of every unit: what a heat map draws."""

import pytest

import dueregard as dr

ESPS = dr.frameworks.esps()
ROWS = {"unit": ["A", "A", "B"], "indicator": ["1B", "2B", "1B"], "answer": ["fairly", "not_very", "refused"]}


def test_an_answer_is_met_or_not_missing_or_not_asked_for():
    found = dr.assess(ROWS, ESPS).answers_by_indicator()
    assert len(found) == 2 * 22
    of = {(row["unit"], row["indicator"]): (row["answer"], row["verdict"]) for row in found.rows()}
    assert of["A", "1B"] == ("Fairly satisfactory", "met")
    assert of["A", "2B"] == ("Not very satisfactory", "not met")
    assert of["A", "3B"] == ("not stated", "missing") and of["B", "1B"] == ("refused", "missing")
    assert of["B", "15B"] == ("not applicable", "not assessed")


def test_they_add_up_to_the_scores():
    assessed = dr.assess(dr.data.load("south_east_indicators"), ESPS)
    answers = assessed.answers_by_indicator()
    for row in assessed.scores().rows():
        mine = answers.filter(unit=row["unit"])["verdict"]
        assert (mine.count("met"), 22 - mine.count("not assessed")) == (row["count"], row["nobs"])


def test_only_what_counts_towards_the_level_is_listed():
    whole = dr.frameworks.esps(phase=None)
    assessed = dr.assess({"unit": ["A"], "1B": [1], "1I": [0]}, whole)
    assert set(assessed.answers_by_indicator(level="integrating")["indicator"]) == {f"{i}I" for i in range(1, 23)}


def test_counts_alone_know_no_indicators():
    boroughs = dr.assess(dr.data.load("borough_answers"), ESPS)
    with pytest.raises(ValueError, match="answers_by_indicator: needs to know which indicator"):
        boroughs.answers_by_indicator()
