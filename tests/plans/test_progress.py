"""Progress of measures in findings, and the tables by quarter and half."""

import math

import pytest

import dueregard as dr

from .conftest import ON, only


def test_the_gap_of_the_example(example):
    row = only(example.progress(), measure_id="satisfaction-gap")
    assert (row["value"], row["reference_value"], row["estimate"]) == pytest.approx((-4.2, -7.0, 2.8))
    assert (row["period"], row["reference_period"], row["reference"]) == ("2010/11 Q3", "2009/10", "baseline")
    assert (row["verdict"], row["course"], row["n_readings"]) == ("too few to tell", "cannot tell", 4)
    assert row["low"] < 0 < row["high"]
    assert row["projected_low"] < row["projected"] < row["projected_high"]
    assert row["pace_needed"] == pytest.approx(1.2 / 1.248, rel=0.01)  # -4.2 to -3 in a year and a quarter


def test_71_of_73_units_meet_the_target_of_80_percent(example):
    row = only(example.progress(), measure_id="units-at-baseline")
    assert (row["count"], row["nobs"], round(row["value"])) == (71, 73, 97)
    assert (row["course"], row["flag"], math.isnan(row["low"])) == ("target met", dr.Flag.FULL_COUNT, True)


def test_without_a_baseline_the_first_reading_is_named_as_such(example):
    row = only(example.progress(), measure_id="search-ratio")
    assert (row["reference"], row["reference_period"]) == ("first reading", "2010/11 Q1")
    assert (row["verdict"], row["unit_of_measure"]) == ("improved", "factor")


def test_without_a_reading_there_is_nothing(example):
    row = only(example.progress(), measure_id="victims-updated")
    assert (row["verdict"], row["course"]) == ("no reading", "no reading")
    assert all(math.isnan(row[name]) for name in ("value", "estimate", "target", "projected"))


def test_one_reading_and_no_baseline(base):
    del base["baselines"], base["targets"]
    row = only(dr.plan(base, on=ON).progress(), measure_id="m")
    assert (row["verdict"], row["course"], row["value"]) == ("no baseline", "no target was set", 72.0)


def test_a_reading_from_before_the_baseline_is_not_the_later_one(base):
    base["baselines"] = [{"measure": "m", "period": "2009/10", "count": 100, "nobs": 1000}]
    base["readings"] = [{"measure": "m", "period": "2008/09 Q4", "count": 300, "nobs": 1000}]
    plan = dr.plan(base, on=ON)
    row = only(plan.progress(), measure_id="m")
    assert (row["verdict"], row["course"], row["period"], row["reference_value"]) == (
        "no reading", "no reading", None, 10.0,
    )  # fmt: skip
    assert math.isnan(row["value"]) and math.isnan(row["estimate"])
    assert plan.progress().sentences() == ["Answered yes: no reading: none since the baseline (2009/10)."]
    assert dr.scorecard(plan)["verdict"] == ["no reading"]
    assert plan.quarterly("2008/09").filter(measure="Answered yes")["value"][3] == 30.0
    base["readings"].append({"measure": "m", "period": "2010/11 Q1", "count": 150, "nobs": 1000})
    row = only(dr.plan(base, on=ON).progress(), measure_id="m")
    assert (row["period"], row["verdict"], row["n_readings"]) == ("2010/11 Q1", "improved", 3)


def test_the_same_pace_in_a_quarter_is_no_improvement(base):
    base["measures"][0] |= {"unit": "rate", "per": 1000, "higher_is_better": False}
    base["baselines"] = [{"measure": "m", "period": "2009/10", "count": 400, "nobs": 100_000}]
    base["readings"] = [{"measure": "m", "period": "2010/11 Q1", "count": 100, "nobs": 100_000}]
    base["targets"] = [{"measure": "m", "value": 3.5}]
    row = only(dr.plan(base, on=ON).progress(), measure_id="m")
    assert (row["value"], row["verdict"], row["course"]) == (1.0, "cannot tell", "cannot tell")
    assert "a rate of people in 91 days is not compared with one in 365" in row["note"]
    base["measures"][0]["base"] = "exposure"
    row = only(dr.plan(base, on=ON).progress(), measure_id="m")
    assert (row["verdict"], row["course"]) == ("improved", "target met")


def test_areas_have_rows_of_their_own(base):
    base["readings"] += [{"measure": "m", "period": "2010/11 Q1", "count": 8, "nobs": 10, "area": "Sutton"}]
    base["targets"] += [{"measure": "m", "value": 70, "area": "Sutton"}]
    plan = dr.plan(base, on=ON)
    assert "area" not in plan.progress().columns
    found = plan.progress(by="area")
    assert (found["area"], found["value"], found["target"]) == ([None, "Sutton"], [72.0, 80.0], [80.0, 70.0])
    with pytest.raises(ValueError, match="by: 'borough' is neither None nor 'area'"):
        plan.progress(by="borough")
    with pytest.raises(ValueError, match="confidence_level"):
        plan.progress(confidence_level=95)


def test_quarters_have_their_readings_and_what_was_due(example):
    found = example.quarterly("2010-11")
    gap = found.filter(measure="White against BME satisfaction gap")
    assert gap["period"] == [f"2010/11 Q{n}" for n in (1, 2, 3, 4)]
    assert gap["value"][:3] == pytest.approx([-6.4, -5.6, -4.2])
    assert gap["verdict"] == [None, None, None, "not over"]
    actions = found.filter(measure="actions due and done")
    assert list(zip(actions["count"], actions["nobs"], actions["verdict"], strict=True)) == [
        (0, 0, "none due"), (0, 0, "none due"), (1, 2, "some open"), (1, 2, "some open"),
    ]  # fmt: skip
    milestones = found.filter(measure="milestones due and done")
    assert milestones["count"] == [0, 0, 1, 1]  # due in September, done in October
    assert repr(example.quarterly(2010)) == repr(found)


def test_halves(example):
    found = example.six_monthly(2010)
    assert found.filter(measure="assessments due and done")["count"] == [1, 1]
    assert found.filter(measure="Complaints of discrimination")["verdict"] == ["no reading", "not over"]
    later = example.six_monthly(2012)
    assert set(later["verdict"]) == {"not over"}
    assert set(later["count"]) == {None}


def test_a_year_is_a_financial_year(example):
    for year, kind in (("2010", ValueError), ("2010-12", ValueError), (2010.5, TypeError)):
        with pytest.raises(kind, match=r"year|no financial year"):
            example.quarterly(year)
