"""Gaps from a target, from published figures, and from the largest and the best group."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

COUNTS = {"Asian": (60, 100), "Black": (45, 80), "White": (160, 200), "Other": (9, 10)}


def people(counts=COUNTS, area="A"):
    rows = {"area": [], "group": [], "answer": []}
    for group, (yes, asked) in counts.items():
        rows["area"] += [area] * asked
        rows["group"] += [group] * asked
        rows["answer"] += ["yes"] * yes + ["no"] * (asked - yes)
    return rows


def areas():
    both = people(), people({"Asian": (50, 100), "White": (150, 200)}, "B")
    return {name: both[0][name] + both[1][name] for name in both[0]}


ASK = {"outcome": "answer", "positive": "yes", "group": "group"}


def rows_of(found):
    return {row["group"]: row for row in found.rows() if row["row_type"] == "group" and row.get("area") is None}


@pytest.mark.parametrize("measure", ["difference", "ratio"])
def test_against_a_constant_it_is_wilsons_interval_moved(measure):
    found = rows_of(dr.gap(people(), reference=dr.target(80), measure=measure, **ASK))
    for group, (yes, asked) in COUNTS.items():
        low, high = dr.proportion_interval(yes, asked)[1:3]
        ends = (low - 0.8, high - 0.8) if measure == "difference" else (low / 0.8, high / 0.8)
        factor = 100 if measure == "difference" else 1
        assert [found[group]["low"], found[group]["high"]] == pytest.approx([factor * end for end in ends])
        assert found[group]["reference"] == "target of 80%"
        assert found[group]["reference_value"] == 80
        assert found[group]["reference_nobs"] is None
    assert found["White"]["estimate"] == pytest.approx(0 if measure == "difference" else 1)
    assert Flag.NO_REFERENCE not in found["White"]["flag"]


def test_every_group_is_compared_and_none_is_the_reference():
    found = dr.gap(people(), reference=dr.target(80), **ASK)
    assert set(found["row_type"]) == {"group"}
    assert "over 4 comparisons" in found["method"][0]


def test_against_a_published_figure_it_is_two_samples():
    published = dr.target(count=810, nobs=1000, name="England and Wales", date="2010")
    found = rows_of(dr.gap(people(), reference=published, **ASK))["Asian"]
    expected = dr.compare_proportions(60, 100, 810, 1000)
    assert [found["estimate"], found["low"], found["high"]] == pytest.approx(
        [100 * expected.estimate, 100 * expected.low, 100 * expected.high]
    )
    assert (found["reference_count"], found["reference_nobs"]) == (810, 1000)
    assert found["reference"] == "England and Wales, 2010 (published)"


def test_a_half_width_makes_the_interval_wider_than_a_constant_does():
    constant, uncertain = (
        rows_of(dr.gap(people(), reference=target, **ASK))["White"]
        for target in (dr.target(81), dr.target(81, half_width=5))
    )
    assert constant["estimate"] == pytest.approx(uncertain["estimate"])
    assert uncertain["low"] < constant["low"] < constant["high"] < uncertain["high"]
    assert uncertain["reference_nobs"] is None


def test_a_precise_figure_is_nearly_a_constant():
    constant, precise = (
        rows_of(dr.gap(people(), reference=target, method="score-uncorrected", **ASK))["Black"]
        for target in (dr.target(81), dr.target(81, se=1e-5))
    )
    for name in ("estimate", "low", "high", "pvalue"):
        assert precise[name] == pytest.approx(constant[name], rel=1e-4)


def test_the_figure_is_no_part_of_the_variation_between_areas():
    """The spread of gaps from any figure is that of the areas' own shares."""
    spreads = [
        next(
            row for row in dr.gap(areas(), by="area", reference=target, **ASK).rows() if row["row_type"] == "variation"
        )
        for target in (dr.target(80), dr.target(60), dr.target(80, half_width=30))
    ]
    assert spreads[0]["estimate"] == pytest.approx(spreads[1]["estimate"])
    assert spreads[0]["pvalue"] == pytest.approx(spreads[2]["pvalue"])


def test_the_mean_of_areas_against_a_target():
    found = rows_of(dr.gap(areas(), by="area", reference=dr.target(70), pool="mean", **ASK))["White"]
    assert found["estimate"] == pytest.approx((80 + 75) / 2 - 70)
    assert found["low"] < found["estimate"] < found["high"]
    wide = rows_of(dr.gap(areas(), by="area", reference=dr.target(70, se=2), pool="mean", **ASK))["White"]
    assert wide["low"] < found["low"]


@pytest.mark.parametrize("adjust", ["holm", "maximum", "bonferroni"])
def test_adjusted_over_all_groups_and_areas(adjust):
    found = dr.gap(areas(), by="area", reference=dr.target(80), adjust=adjust, **ASK)
    for row in found.rows():
        if row["row_type"] == "group" and not np.isnan(row["pvalue"]):
            assert row["adjusted_pvalue"] >= row["pvalue"]


def test_weights_have_effective_numbers():
    rows = people()
    rows["weight"] = [1.0 + (i % 3) for i in range(len(rows["group"]))]
    found = rows_of(dr.gap(rows, reference=dr.target(80), weight="weight", **ASK))["White"]
    low = dr.proportion_interval(160, 200)[1]
    assert 100 * (low - 0.8) > found["low"]
    assert found["effective_nobs"] < 200


