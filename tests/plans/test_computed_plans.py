"""Readings of a plan computed from records: those of measures with a call and no readings."""

import datetime as dt

import numpy as np
import pytest

import dueregard as dr
from dueregard.plans.computed_plans import provenance_of
from dueregard.plans.record_tables import record_table

CALL = 'dr.share(calls, of="answered", by="area", period=period).filter(group="Yes")'


@pytest.fixture
def calls():
    """Calls in three quarters, of which 80%, 50% and all were answered."""
    month = np.repeat(["2010-05", "2010-08", "2010-11"], [50, 40, 30])
    answered = np.array(["Yes"] * 40 + ["No"] * 10 + ["Yes", "No"] * 20 + ["Yes"] * 30)
    return {"month": month, "answered": answered, "area": np.resize(["Brent", "Sutton"], 120)}


@pytest.fixture
def computed(base):
    """The smallest plan, with a measure of its own that has a call."""
    base["measures"].append(
        {"id": "c", "objective": "1", "title": "Calls answered", "unit": "percent", "higher_is_better": True,
         "computed_by": CALL}
    )  # fmt: skip
    return base


def readings_of(plan, measure):
    return {
        each.span.words: (each.figure.count, each.figure.nobs)
        for each in plan.contents.readings
        if each.measure == measure
    }


def test_a_measure_with_a_call_gets_a_reading_for_each_quarter(computed, calls):
    plan = dr.plan(computed, records={"calls": calls}, on="2011-02-01")
    assert readings_of(plan, "c") == {"2010/11 Q1": (40, 50), "2010/11 Q2": (20, 40), "2010/11 Q3": (30, 30)}
    assert readings_of(plan, "m") == {"2010/11 Q1": (180, 250)}  # as it was given
    assert "Computed from records of 2010-04 to 2010-12" in plan.notes


def test_a_quarter_that_is_not_over_has_no_reading(computed, calls):
    plan = dr.plan(computed, records={"calls": calls}, on="2010-11-15")
    assert list(readings_of(plan, "c")) == ["2010/11 Q1", "2010/11 Q2"]
    assert any(note.startswith("Computed from records of 2010-04-01 to 2010-11-15") for note in plan.notes)
    with pytest.raises(ValueError, match="period: 2010/11 ends on 2011-03-31, after 2010-11-15, at which the plan is"):
        dr.plan(computed, records={"calls": calls}, period="2010/11", on="2010-11-15")
    with pytest.raises(ValueError, match="records: they begin on 2010-04-01, and the plan is judged at 2010-03-01"):
        dr.plan(computed | {"readings": []}, records={"calls": calls}, on="2010-03-01")


def test_tables_without_dates_have_one_reading_of_the_period(computed, calls):
    del calls["month"]
    plan = dr.plan(computed, records={"calls": calls}, period="2009/10", on="2011-02-01")
    assert readings_of(plan, "c") == {"2009/10": (90, 120)}


def test_readings_that_were_given_stay_as_they_are(computed, calls):
    given = [{"measure": "c", "period": "2010/11 Q1", "count": 1, "nobs": 2}]
    with pytest.raises(ValueError, match="records: every measure of the plan has readings, or no"):
        dr.plan(computed, readings=given, records={"calls": calls}, on="2011-02-01")


def test_it_is_what_the_objectives_of_2012_compute():
    objectives = dr.objectives_2012({"victims": dr.data.example("victims")})
    bare = {key: value for key, value in objectives.source.items() if key not in ("readings", "provenance")}
    plan = dr.plan(bare, records={"victims": dr.data.example("victims")}, on=objectives.on)
    assert plan.contents.readings == objectives.plan().contents.readings
    assert plan.provenance.startswith("Synthetic")
    absent = {each.id: each.not_computed for each in plan.contents.measures}
    assert absent["satisfaction-gap"] == "there are no records named satisfaction"


def test_what_records_do_not_allow_is_an_error_or_said(computed, calls):
    del calls["answered"]
    with pytest.raises(ValueError, match=r"measure 'c': .*answered"):
        dr.plan(computed, records={"calls": calls}, on="2011-02-01")
    plan = dr.plan(computed, records={"calls": calls}, on="2011-02-01", strict=False)
    assert "answered" in plan.contents.measures[1].not_computed
    assert not readings_of(plan, "c")


def test_a_quarter_with_nothing_to_divide_by_is_said(computed, calls):
    calls["answered"][calls["month"] == "2010-08"] = ""
    plan = dr.plan(computed, records={"calls": calls}, on="2011-02-01")
    assert list(readings_of(plan, "c")) == ["2010/11 Q1", "2010/11 Q3"]
    assert any(note.startswith("No reading of c in 2010/11 Q2: ") for note in plan.notes)


@pytest.mark.parametrize(("change", "options", "kind", "message"), [
    ({}, {"records": 3}, TypeError, "records: a dict of name to table, not int"),
    ({}, {"records": {"call": {}}}, ValueError, r"no measure uses 'call' \(did you mean 'calls'\?\)"),
    ({}, {"period": "2010/11"}, ValueError, "period: it says what records are of, and there are none"),
    ({}, {"records": {}}, ValueError, "period: no table has a column date"),
    ({}, {"records": {}, "period": 2010}, TypeError, "period: 2010 is not a text"),
    ({"computed_by": "dr.share("}, {"records": {}}, ValueError, r"measures, row 2: 'computed_by': 'dr.share\('"),
    ({"unit": "pounds"}, {"records": {"calls": None}}, ValueError, "measures, row 2: 'unit' is 'pounds'"),
    ({"computed_by": 3}, {"records": {}}, ValueError, "records: every measure of the plan has readings, or no call"),
])  # fmt: skip
def test_bad_arguments_are_refused(computed, calls, change, options, kind, message):
    computed["measures"][1] |= change
    if options.get("records") == {"calls": None}:
        options = {"records": {"calls": calls}}
    with pytest.raises(kind, match=message):
        dr.plan(computed, on=dt.date(2011, 2, 1), **options)


def test_synthetic_tables_keep_their_mark():
    tables = {name: record_table(name, {"a": [1]}) for name in ("own", "made")}
    assert provenance_of(tables) is None
    tables["own"].records.provenance, tables["made"].records.provenance = "Survey", "Synthetic: made"
    assert provenance_of(tables) == "Synthetic: made"
