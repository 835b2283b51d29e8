"""`dr.survey_estimate`: R's values from records, every domain a row, and no interval where there is none."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr

GOLDEN = Path(__file__).parents[2] / "inference" / "surveys" / "golden"
NUMBERS = ("api00", "api99", "enroll", "api.stu", "pw", "fpc")

DESIGNS = {
    "apisrs": ("apisrs", {"fpc": "fpc"}),
    "apistrat": ("apistrat", {"weight": "pw", "stratum": "stype", "fpc": "fpc"}),
    "apistrat_nofpc": ("apistrat", {"weight": "pw", "stratum": "stype"}),
    "apiclus1": ("apiclus1", {"weight": "pw", "psu": "dnum", "fpc": "fpc"}),
    "apiclus1_nofpc": ("apiclus1", {"weight": "pw", "psu": "dnum"}),
}


def schools(name):
    with open(GOLDEN / f"api_{name}.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = {column: [row[column] for row in rows] for column in rows[0]}
    return columns | {column: np.array(columns[column], float) for column in NUMBERS}


def of_r(name):
    return json.loads((GOLDEN / "r_survey_linearised.json").read_text())[name]


@pytest.fixture(params=DESIGNS)
def sampled(request):
    """Records, their design, and what R says of them."""
    file, columns = DESIGNS[request.param]
    return schools(file), dr.survey_design(**columns), of_r(request.param)


def assert_rows(findings, expected, scale=1.0):
    """The domains of the findings, without everybody together, against R's."""
    np.testing.assert_allclose(np.array(findings["value"][1:]) / scale, expected["est"], rtol=1e-9, atol=1e-12)
    se = np.array(findings["se"][1:]) / scale
    np.testing.assert_allclose(np.where(np.isnan(se), 0.0, se), expected["se"], rtol=1e-9, atol=1e-12)


def test_means_and_totals_are_those_of_r(sampled):
    records, design, expected = sampled
    mean = dr.survey_estimate(records, design=design, value="api00", by="stype")
    assert mean["value"][0] == pytest.approx(expected["mean_api00"]["est"], rel=1e-9)
    assert [mean["low"][0], mean["high"][0]] == pytest.approx(expected["mean_api00"]["ci_t"][0], rel=1e-9)
    assert mean["design_effect"][0] == pytest.approx(expected["mean_api00_deff_replace"], rel=1e-9)
    assert mean["degrees_of_freedom"][:2] == [expected["degf"], expected["subset_E"]["degf"]]
    assert_rows(mean, expected["by_stype_api00"])
    total = dr.survey_estimate(records, design=design, value="enroll", statistic="total")
    assert total["value"][0] == pytest.approx(expected["total_enroll"]["est"], rel=1e-9)
    assert total["se"][0] == pytest.approx(expected["total_enroll"]["se"], rel=1e-9)


def test_ratios_proportions_and_quantiles_are_those_of_r(sampled):
    records, design, expected = sampled
    ratio = dr.survey_estimate(
        records, design=design, value="api.stu", statistic="ratio", denominator="enroll", by="stype"
    )
    assert ratio["value"][0] == pytest.approx(expected["ratio_stu_enroll"]["est"], rel=1e-9)
    assert_rows(ratio, expected["by_stype_ratio"])
    awarded = dr.survey_estimate(records, design=design, outcome="awards", positive="Yes", by="sch.wide")
    assert_rows(awarded, expected["by_schwide_prop_awards"], scale=100)
    found = dr.survey_estimate(records, design=design, value="api00", statistic="quantile", quantiles=[0.25, 0.5, 0.75])
    for column, name in (("value", "q"), ("low", "lo"), ("high", "hi"), ("se", "se")):
        assert found[column] == pytest.approx(expected["quantile_api00"][name], rel=1e-9)


@pytest.mark.parametrize("column", ["awards", "ell0"])
def test_korn_and_graubards_and_logit_intervals_are_those_of_r(sampled, column):
    records, design, expected = sampled
    records |= {"ell0": ["Yes" if each == "0" else "No" for each in records["ell"]]}
    for method, name in (("korn-graubard", "beta"), ("logit", "logit"), ("t", "mean")):
        found = dr.survey_estimate(records, design=design, outcome=column, positive="Yes", method=method)
        limits = [found["low"][0] / 100, found["high"][0] / 100]
        iterated = column == "ell0" and method == "logit"  # R fits a regression, which stops somewhere
        of_r = expected[f"ciprop_{column}"][name]
        assert limits == pytest.approx(np.ravel(of_r["ci"]), rel=1e-8 if iterated else 1e-9)
        assert found["value"][0] / 100 == pytest.approx(of_r["p"], rel=1e-8)


