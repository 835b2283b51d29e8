"""E-values and needed effects: published examples, laws, and every argument that is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.decomposition.unmeasured import mean_e_value, needed_effect, share_e_value

PUBLISHED = [
    ((3.9, 1.8, 8.7), (7.26, 3.0)),
    ((0.80, 0.71, 0.91), (1.81, 1.43)),
]
"""Deaths by feeding and leukaemia by breastfeeding, in VanderWeele and Ding (2017)."""

RATIOS = st.floats(0.01, 100)


@pytest.mark.parametrize(("ratio", "expected"), PUBLISHED)
def test_published_e_values(ratio, expected):
    assert dr.e_value(*ratio) == pytest.approx(expected, abs=0.006)


@given(RATIOS)
def test_a_factor_as_strong_as_its_e_value_makes_just_the_ratio(ratio):
    """The bounding factor E E / (E + E - 1) of Ding and VanderWeele (2016) is the ratio, or its inverse."""
    e = dr.e_value(ratio).estimate
    assert e * e / (2 * e - 1) == pytest.approx(max(ratio, 1 / ratio))


@given(RATIOS)
def test_a_ratio_and_its_inverse_have_one_e_value(ratio):
    assert dr.e_value(ratio).estimate == pytest.approx(dr.e_value(1 / ratio).estimate)
    assert dr.e_value(ratio).estimate >= 1


@given(st.lists(RATIOS, min_size=3, max_size=3).map(sorted))
def test_the_limit_is_that_nearest_to_one(three):
    low, middle, high = three
    found = dr.e_value(middle, low, high)
    held = low <= 1 <= high
    assert found.limit == (1 if held else pytest.approx(dr.e_value(low if low > 1 else high).estimate))
    assert found.limit <= found.estimate + 1e-9


def test_edges_of_ratios():
    found = dr.e_value([1.0, 0.0, np.inf, np.nan], [0.9, 0.0, 2.0, 0.5], [1.1, 0.0, np.inf, 2.0])
    assert found.estimate == pytest.approx([1, np.inf, np.inf, np.nan], nan_ok=True)
    assert found.limit == pytest.approx([1, np.inf, 2 + np.sqrt(2), np.nan], nan_ok=True)


def test_without_limits_there_is_none_and_one_is_enough():
    assert np.isnan(dr.e_value(2.0).limit)
    assert dr.e_value(2.0, low=1.5).limit == pytest.approx(dr.e_value(1.5).estimate)
    assert dr.e_value(0.5, high=0.8).limit == pytest.approx(dr.e_value(0.8).estimate)
    assert dr.e_value(2.0, low=0.9).limit == 1


def test_arrays_broadcast_and_numbers_stay_numbers():
    assert dr.e_value([[2.0], [3.0]], [1.0, 1.5]).limit.shape == (2, 2)
    assert isinstance(dr.e_value(2).estimate, float)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((-1.0,), ValueError, "ratio: -1 is below 0, and no ratio"),
        ((1.0, -0.5), ValueError, "low: -0.5 is below 0, and no ratio"),
        ((2.0, 2.5, 3.0), ValueError, "low: 2.5 is above the ratio 2"),
        ((2.0, 1.0, 1.5), ValueError, "high: 1.5 is below the ratio 2"),
        (("2",), TypeError, "ratio: '2' is not a number"),
        ((True,), TypeError, "ratio: True is not a number"),
        (([1.0, 2.0], [1.0, 1.0, 1.0]), ValueError, "do not broadcast"),
    ],
)
def test_what_is_no_ratio_is_refused(arguments, error, words):
    with pytest.raises(error, match=words):
        dr.e_value(*arguments)


SHARES = st.floats(0.05, 0.95)


@given(SHARES, st.floats(-0.04, 0.04))
def test_the_answer_and_its_opposite_have_one_e_value_and_it_is_the_smaller(share, remains):
    found = share_e_value(share, share - remains, remains - 0.005, remains + 0.005)
    other = share_e_value(1 - share, 1 - share + remains, -remains - 0.005, 0.005 - remains)
    both = [dr.e_value(a / b).estimate for a, b in ((share, share - remains), (1 - share, 1 - share + remains))]
    assert found == pytest.approx(other)
    assert found.estimate == pytest.approx(min(both))
    assert 1 <= found.limit <= found.estimate


def test_nothing_is_needed_where_nothing_remains_or_the_interval_holds_none():
    assert share_e_value(0.7, 0.7, -0.01, 0.01) == (1, 1)
    assert share_e_value(0.7, 0.72, -0.05, 0.01).limit == 1
    assert share_e_value(0.7, 0.68, -0.01, 0.05).limit == 1
    assert share_e_value(0.0, 0.0, 0.0, 0.0) == share_e_value(1.0, 1.0, 0.0, 0.0) == (1, 1)


@given(SHARES, st.floats(0.01, 0.04))
def test_the_limit_is_that_of_shares_so_far_apart_with_the_same_mean(share, remains):
    found = share_e_value(share + remains, share, remains / 2, 2 * remains)
    middle = share + remains / 2
    own, other = middle + remains / 4, middle - remains / 4
    both = dr.e_value(own / other).estimate, dr.e_value((1 - other) / (1 - own)).estimate
    assert found.limit == pytest.approx(min(both))


def test_what_no_share_could_make_up_for_has_no_e_value():
    assert np.isnan(share_e_value(0.7, 1.1, -0.5, -0.3).estimate)
    assert np.isnan(share_e_value(0.7, np.nan, np.nan, np.nan).estimate)
    limits = share_e_value(0.97, 0.99, -0.05, 0.01)
    assert limits.estimate > 1 and limits.limit == 1, "a limit beyond all shares on the far side changes nothing"


def test_means_go_by_standard_deviations():
    found = mean_e_value(-5.0, -8.0, -2.0, 25.0)
    assert found.estimate == pytest.approx(dr.e_value(np.exp(0.91 * 5 / 25)).estimate)
    assert found.limit == pytest.approx(dr.e_value(np.exp(0.91 * 2 / 25)).estimate)
    assert np.isnan(mean_e_value(-5.0, -8.0, -2.0, 0.0).estimate)


def test_an_effect_that_more_people_of_one_group_have_moves_the_gap_by_its_share():
    assert needed_effect(-2.0, 0.2) == pytest.approx(10)
    assert needed_effect([2.0, np.nan], 0.5) == pytest.approx([4.0, np.nan], nan_ok=True)


@pytest.mark.parametrize("imbalance", [0.0, -0.2, 20.0, float("nan")])
def test_an_imbalance_is_a_fraction(imbalance):
    with pytest.raises(ValueError, match=r"imbalance: .* is not a fraction above 0 and up to 1"):
        needed_effect(1.0, imbalance)
