"""Reading a plan: TOML, dict and rows given beside it; every bad row is refused with where it stands."""

import datetime as dt

import pytest

import dueregard as dr

from .conftest import EXAMPLE, ON


def test_the_example_has_every_table(example):
    held = {noun: len(rows) for noun, rows in vars(example.contents).items()}
    assert held == {
        "objectives": 2, "measures": 5, "baselines": 2, "targets": 3, "readings": 9, "actions": 3, "milestones": 2,
        "costs": 4, "recommendations": 3, "assessments": 2, "mitigations": 2, "updates": 2, "owners": 3,
    }  # fmt: skip
    assert example.name == "Example equality plan"
    assert repr(example).startswith("Plan 'Example equality plan' at 2011-02-01: 2 objectives, 5 measures")


def test_a_plan_cannot_be_changed(example):
    with pytest.raises(AttributeError):
        example.name = "other"
    with pytest.raises(AttributeError):
        example.contents.actions[0].status = "done"


def test_the_day_is_today_unless_given_and_every_output_says_so(base):
    base["actions"][0]["due"] = "2011-01-15"
    plan = dr.plan(base)
    assert plan.on == dt.date.today()
    assert f"Judged at {plan.on}, today, since no other day was given" in repr(plan.status())
    given = dr.plan(base, on=dt.date(2011, 2, 1))
    for found in (given.status(), given.progress(), given.costs(), given.quarterly(2010), dr.scorecard(given)):
        assert "Judged at 2011-02-01" in found.notes


def with_row(noun, row, **changed):
    """The change that adds a row, or changes the first."""

    def change(plan):
        if row is None:
            plan[noun][0] |= changed
        else:
            plan.setdefault(noun, []).append(row)

    return change


