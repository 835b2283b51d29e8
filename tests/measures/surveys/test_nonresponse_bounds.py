"""Bounds of a gap for those who did not answer, and how different they would have to be."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr


def survey(**cells):
    """Rows of {group: (satisfied, not, silent)}."""
    rows = [(group, answer) for group, numbers in cells.items()
            for answer, n in zip((True, False, None), numbers, strict=True) for _ in range(n)]  # fmt: skip
    return {"group": [group for group, _ in rows], "met": [answer for _, answer in rows]}


def ask(data, **options):
    return dr.bound_nonresponse(
        data, **({"outcome": "met", "positive": True, "group": "group", "reference": "W"} | options)
    )


def test_the_rows_are_those_of_a_gap_with_bounds_beside_them():
    data = survey(A=(74, 26, 50), W=(162, 38, 50))
    found, gap = ask(data), dr.gap(data, outcome="met", positive=True, group="group", reference="W")
    for name in ("group", "count", "nobs", "outcome_missing", "estimate", "low", "pvalue", "verdict", "flag"):
        assert list(map(str, found[name])) == list(map(str, gap[name])), name
    row, reference = found.rows()
    low, high = dr.bound_answers(74, 100, 50, 162, 200, 50)
    assert (row["bound_low"], row["bound_high"]) == pytest.approx((100 * low, 100 * high))
    assert row["response_percent"] == pytest.approx(200 / 3) and row["reference_response_percent"] == 80.0
    assert row["needed_points"] == pytest.approx(100 * 0.07 / (1 / 3 + 0.2))
    assert row["needed_points_alone"] == pytest.approx(21.0) and row["reference_missing"] == 50
    assert row["bounds_verdict"] == "depends on what they would have said"
    assert (
        reference["bounds_verdict"] is None and math.isnan(reference["bound_low"]) and found.kind == "unanswered bounds"
    )


@given(st.lists(st.integers(0, 15), min_size=6, max_size=6))
def test_at_the_difference_needed_the_gap_of_everybody_is_zero(numbers):
    own, other = numbers[:3], numbers[3:]
    if not sum(own) or not sum(other):
        return
    row = next(ask(survey(A=own, W=other), labels={"met": [True, False]}).filter(group="A").rows())
    if math.isnan(row["estimate"]):
        assert row["bounds_verdict"] is None and math.isnan(row["needed_points"])
        return
    assert row["bound_low"] <= row["estimate"] + 1e-9 and row["estimate"] <= row["bound_high"] + 1e-9
    holds = row["bounds_verdict"] == "holds whatever they would have said"
    assert holds == (row["bound_low"] > 0 or row["bound_high"] < 0)
    assert holds == math.isnan(row["needed_points"])
    if not holds:
        sign = -1 if row["estimate"] > 0 else 1
        p1, p2, d = row["value"], row["reference_value"], row["needed_points"]
        m1, m2 = own[2] / sum(own), other[2] / sum(other)
        first = p1 + m1 * (min(max(p1 + sign * d, 0), 100) - p1)
        second = p2 + m2 * (min(max(p2 - sign * d, 0), 100) - p2)
        assert first == pytest.approx(second, abs=1e-9)


def test_a_list_of_all_staff_says_who_was_asked_and_adds_groups_that_did_not_answer():
    answers = survey(A=(30, 10, 0), W=(50, 10, 0))
    staff = {"group": ["A"] * 60 + ["B"] * 5 + ["W"] * 100}
    found = ask(answers, asked=staff)
    assert found["group"] == ["A", "B", "W"] and found["outcome_missing"] == [20, 5, 40]
    silent = next(found.filter(group="B").rows())
    assert math.isnan(silent["estimate"]) and silent["response_percent"] == 0 and silent["bounds_verdict"] is None
    assert dr.Flag.NO_CASES in silent["flag"] and dr.Flag.EMPTY_GROUP not in silent["flag"]
    whole = ask(survey(A=(30, 10, 20), B=(0, 0, 5), W=(50, 10, 40)))
    assert [found[name] == pytest.approx(whole[name], nan_ok=True) for name in ("bound_low", "needed_points")] == [
        True
    ] * 2
    assert ask(answers, asked=dr.tally(staff, ["group"]))["outcome_missing"] == [20, 5, 40]


def test_dont_know_and_not_applicable_are_answers():
    data = {"group": ["A"] * 4 + ["W"] * 3, "met": ["yes", "don't know", "n/a", None, "yes", "no", None]}
    found = ask(data, positive="yes", exclude="don't know", missing={"n/a": "not applicable"})
    assert found["nobs"] == [1, 2] and found["outcome_missing"] == [1, 1]
    listed = ask(data, positive="yes", exclude="don't know", missing={"n/a": "not applicable"},
                 asked={"group": ["A"] * 5 + ["W"] * 3})  # fmt: skip
    assert listed["outcome_missing"] == [2, 1]


def test_all_others_by_area():
    data = survey(A=(5, 5, 2), B=(8, 2, 0), W=(9, 1, 10))
    data["site"] = ["x", "y"] * (len(data["met"]) // 2)
    found = ask(data, reference=dr.REST, by="site")
    rows = [row for row in found.rows() if row["row_type"] == "group"]
    assert [row["site"] for row in rows] == [None] * 3 + ["x"] * 3 + ["y"] * 3
    assert rows[0]["reference_missing"] == 10 and rows[3]["reference_missing"] + rows[6]["reference_missing"] == 10
    assert all(row["bound_low"] is None for row in found.rows() if row["row_type"] == "variation")


def test_no_gap_and_nobody_silent():
    found = ask(survey(A=(5, 5, 3), B=(10, 0, 0), W=(5, 5, 0)))
    same, clear, _ = found.rows()
    assert same["bounds_verdict"] == "no gap among those who answered" and same["needed_points"] == 0
    assert clear["bound_low"] == clear["bound_high"] == clear["estimate"] == 50
    assert clear["bounds_verdict"].startswith("holds") and math.isnan(clear["needed_points"])


GOOD = survey(A=(5, 5, 3), W=(5, 5, 0))


@pytest.mark.parametrize(("data", "options", "kind", "message"), [
    (GOOD, {"reference": None}, TypeError, "bound_nonresponse needs reference="),
    (GOOD, {"reference": dr.OVERALL}, TypeError, "bound_nonresponse needs reference="),
    (GOOD, {"reference": "B"}, ValueError, "reference: 'B' is not a label of 'group'"),
    (GOOD, {"asked": {"group": ["A"] * 9 + ["W"] * 20}}, ValueError,
     "asked: 9 people were asked where group 'A', fewer than the 10 who answered"),
    (GOOD, {"asked": {"team": ["A"]}}, ValueError, "asked: no column 'group' in the data"),
    (GOOD, {"adjust": "some"}, ValueError, "adjust: 'some' is not one of"),
    (GOOD, {"design": dr.survey_design(psu="group")}, ValueError, "design: its weights stand for those who did not"),
    (dr.tally(GOOD | {"w": [2.0] * 23}, ["group"], outcome="met", weight="w"), {}, ValueError,
     "data: bounds are of people; count without weight="),
])  # fmt: skip
def test_what_is_wrong_is_named(data, options, kind, message):
    with pytest.raises(kind, match=message):
        ask(data, **options)