def test_how_many_people_have_the_answer():
    records, design = schools("apistrat"), dr.survey_design(weight="pw", stratum="stype", fpc="fpc")
    found = dr.survey_estimate(records, design=design, outcome="awards", positive="Yes", statistic="total", by="stype")
    share = dr.survey_estimate(records, design=design, outcome="awards", positive="Yes", by="stype")
    people = dr.survey_estimate(records, design=design, statistic="total", by="stype")
    assert found["value"] == pytest.approx([s * n / 100 for s, n in zip(share["value"], people["value"], strict=True)])
    assert found["count"] == share["count"] and found["unit_of_measure"] == ["people"] * 4
    assert people["value"][0] == pytest.approx(sum(people["value"][1:]))
    assert found["measure"][0] == "people: awards (Yes)" and people["measure"][0] == "people"


ROWS = {
    "hours": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, None],
    "ward": ["a", "a", "b", "b", "c", "c", "d", "d"],
    "sex": ["F", "M", "F", "M", "F", None, "X", "X"],
    "answer": ["yes", "no", "yes", "yes", None, "no", "don't know", "no"],
    "weight": [1.0, 2.0, 1.0, 1.0, 2.0, 1.0, 1.0, 1.0],
}
DESIGN = dr.survey_design(weight="weight", psu="ward")


def test_the_rows_and_columns_of_findings():
    found = dr.survey_estimate(ROWS, design=DESIGN, value="hours", by="sex", period="2026", unit="hours")
    assert found.kind == "survey estimates" and found.by == ("sex",)
    assert found["sex"] == [None, "F", "M", "X", "not stated"]
    assert found["nobs"] == [7, 3, 2, 1, 1] and found["outcome_missing"] == [1, 0, 0, 1, 0]
    assert set(found["measure"]) == {"mean hours"} and set(found["unit_of_measure"]) == {"hours"}
    assert set(found["method"]) == {"Student's t; linearised"} and set(found["period"]) == {"2026"}
    assert set(found["row_type"]) == {"group"}


def test_a_domain_in_one_cluster_has_a_value_and_no_interval():
    found = dr.survey_estimate(ROWS, design=DESIGN, value="hours", by="sex")
    (row,) = found.filter(sex="X").rows()
    assert row["value"] == 7 and math.isnan(row["se"]) and math.isnan(row["low"]) and math.isnan(row["design_effect"])
    reasons = dr.Flag.ONE_CLUSTER | dr.Flag.SMALL_BASE | dr.Flag.MISSING_ANSWERS
    assert row["flag"] == reasons | dr.Flag.EFFECTIVE_SIZE


def test_an_empty_domain_keeps_its_row():
    found = dr.survey_estimate(
        ROWS | {"sex": np.zeros(8, int)}, design=DESIGN, value="hours", by="sex", labels={"sex": ["F", "M"]}
    )
    (row,) = found.filter(sex="M").rows()
    assert row["nobs"] == 0 and math.isnan(row["value"]) and math.isnan(row["high"])
    assert row["flag"] == dr.Flag.EMPTY_GROUP | dr.Flag.NO_CASES | dr.Flag.EFFECTIVE_SIZE


@pytest.mark.parametrize("statistic", ["mean", "total", "quantile", "ratio"])
def test_without_any_number_there_is_no_value(statistic):
    below = {"denominator": "weight"} if statistic == "ratio" else {}
    records = ROWS | {"hours": [None] * 8, "other": ROWS["weight"]}
    design = dr.survey_design(weight="other", psu="ward")
    found = dr.survey_estimate(records, design=design, value="hours", statistic=statistic, by="sex", **below)
    for name in ("value", "se", "low", "high", "design_effect"):
        assert np.isnan(found[name]).all()
    assert all(dr.Flag.NO_CASES in flag for flag in found["flag"]) and sum(found["outcome_missing"][1:]) == 8


def test_a_ratio_over_nothing_is_not_defined():
    records = ROWS | {"none": [0.0] * 8}
    found = dr.survey_estimate(records, design=DESIGN, value="hours", statistic="ratio", denominator="none")
    assert math.isnan(found["value"][0]) and math.isnan(found["low"][0]) and dr.Flag.UNDEFINED in found["flag"][0]


def test_where_nothing_varies_there_is_no_interval():
    same = ROWS | {"hours": [5.0] * 8}
    for options in ({}, {"statistic": "quantile"}):
        found = dr.survey_estimate(same, design=DESIGN, value="hours", **options)
        assert found["value"] == [5.0] and math.isnan(found["low"][0]) and math.isnan(found["high"][0])
        assert dr.Flag.NO_VARIANCE in found["flag"][0]


