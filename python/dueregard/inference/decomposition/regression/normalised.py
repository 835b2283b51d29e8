"""Categories whose coefficients are deviations from their mean, so that no level has to be left out."""

from collections.abc import Sequence

import numpy as np

from dueregard.inference.checked import Floats


def deviation_basis(n_columns: int, categories: Sequence[Sequence[int]] = ()) -> Floats:
    """What coefficients may be, when those of the levels of each category add up to 0: a basis, one in each column.

    A model with the columns ``x @ basis`` in place of ``x`` fits as one that leaves out a level of each category does,
    and its coefficients times the basis are those of Yun, M.-S. (2005), Economic Inquiry 43: 766-772: every level has
    one, and none depends on which was left out. The constant is that of an average over levels.

    Parameters
    ----------
    n_columns : int
    categories : sequence of sequences of int
        The columns that are indicators of the levels of one category. A category of one level has no coefficient.

    Returns
    -------
    array of float64, shape (n_columns, n_columns - number of categories)

    Examples
    --------
    >>> deviation_basis(3, [(1, 2)]).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]
    """
    basis = np.eye(n_columns)
    last = [columns[-1] for columns in categories]
    for columns in categories:
        basis[columns[-1], list(columns[:-1])] = -1.0
    return np.delete(basis, last, axis=1)
