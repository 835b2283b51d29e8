"""How much areas vary beyond chance: a test that keeps its level, said before any area is shown."""

import math

import numpy as np
import pytest
from scipy.stats import chi2_contingency

import dueregard as dr
from dueregard.plans.area_variation import NOT_SHOWN, VARIES, rows_of_areas
from dueregard.plans.figures import Figure
from dueregard.plans.measures import Measure
from dueregard.plans.precision import scaled, variances

from .conftest import ON, only

AREAS = ("Barnet", "Brent", "Camden", "Sutton")


def found(unit, figures, **options):
    """The spread and the largest of areas with these figures."""
    measure = Measure("m", "1", "Measure", unit, **options)
    values = np.array([scaled(measure, figure.value_of(measure)) for figure in figures])
    return rows_of_areas(measure, values, variances(measure, figures), 0.95)


def shares(*counts, nobs=200):
    return [Figure(count=count, nobs=nobs) for count in counts]


def test_the_test_of_shares_is_that_of_a_table_of_counts():
    counts = (150, 162, 171, 140, 158)
    spread, largest = found("percent", shares(*counts))
    told = chi2_contingency([counts, [200 - count for count in counts]])
    assert spread["pvalue"] == pytest.approx(told.pvalue, rel=0.02)
    assert (spread["verdict"], spread["low"] > 0) == (VARIES, True)
    mean = sum(counts) / 10
    assert largest["value"] == pytest.approx(max(abs(count / 2 - mean) for count in counts))
    assert largest["method"] == "largest gap expected if areas did not differ, 5 areas"


