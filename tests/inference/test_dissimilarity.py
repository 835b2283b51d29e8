"""dr.dissimilarity: published values, laws, what chance makes of it, and zeros."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = json.loads((Path(__file__).parent / "inequality_golden.json").read_text())
FEW = {"n_resamples": 99}


def exactly(expected):
    return pytest.approx(expected, rel=1e-9)


def test_published_values_of_a_workforce_and_its_population():
    golden = GOLDEN["representation"]
    found = dr.dissimilarity(golden["workforce"], golden["population"], **FEW)
    assert found.estimate == exactly(golden["dissimilarity_D"])
    assert found.to_move == exactly(golden["headcount_to_move"])
    for index, key in (("kullback-leibler", "KL_bits"), ("hellinger", "hellinger")):
        other = dr.dissimilarity(golden["workforce"], golden["population"], index=index, **FEW)
        assert other.estimate == exactly(golden[key])
        assert other.name == index
        assert math.isnan(other.to_move)


def test_published_values_of_two_groups_over_areas():
    golden = GOLDEN["segregation"]
    assert dr.dissimilarity(golden["w"], golden["b"], **FEW).estimate == exactly(golden["D"])
    isolation = dr.dissimilarity(golden["b"], golden["w"], index="isolation", **FEW).estimate
    assert isolation == exactly(golden["isolation_b"])
    assert 1 - isolation == exactly(golden["exposure_b_to_w"])


def test_headcount_to_move_makes_the_two_alike():
    first, second = np.array([120, 340, 90, 15, 35]), np.array([3000, 2200, 1500, 800, 500])
    wanted = 600 * second / second.sum()
    moved = np.maximum(first - wanted, 0).sum()
    assert dr.dissimilarity(first, second, **FEW).to_move == pytest.approx(moved)


def test_what_chance_makes_of_it_is_its_mean_in_two_samples_of_the_same_people():
    """Of two categories the index is |x / 20 - y / 30|, whose mean is a sum over both binomials."""
    x, y = np.arange(21), np.arange(31)
    chance = binom.pmf(x, 20, 0.4)[:, np.newaxis] * binom.pmf(y, 30, 0.4)
    expected = (chance * np.abs(x[:, np.newaxis] / 20 - y / 30)).sum()
    found = dr.dissimilarity([8, 12], [12, 18], n_resamples=20_000)
    assert found.estimate == 0
    assert found.expected == pytest.approx(expected, rel=0.02)


def test_a_known_second_side_has_no_chance_of_its_own():
    x = np.arange(21)
    expected = (binom.pmf(x, 20, 0.4) * np.abs(x / 20 - 0.4)).sum()
    found = dr.dissimilarity([8, 12], [40, 60], known=True, n_resamples=20_000)
    assert found.expected == pytest.approx(expected, rel=0.02)
    both = dr.dissimilarity([30, 20], [40, 60])
    known = dr.dissimilarity([30, 20], [40, 60], known=True)
    assert known.high - known.low < both.high - both.low
    large = dr.dissimilarity([30, 20], [400_000, 600_000])
    assert (large.low, large.high) == pytest.approx((known.low, known.high), abs=0.02)


counts = st.lists(st.integers(0, 30), min_size=4, max_size=4).filter(any)


def test_limit_and_p_tell_one_story_also_of_few_resamples():
    found = dr.dissimilarity([15, 20, 7, 2], [6, 23, 3, 8], **FEW)
    assert (found.low > 0) == (found.pvalue < 0.05)


@settings(max_examples=25, deadline=None)
@given(counts, counts, st.permutations(range(4)), st.sampled_from(["dissimilarity", "hellinger", "isolation"]))
def test_laws(first, second, order, index):
    found = dr.dissimilarity(first, second, index=index, **FEW)
    assert 0 <= found.estimate <= 1 + 1e-12
    assert 0 <= found.low <= found.high <= 1
    turned = dr.dissimilarity([first[i] for i in order], [second[i] for i in order], index=index, **FEW)
    assert turned.estimate == pytest.approx(found.estimate)
    longer = dr.dissimilarity([*first, 0], [*second, 0], index=index, **FEW)
    assert longer[:6] == found[:6]
    scaled = dr.dissimilarity(np.multiply(first, 7), np.multiply(second, 7), index=index, **FEW)
    assert scaled.estimate == pytest.approx(found.estimate)
    assert (found.low > (sum(first) / (sum(first) + sum(second)) + 1e-9 if index == "isolation" else 0)) == (
        found.pvalue < 0.05
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(1, 30)), min_size=2, max_size=5), st.integers(1, 5))
def test_areas_of_the_same_mix_may_be_merged(pairs, times):
    first, second = map(list, zip(*pairs, strict=True))
    split = dr.dissimilarity([*first, times * first[0]], [*second, times * second[0]], **FEW).estimate
    merged = dr.dissimilarity([(1 + times) * first[0], *first[1:]], [(1 + times) * second[0], *second[1:]], **FEW)
    assert split == pytest.approx(merged.estimate)


def test_equal_and_opposite():
    equal = dr.dissimilarity([10, 20], [100, 200])
    assert (equal.estimate, equal.low, equal.pvalue, equal.to_move) == (0, 0, 1, 0)
    assert 0 < equal.high < 0.5
    opposite = dr.dissimilarity([40, 0], [0, 40])
    assert opposite.estimate == opposite.high == 1
    assert 0.5 < opposite.low < 1


def test_few_people_cannot_be_told_from_chance():
    found = dr.dissimilarity([1, 0, 0], [0, 1, 1])
    assert (found.estimate, found.low, found.high) == (1, 0, 1)
    assert found.pvalue > 0.5
    assert found.flag == Flag.SMALL_BASE | Flag.SMALL_REFERENCE


def test_many_small_areas_are_far_apart_by_chance_alone():
    """Three people of each side in each of 60 areas, put there at random: the plain index is large."""
    random = np.random.default_rng(1)
    first, second = random.multinomial(180, [1 / 60] * 60), random.multinomial(180, [1 / 60] * 60)
    found = dr.dissimilarity(first, second)
    assert found.estimate > 0.3
    assert found.expected == pytest.approx(found.estimate, abs=0.06)
    assert found.low == 0
    assert found.high < found.estimate
    assert found.corrected < 0.15


def test_empty_sides():
    for sides, flag in ((([0, 0], [3, 40]), Flag.NO_CASES), (([3, 40], [0, 0]), Flag.NO_REFERENCE)):
        found = dr.dissimilarity(*sides, **FEW)
        assert all(math.isnan(value) for value in found[:7])
        assert found.flag & flag
    both = dr.dissimilarity([[0, 0], [3, 40]], [[1, 1], [2, 2]], **FEW)
    assert np.isnan(both.estimate).tolist() == [True, False]
    assert both.to_move.shape == (2,)


def test_a_divergence_may_be_infinite():
    found = dr.dissimilarity([5, 5, 10], [20, 0, 20], index="kullback-leibler", **FEW)
    assert found.estimate == found.high == math.inf


def test_a_new_key_each_time_if_asked_for():
    one, other = (dr.dissimilarity([8, 12, 30], [12, 18, 20], rng=None, **FEW) for _ in range(2))
    assert one.method != other.method
    assert "Philox key" in one.method


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"count1": [1, -2]}, ValueError, "count1: -2 at index 1 is negative"),
        ({"count2": [1.5, 2]}, ValueError, "count2: 1.5 at index 0 is not a whole number"),
        ({"count1": 1, "count2": 2}, ValueError, "count1: needs two categories or more"),
        ({"count2": [1, 2, 3]}, ValueError, "count1 and count2: shapes .* do not broadcast"),
        ({"index": "gini"}, ValueError, "index: 'gini' is not one of 'dissimilarity', 'hellinger'"),
        ({"known": "yes"}, TypeError, "known: 'yes' is neither True nor False"),
        ({"confidence_level": 0}, ValueError, "confidence_level: 0 is not between 0 and 1"),
        ({"n_resamples": 0}, ValueError, "n_resamples: 0 is below 1"),
        ({"rng": 1.5}, TypeError, "rng: 1.5 is not an integer"),
    ],
)
def test_bad_input(change, error, message):
    arguments = {"count1": [1, 2], "count2": [3, 4]} | change
    with pytest.raises(error, match=message):
        dr.dissimilarity(arguments.pop("count1"), arguments.pop("count2"), **arguments)
