"""How far rows of a cell are from its true mean: further than from the mean of those who were drawn."""

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats
from dueregard.inference.decomposition.sides import Side

Codes = NDArray[np.int64]
SEVERAL = 1 + 1e-9
"""Above this effective number a cell has more than one row."""


def more_deviation(side: Side, cell: Codes) -> Floats:
    """What deviations from the means of cells are to be made larger by, (n,).

    Each is divided by the root of 1 - 1/n, with n Kish's effective number of rows in its cell (HC2 of MacKinnon, J. G.
    and White, H. (1985), Journal of Econometrics 29: 305-325), as those of `part_scores` are. A single row's deviation
    is 0: it is taken to be as large as the others' are on average, away from the mean of all.
    """
    weight, square = (np.bincount(cell, each) for each in (side.weight, np.square(side.weight)))
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.bincount(cell, side.weight * side.y) / weight
        size = np.square(weight) / square
    away, own_size = side.y - mean[cell], size[cell]
    several = own_size > SEVERAL
    wider = np.sqrt(np.divide(own_size, own_size - 1, out=np.ones(len(away)), where=several))
    whole = side.y - side.weight @ side.y / side.weight.sum()
    counted = np.where(several, side.weight, 0.0)
    spread = np.square(away * wider) if counted.any() else np.square(whole)
    usual = np.sqrt(counted @ spread / counted.sum()) if counted.any() else np.sqrt(spread.mean())
    return np.where(several, (wider - 1) * away, usual * np.sign(whole))
