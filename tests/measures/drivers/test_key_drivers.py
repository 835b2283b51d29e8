"""`dr.key_drivers`: R's shares from records, what each column says, every domain a row, and every bad input."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.data.confidence_drivers import SCALES
from dueregard.data.driver_population import DRIVERS

GOLDEN = Path(__file__).parents[2] / "inference" / "importance" / "r_relative_importance.json"
SWISS = json.loads(GOLDEN.read_text())["swiss"]
TOWNS = {name: np.array([row[name] for row in SWISS["data"]]) for name in ("Fertility", *SWISS["names"])}
SCORES = {question: SCALES[question] for question in ("good_job", *(i for items in DRIVERS.values() for i in items))}
CHOSEN = ["listens", "treats_fairly", "worry_asb"]


def made(seed=0, n=120, **more):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((n, 3)) + rng.standard_normal((n, 1))
    columns = {name: x[:, i] for i, name in enumerate("abc")}
    return columns | {"y": x @ [1.0, 0.5, 0.2] + rng.standard_normal(n), **more}


def drivers(data, **options):
    return dr.key_drivers(data, **{"outcome": "y", "drivers": ["a", "b", "c"], "n_replicates": 100} | options)


def of_drivers(findings, column):
    return np.array([row[column] for row in findings.rows() if row["row_type"] == "driver"], float)


def overall(findings, column):
    return [row[column] for row in findings.rows() if row["row_type"] == "overall"]


@pytest.fixture(scope="module")
def survey():
    return dr.data.example("confidence_drivers")


@pytest.fixture(scope="module")
def design():
    return dr.survey_design(weight="weight", stratum="borough", psu="sampling_point")


@pytest.fixture(scope="module")
def confidence(survey, design):
    return dr.key_drivers(
        survey, outcome="good_job", drivers=DRIVERS, scores=SCORES, exclude="Don't know", design=design
    )


def swiss():
    return dr.key_drivers(TOWNS, outcome="Fertility", drivers=SWISS["names"], n_replicates=100)


def test_shares_are_those_of_r():
    found = swiss()
    np.testing.assert_allclose(of_drivers(found, "explained") / 100, SWISS["lmg"], rtol=1e-9)
    np.testing.assert_allclose(of_drivers(found, "value") / 100, SWISS["lmg_rel"], rtol=1e-9)
    np.testing.assert_allclose(of_drivers(found, "alone") / 100, SWISS["first"], rtol=1e-9)
    np.testing.assert_allclose(of_drivers(found, "added_last") / 100, SWISS["last"], rtol=1e-9)
    np.testing.assert_allclose(np.square(of_drivers(found, "standardised")), SWISS["betasq"], rtol=1e-9)
    johnson = np.array(SWISS["johnson"]) / SWISS["R2"]
    np.testing.assert_allclose(of_drivers(found, "relative_weight") / 100, johnson, rtol=1e-8)
    assert overall(found, "explained")[0] / 100 == pytest.approx(SWISS["R2"], rel=1e-12)
    assert found["driver"] == [None, *SWISS["names"]]
    assert of_drivers(found, "rank").tolist() == [5, 2, 1, 4, 3]


def test_shares_sum_to_what_is_explained():
    for found in (swiss(), drivers(made(), controls=["c"], drivers=["a", "b"])):
        assert of_drivers(found, "explained").sum() == pytest.approx(overall(found, "explained")[0], rel=1e-12)
        assert of_drivers(found, "value").sum() == pytest.approx(100, rel=1e-12)


def test_gains_and_their_errors_are_those_of_robust_least_squares():
    sm = pytest.importorskip("statsmodels.api")
    data = made(w=np.random.default_rng(1).uniform(0.5, 3, 120))
    found = drivers(data, weight="w", points=2)
    fit = sm.WLS(data["y"], sm.add_constant(np.column_stack([data[c] for c in "abc"])), weights=data["w"]).fit(
        cov_type="HC0"
    )
    np.testing.assert_allclose(of_drivers(found, "gain"), 2 * fit.params[1:], rtol=1e-10)
    reach = (of_drivers(found, "gain_high") - of_drivers(found, "gain_low")) / 2
    from scipy.stats import t

    expected = 2 * fit.bse[1:] * np.sqrt(120 / 119) * t.ppf(0.975, 120 - 1 - 3)
    np.testing.assert_allclose(reach, expected, rtol=1e-9)
    assert overall(found, "explained")[0] / 100 == pytest.approx(fit.rsquared, rel=1e-12)


def test_limits_hold_the_estimate_and_lie_within_bounds(confidence):
    for value, low, high in (("value", "low", "high"), ("explained", "explained_low", "explained_high")):
        own, lower, upper = (of_drivers(confidence, each) for each in (value, low, high))
        assert (lower >= 0).all() and (lower < own).all() and (own < upper).all() and (upper <= 100).all()
    assert (of_drivers(confidence, "rank_low") <= of_drivers(confidence, "rank")).all()
    assert (of_drivers(confidence, "rank_high") >= of_drivers(confidence, "rank")).all()


def test_the_truth_of_the_example_is_within_the_limits(confidence):
    truth = dr.data.driver_truth()
    share, gain = np.array([*truth.share.values()]), np.array([*truth.gain.values()])
    half = (of_drivers(confidence, "high") - of_drivers(confidence, "low")) / 2
    assert (np.abs(of_drivers(confidence, "value") - share) < 2 * half).all()  # 4 standard errors
    assert (np.abs(of_drivers(confidence, "gain") - gain) < 0.4).all()
    level = np.array([*truth.level.values()])
    assert (np.abs(of_drivers(confidence, "performance") - level) < 2).all()
    assert confidence["best"][1:] == [100.0] * 4
    assert set(confidence["gain_unit"]) == {"points"}
    assert "bootstrap" in confidence["method"][1]


def test_rows_are_complete_and_those_left_out_are_counted(confidence, survey):
    nobs, lost = overall(confidence, "nobs")[0], overall(confidence, "outcome_missing")[0]
    answered = np.ones(len(survey["person"]), bool)
    for question, scale in SCORES.items():
        answered &= np.isin(np.asarray(survey[question]), scale)
    assert (nobs, lost) == (answered.sum(), (~answered).sum())
    (note,) = [note for note in confidence.notes if note.startswith("Complete rows only")]
    lacking = int((~np.isin(np.asarray(survey["listens"]), SCALES["listens"])).sum())
    assert f"{lacking:,} 'listens'" in note


def test_replicated_rows_are_weights():
    data = made(n=40)
    times = np.random.default_rng(2).integers(1, 4, 40)
    rows = {name: np.repeat(column, times) for name, column in data.items()}
    weighted = drivers(data | {"w": times.astype(float)}, weight="w")
    for column in ("value", "explained", "gain", "performance", "alone", "added_last", "relative_weight"):
        np.testing.assert_allclose(of_drivers(drivers(rows), column), of_drivers(weighted, column), rtol=1e-9)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_and_the_library_change_nothing(seed):
    rng = np.random.default_rng(seed)
    data = made(seed, n=50) | {"w": rng.uniform(1, 2, 50), "g": rng.choice(["m", "n"], 50)}
    order = rng.permutation(50)
    options = {"weight": "w", "by": "g"}
    first = drivers(data, **options).to_dict()
    shuffled = {name: column[order] for name, column in data.items()}
    frame = pd.DataFrame(shuffled)
    for same in (shuffled, frame, pl.from_pandas(frame)):
        again = drivers(same, **options).to_dict()
        for name in set(first) - {"provenance"}:
            assert repr(again[name]) == repr(first[name]), name


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 100), st.floats(-50, 50))
@settings(max_examples=15, deadline=None)
def test_units_of_drivers_change_only_gains(seed, factor, shift):
    data = made(seed)
    other = data | {"a": data["a"] * factor + shift}
    first, second = drivers(data), drivers(other)
    for column in ("value", "explained", "low", "high", "relative_weight"):
        np.testing.assert_allclose(of_drivers(first, column), of_drivers(second, column), rtol=1e-6, atol=1e-9)
    assert of_drivers(first, "gain")[0] == pytest.approx(of_drivers(second, "gain")[0] * factor, rel=1e-6)


def test_areas_and_groups_are_rows_of_their_own():
    rng = np.random.default_rng(3)
    data = made(n=300) | {"ward": rng.choice(["x", "z"], 300), "sex": rng.choice(["f", "m"], 300)}
    found = drivers(data, by="ward", group="sex")
    keys = list(dict.fromkeys(zip(found["ward"], found["group"], strict=True)))
    assert keys == [(None, "f"), (None, "m"), ("x", "f"), ("x", "m"), ("z", "f"), ("z", "m")]
    alone = drivers({name: column[(data["ward"] == "x") & (data["sex"] == "m")] for name, column in data.items()})
    own = found.filter(ward="x", group="m")
    for column in ("value", "explained", "gain", "performance"):
        np.testing.assert_allclose(of_drivers(own, column), of_drivers(alone, column), rtol=1e-9)
    assert sum(found["nobs"][:8:4]) == 300
    assert found["characteristic"][0] == "sex"


def test_columns_of_one_driver_come_together():
    data = made()
    found = dr.key_drivers(data, outcome="y", drivers={"two": ["a", "b"], "one": "c"}, n_replicates=100, points=1)
    each = drivers(data, points=1)
    assert found["driver"] == [None, "two", "one"]
    assert overall(found, "explained")[0] == pytest.approx(overall(each, "explained")[0], rel=1e-12)
    gain = of_drivers(each, "gain")
    np.testing.assert_allclose(of_drivers(found, "gain"), [gain[0] + gain[1], gain[2]], rtol=1e-10)
    assert np.isnan(of_drivers(found, "standardised")[0])
    assert of_drivers(found, "performance")[0] == pytest.approx((data["a"].mean() + data["b"].mean()) / 2)


def test_a_category_is_a_driver_without_a_level():
    rng = np.random.default_rng(4)
    data = made(kind=rng.choice(["p", "q", "r"], 120))
    data["y"] = data["y"] + (data["kind"] == "r")
    found = drivers(data, drivers=["a", "kind"])
    dummies = [(data["kind"] == label).astype(float) for label in ("q", "r")]
    same = dr.relative_importance(np.column_stack([data["a"], *dummies]), data["y"], groups=[(0,), (1, 2)])
    np.testing.assert_allclose(of_drivers(found, "explained") / 100, same.lmg, rtol=1e-9)
    assert np.isnan(of_drivers(found, "performance")[1]) and np.isnan(of_drivers(found, "gain")[1])
    assert not np.isnan(of_drivers(found, "low")[1])


def test_true_is_100_and_controls_are_held_equal():
    data = made()
    data["yes"] = data["a"] > 0
    found = drivers(data, drivers=["yes", "b"], controls=["c"])
    x = np.column_stack([100.0 * data["yes"], data["b"], data["c"]])
    same = dr.relative_importance(x, data["y"], groups=[(0,), (1,)], controls=[2])
    np.testing.assert_allclose(of_drivers(found, "explained") / 100, same.lmg, rtol=1e-9)
    assert overall(found, "by_controls")[0] / 100 == pytest.approx(same.control_r_squared)
    assert of_drivers(found, "performance")[0] == pytest.approx(100 * data["yes"].mean())
    assert np.isnan(overall(drivers(data), "by_controls")[0])


def test_a_positive_answer_is_100():
    data = made()
    data["said"] = np.where(data["y"] > 0, "Good", "Poor")
    found = drivers(data, outcome="said", positive="Good")
    same = drivers(data | {"y": 100.0 * (data["y"] > 0)})
    np.testing.assert_allclose(of_drivers(found, "gain"), of_drivers(same, "gain"), rtol=1e-12)
    assert found["gain_unit"][0] == "percentage points" and found["measure"][0] == "said (Good)"
    assert same["gain_unit"][0] is None


def test_replicates_of_a_design_give_the_limits():
    rng = np.random.default_rng(5)
    data = made(n=200, w=rng.uniform(1, 2, 200), s=np.repeat(np.arange(20), 10), u=np.tile([0, 1], 100))
    brr = drivers(data, design=dr.survey_design(weight="w", stratum="s", psu="u", replicates="brr", nest=True))
    assert "brr replicates" in brr["method"][0]
    assert (of_drivers(brr, "low") < of_drivers(brr, "value")).all()
    own = dr.survey_design(weight="w", stratum="s", psu="u", nest=True, replicates="bootstrap", n_replicates=150)
    assert "150 bootstrap replicates" in drivers(data, design=own)["method"][0]


def test_replicate_weights_that_came_with_the_data_are_those_of_the_jackknife():
    data = made(n=30)
    names = [f"r{i}" for i in range(30)]
    left_out = {name: np.where(np.arange(30) == i, 0.0, 30 / 29) for i, name in enumerate(names)}
    given = dr.survey_design(replicate_weights=names, replicates="jk1", weight="one")
    found = drivers(data | left_out | {"one": np.ones(30)}, design=given)
    made_here = drivers(data, design=dr.survey_design(replicates="jk1"))
    for column in ("low", "high", "explained_low", "explained_high", "se"):
        np.testing.assert_allclose(of_drivers(found, column), of_drivers(made_here, column), rtol=1e-8)


def test_a_full_count_has_no_limits():
    found = drivers(made(all=np.full(120, 120)), design=dr.survey_design(fpc="all"))
    assert np.isnan(of_drivers(found, "low")).all() and np.isnan(of_drivers(found, "gain_low")).all()
    assert dr.Flag.FULL_COUNT in found["flag"][0] and dr.Flag.NO_VARIANCE not in found["flag"][0]


def test_answers_that_all_count_alike_are_not_weighted():
    whole = drivers(made(one=np.ones(120), all=np.ones(120)), design=dr.survey_design(weight="one", fpc="all"))
    assert dr.Flag.FULL_COUNT in whole["flag"][0] and dr.Flag.EFFECTIVE_SIZE not in whole["flag"][0]
    assert not any("weighted" in text or "sample" in text for text in whole.sentences())
    unequal = drivers(made(one=np.arange(1.0, 121.0)), weight="one")
    assert dr.Flag.EFFECTIVE_SIZE in unequal["flag"][0]


def test_small_and_uniform_groups_have_flags_and_no_numbers():
    data = made(n=100, g=np.array(["big"] * 90 + ["few"] * 3 + ["same"] * 7))
    data["a"][93:] = 1.5
    found = drivers(data, group="g")
    few, same = found.filter(group="few"), found.filter(group="same")
    assert np.isnan(of_drivers(few, "value")).all() and np.isnan(overall(few, "explained")[0])
    assert dr.Flag.NOT_FITTED in few["flag"][0] and dr.Flag.SMALL_BASE in few["flag"][0]
    assert np.isnan(of_drivers(same, "value")).tolist() == [True, False, False]
    assert dr.Flag.ALL_ALIKE in same["flag"][1] and dr.Flag.ALL_ALIKE not in same["flag"][2]


def test_drivers_that_cannot_be_told_apart_in_a_group_have_a_flag():
    data = made(n=100, g=np.repeat(["one", "two"], 50))
    data["c"][50:] = data["a"][50:] - data["b"][50:]
    two = drivers(data, group="g").filter(group="two")
    assert dr.Flag.COLLINEAR in two["flag"][0] and np.isnan(of_drivers(two, "value")).all()


def test_one_cluster_says_nothing_of_chance():
    data = made(psu=np.array(["p"] * 60 + ["q"] * 60), g=np.array(["one"] * 60 + ["two"] * 60))
    found = drivers(data, group="g", design=dr.survey_design(psu="psu"))
    assert dr.Flag.ONE_CLUSTER in found["flag"][0]
    assert np.isnan(of_drivers(found, "low")).all() and np.isnan(of_drivers(found, "gain_low")).all()
    assert not np.isnan(of_drivers(found, "value")).any()


def test_collinear_drivers_are_named_or_pooled():
    data = made()
    data["d"] = data["a"] + data["b"]
    with pytest.raises(ValueError, match=r"drivers: 'd' is made of 'a' and 'b', so that nobody can tell them apart"):
        drivers(data, drivers=["a", "b", "c", "d"])
    found = drivers(data, drivers=["a", "b", "c", "d"], collinear="pool")
    assert found["driver"] == [None, "a + b + d", "c"]
    same = drivers(data, drivers={"a + b + d": ["a", "b"], "c": "c"})
    np.testing.assert_allclose(of_drivers(found, "value"), of_drivers(same, "value"), rtol=1e-9)
    assert any("'a + b + d' are made of one another" in note for note in found.notes)
    with pytest.raises(ValueError, match="collinear: every driver is made of the others"):
        drivers(data | {"b": data["a"] * 2}, drivers=["a", "b"], collinear="pool")
    with pytest.raises(ValueError, match="drivers: 'b' is made of 'a', so that nobody can tell them apart"):
        drivers(data | {"b": data["a"] * 2}, drivers=["b", "c"], controls=["a"], collinear="pool")


def test_many_drivers_have_limits_from_some_orders():
    rng = np.random.default_rng(6)
    x = rng.standard_normal((400, 17)) + rng.standard_normal((400, 1))
    data = {f"x{i}": x[:, i] for i in range(17)} | {"y": x[:, 0] + x[:, 1] + 3 * rng.standard_normal(400)}
    found = drivers(data, drivers=[f"x{i}" for i in range(17)])
    assert of_drivers(found, "value").sum() == pytest.approx(100, rel=1e-12)
    assert (of_drivers(found, "low") < of_drivers(found, "value")).all()
    assert (of_drivers(found, "high") > of_drivers(found, "value")).all()


def test_a_logit_has_mcfadden_shares(survey, design):
    found = dr.key_drivers(
        survey, outcome="good_job", positive=["Good", "Excellent"], drivers=CHOSEN,
        scores={c: SCALES[c] for c in CHOSEN}, exclude="Don't know", design=design, model="logit",
    )  # fmt: skip
    assert of_drivers(found, "value").sum() == pytest.approx(100, rel=1e-9)
    assert of_drivers(found, "explained").sum() == pytest.approx(overall(found, "explained")[0], rel=1e-9)
    assert (of_drivers(found, "low") < of_drivers(found, "value")).all()
    assert (of_drivers(found, "gain_low") < of_drivers(found, "gain")).all()
    assert np.isnan(of_drivers(found, "relative_weight")).all()
    assert "McFadden" in found["method"][0]


def test_a_logit_is_that_of_statsmodels():
    sm = pytest.importorskip("statsmodels.api")
    data = made(n=300)
    data["said"] = np.where(data["y"] > 0, "yes", "no")
    found = drivers(data, outcome="said", positive="yes", model="logit", points=0.5)
    x = sm.add_constant(np.column_stack([data[c] for c in "abc"]))
    fit = sm.Logit(data["y"] > 0, x).fit(disp=0)
    assert overall(found, "explained")[0] / 100 == pytest.approx(fit.prsquared, rel=1e-8)
    more = x.copy()
    more[:, 1] += 0.5
    assert of_drivers(found, "gain")[0] == pytest.approx(100 * (fit.predict(more) - fit.predict(x)).mean(), rel=1e-6)


def test_a_logit_that_has_no_fit_has_a_flag():
    data = made()
    data["said"] = np.where(data["a"] > 0, "yes", "no")
    found = drivers(data, outcome="said", positive="yes", model="logit")
    assert dr.Flag.NOT_FITTED in found["flag"][0] and np.isnan(of_drivers(found, "value")).all()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"drivers": ["a", "b", "y"]}, ValueError, "drivers: 'y' is the outcome already"),
        ({"drivers": ["a"]}, ValueError, "drivers: there is only 'a'; what is explained is shared"),
        ({"drivers": []}, ValueError, "drivers: there is none"),
        ({"drivers": "ab"}, TypeError, "drivers: 'ab' is one column; pass a list"),
        ({"drivers": ["a", "a"]}, ValueError, "drivers: 'a' is there twice"),
        ({"drivers": {"x": ["a", "b"], "z": "a"}}, ValueError, "drivers: 'a' is already in driver 'x'"),
        ({"drivers": {"x": [], "z": "a"}}, ValueError, "drivers: 'x' has no column"),
        ({"drivers": {1: "a", "z": "b"}}, TypeError, "drivers: 1 is not the name of a driver"),
        ({"drivers": ["a", 3]}, TypeError, "drivers: 3 is not the name of a column"),
        ({"drivers": ["a", "nope"]}, ValueError, "no column 'nope'"),
        ({"controls": ["a"]}, ValueError, "controls: 'a' is already in driver 'a'"),
        ({"group": "a"}, ValueError, "drivers: 'a' is the group already"),
        ({"by": "a"}, ValueError, "drivers: 'a' is given as by already"),
        ({"model": "probit"}, ValueError, "model: 'probit' is not one of 'linear', 'logit'"),
        ({"collinear": "drop"}, ValueError, "collinear: 'drop' is not one of"),
        ({"points": 0}, ValueError, "points: 0 is not a finite number above 0"),
        ({"n_replicates": 20}, ValueError, "n_replicates: 20 are too few for limits"),
        ({"unit": "wards"}, ValueError, "unit: 'wards' is not one of"),
        ({"scores": ["a"]}, TypeError, "scores: a dict of column to labels"),
        ({"model": "logit"}, ValueError, "model: 'y' has 120 different values, too many for a logit"),
        ({"weight": "a", "design": dr.survey_design()}, ValueError, "weight: the design has the weights"),
        ({"higher_is_better": "yes"}, TypeError, "higher_is_better: 'yes' is neither True nor False"),
    ],
)  # fmt: skip
def test_bad_arguments_are_named(options, error, message):
    with pytest.raises(error, match=message):
        drivers(made(), **options)


def test_more_than_25_drivers_are_refused():
    data = made() | {f"x{i}": np.arange(120.0) ** i for i in range(26)}
    with pytest.raises(ValueError, match="drivers: 26 are more than 25"):
        drivers(data, drivers=[f"x{i}" for i in range(26)])


def test_bad_columns_are_named():
    data = made()
    with pytest.raises(ValueError, match="drivers: 'a' is the same in all complete rows, and explains nothing"):
        drivers(data | {"a": np.ones(120)})
    with pytest.raises(ValueError, match="controls: 'd' is the same in all complete rows"):
        drivers(data | {"d": np.ones(120)}, controls=["d"])
    with pytest.raises(ValueError, match="drivers: 'a' is the same in all complete rows"):
        drivers(data | {"a": np.full(120, "x")})
    with pytest.raises(ValueError, match="outcome: 'y' is the same in all complete rows"):
        drivers(data | {"y": np.ones(120)})
    with pytest.raises(ValueError, match="drivers: 4 complete rows for a model with 4 coefficients, which needs more"):
        drivers({name: column[:4] for name, column in data.items()})
    with pytest.raises(ValueError, match="outcome: 'y' is not a column of numbers"):
        drivers(data | {"y": np.full(120, "x")})
    with pytest.raises(ValueError, match="inf at row 3 of 'a' is infinite"):
        drivers(data | {"a": np.where(np.arange(120) == 3, np.inf, data["a"])})
    with pytest.raises(TypeError, match="data: a Tally has no rows, which drivers need; pass the records"):
        drivers(dr.tally({"a": ["x"]}, "a"))


def test_a_table_of_areas_is_refused_or_labelled():
    data = made(ward=np.array([f"w{i}" for i in range(120)]))
    with pytest.raises(ValueError, match="unit: each of the 120 rows is another 'ward'"):
        drivers(data)
    assert any("not people" in note for note in drivers(data, unit="areas").notes)


def test_a_level_that_one_group_lacks_is_no_obstacle():
    rng = np.random.default_rng(7)
    kind = np.concatenate([rng.choice(["p", "q"], 60), rng.choice(["p", "q", "r"], 60)])
    found = drivers(made(kind=kind, g=np.repeat(["one", "two"], 60)), drivers=["a", "kind"], group="g")
    assert not np.isnan(of_drivers(found, "value")).any()


def test_calibrated_weights_have_limits_too():
    data = made(sex=np.tile(["f", "m"], 60), w=np.full(120, 2.0), psu=np.arange(120) // 4)
    totals = {"sex": {"f": 120.0, "m": 120.0}}
    for model in ("linear", "logit"):
        data["y"] = np.where(data["y"] > 0, 100.0, 0.0)
        design = dr.survey_design(weight="w", psu="psu", population_totals=totals)
        found = drivers(data, design=design, model=model)
        plain = drivers(data, design=dr.survey_design(weight="w", psu="psu"), model=model)
        np.testing.assert_allclose(of_drivers(found, "value"), of_drivers(plain, "value"), rtol=1e-9)
        assert (of_drivers(found, "low") < of_drivers(found, "value")).all()
        assert dr.Flag.CLUSTERED in found["flag"][0] and dr.Flag.EFFECTIVE_SIZE not in found["flag"][0]  # all are 2
        assert found["degrees_of_freedom"][0] == 29


def test_only_surveys_have_degrees_of_freedom():
    assert "degrees_of_freedom" not in drivers(made()).columns or set(drivers(made())["degrees_of_freedom"]) == {None}


def test_rows_left_out_still_count_as_sampled():
    data = made(psu=np.arange(120) // 4, sex=np.repeat(["f", "m"], 60))
    design = dr.survey_design(psu="psu")
    where = data["sex"] == "f"
    kept = drivers(data, design=design, where=where)
    own = drivers(data, design=design, group="sex").filter(group="f")
    for column in ("value", "gain", "gain_low", "se", "low"):
        np.testing.assert_allclose(of_drivers(kept, column), of_drivers(own, column), rtol=1e-9)


@pytest.mark.parametrize("model", ["linear", "logit"])
def test_given_and_made_replicates_of_any_model(model):
    data = made(n=60, one=np.ones(60))
    data["y"] = np.where(data["y"] > 0, 100.0, 0.0)
    names = [f"r{i}" for i in range(60)]
    data |= {name: np.where(np.arange(60) == i, 0.0, 60 / 59) for i, name in enumerate(names)}
    given = drivers(data, design=dr.survey_design(replicate_weights=names, replicates="jk1", weight="one"), model=model)
    made_here = drivers(data, design=dr.survey_design(replicates="jk1"), model=model)
    for column in ("low", "high", "gain_low", "se"):
        np.testing.assert_allclose(of_drivers(given, column), of_drivers(made_here, column), rtol=1e-6)


def test_a_logit_of_many_drivers_has_orders_drawn():
    rng = np.random.default_rng(8)
    x = rng.standard_normal((300, 11))
    data = {f"x{i}": x[:, i] for i in range(11)} | {"y": 100.0 * (x[:, 0] + rng.standard_normal(300) > 0)}
    found = drivers(data, drivers=list(data)[:-1], model="logit", n_orders=20)
    assert dr.Flag.SAMPLED_ORDERS in found["flag"][1] and "orders of drivers" in found["method"][0]
    assert of_drivers(found, "value").sum() == pytest.approx(100, rel=1e-9)
    assert of_drivers(found, "rank")[0] == 1


def test_a_logit_without_a_fit_says_which_driver_tells_answers_apart():
    data = made()
    data["said"] = np.where(data["a"] > 0, "yes", "no")
    found = drivers(data, outcome="said", positive="yes", model="logit")
    assert any(note.startswith("'a' tells answers apart without an error") for note in found.notes)


def test_a_driver_that_differs_by_little_beside_another_groups_outlier_is_not_alike():
    data = made(n=200, group=np.repeat(["one", "other"], 100))
    plain = of_drivers(drivers(data, group="group"), "value")
    data["a"] = data["a"].copy()
    data["a"][150] = 1e8
    np.testing.assert_allclose(of_drivers(drivers(data, group="group"), "value")[:3], plain[:3], rtol=1e-6)


@pytest.mark.parametrize("offset", [1e9, 30_000.0, 2010.0])
def test_large_offsets_change_nothing(offset):
    data = made(n=200)
    data["a"] = np.round(data["a"])
    moved = data | {"a": data["a"] + offset, "y": data["y"] + offset}
    for column in ("value", "low", "high", "gain", "gain_low"):
        np.testing.assert_allclose(of_drivers(drivers(moved), column), of_drivers(drivers(data), column), rtol=1e-6)


@pytest.mark.parametrize("model", ["linear", "logit"])
def test_an_outcome_that_is_the_same_in_a_group_has_a_flag_and_no_gain(model):
    data = made(n=200, group=np.repeat(["one", "other"], 100))
    yes = np.where((data["y"] > 0) | (data["group"] == "one"), "Yes", "No")
    found = drivers(data | {"y": yes}, positive="Yes", group="group", model=model).rows()
    one = [row for row in found if row["group"] == "one"]
    assert all(dr.Flag.NOT_FITTED in row["flag"] for row in one)
    assert all(np.isnan(row[column]) for row in one for column in ("value", "explained", "gain", "low", "gain_high"))


@pytest.mark.parametrize("model", ["linear", "logit"])
def test_the_level_that_comes_first_may_be_missing_in_an_area(model):
    rng = np.random.default_rng(1)
    data = made(n=300, area=np.repeat(["north", "south"], 150))
    data["a"] = np.where((data["area"] == "north") & (rng.random(300) < 0.3), "always", rng.choice(["m", "z"], 300))
    data["y"] = np.where(data["y"] > 0, "Yes", "No")
    found = drivers(data, by="area", positive="Yes", model=model).rows()
    south = {name: values[150:] for name, values in data.items() if name != "area"}
    alone = list(drivers(south, positive="Yes", model=model).rows())
    own = [row for row in found if row["area"] == "south"]
    for column in ("value", "explained", "gain", "alone"):
        np.testing.assert_allclose([row[column] for row in own], [row[column] for row in alone], rtol=1e-9)


@pytest.mark.parametrize("model", ["linear", "logit"])
def test_a_driver_with_a_column_that_does_not_vary_in_a_group_has_a_share_and_no_gain(model):
    data = made(n=200, group=np.repeat(["one", "other"], 100))
    data["a"] = np.where(data["group"] == "one", 3.0, data["a"])
    data["y"] = np.where(data["y"] > 0, "Yes", "No")
    asked = {"ab": ["a", "b"], "c": "c"}
    found = drivers(data, drivers=asked, positive="Yes", group="group", model=model).rows()
    one = {row["driver"]: row for row in found if row["group"] == "one"}
    assert one["ab"]["value"] > 0 and np.isnan(one["ab"]["gain"]) and np.isfinite(one["c"]["gain"])


def test_a_driver_that_is_the_same_in_a_group_has_no_limits_there():
    data = made(n=200, group=np.repeat(["one", "other"], 100))
    data["a"] = np.where(data["group"] == "one", 3.0, data["a"])
    row = next(row for row in drivers(data, group="group").rows() if row["driver"] == "a")
    assert dr.Flag.ALL_ALIKE in row["flag"]
    assert all(np.isnan(row[name]) for name in ("low", "high", "se", "explained_low", "explained_high", "rank_low"))


def test_no_limit_of_a_share_is_below_0():
    rng = np.random.default_rng(9)
    data = {"a": rng.integers(1, 6, 100).astype(float), "c": rng.integers(1, 6, 100).astype(float)}
    data["y"] = np.where(data["a"] + 1.5 * rng.standard_normal(100) > 3, "Yes", "No")
    found = drivers(data, drivers=["a", "c"], positive="Yes", model="logit", n_replicates=1000)
    for column in ("low", "explained_low"):
        assert (of_drivers(found, column) >= 0).all()


def test_ranks_know_how_few_clusters_there_are():
    data = made(n=200)
    few = drivers(data | {"place": np.arange(200) % 2}, design=dr.survey_design(psu="place"), n_replicates=1000)
    strata = data | {"place": np.arange(200) // 5, "stratum": np.arange(200) // 5}
    none = drivers(strata, design=dr.survey_design(stratum="stratum", psu="place"))
    assert max(of_drivers(few, "rank_high") - of_drivers(few, "rank_low")) == 2
    assert np.isnan(of_drivers(none, "rank_low")).all()


def test_points_beyond_every_difference_have_a_note():
    data = made(n=100)
    assert any("10 more of 'a', 'b', 'c' is more than" in note for note in drivers(data).notes)
    assert not any("is more than" in note for note in drivers(data, points=1).notes)


def test_numbers_can_be_left_out_as_answers_are():
    data = made(n=100)
    data["a"] = np.where(np.arange(100) % 10 == 0, 99.0, data["a"])
    found, some = drivers(data, exclude=[99]), np.arange(100) % 10 > 0
    np.testing.assert_allclose(
        of_drivers(found, "value"), of_drivers(drivers({k: v[some] for k, v in data.items()}), "value"), rtol=1e-9
    )
    with pytest.raises(ValueError, match="exclude: 98 is an answer to none of 'y', 'a', 'b', 'c'"):
        drivers(data, exclude=[98])


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        ({"b": np.full(120, np.nan)}, {}, "drivers: 'b' has no answer in any row"),
        ({"b": np.repeat([np.nan, 1.0], [119, 1])}, {}, "drivers: 1 complete rows .* 119 rows lack 'b'"),
        ({"y": np.full(120, np.nan)}, {}, "outcome: 'y' has no answer in any row"),
        ({"y": np.arange(120.0), "c": 3 - 2 * np.arange(120.0)}, {}, "outcome: 'y' is made of 'c', and leaves nothing"),
        ({"y": np.full(120, 4.0)}, {}, "outcome: 'y' is the same in all complete rows, and leaves nothing to explain"),
        ({"w": np.repeat([1.0, 0.0], [4, 116])}, {"weight": "w"}, "4 complete rows with a weight above 0 for a model"),
        ({"gain": np.repeat(["n", "s"], 60)}, {"by": "gain"}, "by: 'gain' is the name of a column of the findings"),
    ],
)
def test_data_that_leave_nothing_to_find_out_are_refused(change, options, message):
    with pytest.raises(ValueError, match=message):
        drivers(made() | change, **options)


def test_a_logit_by_area_has_the_same_limits_whether_draws_are_held_or_not(monkeypatch):
    rng = np.random.default_rng(4)
    data = made(n=300, area=np.repeat(["north", "south", "west"], 100), weight=rng.uniform(0.5, 2, 300))
    data = {name: np.round(values, 1) if values.dtype.kind == "f" else values for name, values in data.items()}
    data["y"] = np.where(data["y"] > 0, "Yes", "No")
    design = dr.survey_design(weight="weight", stratum="area")
    asked = {"by": "area", "positive": "Yes", "model": "logit", "design": design}
    held = drivers(data, **asked)
    for most in (100 * 100, 0):  # those of an area alone, none
        monkeypatch.setattr("dueregard.measures.drivers.logit_fits.MOST_HELD", most)
        again = drivers(data, **asked)
        for column in ("low", "high", "explained_high"):
            np.testing.assert_allclose(of_drivers(again, column), of_drivers(held, column), rtol=1e-9, atol=1e-12)


def test_the_order_of_rows_changes_no_limit_of_a_logit():
    data = made(n=200, area=np.repeat(["north", "south"], 100))
    data["y"] = np.where(data["y"] > 0, "Yes", "No")
    order = np.random.default_rng(1).permutation(200)
    asked = {"by": "area", "positive": "Yes", "model": "logit"}
    one, other = (drivers(each, **asked) for each in (data, {k: v[order] for k, v in data.items()}))
    np.testing.assert_allclose(of_drivers(one, "low"), of_drivers(other, "low"), rtol=1e-9)
