"""How often intervals hold the true value, by adding up the probabilities of every table there can be.

Nothing is drawn: for each pair of true shares (i - 1/2) / 200 in the two groups, the probability of each table is
known, and so is whether the interval that it gives holds the true value.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

Floats = NDArray[np.float64]

SHARES = (np.arange(1, 201) - 0.5) / 200
SIZES = (5, 10, 20, 50, 100, 200)
LEVEL = 0.95
NEARLY = 0.93
"""Coverage that an analyst may call 95% without harm."""
ROUNDING = 1e-9
"""A limit that equals the true value but for rounding holds it."""

Limits = Callable[[NDArray[np.int64], int, NDArray[np.int64], int], tuple[Floats, Floats]]
"""Counts and sizes of two groups to the limits of their tables."""


class Covered(NamedTuple):
    """Coverage over all pairs of true shares."""

    mean: float
    minimum: float
    short: float
    """Of the pairs, the part at which it is below 93%."""


def coverage(limits: Limits, measure: str, n1: int, n2: int) -> Covered:
    """Mean and minimum over the true shares of how often the limits hold the true value of the measure."""
    x1, x2 = (x.reshape(-1) for x in np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij"))
    low, high = (values.reshape(n1 + 1, n2 + 1) for values in limits(x1, n1, x2, n2))
    low, high = np.where(np.isnan(low), np.inf, low), np.where(np.isnan(high), -np.inf, high)  # no limits hold nothing
    first = binom.pmf(np.arange(n1 + 1), n1, SHARES[:, np.newaxis])
    second = binom.pmf(np.arange(n2 + 1), n2, SHARES[:, np.newaxis])
    if measure in ("difference", "distance"):
        chances = _by_difference(low, high, first, second, measure)
    else:
        chances = _by_value(low, high, first, second, measure)
    return Covered(float(chances.mean()), float(chances.min()), float((chances < NEARLY - ROUNDING).mean()))


def _by_difference(low: Floats, high: Floats, first: Floats, second: Floats, measure: str) -> Floats:
    """Pairs of shares with one difference share their table of which limits hold it (or, of a distance, its size)."""
    chances = np.empty((len(SHARES), len(SHARES)))
    for steps in range(1 - len(SHARES), len(SHARES)):
        true = abs(steps) / 200 if measure == "distance" else steps / 200
        holds = ((low <= true + ROUNDING) & (true - ROUNDING <= high)).astype(np.float64)
        i = np.arange(max(steps, 0), min(len(SHARES), len(SHARES) + steps))
        chances[i, i - steps] = ((first[i] @ holds) * second[i - steps]).sum(axis=1)
    return chances


def _by_value(low: Floats, high: Floats, first: Floats, second: Floats, measure: str) -> Floats:
    """A ratio differs from pair to pair: one table each."""
    low, high = low * (1 - ROUNDING), high * (1 + ROUNDING)
    odds = SHARES if measure == "ratio" else SHARES / (1 - SHARES)
    chances = np.empty((len(SHARES), len(SHARES)))
    for i, ours in enumerate(odds):
        true = (ours / odds)[:, np.newaxis, np.newaxis]
        # only tables that happen with these shares: the others add less than 1e-13
        likely = np.flatnonzero(first[i] > 1e-16)
        rows = slice(likely[0], likely[-1] + 1)
        holds = (low[rows] <= true) & (true <= high[rows])
        chances[i] = np.einsum("x,jxy,jy->j", first[i, rows], holds, second, optimize=False)
    return chances
