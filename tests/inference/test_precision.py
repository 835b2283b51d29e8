"""How precise a sample will be: against intervals of counts, simulated samples, and what was published."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, t

import dueregard as dr

PUBLISHED = Path(__file__).parents[2] / "docs" / "tables" / "published_gaps.csv"


@pytest.mark.parametrize(("count", "nobs"), [(0, 20), (79, 100), (506, 640), (20, 20)])
def test_a_share_has_wilsons_interval(count, nobs):
    found = dr.share_precision(count / nobs, nobs)
    low, high = dr.proportion_interval(count, nobs)[1:3]
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-12)
    assert found.half_width == pytest.approx((high - low) / 2)


@pytest.mark.parametrize("method", ["score", "newcombe", "wald", "agresti-caffo"])
def test_a_gap_has_the_interval_of_its_counts(method):
    found = dr.gap_precision(0.8, 0.7, 500, share=0.6, method=method)
    expected = dr.compare_proportions(240, 300, 140, 200, method=method)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_design_effect_divides_the_cases():
    assert dr.share_precision(0.8, 600, design_effect=1.5)[:3] == pytest.approx(dr.share_precision(0.8, 400)[:3])
    assert dr.share_precision(0.8, 600, design_effect=1.5).effective_nobs == 400


def test_few_clusters_make_intervals_wider():
    """By about t over normal quantiles: with 10 degrees of freedom 2.23 for 1.96."""
    plain, few = (dr.gap_precision(0.8, 0.7, 5000, share=0.5, clusters=c, strata=s) for c, s in ((None, 1), (14, 4)))
    ratio = few.half_width / plain.half_width
    assert ratio == pytest.approx(t.ppf(0.975, 10) / norm.ppf(0.975), rel=2e-3)
    assert few.effective_nobs == plain.effective_nobs == 5000


def test_arrays_broadcast():
    found = dr.gap_precision(0.81, [0.74, 0.6], np.array([[640], [20480]]), share=0.71)
    assert found.half_width.shape == (2, 2)
    assert (found.half_width[0] > found.half_width[1]).all()


def test_samples_are_as_wide_on_average():
    rng = np.random.default_rng(2)
    n1, n2 = 142, 58
    found = dr.compare_proportions(rng.binomial(n1, 0.81, 4000), n1, rng.binomial(n2, 0.74, 4000), n2)
    expected = dr.gap_precision(0.81, 0.74, 200, share=0.71).half_width
    assert np.mean(found.high - found.low) / 2 == pytest.approx(expected, rel=0.01)


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.floats(0.01, 0.3), st.floats(0.05, 0.95), st.floats(0.05, 0.95), st.floats(0.1, 0.9), st.floats(0.5, 3))
def test_the_size_found_gives_the_half_width_and_one_case_fewer_does_not(wanted, p1, p2, share, effect):
    found = dr.precision_sample_size(wanted, p1, p2, share=share, design_effect=effect)
    assert found.half_width <= wanted + 1e-12
    assert dr.gap_precision(p1, p2, found.nobs, share=share, design_effect=effect).half_width == found.half_width
    if found.nobs > 1:
        assert dr.gap_precision(p1, p2, found.nobs - 1, share=share, design_effect=effect).half_width > wanted - 1e-6
    assert found.nobs == math.ceil(round(found.effective_nobs * effect, 6))


def test_the_size_of_a_share():
    """385 for 5 points at a half, by the textbook; Wilson's interval needs four fewer."""
    assert dr.precision_sample_size(0.05, 0.5).nobs == pytest.approx(385, abs=5)
    assert dr.precision_sample_size(0.05, 0.5, design_effect=2).nobs == pytest.approx(770, abs=9)


@pytest.mark.parametrize("effect", [0.8, 1.0, 1.92, 5.0])
def test_the_implied_design_effect_is_the_one_put_in(effect):
    width = dr.gap_precision(0.81, 0.74, 18_000, share=0.71, design_effect=effect).half_width
    assert dr.implied_design_effect(width, 18_000, 0.81, 0.74, share=0.71) == pytest.approx(effect, rel=1e-9)


def test_kishs_design_effects():
    assert dr.cluster_design_effect(1, 0.5) == 1
    assert dr.cluster_design_effect(11, 0.1) == pytest.approx(2)
    assert dr.cluster_design_effect(11, 0.1, weight_variation=0.5) == pytest.approx(2.5)


