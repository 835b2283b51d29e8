"""Scorecards of plans and of findings: targets met, not met, or too few to tell; a word and a shape for each."""

import math

import pytest

import dueregard as dr
from dueregard.plans.card_verdicts import SYMBOLS

from .conftest import ON, only


def answers(yes, no, area=None):
    data = {"answer": ["yes"] * yes + ["no"] * no}
    return data | ({"borough": area} if area else {})


def share(data, **options):
    return dr.share(data, of="answer", **({"higher_is_better": True} | options)).filter(group="yes")


@pytest.mark.parametrize(
    ("yes", "target", "verdict"),
    [(700, 60, "target met"), (700, 80, "target not met"), (700, 71, "too few to tell"), (700, 68, "too few to tell")],
)
def test_a_share_is_held_against_its_target_by_its_interval(yes, target, verdict):
    found = dr.scorecard({"yes": share(answers(yes, 1000 - yes))}, {"yes": target})
    row = only(found, measure="yes")
    told = dr.proportion_interval(yes, 1000)
    assert (row["value"], row["low"], row["high"]) == pytest.approx((yes / 10, 100 * told.low, 100 * told.high))
    assert (row["verdict"], row["symbol"], row["target"]) == (verdict, SYMBOLS[verdict], target)


def test_a_gap_is_held_against_its_target_by_its_own_interval():
    data = {"ok": ["y"] * 740 + ["n"] * 260 + ["y"] * 1620 + ["n"] * 380, "group": ["BME"] * 1000 + ["White"] * 2000}
    gap = dr.gap(data, outcome="ok", positive="y", group="group", reference="White", confidence_level=[0.95, 0.99])
    row = only(dr.scorecard({"gap": gap}, {"gap": -3}))
    told = dr.compare_proportions(740, 1000, 1620, 2000)
    assert (row["value"], row["low"], row["high"]) == pytest.approx([100 * each for each in told[:3]])
    assert row["verdict"] == "target not met"
    assert only(dr.scorecard({"gap": gap}, {"gap": (-3, "2030-01-01")}, on="2012-01-01"))["verdict"] == "not met yet"
    assert only(dr.scorecard({"gap": gap}, {"gap": (-3, "2011-01-01")}, on="2012-01-01"))["verdict"] == "target not met"
    assert (
        "Targets judged at 2012-01-01" in dr.scorecard({"gap": gap}, {"gap": (-3, "2011-01-01")}, on="2012-01-01").notes
    )
    assert only(dr.scorecard({"gap": gap}))["verdict"] == "no target was set"


def test_no_value_and_no_precision_cannot_be_told():
    none = dr.Findings({"value": [math.nan], "row_type": ["group"]}, higher_is_better=True)
    bare = dr.Findings({"value": [70.0], "row_type": ["group"]}, higher_is_better=True)
    full = dr.Findings({"value": [70.0], "row_type": ["group"], "flag": [dr.Flag.FULL_COUNT]}, higher_is_better=True)
    found = dr.scorecard({"none": none, "bare": bare, "full": full}, dict.fromkeys(("none", "bare", "full"), 70))
    assert found["verdict"] == ["cannot tell", "cannot tell", "target met"]


def test_scores_by_unit():
    scores = dr.Findings(
        {"unit": ["Sutton", "Brent"], "value": [50.0, 100.0], "low": [50.0, 100.0], "high": [61.0, 100.0],
         "row_type": ["group"] * 2}, by="unit", higher_is_better=True,
    )  # fmt: skip
    found = dr.scorecard({"score": scores}, {"score": 60}, by="unit")
    assert list(zip(found["unit"], found["verdict"], strict=True)) == [
        ("Sutton", "too few to tell"), ("Brent", "target met"),
    ]  # fmt: skip
    assert any("of many rows a few will be out by chance" in note for note in found.notes)
    with pytest.raises(ValueError, match="'score' has a row for each unit and none for all; give by="):
        dr.scorecard({"score": scores})


