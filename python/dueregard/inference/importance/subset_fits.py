"""Logits of an outcome on subsets of drivers, each begun where a smaller one ended."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.importance.players import Players
from dueregard.inference.regression.cumulative_likelihood import CumulativeLikelihood
from dueregard.inference.regression.cumulative_logit import Fit, maximise
from dueregard.inference.regression.patterns import Patterns, coarser

Integers = NDArray[np.int64]


class SubsetFit(NamedTuple):
    """The likelihood of a subset's columns, where it is largest, and the place of each pattern of the whole in it."""

    likelihood: CumulativeLikelihood
    parameters: Floats
    place: Integers

    @property
    def rows(self) -> Floats:
        """The log-likelihood of a row of each pattern of the whole, ``(m,)``."""
        return self.likelihood.rows(self.parameters)[self.place]

    @property
    def gains(self) -> Floats:
        """Of a row of each pattern of the whole, ``(m, q)``: squares of weighted sums over rows sum to what the maximum
        gains, to second order, by the coefficients that other weights have: half of gradient' x inverse information x
        gradient.
        """
        information = self.likelihood.derivatives(self.parameters)[1]
        scores = self.likelihood.row_scores(self.parameters)
        root = np.linalg.cholesky(2 * information)
        return np.asarray(np.linalg.solve(root, scores.T).T, np.float64)[self.place]


class SubsetFits:
    """Fits of the controls and of the drivers that are in a subset, whose bit j stands for driver j.

    The whole has a fit, so that every part of it has: a direction without a largest likelihood in a part is one in the
    whole. Rows that differ in other drivers alone are fitted once.

    Parameters
    ----------
    whole : Fit
        Of all columns, converged.
    players : Players
        The columns of each driver, and of controls.
    """

    def __init__(self, whole: Fit, players: Players) -> None:
        self.whole, self.players = whole, players
        self.parameters: dict[int, Floats] = {2 ** len(players.groups) - 1: whole.parameters}

    def fit(self, subset: int) -> SubsetFit:
        columns = self._columns(subset)
        found = coarser(self.whole.patterns, columns)
        at = np.append(columns, np.arange(len(self.whole.coefficient), len(self.whole.parameters)))
        if subset not in self.parameters:
            self.parameters[subset] = np.zeros(len(self.whole.parameters))
            self.parameters[subset][at] = self._fitted(found, subset, at, columns)
        likelihood = CumulativeLikelihood(found.x, found.y, found.weight, self.whole.n_levels)
        return SubsetFit(likelihood, self.parameters[subset][at], found.place)

    def _columns(self, subset: int) -> Integers:
        """Columns in their own order, so that what is fitted does not depend on the order of drivers."""
        drivers = [columns for j, columns in enumerate(self.players.groups) if subset >> j & 1]
        return np.sort(np.concatenate([self.players.controls, *drivers]).astype(np.int64))

    def _fitted(self, found: Patterns, subset: int, at: Integers, columns: Integers) -> Floats:
        smaller = (subset ^ 1 << j for j in range(len(self.players.groups)) if subset >> j & 1)
        start = next((self.parameters[each][at] for each in smaller if each in self.parameters), None)
        best = maximise(found, self.whole.n_levels, start)
        if not best.done:
            raise ArithmeticError(
                f"the logit of columns {columns.tolist()} has no maximum, though that of all columns has"
            )
        return best.parameters
