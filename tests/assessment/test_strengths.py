"""Strengths and weaknesses by indicator, and who the exceptions are."""

import pytest

from dueregard import data
from dueregard.assessment import assess, assess_rounds, frameworks

ESPS = frameworks.esps()


def south_east():
    return assess(data.load("south_east_indicators"), ESPS)


def of(findings, indicator):
    return next(findings.filter(indicator=indicator).rows())


def test_the_sentences_of_the_report_on_the_south_east():
    """Lines 106 to 135 of the report: which indicators all met, and who the exceptions were."""
    rows = {row["indicator"]: row for row in south_east().strengths().rows()}
    met_by_all = [indicator for indicator, row in rows.items() if row["nobs"] and row["count"] == 6]
    assert met_by_all == ["1B", "2B", "4B", "5B", "10B", "11B", "12B", "16B"]
    assert {i: row["exceptions"] for i, row in rows.items() if row["count"] == 5} == {
        "3B": "Lewisham",
        "7B": "Southwark",
        "9B": "Lewisham",
        "14B": "Southwark",
        "22B": "Bromley",
    }
    assert rows["13B"]["exceptions"] == "Southwark, Lewisham"
    assert rows["18B"]["exceptions"] == "Lambeth, Lewisham"
    assert rows["19B"]["exceptions"] == "Lambeth, Bromley"
    assert (rows["6B"]["count"], rows["6B"]["exceptions"]) == (3, "Lambeth, Southwark, Lewisham")
    assert rows["8B"]["verdict"] == "weakness" and rows["8B"]["count"] == 2


def test_strong_and_weak_indicators_of_all_boroughs():
    """Line 82 of the report, as the example answers are set to it: strong ones above every weak one."""
    last = assess_rounds(data.example("self_assessment"), ESPS)["after review"]
    rows = {row["indicator"]: row for row in last.strengths("kind").filter(kind="borough").rows()}
    strong = [rows[i]["value"] for i in ("1B", "2B", "3B", "4B", "5B", "9B", "11B")]
    assert min(strong) > max(rows[i]["value"] for i in ("6B", "7B", "8B"))


def test_an_exempt_indicator_is_neither_and_says_so():
    row = of(south_east().strengths(), "15B")
    assert row["nobs"] == 0 and row["verdict"] == "cannot tell" and row["note"] == "nothing to assess"


def test_missing_answers_can_leave_it_open():
    units = list("ABCDE")
    met = {"unit": units, "1B": [1, 1, 1, 1, None], "2B": [1, 1, 1, None, 0], "3B": [1, 1, None, 0, 0]}
    rows = {i: of(assess(met, ESPS).strengths(), i) for i in ("1B", "2B", "3B")}
    assert [row["verdict"] for row in rows.values()] == ["strength", "cannot tell", "cannot tell"]
    assert rows["1B"]["exceptions"] == "E"
    none = {"unit": units, "1B": [1, 1, None, 0, 0]}
    assert of(assess(none, ESPS).strengths(weak=40, strong=90), "1B")["verdict"] == "neither"


def test_by_area():
    records = data.load("south_east_indicators") | {"area": ["A", "A", "A", "B", "B", "B"]}
    strengths = assess(records, ESPS).strengths("area").filter(indicator="6B")
    assert (strengths["area"], strengths["count"], strengths["units"]) == (["A", "B"], [0, 3], [3, 3])


def test_percents_out_of_order_are_refused():
    with pytest.raises(ValueError, match=r"strong: 40 and weak: 50\.0 are not percents, strong the higher"):
        south_east().strengths(strong=40)


def test_counts_by_unit_are_refused():
    with pytest.raises(ValueError, match="which indicator an answer is to"):
        assess(data.load("borough_answers"), ESPS).strengths()
