"""Newton's steps: from afar, where they overshoot, and where there is no end."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.regression import newton
from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood
from dueregard.inference.regression.cumulative_logit import fit
from dueregard.inference.regression.newton import maximum


def likelihood(n_levels=3, n=60):
    rng = np.random.default_rng(7)
    x = rng.normal(size=(n, 2))
    latent = x[:, 0] + rng.logistic(size=n)
    y = np.digitize(latent, np.quantile(latent, np.arange(1, n_levels) / n_levels))
    return CumulativeLikelihood(x, y, rng.uniform(0.5, 2, n), n_levels)


BEST = maximum(likelihood(), np.array([0.0, 0.0, -1.0, 1.0]))


@settings(max_examples=30)
@given(st.tuples(*[st.floats(-6, 6)] * 3), st.floats(0.05, 8))
def test_from_any_start_the_same_maximum_is_reached(start, gap):
    found = maximum(likelihood(), np.array([*start, start[-1] + gap]))
    assert found.done
    assert found.parameters == pytest.approx(BEST.parameters, rel=1e-7, abs=1e-8)


def test_the_maximum_has_no_slope_and_no_higher_place_near_it():
    gradient, minus = likelihood().derivatives(BEST.parameters)
    assert gradient == pytest.approx(0, abs=1e-10)
    assert np.linalg.eigvalsh(minus).min() > 0
    top = likelihood().total(BEST.parameters)
    for direction in np.random.default_rng(1).normal(size=(20, 4)):
        assert likelihood().total(BEST.parameters + 0.01 * direction) < top


def test_no_step_lowers_the_likelihood(monkeypatch):
    values, moved = [], newton._moved

    def seen(*arguments):
        at, value = moved(*arguments)
        values.append(value)
        return at, value

    monkeypatch.setattr(newton, "_moved", seen)
    assert maximum(likelihood(), np.array([5.0, -5.0, -3.0, 3.0])).done
    assert len(values) > 3
    assert (np.diff(values) > -1e-9).all()


def test_without_a_second_derivative_there_is_no_step():
    twice = replace(likelihood(), x=np.repeat(likelihood().x[:, :1], 2, axis=1) * 0)
    assert not maximum(twice, np.array([0.0, 0.0, -1.0, 1.0])).done


def test_steps_that_run_out_are_said(monkeypatch):
    monkeypatch.setattr(newton, "MOST_STEPS", 1)
    found = fit([[0], [1], [2], [3], [4]], [0, 1, 0, 1, 1])
    assert (found.status, found.columns) == ("not converged", ())
    assert np.isnan(found.coefficient).all()
