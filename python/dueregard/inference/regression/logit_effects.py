"""What a cumulative logit predicts, and how predictions and coefficients move with a row that counts a little more."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood
from dueregard.inference.regression.cumulative_logit import Fit
from dueregard.inference.regression.linear_fits import times


class MeanEffect(NamedTuple):
    """The mean change of the expected answer, and its derivative by the weight of each pattern of the fit, ``(m,)``."""

    value: float
    scores: Floats


def influence(fit: Fit) -> Floats:
    """The derivatives of the parameters by the weight of a row of each pattern, ``(m, k + n_levels - 1)``.

    The inverse of the information times the derivatives of the row's log-likelihood (Binder, D. A. (1983),
    International Statistical Review 51: 279-292). The weighted sum over rows is 0. Rows have those of their pattern:
    ``fit.patterns.to_rows(influence(fit))``. NaN without a fit.
    """
    if not fit.converged:
        return np.full((len(fit.patterns.y), len(fit.parameters)), np.nan)
    found = fit.patterns
    likelihood = CumulativeLikelihood(found.x, found.y, found.weight, fit.n_levels)
    scores = likelihood.row_scores(fit.parameters)
    return np.asarray(np.linalg.solve(fit.information, scores.T).T, np.float64)


def expected(fit: Fit, x: Floats, answers: Floats) -> Floats:
    """The mean answer of rows of x, ``(n,)``, where level j stands for ``answers[j]``."""
    return np.asarray(answers[0] + _at_least(fit, x) @ np.diff(answers))


def expected_slopes(fit: Fit, x: Floats, answers: Floats) -> Floats:
    """The derivatives of the mean answers by the parameters, ``(n, k + n_levels - 1)``."""
    chance = _at_least(fit, x)
    by_threshold = chance * (1 - chance) * np.diff(answers)
    return np.hstack([by_threshold.sum(axis=1, keepdims=True) * x, -by_threshold])


def mean_expected(fit: Fit, answers: Floats, step: Floats | None = None) -> MeanEffect:
    """The weighted mean of what the fit expects of its own rows, with the columns raised by ``step`` (k,)."""
    found = fit.patterns
    x = found.x if step is None else found.x + step
    return _mean(fit, expected(fit, x, answers), expected_slopes(fit, x, answers))


def gain(fit: Fit, answers: Floats, step: Floats) -> MeanEffect:
    """How much higher the mean answer is to be expected if columns were raised by ``step`` (k,), others unchanged.

    Everybody is raised, those at the top of the scale too, so that the mean of a column rises by the whole step, as it
    does in the linear model: a step is to be small beside the scale. NaN without a fit.

    Examples
    --------
    >>> from dueregard.inference.regression.cumulative_logit import fit
    >>> found = fit([[0], [0], [1], [1]], [0, 1, 0, 1], [3, 1, 1, 3])
    >>> round(gain(found, np.array([0.0, 100.0]), np.array([0.1])).value, 3)  # points for a tenth of the way up
    4.116
    """
    low, high = mean_expected(fit, answers), mean_expected(fit, answers, step)
    return MeanEffect(high.value - low.value, high.scores - low.scores)


def _at_least(fit: Fit, x: Floats) -> Floats:
    """The chance of each level or a higher one, but for the lowest, ``(n, n_levels - 1)``."""
    from scipy.special import expit

    return np.asarray(expit(times(x, fit.coefficient)[:, np.newaxis] - fit.thresholds))


def _mean(fit: Fit, values: Floats, slopes: Floats) -> MeanEffect:
    """The weighted mean over the fit's own rows: a row moves it by its own value, and by the parameters it moves."""
    weight = fit.patterns.weight
    total = float(weight.sum())
    value = float(weight @ values) / total
    scores = (values - value) / total + influence(fit) @ (weight @ slopes / total)
    return MeanEffect(value, np.asarray(scores))
