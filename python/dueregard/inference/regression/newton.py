"""The largest value of a concave likelihood by Newton's steps."""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood

MOST_STEPS = 60
MOST_HALVINGS = 40
LEFT = 1e-9
"""Likelihood left to gain for each unit of weight before the last step: the step squares it."""


def maximum(likelihood: CumulativeLikelihood, start: Floats) -> tuple[Floats, int, bool]:
    """Where the likelihood is largest, after how many steps, and whether it is the maximum.

    Half of gradient times step is what a step has to gain where the likelihood is nearly a parabola (the Newton
    decrement: Boyd, S. and Vandenberghe, L. (2004), Convex Optimization, section 9.5). Steps that lose are halved.
    """
    at, value = start, likelihood.total(start)
    least = LEFT * float(likelihood.weight.sum())
    for step in range(1, MOST_STEPS + 1):
        gradient, minus = likelihood.derivatives(at)
        try:
            move = np.asarray(np.linalg.solve(minus, gradient), np.float64)
        except np.linalg.LinAlgError:
            return at, step, False
        gain = float(gradient @ move) / 2
        if not gain >= -least:  # NaN as well
            return at, step, False
        at, value = _moved(likelihood, at, value, move)
        if gain <= least:
            return at, step, True
    return at, MOST_STEPS, False


def _moved(likelihood: CumulativeLikelihood, at: Floats, value: float, move: Floats) -> tuple[Floats, float]:
    """The first of the whole step, half of it, a quarter... that loses nothing; else where it was."""
    slack = 1e-12 * abs(value)
    for halving in range(MOST_HALVINGS):
        there = at + move / 2**halving
        found = likelihood.total(there)
        if found >= value - slack:
            return there, found
    return at, value
