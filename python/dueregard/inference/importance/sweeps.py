"""Columns swept out of matrices of products, all matrices of a batch at once.

Once columns are swept, their rows hold the coefficients of each other column on them, and the other rows what is left
of the products. Goodnight, J. H. (1979), A tutorial on the SWEEP operator, The American Statistician 33: 149-158.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats


def sweep(products: Floats, column: int, floor: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Sweep one column, in place, and say what it adds to the explained part of the last, and where it was swept.

    Where no more than ``floor`` is left of it, it is made of those swept before, adds nothing, and stays as it is.
    """
    row = products[:, column, :].copy()
    done = ~(row[:, column] <= floor)
    inverse = np.divide(1.0, row[:, column], out=np.zeros(len(row)), where=done)
    coefficient = row * inverse[:, np.newaxis]
    products -= coefficient[:, :, np.newaxis] * row[:, np.newaxis, :]
    coefficient[:, column] = -inverse
    kept = np.where(done[:, np.newaxis], coefficient, row)
    products[:, column, :] = products[:, :, column] = kept
    return row[:, -1] ** 2 * inverse, done


def swept(products: Floats, floors: Floats, columns: Sequence[int]) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Matrices with columns swept in this order; what each of these adds, and where it was made of those before."""
    found, shape = products.copy(), (len(products), len(columns))
    gained, done = np.zeros(shape), np.zeros(shape, bool)
    for i, column in enumerate(columns):
        gained[:, i], done[:, i] = sweep(found, column, floors[:, column])
    return found, gained, ~done
