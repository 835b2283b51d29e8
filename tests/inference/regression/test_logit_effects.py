"""What a logit predicts, and its scores: against statsmodels, and against fits in which a row weighs a little more."""

from dataclasses import replace

import numpy as np
import pytest
import statsmodels.api as sm

from dueregard.inference.regression import logit_effects
from dueregard.inference.regression.cumulative_logit import fit

ANSWERS = {2: np.array([0.0, 100.0]), 4: np.array([0.0, 20.0, 70.0, 100.0])}
STEP = 1e-4


def survey(n_levels, n=60):
    rng = np.random.default_rng(4)
    x = rng.integers(0, 5, (n, 2)).astype(float)
    latent = 0.7 * x[:, 0] + rng.logistic(size=n)
    return x, np.digitize(latent, np.quantile(latent, np.arange(1, n_levels) / n_levels)), rng.uniform(0.5, 2, n)


def by_weight(statistic, x, y, weight, n_levels):
    """The derivative of a statistic of a fit by the weight of each row, by central differences of fits."""
    found = []
    for i in range(len(y)):
        more, less = weight.copy(), weight.copy()
        more[i] += STEP
        less[i] -= STEP
        found.append((statistic(fit(x, y, more, n_levels)) - statistic(fit(x, y, less, n_levels))) / (2 * STEP))
    return np.array(found)


def statistics(answers):
    up = np.array([0.5, 0.0])
    return {
        "parameters": (lambda f: f.parameters, logit_effects.influence),
        "mean": (
            lambda f: logit_effects.mean_expected(f, answers).value,
            lambda f: logit_effects.mean_expected(f, answers).scores,
        ),
        "gain": (
            lambda f: logit_effects.gain(f, answers, up).value,
            lambda f: logit_effects.gain(f, answers, up).scores,
        ),
    }


@pytest.mark.parametrize("n_levels", [2, 4])
@pytest.mark.parametrize("name", ["parameters", "mean", "gain"])
def test_scores_are_derivatives_by_the_weights_of_rows(n_levels, name):
    x, y, weight = survey(n_levels)
    statistic, scores = statistics(ANSWERS[n_levels])[name]
    found = fit(x, y, weight, n_levels)
    rows = found.patterns.to_rows(scores(found))
    assert rows == pytest.approx(by_weight(statistic, x, y, weight, n_levels), rel=1e-4, abs=1e-6)
    assert weight @ rows == pytest.approx(0, abs=1e-8)


def test_influence_gives_the_robust_covariance_of_statsmodels():
    x, y, _ = survey(2)
    found = fit(x, y)
    rows = found.patterns.to_rows(logit_effects.influence(found))
    told = sm.Logit(y, sm.add_constant(x)).fit(disp=0, cov_type="HC0")
    assert np.sqrt((rows**2).sum(axis=0)) == pytest.approx([*told.bse[1:], told.bse[0]], rel=1e-5)


@pytest.mark.parametrize("column", [0, 1])
def test_small_steps_gain_the_average_marginal_effects_of_statsmodels(column):
    x, y, _ = survey(2)
    told = sm.Logit(y, sm.add_constant(x)).fit(disp=0).get_margeff()
    step = 1e-4 * (np.arange(2) == column)
    gained = logit_effects.gain(fit(x, y), ANSWERS[2], step).value
    assert gained / 1e-4 == pytest.approx(100 * told.margeff[column], rel=1e-3)


@pytest.mark.parametrize("n_levels", [2, 4])
def test_chances_of_levels_are_those_of_the_likelihood(n_levels):
    x, y, weight = survey(n_levels)
    found = fit(x, y, weight, n_levels)
    # where one level counts for 1 and the others for nothing, the mean answer is its chance
    chance = np.column_stack([logit_effects.expected(found, found.patterns.x, level) for level in np.eye(n_levels)])
    own = chance[np.arange(len(chance)), found.patterns.y]
    assert found.patterns.weight @ np.log(own) == pytest.approx(found.loglik)
    answers = ANSWERS[n_levels]
    assert logit_effects.expected(found, found.patterns.x, answers) == pytest.approx(chance @ answers)


def test_the_mean_of_what_a_logit_expects_is_the_mean_of_the_answers():
    x, y, weight = survey(2)
    mean = logit_effects.mean_expected(fit(x, y, weight), ANSWERS[2])
    assert mean.value == pytest.approx(100 * np.average(y, weights=weight))


def test_slopes_of_expected_answers_are_their_derivatives():
    x, y, weight = survey(4)
    found = fit(x, y, weight, 4)
    slopes = logit_effects.expected_slopes(found, x, ANSWERS[4])
    for j in range(len(found.parameters)):
        moved = found.parameters + 1e-6 * (np.arange(len(found.parameters)) == j)
        other = replace(found, coefficient=moved[:2], thresholds=moved[2:])
        change = logit_effects.expected(other, x, ANSWERS[4]) - logit_effects.expected(found, x, ANSWERS[4])
        assert slopes[:, j] == pytest.approx(change / 1e-6, abs=1e-3)


def test_without_a_fit_nothing_is_known():
    found = fit([[0], [0], [1], [1]], [0, 0, 1, 1])
    answers, step = ANSWERS[2], np.ones(1)
    assert np.isnan(logit_effects.influence(found)).all()
    assert np.isnan(logit_effects.gain(found, answers, step).value)
    assert np.isnan(logit_effects.expected(found, np.ones((1, 1)), answers)).all()
