"""What samples will be able to say: rows, and every refusal."""

import math

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag

GAP = {"p1": 0.74, "p2": 0.81, "share": 0.29, "groups": ("Minority ethnic", "White")}


def test_a_gap_has_the_precision_of_the_array_functions():
    found = dr.precision({"force": 20_480, "borough": 640}, **GAP, design_effect=1.5)
    assert found.kind == "precision"
    assert found["sample"] == ["force", "force", "borough", "borough"]
    assert found["row_type"] == ["group", "reference"] * 2
    borough, white = list(found.rows())[2:]
    expected = dr.gap_precision(0.74, 0.81, 640, share=0.29, design_effect=1.5)
    assert [borough["low"], borough["high"], borough["half_width"]] == pytest.approx(
        [100 * expected.low, 100 * expected.high, 100 * expected.half_width]
    )
    assert borough["estimate"] == pytest.approx(-7)
    assert borough["power"] == dr.comparison_power(0.74, 0.81, 186, 454, design_effect=1.5)
    assert borough["smallest_gap"] == 100 * dr.detectable_gap(0.81, 186, 454, design_effect=1.5)
    assert (borough["nobs"], white["nobs"], borough["reference_nobs"]) == (186, 454, 454)
    own = dr.share_precision(0.81, 640 * 0.71, design_effect=1.5)
    assert white["value_half_width"] == pytest.approx(100 * own.half_width)
    assert white["effective_nobs"] == pytest.approx(640 * 0.71 / 1.5)


def test_the_cases_that_a_gap_needs():
    force, _, borough, _ = dr.precision({"force": 20_480, "borough": 640}, **GAP, design_effect=1.5, power=0.9).rows()
    expected = dr.precision_sample_size(0.07, 0.74, 0.81, share=0.29, design_effect=1.5)
    assert force["needed_nobs"] == borough["needed_nobs"] == expected.nobs
    assert (force["sampled_nobs"], borough["sampled_nobs"], borough["wanted_power"]) == (20_480, 640, 0.9)
    at = next(dr.precision(expected.nobs, **GAP, design_effect=1.5).rows())
    assert at["low"] == pytest.approx(-14, abs=0.5) and at["half_width"] <= 7 < at["half_width"] + 0.05


@pytest.mark.parametrize("shares", [{"p1": 0.8, "p2": 0.8}, {"p1": 0.0, "p2": 1.0}, {"p1": 0.001, "p2": 0.999}])
def test_no_number_of_cases_is_made_up(shares):
    (row, _) = dr.precision(640, **shares, share=0.3).rows()
    assert math.isnan(row["needed_nobs"])


def test_a_share_has_its_own_interval():
    (row,) = dr.precision(640, p1=0.79, design_effect=1.5, clusters=30).rows()
    expected = dr.share_precision(0.79, 640, design_effect=1.5, clusters=30)
    assert [row["low"], row["high"]] == pytest.approx([100 * expected.low, 100 * expected.high])
    assert row["sample"] == "the sample"
    assert row["degrees_of_freedom"] == 29


def test_samples_may_differ_in_their_design():
    samples = {"a": 1000, "b": 1000}
    found = dr.precision(samples, p1=0.5, design_effect={"a": 1, "b": 4}, clusters={"a": 500, "b": 500})
    assert found["half_width"][1] == pytest.approx(2 * found["half_width"][0], rel=0.01)


def test_small_samples_are_flagged():
    found = dr.precision(94, **GAP)
    assert Flag.SMALL_BASE in found["flag"][0]
    assert found["flag"][1] == Flag(0)


@pytest.mark.parametrize(("p2", "lower"), [(0.81, True), (0.2, False)])
def test_the_smallest_gap_is_found_with_the_power_asked_for(p2, lower):
    found = dr.detectable_gap(p2, 300, 500, lower=lower, power=0.9)
    p1 = p2 - found if lower else p2 + found
    assert dr.comparison_power(p1, p2, 300, 500) == pytest.approx(0.9, abs=1e-3)
    assert dr.comparison_power(p1, p2, 300, 500) >= 0.9


def test_no_gap_is_large_enough_for_three_people():
    assert math.isnan(dr.detectable_gap(0.5, 2, 3))
    assert np.isnan(dr.precision(5, p1=0.4, p2=0.5, share=0.5)["smallest_gap"][0])


def test_it_shows_and_saves_itself(tmp_path):
    found = dr.precision({"force": 20_480, "borough": 640}, **GAP)
    assert "borough" in repr(found)
    found.save(tmp_path / "precision.csv")


REFUSED = {
    "p2 alone": (TypeError, "p2, share: a gap needs both", {"nobs": 100, "p1": 0.5, "p2": 0.6}),
    "nobs": (ValueError, "nobs: 0 is not above 0", {"nobs": 0, "p1": 0.5}),
    "none": (ValueError, "nobs: there is no sample", {"nobs": {}, "p1": 0.5}),
    "p1": (ValueError, "p: 74 is not between 0 and 1", {"nobs": 10, "p1": 74}),
    "groups": (ValueError, "groups: 'White' are not two names", {"nobs": 10, **GAP, "groups": "White"}),
    "effect": (ValueError, r"design_effect: 0\.5 is below 1", {"nobs": 10, "p1": 0.5, "design_effect": 0.5}),
    "sample": (
        ValueError,
        "design_effect: 'b' is no sample of nobs",
        {"nobs": {"a": 9}, "p1": 0.5, "design_effect": {"a": 1, "b": 2}},
    ),
    "missing": (
        ValueError,
        "clusters: 'a' is a sample, and is not there",
        {"nobs": {"a": 9}, "p1": 0.5, "clusters": {}},
    ),
    "power": (ValueError, "power: 1 is not between 0 and 1", {"nobs": 10, **GAP, "power": 1}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_plans_are_refused_by_name(case):
    error, message, arguments = REFUSED[case]
    with pytest.raises(error, match=message):
        dr.precision(**arguments)
