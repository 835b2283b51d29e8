"""Rounds of one assessment: every crossing and every change."""

from itertools import pairwise

import pytest

from dueregard import data
from dueregard.assessment import assess, assess_rounds, frameworks

ESPS = frameworks.esps()
FIRST = {"unit": ["A", "B"], "1B": ["not_very", "very"], "2B": [None, "very"], "3B": ["fairly", "very"]}
SECOND = {"unit": ["A", "B"], "1B": ["fairly", "very"], "2B": ["not_very", "not_at_all"], "3B": ["very", None]}


def two():
    return assess_rounds({"first": FIRST, "second": SECOND}, ESPS)


def test_every_round_is_an_assessment():
    rounds = assess_rounds(data.example("self_assessment"), ESPS)
    assert list(rounds) == ["first answer", "after further evidence", "after review"]
    assert len(rounds["after review"].units) == 73
    boroughs = rounds["after review"].performance(by=None).filter(kind="borough")
    assert (boroughs["count"], boroughs["nobs"]) == ([32], [32])
    with pytest.raises(KeyError, match=r"no round 'after reviews' \(did you mean 'after review'\?\)"):
        rounds["after reviews"]
    assert rounds["first answer"].provenance.startswith("Synthetic")


def test_scores_of_every_round():
    scores = two().scores()
    assert scores["round"] == ["first", "first", "second", "second"]
    assert scores["count"] == [1, 3, 2, 1]
    assert two().scores("section").filter(unit="A", section="Operational Delivery")["count"] == [1, 2]


def test_every_change_is_named():
    changes = two().changes()
    rows = [(row["unit"], row["indicator"], row["before"], row["after"], row["verdict"]) for row in changes.rows()]
    assert rows == [
        ("A", "1B", "Not very satisfactory", "Fairly satisfactory", "gained"),
        ("A", "2B", "not stated", "Not very satisfactory", "answered"),
        ("A", "3B", "Fairly satisfactory", "Very satisfactory", "moved"),
        ("B", "2B", "Very satisfactory", "Not at all satisfactory", "lost"),
        ("B", "3B", "Very satisfactory", "not stated", "lost"),
    ]


def test_the_changes_of_the_example_lead_from_each_round_to_the_next():
    rounds = assess_rounds(data.example("self_assessment"), ESPS)
    labels = list(rounds)
    met = {label: {row["unit"]: row["count"] for row in rounds[label].scores().rows()} for label in labels}
    for old, new in pairwise(labels):
        step = rounds.changes().filter(from_round=old, to_round=new)
        for unit in rounds[new].units:
            mine = step.filter(unit=unit)["verdict"]
            assert met[new][unit] - met[old][unit] == mine.count("gained") - mine.count("lost")


def test_crossings_of_thresholds():
    records = {"unit": ["A", "B"], **{i.id: [0, 1] for i in ESPS.assessable("borough")}}
    later = {"unit": ["A", "B"], **{i.id: [1, int(n > 8)] for n, i in enumerate(ESPS.assessable("borough"))}}
    crossed = assess_rounds({"first": records, "second": later}, ESPS).crossings()
    rows = [
        (row["unit"], row["reference_value"], row["before"], row["value"], row["verdict"]) for row in crossed.rows()
    ]
    assert rows == [
        ("A", 50, 0, 100, "not met to met"),
        ("A", 80, 0, 100, "not met to met"),
        ("A", 100, 0, 100, "not met to met"),
        ("B", 80, 100, 50, "met to not met"),
        ("B", 100, 100, 50, "met to not met"),
    ]
    assert len(assess_rounds({"first": records, "second": records}, ESPS).crossings()) == 0


def test_the_boroughs_that_further_evidence_brought_to_the_baseline():
    crossed = assess_rounds(data.example("self_assessment"), ESPS).crossings(percents=50)
    up = crossed.filter(from_round="first answer", verdict="not met to met")["unit"]
    assert {"Havering", "Newham", "Waltham Forest"} <= set(up)
    by_section = assess_rounds(data.example("self_assessment"), ESPS).crossings("section", percents=50)
    assert set(by_section["section"]) <= set(ESPS.sections.values()) and len(by_section) > len(crossed)


@pytest.mark.parametrize(
    ("responses", "arguments", "words"),
    [
        ({"unit": ["A"], "1B": [1]}, {}, "round: no column 'round'"),
        ({"unit": ["A"], "indicator": ["1B"], "answer": [1], "round": [""]}, {}, "round: no round at row 0"),
        ({"a": FIRST, "b": SECOND}, {"order": ["a"]}, r"order: \['a'\] are not the rounds there are: a, b"),
        ({"a": FIRST, "b": FIRST | {"1B": ["x", "very"]}}, {}, "round 'b': 1B at row 0: 'x' is not an answer"),
    ],
)
def test_bad_rounds(responses, arguments, words):
    with pytest.raises(ValueError, match=words):
        assess_rounds(responses, ESPS, **arguments)


def test_rounds_in_another_order():
    assert list(assess_rounds({"b": FIRST, "a": SECOND}, ESPS, order=["a", "b"])) == ["a", "b"]


def test_crossings_by_something_else():
    with pytest.raises(ValueError, match="by: 'area' is not None or 'section'"):
        two().crossings("area")


def test_a_round_with_one_answer_each_is_the_same_as_assess():
    one = {"unit": ["A"], "indicator": ["1B"], "answer": ["very"], "round": ["first"]}
    alone = assess({name: column for name, column in one.items() if name != "round"}, ESPS)
    assert repr(assess_rounds(one, ESPS)["first"].scores().to_dict()) == repr(alone.scores().to_dict())
