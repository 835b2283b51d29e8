"""A survey is one argument more: gaps, shares and areas with the precision of the design."""

import csv
from pathlib import Path

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = Path(__file__).parents[1] / "inference" / "surveys" / "golden"
POSITIVE = ["Very satisfied", "Fairly satisfied"]
ASK = {"outcome": "satisfied", "positive": True, "group": "ethnicity", "reference": "White"}
DESIGN = dr.survey_design(weight="wt", stratum="borough", psu="ward")


def survey(seed=1, n_boroughs=3, n_wards=8, per_ward=12):
    """Made-up interviews whose answers are alike in wards, with unequal weights."""
    rng = np.random.default_rng(seed)
    n_clusters = n_boroughs * n_wards
    ward = np.repeat(np.arange(n_clusters), per_ward)
    minority = rng.random(len(ward)) < 0.35
    level = rng.beta(14, 6, n_clusters)[ward] - 0.08 * minority
    return {
        "satisfied": rng.random(len(ward)) < level,
        "ethnicity": np.where(minority, "Asian", "White"),
        "borough": np.array(["Barnet", "Camden", "Sutton"])[ward // n_wards % 3],
        "ward": np.array([f"W{i:03d}" for i in ward]),
        "wt": rng.uniform(0.5, 2.5, len(ward)),
    }


def first(found, **where):
    return next(found.filter(**where).rows())


def nearly_equal_clusters():
    """Eleven people in each of two areas and groups, in clusters whose shares happen to be as good as the same."""
    people = {"satisfied": [True, False] * 4 + [True, False, True], "ward": [1] * 4 + [2] * 4 + [3] * 3}
    table = {"satisfied": people["satisfied"] * 2, "ward": people["ward"] + [ward + 10 for ward in people["ward"]]}
    return table | {"wt": ([1.0] * 8 + [0.001] * 3) * 2, "place": ["A"] * 11 + ["B"] * 11}


def test_few_people_are_few_however_alike_their_clusters_are():
    table, design = nearly_equal_clusters(), dr.survey_design(weight="wt", psu="ward")
    ask = {"outcome": "satisfied", "positive": True, "design": design}
    gap = dr.gap(table, group="place", reference="A", **ask).to_dict()
    assert gap["nobs"] == [11, 11] and max(gap["effective_nobs"]) <= 11
    assert gap["low"][1] < -30 and gap["high"][1] > 30 and Flag.PRECISION_CAPPED in gap["flag"][1]
    assert all(Flag.SMALL_BASE in flag for flag in gap["flag"]) and Flag.SMALL_REFERENCE in gap["flag"][1]
    for found in (dr.survey_estimate(table, by="place", **ask), dr.funnel(table, by="place", **ask)):
        rows = list(found.filter(row_type="group").rows())
        assert all(Flag.SMALL_BASE in row["flag"] for row in rows if row["nobs"] == 11)


def one_who_disagrees(weight):
    """Two groups in which few disagree, and in one of them a single person, of this weight."""
    people = {"satisfied": [i % 9 != 0 for i in range(90)], "ward": [i % 13 for i in range(90)]}
    group = {"satisfied": [True] * 23 + [False], "ward": [i % 11 for i in range(24)]}
    table = {name: people[name] + group[name] for name in people}
    return table | {"wt": [1.0] * 113 + [weight], "place": ["A"] * 90 + ["B"] * 24}


@pytest.mark.parametrize("method", ["mover", "score"])
def test_one_with_next_to_no_weight_makes_nobody_sure(method):
    """Without the cap the interval of 23 people would be as narrow as that of thousands."""
    ask = {"outcome": "satisfied", "positive": True, "group": "place", "reference": "A", "method": method}
    design = dr.survey_design(weight="wt", psu="ward")
    one, none = (first(dr.gap(one_who_disagrees(w), **ask, design=design), group="B") for w in (1e-3, 0.0))
    assert Flag.PRECISION_CAPPED in one["flag"] and one["effective_nobs"] < 24
    for name in ("low", "high"):
        assert one[name] == pytest.approx(none[name], abs=2)
    assert one["verdict"].split(":")[0] == none["verdict"].split(":")[0]


@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
def test_groups_with_the_same_answers_in_every_cluster_do_not_tell_how_sure_their_gap_is(measure):
    one = {"satisfied": [i % 3 != 0 for i in range(40)] + [i % 4 != 0 for i in range(40)],
           "ward": [i % 8 for i in range(80)]}  # fmt: skip
    table = {name: values * 2 for name, values in one.items()} | {"place": ["A"] * 80 + ["B"] * 80}
    row = first(dr.gap(table, outcome="satisfied", positive=True, group="place", reference="A", measure=measure,
                       design=dr.survey_design(psu="ward")), group="B")  # fmt: skip
    assert np.isnan(row["se"]) and Flag.BORROWED_PRECISION in row["flag"]
    assert row["low"] < row["estimate"] < row["high"]


def test_who_is_left_out_may_weigh_next_to_nothing():
    table = {"satisfied": [True, False] * 10, "ward": [1, 2, 3, 4] * 5, "wt": [1e-30] + [1.0] * 19}
    table["place"] = ["A", "B"] * 10
    ask = {"outcome": "satisfied", "positive": True, "design": dr.survey_design(weight="wt", psu="ward")}
    kept = np.array(table["wt"]) == 1
    found = dr.survey_estimate(table, **ask, where=kept)
    assert found["nobs"] == [19] and found["value"][0] == pytest.approx(100 * 9 / 19)
    assert dr.gap(table, **ask, group="place", reference="A", where=kept)["nobs"] == [9, 10]
    with pytest.raises(ValueError, match="weight: 1e-30 at row 0 is nothing beside the largest, 1: give 0"):
        dr.survey_estimate(table, **ask)


def staff(everybody, weight=1.0):
    """A staff survey in two grades, with the number of staff in each."""
    table = {"grade": ["A"] * 30 + ["B"] * 20, "yes": ["y", "n"] * 20 + ["y"] * 10, "hours": list(range(50))}
    more = 0 if everybody else 1
    return table | {"staff": [30 + more] * 30 + [20 + more] * 20, "wt": [weight] * 50}


def test_everybody_is_no_sample():
    """A full count has no sampling error: neither an interval of its own nor one that is borrowed."""
    ask = {"outcome": "yes", "positive": "y"}
    measures = (
        lambda table, design: dr.gap(table, **ask, group="grade", reference="A", design=design),
        lambda table, design: dr.gap(table, **ask, group="grade", reference="A", design=design, method="wald"),
        lambda table, design: dr.share(table, of="grade", design=design),
        lambda table, design: dr.survey_estimate(table, **ask, by="grade", design=design),
        lambda table, design: dr.survey_estimate(table, value="hours", by="grade", design=design),
        lambda table, design: dr.survey_estimate(
            table, value="hours", statistic="quantile", quantiles=0.5, design=design
        ),
    )
    for measure in measures:
        design = dr.survey_design(stratum="grade", fpc="staff")
        for row in measure(staff(everybody=True), design).rows():
            assert Flag.FULL_COUNT in row["flag"] and not row["flag"] & (Flag.BORROWED_PRECISION | Flag.NO_VARIANCE)
            assert np.isnan([row["low"], row["high"]]).all() and not np.isnan(row["value"])
            assert row["verdict"] is None and row["method"] == "full count"
        sampled = measure(staff(everybody=False), design)
        assert not any(Flag.FULL_COUNT in flag for flag in sampled["flag"]) and not np.isnan(sampled["low"]).all()
        # one in two of the people of every cluster: the first stage is complete, the sample is not
        later = measure(staff(everybody=True, weight=2.0), dr.survey_design(stratum="grade", fpc="staff", weight="wt"))
        assert not any(Flag.FULL_COUNT in flag for flag in later["flag"])


def linearised(records, top, base, wanted=None):
    """Score of the share of ``top`` among ``base`` in every ward, straight from its definition, and the strata."""
    weight = records["wt"]
    share = (weight * top * base).sum() / (weight * base).sum()
    score = weight * base * (top - share) / (weight * base).sum()
    wards = np.unique(records["ward"])
    totals = np.array([score[records["ward"] == ward].sum() for ward in wards])
    boroughs = np.array([records["borough"][records["ward"] == ward][0] for ward in wards])
    return share, totals, boroughs


def standard_error(totals, boroughs):
    found = 0.0
    for borough in np.unique(boroughs):
        here = totals[boroughs == borough]
        found += len(here) / (len(here) - 1) * np.square(here - here.mean()).sum()
    return np.sqrt(found)


def test_task_the_survey_is_weighted(tmp_path):
    records = survey(n_wards=20)
    rng = np.random.default_rng(5)
    words = np.where(records["satisfied"], rng.choice(POSITIVE, len(records["wt"])), "Dissatisfied")
    words[::17] = "Don't know"
    ethnicity = records["ethnicity"].astype(object)
    ethnicity[::23] = ""
    path = tmp_path / "uss-2011-q3.csv"
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["satisfaction", "ethnicity", "borough", "ward", "wt"])
        writer.writerows(zip(words, ethnicity, records["borough"], records["ward"], records["wt"], strict=True))
    call = {
        "outcome": "satisfaction",
        "positive": ["Very satisfied", "Fairly satisfied"],
        "exclude": ["Don't know"],
        "group": "ethnicity",
        "reference": "White",
        "by": "borough",
    }
    plain = dr.gap(path, **call)
    found = dr.gap(path, **call, design=dr.survey_design(weight="wt", stratum="borough", psu="ward"))
    assert set(found.columns) - set(plain.columns) == {"effective_nobs", "design_effect", "degrees_of_freedom"}
    for name in ("group", "borough", "row_type", "count", "nobs", "outcome_missing", "reference_nobs"):
        assert found[name] == plain[name]
    assert [row["row_type"] for row in found.rows()][:4] == ["group", "reference", "group", "variation"]
    asked = {ward for ward, group, word in zip(records["ward"], ethnicity, words, strict=True)
             if group == "Asian" and word != "Don't know"}  # fmt: skip
    assert first(found, group="Asian")["degrees_of_freedom"] == len(asked) - 3
    assert found.sentences() and found.sentences()[0].count("interval") == 1


