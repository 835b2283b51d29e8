"""Replicate weights that come with the data, against those made of the same clusters, and R's."""

import json

import numpy as np
import pytest

import dueregard as dr
from dueregard.designs.designed import designed
from dueregard.designs.given_replicates import rank
from dueregard.inference.surveys.ratios import ratios, totals_of
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals

from .conftest import GOLDEN


def with_jackknife(table):
    """One column of weights for each cluster that is left out."""
    clusters = np.unique(table["dnum"])
    for i, left_out in enumerate(clusters, 1):
        table[f"rw{i}"] = table["pw"] * (table["dnum"] != left_out) * len(clusters) / (len(clusters) - 1)
    return [f"rw{i}" for i in range(1, len(clusters) + 1)]


def test_given_weights_give_what_made_ones_do(api):
    table = api("apiclus1")
    names = with_jackknife(table)
    made = dr.survey_design(weight="pw", psu="dnum", replicates="jk1")
    for weights in (names, "rw*"):
        given = dr.survey_design(weight="pw", psu="dnum", replicates="jk1", replicate_weights=weights)
        first, second = (designed(table, "stype", each, values=["api00"]).cells for each in (made, given))
        for estimate in (ratios, totals_of):
            np.testing.assert_allclose(estimate(second).value, estimate(first).value, rtol=1e-14)
            np.testing.assert_allclose(estimate(second).se, estimate(first).se, rtol=1e-12)
        assert second.replicates.degrees_of_freedom == first.replicates.degrees_of_freedom == 14


def test_bootstrap_weights_of_r_give_its_standard_errors(api):
    golden = json.loads((GOLDEN / "r_survey_replicates.json").read_text())["boot_apiclus1"]
    table = api("apiclus1")
    weights = np.array(golden["repweights_analysis"])
    weights = weights if len(weights) == 183 else weights.T
    for i, column in enumerate(weights.T):
        table[f"boot{i}"] = column
    design = dr.survey_design(
        weight="pw",
        replicate_weights="boot*",
        replicates="bootstrap",
        scale=golden["scale"],
        replicate_scales=np.ravel(golden["rscales"]),
    )
    found = designed({**table, "all": ["all"] * 183}, "all", design, values=["api00"]).cells
    expected = golden["mean_api00"] if "mean_api00" in golden else golden["means"]["api00"]
    assert ratios(found).se[0] == pytest.approx(expected["se"], rel=1e-9)


def test_order_of_rows_changes_no_bit(api):
    table = api("apiclus1")
    with_jackknife(table)
    order = np.random.default_rng(3).permutation(183)
    shuffled = {name: column[order] for name, column in table.items()}
    design = dr.survey_design(weight="pw", replicates="jk1", replicate_weights="rw*")
    first, second = (designed(each, "stype", design, values=["api00"]).cells for each in (table, shuffled))
    assert first.replicates.totals.tobytes() == second.replicates.totals.tobytes()
    assert ratios(first).se.tobytes() == ratios(second).se.tobytes()


def test_the_scales_are_those_of_the_kind(api):
    table = api("apiclus1")
    names = with_jackknife(table)

    def scale(**options):
        design = dr.survey_design(weight="pw", replicate_weights=names, **options)
        return designed(table, "stype", design).cells.replicates

    assert scale(replicates="jk1").scale == 14 / 15
    assert scale(replicates="brr").scale == 1 / 15
    assert scale(replicates="fay", fay=0.3).scale == pytest.approx(1 / (15 * 0.49))
    assert scale(replicates="bootstrap").scale == 1 / 14
    assert scale(replicates="jkn", replicate_scales=[0.5] * 15).scales.tolist() == [0.5] * 15
    assert scale(replicates="jk1", scale=0.25).scale == 0.25
    assert scale(replicates="jk1", mse=True).mse is True
    assert scale(replicates="jk1", degrees_of_freedom=7).degrees_of_freedom == 7


def test_made_replicates_take_what_the_design_says(api):
    table = api("apiclus1")
    design = dr.survey_design(weight="pw", psu="dnum", replicates="bootstrap", n_replicates=40, rng=11, mse=True)
    first = designed(table, "stype", design).cells.replicates
    assert first.n == 40 and first.mse is True
    cells = [designed(table, "stype", design).cells for _ in range(2)]
    totals = [replicate_totals(each.replicates, each) for each in cells]
    assert (totals[0] == totals[1]).all() and (np.ptp(totals[0], axis=0) > 0).all()