def test_a_proportion_at_the_edge_has_an_interval_with_width():
    found = dr.survey_estimate(ROWS | {"answer": ["yes"] * 8}, design=DESIGN, outcome="answer", positive="yes")
    assert found["value"] == [100.0] and found["high"] == [100.0] and 0 < found["low"][0] < 100
    assert math.isnan(found["se"][0]) and dr.Flag.BORROWED_PRECISION in found["flag"][0]


def test_answers_outside_the_base_are_counted():
    found = dr.survey_estimate(ROWS, design=DESIGN, outcome="answer", positive="yes", exclude="don't know")
    assert (found["count"], found["nobs"], found["outcome_missing"]) == ([3], [6], [2])
    assert found["value"][0] == pytest.approx(100 * 3 / 7)


def test_rows_left_out_are_a_domain_and_their_clusters_count():
    kept = np.array([ward != "d" for ward in ROWS["ward"]])
    domain = dr.survey_estimate(ROWS, design=DESIGN, value="hours", where=kept)
    by = dr.survey_estimate(ROWS | {"kept": kept}, design=DESIGN, value="hours", by="kept").filter(kept=True)
    for name in ("value", "se", "low", "degrees_of_freedom"):
        assert domain[name] == by[name]
    assert domain["degrees_of_freedom"] == [2.0]


def test_weights_alone_are_a_design():
    alone = dr.survey_estimate(ROWS, design=dr.survey_design(weight="weight"), value="hours")
    assert alone["degrees_of_freedom"] == [6.0]
    assert alone["value"] == dr.survey_estimate(ROWS, design=DESIGN, value="hours")["value"]


