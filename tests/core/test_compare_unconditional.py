"""Exact unconditional comparisons against their twin, and every bad input."""

import itertools

import numpy as np
import pytest

from dueregard import _core
from dueregard.reference import unconditional

METHODS = ("chan-zhang", "agresti-min")
NO_LEVEL = float("nan")


def columns(tables):
    return [np.array(column, float) for column in zip(*tables, strict=True)]


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_pvalues_equal_the_twins(method, alternative):
    rng = np.random.default_rng(5)
    tables = [
        (rng.integers(0, n1 + 1), n1, rng.integers(0, n2 + 1), n2, null)
        for n1, n2, null in itertools.product((0, 1, 3, 6), (1, 2, 5), (0.0, 0.15, -0.4))
    ]
    found, inside = _core.compare_unconditional(*columns(tables), method, NO_LEVEL, alternative)
    expected, _ = unconditional.compare_unconditional(*columns(tables), method, NO_LEVEL, alternative)
    assert found.shape == (5, len(tables)) and inside.dtype == np.bool_ and not inside.any()
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-9)


@pytest.mark.parametrize(("method", "alternative"), [("chan-zhang", "less"), ("agresti-min", "two-sided")])
def test_intervals_equal_the_twins(method, alternative):
    arguments = (*columns([(2, 3, 1, 3, 0.0), (0, 2, 0, 3, 0.1)]), method, 0.9, alternative)
    found, _ = _core.compare_unconditional(*arguments)
    expected, _ = unconditional.compare_unconditional(*arguments)
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-6)


GOOD = {
    "count1": np.array([1.0]),
    "nobs1": np.array([3.0]),
    "count2": np.array([1.0]),
    "nobs2": np.array([2.0]),
    "null": np.array([0.0]),
    "method": "chan-zhang",
    "confidence_level": 0.95,
    "alternative": "two-sided",
}


@pytest.mark.parametrize(
    ("changed", "error", "message"),
    [
        ({"method": "barnard"}, ValueError, "method: 'barnard'"),
        ({"alternative": "both"}, ValueError, "alternative: 'both'"),
        ({"confidence_level": 1.0}, ValueError, "confidence_level must"),
        ({"nobs2": np.ones(2)}, ValueError, "nobs2 must be a vector"),
        ({"nobs1": np.array([5001.0])}, ValueError, "at index 0 are not whole counts of samples of at most 5000"),
        ({"count1": np.array([0.5])}, ValueError, "at index 0 are not whole counts"),
        ({"count2": np.array([3.0])}, ValueError, "at index 0 are not whole counts"),
        ({"null": np.array([np.nan])}, ValueError, "null from -1 to 1"),
        ({"interrupt": np.ones(2, "u1")}, ValueError, "interrupt must"),
    ],
)
def test_bad_input_is_refused(changed, error, message):
    with pytest.raises(error, match=message):
        _core.compare_unconditional(**GOOD | changed)