def test_bootstrap_replicates_are_the_same_every_time_unless_others_are_asked_for(api):
    table, asked = api("apiclus1"), {"weight": "pw", "psu": "dnum", "replicates": "bootstrap", "n_replicates": 40}

    def error(**rng):
        cells = designed(table, "stype", dr.survey_design(**asked, **rng)).cells
        return replicate_totals(cells.replicates, cells).std(axis=0).tolist()

    assert error() == error()
    assert error() not in (error(rng=1), error(rng=None))


def test_made_replicates_are_the_same_for_all_that_is_added_up(api):
    table = api("apiclus1")
    design = dr.survey_design(weight="pw", psu="dnum", replicates="bootstrap", n_replicates=40)
    found = designed(table, "stype", design)
    again = found.summed(found.rows.cell, found.tally.counts.size)
    first, second = (replicate_totals(each.replicates, each) for each in (found.cells, again))
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            {"stratum": "h", "psu": "c", "replicates": "brr"},
            "replicates: 'brr' needs 2 clusters in each stratum; stratum 'b' has 3",
        ),
        ({"psu": "c", "replicates": "fay"}, "replicates: 'fay' needs 2 clusters in each stratum; the sample has 5"),
        (
            {"psu": "c", "replicates": "jk1", "replicate_scales": [1.0, 1.0]},
            "replicate_scales: 2 numbers for the 5 replicates that 'jk1' makes here",
        ),
    ],
)
def test_what_cannot_be_made_is_refused_with_its_label(options, message):
    table = {"h": ["a", "a", "b", "b", "b"], "c": [1, 2, 3, 4, 5], "g": ["x"] * 5}
    with pytest.raises(ValueError) as raised:
        designed(table, "g", dr.survey_design(**options))
    assert str(raised.value) == message


def test_the_rank_counts_what_is_independent():
    weights = np.random.default_rng(1).lognormal(size=(6, 50))
    assert rank(weights) == 6
    weights[5] = weights[0] + 1e-9 * weights[1] + weights[2]
    assert rank(weights) == 5
    assert rank(np.ones((4, 9))) == 1
    assert rank(np.zeros((4, 9))) == 0


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ("xx*", "replicate_weights: no column matches 'xx*'; the columns are 'group', 'w', 'rw1', 'rw2', 'rw3'"),
        ("rw1*", "replicate_weights: only 'rw1' matches 'rw1*'"),
        (["rw1", "rw3"], "replicate_weights 'rw3': -1.0 at row 1 is negative"),
        ("rw[13]", "replicate_weights 'rw3': -1.0 at row 1 is negative"),
    ],
)
def test_bad_replicate_weights_are_refused_by_name(weights, message):
    table = {"group": ["a", "b"], "w": [1.0, 1.0], "rw1": [1.0, 1.0], "rw2": [2.0, 0.0], "rw3": [1.0, -1.0]}
    with pytest.raises(ValueError) as raised:
        designed(table, "group", dr.survey_design(weight="w", replicate_weights=weights, replicates="jk1"))
    assert str(raised.value).startswith(message)


def test_scales_of_a_pattern_must_fit_its_columns():
    table = {"group": ["a", "b"], "w": [1.0, 1.0], "rw1": [1.0, 1.0], "rw2": [2.0, 0.0]}
    design = dr.survey_design(weight="w", replicate_weights="rw*", replicates="jkn", replicate_scales=[1, 1, 1])
    with pytest.raises(ValueError, match="replicate_scales: 3 numbers for 2 columns of replicate weights 'rw"):
        designed(table, "group", design)


def test_replicate_weights_of_another_length_are_refused():
    table = {"group": ["a", "b"], "w": [1.0, 1.0], "rw1": [1.0, 1.0], "rw2": [2.0, 0.0, 1.0]}
    with pytest.raises(
        ValueError, match="the columns differ in length: 'group' has 2, 'w' has 2, 'rw1' has 2, 'rw2' has 3"
    ):
        designed(table, "group", dr.survey_design(weight="w", replicate_weights="rw*", replicates="jk1"))