def test_by_area_and_over_all():
    data = answers(70, 30, ["Sutton"] * 50 + ["Brent"] * 50)
    found = share(data, by="borough")
    assert dr.scorecard({"yes": found})["value"] == [70.0]
    card = dr.scorecard({"yes": found, "all": share(answers(1, 1))}, by="borough").filter(row_type="group")
    assert list(zip(card["measure"], card["borough"], card["value"], strict=True)) == [
        ("yes", None, 70.0), ("yes", "Brent", 40.0), ("yes", "Sutton", 100.0), ("all", None, 50.0),
    ]  # fmt: skip


def test_a_plan_has_the_verdicts_of_its_progress(example):
    found = dr.scorecard(example)
    progress = example.progress()
    said = [*progress["course"][:-1], "too few to tell if it changed"]
    assert progress["course"][-1] == "no target was set"
    assert found["verdict"] == said
    assert found["symbol"] == [SYMBOLS[verdict] for verdict in said]
    assert "No target was set for 2 of 5 measures: of these it is said how they changed" in found.notes
    assert found["change_verdict"][0] == "too few to tell"
    assert found["value"][3] == pytest.approx(100 * 71 / 73)
    given = dr.scorecard(example, {"complaints": (30, "2012-03-31")})
    assert only(given, measure_id="complaints")["verdict"] == "target met"


def test_areas_of_a_plan(base):
    base["readings"].append({"measure": "m", "period": "2010/11 Q1", "count": 240, "nobs": 250, "area": "Sutton"})
    found = dr.scorecard(dr.plan(base, on=ON), {"m": 90}, by="area")
    assert list(zip(found["area"], found["verdict"], strict=True)) == [(None, "cannot tell"), ("Sutton", "target met")]


def test_every_verdict_has_a_shape_and_no_shape_means_both_ways():
    good, bad = {"target met", "on course"}, {"target not met", "off course", "not met yet"}
    assert {SYMBOLS[word] for word in good}.isdisjoint(SYMBOLS[word] for word in SYMBOLS if word not in good)
    assert {SYMBOLS[word] for word in bad}.isdisjoint(SYMBOLS[word] for word in SYMBOLS if word not in bad)


@pytest.mark.parametrize(("arguments", "options", "kind", "message"), [
    ((3,), {}, TypeError, "measures: a Plan or a dict of name to Findings, not int"),
    (({"a": 3},), {}, TypeError, "measures: 'a' holds int, not Findings by name"),
    (({"a": "f"}, {"b": 3}), {}, ValueError, "targets: there is no measure 'b'"),
    (({"a": "f"}, {"a": "3"}), {}, TypeError, "targets: 'a': '3' is not a number"),
    (({"a": "f"}, {"a": math.nan}), {}, ValueError, "targets: 'a' is nan, not a number that is finite"),
    (({"a": "f"}, {"a": (3, "soon")}), {}, ValueError, "targets: 'a': 'soon' is not a date"),
    (({"a": "f"}, [3]), {}, TypeError, "targets: a dict of name to target, not list"),
    (({"a": "f"},), {"by": "borough"}, ValueError, "by: 'borough' is no column of areas; they have none"),
    (({"a": "f"}, {"a": 3}), {"higher": None}, ValueError, "the findings 'a' do not say whether higher_is_better"),
])  # fmt: skip
def test_bad_arguments_are_refused(arguments, options, kind, message):
    higher = options.pop("higher", True) if "higher" in options else True
    findings = dr.Findings({"value": [1.0], "row_type": ["group"]}, higher_is_better=higher)
    first = {name: findings if value == "f" else value for name, value in arguments[0].items()} if isinstance(
        arguments[0], dict
    ) else arguments[0]  # fmt: skip
    with pytest.raises(kind, match=message):
        dr.scorecard(first, *arguments[1:], **options)


@pytest.mark.parametrize(("targets", "options", "message"), [
    (None, {"by": "borough"}, "by: 'borough' is neither None nor 'area'"),
    (None, {"on": "2011-03-01"}, "on: '2011-03-01' is not 2011-02-01, at which the plan is judged"),
    ({"m": 120}, {}, "targets: 120 for 'm' is outside 0 to 100"),
    ({"m": (75, "2010-01-01")}, {}, "targets: 2010-01-01 for 'm' is before the end of its baseline"),
])  # fmt: skip
def test_a_plan_refuses_what_does_not_fit_it(base, targets, options, message):
    with pytest.raises(ValueError, match=message):
        dr.scorecard(dr.plan(base, on=ON), targets, **options)
