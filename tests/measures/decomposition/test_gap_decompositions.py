"""`dr.decompose_gap`: what its rows hold and add up to, how sure they are, and every argument that is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

AGES = ("16-34", "35+", "not stated")


def records(seed=1, n=1500, *, groups=("White", "Asian", "Black"), areas=("N", "S")):
    """Answers that go with age and deprivation, which go with the group."""
    rng = np.random.default_rng(seed)
    group = rng.choice(groups, n, p=[0.6, 0.25, 0.15][: len(groups)] if len(groups) == 3 else None)
    young = rng.random(n) < np.where(group == "White", 0.3, 0.6)
    age = np.where(rng.random(n) < 0.05, None, np.where(young, "16-34", "35+"))
    poor = rng.choice(["1", "2", "3"], n)
    yes = rng.random(n) < 0.55 + 0.2 * ~young + 0.05 * (poor == "3") - 0.05 * (group == "Asian")
    answer = np.where(rng.random(n) < 0.03, "don't know", np.where(yes, "yes", "no"))
    return {
        "group": list(group), "age": list(age), "deprivation": list(poor), "answer": list(answer),
        "area": list(rng.choice(areas, n)), "weight": list(rng.uniform(0.5, 2, n).round(2)),
        "ward": list(rng.integers(0, 40, n).astype(str)),
    }  # fmt: skip


DATA = records()


def decomposed(data=DATA, **options):
    asked = {"reference": "White", "factors": ["age", "deprivation"]} | options
    return dr.decompose_gap(data, outcome="answer", positive="yes", exclude="don't know", group="group", **asked)


def rows_of(found, **equal):
    """Without those that say how areas vary, which stand for no part of a gap."""
    return [row for row in found.filter(**equal).rows() if row["row_type"] != "variation"]


def one(found, **equal):
    (row,) = rows_of(found, **({"factor": None, "level": None} | equal))
    return row


@pytest.mark.parametrize("method", ["shapley", "das-gupta"])
@pytest.mark.parametrize("parts", [2, 3])
@pytest.mark.parametrize("empty", ["borrow", "apart"])
def test_rows_add_up(method, parts, empty):
    found = decomposed(method=method, parts=parts, empty=empty, by="area")
    for area in (None, "N", "S"):
        for group in ("Asian", "Black"):
            rows = rows_of(found, area=area, group=group)
            totals = {row["part"]: row["estimate"] for row in rows if row["factor"] is None}
            assert sum(totals.values()) - totals["gap"] == pytest.approx(totals["gap"], abs=1e-12)
            split = [row for row in rows if row["part"] == "composition" and row["factor"] is not None]
            factors = {row["factor"]: row["estimate"] for row in split if row["level"] is None}
            assert sum(factors.values()) == pytest.approx(totals["composition"], abs=1e-12)
            for factor, value in factors.items():
                levels = [row["estimate"] for row in split if row["factor"] == factor and row["level"] is not None]
                assert sum(levels) == pytest.approx(value, abs=1e-12)
                rated = [row["estimate"] for row in rows if row["part"] == "rates" and row["factor"] == factor]
                assert sum(rated) == pytest.approx(totals["rates"], abs=1e-12)


def test_the_gap_is_that_of_gap():
    found, gap = decomposed(by="area"), None
    gap = dr.gap(
        DATA, outcome="answer", positive="yes", exclude="don't know", group="group", reference="White", by="area"
    )
    for row in gap.filter(row_type="group").rows():
        if row["group"] == "not stated":
            continue
        mine = one(found, part="gap", area=row["area"], group=row["group"])
        for name in ("estimate", "value", "reference_value"):
            assert mine[name] == pytest.approx(row[name], abs=1e-12)
        for name in ("count", "nobs", "outcome_missing", "reference_count", "reference_nobs"):
            assert mine[name] == row[name]
        assert mine["se"] == pytest.approx(row["se"], rel=0.05) if np.isfinite(row["se"]) else True
        for name in ("low", "high", "pvalue", "adjusted_pvalue", "verdict", "method"):
            assert mine[name] == row[name]


def test_rows_stand_in_their_order():
    found = decomposed(by="area")
    assert found.kind == "gap parts"
    first = rows_of(found, area=None, group="Asian")
    assert [row["part"] for row in first if row["factor"] is None] == ["gap", "composition", "rates"]
    composition = [(row["factor"], row["level"]) for row in first if row["part"] == "composition"]
    assert composition == [
        (None, None), ("age", None), *(("age", each) for each in AGES),
        ("deprivation", None), *(("deprivation", each) for each in "123"),
    ]  # fmt: skip
    assert list(dict.fromkeys(found["area"])) == [None, "N", "S"]
    assert list(dict.fromkeys(found["group"])) == ["Asian", "Black", "White"]


def test_the_reference_has_one_row_with_its_share():
    row = one(decomposed(), row_type="reference")
    assert (row["part"], row["group"]) == ("gap", "White")
    assert np.isnan(row["estimate"])
    assert row["value"] == one(decomposed(), part="gap", group="Asian")["reference_value"]


def test_people_without_a_group_have_a_row_and_are_compared_with_nobody():
    data = {**DATA, "group": [None, *DATA["group"][1:]]}
    row = one(decomposed(data), group="not stated")
    assert Flag.MISSING_GROUP in row["flag"]
    assert np.isnan(row["estimate"])
    rest = one(decomposed(data, reference=dr.REST), part="gap", group="White")
    asked = [g for g, a in zip(data["group"], data["answer"], strict=True) if a != "don't know"]
    assert rest["reference_nobs"] == asked.count("Asian") + asked.count("Black")


def test_kinds_of_missing_are_levels_of_their_own():
    row = one(decomposed(), part="composition", factor="age", level="not stated", group="Asian")
    asked = list(zip(DATA["group"], DATA["age"], DATA["answer"], strict=True))
    people = [(a, y) for g, a, y in asked if g == "Asian" and y != "don't know"]
    at = [y for a, y in people if a is None]
    assert row["nobs"] == len(at)
    assert row["group_share"] == pytest.approx(100 * len(at) / len(people))
    assert row["value"] == pytest.approx(100 * at.count("yes") / len(at))


def test_kitagawa_has_totals_alone_but_for_one_factor():
    found = decomposed(method="kitagawa")
    assert {row["factor"] for row in rows_of(found, part="composition")} == {None}
    assert {row["factor"] for row in rows_of(found, part="rates")} == {None, "age", "deprivation"}
    alone = decomposed(method="kitagawa", factors=["age"])
    assert one(alone, part="composition", factor="age", group="Asian")["estimate"] == pytest.approx(
        one(alone, part="composition", group="Asian")["estimate"], abs=1e-12
    )


def test_all_areas_together_do_not_depend_on_areas():
    whole, divided = (
        decomposed(interval="bootstrap", rng=3, n_resamples=100),
        decomposed(by="area", interval="bootstrap", rng=3, n_resamples=100),
    )
    for name in ("estimate", "low", "high"):
        mine = [row[name] for row in rows_of(divided, area=None)]
        assert mine == pytest.approx(whole[name], abs=1e-12, nan_ok=True)


@pytest.mark.parametrize("options", [{}, {"method": "das-gupta"}, {"parts": 3}, {"empty": "apart"}])
def test_a_design_of_rows_drawn_one_by_one_is_no_design(options):
    plain, design = decomposed(**options), decomposed(design=dr.survey_design(), **options)
    assert design["estimate"] == pytest.approx(plain["estimate"], abs=1e-10, nan_ok=True)
    assert design["se"] == pytest.approx(plain["se"], rel=3e-3, nan_ok=True)


def test_weights_alone_are_a_design():
    weighted, design = decomposed(weight="weight"), decomposed(design=dr.survey_design(weight="weight"))
    assert weighted["estimate"] == pytest.approx(design["estimate"], abs=1e-10, nan_ok=True)
    assert weighted["se"] == pytest.approx(design["se"], rel=3e-3, nan_ok=True)
    assert Flag.EFFECTIVE_SIZE in one(weighted, part="gap", group="Asian")["flag"]


def test_a_weighted_tally_is_the_weighted_records():
    tally = dr.tally(DATA, ["area", "group", "age", "deprivation"], outcome="answer", weight="weight")
    assert decomposed(tally)["se"] == pytest.approx(decomposed(weight="weight")["se"], abs=1e-12, nan_ok=True)


def test_a_tally_and_counts_are_the_records():
    tally = dr.tally(DATA, ["group", "age", "deprivation", "area"], outcome="answer")
    wanted = decomposed().to_dict()
    assert str(decomposed(tally).to_dict()) == str(wanted)
    counted = tally.to_dict()
    assert str(decomposed(counted, count="count").to_dict()) == str(wanted)


def test_clusters_widen_by_what_is_alike_in_them():
    """Each row twice in its own cluster: standard errors as of half the rows."""
    twice = {name: [each for each in values for _ in range(2)] for name, values in DATA.items()}
    twice["person"] = [str(i) for i in range(len(DATA["group"])) for _ in range(2)]
    doubled = decomposed(twice, design=dr.survey_design(psu="person"))
    plain = decomposed(design=dr.survey_design())
    assert one(doubled, part="gap", group="Asian")["se"] == pytest.approx(
        one(plain, part="gap", group="Asian")["se"], rel=0.02
    )
    assert Flag.CLUSTERED in one(doubled, part="gap", group="Asian")["flag"]
    assert "degrees_of_freedom" in doubled.columns


def test_replicates_of_a_design_are_used():
    design = dr.survey_design(weight="weight", psu="ward", replicates="jk1")
    linear = dr.survey_design(weight="weight", psu="ward")
    jackknife, linearised = decomposed(design=design), decomposed(design=linear)
    for part in ("gap", "composition", "rates"):
        own, wanted = (one(each, part=part, group="Asian")["se"] for each in (jackknife, linearised))
        assert own == pytest.approx(wanted, rel=0.05)
        assert own != wanted


def test_the_bootstrap_is_near_and_the_same_on_any_threads():
    linear = decomposed()
    one_thread = decomposed(interval="bootstrap", rng=7, threads=1)
    assert str(decomposed(interval="bootstrap", rng=7, threads=3).to_dict()) == str(one_thread.to_dict())
    for part in ("gap", "composition", "rates"):
        own, wanted = (one(each, part=part, group="Asian")["se"] for each in (one_thread, linear))
        assert own == pytest.approx(wanted, rel=0.15)
    assert "Bootstrap: 2,000 resamples, rng=7." in one_thread.notes


@pytest.mark.parametrize("options", [{}, {"interval": "bootstrap", "rng": 2, "n_resamples": 999}])
def test_p_is_below_one_minus_level_when_the_interval_excludes_nothing(options):
    found = decomposed(confidence_level=0.9, **options)
    for row in found.rows():
        if not np.isnan(row["low"]):
            assert (row["pvalue"] < 0.1) == (row["low"] > 0 or row["high"] < 0)
            assert row["low"] <= row["estimate"] <= row["high"]


def test_totals_have_verdicts_in_families():
    found = decomposed(by="area")
    for row in found.filter(row_type="group").rows():
        assert (row["verdict"] is None) == (row["factor"] is not None)
        assert np.isnan(row["adjusted_pvalue"]) == (row["factor"] is not None)
    family = [row for row in rows_of(found, part="gap", row_type="group") if row["area"] is not None]
    plain = sorted(row["pvalue"] for row in family)
    smallest = min(row["adjusted_pvalue"] for row in family)
    assert smallest == pytest.approx(min(1, len(plain) * plain[0]))
    assert "Holm" in family[0]["method"]


def test_the_share_of_a_gap_that_may_be_nothing_is_not_told():
    found = decomposed()
    for group in ("Asian", "Black"):
        rows = rows_of(found, group=group)
        told = rows[0]["low"] > 0 or rows[0]["high"] < 0
        assert all(np.isnan(row["share_of_gap"]) != told for row in rows)
        if told:
            assert rows[0]["share_of_gap"] == pytest.approx(100)


def test_what_is_unmeasured_is_on_the_rates():
    found = decomposed()
    for row in found.filter(row_type="group").rows():
        has = row["part"] == "rates" and row["factor"] is None
        assert (row["e_value"] is not None) == has
        assert (row["needed_effect"] is not None) == has
    assert found.notes[0].startswith("Held equal: age and deprivation, as recorded.")
    twice = one(decomposed(imbalance=40), part="rates", group="Asian")
    assert twice["needed_effect"] == pytest.approx(one(found, part="rates", group="Asian")["needed_effect"] / 2)


def lonely():
    """Nobody of the group is old and poor; one of the reference is."""
    rows = [("A", "young", "poor", "yes", 20), ("A", "young", "poor", "no", 10), ("A", "old", "rich", "yes", 20),
            ("A", "old", "rich", "no", 10), ("B", "young", "poor", "yes", 30), ("B", "young", "poor", "no", 10),
            ("B", "old", "rich", "yes", 25), ("B", "old", "rich", "no", 15), ("B", "old", "poor", "yes", 15),
            ("B", "old", "poor", "no", 5)]  # fmt: skip
    names = ("group", "age", "deprivation", "answer", "people")
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def of_lonely(**options):
    return dr.decompose_gap(
        lonely(), outcome="answer", positive="yes", group="group", reference="B", factors=["age", "deprivation"],
        count="people", **options,
    )  # fmt: skip


def test_empty_cells_are_flagged_with_the_people_in_them():
    row = one(of_lonely(), part="gap", group="A")
    assert Flag.EMPTY_CELL in row["flag"]
    assert row["empty_percent"] == pytest.approx(100 * 20 / 160)
    assert Flag.EMPTY_CELL not in one(decomposed(factors=["age"]), part="gap", group="Asian")["flag"]


def test_people_apart_are_a_row_of_their_own():
    row = one(of_lonely(empty="apart"), part="not comparable", group="A")
    assert (row["nobs"], row["reference_nobs"]) == (0, 20)
    assert (row["group_share"], row["reference_share"]) == pytest.approx((0, 20))
    assert row["reference_value"] == pytest.approx(75)
    assert row["estimate"] == pytest.approx(100 * ((40 / 60 - 70 / 100) - (40 / 60 - 55 / 80)))


def test_refuse_names_the_first_cell():
    with pytest.raises(ValueError, match="empty: 'A' has nobody with age 'old', deprivation 'poor', so that"):
        of_lonely(empty="refuse")


def test_overall_holds_the_group_itself():
    found, rest = decomposed(reference=dr.OVERALL), decomposed(reference=dr.REST)
    for group in ("Asian", "Black", "White"):
        whole, apart = (one(each, part="gap", group=group) for each in (found, rest))
        part = whole["nobs"] / whole["reference_nobs"]
        assert whole["estimate"] == pytest.approx((1 - part) * apart["estimate"], abs=1e-10)
        assert whole["se"] == pytest.approx((1 - part) * apart["se"], rel=0.05)
        assert whole["reference"] == "all groups" or whole["reference"]
    drawn = decomposed(reference=dr.OVERALL, interval="bootstrap", rng=1)
    assert one(drawn, part="gap", group="Asian")["se"] == pytest.approx(
        one(found, part="gap", group="Asian")["se"], rel=0.1
    )


def test_a_reference_chosen_by_answers_is_flagged():
    found = decomposed(reference=dr.BEST)
    best = one(found, row_type="reference")["group"]
    assert all(Flag.CHOSEN_FROM_DATA in row["flag"] for row in rows_of(found, row_type="group"))
    assert one(decomposed(reference=dr.LARGEST), row_type="reference")["group"] == "White"
    assert best in ("White", "Asian", "Black")


def test_a_group_without_cases_keeps_its_rows():
    data = {
        **DATA,
        "answer": ["don't know" if g == "Black" else a for g, a in zip(DATA["group"], DATA["answer"], strict=True)],
    }
    found = decomposed(data)
    assert len(rows_of(found, group="Black")) == len(rows_of(found, group="Asian"))
    for row in rows_of(found, group="Black", factor=None):
        assert np.isnan(row["estimate"])
        assert Flag.NO_CASES in row["flag"]


def test_where_answers_are_all_alike_only_the_gap_has_an_interval():
    data = {**DATA, "answer": ["yes"] * len(DATA["answer"])}
    for options in ({}, {"interval": "bootstrap", "rng": 1}, {"design": dr.survey_design()}):
        row = one(dr.decompose_gap(data, outcome="answer", positive="yes", group="group", reference="White",
                                   factors=["age"], **options), part="rates", group="Asian")  # fmt: skip
        assert row["estimate"] == 0
        assert np.isnan(row["low"])
        assert np.isnan(row["pvalue"])
        assert Flag.NO_VARIANCE in row["flag"]
    gap = one(dr.decompose_gap(data, outcome="answer", positive="yes", group="group", reference="White",
                               factors=["age"]), part="gap", group="Asian")  # fmt: skip
    same = dr.gap(data, outcome="answer", positive="yes", group="group", reference="White")
    (wanted,) = same.filter(group="Asian").rows()
    assert (gap["low"], gap["high"]) == (wanted["low"], wanted["high"])
    assert Flag.NO_VARIANCE not in gap["flag"]


def test_a_full_count_has_no_intervals():
    found = decomposed(inference="none")
    assert np.isnan([row["low"] for row in found.rows()]).all()
    assert all(row["verdict"] is None for row in found.rows())
    assert Flag.FULL_COUNT in one(found, part="gap", group="Asian")["flag"]
    assert found["estimate"] == pytest.approx(decomposed()["estimate"], abs=1e-12, nan_ok=True)


def test_the_example_with_a_known_answer_is_recovered():
    truth = dr.data.gap_truth()
    found = dr.decompose_gap(
        dr.data.example("explained_gap"), outcome="satisfaction", group="ethnic_group_broad", reference="White",
        positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"], exclude="Don't know",
        factors=["age_band", "deprivation", "prior_opinion"],
    )  # fmt: skip
    for part, value in (("gap", truth.gap), ("composition", truth.composition), ("rates", truth.rates)):
        row = one(found, part=part, group="Minority ethnic")
        assert abs(row["estimate"] - value) < 3 * row["se"]
    for factor, value in truth.by_crossing.items():
        row = one(found, part="composition", factor=factor, group="Minority ethnic")
        assert abs(row["estimate"] - value) < 3 * row["se"]


@given(st.permutations(range(40)))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_is_nothing(order):
    few = {name: values[:40] for name, values in DATA.items()}
    mixed = {name: [values[i] for i in order] for name, values in few.items()}
    assert str(decomposed(mixed, weight="weight").to_dict()) == str(decomposed(few, weight="weight").to_dict())


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"factors": []}, ValueError, "factors: there is none"),
        ({"factors": "age"}, TypeError, "factors: 'age' is not a list of columns"),
        ({"factors": ["age", "age"]}, ValueError, "factors: 'age' is there twice"),
        ({"factors": ["age", "answer"]}, ValueError, r"factors\[1\]: 'answer' is already given as outcome"),
        ({"factors": ["group"]}, ValueError, r"factors\[0\]: 'group' is already given as group"),
        ({"factors": ["area"], "by": "area"}, ValueError, r"by: 'area' is already given as factors\[0\]"),
        ({"factors": ["agee"]}, ValueError, "agee"),
        ({"reference": None}, TypeError, "decompose_gap needs reference="),
        ({"reference": dr.target(80)}, TypeError, "reference: a target is a figure, which nobody is in"),
        ({"reference": "Whit"}, ValueError, r"reference: 'Whit' is not a label of 'group' \(did you mean 'White'\?\)"),
        ({"method": "oaxaca"}, ValueError, "method: 'oaxaca' is not one of 'shapley', 'das-gupta', 'kitagawa'"),
        ({"parts": 4}, ValueError, "parts: 4 is neither 2 nor 3"),
        ({"empty": "drop"}, ValueError, "empty: 'drop' is not one of"),
        ({"interval": "jackknife"}, ValueError, "interval: 'jackknife' is not one of"),
        ({"adjust": "maximum"}, ValueError, "adjust: 'maximum' is not one of"),
        ({"inference": "some"}, ValueError, "inference: 'some' is not one of"),
        ({"n_resamples": 0}, ValueError, "n_resamples: 0 is below 1"),
        ({"interval": "bootstrap", "rng": "x"}, TypeError, "rng: 'x' is not an integer"),
        ({"interval": "bootstrap", "weight": "weight"}, ValueError, "interval: 'bootstrap' draws people again and"),
        ({"interval": "bootstrap", "design": dr.survey_design()}, ValueError, "does not go with design=; leave it out"),
        ({"higher_is_better": "no"}, TypeError, "higher_is_better: 'no' is neither True nor False"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"threshold": -1}, ValueError, "threshold"),
        ({"imbalance": 0}, ValueError, "imbalance: 0 is not between 0 and 100"),
        ({"unit": "wards"}, ValueError, "unit: 'wards' is not one of"),
        ({"weight": "weight", "design": dr.survey_design()}, ValueError, "weight: the design has the weights"),
    ],
)
def test_bad_arguments_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        decomposed(**options)


def test_a_weighted_tally_is_not_drawn_again():
    tally = dr.tally(DATA, ["group", "age", "deprivation"], outcome="answer", weight="weight")
    with pytest.raises(ValueError, match="interval: the tally is weighted"):
        decomposed(tally, interval="bootstrap")


def test_too_many_cells_are_refused():
    rng = np.random.default_rng(1)
    data = {f"f{i}": list(rng.integers(0, 2, 400).astype(str)) for i in range(16)}
    data |= {"group": ["A", "B"] * 200, "answer": ["yes", "no", "yes", "yes"] * 100}
    with pytest.raises(ValueError, match=r"factors: .* cross to [\d,]+ cells, too many for method='shapley'"):
        dr.decompose_gap(data, outcome="answer", positive="yes", group="group", reference="A",
                         factors=[f"f{i}" for i in range(16)])  # fmt: skip


def test_a_table_of_areas_is_refused_or_labelled():
    areas = {"borough": [f"b{i}" for i in range(60)], "group": ["A", "B"] * 30, "age": ["young", "old", "old"] * 20,
             "answer": ["yes", "no", "yes", "yes"] * 15}  # fmt: skip
    asked = {"outcome": "answer", "positive": "yes", "group": "group", "reference": "A", "factors": ["age"]}
    with pytest.raises(ValueError, match="unit: each of the 60 rows is another 'borough'"):
        dr.decompose_gap(areas, **asked)
    assert "about areas, not people" in dr.decompose_gap(areas, unit="areas", **asked).notes[0]
