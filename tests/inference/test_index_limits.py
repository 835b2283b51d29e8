"""Limits of indices: one story with their test, down to 0, and never pretending to know that there is no difference."""

import math

import numpy as np
import pytest

from dueregard.inference.indices import index_formulas as formulas
from dueregard.inference.indices.disparity_index import disparity_formula
from dueregard.inference.indices.group_indices import GroupIndex
from dueregard.inference.indices.index_limits import FARTHEST, Draws, limits, solve
from dueregard.inference.indices.index_models import Rates

SIZES = np.array([400.0, 120, 60, 30, 15])
INDICES = {
    "variance": GroupIndex(formulas.variance),
    "hoover": GroupIndex(formulas.hoover),
    "gini": GroupIndex(formulas.gini),
    "theil": GroupIndex(formulas.theil),
    "disparity": GroupIndex(disparity_formula(None, "k"), turned=True),
    "disparity from a group": GroupIndex(disparity_formula(0, "k-1"), turned=True),
    "disparity from the best": GroupIndex(disparity_formula(np.min, "k-1"), turned=True),
}


def found(count, size, name="variance", level=0.95, resamples=999, rng=0, binomial=True):
    index = INDICES[name]
    count, size = np.array(count, float), np.array(size, float)
    model = Rates(count, size, binomial, index.turned)
    seen = float(index.formula(model.rate[np.newaxis], size)[0])
    return seen, limits(model, lambda rates: index.formula(rates, size), seen, level, Draws(resamples, rng))


@pytest.mark.parametrize("name", INDICES)
def test_the_lower_limit_is_0_exactly_when_chance_could_make_as_much(name):
    random, sides = np.random.default_rng(3), set()
    for _ in range(25):
        rates = np.clip(0.3 + random.normal(0, random.choice([0, 0.05, 0.15]), 5), 0.02, 0.9)
        _, interval = found(random.binomial(SIZES.astype(int), rates), SIZES, name, resamples=299)
        sides.add(interval.low > 0)
        assert (interval.low > 0) == (interval.pvalue < 0.05)
        assert 0 <= interval.low <= interval.corrected <= interval.high
        assert interval.high > 0
    assert sides == {True, False}


def test_a_higher_level_gives_a_wider_interval():
    narrow, wide = (found([80, 36, 24, 9, 6], SIZES, level=level)[1] for level in (0.8, 0.99))
    assert wide.low < narrow.low < narrow.high < wide.high


def test_the_same_key_gives_the_same_bits_and_another_nearly_the_same():
    one, again, other = (found([80, 36, 24, 9, 6], SIZES, resamples=2999, rng=rng)[1] for rng in (5, 5, 6))
    assert one == again
    assert one != other
    assert other.high == pytest.approx(one.high, rel=0.08)


def test_equal_groups_are_not_known_to_be_equal():
    for count, size in (([50, 50], [100, 100]), ([0, 0, 0], [10, 10, 30]), ([10, 10], [10, 10])):
        seen, interval = found(count, size)
        assert (seen, interval.low, interval.pvalue) == (0, 0, 1)
        assert interval.high > 0


def test_more_cases_narrow_the_upper_limit_of_equal_groups():
    highs = [found([n // 2, n // 2], [n, n])[1].high ** 0.5 for n in (20, 200, 2000)]
    assert highs[0] > 2 * highs[1] > 4 * highs[2]
    # two groups of n / 2 each: half the difference of shares, about 2 standard errors at most
    assert highs[2] == pytest.approx(0.5 * 1.96 * math.sqrt(2 * 0.25 / 2000), rel=0.4)


def test_large_numbers_agree_with_the_difference_of_two_shares():
    """With two groups of one size the standard deviation is half the difference, whose interval is known."""
    import dueregard as dr

    _, interval = found([5200, 4800], [10000, 10000], resamples=9999)
    difference = dr.compare_proportions(5200, 10000, 4800, 10000)
    assert 2 * interval.low**0.5 == pytest.approx(difference.low, abs=0.001)
    assert 2 * interval.high**0.5 == pytest.approx(difference.high, abs=0.001)
    assert interval.pvalue < 0.001


def test_the_chance_of_two_shares_is_that_of_their_test():
    import dueregard as dr

    _, interval = found([160, 130], [300, 300], resamples=19_999)
    expected = dr.compare_proportions(160, 300, 130, 300, method="score-uncorrected").pvalue
    # the index is never below 0, so that as much as was seen on either side counts; doubled it is at most 1
    assert interval.pvalue == pytest.approx(2 * expected, rel=0.25)


@pytest.mark.parametrize("level", [0.001, 0.3, 3.0, 40.0])
def test_solve_finds_where_a_rising_function_crosses(level):
    place = solve(lambda x: (x - level) / max(level / 10, 0.01), 1.0, 1.0)
    assert place == pytest.approx(level, abs=0.02 * max(level / 10, 0.01) + 1e-12)


def test_solve_gives_up_far_away():
    assert solve(lambda _: -3.0, 1.0, 1.0) >= min(FARTHEST, 2**10)
