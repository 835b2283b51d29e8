"""Many one-dimensional equations solved at once."""

from collections.abc import Callable

import numpy as np

from dueregard.inference.checked import Floats

MOST_STEPS = 100
PRECISION = 1e-13
"""Width of the bracket at which to stop, relative to the answer or to 1."""


def solve_increasing(function: Callable[[Floats], Floats], low: Floats, high: Floats) -> Floats:
    """Where each of many increasing functions crosses zero, between ``low`` and ``high``.

    Chandrupatla's method: inverse quadratic interpolation where three points show that it will converge, the middle
    of the bracket elsewhere, so that the answer never leaves the bracket. Where a function is not below zero at
    ``low`` the answer is ``low``; where it is not above zero at ``high``, ``high``; where it is NaN, NaN.
    Chandrupatla, T. R. (1997), A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
    without using derivatives, Advances in Engineering Software 28: 145-149.
    """
    latest, other = np.array(low, np.float64), np.array(high, np.float64)
    at_latest, at_other = function(latest), function(other)
    answer = np.where(at_latest >= 0, latest, other)
    answer = np.where(np.isnan(at_latest) | np.isnan(at_other), np.nan, answer)
    todo = (at_latest < 0) & (at_other > 0)
    step = np.full(latest.shape, 0.5)
    for _ in range(MOST_STEPS):
        if not todo.any():
            break
        point = latest + step * (other - latest)
        value = function(point)
        same = (value < 0) == (at_latest < 0)
        third, at_third = np.where(same, latest, other), np.where(same, at_latest, at_other)
        other, at_other = np.where(same, other, latest), np.where(same, at_other, at_latest)
        latest, at_latest = point, value
        best = np.where(np.abs(at_latest) < np.abs(at_other), latest, other)
        smallest = PRECISION * np.maximum(np.abs(best), 1) / np.maximum(np.abs(other - latest), np.finfo(float).tiny)
        done = todo & ((smallest >= 0.5) | (value == 0))
        answer, todo = np.where(done, best, answer), todo & ~done
        step = _next_step(latest, at_latest, other, at_other, third, at_third)
        step = np.clip(step, np.minimum(smallest, 0.5), np.maximum(1 - smallest, 0.5))
    return np.where(todo, latest, answer)


def _next_step(x1: Floats, f1: Floats, x2: Floats, f2: Floats, x3: Floats, f3: Floats) -> Floats:
    """How far to go from the latest point towards the other end of the bracket, as a fraction."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        xi, phi = (x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2)
        trusted = (1 - np.sqrt(1 - xi) < phi) & (phi < np.sqrt(xi))
        step = f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
    return np.where(trusted & np.isfinite(step), step, 0.5)
