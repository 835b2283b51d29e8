"""Whether a group tells all coefficients of a model, and if not, which column is to blame."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.collinear import made_in
from dueregard.inference.importance.correlations import COLLINEAR

CONSTANT = 1e-10
"""A column whose variance is no more than this part of the square of its largest number does not vary."""


class Obstacle(NamedTuple):
    """Why coefficients cannot be told: "few" rows; a column that is "constant" or, of a category, "empty"; or one that
    is "made of" ``others``. ``column`` is -1 for few rows.
    """

    why: str
    column: int = -1
    others: tuple[int, ...] = ()


def obstacle(
    centred: Floats, mean: Floats, n_rows: int, categories: Sequence[Sequence[int]], size: Floats
) -> Obstacle | None:  # fmt: skip
    """The first thing that keeps a group from telling all coefficients, or None.

    Parameters
    ----------
    centred : array, shape (p, p)
        Mean cross-products of the columns' deviations from their means.
    mean : array, shape (p,)
    n_rows : int
    categories : sequence of sequences of int
        The columns that are indicators of one category each.
    size : array, shape (p,)
        What rounding goes with: the largest size of each column.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[1.0, 2, 7], [2, 4, 1], [3, 6, 5], [4, 8, 3], [5, 10, 4]])
    >>> obstacle(np.cov(x.T), x.mean(axis=0), 5, (), x.max(axis=0))
    Obstacle(why='made of', column=1, others=(0,))
    """
    levels = {column for columns in categories for column in columns}
    left_out = {next((j for j in columns if mean[j] > 0), columns[0]) for columns in categories}
    used = [j for j in range(len(mean)) if j not in left_out]
    for columns in categories:
        for j in columns:
            if not mean[j] > 0:
                return Obstacle("empty", j)
    for j in used:
        if j not in levels and not centred[j, j] > CONSTANT * np.square(size[j]):
            return Obstacle("constant", j)
    if n_rows <= len(used) + 1:
        return Obstacle("few")
    return _made_of_others(centred, used)


def _made_of_others(centred: Floats, used: Sequence[int]) -> Obstacle | None:
    """The first column that those before it explain, and those of them which do."""
    scale = np.sqrt(np.diag(centred)[list(used)])
    correlated = centred[np.ix_(used, used)] / np.outer(scale, scale)
    made = made_in(correlated, np.full(len(used), COLLINEAR), range(len(used)))
    for place, others in made.items():
        return Obstacle("made of", used[place], tuple(used[other] for other in others))
    return None
