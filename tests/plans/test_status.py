"""How everything in a plan stands at a day, with its owner and its latest update."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.plans.standings import standing

from .conftest import ON, only

DAY = dt.date(2011, 2, 1)
AROUND = st.dates(dt.date(2010, 1, 1), dt.date(2012, 1, 1))


def test_the_example(example):
    found = example.status()
    told = {row["item"]: (row["measure"], row["verdict"], row["days"]) for row in found.rows()}
    assert told == {
        "A1": ("action", "done", 0),
        "A2": ("action", "overdue", 32),
        "A3": ("action", "due", 28),
        "M1": ("milestone", "done late", 14),
        "M2": ("milestone", "not started", 149),
        "10": ("recommendation", "reservation open", 149),
        "11": ("recommendation", "done", None),
        "12": ("recommendation", "rejected", None),
        "E1": ("assessment", "done", 0),
        "E2": ("assessment", "overdue", 32),
        "G1": ("mitigation", "done", None),
        "G2": ("mitigation", "not started", 58),
    }
    assert only(found, item="A2")["update"] == "Panels in 20 of 32 boroughs"
    assert only(found, item="A2")["update_date"] == "2011-01-20"
    assert only(found, item="M2")["owner"] == "Territorial Policing"  # that of its action


def test_within_how_many_days_is_asked(example):
    assert only(example.status(within=10), item="A3")["verdict"] == "not started"
    assert only(example.status(within=60), item="G2")["verdict"] == "due"
    for within, kind in ((-1, ValueError), (1.5, TypeError), ("30", TypeError)):
        with pytest.raises(kind, match="within"):
            example.status(within=within)


@given(AROUND, AROUND, st.integers(0, 400))
def test_what_is_not_done_is_overdue_due_or_to_come(due, on, within):
    found = standing("not started", due, None, on, within)
    assert found.days == abs((due - on).days)
    expected = "overdue" if due < on else "due" if (due - on).days <= within else "not started"
    assert found.verdict == expected


@given(AROUND, AROUND)
def test_what_is_done_is_late_by_days(due, done):
    found = standing("done", due, done, dt.date(2012, 2, 1), 30)
    assert (found.verdict, found.days) == (("done late", (done - due).days) if done > due else ("done", 0))


def test_what_has_no_day_says_so():
    assert standing("in progress", None, None, DAY, 30) == ("in progress", None, "no day by which it is due", None)
    assert standing("done", DAY, None, DAY, 30) == ("done", None, "when it was done is not said", None)


def recommended(base, actions, **row):
    base["actions"] = [{"id": f"A{n}", "objective": "1", "title": "t"} | each for n, each in enumerate(actions, 1)]
    row = {"id": "R", "title": "t", "answer": "accepted", "actions": [each["id"] for each in base["actions"]]} | row
    return only(dr.plan(base | {"recommendations": [row]}, on=ON).status(), item="R")


def test_a_recommendation_is_done_when_its_actions_are(base):
    done = [{"done": "2011-01-01"}, {"done": "2011-01-20"}]
    assert recommended(base, done)["verdict"] == "done"
    late = recommended(base, done, due="2011-01-10")
    assert (late["verdict"], late["days"]) == ("done late", 10)
    assert recommended(base, [done[0], {}])["verdict"] == "in progress"
    assert recommended(base, [{}, {}])["verdict"] == "not started"
    said = recommended(base, [done[0], {}], done="2011-01-05")
    assert (said["verdict"], said["note"]) == ("in progress", "it is said to be done, and open is A2")
    assert recommended(base, [])["verdict"] == "not started"


def test_a_reservation_is_open_until_it_is_decided(base):
    reserved = {"answer": "accepted with reservation", "reservation": "cost", "decides": "Board"}
    found = recommended(base, [{}], due="2011-01-10", **reserved)
    assert (found["verdict"], found["days"]) == ("overdue", 22)  # past its day, whoever is still to decide
    assert found["waits_for"] == "reservation open, Board to decide"
    assert recommended(base, [{}], due="2011-01-10", decided="2011-01-02", **reserved)["verdict"] == "overdue"


def test_a_reservation_hides_neither_what_is_overdue_nor_what_is_due(base):
    reserved = {"answer": "accepted with reservation", "reservation": "cost"}
    base["actions"] = []
    for due, verdict, days in (("2011-01-31", "overdue", 1), ("2011-02-10", "due", 9),
                               ("2011-04-02", "reservation open", 60), (None, "reservation open", None)):  # fmt: skip
        found = recommended(base, [], **reserved | ({"due": due} if due else {}))
        assert (found["verdict"], found["days"]) == (verdict, days)
        assert found["waits_for"] == "reservation open, nobody named to decide"
    assert recommended(base, [], **reserved, due="2011-04-02")["note"] == "not started, 60 days left"


def test_a_recommendation_names_its_actions_that_are_overdue(base):
    late = {"due": "2011-01-10"}
    found = recommended(base, [late, {"due": "2011-02-01"}, late])
    assert (found["verdict"], found["waits_for"]) == ("not started", "actions A1, A3 overdue")
    assert recommended(base, [{}, late | {"done": "2011-01-12"}])["waits_for"] is None


def test_recommendations_have_their_answers_and_a_full_count_of_them(example):
    found = example.recommendations()
    ten = only(found, item="10")
    assert ten["reservation"].startswith("How it would affect budgeted workforce targets")
    assert (ten["answer"], ten["decides"], ten["count"], ten["nobs"]) == (
        "accepted with reservation", "Management Board", 0, 1,
    )  # fmt: skip
    for answer in ("accepted", "accepted with reservation", "rejected"):
        row = only(found, measure=f"recommendations {answer}")
        assert (row["count"], row["nobs"], row["flag"]) == (1, 3, dr.Flag.FULL_COUNT)


def test_assessments_completed_on_time_and_open_mitigations(example):
    found = example.assessments()
    assert only(found, item="E1")["open"] == "G2"
    assert only(found, item="E2")["verdict"] == "overdue"
    shares = {row["measure"]: (row["count"], row["nobs"], row["value"]) for row in found.rows() if row["item"] is None}
    assert shares == {
        "assessments completed of those due": (1, 2, 50.0),
        "assessments completed on time of those due": (1, 2, 50.0),
        "mitigations open": (1, 2, 50.0),
    }


def test_nothing_due_is_no_share(base):
    found = dr.plan(base, on=ON).assessments()
    assert [row["flag"] for row in found.rows()] == [dr.Flag.NO_CASES] * 3
    assert all(value != value for value in found["value"])
    assert all(value != value for value in dr.plan(base, on=ON).recommendations()["value"])