BAD = {
    "target before baseline": (
        with_row("targets", None, date="2010-03-30"),
        "targets, row 1: 'date' is 2010-03-30, before the end of the baseline (2009/10), 2010-03-31",
    ),
    "unknown status": (
        with_row("actions", None, status="nearly"),
        "actions, row 1: 'status' is 'nearly'; it is one",
    ),
    "misspelt status": (with_row("actions", None, status="Done"), "'status' is 'Done' (did you mean 'done'?)"),
    "no objective": (
        with_row("actions", {"id": "A2", "title": "Other"}),
        "actions, row 2: there is no 'objective'",
    ),
    "unknown objective": (
        with_row("actions", None, objective="9"),
        "actions, row 1: 'objective' is '9', which is not among objectives; there are 1",
    ),
    "answer": (
        with_row("recommendations", {"id": "R", "title": "t", "answer": "noted"}),
        "'answer' is 'noted'; it is one of accepted, accepted with reservation, rejected",
    ),
    "no reservation": (
        with_row("recommendations", {"id": "R", "title": "t", "answer": "accepted with reservation"}),
        "it is 'accepted with reservation', and there is no 'reservation'",
    ),
    "reservation of none": (
        with_row("recommendations", {"id": "R", "title": "t", "answer": "rejected", "reservation": "x"}),
        "'reservation' is given, and the answer is 'rejected'",
    ),
    "linked action": (
        with_row("recommendations", {"id": "R", "title": "t", "answer": "accepted", "actions": ["A1", "A7"]}),
        "'actions' is 'A7', which is not among actions; there are A1",
    ),
    "twice": (
        with_row("actions", {"id": "A1", "objective": "1", "title": "Other"}),
        "actions, row 2: the id 'A1' is listed twice among actions",
    ),
    "reading after": (
        with_row("readings", {"measure": "m", "period": "2010/11 Q4", "count": 1, "nobs": 2}),
        "readings, row 2: the period '2010/11 Q4' ends on 2011-03-31, after 2011-02-01, the day at which",
    ),
    "reading twice": (
        with_row("readings", {"measure": "m", "period": "2010-04 to 2010-06", "count": 1, "nobs": 2}),
        "there are two readings of 'm' in 2010-04 to 2010-06",
    ),
    "count above nobs": (with_row("readings", None, count=251), "readings, row 1: 'count' is 251, above 'nobs', 250"),
    "half a count": (with_row("readings", None, count=1.5), "'count' is 1.5, not a whole number"),
    "no nobs": (
        lambda plan: plan["readings"][0].pop("nobs"),
        "there is no 'nobs' for 'm', whose unit is percent (it needs count, nobs, or value)",
    ),
    "both": (with_row("readings", None, value=70), "there is both a 'value' and a 'count'; give the one or the other"),
    "reference": (
        with_row("readings", None, reference_count=1),
        "'reference_count' is not for 'm', whose unit is perc",
    ),
    "ambiguous": (with_row("readings", None, period="2010-11"), "'period': '2010-11' may be November 2010 or a financ"),
    "cost": (
        with_row("costs", {"objective": "1", "amount": -5}),
        "costs, row 1: 'amount' is -5, not a number of 0 or more",
    ),
    "cost of both": (
        with_row("costs", {"objective": "1", "action": "A1"}),
        "a cost is of an 'objective' or of an 'action', one of the two",
    ),
    "cost year": (with_row("costs", {"objective": "1", "year": "2010"}), "'year' is '2010', not a financial year such"),
    "date": (
        with_row("actions", None, due="next May"),
        "actions, row 1: 'due' is 'next May', not a date such as 2011-03-31",
    ),
    "done later": (with_row("actions", None, done="2011-02-02"), "'done' is 2011-02-02, after 2011-02-01, the day at"),
    "done and not": (
        with_row("actions", None, done="2011-01-02", status="in progress"),
        "'status' is 'in progress', and 'done' says that it was done on 2011-01-02",
    ),
    "due before start": (
        with_row("actions", None, starts="2011-01-16"),
        "'due' is 2011-01-15, before its start, 2011-01-16",
    ),
    "unknown key": (with_row("actions", None, ownr="x"), "unknown key 'ownr' (did you mean 'owner'?)"),
    "target out of range": (with_row("targets", None, value=120), "'value' is 120, not a number from 0 to 100"),
    "target of nothing": (
        lambda plan: plan["measures"][0].pop("higher_is_better"),
        "targets, row 1: a target for 'm', whose row does not say whether higher_is_better",
    ),
    "two targets": (with_row("targets", {"measure": "m", "value": 3}), "there are two targets for 'm'"),
    "two baselines": (
        with_row("baselines", {"measure": "m", "period": "2008/09", "count": 1, "nobs": 2}),
        "there are two baselines of 'm'",
    ),
    "unit": (with_row("measures", None, unit="points"), "measures, row 1: 'unit' is 'points'"),
    "per": (with_row("measures", None, per=1000), "'per' is for rates; the unit is 'percent'"),
    "base of a share": (
        with_row("measures", None, base="people"),
        "'base' is for rates and rate ratios; the unit is 'percent'",
    ),
    "base": (
        with_row("measures", None, unit="rate", base="person"),
        "'base' is 'person'; it is one of people, exposure",
    ),
    "update": (with_row("updates", {"date": "2011-01-01", "text": "x"}), "this is of nothing"),
    "update of two": (
        with_row("updates", {"action": "A1", "measure": "m", "date": "2011-01-01", "text": "x"}),
        "this is of measure, action",
    ),
    "undated update": (with_row("updates", {"action": "A1", "text": "x"}), "updates, row 1: there is no 'date'"),
    "milestone": (
        with_row("milestones", {"id": "M", "action": "B", "title": "x"}),
        "milestones, row 1: 'action' is 'B', which is not among actions",
    ),
    "mitigation": (
        with_row("mitigations", {"id": "G", "assessment": "E", "title": "x"}),
        "'assessment' is 'E', which is not among assessments; there are none",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_refused_or_set_aside(base, case):
    change, message = BAD[case]
    change(base)
    with pytest.raises(ValueError) as refused:
        dr.plan(base, on=ON)
    assert message in str(refused.value)
    lenient = dr.plan(base, on=ON, strict=False)
    assert message in lenient.set_aside["note"][0]
    assert any("set aside, and" in note and "in no figure" in note for note in lenient.status().notes)


def test_an_unknown_owner_is_refused_where_owners_are_listed(base):
    base["actions"][0]["owner"] = "Humans Resources"
    assert dr.plan(base, on=ON).contents.actions[0].owner == "Humans Resources"
    base["owners"] = [{"name": "Human Resources"}]
    with pytest.raises(ValueError, match=r"'owner' is 'Humans Resources', which is not among owners \(did you mean"):
        dr.plan(base, on=ON)
    base["owners"].append({"name": "Human Resources"})
    with pytest.raises(ValueError, match="owners, row 2: the owner 'Human Resources' is listed twice"):
        dr.plan(base, on=ON)


def test_what_depends_on_a_row_that_was_set_aside_is_set_aside_too(base):
    base["measures"][0]["unit"] = "points"
    lenient = dr.plan(base, on=ON, strict=False)
    assert lenient.set_aside["measure"] == ["measures", "baselines", "targets", "readings"]
    assert lenient.set_aside["item"] == ["m"] * 4
    assert len(lenient.progress()) == 0
    assert lenient.status()["item"] == ["A1"]
    assert dr.plan(EXAMPLE, on=ON, strict=False).rows_set_aside == ()


def test_the_line_of_a_bad_row_is_named(tmp_path):
    path = tmp_path / "plan.toml"
    text = EXAMPLE.read_text()
    path.write_text(text.replace("due = 2011-03-01", "due = 2011-03-01\nstatus = 'soon'"))
    line = path.read_text().split("\n").index("status = 'soon'") + 1
    with pytest.raises(ValueError, match=rf"plan\.toml, line {line}: actions 3: 'status' is 'soon'; it is one of"):
        dr.plan(path, on=ON)


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        (3, TypeError, "source: a plan is a path or a dict of lists, not int"),
        ("nowhere.toml", FileNotFoundError, "there is no file 'nowhere.toml'"),
        ("nowhere.xlsx", FileNotFoundError, "there is no file 'nowhere.xlsx'"),
        ("plan.csv", ValueError, "source: 'plan.csv' is neither a .toml file nor a spreadsheet"),
        ({"action": []}, ValueError, r"plan: a plan has no 'action' \(did you mean 'actions'\?\); it has name, starts"),
        ({"actions": 3}, ValueError, "plan: 'actions' is 3, not a list of dicts"),
        ({"starts": "2011-01-02", "ends": "2011-01-01"}, ValueError, "'ends' is 2011-01-01, before 2011-01-02"),
    ],
)
def test_what_is_no_plan_is_refused(source, kind, message):
    with pytest.raises(kind, match=message):
        dr.plan(source, on=ON)


