"""The gap with one profile in both groups: equal to standardisation, to decompose_gap, and to counting by hand."""

import numpy as np
import polars as pl
import pytest
from tests.measures.decomposition.test_oaxaca_blinders import ASKED, GOOD, SCORE, people, row_of, rows_of

import dueregard as dr
from dueregard.flags import Flag

CELLS = {"factors": ["age", "area"]}
PARTS = ["gap", "explained", "unexplained", "not comparable"]


def estimates(found, parts=PARTS, **wanted):
    return [row_of(found, part, **wanted)["estimate"] for part in parts]


class TestCells:
    def test_both_is_what_kitagawa_has_for_composition_and_rates(self):
        records = people(900)
        found = dr.reweighted_gap(records, **GOOD | CELLS, weight="weight")
        parts = dr.decompose_gap(records, **GOOD | CELLS, method="kitagawa", weight="weight")
        for part, theirs in (("gap", "gap"), ("explained", "composition"), ("unexplained", "rates")):
            one, other = row_of(found, part), row_of(parts, theirs)
            assert one["estimate"] == pytest.approx(other["estimate"], abs=1e-10), part
            assert one["se"] == pytest.approx(other["se"], rel=0.02), part

    @pytest.mark.parametrize("towards", ["reference", "group"])
    def test_towards_one_side_is_direct_standardisation_to_it(self, towards):
        records = people(900)
        frame = pl.DataFrame(records).group_by("group", "age", "area").agg(pl.len(), pl.col("score").mean())
        asian, white = (frame.filter(pl.col("group") == name).sort("age", "area") for name in ("Asian", "White"))
        people_there = (white if towards == "reference" else asian)["len"].to_numpy()
        expected = np.average(asian["score"].to_numpy() - white["score"].to_numpy(), weights=people_there)
        found = dr.reweighted_gap(records, **SCORE | CELLS, towards=towards)
        assert row_of(found, "unexplained")["estimate"] == pytest.approx(expected, abs=1e-10)
        assert row_of(found, "not comparable")["estimate"] == pytest.approx(0, abs=1e-12)

    def test_a_saturated_model_of_the_outcome_says_the_same(self):
        found = dr.reweighted_gap(people(), **SCORE | {"factors": ["age"]}, towards="group")
        model = dr.oaxaca_blinder(people(), **SCORE | {"factors": ["age"]}, coefficients="reference")
        for part in PARTS[:3]:
            one, other = row_of(found, part), row_of(model, part)
            assert one["estimate"] == pytest.approx(other["estimate"], rel=1e-8), part
            assert one["se"] == pytest.approx(other["se"], rel=0.01), part  # deviations in cells are widened

    @pytest.mark.parametrize("towards", ["reference", "group", "both"])
    def test_people_without_counterpart_are_a_part_of_their_own(self, towards):
        records = people(900)
        keep = ~((records["group"] == "Asian") & (records["age"] == "65+"))
        records = {name: values[keep] for name, values in records.items()}
        found = dr.reweighted_gap(records, **SCORE | {"factors": ["age"]}, towards=towards)
        gap, explained, unexplained, apart = estimates(found)
        assert explained + unexplained + apart == pytest.approx(gap, abs=1e-12)
        alone = records["age"] == "65+"
        inside = dr.reweighted_gap(records, **SCORE | {"factors": ["age"]}, towards=towards, where=~alone)
        assert estimates(inside)[1:3] == pytest.approx([explained, unexplained], abs=1e-10)
        white = records["group"] == "White"
        score = records["score"]
        assert apart == pytest.approx(score[white & ~alone].mean() - score[white].mean(), abs=1e-10)
        row = row_of(found, "gap")
        assert row["empty_percent"] == pytest.approx(100 * alone.mean())
        assert Flag.EMPTY_CELL in row_of(found, "unexplained")["flag"]
        assert Flag.EMPTY_CELL not in row_of(inside, "unexplained")["flag"]

    def test_nobody_is_cut_unless_it_is_said(self):
        records = people(900)
        free = row_of(dr.reweighted_gap(records, **SCORE | CELLS, towards="reference"), "unexplained")
        assert free["largest_weight"] > 1.2 and free["cut_percent"] == 0
        cut = row_of(dr.reweighted_gap(records, **SCORE | CELLS, towards="reference", trim=1.2), "unexplained")
        assert cut["largest_weight"] == 1.2 and 0 < cut["cut_percent"] < 100
        assert cut["estimate"] != free["estimate"] and cut["effective_nobs"] > free["effective_nobs"]
        assert "weights cut at 1.2 times" in cut["method"]

    def test_few_effective_people_are_flagged(self):
        records = people(80)
        row = row_of(dr.reweighted_gap(records, **SCORE | {"factors": ["age"]}), "unexplained")
        assert row["effective_nobs"] > 30 and Flag.SMALL_BASE not in row["flag"]
        row = row_of(dr.reweighted_gap(people(40), **SCORE | {"factors": ["age"]}), "unexplained")
        assert row["effective_nobs"] < 30 and Flag.SMALL_BASE in row["flag"]


