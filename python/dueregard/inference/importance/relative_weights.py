"""Johnson's relative weights: what the closest uncorrelated stand-ins of drivers explain, handed back to the drivers.

Johnson, J. W. (2000), A heuristic method for estimating the relative weight of predictor variables in multiple
regression, Multivariate Behavioral Research 35: 1-19.
"""

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.importance.correlations import COLLINEAR


def relative_weights(products: Floats) -> Floats:
    """For each column but the last, the outcome, of matrices of products, shape (n, k + 1, k + 1): (n, k).

    They sum to what all columns explain of the outcome, in the unit of the products. A column of zeros has no weight.
    """
    squares = np.einsum("nii->ni", products)[:, :-1]
    scale = np.divide(1.0, np.sqrt(np.maximum(squares, 0.0)), out=np.zeros_like(squares), where=squares > 0)
    between = products[:, :-1, :-1] * scale[:, :, np.newaxis] * scale[:, np.newaxis, :]
    value, vector = np.linalg.eigh(between)
    root = np.sqrt(np.where(value > COLLINEAR, value, 0.0))
    inverse = np.divide(1.0, root, out=np.zeros_like(root), where=root > 0)
    turned = np.einsum("nij,ni->nj", vector, products[:, :-1, -1] * scale)
    stand_in = np.einsum("nij,nj->ni", vector, inverse * turned)
    loading = (vector * root[:, np.newaxis, :]) @ np.swapaxes(vector, -1, -2)
    return np.asarray(np.einsum("nij,nj->ni", loading**2, stand_in**2))
