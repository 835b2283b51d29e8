"""Gaps taken apart by regression, from records: rows, precision by every kind of design, and what is refused."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

AGES = ("16-34", "35-64", "65+")
TOTALS = ["gap", "explained", "unexplained"]


def people(n=600, seed=1, **changed):
    """Made up: two areas, two groups and a few who do not say, an age band, years there, a score and an answer."""
    rng = np.random.default_rng(seed)
    group = rng.integers(0, 2, n)
    age = rng.choice(3, n, p=[0.3, 0.4, 0.3])
    age = np.where((group == 1) & (rng.random(n) < 0.3), 0, age)
    years = rng.gamma(4, 2, n).round(1) + group
    score = 50 + 4 * age + years - 3 * group + rng.normal(0, 8, n)
    found = {
        "area": rng.choice(["North", "South"], n),
        "group": np.array(["White", "Asian"], object)[group],
        "age": np.array(AGES, object)[age],
        "years": years,
        "score": score.round(2),
        "good": np.where(score > 60, "yes", "no").astype(object),
        "weight": rng.uniform(0.5, 2, n).round(2),
        "sector": rng.integers(0, 40, n),
    }
    return found | changed


ASKED = {"group": "group", "reference": "White", "factors": ["age", "years"]}
SCORE = ASKED | {"outcome": "score"}
GOOD = ASKED | {"outcome": "good", "positive": "yes"}


def rows_of(found, **wanted):
    """Rows as dicts, of the group unless said."""
    return [
        row
        for row in found.rows()
        if all(row[name] == value for name, value in ({"row_type": "group"} | wanted).items())
    ]


def row_of(found, part, factor=None, level=None, **wanted):
    (row,) = rows_of(found, part=part, factor=factor, level=level, **wanted)
    return row


class TestRows:
    def test_each_part_has_its_factors_and_their_levels(self):
        found = dr.oaxaca_blinder(people(), **SCORE)
        assert [(row["part"], row["factor"], row["level"]) for row in rows_of(found)] == [
            ("gap", None, None),
            *(
                (part, factor, level)
                for part in ("explained", "unexplained")
                for factor, level in (
                    (None, None),
                    ("age", None),
                    *(("age", age) for age in AGES),
                    ("years", None),
                    *([("constant", None)] if part == "unexplained" else []),
                )
            ),
        ]
        (reference,) = rows_of(found, row_type="reference")
        assert reference["group"] == "White" and reference["part"] == "gap" and np.isnan(reference["estimate"])
        assert found.kind == "gap parts"

    @pytest.mark.parametrize(
        "how",
        [
            {},
            {"parts": 3},
            {"coefficients": "neumark"},
            {"coefficients": 0.25},
            {"model": "logit"},
            {"model": "logit", "parts": 3},
            {"model": "logit", "coefficients": "cotton"},
        ],
    )
    def test_parts_factors_and_levels_add_up(self, how):
        found = dr.oaxaca_blinder(people(), **GOOD, **how)
        gap = row_of(found, "gap")["estimate"]
        totals = [row for row in rows_of(found, factor=None) if row["part"] != "gap"]
        assert sum(row["estimate"] for row in totals) == pytest.approx(gap, abs=1e-12)
        for total in totals:
            below = [row for row in rows_of(found, part=total["part"], level=None) if row["factor"]]
            if all(Flag.UNDEFINED in row["flag"] for row in below):  # Yun's proportions of next to nothing
                assert np.isnan([row["estimate"] for row in below]).all() and how.get("model") == "logit"
                continue
            assert sum(row["estimate"] for row in below) == pytest.approx(total["estimate"], abs=1e-11)
            levels = [row["estimate"] for row in rows_of(found, part=total["part"], factor="age") if row["level"]]
            age = row_of(found, total["part"], "age")["estimate"]
            assert sum(levels) == pytest.approx(age, abs=1e-11)

    def test_what_stands_beside_them_is_counted(self):
        records = people()
        found, frame = dr.oaxaca_blinder(records, **GOOD), pl.DataFrame(records)
        gap = row_of(found, "gap")
        rates = {}
        for name, part in frame.group_by("group"):
            rates[name[0]] = 100 * (part["good"] == "yes").mean()
        assert (gap["value"], gap["reference_value"]) == pytest.approx((rates["Asian"], rates["White"]))
        assert gap["estimate"] == pytest.approx(rates["Asian"] - rates["White"], abs=1e-10)
        asian = frame.filter(pl.col("group") == "Asian")
        young = asian.filter(pl.col("age") == "16-34")
        level = row_of(found, "explained", "age", "16-34")
        assert level["nobs"] == len(young)
        assert level["group_share"] == pytest.approx(100 * len(young) / len(asian))
        assert level["value"] == pytest.approx(100 * (young["good"] == "yes").mean())
        assert row_of(found, "explained", "years")["group_mean"] == pytest.approx(asian["years"].mean())

    def test_shares_of_a_gap_are_of_one_that_is_there(self):
        moved = people()
        moved["score"] = moved["score"] + 2.5 * (moved["group"] == "Asian")
        found = dr.oaxaca_blinder(moved, **SCORE)
        gap = row_of(found, "gap")
        assert gap["low"] < 0 < gap["high"]
        assert np.isnan([row["share_of_gap"] for row in rows_of(found)]).all()
        found = dr.oaxaca_blinder(people(), **SCORE)
        shares = [row_of(found, part)["share_of_gap"] for part in TOTALS]
        assert shares[0] == 100 and sum(shares[1:]) == pytest.approx(100)

    def test_what_remains_says_how_strong_something_unmeasured_would_have_to_be(self):
        found = dr.oaxaca_blinder(people(), **GOOD, imbalance=25)
        total = row_of(found, "unexplained")
        assert total["needed_effect"] == pytest.approx(4 * abs(total["estimate"]))
        assert total["value"] - total["reference_value"] == pytest.approx(total["estimate"])
        ratio = total["value"] / total["reference_value"]
        opposite = (100 - total["value"]) / (100 - total["reference_value"])
        expected = min(dr.e_value(ratio).estimate, dr.e_value(opposite).estimate)
        assert total["e_value"] == pytest.approx(expected)
        assert row_of(found, "explained")["e_value"] is None or np.isnan(row_of(found, "explained")["e_value"])
        of_means = row_of(dr.oaxaca_blinder(people(), **SCORE), "unexplained")
        white = [s for s, g in zip(people()["score"], people()["group"], strict=True) if g == "White"]
        ratio = np.exp(0.91 * of_means["estimate"] / np.std(white))
        assert of_means["e_value"] == pytest.approx(dr.e_value(ratio).estimate)

    @pytest.mark.parametrize("model", ["linear", "logit"])
    @pytest.mark.parametrize("coefficients", ["pooled", "reference", "group", "reimers", 0.3])
    def test_groups_alike_differ_by_what_is_unexplained(self, coefficients, model):
        found = dr.oaxaca_blinder(people(), **GOOD, coefficients=coefficients, model=model)
        gap, explained, total = (row_of(found, part) for part in ("gap", "explained", "unexplained"))
        assert total["value"] - total["reference_value"] == pytest.approx(total["estimate"])
        assert np.isnan(explained["value"])
        if coefficients == "reference":  # says what the group would have, with its own profile
            assert total["value"] == pytest.approx(gap["value"])
        if coefficients == "group":
            assert total["reference_value"] == pytest.approx(gap["reference_value"])

    def test_coefficients_of_three_parts_are_at_the_profile_of_the_reference(self):
        found = dr.oaxaca_blinder(people(), **GOOD, parts=3)
        total = row_of(found, "coefficients")
        assert total["reference_value"] == pytest.approx(row_of(found, "gap")["reference_value"])
        assert total["value"] - total["reference_value"] == pytest.approx(total["estimate"])

    def test_notes_say_what_was_held_equal_and_who_was_left_out(self):
        records = people()
        records["age"][:7] = None
        found = dr.oaxaca_blinder(records, **SCORE)
        assert any("age and years" in note for note in found.notes)
        assert "Left out: 7 of 600 rows asked (7 lack 'age')." in found.notes
        assert sum(row["outcome_missing"] for row in found.rows() if row["part"] == "gap") == 7
        assert all(Flag.MISSING_ANSWERS in row["flag"] for row in rows_of(found) if row["outcome_missing"])

    def test_totals_alone_have_verdicts_and_numbers_only_with_a_threshold(self):
        assert row_of(dr.oaxaca_blinder(people(), **GOOD), "unexplained")["verdict"]
        assert row_of(dr.oaxaca_blinder(people(), **GOOD), "explained", "age")["verdict"] is None
        assert row_of(dr.oaxaca_blinder(people(), **SCORE), "unexplained")["verdict"] is None
        found = row_of(dr.oaxaca_blinder(people(), **SCORE, threshold=20), "unexplained")
        assert found["verdict"] == "lower by less than 20 points"
        assert found["adjusted_pvalue"] == pytest.approx(found["pvalue"])

    def test_areas_are_taken_apart_each_by_itself(self):
        records = people(1200)
        found = dr.oaxaca_blinder(records, **SCORE, by="area")
        for area in ("North", "South"):
            alone = dr.oaxaca_blinder(records, **SCORE, where=records["area"] == area)
            for part in TOTALS:
                one, other = row_of(found, part, area=area), row_of(alone, part)
                assert one["estimate"] == pytest.approx(other["estimate"], abs=1e-9)
                assert one["se"] == pytest.approx(other["se"], rel=2e-3)
        assert row_of(found, "gap", area=None)["nobs"] == sum(
            row_of(found, "gap", area=a)["nobs"] for a in ("North", "South")
        )

    def test_several_groups_are_each_held_against_the_reference(self):
        records = people(900)
        records["group"][:300] = "Black"
        found = dr.oaxaca_blinder(records, **SCORE)
        two = dr.oaxaca_blinder(records, **SCORE, where=records["group"] != "Black")
        assert {row["group"] for row in rows_of(found)} == {"Asian", "Black"}
        for part in TOTALS:
            one, other = row_of(found, part, group="Asian"), row_of(two, part)
            assert (one["estimate"], one["low"]) == pytest.approx((other["estimate"], other["low"]), rel=2e-3)

    def test_people_whose_group_is_missing_are_shown_and_not_compared(self):
        records = people()
        records["group"][:9] = None
        found = dr.oaxaca_blinder(records, **SCORE)
        (row,) = [row for row in found.rows() if row["group"] == "not stated"]
        assert np.isnan(row["estimate"]) and Flag.MISSING_GROUP in row["flag"] and row["nobs"] == 9


class TestColumns:
    def test_scores_make_answers_numbers_and_labels_make_numbers_categories(self):
        records = people()
        records["answer"] = np.array(["bad", "fair", "fine"], object)[np.digitize(records["score"], [52, 62])]
        records["code"] = np.array([AGES.index(age) for age in records["age"]])
        scores = {"answer": ["bad", "fair", "fine"]}
        found = dr.oaxaca_blinder(records, **ASKED | {"outcome": "answer", "scores": scores})
        records["points"] = np.array([50 * scores["answer"].index(a) for a in records["answer"]])
        plain = dr.oaxaca_blinder(records, **ASKED | {"outcome": "points"})
        assert found.to_dict()["estimate"][:9] == pytest.approx(plain.to_dict()["estimate"][:9])
        coded = dr.oaxaca_blinder(records, **SCORE | {"factors": ["code", "years"]}, labels={"code": list(AGES)})
        assert coded.to_dict()["estimate"][:9] == pytest.approx(
            dr.oaxaca_blinder(people(), **SCORE).to_dict()["estimate"][:9]
        )

    @pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame, lambda d: pl.DataFrame(d).to_arrow()])
    def test_tables_of_any_kind_give_the_same(self, make):
        records = people()
        found, plain = dr.oaxaca_blinder(make(records), **GOOD), dr.oaxaca_blinder(records, **GOOD)
        assert found.to_dict()["estimate"] == pytest.approx(plain.to_dict()["estimate"], nan_ok=True)

    @pytest.mark.parametrize("how", [SCORE, GOOD | {"model": "logit"}, GOOD | {"model": "logit", "detail": "fairlie"}])
    def test_the_order_of_rows_changes_no_bit(self, how):
        records, order = people(300), np.random.default_rng(5).permutation(300)
        mixed = {name: np.asarray(values)[order] for name, values in records.items()}
        one, other = (dr.oaxaca_blinder(each, **how, weight="weight").to_dict() for each in (records, mixed))
        for name in ("estimate", "se", "low", "pvalue"):
            assert np.array_equal(one[name], other[name], equal_nan=True), name


class TestPrecision:
    @pytest.mark.parametrize("how", [SCORE, GOOD | {"model": "logit"}])
    @pytest.mark.parametrize("kind", ["jk1", "bootstrap"])
    def test_linearised_and_replicates_agree(self, how, kind):
        records = people(900)
        drawn = {"weight": "weight", "psu": "sector"}
        more = {"n_replicates": 600, "rng": 1} if kind == "bootstrap" else {}
        linear, replicated = (
            dr.oaxaca_blinder(records, **how, design=dr.survey_design(**drawn, **each))
            for each in ({}, {"replicates": kind, **more})
        )
        for one, other in zip(rows_of(linear, factor=None), rows_of(replicated, factor=None), strict=True):
            assert one["estimate"] == other["estimate"]
            assert one["se"] == pytest.approx(other["se"], rel=0.12)
            assert one["degrees_of_freedom"] == 39

    @pytest.mark.parametrize("how", [SCORE, SCORE | {"parts": 3}, GOOD | {"model": "logit"}])
    def test_leaving_out_one_cluster_at_a_time_says_the_same(self, how):
        records = people(900)
        drawn = dr.survey_design(weight="weight", psu="sector")
        found = dr.oaxaca_blinder(records, **how, design=drawn)
        totals = rows_of(found, factor=None)
        without = []
        for sector in range(40):
            kept = records["sector"] != sector
            some = {name: np.asarray(values)[kept] for name, values in records.items()}
            without.append(
                [row["estimate"] for row in rows_of(dr.oaxaca_blinder(some, **how, weight="weight"), factor=None)]
            )
        spread = np.sqrt(39 / 40 * np.square(without - np.mean(without, axis=0)).sum(axis=0))
        assert [row["se"] for row in totals] == pytest.approx(spread, rel=0.1)

    @pytest.mark.parametrize("how", [SCORE, SCORE | {"parts": 3}, SCORE | {"coefficients": "neumark"}])
    def test_linear_models_are_fitted_again_in_each_replicate(self, how):
        records = people(500)
        names, without = [], []
        for sector in range(40):
            kept = records["sector"] != sector
            some = {name: np.asarray(values)[kept] for name, values in records.items()}
            without.append([row["estimate"] for row in rows_of(dr.oaxaca_blinder(some, **how, weight="weight"))])
            names.append(f"w{sector:02}")
            records[names[-1]] = np.where(kept, records["weight"] * 40 / 39, 0.0)
        spread = np.sqrt(39 / 40 * np.square(without - np.mean(without, axis=0)).sum(axis=0))
        made = dr.survey_design(weight="weight", psu="sector", replicates="jk1")
        given = dr.survey_design(weight="weight", replicate_weights="w??", replicates="jk1")
        for design in (made, given):
            found = rows_of(dr.oaxaca_blinder(records, **how, design=design))
            assert [row["se"] for row in found] == pytest.approx(spread, rel=1e-6)

    def test_weights_alone_are_a_design(self):
        records = people()
        one = dr.oaxaca_blinder(records, **SCORE, weight="weight")
        other = dr.oaxaca_blinder(records, **SCORE, design=dr.survey_design(weight="weight"))
        for name in ("estimate", "se", "low", "pvalue"):
            assert np.array_equal(one.to_dict()[name], other.to_dict()[name], equal_nan=True)
        assert Flag.EFFECTIVE_SIZE in rows_of(one)[0]["flag"]

    def test_rows_three_times_over_have_the_same_parts_and_less_error(self):
        records = people(200)
        many = {name: np.tile(values, 3) for name, values in records.items()}
        one, three = dr.oaxaca_blinder(records, **SCORE), dr.oaxaca_blinder(many, **SCORE)
        for a, b in zip(rows_of(one), rows_of(three), strict=True):
            assert a["estimate"] == pytest.approx(b["estimate"], abs=1e-9)
            assert a["se"] == pytest.approx(np.sqrt(3) * b["se"], rel=0.01)

    def test_a_full_count_has_no_error(self):
        records = people(100)
        records["size"] = np.full(100, 100)
        found = dr.oaxaca_blinder(records, **SCORE, design=dr.survey_design(fpc="size"))
        assert np.isnan([row["se"] for row in rows_of(found)]).all()
        assert all(Flag.FULL_COUNT in row["flag"] for row in rows_of(found))

    @pytest.mark.slow
    @pytest.mark.parametrize("how", [SCORE, GOOD | {"model": "logit"}, GOOD | {"model": "logit", "detail": "fairlie"}])
    def test_intervals_of_totals_hold_the_truth_as_often_as_they_say(self, how):
        truth = {part: row_of(dr.oaxaca_blinder(people(400_000, 0), **how), part)["estimate"] for part in TOTALS}
        held = dict.fromkeys(TOTALS, 0)
        for seed in range(1, 251):
            found = dr.oaxaca_blinder(people(400, seed), **how)
            for part in TOTALS:
                row = row_of(found, part)
                held[part] += row["low"] <= truth[part] <= row["high"]
        for part in TOTALS:
            assert 0.92 < held[part] / 250 < 0.98, part  # 2 standard errors of 250 repetitions about 0.95


class TestKnownAnswers:
    def test_the_example_is_recovered(self):
        found = dr.oaxaca_blinder(
            dr.data.example("explained_gap"),
            outcome="satisfaction",
            positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"],
            exclude="Don't know",
            group="ethnic_group_broad",
            reference="White",
            factors=["age_band", "deprivation", "prior_opinion"],
        )
        truth = dr.data.gap_truth()
        for part, points in (("gap", truth.gap), ("explained", truth.composition), ("unexplained", truth.rates)):
            row = row_of(found, part, group="Minority ethnic")
            assert row["low"] < points < row["high"]
        for factor, points in truth.by_factor.items():
            row = row_of(found, "explained", factor, group="Minority ethnic")
            assert abs(row["estimate"] - points) < 3.5 * row["se"]

    @given(st.integers(0, 10**6), st.sampled_from(["pooled", "reference", "group", "cotton"]))
    @settings(max_examples=10, deadline=None)
    def test_labels_and_units_do_not_matter(self, seed, coefficients):
        records = people(120, seed)
        renamed = {"16-34": "z", "35-64": "a", "65+": "m"}
        other = dict(records, age=np.array([renamed[each] for each in records["age"]], object))
        other["years"] = 12 * records["years"] + 5
        one, two = (dr.oaxaca_blinder(each, **SCORE, coefficients=coefficients) for each in (records, other))
        for part in TOTALS:
            assert row_of(one, part)["estimate"] == pytest.approx(row_of(two, part)["estimate"], abs=1e-7)
        for age in AGES:
            level, again = row_of(one, "explained", "age", age), row_of(two, "explained", "age", renamed[age])
            assert (level["estimate"], level["se"]) == pytest.approx((again["estimate"], again["se"]), abs=1e-7)
        assert row_of(one, "explained", "years")["estimate"] == pytest.approx(
            row_of(two, "explained", "years")["estimate"], abs=1e-7
        )

    def test_fairlie_and_yun_have_the_same_totals(self):
        one, other = (dr.oaxaca_blinder(people(), **GOOD, model="logit", detail=each) for each in ("yun", "fairlie"))
        for part in TOTALS:
            assert row_of(one, part)["estimate"] == pytest.approx(row_of(other, part)["estimate"], abs=1e-12)
        below = [row["estimate"] for row in rows_of(other, part="explained") if row["factor"]]
        assert sum(below) == pytest.approx(row_of(other, "explained")["estimate"], abs=1e-11)
        assert not [row for row in rows_of(other, part="unexplained") if row["factor"]]


def few(records, n):
    """All but n of the group left out."""
    left = np.flatnonzero(records["group"] == "Asian")[n:]
    return {name: np.delete(values, left) for name, values in records.items()}


def without_level():
    records = people()
    keep = ~((records["group"] == "Asian") & (records["age"] == "65+"))
    return {name: values[keep] for name, values in records.items()}


class TestRefused:
    @pytest.mark.parametrize(
        ("records", "changed", "message"),
        [
            (few(people(), 2), {"factors": ["years"]}, "group 'Asian' has 2 people for a model with 2 coefficients"),
            (without_level(), {}, "factors: nobody of group 'Asian' is at the level '65\\+' of 'age'; join it with"),
            (
                people(years=np.where(people()["group"] == "Asian", 3.0, people()["years"])),
                {},
                "factors: 'years' is the same for everybody of group 'Asian'",
            ),
            (
                people(double=2 * people()["years"]),
                {"factors": ["age", "years", "double"]},
                "factors: 'double' is made of 'years' in group 'Asian'; leave one out",
            ),
            (people(), {"factors": ["age", "group"]}, "factors\\[1\\]: 'group' is already given as group"),
            (people(), {"factors": ["age", "score"]}, "'score' is already given as outcome"),
            (people(), {"factors": ["age", "age"]}, "factors: 'age' is there twice"),
            (people(), {"factors": []}, "factors: there is none"),
            (people(), {"factors": ["ages"]}, "did you mean 'age'"),
            (people(), {"reference": "Whyte"}, "reference: 'Whyte' is not a label of 'group' \\(did you mean 'White'"),
            (people(), {"reference": dr.REST}, "reference: dr.REST is not one of the groups; name the one"),
            (people(), {"reference": dr.LARGEST}, "reference: .* is not one of the groups; name the one"),
            (people(), {"outcome": "good"}, "outcome: 'good' is not a column of numbers; say which answers"),
            (people(), {"parts": 4}, "parts: 4 is neither 2 nor 3"),
            (people(), {"model": "probit"}, "model: 'probit' is not one of 'linear', 'logit'"),
            (people(), {"model": "logit"}, "model: a logit is of an outcome that people have or not"),
            (people(), {"detail": "fairlie"}, "detail: 'fairlie' is for model='logit'"),
            (people(), {"coefficients": "both"}, "coefficients: 'both' is not one of"),
            (people(), {"coefficients": -0.1}, "coefficients: -0.1 is not from 0"),
            (people(), {"imbalance": 0}, "imbalance: 0 is not between 0 and 100"),
            (people(), {"adjust": "tukey"}, "adjust: 'tukey' is not one of"),
            (people(), {"weight": "weight", "design": dr.survey_design()}, "weight: the design has the weights"),
            (people(), {"scores": {"ages": ["a", "b"]}}, "scores: 'ages' is not a column of the model .did you mean"),
            (people(score=np.where(np.arange(600) == 4, np.inf, 1)), {}, "outcome: inf at row 4 of 'score'"),
        ],
    )  # fmt: skip
    def test_bad_input_is_named(self, records, changed, message):
        with pytest.raises(ValueError, match=message):
            dr.oaxaca_blinder(records, **SCORE | changed)

    @pytest.mark.parametrize(
        ("good", "message"),
        [
            (
                np.where(people()["group"] == "Asian", "yes", people()["good"]),
                "everybody of group 'Asian' has the same",
            ),
            (
                np.where((people()["group"] == "White") & (people()["age"] == "65+"), "yes", people()["good"]),
                "outcomes of group 'White' are separated by the level '.*' of 'age'",
            ),
        ],
    )
    def test_a_logit_that_has_no_fit_is_named(self, good, message):
        with pytest.raises(ValueError, match=message):
            dr.oaxaca_blinder(people(good=good.astype(object)), **GOOD, model="logit")

    def test_a_tally_and_a_string_of_factors_are_of_the_wrong_type(self):
        tally = dr.tally(people(), ["group", "age"], outcome="good")
        with pytest.raises(TypeError, match="data: a Tally has no rows, which a model needs; pass the records"):
            dr.oaxaca_blinder(tally, **GOOD | {"factors": ["age"]})
        with pytest.raises(TypeError, match="factors: 'age' is not a list of columns"):
            dr.oaxaca_blinder(people(), **SCORE | {"factors": "age"})
        with pytest.raises(TypeError, match="higher_is_better: 'yes' is neither True nor False"):
            dr.oaxaca_blinder(people(), **SCORE, higher_is_better="yes")

    def test_where_an_area_cannot_be_modelled_its_rows_say_so(self):
        records = people(900)
        keep = ~((records["area"] == "South") & (records["group"] == "Asian") & (records["age"] == "65+"))
        found = dr.oaxaca_blinder({name: values[keep] for name, values in records.items()}, **SCORE, by="area")
        gap = row_of(found, "gap", area="South")
        assert np.isfinite([gap["estimate"], gap["se"]]).all() and Flag.NOT_FITTED not in gap["flag"]
        for part in ("explained", "unexplained"):
            row = row_of(found, part, area="South")
            assert np.isnan([row["estimate"], row["se"], row["low"], row["e_value"] or np.nan]).all()
            assert Flag.NOT_FITTED in row["flag"]
            assert np.isfinite(row_of(found, part, area="North")["estimate"])

    def test_a_table_of_areas_is_refused_unless_it_is_meant(self):
        records = people(60)
        records["borough"] = np.array([f"Borough {i}" for i in range(60)], object)
        with pytest.raises(ValueError, match="pass unit='areas'"):
            dr.oaxaca_blinder(records, **SCORE)
        assert "areas, not people" in dr.oaxaca_blinder(records, **SCORE, unit="areas").notes[0]


def test_many_factors_are_exchanged_in_orders_that_are_named_and_come_again():
    records = people(400)
    names = [f"f{i:02}" for i in range(11)]
    records |= dict(zip(names, np.random.default_rng(3).normal(size=(11, 400)), strict=True))
    asked = GOOD | {"factors": names, "model": "logit", "detail": "fairlie"}
    found, again, other = (dr.oaxaca_blinder(records, **asked, rng=rng) for rng in (7, 7, 8))
    assert "200 orders or more drawn by chance, rng=7" in row_of(found, "explained")["method"]
    assert Flag.SAMPLED_ORDERS in row_of(found, "explained", "f00")["flag"]
    assert Flag.SAMPLED_ORDERS not in row_of(found, "explained")["flag"]
    one, two, three = (
        [row_of(each, "explained", name)["estimate"] for name in names] for each in (found, again, other)
    )
    assert one == two and one != three
    assert one == pytest.approx(three, abs=0.1 * row_of(found, "explained", "f00")["se"])
    with pytest.raises(TypeError, match="rng: 'seven' is not an integer"):
        dr.oaxaca_blinder(records, **asked, rng="seven")


DESIGNS = {
    "no design": {},
    "weights": {"weight": "weight"},
    "weights as a design": {"design": dr.survey_design(weight="weight")},
    "clusters": {"design": dr.survey_design(weight="weight", psu="sector")},
    "replicates": {"design": dr.survey_design(psu="sector", replicates="bootstrap", n_replicates=60, rng=1)},
}


@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS.keys())
@pytest.mark.parametrize("function", [dr.oaxaca_blinder, dr.reweighted_gap])
def test_the_gap_is_that_of_gap(function, design):
    records = people(400)
    wanted = dr.gap(
        records, outcome="good", positive="yes", group="group", reference="White", by="area", **design
    ).filter(group="Asian", row_type="group")
    found = function(records, **GOOD | {"factors": ["age"]}, by="area", **design)
    for row in wanted.rows():
        mine = row_of(found, "gap", area=row["area"])
        for name in ("low", "high", "pvalue", "adjusted_pvalue", "estimate", "se" if "design" in design else "low"):
            assert mine[name] == pytest.approx(row[name], abs=1e-12), name
        assert (mine["verdict"], mine["method"]) == (row["verdict"], row["method"])


@pytest.mark.parametrize("function", [dr.oaxaca_blinder, dr.reweighted_gap])
def test_answers_all_alike_do_not_vary(function):
    found = function(people(good=np.array(["yes"] * 600)), **GOOD | {"factors": ["age"]})
    for part in ("explained", "unexplained"):
        row = row_of(found, part)
        assert row["estimate"] == pytest.approx(0, abs=1e-12)
        assert np.isnan([row["se"], row["low"], row["high"], row["pvalue"]]).all()
        assert Flag.NO_VARIANCE in row["flag"]


def test_one_person_says_nothing_of_how_others_vary():
    records = people()
    first = np.flatnonzero(records["group"] == "Asian")[0]
    kept = (records["group"] == "White") | (np.arange(600) == first)
    found = dr.reweighted_gap(records, **GOOD | {"factors": ["age"]}, where=kept)
    for part in ("explained", "unexplained", "not comparable"):
        assert np.isnan([row_of(found, part)[name] for name in ("se", "low", "high", "pvalue")]).all()
    assert np.isfinite(row_of(found, "gap")["low"])  # dr.gap has an interval for one person, and a wide one
    mean = dr.reweighted_gap(records, **SCORE | {"factors": ["age"]}, where=kept)
    assert np.isnan(row_of(mean, "gap")["low"])