def test_the_largest_group_is_chosen_once():
    found = dr.gap(areas(), by="area", reference=dr.LARGEST, **ASK)
    assert {row["reference"] for row in found.rows() if row["row_type"] == "group"} == {"White"}
    assert not any(Flag.CHOSEN_FROM_DATA in flag for flag in found["flag"])
    assert found["estimate"] == pytest.approx(
        dr.gap(areas(), by="area", reference="White", **ASK)["estimate"], nan_ok=True
    )


@pytest.mark.parametrize(("higher", "best"), [(True, "White"), (False, "Black")])
def test_the_best_group_is_looked_for_among_those_with_enough_cases(higher, best):
    """Nine of ten others are satisfied, but they are ten."""
    found = dr.gap(people(), reference=dr.BEST, higher_is_better=higher, **ASK)
    assert set(found["reference"]) == {best}
    compared = [row for row in found.rows() if row["row_type"] == "group"]
    assert all(Flag.CHOSEN_FROM_DATA in row["flag"] for row in compared)


def test_small_groups_are_chosen_where_there_are_no_others():
    small = {group: (yes // 10, asked // 10) for group, (yes, asked) in COUNTS.items()}
    assert set(dr.gap(people(small), reference=dr.BEST, **ASK)["reference"]) == {"White"}


def survey():
    rng = np.random.default_rng(4)
    n = 1200
    ward = rng.integers(0, 40, n)
    share = 0.75 + 0.1 * rng.standard_normal(40)[ward]
    return {
        "area": [f"area {w % 4}" for w in ward],
        "ward": ward,
        "weight": rng.uniform(0.5, 2, n),
        "group": rng.choice(["Asian", "White"], n).tolist(),
        "answer": np.where(rng.random(n) < share, "yes", "no").tolist(),
    }


DESIGN = dr.survey_design(weight="weight", stratum="area", psu="ward")


@pytest.mark.parametrize("method", [None, "wald", "score"])
@pytest.mark.parametrize("pool", ["cases", "mean"])
def test_a_survey_with_its_design_against_a_target(method, pool):
    found, plain = (
        rows_of(dr.gap(survey(), by="area", reference=dr.target(80), pool=pool, **ASK, **more))
        for more in ({"design": DESIGN, "method": method}, {"weight": "weight"})
    )
    for group in ("Asian", "White"):
        ours, simple = found[group], plain[group]
        assert ours["estimate"] == pytest.approx(simple["estimate"])
        assert ours["high"] - ours["low"] > simple["high"] - simple["low"]  # answers of one ward are alike
        assert ours["low"] < ours["estimate"] < ours["high"]
        assert ours["degrees_of_freedom"] == 36


def test_a_design_without_clusters_is_nearly_the_simple_comparison():
    rows = people()
    design = dr.gap(rows, reference=dr.target(80), design=dr.survey_design(), method="score", **ASK)
    simple = dr.gap(rows, reference=dr.target(80), **ASK)
    np.testing.assert_allclose(design["low"], simple["low"], atol=0.2)
    np.testing.assert_allclose(design["high"], simple["high"], atol=0.2)


def test_sentences_say_what_kind_of_figure_it_is():
    said = " ".join(dr.gap(people(), reference=dr.target(80), **ASK).sentences())
    assert "the target of 80%" in said
    assert "80% group" not in said
    published = dr.target(81, se=1, name="England and Wales")
    assert "England and Wales (published)" in " ".join(dr.gap(people(), reference=published, **ASK).sentences())


def test_tables_and_charts_take_targets(tmp_path):
    found = dr.gap(areas(), by="area", reference=dr.target(80), **ASK)
    assert "80" in repr(found)
    found.plot().savefig(tmp_path / "chart.png")
    found.save(tmp_path / "table.csv")


REFUSED = {
    "ratio to nothing": (
        ValueError,
        "reference: nothing has a ratio to 0%",
        {"measure": "ratio", "reference": dr.target(0)},
    ),
    "odds of all": (
        ValueError,
        "reference: nothing has odds to 100%",
        {"measure": "odds-ratio", "reference": dr.target(100)},
    ),
    "method": (ValueError, "method: 'wald' compares two samples", {"method": "wald", "reference": dr.target(80)}),
    "exact": (
        ValueError,
        "method: 'chan-zhang' needs whole counts",
        {"method": "chan-zhang", "reference": dr.target(80, se=1)},
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_go_together_is_refused(case):
    error, message, arguments = REFUSED[case]
    with pytest.raises(error, match=message):
        dr.gap(people(), **(ASK | arguments))


def test_no_group_can_be_chosen_where_none_has_a_case():
    with pytest.raises(ValueError, match=r"reference: dr\.BEST of no group, for none has any case"):
        dr.gap({"group": [None, None], "answer": ["yes", "no"]}, reference=dr.BEST, **ASK)


@pytest.mark.parametrize("reference", [dr.target(80), dr.LARGEST, dr.BEST])
def test_measures_that_do_not_know_them_refuse_them_by_name(reference):
    with pytest.raises(ValueError, match="reference: "):
        dr.ordinal_gap(people(), outcome="answer", scale=["no", "yes"], group="group", reference=reference)
