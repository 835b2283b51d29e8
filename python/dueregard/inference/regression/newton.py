"""The largest value of a concave likelihood by Newton's steps."""

from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood

MOST_STEPS = 60
MOST_HALVINGS = 40
LEFT = 1e-9
"""Likelihood left to gain before the last step, for a unit of the smallest weight: the step squares it.

Of the smallest, so that the likelihood of a single separated row among millions has to be all but 1, its answer 20
logits inside its level, before it passes for a maximum.
"""


class Maximum(NamedTuple):
    """Where Newton's steps ended, how many there were, and whether the likelihood is largest there."""

    parameters: Floats
    steps: int
    done: bool


def maximum(likelihood: CumulativeLikelihood, start: Floats) -> Maximum:
    """Where the likelihood is largest.

    Half of gradient times step is what a step has to gain where the likelihood is nearly a parabola (the Newton
    decrement: Boyd, S. and Vandenberghe, L. (2004), Convex Optimization, section 9.5). Steps that lose are halved.
    """
    at, value = start, likelihood.total(start)
    least = LEFT * float(likelihood.weight.min())
    for step in range(1, MOST_STEPS + 1):
        gradient, minus = likelihood.derivatives(at)
        try:
            move = np.asarray(np.linalg.solve(minus, gradient), np.float64)
        except np.linalg.LinAlgError:
            return Maximum(at, step, False)
        gain = float(gradient @ move) / 2
        if not gain >= -least:  # NaN as well
            return Maximum(at, step, False)
        at, value = _moved(likelihood, at, value, move)
        if gain <= least:
            return Maximum(at, step, True)
    return Maximum(at, MOST_STEPS, False)


def _moved(likelihood: CumulativeLikelihood, at: Floats, value: float, move: Floats) -> tuple[Floats, float]:
    """The first of the whole step, half of it, a quarter... that loses nothing; else where it was."""
    slack = 1e-12 * abs(value)
    for halving in range(MOST_HALVINGS):
        there = at + move / 2**halving
        found = likelihood.total(there)
        if found >= value - slack:
            return there, found
    return at, value