def test_the_published_half_widths_in_the_table_of_the_docs():
    """Rows recomputed: the effective numbers of cases that give each half-width, and the design effect of 18,000."""
    with open(PUBLISHED, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["force"], row["gap"], row["half_width"]) for row in rows] == [
        ("Metropolitan Police", "5.2", "1.9"),
        ("Greater Manchester Police", "5.6", "3.8"),
        ("West Midlands Police", "4.5", "1.9"),
        ("West Yorkshire Police", "5.5", "2.7"),
    ]
    for row in rows:
        p1, p2, share, half = (float(row[name]) / 100 for name in ("percent1", "percent2", "share1", "half_width"))
        found = dr.precision_sample_size(half, p1, p2, share=share)
        assert (p1, p2, share) == (0.81, 0.74, 0.71)
        assert int(row["effective_nobs"]) == round(found.effective_nobs)
        assert int(row["effective_nobs1"]) == round(share * found.effective_nobs)
        assert int(row["effective_nobs2"]) == round((1 - share) * found.effective_nobs)
        by_hand = (1.959963984540054 / half) ** 2 * (p1 * (1 - p1) / share + p2 * (1 - p2) / (1 - share))
        assert found.effective_nobs == pytest.approx(by_hand, rel=1e-3)
        if row["interviews"]:
            effect = dr.implied_design_effect(half, float(row["interviews"]), p1, p2, share=share)
            assert float(row["design_effect"]) == round(effect, 2)
    metropolitan = rows[0]
    assert (metropolitan["interviews"], metropolitan["design_effect"]) == ("18000", "1.92")


@pytest.mark.parametrize("effect", [1.0, 1.5, 2.2])
def test_power_with_a_design_effect_is_that_of_fewer_cases(effect):
    found = dr.comparison_power(0.81, 0.74, 900, 360, design_effect=effect)
    assert found == dr.comparison_power(0.81, 0.74, math.floor(900 / effect), math.floor(360 / effect))


def test_sample_size_with_a_design_effect():
    simple, clustered = (dr.comparison_sample_size(0.5, 0.7, design_effect=effect) for effect in (1.0, 1.7))
    assert clustered.nobs1 == math.ceil(simple.nobs1 * 1.7)
    assert clustered.power == simple.power


SHARE, GAP = {"p": 0.8, "nobs": 100}, {"p1": 0.8, "p2": 0.7, "nobs": 100, "share": 0.7}
SIZE = {"half_width": 0.03, "p1": 0.8}
REFUSED = {
    "p": (dr.share_precision, SHARE | {"p": 80}, ValueError, "p: 80 is not between 0 and 1"),
    "nobs": (dr.share_precision, SHARE | {"nobs": [10, 0]}, ValueError, "nobs: 0 at index 1 is not above 0"),
    "effect": (dr.share_precision, SHARE | {"design_effect": 0}, ValueError, "design_effect: 0 is not above 0"),
    "clusters": (
        dr.share_precision,
        SHARE | {"clusters": 4, "strata": 4},
        ValueError,
        "clusters: 4 is not above the number",
    ),
    "more clusters than cases": (
        dr.share_precision,
        SHARE | {"nobs": 10, "clusters": 20},
        ValueError,
        "clusters: 20 is above the number of cases",
    ),
    "strata": (dr.share_precision, SHARE | {"clusters": 4, "strata": 0}, ValueError, "strata: 0 is below 1"),
    "nan": (dr.gap_precision, GAP | {"p2": math.nan}, ValueError, "p2: nan is not a number"),
    "share": (dr.gap_precision, GAP | {"share": 1}, ValueError, "share: 1 is not between 0 and 1"),
    "method": (dr.gap_precision, GAP | {"method": "chan-zhang"}, ValueError, "method: 'chan-zhang' is not one of"),
    "shapes": (dr.gap_precision, GAP | {"p1": [0.1, 0.2], "p2": [0.1, 0.2, 0.3]}, ValueError, "do not broadcast"),
    "level": (dr.gap_precision, GAP | {"confidence_level": 95}, ValueError, "confidence_level: 95"),
    "half": (
        dr.precision_sample_size,
        SIZE | {"half_width": 3},
        ValueError,
        "half_width: 3 is not between 0 and 1; 3 points are 0.03",
    ),
    "wide": (
        dr.precision_sample_size,
        SIZE | {"half_width": 0.9},
        ValueError,
        "half_width: two cases give no more than",
    ),
    "narrow": (dr.precision_sample_size, SIZE | {"half_width": 1e-9}, ValueError, "half_width: 1e-09 is not reached"),
    "alone": (dr.precision_sample_size, SIZE | {"p2": 0.5}, TypeError, "p2, share: a gap needs both"),
    "text": (dr.precision_sample_size, SIZE | {"p1": "80"}, TypeError, "p1: '80' is not a number"),
    "implied": (dr.implied_design_effect, SIZE | {"nobs": -1}, ValueError, "nobs: -1 is not above 0"),
    "per cluster": (dr.cluster_design_effect, {"per_cluster": 0.5, "likeness": 0.1}, ValueError, "per_cluster: 0.5"),
    "likeness": (dr.cluster_design_effect, {"per_cluster": 5, "likeness": 2}, ValueError, "likeness: 2 is not between"),
    "power": (
        dr.comparison_power,
        {"p1": 0.8, "p2": 0.7, "nobs1": 10, "nobs2": 10, "design_effect": 0.5},
        ValueError,
        "design_effect: 0.5 is not a finite number from 1",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_plans_are_refused_by_name(case):
    function, arguments, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        function(**arguments)
