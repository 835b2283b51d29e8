"""The likelihood of levels in order: against the formula by a plain loop, and derivatives against differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import approx_fprime

from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood


def logistic(u):
    return 1 / (1 + math.exp(-u))


def by_loop(likelihood, parameters):
    """log(F(threshold above - x'b) - F(threshold below - x'b)) of each row."""
    b, thresholds = parameters[: likelihood.k], parameters[likelihood.k :]
    found = []
    for x, level in zip(likelihood.x, likelihood.y, strict=True):
        eta = math.fsum(x * b)
        above = 1.0 if level == likelihood.n_levels - 1 else logistic(thresholds[level] - eta)
        below = 0.0 if level == 0 else logistic(thresholds[level - 1] - eta)
        found.append(math.log(above - below))
    return found


@st.composite
def cases(draw):
    n_levels, k = draw(st.integers(2, 5)), draw(st.integers(0, 3))
    rng = np.random.default_rng(draw(st.integers(0, 999)))
    n = n_levels + 4
    y = np.arange(n) % n_levels
    likelihood = CumulativeLikelihood(rng.normal(size=(n, k)), y, rng.uniform(0.2, 3, n), n_levels)
    thresholds = rng.normal() + np.cumsum(rng.uniform(0.1, 2, n_levels - 1))
    return likelihood, np.concatenate([rng.normal(size=k), thresholds])


@given(cases())
def test_rows_are_the_formula(case):
    likelihood, parameters = case
    rows = by_loop(likelihood, parameters)
    assert likelihood.rows(parameters) == pytest.approx(rows, abs=1e-9)  # the formula itself cancels
    assert likelihood.total(parameters) == pytest.approx(math.fsum(likelihood.weight * rows))


@given(cases())
def test_derivatives_are_those_of_the_likelihood(case):
    likelihood, parameters = case
    gradient, minus = likelihood.derivatives(parameters)
    assert gradient == pytest.approx(approx_fprime(parameters, likelihood.total, 1e-6), rel=1e-4, abs=2e-4)
    assert gradient == pytest.approx(likelihood.weight @ likelihood.row_scores(parameters), abs=1e-10)
    second = approx_fprime(parameters, lambda at: likelihood.derivatives(at)[0], 1e-6).reshape(minus.shape)
    assert -minus == pytest.approx(second, rel=1e-4, abs=2e-4)
    assert np.linalg.eigvalsh(minus).min() > -1e-10  # concave


def test_far_out_nothing_is_lost():
    likelihood = CumulativeLikelihood(np.array([[800.0], [-800.0]]), np.array([0, 1]), np.ones(2), 3)
    assert likelihood.rows(np.array([1.0, 0.0, 1e-9])) == pytest.approx([-800, -800 + math.log(1e-9)])
    assert np.isfinite(likelihood.derivatives(np.array([1.0, 0.0, 5000.0]))[1]).all()


def test_thresholds_out_of_order_have_no_likelihood():
    likelihood = CumulativeLikelihood(np.zeros((3, 0)), np.array([0, 1, 2]), np.ones(3), 3)
    assert likelihood.total(np.array([1.0, 1.0])) == likelihood.total(np.array([2.0, 1.0])) == -math.inf
