"""Two groups with numbers and a category, made up, of rows with weights."""

import numpy as np
import pytest

from dueregard.inference.decomposition.regression.normalised import deviation_basis
from dueregard.inference.decomposition.sides import Side, Sides

CATEGORIES = ((2, 3, 4),)
FACTORS = ((0,), (1,), (2, 3, 4))


class Groups:
    """Columns of two numbers and three indicators; scores ``y`` and answers 0 or 1 ``yes``."""

    def __init__(self, seed=3, sizes=(150, 260)):
        rng = np.random.default_rng(seed)
        self.x, self.y, self.yes, self.weight = [], [], [], []
        for side, n in enumerate(sizes):
            numbers = rng.normal(size=(n, 2)) + 0.5 * (1 - side)
            level = rng.integers(0, 3, n)
            level[:3] = range(3)
            predictor = 0.2 + numbers @ [0.5, -0.3] + 0.3 * (level == 1) - 0.2 * (1 - side)
            self.x.append(np.column_stack([numbers, np.eye(3)[level]]))
            self.y.append(10 * predictor + rng.normal(size=n))
            self.yes.append((rng.random(n) < 1 / (1 + np.exp(-predictor))).astype(float))
            self.weight.append(rng.uniform(0.5, 2, n))
        self.basis = deviation_basis(5, CATEGORIES)

    def crossed(self, side, weight=None, x=None):
        """Cross-products of ones, the columns and the scores."""
        columns = self.x[side] if x is None else x[side]
        rows = np.column_stack([np.ones(len(columns)), columns, self.y[side]])
        each = (self.weight if weight is None else weight)[side]
        return (rows * each[:, np.newaxis]).T @ rows

    def sides(self, weight=None, outcome=None):
        """The rows with the answers, or another outcome."""
        answers = self.yes if outcome is None else outcome
        weights = self.weight if weight is None else weight
        return Sides(*(Side(x, y, w) for x, y, w in zip(self.x, answers, weights, strict=True)))

    def nudged(self, side, row, by):
        """The weights, one of them changed."""
        weights = [each.copy() for each in self.weight]
        weights[side][row] += by
        return weights

    def slope(self, statistic, side, row, step=1e-4):
        """The derivative of a statistic of weights by that of a row, by central differences."""
        up, down = (np.asarray(statistic(self.nudged(side, row, by))) for by in (step, -step))
        return (up - down) / (2 * step)


@pytest.fixture
def groups():
    return Groups()
