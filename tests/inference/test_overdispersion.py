"""Variation beyond chance: R's numbers, hand calculations, and what happens where there is none."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = json.loads((Path(__file__).parent / "funnel_golden.json").read_text())
COUNT = [row["numerator"] for row in GOLDEN["data"]]
SIZE = [row["denominator"] for row in GOLDEN["data"]]
CASES = [
    ("PR_", {"measure": "proportion", "scale": "arcsine"}),
    ("SR_SHMI", {"measure": "ratio", "scale": "log"}),
]


@pytest.mark.parametrize(("name", "options"), CASES)
def test_every_number_is_that_of_r(name, options):
    expected = GOLDEN[name]
    found = dr.overdispersion(COUNT, SIZE, **options)
    for key, value in (
        ("Y", found.position),
        ("s", found.se),
        ("z", found.z),
        ("winsor_z", found.used_z),
        ("phi", found.phi),
        ("tau2", found.tau2),
    ):
        np.testing.assert_allclose(value, expected[key], rtol=0, atol=1e-9)
    trimmed = dr.overdispersion(COUNT, SIZE, extremes="trimmed", **options)
    assert trimmed.phi == pytest.approx(expected["trunc_phi"], abs=1e-9)
    assert trimmed.tau2 == pytest.approx(expected["trunc_tau2"], abs=1e-9)


@pytest.mark.parametrize(("name", "options"), CASES)
def test_deviates_from_widened_limits_are_those_of_r(name, options):
    found = dr.overdispersion(COUNT, SIZE, **options)
    scores = dr.funnel_scores(
        COUNT, SIZE, found.target, measure=options["measure"], method=options["scale"], tau2=found.tau2
    )
    np.testing.assert_allclose(scores.z, GOLDEN[name]["od_z"], rtol=0, atol=1e-9)


def test_the_target_is_that_of_all_areas_together():
    assert dr.overdispersion(COUNT, SIZE).target == pytest.approx(GOLDEN["limits"]["target"], abs=1e-15)
    assert dr.overdispersion(COUNT, SIZE, measure="ratio").target == 1.0
    assert dr.overdispersion(COUNT, SIZE, measure="rate").target == pytest.approx(sum(COUNT) / sum(SIZE))
    others = sum(SIZE) - sum(COUNT)
    assert dr.overdispersion(COUNT, SIZE, measure="count-ratio").target == pytest.approx(sum(COUNT) / others)
    assert dr.overdispersion(COUNT, SIZE, target=0.3).target == 0.3


def test_a_hand_calculation_with_nothing_drawn_in():
    found = dr.overdispersion([4, 9, 30], [4.0, 16.0, 20.0], measure="ratio", target=1.0, extremes="kept")
    z = [(math.sqrt(o / e) - 1) * 2 * math.sqrt(e) for o, e in ((4, 4), (9, 16), (30, 20))]
    phi = sum(each**2 for each in z) / 3
    weight = [4 * e for e in (4, 16, 20)]
    room = sum(weight) - sum(w**2 for w in weight) / sum(weight)
    assert found.phi == pytest.approx(phi, rel=1e-12)
    assert found.tau2 == pytest.approx((3 * phi - 2) / room, rel=1e-12)
    assert found.pvalue == pytest.approx(chi2.sf(3 * phi, 3), rel=1e-12)


def test_areas_that_are_all_alike_have_no_variation():
    found = dr.overdispersion([20, 40, 60], [100, 200, 300])
    assert (found.phi, found.tau2) == (pytest.approx(0, abs=1e-25), 0.0)
    assert found.flag is Flag.NO_VARIATION
    assert found.pvalue == pytest.approx(1.0)


def test_one_area_is_too_few():
    for count, size in (([3], [10]), ([3, 0], [10, 0]), ([], [])):
        found = dr.overdispersion(count, size, target=0.3)
        assert math.isnan(found.phi) and math.isnan(found.tau2) and math.isnan(found.pvalue)
        assert found.flag is Flag.TOO_FEW_AREAS


def test_counts_over_nothing_have_no_target():
    found = dr.overdispersion([3, 5], [3, 5], measure="count-ratio")
    assert math.isnan(found.target) and math.isnan(found.tau2)
    assert found.flag is Flag.UNDEFINED


def test_areas_without_cases_take_no_part():
    with_empty = dr.overdispersion([*COUNT, 0], [*SIZE, 0])
    without = dr.overdispersion(COUNT, SIZE)
    assert (with_empty.phi, with_empty.tau2) == (without.phi, without.tau2)


def test_an_area_without_events_is_finite_on_every_scale():
    for scale in ("square-root", "log"):
        found = dr.overdispersion([0, 9, 30, 11], [6.0, 16.0, 20.0, 12.0], measure="ratio", scale=scale)
        assert np.isfinite(found.z).all() and found.z[0] < 0 and math.isfinite(found.tau2)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 500)), min_size=4, max_size=30), st.randoms())
def test_order_does_not_matter_and_drawing_in_never_raises_phi(areas, random):
    count, size = zip(*areas, strict=True)
    if sum(count) == 0:
        return
    found = dr.overdispersion(count, size)
    kept = dr.overdispersion(count, size, extremes="kept")
    assert np.abs(found.used_z).max() <= np.abs(found.z).max() + 1e-12
    assert found.tau2 >= 0 and kept.tau2 >= 0
    shuffled = list(areas)
    random.shuffle(shuffled)
    again = dr.overdispersion(*zip(*shuffled, strict=True))
    assert again.phi == pytest.approx(found.phi, rel=1e-9)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"extremes": "dropped"}, "extremes: 'dropped' is not one of"),
        ({"share": 0.5}, "share: 0.5 is not from 0 to below 0.5"),
        ({"scale": "log"}, "scale: 'log' is not one of 'arcsine'"),
        ({"measure": "mean"}, "measure: 'mean' is not one of"),
        ({"target": 1.5}, "target: 1.5 is not between 0 and 1"),
        ({"target": 0.0, "measure": "rate", "scale": "log"}, "target: 0 has no place on the scale 'log'"),
        ({"count": [[1, 2], [3, 4]], "size": 10}, "one number for each area"),
        ({"count": [1, 20], "size": [5, 10]}, "count: 20 at index 1 is above size"),
    ],
)
def test_bad_input_is_named(options, message):
    with pytest.raises(ValueError, match=message):
        dr.overdispersion(**{"count": [1, 2], "size": [5, 10], **options})