@pytest.mark.parametrize(("options", "kind", "message"), [
    ({"on": "soon"}, ValueError, "on: 'soon' is not a date"),
    ({"on": 3}, TypeError, "on: 3 is not a date"),
    ({"strict": "no"}, TypeError, "strict: 'no' is neither True nor False"),
    ({"readings": 3}, TypeError, "readings: int is neither findings, a frame, columns, rows nor a path"),
    ({"readings": [3]}, TypeError, "readings, row 1: 3 is not a dict of a reading"),
])  # fmt: skip
def test_bad_arguments_are_refused(base, options, kind, message):
    with pytest.raises(kind, match=message):
        dr.plan(base, **({"on": ON} | options))


MORE = [{"measure": "m", "period": "2010/11 Q2", "count": 190, "nobs": 250}]


def quarter(name, **options):
    """Findings of a gap in one quarter: 185 of 250 against 402 of 500."""
    data = {
        "ok": ["y"] * 185 + ["n"] * 65 + ["y"] * 402 + ["n"] * 98,
        "group": ["BME"] * 250 + ["White"] * 500,
        "borough": ["Sutton", "Brent"] * 375,
    }
    return dr.gap(data, outcome="ok", positive="y", group="group", reference="White", name=name, period="2010/11 Q1",
                  **options)  # fmt: skip


def gap_plan():
    measure = {"id": "g", "objective": "1", "title": "Gap", "unit": "percentage points"}
    return {"objectives": [{"id": "1", "title": "t"}], "measures": [measure]}


def test_gaps_are_readings_with_their_counts_by_area_too():
    found = dr.plan(gap_plan(), on=ON, readings=quarter("g", by="borough")).contents.readings
    assert [reading.area for reading in found] == [None, "Brent", "Sutton"]
    figure = found[0].figure
    assert (figure.count, figure.nobs, figure.reference_count, figure.reference_nobs) == (185, 250, 402, 500)
    crossed = dr.Findings({"a": [1], "b": [2], "measure": ["g"]}, by=["a", "b"])
    with pytest.raises(ValueError, match="readings: findings by a and b have no single column of areas"):
        dr.plan(gap_plan(), on=ON, readings=crossed)


def test_weighted_findings_are_readings_by_their_value_not_their_counts():
    row = {"measure": ["g"], "period": ["2010/11 Q1"], "row_type": ["group"], "count": [185], "nobs": [250],
           "reference": ["White"], "reference_count": [402], "reference_nobs": [500], "estimate": [-9.0], "se": [3.0],
           "effective_nobs": [180.0]}  # fmt: skip
    (reading,) = dr.plan(gap_plan(), on=ON, readings=dr.Findings(row)).contents.readings
    assert (reading.figure.count, reading.figure.value, reading.figure.se) == (None, -9.0, 3.0)


def test_readings_may_come_beside_the_file(base):
    import pandas as pd
    import polars as pl

    columns = {name: [row[name] for row in MORE] for name in MORE[0]}
    findings = dr.Findings(columns | {"row_type": ["group"]})
    gap = {"measure": ["m"], "period": ["2010/11 Q2"], "value": [76.0], "se": [2.7], "row_type": ["group"]}
    for more in (MORE, columns, pd.DataFrame(columns), pl.DataFrame(columns), findings, dr.Findings(gap)):
        read = dr.plan(base, on=ON, readings=more).progress()
        assert (read["period"], read["value"]) == (["2010/11 Q2"], [76.0])
    with pytest.raises(ValueError, match="readings, row 1: 'measure' is 'n', which is not among measures"):
        dr.plan(base, on=ON, readings=[{"measure": "n", "period": "2010/11 Q2", "count": 1, "nobs": 2}])
