"""Raw and shrunken values side by side: what the fits give, in the units of findings, and what zeros do."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.intervals import normal_quantile, wilson

TABLE = {
    "ward": ["A", "B", "C", "D", "E", "F"],
    "met": [1, 30, 55, 12, 260, 20],
    "asked": [12, 40, 100, 35, 400, 50],
}
RATES = {"ward": ["A", "B", "C", "D"], "calls": [2, 31, 48, 150], "people": [1_200, 14_000, 31_000, 60_000]}


def shrink(**options):
    return dr.shrink(TABLE, **{"by": "ward", "count": "met", "nobs": "asked", **options})


def areas(findings):
    return [row for row in findings.rows() if row["row_type"] == "group"]


@pytest.mark.parametrize("options", [{}, {"fit": "moments"}, {"allow_for_fit": False}, {"confidence_level": 0.8}])
def test_both_values_stand_in_one_row(options):
    fitted = dr.beta_binomial(TABLE["met"], TABLE["asked"], **options)
    level = options.get("confidence_level", 0.95)
    low, high = wilson(np.array(TABLE["met"]) / TABLE["asked"], np.array(TABLE["asked"]), normal_quantile(level))
    for i, row in enumerate(areas(shrink(**options))):
        assert row["ward"] == TABLE["ward"][i]
        assert row["value"] == pytest.approx(100 * TABLE["met"][i] / TABLE["asked"][i])
        assert (row["low"], row["high"]) == (pytest.approx(100 * low[i]), pytest.approx(100 * high[i]))
        assert row["shrunken"] == pytest.approx(100 * fitted.estimate[i])
        assert row["shrunken_low"] == pytest.approx(100 * fitted.low[i])
        assert row["shrunken_high"] == pytest.approx(100 * fitted.high[i])
        assert row["weight"] == pytest.approx(100 * fitted.weight[i])
        assert (row["reference"], row["reference_value"]) == ("a typical area", pytest.approx(100 * fitted.mean))
        assert row["confidence_level"] == level and math.isnan(row["estimate"])


def test_the_first_rows_are_of_all_areas():
    total, variation, *_ = shrink().rows()
    assert (total["row_type"], total["ward"], total["count"], total["nobs"]) == ("reference", None, 378, 637)
    assert total["value"] == pytest.approx(100 * 378 / 637)
    assert variation["row_type"] == "variation" and variation["unit_of_measure"] == "percentage points"
    assert variation["value"] == pytest.approx(100 * dr.beta_binomial(TABLE["met"], TABLE["asked"]).spread)
    assert "6 areas (beta-binomial, maximum likelihood)" in variation["method"]


def test_rates_are_per_so_many_and_events_are_poisson():
    found = areas(dr.shrink(RATES, by="ward", count="calls", exposure="people", per=1000))
    fitted = dr.gamma_poisson(RATES["calls"], RATES["people"])
    interval = dr.rate_interval(RATES["calls"], RATES["people"])
    for i, row in enumerate(found):
        assert row["value"] == pytest.approx(1000 * RATES["calls"][i] / RATES["people"][i])
        assert row["low"] == pytest.approx(1000 * interval.low[i])
        assert row["shrunken"] == pytest.approx(1000 * fitted.estimate[i])
        assert row["unit_of_measure"] == "per 1,000"
    assert found[0]["flag"] & Flag.FEW_EVENTS
    assert found[0]["method"] == "mid-p; shrunken by gamma-Poisson, maximum likelihood"


def test_observed_over_expected():
    table = {"ward": ["A", "B", "C"], "seen": [3, 30, 90], "expected": [1.2, 40.5, 60.0]}
    found = areas(dr.shrink(table, by="ward", count="seen", expected="expected"))
    fitted = dr.gamma_poisson(table["seen"], table["expected"])
    assert [row["shrunken"] for row in found] == pytest.approx(list(fitted.estimate))
    assert found[0]["value"] == pytest.approx(2.5)


def test_areas_that_vary_no_more_than_chance_have_the_value_of_all_together():
    table = {"ward": ["A", "B", "C"], "met": [20, 41, 60], "asked": [100, 200, 300]}
    found = dr.shrink(table, by="ward", count="met", nobs="asked")
    for row in areas(found):
        assert row["shrunken"] == pytest.approx(100 * 121 / 600) and row["weight"] == 0
        assert row["flag"] & Flag.NO_VARIATION
        assert row["shrunken_low"] < row["shrunken"] < row["shrunken_high"]
    variation = next(row for row in found.rows() if row["row_type"] == "variation")
    assert variation["value"] == 0 and variation["flag"] & Flag.NO_VARIATION


def test_an_area_without_cases_has_neither_value():
    table = {"ward": ["A", "B", "C"], "met": [20, 0, 90], "asked": [100, 0, 300]}
    row = areas(dr.shrink(table, by="ward", count="met", nobs="asked"))[1]
    assert all(math.isnan(row[name]) for name in ("value", "low", "shrunken", "shrunken_low", "weight"))
    assert row["flag"] & Flag.NO_CASES


def test_one_area_cannot_be_drawn_towards_others():
    found = dr.shrink({"ward": ["A"], "met": [20], "asked": [100]}, by="ward", count="met", nobs="asked")
    row = areas(found)[0]
    assert row["value"] == 20 and math.isnan(row["shrunken"]) and row["flag"] & Flag.TOO_FEW_AREAS


def test_cases_without_an_area_are_drawn_towards_nothing():
    records = {
        "ward": ["A"] * 30 + ["B"] * 40 + [None] * 10,
        "met": [True] * 10 + [False] * 20 + [True] * 30 + [False] * 20,
    }
    found = areas(dr.shrink(records, by="ward", outcome="met", positive=True))
    last = found[-1]
    assert last["ward"] == "not stated" and not math.isnan(last["value"]) and math.isnan(last["shrunken"])
    assert last["flag"] & Flag.MISSING_GROUP
    alone = dr.beta_binomial([row["count"] for row in found[:2]], [row["nobs"] for row in found[:2]])
    assert [row["shrunken"] for row in found[:2]] == pytest.approx(list(100 * alone.estimate))


def test_weighted_areas_count_for_their_effective_numbers():
    rng = np.random.default_rng(3)
    ward = rng.choice(["A", "B", "C"], 300)
    records = {"ward": ward, "met": rng.random(300) < np.where(ward == "A", 0.2, 0.5), "w": rng.uniform(0.5, 2, 300)}
    found = areas(dr.shrink(records, by="ward", outcome="met", positive=True, weight="w"))
    sizes, cases = [], []
    for name in "ABC":
        w, met = records["w"][ward == name], records["met"][ward == name]
        sizes.append(w.sum() ** 2 / (w**2).sum())
        cases.append((w * met).sum() / w.sum() * sizes[-1])
    fitted = dr.beta_binomial(cases, sizes)
    assert [row["shrunken"] for row in found] == pytest.approx(list(100 * fitted.estimate), rel=1e-6)


def test_events_over_a_population():
    people = {"ward": ["A", "A", "B", "B"], "sex": ["F", "M"] * 2, "people": [1000, 9000, 2000, 6000]}
    census = dr.population(people, group="sex", count="people", date="2011", by="ward")
    found = areas(dr.shrink({"ward": ["A"] * 40 + ["B"] * 90}, census, by="ward", period="2016-06"))
    fitted = dr.gamma_poisson([40, 90], [10_000, 8_000])
    assert [row["shrunken"] for row in found] == pytest.approx(list(1000 * fitted.estimate))


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"fit": "guess"}, ValueError, "fit: 'guess' is not one of"),
        ({"allow_for_fit": 1}, TypeError, "allow_for_fit: 1 is neither True nor False"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"nobs": None}, TypeError, "shrink needs outcome= and positive="),
        ({"nobs": "nothing"}, ValueError, "no column 'nothing'"),
    ],
)
def test_bad_options_are_named(options, error, message):
    with pytest.raises(error, match=message):
        shrink(**options)


def test_the_table_shows_both():
    text = repr(shrink())
    for word in ("Value (%)", "Shrunken", "Own", "All areas", "Spread of areas"):
        assert word in text
    assert max(map(len, text.split("\n"))) <= 80
    assert "drawn towards the other areas" in " ".join(text.split())