class TestPropensities:
    @pytest.mark.parametrize("towards", ["reference", "group", "both"])
    def test_of_one_category_they_are_the_cells(self, towards):
        one, other = (
            dr.reweighted_gap(people(), **SCORE | {"factors": ["age"]}, towards=towards, model=each)
            for each in ("cells", "logit")
        )
        for part in PARTS[:3]:
            a, b = row_of(one, part), row_of(other, part)
            assert a["estimate"] == pytest.approx(b["estimate"], rel=1e-7)
            assert a["se"] == pytest.approx(b["se"], rel=0.01)  # deviations in cells are widened
        assert not rows_of(other, part="not comparable")

    def test_what_the_profile_alone_makes_is_gone(self):
        """Of two normal distributions with one spread the logit is the right model."""
        records = people(20_000)
        normal = np.random.default_rng(1).normal(size=20_000) + 0.5 * (records["group"] == "Asian")
        records |= {"profile": normal, "made": 10 * normal + 0.1 * normal**2}
        asked = ASKED | {"outcome": "made", "factors": ["profile"], "towards": "reference", "model": "logit"}
        gap, explained, remains = (row_of(dr.reweighted_gap(records, **asked), part) for part in PARTS[:3])
        assert gap["estimate"] == pytest.approx(5, abs=0.5)
        assert abs(remains["estimate"]) < 3 * remains["se"] < 1
        assert explained["estimate"] + remains["estimate"] == pytest.approx(gap["estimate"], abs=1e-12)

    def test_people_beyond_the_other_side_are_counted_and_stay_in(self):
        records = people()
        records["years"] = np.where(records["group"] == "Asian", records["years"] + 6, records["years"])
        found = dr.reweighted_gap(records, **SCORE | {"factors": ["years"]}, model="logit")
        row = row_of(found, "gap")
        assert 0 < row["beyond_percent"] < 50
        assert Flag.NO_COUNTERPART in row_of(found, "unexplained")["flag"]


class TestPrecision:
    @pytest.mark.parametrize("how", [CELLS, {"model": "logit"}, CELLS | {"towards": "group", "trim": 1.1}])
    def test_leaving_out_one_cluster_at_a_time_says_the_same(self, how):
        records = people(900)
        found = dr.reweighted_gap(records, **SCORE | how, design=dr.survey_design(weight="weight", psu="sector"))
        without = []
        for sector in range(40):
            kept = records["sector"] != sector
            some = {name: np.asarray(values)[kept] for name, values in records.items()}
            without.append(estimates(dr.reweighted_gap(some, **SCORE | how, weight="weight"), PARTS[:3]))
        spread = np.sqrt(39 / 40 * np.square(without - np.mean(without, axis=0)).sum(axis=0))
        assert [row_of(found, part)["se"] for part in PARTS[:3]] == pytest.approx(spread, rel=0.1)

    @pytest.mark.slow
    @pytest.mark.parametrize("how", [{"factors": ["age"]}, {"model": "logit"}])
    def test_intervals_hold_the_truth_as_often_as_they_say(self, how):
        asked = SCORE | how
        truth = estimates(dr.reweighted_gap(people(400_000, 0), **asked), PARTS[:3])
        held = np.zeros(3)
        for seed in range(1, 251):
            rows = [row_of(dr.reweighted_gap(people(400, seed), **asked), part) for part in PARTS[:3]]
            held += [row["low"] <= points <= row["high"] for row, points in zip(rows, truth, strict=True)]
        assert (held / 250 > 0.92).all() and (held / 250 < 0.98).all()

    def test_the_example_is_recovered(self):
        found = dr.reweighted_gap(
            dr.data.example("explained_gap"),
            outcome="satisfaction",
            positive=["Completely satisfied", "Very satisfied", "Fairly satisfied"],
            exclude="Don't know",
            group="ethnic_group_broad",
            reference="White",
            factors=["age_band", "deprivation", "prior_opinion"],
        )
        truth = dr.data.gap_truth()
        for part, points in (("explained", truth.composition), ("unexplained", truth.rates)):
            row = row_of(found, part, group="Minority ethnic")
            assert row["low"] < points < row["high"]


def apart():
    """Asian people are young, White people are not."""
    records = people()
    records["age"] = np.where(records["group"] == "Asian", "16-34", "65+").astype(object)
    return records


class TestRefused:
    @pytest.mark.parametrize(
        ("records", "changed", "message"),
        [
            (
                people(),
                {"factors": ["years"]},
                "factors: 'years' has numbers, which cannot be crossed; use model='logit'",
            ),
            (apart(), {}, "factors: no combination of factors has people of group 'Asian' and of the reference"),
            (apart(), {"model": "logit"}, "tells some people of group 'Asian' and group 'White' apart without error"),
            (people(), {"towards": "white"}, "towards: 'white' is not one of 'reference', 'group', 'both'"),
            (people(), {"model": "linear"}, "model: 'linear' is not one of 'cells', 'logit'"),
            (people(), {"trim": 0.9}, "trim: 0.9 is below 1, and would cut people who count for no more than before"),
            (people(), {"factors": ["good", "age"], "outcome": "good", "positive": "yes"}, "already given as outcome"),
        ],
    )
    def test_bad_input_is_named(self, records, changed, message):
        with pytest.raises((ValueError, TypeError), match=message):
            dr.reweighted_gap(records, **SCORE | {"factors": ["age"]} | changed)

    def test_where_nobody_of_an_area_has_a_counterpart_its_rows_say_so(self):
        records = people(900)
        south = records["area"] == "South"
        records["age"] = np.where(south, np.where(records["group"] == "Asian", "16-34", "65+"), records["age"])
        found = dr.reweighted_gap(records, **SCORE | {"factors": ["age"]}, by="area")
        assert np.isfinite(row_of(found, "gap", area="South")["estimate"])
        row = row_of(found, "unexplained", area="South")
        assert np.isnan(row["estimate"]) and Flag.NOT_FITTED in row["flag"]
        assert np.isfinite(row_of(found, "unexplained", area="North")["estimate"])
