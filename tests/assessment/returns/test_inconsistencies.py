"""Answers that do not go together, check by check."""

import pytest

import dueregard as dr

ESPS = dr.frameworks.esps()


def merged(tmp_path, rows):
    names = ["unit", "indicator", "answer", "evidence", "owner", "due", "returned"]
    lines = [",".join(names), *(",".join(row) for row in rows)]
    (tmp_path / "a.csv").write_text("\n".join(lines) + "\n")
    return dr.merge_returns(tmp_path / "a.csv", ESPS)


ROWS = [
    ("A", "1B", "very", "", "", "", "2011-03-01"),
    ("A", "2B", "", "Minutes", "", "", "2011-03-01"),
    ("A", "3B", "not_very", "Plan", "", "2011-06-30", "2011-03-01"),
    ("A", "4B", "not_at_all", "plan ", "Owner", "", "2011-03-01"),
    ("A", "5B", "not_very", "x", "Owner", "2011-02-01", "2011-03-01"),
    ("B", "3B", "not_very", "Plan", "Owner", "2011-06-30", "2011-03-01"),
]

EXPECTED = {
    "met without evidence": (1, 1, [("A", "1B")]),
    "evidence without an answer": (1, 5, [("A", "2B")]),
    "not met without an owner": (1, 4, [("A", "3B")]),
    "not met without a date for action": (1, 4, [("A", "4B")]),
    "date for action before the return": (1, 3, [("A", "5B")]),
    "same evidence for several indicators": (2, 5, [("A", "3B"), ("A", "4B")]),
    "same evidence as another unit": (2, 5, [("A", "3B"), ("B", "3B")]),
    "same answer throughout": (0, 2, []),
}


@pytest.mark.parametrize("check", EXPECTED)
def test_each_check_finds_what_it_should_and_says_how_many_it_looked_at(tmp_path, check):
    found = merged(tmp_path, ROWS).inconsistent().filter(measure=check)
    count, nobs, cells = EXPECTED[check]
    assert (found["count"][0], found["nobs"][0]) == (count, nobs)
    assert list(zip(found["unit"][1:], found["indicator"][1:], strict=True)) == cells
    assert all(found["note"][1:])


def test_every_check_has_a_row_whether_it_finds_anything_or_not(tmp_path):
    found = merged(tmp_path, ROWS).inconsistent()
    assert found["measure"][: len(EXPECTED)] == list(EXPECTED)
    assert found.sentences()[0] == "Met without evidence: 1 of the 1 looked at."
    assert "A, 4B (Not at all satisfactory): the same evidence as for 3B." in found.sentences()


def test_the_same_answer_throughout(tmp_path):
    rows = [("A", f"{n}B", "fairly", "", "", "", "") for n in range(1, 6)]
    found = merged(tmp_path, rows).inconsistent().filter(measure="same answer throughout")
    assert found["count"][0] == 1 and found["unit"][1] == "A" and found["note"][1] == "all 5 answers are the same"


def test_answers_lower_than_before_need_the_round_before(tmp_path):
    now = merged(tmp_path, ROWS)
    assert "lower than before" not in now.inconsistent()["measure"]
    before = {"unit": ["A", "A", "A"], "indicator": ["1B", "3B", "4B"], "answer": ["fairly", "fairly", "refused"]}
    found = now.inconsistent(previous=before).filter(measure="lower than before")
    assert (found["count"][0], found["nobs"][0]) == (1, 2)
    assert found["indicator"][1:] == ["3B"] and found["note"][1] == "it was 'Fairly satisfactory' before"
    again = now.inconsistent(previous=now.responses).filter(measure="lower than before")
    assert again["count"] == [0]
    with pytest.raises(ValueError, match="answers: indicator '99' at row 0 is not in the framework"):
        now.inconsistent(previous={"unit": ["A"], "indicator": ["99"], "answer": ["fairly"]})
