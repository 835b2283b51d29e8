"""Groups as they are given: every bad input is refused by name, and areas come back in their shape."""

import numpy as np
import pytest

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.indices import counted

FUNCTIONS = [dr.between_group_variance, dr.disparity_index, dr.group_inequality, dr.slope_index]


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"nobs": None}, TypeError, "nobs and exposure: give one of them"),
        ({"exposure": 1}, TypeError, "nobs and exposure: give one of them"),
        ({"count": [1, -2]}, ValueError, "count: -2 at index 1 is negative"),
        ({"count": [1, 2.5]}, ValueError, "count: 2.5 at index 1 is not a whole number"),
        ({"count": [1, float("nan")]}, ValueError, "count: nan at index 1 is not a number"),
        ({"count": [1, 11]}, ValueError, "count: 11 at index 1 is above nobs, which is 10 there"),
        ({"count": [1, "2"]}, TypeError, "count: '1' at index 0 is not a number"),
        ({"count": [1], "nobs": 10}, ValueError, "count: needs two groups or more along its last axis"),
        ({"count": 1, "nobs": 10}, ValueError, "count: needs two groups or more along its last axis"),
        ({"nobs": [10, 10, 10]}, ValueError, "shapes .* do not broadcast"),
        ({"nobs": None, "exposure": [5, 0]}, ValueError, "count: 2 at index 1 is above 0 although the exposure is 0"),
        ({"confidence_level": 1}, ValueError, "confidence_level: 1 is not between 0 and 1"),
        ({"n_resamples": 0}, ValueError, "n_resamples: 0 is below 1"),
        ({"n_resamples": 10.0}, TypeError, "n_resamples: 10.0 is not a whole number"),
        ({"rng": "seed"}, TypeError, "rng: 'seed' is not an integer"),
        ({"rng": -1}, ValueError, "rng: -1 is negative"),
    ],
)
def test_bad_input(function, change, error, message):
    arguments = {"count": [1, 2], "nobs": [10, 10]} | change
    count, nobs = arguments.pop("count"), arguments.pop("nobs")
    with pytest.raises(error, match=message):
        function(count, nobs, **arguments)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_areas_come_back_in_their_shape(function):
    count = np.array([[[3, 5], [0, 0]], [[1, 9], [4, 4]]])
    many = function(count, 10, n_resamples=99)
    one = function(count[1, 0], 10, n_resamples=99)
    assert many.estimate.shape == many.flag.shape == (2, 2)
    assert many.flag.dtype == np.int64
    assert (many.estimate[1, 0], many.low[1, 0], many.high[1, 0]) == (one.estimate, one.low, one.high)
    assert isinstance(one.estimate, float)
    assert isinstance(one.flag, Flag)
    assert function(np.empty((0, 3), int), 10, n_resamples=99).estimate.shape == (0,)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_groups_without_cases_are_left_out_and_flagged(function):
    without, within = function([3, 6], [10, 20], n_resamples=99), function([3, 0, 6], [10, 0, 20], n_resamples=99)
    assert within.estimate == pytest.approx(without.estimate)
    assert within.flag == without.flag | Flag.EMPTY_GROUP
    alone = function([3, 0, 0], [10, 0, 0], n_resamples=99)
    assert all(np.isnan(alone[:4]))
    assert alone.flag == Flag.NO_CASES | Flag.EMPTY_GROUP


def test_small_bases_are_flagged():
    assert counted.read([3, 3], [10, 19], None).flags(()) == Flag.SMALL_BASE
    assert counted.read([3, 3], [10, 20], None).flags(()) == Flag(0)
    assert counted.read([3, 6], None, [10, 19]).flags(()) == Flag.FEW_EVENTS
    assert counted.read([4, 6], None, [10, 19]).flags(()) == Flag(0)
