"""The cumulative logit of an outcome with levels in order, with weights; with two levels the plain logit."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference import checked
from dueregard.inference.checked import Floats
from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood
from dueregard.inference.regression.newton import Maximum, maximum
from dueregard.inference.regression.patterns import Patterns, patterns
from dueregard.inference.regression.separation import separating

Integers = NDArray[np.int64]

SINGULAR = 1e-10
"""Columns whose correlations have an eigenvalue below this depend on one another."""
FAR = 8.0
"""Answers this many logits inside their level may be separated, which is then looked into."""


@dataclass(frozen=True, eq=False)
class Fit:
    """A cumulative logit: P(level <= j) = F(thresholds[j] - x'coefficient); a higher x'coefficient, a higher level.

    Attributes
    ----------
    coefficient : array of float64, shape (k,)
        Logits for one unit of each column; NaN without a fit.
    thresholds : array of float64, shape (n_levels - 1,)
        Increasing; with two levels the intercept of the logit is minus the only one.
    loglik, null_loglik : float
        The weighted log-likelihood, and that with thresholds alone.
    information : array of float64, shape (k + n_levels - 1,) twice
        Minus the second derivatives of the weighted log-likelihood by coefficients, then thresholds.
    status : str
        ``"converged"``; or why there is no fit: ``"empty level"`` (nobody with a weight has it), ``"collinear"``
        (``columns`` hold no more than others do, or do not vary), ``"separated"`` (``columns`` tell levels apart
        without an error, wholly or in part, so that the likelihood has no largest value), ``"not converged"``.
    columns : tuple of int
        The columns that the status speaks of.
    patterns : Patterns
        The different rows that were fitted.
    """

    coefficient: Floats
    thresholds: Floats
    loglik: float
    null_loglik: float
    information: Floats
    status: str
    columns: tuple[int, ...]
    patterns: Patterns

    @property
    def converged(self) -> bool:
        return self.status == "converged"

    @property
    def separated(self) -> bool:
        return self.status == "separated"

    @property
    def n_levels(self) -> int:
        return len(self.thresholds) + 1

    @property
    def parameters(self) -> Floats:
        """Coefficients, then thresholds."""
        return np.concatenate([self.coefficient, self.thresholds])

    @property
    def mcfadden(self) -> float:
        """1 - loglik / null_loglik."""
        return 1 - self.loglik / self.null_loglik if self.null_loglik else np.nan


def fit(x: Any, y: Any, weight: Any = None, n_levels: int = 2, start: Fit | None = None) -> Fit:
    """Fit a cumulative logit by maximum likelihood (with weights: pseudo maximum likelihood, Skinner 1989).

    Rows that are alike are fitted once with their weights added up. Newton's steps, halved where they overshoot, with
    analytic first and second derivatives: `scipy.optimize` has no Newton method that stops by the step's own measure of
    how much likelihood is left to gain, which makes many small fits of one survey several times faster and tells a
    maximum from a likelihood that rises without end.

    Parameters
    ----------
    x : array_like of float, shape (n, k)
        Without a column of ones. ``k`` may be 0.
    y : array_like of int, shape (n,)
        Levels from 0 to ``n_levels`` - 1, worst or "no" first.
    weight : array_like of float, shape (n,), optional
        Not negative. Only their sizes relative to one another matter to coefficients.
    n_levels : int
    start : Fit, optional
        Where to begin: a fit of the same columns to nearly the same rows. It does not change what is found.

    Returns
    -------
    Fit
        ``status`` says why there is none; then all numbers are NaN.

    Raises
    ------
    TypeError, ValueError
        If an array is not of numbers or of another length, a value is not finite, a level is none, a weight is negative
        or all are 0.

    Examples
    --------
    >>> found = fit([[0], [0], [1], [1]], [0, 1, 0, 1], [3, 1, 1, 3])
    >>> found.status, found.coefficient.round(4).tolist(), found.thresholds.round(4).tolist()
    ('converged', [2.1972], [1.0986])
    >>> fit([[0], [0], [1], [1]], [0, 0, 1, 1]).status
    'separated'
    """
    columns, levels, weights = check_rows(x, y, weight, n_levels)
    found = patterns(columns, levels, weights)
    return fit_patterns(found, n_levels, None if start is None or not start.converged else start.parameters)


def check_rows(x: Any, y: Any, weight: Any, n_levels: int) -> tuple[Floats, Integers, Floats]:
    """Columns, levels and weights as arrays of n rows."""
    if checked.integer("n_levels", n_levels) < 2:
        raise ValueError(f"n_levels: {n_levels} is below 2")
    columns, levels = checked.finite_numbers("x", x), checked.finite_numbers("y", y)
    weights = np.ones(len(levels)) if weight is None else checked.finite_numbers("weight", weight)
    if columns.ndim != 2:
        raise ValueError(f"x: an array of rows by columns is needed, not of {columns.ndim} dimensions")
    for name, array in (("y", levels), ("weight", weights)):
        if array.shape != (len(columns),):
            raise ValueError(f"{name}: the shape is {array.shape}, but x has {len(columns)} rows")
    bad = (levels != np.floor(levels)) | (levels < 0) | (levels >= n_levels)
    checked.refuse_first("y", levels, bad, f"is not a level from 0 to {n_levels - 1}")
    checked.refuse_first("weight", weights, weights < 0, "is negative")
    if not weights.any():
        raise ValueError("weight: all are 0" if len(weights) else "x: there are no rows")
    return columns, levels.astype(np.int64), weights


def fit_patterns(found: Patterns, n_levels: int, start: Floats | None = None) -> Fit:
    """The fit to different rows."""
    mass = np.bincount(found.y, found.weight, n_levels).astype(np.float64)
    empty = tuple(np.flatnonzero(mass == 0).tolist())
    dependent = _dependent(found.x, found.weight) if not empty else ()
    if empty or dependent:
        return _without(found, n_levels, "empty level" if empty else "collinear", dependent)
    best = maximise(found, n_levels, start)
    if not best.done or _is_far(found, n_levels, best.parameters):
        apart = separating(found.x, found.y, n_levels)
        if apart or not best.done:
            return _without(found, n_levels, "separated" if apart else "not converged", apart)
    likelihood = CumulativeLikelihood(found.x, found.y, found.weight, n_levels)
    k, null = found.x.shape[1], float(mass @ np.log(mass / mass.sum()))
    loglik, information = likelihood.total(best.parameters), likelihood.derivatives(best.parameters)[1]
    coefficient, thresholds = best.parameters[:k], best.parameters[k:]
    return Fit(coefficient, thresholds, loglik, null, information, "converged", (), found)


def maximise(found: Patterns, n_levels: int, start: Floats | None = None) -> Maximum:
    """The parameters that the likelihood of these rows is largest at, in the units of their columns.

    Steps are taken in columns with mean 0 and variance 1. All levels occur, and columns do not depend on one another.
    """
    centre, scale = _centre_and_scale(found.x, found.weight)
    likelihood = CumulativeLikelihood((found.x - centre) / scale, found.y, found.weight, n_levels)
    best = maximum(likelihood, _begin(likelihood, centre, scale, start))
    coefficient = best.parameters[: likelihood.k] / scale
    thresholds = best.parameters[likelihood.k :] + centre @ coefficient
    return best._replace(parameters=np.concatenate([coefficient, thresholds]))


def _centre_and_scale(x: Floats, weight: Floats) -> tuple[Floats, Floats]:
    centre = weight @ x / weight.sum()
    spread = np.sqrt(weight @ np.square(x - centre) / weight.sum())
    return centre, np.where(spread > 0, spread, 1.0)


def _dependent(x: Floats, weight: Floats) -> tuple[int, ...]:
    """The columns that take part in a linear dependence; a column that does not vary is one by itself."""
    if not x.shape[1]:
        return ()
    centre, scale = _centre_and_scale(x, weight)
    constant = np.flatnonzero(np.ptp(x, axis=0) == 0)
    if len(constant):
        return tuple(constant.tolist())
    scaled = (x - centre) / scale
    values, vectors = np.linalg.eigh(scaled.T @ (weight[:, np.newaxis] * scaled) / weight.sum())
    null = np.abs(vectors[:, values < SINGULAR]).max(axis=1, initial=0)
    return tuple(np.flatnonzero(null > np.sqrt(SINGULAR)).tolist())


def _begin(likelihood: CumulativeLikelihood, centre: Floats, scale: Floats, start: Floats | None) -> Floats:
    """Parameters of scaled columns: those given, or the levels' own shares and no coefficients."""
    k = likelihood.k
    if start is not None and start.shape == (k + likelihood.n_levels - 1,):
        return np.concatenate([start[:k] * scale, start[k:] - centre @ start[:k]])
    below = np.cumsum(np.bincount(likelihood.y, likelihood.weight))
    return np.concatenate([np.zeros(k), np.log(below[:-1] / (below[-1] - below[:-1]))])


def _is_far(found: Patterns, n_levels: int, parameters: Floats) -> bool:
    """Whether some row is so deep inside its level that it might be separated from the others."""
    upper, lower = CumulativeLikelihood(found.x, found.y, found.weight, n_levels).ends(parameters)
    return bool((np.minimum(upper, -lower) > FAR).any())


def _without(found: Patterns, n_levels: int, status: str, columns: tuple[int, ...]) -> Fit:
    k = found.x.shape[1]
    q = k + n_levels - 1
    return Fit(
        np.full(k, np.nan),
        np.full(n_levels - 1, np.nan),
        np.nan,
        np.nan,
        np.full((q, q), np.nan),
        status,
        columns,
        found,
    )