def test_the_largest_by_chance_is_what_chance_makes():
    draws = np.random.default_rng(1).normal(0, 100 * math.sqrt(0.8 * 0.2 / 200), (20000, 4))
    _, largest = found("percent", shares(160, 160, 160, 160))
    assert largest["estimate"] == pytest.approx(np.abs(draws).max(axis=1).mean(), rel=0.02)
    assert largest["value"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("unit", ["percent", "percentage points", "ratio", "rate ratio", "rate"])
def test_areas_that_do_not_differ_are_rarely_said_to(unit):
    rng, said = np.random.default_rng(2012), 0
    compares = unit in ("percentage points", "ratio", "rate ratio")
    draw = rng.poisson if unit.startswith("rate") else (lambda mean: rng.binomial(200, mean / 200))
    for _ in range(400):
        figures = []
        for _ in range(12):
            other = {"reference_count": int(draw(120)), "reference_nobs": 200} if compares else {}
            figures.append(Figure(count=int(draw(80)), nobs=200, **other))
        said += found(unit, figures)[0]["verdict"] == VARIES
    assert said / 400 < 0.085  # the standard error is 1.1%


@pytest.mark.parametrize(("unit", "said", "what"), [
    ("percentage points", "percentage points", "gap"), ("ratio", "factor", "gap"), ("rate ratio", "factor", "gap"),
    ("rate", "per 1,000", "distance from the average"), ("percent", "percentage points", "distance from the average"),
])  # fmt: skip
def test_units_and_what_varies(unit, said, what):
    other = {} if unit in ("rate", "percent") else {"reference_count": 100, "reference_nobs": 200}
    figures = [Figure(count=count, nobs=200, **other) for count in (20, 60, 100, 180)]
    options = {"per": 1000.0} if unit == "rate" else {}
    spread, largest = found(unit, figures, **options)
    assert (spread["unit_of_measure"], spread["varies"], spread["verdict"]) == (said, what, VARIES)
    assert spread["low"] < spread["estimate"] < spread["high"]
    assert largest["value"] > largest["estimate"]


def test_areas_without_a_value_are_left_out_and_that_is_flagged():
    none = Figure(count=0, nobs=200, reference_count=10, reference_nobs=200)
    some = [Figure(count=count, nobs=200, reference_count=10, reference_nobs=200) for count in (9, 12)]
    spread, _ = found("ratio", [none, *some])
    assert dr.Flag.AREAS_LEFT_OUT in spread["flag"]
    assert "2 areas" in spread["method"]
    spread, largest = found("ratio", [none, some[0]])
    assert dr.Flag.TOO_FEW_AREAS in spread["flag"]
    assert spread.get("estimate") is None and largest.get("value") is None


@pytest.fixture
def by_area(base):
    """Readings of four areas in two quarters: only Sutton changed, and it is higher than the others in the second."""
    base["readings"] = [
        {"measure": "m", "period": f"2010/11 Q{quarter}", "area": area, "nobs": 500,
         "count": 440 if (area, quarter) == ("Sutton", 2) else 360 + place}
        for quarter in (1, 2) for place, area in enumerate(AREAS)
    ]  # fmt: skip
    return base


def test_a_plan_by_area_says_it_before_any_area(by_area):
    plan = dr.plan(by_area, on=ON)
    for findings, what in ((plan.progress(by="area"), "change"), (dr.scorecard(plan, by="area"), "distance")):
        rows = list(findings.rows())
        assert [row["row_type"] for row in rows[:3]] == ["variation", "variation", "group"]
        assert (rows[0]["verdict"], rows[0]["area"], rows[0]["period"]) == (VARIES, None, "2010/11 Q2")
        assert rows[0]["varies"].startswith(what)
        said = findings.sentences()
        assert said[0].startswith("Answered yes: areas differ beyond chance")
        assert f"the largest {rows[0]['varies']} of any area is " in said[1]
        text = " ".join(repr(findings).split())
        assert text.index("Areas differ beyond chance") < text.index("Barnet")
        assert findings._repr_html_().count('scope="row"') == len(findings) - 2
    assert {row["row_type"] for row in plan.progress().rows()} == {"group"}
    assert {row["row_type"] for row in dr.scorecard(plan).rows()} == {"group"}


def test_changes_are_judged_by_both_readings(by_area):
    row = only(dr.plan(by_area, on=ON).progress(by="area"), row_type="variation", verdict=VARIES)
    changes = np.array([0.0, 0.0, 0.0, 77 / 5])
    first, second = 1446 / 2000, 1523 / 2000
    variance = 1e4 * (first * (1 - first) + second * (1 - second)) / 500
    q = (np.square(changes - changes.mean()) / variance).sum()
    from scipy.stats import chi2

    assert row["pvalue"] == pytest.approx(chi2.sf(q, 3), rel=0.01)


def test_full_counts_counts_and_single_areas_have_no_such_rows(by_area):
    by_area["measures"][0]["full_count"] = True
    assert "variation" not in dr.scorecard(dr.plan(by_area, on=ON), by="area")["row_type"]
    del by_area["measures"][0]["full_count"]
    by_area["readings"] = [row for row in by_area["readings"] if row["area"] == "Brent"]
    assert "variation" not in dr.plan(by_area, on=ON).progress(by="area")["row_type"]


def test_areas_of_another_period_or_with_overlapping_readings_are_left_out(by_area):
    by_area["readings"] = [row for row in by_area["readings"] if (row["area"], row["period"][-1]) != ("Brent", "2")]
    spread = next(dr.scorecard(dr.plan(by_area, on=ON), by="area").rows())
    assert "3 areas" in spread["method"]
    assert dr.Flag.AREAS_LEFT_OUT in spread["flag"]
    for row in by_area["readings"]:
        row["period"] = row["period"].replace("2010/11 Q1", "2010-04 to 2010-08")
    spread = next(dr.plan(by_area, on=ON).progress(by="area").rows())
    assert dr.Flag.TOO_FEW_AREAS in spread["flag"]
    assert "whether areas differ cannot be said" in dr.plan(by_area, on=ON).progress(by="area").sentences()[0]


def test_rates_of_people_in_a_year_and_a_quarter_make_no_change_that_varies(by_area):
    by_area["measures"][0] |= {"unit": "rate", "per": 1000}
    for row in by_area["readings"]:
        row["period"] = row["period"].replace("2010/11 Q1", "2009/10")
    rows = list(dr.plan(by_area, on=ON).progress(by="area").rows())
    assert dr.Flag.TOO_FEW_AREAS in rows[0]["flag"]
    by_area["measures"][0]["base"] = "exposure"
    assert dr.Flag.TOO_FEW_AREAS not in next(dr.plan(by_area, on=ON).progress(by="area").rows())["flag"]


def test_values_with_standard_errors_have_them_too(by_area):
    by_area["readings"] = [
        {"measure": "m", "period": "2010/11 Q1", "area": area, "value": 70.0 + place, "se": 2.0}
        for place, area in enumerate(AREAS)
    ]
    spread, largest = list(dr.scorecard(dr.plan(by_area, on=ON), by="area").rows())[:2]
    assert (spread["verdict"], largest["value"]) == (NOT_SHOWN, pytest.approx(1.5))
    for row in by_area["readings"]:
        del row["se"]
    spread = next(dr.scorecard(dr.plan(by_area, on=ON), by="area").rows())
    assert dr.Flag.TOO_FEW_AREAS in spread["flag"]


def test_findings_keep_their_own_rows_on_variation():
    survey = dr.data.example("satisfaction")
    gap = dr.gap(survey, outcome="satisfaction", positive=["Completely satisfied", "Very satisfied"],
                 exclude="Don't know", group="ethnic_group_broad", reference="White", by="borough")  # fmt: skip
    card = dr.scorecard({"gap": gap}, {"gap": -3}, by="borough").filter(row_type="variation")
    own = gap.filter(row_type="variation")
    for name in ("estimate", "low", "high", "pvalue", "value", "method"):
        assert str(card[name]) == str(own[name])
    assert card["symbol"] == [None, None]


def test_shares_by_area_have_rows_on_variation_from_their_counts():
    data = {"answer": (["yes"] * 80 + ["no"] * 20) * 2 + ["yes"] * 40 + ["no"] * 60,
            "borough": ["Barnet"] * 100 + ["Brent"] * 100 + ["Sutton"] * 100}  # fmt: skip
    share = dr.share(data, of="answer", by="borough", higher_is_better=True).filter(group="yes")
    spread, largest, *rows = dr.scorecard({"yes": share}, {"yes": 60}, by="borough").rows()
    told = chi2_contingency([[80, 80, 40], [20, 20, 60]])
    assert spread["pvalue"] == pytest.approx(told.pvalue, rel=0.5) and spread["pvalue"] < 1e-8
    assert largest["value"] == pytest.approx(80 / 3)
    assert [row["borough"] for row in rows] == [None, "Barnet", "Brent", "Sutton"]
    weighted = dr.share(data | {"w": [1, 2] * 150}, of="answer", by="borough", weight="w").filter(group="yes")
    assert "variation" not in dr.scorecard({"yes": weighted}, by="borough")["row_type"]
