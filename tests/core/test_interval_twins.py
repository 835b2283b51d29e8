"""Intervals of one sample: the compiled ones against plain Python, on fractions too, and their arguments."""

import threading

import numpy as np
import pytest

from dueregard import _core
from dueregard.reference import proportion_intervals, rate_intervals

LEVELS = (0.1, 0.95, 0.998)


@pytest.mark.parametrize("method", proportion_intervals.METHODS)
@pytest.mark.parametrize("level", LEVELS)
def test_proportion_interval_equals_the_twin(method, level):
    pairs = [(x, n) for n in (0, 1, 2, 3, 7, 20, 61, 150) for x in {0, 1, 2, n // 3, n // 2, n - 1, n} if 0 <= x <= n]
    pairs += [(0.25, 0.75), (0.0, 12.5), (12.5, 12.5), (3.7, 12.5), (61.2, 80.4)]
    count, nobs = np.array(pairs, float).T
    expected = proportion_intervals.proportion_interval(count, nobs, method, level)
    found = _core.proportion_interval(count, nobs, method, level)
    np.testing.assert_allclose(found, expected, rtol=1e-11, atol=1e-14)


@pytest.mark.parametrize("method", rate_intervals.METHODS)
@pytest.mark.parametrize("level", LEVELS)
def test_rate_interval_equals_the_twin(method, level):
    count = np.array([0, 0, 1, 2, 3, 9, 10, 65, 400, 0.25, 3.75, 61.5])
    exposure = np.array([0, 5, 1, 0.3, 7, 1e6, 2.5, 100, 1, 1.5, 2, 3])
    expected = rate_intervals.rate_interval(count, exposure, method, level)
    found = _core.rate_interval(count, exposure, method, level)
    np.testing.assert_allclose(found, expected, rtol=1e-10)


@pytest.mark.parametrize("function, method", [(_core.proportion_interval, "mid-p"), (_core.rate_interval, "exact")])
def test_arguments(function, method):
    one = np.ones(2)
    assert function([1, 1], [2, 2], method, 0.95).shape == (2, 2)
    assert function([], [], method, 0.95).shape == (2, 0)
    assert np.isnan(function([3.0, -1.0, np.nan], [0.0, 2.0, 2.0], method, 0.95)).all()
    for level in (0.0, 1.0, np.nan):
        with pytest.raises(ValueError, match="confidence_level must lie between 0 and 1"):
            function(one, one, method, level)
    with pytest.raises(ValueError, match="method: there is no 'best'"):
        function(one, one, "best", 0.95)
    with pytest.raises(ValueError, match="must be a vector as long as the others"):
        function(one, np.ones(3), method, 0.95)
    with pytest.raises(ValueError, match="count must be a vector"):
        function(np.ones((2, 2)), np.ones(4), method, 0.95)
    with pytest.raises((TypeError, ValueError), match="interrupt must"):
        function(one, one, method, 0.95, [0])


@pytest.mark.parametrize("function, method", [(_core.proportion_interval, "mid-p"), (_core.rate_interval, "exact")])
def test_another_thread_stops_a_long_call(function, method):
    flag = np.zeros(1, np.uint8)
    count = np.full(2_000_000, 1000.0)
    timer = threading.Timer(0.05, flag.__setitem__, (0, 1))
    timer.start()
    with pytest.raises(InterruptedError, match="stopped by another thread"):
        function(count, 3 * count, method, 0.95, flag)
    timer.join()
