"""`dr.survey_test`: R's values from records, tests by area, and none where there is nothing to test."""

import csv
import json
import math
from pathlib import Path

import numpy as np
import pytest

import dueregard as dr

GOLDEN = Path(__file__).parents[2] / "inference" / "surveys" / "golden"

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
    return columns | {column: np.array(columns[column], float) for column in ("api00", "pw", "fpc")}


@pytest.fixture(params=DESIGNS)
def sampled(request):
    file, columns = DESIGNS[request.param]
    expected = json.loads((GOLDEN / "r_survey_linearised.json").read_text())[request.param]
    return schools(file), dr.survey_design(**columns), expected


@pytest.mark.parametrize(
    ("method", "name"), [("rao-scott", "F"), ("chi-square", "Chisq"), ("wald", "Wald"), ("adjusted-wald", "adjWald")]
)
def test_tables_are_tested_as_in_r(sampled, method, name):
    records, design, expected = sampled
    (row,) = dr.survey_test(records, design=design, group="sch.wide", outcome="stype", method=method).rows()
    of_r = expected["chisq_schwide_stype"][name]
    assert [row["statistic"], row["pvalue"]] == pytest.approx([of_r["stat"], of_r["p"]], rel=1e-9)
    degrees = [row["numerator_degrees"], row["degrees_of_freedom"]]
    assert degrees[: len(np.atleast_1d(of_r["par"]))] == pytest.approx(np.atleast_1d(of_r["par"]), rel=1e-9)


def test_means_are_tested_as_in_r(sampled):
    records, design, expected = sampled
    found = dr.survey_test(records, design=design, group="sch.wide", value="api00", reference="No")
    (row,) = found.filter(group="Yes").rows()
    of_r = expected["ttest_api00_schwide"]
    computed = [row[name] for name in ("statistic", "degrees_of_freedom", "pvalue", "estimate", "low", "high")]
    assert computed == pytest.approx([of_r["t"], of_r["df"], of_r["p"], of_r["est"], *np.ravel(of_r["ci"])], rel=1e-9)
    assert row["se"] == pytest.approx(expected["by_schwide_api00"]["diff_se"], rel=1e-9)


def test_ranks_are_tested_as_in_r_where_its_ranks_do_not_depend_on_the_order_of_rows(sampled):
    records, design, expected = sampled
    found = dr.survey_test(records, design=design, group="sch.wide", value="api00", reference="No", method="rank")
    (row,) = found.filter(group="Yes").rows()
    of_r = expected["ranktest"]
    equal = len(set(records["pw"])) == 1
    computed = [row["statistic"], row["degrees_of_freedom"], row["pvalue"], row["estimate"] / 100]
    assert computed == pytest.approx([of_r["t"], of_r["df"], of_r["p"], of_r["est"]], rel=1e-9 if equal else 5e-3)
    assert row["value"] == row["estimate"] + 50 and math.isnan(row["low"]) and math.isnan(row["high"])


ROWS = {
    "hours": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, None],
    "ward": ["a", "a", "b", "b", "c", "c", "d", "d"],
    "sex": ["F", "M", "F", "M", "F", None, "M", "X"],
    "answer": ["yes", "no", "yes", "yes", None, "no", "don't know", "no"],
    "shift": ["day", "day", "day", "day", "night", "night", "night", "night"],
}
DESIGN = dr.survey_design(psu="ward")


def test_every_group_is_a_row_and_unknown_ones_are_not_compared():
    found = dr.survey_test(ROWS, design=DESIGN, group="sex", value="hours", reference="F")
    assert found.kind == "survey tests"
    assert found["group"] == ["F", "M", "X", "not stated"]
    assert found["row_type"] == ["reference", "group", "group", "group"]
    assert found["nobs"] == [3, 3, 0, 1] and found["outcome_missing"] == [0, 0, 1, 0]
    assert [math.isnan(p) for p in found["pvalue"]] == [True, False, True, True]
    assert found["estimate"][1] == pytest.approx((2 + 4 + 7) / 3 - 3) and found["value"][3] == 6
    assert found["flag"][2] & dr.Flag.NO_CASES and found["flag"][3] & dr.Flag.MISSING_GROUP
    assert found["method"][1] == "design-based t"


def test_an_area_without_the_reference_is_flagged():
    records = ROWS | {"sex": ["F", "M", "F", "M", "M", "M", "M", "M"]}
    found = dr.survey_test(records, design=DESIGN, group="sex", value="hours", reference="F", by="shift")
    (row,) = found.filter(shift="night", group="M").rows()
    assert math.isnan(row["pvalue"]) and math.isnan(row["estimate"]) and row["flag"] & dr.Flag.NO_REFERENCE
    assert not row["flag"] & dr.Flag.NO_CASES and row["value"] == 6