@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
def test_equal_weights_alone_are_no_design(measure):
    records = survey()
    records["same"] = np.full(len(records["wt"]), 2.5)
    plain = dr.gap(records, **ASK, measure=measure)
    design = dr.survey_design(weight="same")
    found = dr.gap(records, **ASK, measure=measure, method="score", design=design)
    for name in ("value", "estimate", "low", "high", "pvalue", "count", "nobs"):
        # the linearised variance has n / (n - 1), which is the correction of Miettinen and Nurminen
        assert found[name] == pytest.approx(plain[name], rel=1e-9, nan_ok=True), name
    n = len(records["wt"])
    assert found["effective_nobs"] == pytest.approx([each * (n - 1) / n for each in found["nobs"]])
    mover = dr.gap(records, **ASK, measure=measure, design=design)
    theirs = dr.gap(records, **ASK, measure=measure, method="newcombe" if measure == "difference" else "mover")
    for name in ("low", "high"):
        assert mover[name] == pytest.approx(theirs[name], rel=0.02, nan_ok=True)


@pytest.mark.parametrize(
    ("name", "design"),
    [
        ("apistrat", {"weight": "pw", "stratum": "stype", "fpc": "fpc"}),
        ("apistrat_nofpc", {"weight": "pw", "stratum": "stype"}),
        ("apiclus1", {"weight": "pw", "psu": "dnum", "fpc": "fpc"}),
        ("apiclus1_nofpc", {"weight": "pw", "psu": "dnum"}),
    ],
)
def test_standard_errors_are_those_of_r(name, design):
    import json

    golden = json.loads((GOLDEN / "r_survey_linearised.json").read_text())[name]
    with (GOLDEN / f"api_{name.removesuffix('_nofpc')}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    table = {column: np.array([row[column] for row in rows]) for column in ("awards", "sch.wide", "stype", "dnum")}
    table |= {column: np.array([float(row[column]) for row in rows]) for column in ("pw", "fpc")}
    asked = dr.survey_design(**design)
    expected = golden["by_schwide_prop_awards"]
    for method in ("mover", "wald", "score"):
        found = dr.gap(
            table, outcome="awards", positive="Yes", group="sch.wide", reference="No", method=method, design=asked
        )
        row = first(found, group="Yes")
        assert row["value"] == pytest.approx(100 * expected["est"][1], rel=1e-9)
        # the standard error of a share of 0 is 0, and the groups have no covariance with it
        assert row["se"] == pytest.approx(100 * expected["se"][1], rel=1e-9)
        assert first(found, group="No")["flag"] & Flag.BORROWED_PRECISION
    whole = first(dr.share(table, of="awards", design=asked), group="Yes")
    published = golden["ciprop_awards"]["mean"]
    assert (whole["value"], whole["se"]) == pytest.approx((100 * published["p"], 100 * published["se"]), rel=1e-9)
    assert whole["degrees_of_freedom"] == golden["degf"]


@pytest.mark.parametrize("reference", ["White", dr.REST, dr.OVERALL])
@pytest.mark.parametrize("by", [None, "borough"])
def test_standard_errors_follow_from_the_scores(reference, by):
    records = survey(4)
    records["ethnicity"] = np.where(np.arange(len(records["wt"])) % 7 == 0, "Black", records["ethnicity"])
    found = dr.gap(records, **{**ASK, "reference": reference}, by=by, design=DESIGN)
    everyone = np.ones(len(records["wt"]), bool)
    for area in [None] if by is None else [None, "Camden"]:
        inside = everyone if area is None else records["borough"] == area
        own = inside & (records["ethnicity"] == "Asian")
        other = {
            "White": inside & (records["ethnicity"] == "White"),
            dr.REST: inside & ~own,
            dr.OVERALL: inside,
        }[reference]
        one, scores, boroughs = linearised(records, records["satisfied"], own)
        two, others, _ = linearised(records, records["satisfied"], other)
        row = next(r for r in found.filter(group="Asian", row_type="group").rows() if by is None or r[by] == area)
        assert row["estimate"] == pytest.approx(100 * (one - two), rel=1e-9)
        assert row["se"] == pytest.approx(100 * standard_error(scores - others, boroughs), rel=1e-9)
        assert row["reference_value"] == pytest.approx(100 * two, rel=1e-9)


def test_a_mean_of_areas_has_the_scores_of_the_mean():
    records = survey(6)
    found = dr.gap(records, **ASK, by="borough", pool="mean", design=DESIGN)
    total = 0.0
    values = []
    for borough in np.unique(records["borough"]):
        inside = records["borough"] == borough
        one, scores, boroughs = linearised(records, records["satisfied"], inside & (records["ethnicity"] == "Asian"))
        two, others, _ = linearised(records, records["satisfied"], inside & (records["ethnicity"] == "White"))
        values.append(one - two)
        total = total + (scores - others) / 3
    row = first(found, group="Asian")
    assert row["estimate"] == pytest.approx(100 * np.mean(values), rel=1e-9)
    assert row["se"] == pytest.approx(100 * standard_error(total, boroughs), rel=1e-9)
    assert "mean of areas" in row["method"]


def test_a_force_figure_of_equal_allocation_is_weighted_to_the_population():
    """As many are asked in each borough, and one is ten times as large: its answers are those of most people."""
    rng = np.random.default_rng(0)
    borough = np.repeat(["Large", "Small"], 640)
    minority = np.tile([True, False], 640)
    chance = np.where(borough == "Large", 0.8, 0.5) - np.where(minority & (borough == "Small"), 0.3, 0.0)
    records = {
        "satisfied": rng.random(1280) < chance,
        "ethnicity": np.where(minority, "Asian", "White"),
        "borough": borough,
        "wt": np.where(borough == "Large", 10.0, 1.0),
    }
    design = dr.survey_design(weight="wt", stratum="borough")
    pooled, mean, counted = (
        first(dr.gap(records, **ASK, by="borough", **options), group="Asian")
        for options in ({"design": design}, {"design": design, "pool": "mean"}, {})
    )
    areas = dr.gap(records, **ASK, by="borough", design=design).filter(row_type="group", group="Asian")
    gaps = dict(zip(areas["borough"], areas["estimate"], strict=True))
    assert pooled["estimate"] == pytest.approx((10 * gaps["Large"] + gaps["Small"]) / 11, abs=0.3)
    assert mean["estimate"] == pytest.approx((gaps["Large"] + gaps["Small"]) / 2, rel=1e-9)
    assert counted["estimate"] == pytest.approx(mean["estimate"], abs=0.5)  # without weights a borough is a borough


def test_the_variation_of_areas_is_judged_by_the_design():
    records = survey(3, n_wards=10, per_ward=30)
    plain, found = (
        first(dr.gap(records, **ASK, by="borough", **o), row_type="variation") for o in ({}, {"design": DESIGN})
    )
    assert found["method"] == plain["method"] and found["pvalue"] != plain["pvalue"]
    alone = dict(records, alone=np.arange(len(records["wt"])), one=np.ones(len(records["wt"])))
    same = first(dr.gap(alone, **ASK, by="borough", design=dr.survey_design(weight="one")), row_type="variation")
    assert same["pvalue"] == pytest.approx(plain["pvalue"], rel=0.02)


def edges():
    """One respondent; all in one ward; nobody satisfied; everybody; no cases; nothing to say."""
    rows = [("One", "W1", True)]
    rows += [("OneWard", "W2", i < 3) for i in range(12)]
    rows += [("None", f"W{i % 6 + 1}", False) for i in range(30)]
    rows += [("All", f"W{i % 6 + 1}", True) for i in range(30)]
    rng = np.random.default_rng(2)
    rows += [("White", f"W{i % 6 + 1}", rng.random() < 0.8 - i % 6 / 20) for i in range(120)]
    group, ward, satisfied = (np.array(column) for column in zip(*rows, strict=True))
    return {"ethnicity": group, "ward": ward, "satisfied": satisfied, "wt": rng.uniform(1, 2, len(rows))}


@pytest.mark.parametrize("method", ["mover", "wald", "score"])
@pytest.mark.parametrize("reference", ["White", "All", dr.REST, dr.OVERALL])
def test_at_the_edge_there_is_an_interval_and_a_flag(method, reference):
    found = dr.gap(
        edges(), **{**ASK, "reference": reference}, method=method, design=dr.survey_design(weight="wt", psu="ward")
    )
    for row in found.filter(row_type="group").rows():
        assert -np.inf < row["low"] <= row["estimate"] <= row["high"] < np.inf and row["low"] < row["high"]
        assert row["pvalue"] == row["pvalue"] and row["effective_nobs"] <= row["nobs"] * 1.5
    for group in ("One", "OneWard", "None", "All"):
        flag = first(found, group=group)["flag"]
        assert flag & Flag.BORROWED_PRECISION and flag & Flag.CLUSTERED
    assert first(found, group="One")["effective_nobs"] == first(found, group="OneWard")["effective_nobs"] == 1
    shares = dr.share(edges(), of="ethnicity", design=dr.survey_design(weight="wt", psu="ward"))
    assert all(
        low < value < high for low, value, high in zip(shares["low"], shares["value"], shares["high"], strict=True)
    )


def test_both_at_the_edge_have_no_standard_error():
    found = dr.gap(edges(), **{**ASK, "reference": "All"}, design=dr.survey_design(weight="wt", psu="ward"))
    assert np.isnan(first(found, group="None")["se"]) and first(found, group="White")["se"] > 0


def test_flags_say_what_the_design_is():
    records = survey()
    alone = first(dr.gap(records, **ASK, design=dr.survey_design(weight="wt")), group="Asian")["flag"]
    wards = first(dr.gap(records, **ASK, design=dr.survey_design(psu="ward")), group="Asian")["flag"]
    assert alone & Flag.EFFECTIVE_SIZE and not alone & Flag.CLUSTERED
    assert wards & Flag.CLUSTERED and not wards & Flag.EFFECTIVE_SIZE
    lonely = records | {"borough": np.where(records["ward"] == "W000", "Alone", records["borough"])}
    flag = first(dr.gap(lonely, **ASK, design=DESIGN), group="Asian")["flag"]
    assert flag & Flag.LONELY_STRATUM and not wards & Flag.LONELY_STRATUM


def test_the_order_of_rows_and_threads_change_no_bit():
    records = survey(9)
    order = np.random.default_rng(1).permutation(len(records["wt"]))
    shuffled = {name: column[order] for name, column in records.items()}
    asks = [dr.gap(data, **ASK, by="borough", design=DESIGN, threads=n) for data in (records, shuffled) for n in (1, 2)]
    for name in asks[0].columns:
        for other in asks[1:]:
            assert str(asks[0][name]) == str(other[name]), name


def test_replicates_and_linearisation_nearly_agree():
    records = survey(2, n_wards=12)
    by_scores = first(dr.gap(records, **ASK, design=DESIGN), group="Asian")
    jackknife = dr.survey_design(weight="wt", stratum="borough", psu="ward", replicates="jkn")
    by_replicates = first(dr.gap(records, **ASK, design=jackknife), group="Asian")
    assert by_replicates["se"] == pytest.approx(by_scores["se"], rel=0.03)
    assert by_replicates["low"] == pytest.approx(by_scores["low"], abs=0.5)
    assert by_replicates["estimate"] == by_scores["estimate"]


def test_rows_left_out_leave_their_clusters_in_the_design():
    records = survey(8)
    kept = records["ward"] != "W001"
    domain = first(dr.gap(records, **ASK, where=kept, design=DESIGN), group="Asian")
    cut = first(dr.gap({n: c[kept] for n, c in records.items()}, **ASK, design=DESIGN), group="Asian")
    assert domain["estimate"] == cut["estimate"] and domain["nobs"] == cut["nobs"]
    assert domain["se"] != cut["se"]


def test_several_levels_and_adjustments_hold_together():
    found = dr.gap(survey(5), **ASK, by="borough", design=DESIGN, adjust="bonferroni", confidence_level=(0.95, 0.998))
    rows = list(found.filter(row_type="group", group="Asian").rows())
    for row in rows:
        assert row["simultaneous_low"] <= row["low"] <= row["estimate"] <= row["high"] <= row["simultaneous_high"]
        assert (row["low"] > 0 or row["high"] < 0) == (row["pvalue"] < 1 - row["confidence_level"])
    assert dr.gap(survey(5), **ASK, design=DESIGN, adjust="maximum")["adjusted_pvalue"][0] > 0


def test_a_full_count_has_no_intervals():
    found = dr.gap(survey(), **ASK, design=DESIGN, inference="none")
    assert np.isnan(found["low"]).all() and np.isnan(found["se"]).all()


TALLY = dr.tally(survey(), ["ethnicity"], outcome="satisfied")


@pytest.mark.parametrize(
    ("data", "options", "kind", "message"),
    [
        (TALLY, {"design": DESIGN}, TypeError, "design: a Tally has no clusters; pass the records"),
        (survey(), {"design": DESIGN, "weight": "wt"}, ValueError,
         "weight: the design has the weights; leave out weight="),
        (survey(), {"design": "wt"}, TypeError, "design must be made by dr.survey_design, not str"),
        (survey(), {"design": DESIGN, "count": "wt"}, ValueError,
         "count: rows of a survey are people asked; what each stands for is the design's weight"),
        (survey(), {"design": DESIGN, "method": "newcombe"}, ValueError,
         "method: 'newcombe' is not a method for the difference: 'mover', 'wald', 'score'"),
        (survey(), {"method": "mover"}, ValueError, "method: 'mover' is not a method for the difference: "),
        (survey(), {"design": DESIGN, "measure": "gap"}, ValueError, "measure: 'gap' is not one of "),
    ],
)  # fmt: skip
def test_bad_input(data, options, kind, message):
    with pytest.raises(kind) as error:
        dr.gap(data, **ASK, **options)
    assert str(error.value).startswith(message)


def test_areas_of_a_survey():
    records = survey(7)
    ask = {"outcome": "satisfied", "positive": True, "by": "borough", "design": DESIGN}
    share, scores, boroughs = linearised(records, records["satisfied"], records["borough"] == "Camden")
    for found in (dr.funnel(records, **ask), dr.shrink(records, **ask)):
        row = first(found, borough="Camden")
        assert row["value"] == pytest.approx(100 * share) and row["degrees_of_freedom"] == 7
        assert row["se"] == pytest.approx(100 * standard_error(scores, boroughs), rel=1e-9)
        assert row["effective_nobs"] * row["design_effect"] == pytest.approx(row["nobs"])
        assert row["flag"] & Flag.CLUSTERED
        whole = first(found, row_type="reference")
        weighted = (records["wt"] * records["satisfied"]).sum() / records["wt"].sum()
        assert whole["value"] == pytest.approx(100 * weighted)
    with pytest.raises(TypeError, match=r"^design: a survey's areas are counted from its records"):
        dr.funnel({"borough": ["A"], "n": [1], "of": [2]}, by="borough", count="n", nobs="of", design=DESIGN)
    with pytest.raises(TypeError, match=r"^design: a Tally has no clusters"):
        dr.shrink(dr.tally(records, ["borough"], outcome="satisfied"), **ask)


def test_shares_of_a_survey():
    records = survey(7)
    found = dr.share(records, of="ethnicity", by="borough", design=DESIGN)
    share, scores, boroughs = linearised(records, records["ethnicity"] == "Asian", records["borough"] == "Camden")
    row = first(found, borough="Camden", group="Asian")
    assert row["value"] == pytest.approx(100 * share)
    assert row["se"] == pytest.approx(100 * standard_error(scores, boroughs), rel=1e-9)
    assert row["low"] < row["value"] < row["high"]
    with pytest.raises(TypeError, match=r"^design: a Tally has no clusters"):
        dr.share(dr.tally(records, ["ethnicity"]), of="ethnicity", design=DESIGN)


def test_who_answers_against_who_lives_here():
    records, people = survey(7), dr.Tally(np.array([300, 700]), {"ethnicity": ["Asian", "White"]})
    plain = first(dr.representation(records, people, group="ethnicity", weight="wt"), group="Asian")
    found = first(dr.representation(records, people, group="ethnicity", design=DESIGN), group="Asian")
    assert found["estimate"] == pytest.approx(plain["estimate"])
    assert found["degrees_of_freedom"] == 21 and found["effective_nobs"] <= plain["effective_nobs"]
    assert (found["low"] > 1 or found["high"] < 1) == (found["pvalue"] < 0.05)
    with pytest.raises(ValueError, match=r"^design: levels of a survey are held against the whole by dr.gap"):
        dr.representation(records, dr.OVERALL, group="ethnicity", by="borough", design=DESIGN)
    with pytest.raises(ValueError, match=r"^method: 'exact' needs whole counts, and these staff"):
        dr.representation(records, people, group="ethnicity", method="exact", design=DESIGN)


ANSWERS = ["poor", "fair", "good"]


def scaled(seed=3):
    records = survey(seed)
    rng = np.random.default_rng(seed)
    records["answer"] = np.where(records["satisfied"], "good", rng.choice(["poor", "fair"], len(records["wt"])))
    return records


def test_whole_scales_of_a_survey():
    """The score of a probability of superiority: what the other group has below, less the probability itself."""
    records = scaled()
    ask = {"outcome": "answer", "scale": ANSWERS, "group": "ethnicity", "reference": "White"}
    row = first(dr.ordinal_gap(records, **ask, design=DESIGN), group="Asian")
    level = np.array([ANSWERS.index(each) for each in records["answer"]])
    own, other, weight = records["ethnicity"] == "Asian", records["ethnicity"] == "White", records["wt"]
    shares = {side: np.array([(weight * of * (level == k)).sum() for k in range(3)]) / (weight * of).sum()
              for side, of in (("own", own), ("other", other))}  # fmt: skip
    below = np.cumsum(shares["other"]) - shares["other"] / 2
    above = 1 - (np.cumsum(shares["own"]) - shares["own"] / 2)
    theta = (shares["own"] * below).sum()
    score = weight * own * (below[level] - theta) / (weight * own).sum()
    score += weight * other * (above[level] - theta) / (weight * other).sum()
    wards = np.unique(records["ward"])
    totals = np.array([score[records["ward"] == ward].sum() for ward in wards])
    boroughs = np.array([records["borough"][records["ward"] == ward][0] for ward in wards])
    assert row["estimate"] == pytest.approx(100 * (theta - 0.5), rel=1e-9)
    assert row["se"] == pytest.approx(100 * standard_error(totals, boroughs), rel=1e-9)
    assert row["low"] < row["estimate"] < row["high"] and row["degrees_of_freedom"] == 21
    assert (row["low"] > 0 or row["high"] < 0) == (row["pvalue"] < 0.05)


@pytest.mark.parametrize("reference", ["White", dr.REST, dr.OVERALL])
@pytest.mark.parametrize("measure", ["superiority", "cliffs-delta"])
def test_whole_scales_without_a_design_are_nearly_the_same(reference, measure):
    ask = {"outcome": "answer", "scale": ANSWERS, "group": "ethnicity", "reference": reference, "measure": measure}
    plain, found = (
        first(dr.ordinal_gap(scaled(), **ask, by="borough", design=each), group="Asian")
        for each in (None, dr.survey_design())
    )
    assert found["estimate"] == pytest.approx(plain["estimate"])
    assert (found["low"], found["high"]) == pytest.approx((plain["low"], plain["high"]), abs=0.4)


def test_scales_at_the_edge_have_intervals():
    records = edges()
    records["answer"] = np.where(records["satisfied"], "good", "poor")
    design = dr.survey_design(weight="wt", psu="ward")
    found = dr.ordinal_gap(records, outcome="answer", scale=ANSWERS, group="ethnicity", reference="All", design=design)
    for row in found.filter(row_type="group").rows():
        assert row["low"] < row["high"] and np.isfinite([row["low"], row["high"]]).all()
    assert first(found, group="None")["flag"] & Flag.BORROWED_PRECISION
    with pytest.raises(TypeError, match=r"^design: a Tally has no clusters"):
        dr.ordinal_gap(dr.tally(records, ["ethnicity"], outcome="answer"), outcome="answer", scale=ANSWERS,
                       group="ethnicity", reference="All", design=design)  # fmt: skip


def test_unknown_cases_of_a_sample_are_refused():
    with pytest.raises(ValueError, match=r"^design: unknown cases are put into one group or another as whole cases"):
        dr.unknowns(survey(), outcome="satisfied", positive=True, group="ethnicity", reference="White", design=DESIGN)


PEOPLE = {"ethnicity": ["Asian", "White"] * 3, "borough": [b for b in ("Barnet", "Camden", "Sutton") for _ in range(2)],
          "n": [4_000, 9_000, 5_000, 8_000, 3_000, 12_000]}  # fmt: skip
RATES = {"group": "ethnicity", "reference": "White", "period": "2011"}


def population():
    return dr.population(PEOPLE, group="ethnicity", count="n", date="2011", by="borough")


def test_events_told_in_a_survey_over_a_population():
    records = survey(4)
    happened = ~records["satisfied"]
    people = population()
    found = dr.proportionality(records, people, **RATES, by="borough", where=happened, design=DESIGN)
    for area in (None, "Camden"):
        row = next(r for r in found.filter(group="Asian", row_type="group").rows() if r["borough"] == area)
        inside = happened & ((records["borough"] == area) if area else True)
        own, other = (inside & (records["ethnicity"] == group) for group in ("Asian", "White"))
        totals = [(records["wt"] * side).sum() for side in (own, other)]
        size = [sum(n for n, g, b in zip(PEOPLE["n"], PEOPLE["ethnicity"], PEOPLE["borough"], strict=True)
                    if g == group and area in (None, b)) for group in ("Asian", "White")]  # fmt: skip
        rates = [1000 * total / n for total, n in zip(totals, size, strict=True)]
        assert (row["value"], row["reference_value"]) == pytest.approx(rates)
        assert row["estimate"] == pytest.approx(rates[0] / rates[1]) and row["count"] == own.sum()
        wards = np.unique(records["ward"])
        score = records["wt"] * (own / totals[0] - other / totals[1])
        scores = np.array([score[records["ward"] == ward].sum() for ward in wards])
        boroughs = np.array([records["borough"][records["ward"] == ward][0] for ward in wards])
        error = standard_error(scores, boroughs)  # of the logarithm of the ratio
        reached = np.log(row["high"] / row["low"]) / 2
        assert 1.9 * error < reached < 2.6 * error  # a t with few degrees of freedom, and a score interval
        assert (row["low"] > 1 or row["high"] < 1) == (row["pvalue"] < 0.05)
        assert row["flag"] & Flag.CLUSTERED and row["degrees_of_freedom"] <= 21
    assert "bound_low" not in found.columns


def test_a_simple_sample_of_events_is_nearly_a_count():
    rng = np.random.default_rng(0)
    records = {"ethnicity": rng.choice(["Asian", "White"], 20_000), "victim": rng.random(20_000) < 0.01}
    people = population()
    ask = {**RATES, "where": records["victim"]}
    plain, found = (
        first(dr.proportionality(records, people, **ask, design=each), group="Asian")
        for each in (None, dr.survey_design())
    )
    assert (found["estimate"], found["value"]) == pytest.approx((plain["estimate"], plain["value"]))
    assert (found["low"], found["high"]) == pytest.approx((plain["low"], plain["high"]), rel=0.01)
    assert found["design_effect"] == pytest.approx(0.995, abs=0.01)


def test_no_events_of_a_group_have_an_upper_limit():
    records = survey(4)
    happened = ~records["satisfied"] & ((records["ethnicity"] == "White") | (records["borough"] != "Camden"))
    found = dr.proportionality(records, population(), **RATES, by="borough", where=happened, design=DESIGN)
    row = next(r for r in found.filter(group="Asian", row_type="group").rows() if r["borough"] == "Camden")
    assert row["estimate"] == 0 and row["low"] == 0 < row["high"] < np.inf


@pytest.mark.parametrize(
    ("options", "kind", "message"),
    [
        (
            {"basis": "eligible-pool"},
            ValueError,
            "design: on the basis 'eligible-pool' those of the pool are people of",
        ),
        ({"encounter": "ward"}, ValueError, "encounter: a survey has clusters"),
        ({"count": "wt"}, ValueError, "count: rows of a survey are people asked"),
    ],
)
def test_rates_that_a_design_does_not_go_with(options, kind, message):
    with pytest.raises(kind) as error:
        dr.proportionality(survey(), population(), **RATES, design=DESIGN, **options)
    assert str(error.value).startswith(message)


def crossed(seed=3, **changes):
    records = survey(seed, n_wards=16)
    rng = np.random.default_rng(seed)
    records["sex"] = rng.choice(["F", "M"], len(records["wt"]))
    return records | changes


@pytest.mark.parametrize("reference", [dr.OVERALL, dr.REST, {"ethnicity": "White", "sex": "M"}])
def test_crossings_of_a_survey(reference):
    records = crossed()
    found = dr.crossings(
        records, ["ethnicity", "sex"], outcome="satisfied", positive=True, reference=reference, design=DESIGN
    )
    row = first(found, ethnicity="Asian", sex="F")
    own = (records["ethnicity"] == "Asian") & (records["sex"] == "F")
    other = np.ones(len(own), bool) if reference is dr.OVERALL else ~own
    if isinstance(reference, dict):
        other = (records["ethnicity"] == "White") & (records["sex"] == "M")
    one, scores, boroughs = linearised(records, records["satisfied"], own)
    two, others, _ = linearised(records, records["satisfied"], other)
    assert row["estimate"] == pytest.approx(100 * (one - two), rel=1e-9)
    assert row["se"] == pytest.approx(100 * standard_error(scores - others, boroughs), rel=1e-9)
    assert row["degrees_of_freedom"] > 20 and row["flag"] & Flag.CLUSTERED
    for each in found.rows():
        if each["estimate"] == each["estimate"]:
            assert each["low"] < each["high"] and (each["low"] > 0 or each["high"] < 0) == (each["pvalue"] < 0.05)
    alone = first(found, ethnicity="Asian", sex=None)
    if reference is dr.REST:
        gap = first(dr.gap(records, **{**ASK, "reference": dr.REST}, adjust="none", design=DESIGN), group="Asian")
        # what is borrowed aside, the same comparison has the same limits wherever it is asked for
        assert (alone["low"], alone["high"], alone["se"]) == pytest.approx((gap["low"], gap["high"], gap["se"]))


def test_interactions_of_a_survey_have_the_variance_of_the_design():
    records = crossed(5)
    found = dr.crossings(records, ["ethnicity", "sex"], outcome="satisfied", positive=True, design=DESIGN)
    row = first(found, ethnicity="Asian", sex="F")
    total, boroughs = 0.0, None
    for ethnicity, sex, sign in (("Asian", "F", 1), ("Asian", "M", -1), ("White", "F", -1), ("White", "M", 1)):
        of = (records["ethnicity"] == ethnicity) & (records["sex"] == sex)
        _, scores, boroughs = linearised(records, records["satisfied"], of)
        total = total + sign * scores
    reach = (row["interaction_high"] - row["interaction_low"]) / 2
    assert reach == pytest.approx(100 * 1.96 * standard_error(total, boroughs), rel=0.03)


def test_crossings_without_an_outcome_are_shares():
    records = crossed(6)
    found = dr.crossings(records, ["ethnicity", "sex"], design=DESIGN)
    assert set(found["method"]) == {"Wilson, effective numbers of cases"}
    of = (records["ethnicity"] == "Asian") & (records["sex"] == "F")
    share, _, _ = linearised(records, of, np.ones(len(of), bool))
    row = first(found, ethnicity="Asian", sex="F")
    assert row["value"] == pytest.approx(100 * share) and row["low"] < row["value"] < row["high"]
    whole = first(dr.share(records, of="ethnicity", design=DESIGN), group="Asian")
    alone = first(found, ethnicity="Asian", sex=None)
    assert (alone["low"], alone["high"]) == pytest.approx((whole["low"], whole["high"]), rel=1e-3)
    with pytest.raises(TypeError, match=r"^design: a Tally has no clusters"):
        dr.crossings(dr.tally(records, ["ethnicity", "sex"]), ["ethnicity", "sex"], design=DESIGN)
    with pytest.raises(ValueError, match=r"^method: 'newcombe' is not a method for the difference: 'mover'"):
        dr.crossings(
            records, ["ethnicity", "sex"], outcome="satisfied", positive=True, method="newcombe", design=DESIGN
        )
