"""The line itself: its ends are linear in the values, and Fieller's limits solve their equation."""

import math

import numpy as np
import pytest

from dueregard.inference.indices.slope_limits import Line, least_squares, of_line

LINE = Line(
    np.array([0.30, 0.35, 0.42, 0.40]),
    np.array([0.002, 0.001, 0.0015, 0.003]),
    np.array([0.1, 0.35, 0.65, 0.9]),
    np.array([0.2, 0.3, 0.3, 0.2]),
    "none",
)


def test_the_ends_of_values_on_a_line_are_on_it():
    for transform, back in (("none", lambda x: x), ("log", math.exp), ("logit", lambda x: 1 / (1 + math.exp(-x)))):
        line = Line(0.3 + 0.2 * LINE.position, LINE.variance, LINE.position, LINE.weight, transform)
        assert line.ends == pytest.approx((back(0.3), back(0.5)))
        covariance, _ = least_squares(line, 0.95)
        np.testing.assert_allclose(covariance, 0, atol=1e-30)


def test_the_covariance_of_the_ends_is_that_of_linear_functions():
    random = np.random.default_rng(1)
    drawn = random.normal(LINE.value, np.sqrt(LINE.variance), (200_000, 4)) @ LINE.to_ends.T
    np.testing.assert_allclose(LINE.covariance, np.cov(drawn.T), rtol=0.02)


@pytest.mark.parametrize("quantile", [0.5, 1.96, 3.0])
def test_fieller(quantile):
    covariance = LINE.covariance
    bottom, top = LINE.ends
    estimate, low, high, _ = of_line(LINE, "relative", covariance, quantile, None)
    assert estimate == pytest.approx(top / bottom)
    for limit in (low, high):
        error = np.sqrt(np.array([-limit, 1]) @ covariance @ np.array([-limit, 1]))
        assert abs(top - limit * bottom) == pytest.approx(quantile * error, rel=1e-9)


def test_a_bottom_that_may_be_0_has_no_upper_limit():
    wide = Line(LINE.value, 100 * LINE.variance, LINE.position, LINE.weight, "none")
    _, low, high, _ = of_line(wide, "relative", wide.covariance, 1.96, None)
    assert high == math.inf
    assert 0 <= low < 1
    exact = Line(LINE.value, 0 * LINE.variance, LINE.position, LINE.weight, "none")
    estimate, low, high, pvalue = of_line(exact, "relative", exact.covariance, 1.96, None)
    assert low == pytest.approx(estimate) == pytest.approx(high)
    assert pvalue == 0
