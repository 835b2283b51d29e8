"""How an explained sum of squares is shared out among players: one least-squares regression for each set of them."""

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.shapley_average import averages

Floats = NDArray[np.float64]


def subset_shares(matrices: Floats, floors: Floats, sizes: NDArray[np.int32]) -> Floats:
    """Of each matrix of products, the outcome last, what each player adds on average: an array of matrices x players.

    ``sizes`` says how many columns each player has. Directions in which the columns of a set have no more than the
    largest of ``floors``, as a part of what they have in others, are taken for rounding.
    """
    ends = np.cumsum(sizes).tolist()
    blocks = [list(range(end - size, end)) for end, size in zip(ends, sizes.tolist(), strict=True)]
    return np.array([shares(*each, blocks) for each in zip(matrices, floors, strict=True)]).reshape(-1, len(blocks))


def shares(matrix: Floats, floors: Floats, blocks: list[list[int]]) -> list[float]:
    """What each block of columns adds to what is explained of the last column, averaged over all orders."""
    values = []
    for set_ in range(2 ** len(blocks)):
        columns = [column for player, block in enumerate(blocks) if set_ >> player & 1 for column in block]
        values.append(explained(matrix, columns, float(floors.max())))
    return averages(values)


def explained(matrix: Floats, columns: list[int], rounding: float) -> float:
    """The sum of squares of the last column that a regression on these explains."""
    products, outcome = matrix[np.ix_(columns, columns)], matrix[columns, -1]
    coefficients = np.linalg.lstsq(products, outcome, rcond=rounding)[0]
    return float(coefficients @ outcome)
