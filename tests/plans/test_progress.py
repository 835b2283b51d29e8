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