def test_areas_are_adjusted_among_themselves():
    records, design = schools("apistrat"), dr.survey_design(weight="pw", stratum="stype")
    found = dr.survey_test(records, design=design, group="sch.wide", outcome="comp.imp", by="stype")
    adjusted = dr.adjust_pvalues(found["pvalue"][1:])
    assert found["adjusted_pvalue"] == pytest.approx([found["pvalue"][0], *adjusted])
    assert found["method"][0] == "Rao-Scott, second order, F"
    assert found["method"][1] == "Rao-Scott, second order, F; Holm over 3 comparisons"
    plain = dr.survey_test(records, design=design, group="sch.wide", outcome="comp.imp", by="stype", adjust="none")
    assert plain["adjusted_pvalue"] == plain["pvalue"]


@pytest.mark.parametrize("method", ["t", "rank"])
def test_an_area_is_tested_as_if_it_were_asked_for_alone(method):
    records, design = schools("apistrat"), dr.survey_design(weight="pw", psu="dnum")
    options = {"design": design, "group": "sch.wide", "value": "api00", "reference": "No", "method": method}
    inside = dr.survey_test(records, by="stype", **options).filter(stype="M", group="Yes")
    alone = dr.survey_test(records, where=np.array(records["stype"]) == "M", **options).filter(group="Yes")
    for name in ("statistic", "degrees_of_freedom", "pvalue", "estimate", "nobs"):
        assert inside[name] == pytest.approx(alone[name], rel=1e-9)


def test_ranks_of_an_area_in_which_nobody_weighs_anything():
    table = {"group": list("ABABAB") * 2, "area": ["x", "x", "y", "y", "y", "y"] * 2, "age": range(12)}
    weight = [0.0 if area == "x" else 1.0 for area in table["area"]]
    found = dr.survey_test(
        table | {"weight": weight},
        design=dr.survey_design(weight="weight"),
        value="age",
        group="group",
        reference="A",
        by="area",
        method="rank",
    ).to_dict()
    rows = {area: i for i, area in enumerate(found["area"]) if found["group"][i] == "B"}
    assert math.isnan(found["pvalue"][rows["x"]])
    assert found["pvalue"][rows["y"]] == found["pvalue"][rows[None]] < 1


def test_answers_left_out_are_counted():
    found = dr.survey_test(ROWS, design=DESIGN, group="sex", outcome="answer", exclude="don't know")
    assert (found["nobs"], found["outcome_missing"]) == ([5], [2]) and found["row_type"] == ["test"]


@pytest.mark.parametrize("design", [DESIGN, dr.survey_design(psu="ward", replicates="jk1")])
def test_no_known_group_is_no_table(design):
    records = ROWS | {"sex": [None] * 8}
    found = dr.survey_test(records, design=design, group="sex", outcome="answer", by="shift")
    assert found["nobs"] == [0, 0, 0] and all(math.isnan(p) for p in found["pvalue"])
    assert set(found["flag"]) == {dr.Flag.NO_CASES}


def test_one_answer_is_no_table():
    found = dr.survey_test(ROWS | {"answer": ["yes"] * 8}, design=DESIGN, group="sex", outcome="answer")
    assert math.isnan(found["pvalue"][0]) and math.isnan(found["statistic"][0])
    assert found["flag"][0] & dr.Flag.UNDEFINED


BAD = [
    ({}, TypeError, "survey_test needs one of value=, a column of numbers, and outcome=, a column of answers"),
    ({"value": "hours", "outcome": "answer"}, TypeError, "survey_test needs one of value="),
    ({"value": "hours"}, TypeError, "survey_test needs reference= with value="),
    ({"outcome": "answer", "reference": "F"}, ValueError, "reference: a test of answers compares all groups at once"),
    ({"outcome": "answer", "method": "t"}, ValueError, "method: 't' is not for outcome=; that has 'rao-scott'"),
    (
        {"value": "hours", "reference": "F", "method": "wald"},
        ValueError,
        "method: 'wald' is not for value=; that has 't'",
    ),
    (
        {"outcome": "answer", "method": "rao-scot"},
        ValueError,
        "method: 'rao-scot' is not one of .*did you mean 'rao-scott'",
    ),
    ({"value": "hours", "reference": "Y"}, ValueError, "reference: 'Y' is not a label of 'sex'"),
    ({"outcome": "answer", "adjust": "sidak"}, ValueError, "adjust: 'sidak' is not one of 'holm'"),
    ({"outcome": "sex"}, ValueError, "outcome: 'sex' is already given as group|group: 'sex' is already given"),
    ({"outcome": "answer", "exclude": "maybe"}, ValueError, "exclude: 'maybe' is not a label of 'answer'"),
]


@pytest.mark.parametrize(("options", "error", "message"), BAD)
def test_bad_input_is_named(options, error, message):
    with pytest.raises(error, match=message):
        dr.survey_test(ROWS, design=DESIGN, group="sex", **options)
