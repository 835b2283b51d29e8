"""The slope of proportions: the published test for trend, two periods by hand, and how often its interval is right."""

import math

import numpy as np
import pytest

from dueregard.inference.unknowns.proportion_trends import proportion_slope


def slope(count, nobs, time=None, level=0.95):
    arrays = [np.array(each, float) for each in (count, nobs, range(len(count)) if time is None else time)]
    return proportion_slope(*arrays, level)


def test_the_slope_is_that_of_weighted_least_squares():
    count, nobs, time = [55, 63, 80, 90], [100, 90, 110, 100], [2015, 2016, 2018, 2019]
    line = np.polyfit(time, np.array(count) / nobs, 1, w=np.sqrt(nobs))
    assert slope(count, nobs, time).estimate == pytest.approx(line[0])


def test_two_periods_have_the_difference_for_a_slope():
    found = slope([60, 80], [100, 100], [0, 4])
    assert found.estimate == pytest.approx(0.2 / 4)
    drawn = [(x + 30 * 140.5 / 201) / 130 for x in (60, 80)]  # each rate as if 30 more cases of the whole were seen
    error = math.sqrt(sum(p * (1 - p) / 100 for p in drawn)) / 4
    assert (found.high - found.low) / 2 == pytest.approx(1.959963984540054 * error)


def test_the_interval_excludes_no_change_exactly_when_p_is_small():
    for last in range(60, 80):
        found = slope([60, 65, last], [100, 100, 100])
        assert (found.low > 0 or found.high < 0) == (found.pvalue < 0.05)


def test_the_interval_holds_the_true_slope_as_often_as_it_says():
    rng = np.random.default_rng(7)
    rates, sizes, time = np.array([0.5, 0.6, 0.7, 0.8]), np.array([80, 120, 60, 100]), np.arange(4.0)
    away = time - (sizes * time).sum() / sizes.sum()
    truth = (sizes * away * rates).sum() / (sizes * away**2).sum()
    hits = 0
    for _ in range(4000):
        found = proportion_slope(rng.binomial(sizes, rates).astype(float), sizes.astype(float), time, 0.95)
        hits += found.low <= truth <= found.high
    assert 0.935 < hits / 4000 < 0.965


def test_zeros():
    nothing = slope([0, 0, 5], [0, 0, 10])
    assert all(map(math.isnan, nothing))
    everybody = slope([10, 20, 30], [10, 20, 30])
    assert everybody.estimate == 0 and everybody.low < 0 < everybody.high and everybody.pvalue == 1
    left_out = slope([60, 0, 80], [100, 0, 100])
    assert left_out == slope([60, 80], [100, 100], [0, 2])