@pytest.mark.parametrize("statistic", ["mean", "total", "quantile"])
@settings(max_examples=15, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(statistic, random):
    records = schools("apistrat")
    order = list(range(200))
    random.shuffle(order)
    shuffled = {name: np.array(values)[order] for name, values in records.items()}
    for design in (dr.survey_design(weight="pw", stratum="stype"), dr.survey_design(weight="pw", psu="dnum")):
        one, other = (
            dr.survey_estimate(each, design=design, value="api00", statistic=statistic, by="awards")
            for each in (records, shuffled)
        )
        np.testing.assert_array_equal(
            [one[name] for name in ("value", "se", "low", "high", "design_effect")],
            [other[name] for name in ("value", "se", "low", "high", "design_effect")],
        )


@pytest.mark.parametrize("kind", ["jk1", "jkn", "bootstrap"])
def test_replicates_give_about_the_same_standard_errors(kind):
    records = schools("apiclus1")
    made = dr.survey_design(weight="pw", psu="dnum", replicates=kind, n_replicates=None, rng=1)
    plain = dr.survey_design(weight="pw", psu="dnum")
    for options in ({"value": "api00"}, {"value": "api00", "statistic": "quantile"}):
        one, other = (dr.survey_estimate(records, design=each, by="awards", **options) for each in (made, plain))
        assert one["value"] == other["value"] and one["se"] == pytest.approx(other["se"], rel=0.6)
    assert one["method"][0].endswith(f"{kind} replicates")


def test_replicate_weights_that_came_with_the_data_give_rs_standard_errors():
    expected = json.loads((GOLDEN / "r_survey_replicates.json").read_text())["boot_apiclus1"]
    records = schools("apiclus1")
    records |= {f"rw{r:02}": column for r, column in enumerate(np.array(expected["repweights_analysis"]).T)}
    design = dr.survey_design(weight="pw", replicate_weights="rw*", replicates="bootstrap", scale=expected["scale"])
    mean = dr.survey_estimate(records, design=design, value="api00", by="sch.wide")
    assert [mean["value"][0], mean["se"][0]] == pytest.approx(
        [expected["mean_api00"]["est"], expected["mean_api00"]["se"]], rel=1e-9
    )
    assert_rows(mean, expected["by_schwide"])
    assert mean["degrees_of_freedom"] == [expected["degf"]] * 3
    found = dr.survey_estimate(records, design=design, value="api00", statistic="quantile", quantiles=[0.25, 0.5, 0.75])
    for column, name in (("value", "q"), ("low", "lo"), ("high", "hi")):
        assert found[column] == pytest.approx(expected["quantile"][name], rel=1e-9)


def test_one_cluster_of_a_domain_in_each_stratum_is_too_few_for_an_interval():
    records = ROWS | {"region": ["n", "n", "n", "n", "s", "s", "s", "s"], "sex": list("MFFFMFFF")}
    design = dr.survey_design(weight="weight", stratum="region", psu="ward")
    (row,) = dr.survey_estimate(records, design=design, value="hours", by="sex").filter(sex="M").rows()
    assert row["degrees_of_freedom"] == 0 and row["se"] > 0 and math.isnan(row["low"])
    assert row["flag"] == dr.Flag.FEW_DEGREES | dr.Flag.SMALL_BASE | dr.Flag.EFFECTIVE_SIZE


def test_a_stratum_with_one_cluster_is_flagged():
    records = ROWS | {"region": ["n", "n", "n", "n", "n", "n", "s", "s"]}
    design = dr.survey_design(weight="weight", stratum="region", psu="ward")
    found = dr.survey_estimate(records, design=design, value="hours", by="region")
    assert [dr.Flag.LONELY_STRATUM in flag for flag in found["flag"]] == [True, False, True]


def test_calibrated_weights_leave_no_variance_in_what_they_were_calibrated_to():
    records = schools("apistrat")
    known = {name: sum(w for w, s in zip(records["pw"], records["stype"], strict=True) if s == name) for name in "EHM"}
    design = dr.survey_design(weight="pw", psu="dnum", population_totals={"stype": known})
    found = dr.survey_estimate(records, design=design, statistic="total", by="stype")
    assert found["value"][1:] == pytest.approx([known[name] for name in "EHM"])
    assert np.isnan(found["se"]).all() and all(dr.Flag.NO_VARIANCE in flag for flag in found["flag"])
    mean = dr.survey_estimate(records, design=design, value="enroll")
    plain = dr.survey_estimate(records, design=dr.survey_design(weight="pw", psu="dnum"), value="enroll")
    assert mean["value"] == pytest.approx(plain["value"]) and 0 < mean["se"][0] < plain["se"][0]
    assert mean["degrees_of_freedom"] == plain["degrees_of_freedom"]


BAD = [
    ({}, TypeError, "survey_estimate needs value=, a column of numbers, or outcome=, a column of answers"),
    ({"value": "hours", "outcome": "answer"}, ValueError, "value and outcome: give one of the two"),
    ({"value": "hours", "statistic": "sum"}, ValueError, "statistic: 'sum' is not one of 'proportion', 'mean'"),
    ({"value": "hours", "statistic": "proportion"}, TypeError, "statistic: 'proportion' needs outcome= and positive="),
    ({"outcome": "answer", "positive": "yes", "statistic": "mean"}, TypeError, "statistic: 'mean' needs value="),
    ({"outcome": "answer"}, TypeError, "survey_estimate needs positive=: the answers that count"),
    ({"value": "hours", "positive": "yes"}, TypeError, "positive: there is no outcome="),
    ({"outcome": "answer", "positive": "maybe"}, ValueError, "positive: 'maybe' is not a label of 'answer'"),
    ({"value": "hours", "statistic": "ratio"}, TypeError, "statistic: 'ratio' needs denominator="),
    (
        {"value": "hours", "denominator": "weight"},
        ValueError,
        "denominator: only for statistic='ratio', not for 'mean'",
    ),
    ({"value": "hours", "quantiles": 0.5}, ValueError, "quantiles: only for statistic='quantile', not for 'mean'"),
    (
        {"value": "hours", "statistic": "quantile", "quantiles": [0.5, 1.5]},
        ValueError,
        "quantiles: 1.5 is not between 0",
    ),
    ({"value": "hours", "statistic": "quantile", "quantiles": []}, ValueError, "quantiles: there is none"),
    ({"value": "hours", "statistic": "median"}, ValueError, "statistic: a median is statistic='quantile', with quan"),
    ({"value": "hours", "method": "wilson"}, ValueError, "method: 'wilson' is for proportions; the interval of a mean"),
    ({"outcome": "answer", "positive": "yes", "method": "beta"}, ValueError, "method: 'beta' is not one of 'wilson'"),
    ({"value": "sex"}, ValueError, "value: 'F' at row 0 of 'sex' is not a number"),
    ({"value": "hours", "by": "hours"}, ValueError, "by: 'hours' is already given as value"),
    ({"value": "wages"}, ValueError, "no column 'wages'"),
    ({"value": "hours", "higher_is_better": "yes"}, TypeError, "higher_is_better: 'yes' is neither True nor False"),
    ({"value": "hours", "confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
    ({"value": "hours", "design": "ward"}, TypeError, "design must be made by dr.survey_design, not str"),
]


@pytest.mark.parametrize(("options", "error", "message"), BAD)
def test_bad_input_is_named(options, error, message):
    with pytest.raises(error, match=message.replace("(", r"\(")):
        dr.survey_estimate(ROWS, **{"design": DESIGN, **options})


def test_a_tally_has_no_clusters():
    with pytest.raises(TypeError, match="design: a Tally has no clusters; pass the records"):
        dr.survey_estimate(dr.tally(ROWS, "answer"), design=DESIGN, outcome="answer", positive="yes")
