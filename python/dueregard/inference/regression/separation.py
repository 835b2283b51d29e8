"""Whether answers are separated: then the likelihood has no largest value, and no coefficient is one."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Integers = NDArray[np.int64]
NOTHING = 1e-6
"""Margins below this, of columns scaled to 1, are the rounding of the linear program."""
REACHED = 0.5
"""How far a direction goes, bounded by 1, if it separates."""


def separating(x: Floats, y: Integers, n_levels: int) -> tuple[int, ...]:
    """A smallest set of columns that separates the levels of the outcome; empty where none does.

    Levels are separated, completely or in part, if going on and on in some direction of coefficients and thresholds
    lowers the likelihood of no row and raises that of one: then there is no largest. Albert, A. and Anderson, J. A.
    (1984), Biometrika 71: 1-10; as a linear program, Konis, K. (2007), Linear programming algorithms for detecting
    separated data in binary logistic regression models, thesis, Oxford.

    No column can be left out of the set found. Another set may separate as well.

    Parameters
    ----------
    x : array of float64, shape (m, k)
    y : array of int64, shape (m,)
    n_levels : int
        All of which occur.

    Examples
    --------
    >>> x = np.array([[0.0, 3.0], [1.0, 1.0], [2.0, 2.0], [3.0, 0.0]])
    >>> separating(x, np.array([0, 0, 1, 1]), 2)
    (0,)
    >>> separating(x, np.array([0, 1, 1, 0]), 2)
    ()
    """
    scaled = (x - x.mean(axis=0)) / np.maximum(np.ptp(x, axis=0), np.finfo(np.float64).tiny)
    columns = list(range(x.shape[1]))
    if not _is_separated(scaled, y, n_levels):
        return ()
    for j in range(x.shape[1]):
        fewer = [each for each in columns if each != j]
        if _is_separated(scaled[:, fewer], y, n_levels):
            columns = fewer
    return tuple(columns)


def _is_separated(x: Floats, y: Integers, n_levels: int) -> bool:
    """Whether the sum of margins, none of them negative, can be more than 0 in a bounded direction.

    If it can, the direction reaches its bounds. One that does not is what the solver lets pass of its constraints.
    """
    from scipy.optimize import linprog

    margins = _margins(x, y, n_levels)
    total, least = np.asarray(margins.sum(axis=0)).ravel(), np.zeros(margins.shape[0])
    found = linprog(-total, A_ub=-margins, b_ub=least, bounds=(-1, 1))
    if found.status != 0 or np.abs(np.asarray(found.x)).max() < REACHED:
        return False
    each = margins @ found.x
    return bool(each.min() > -NOTHING and each.max() > NOTHING)


def _margins(x: Floats, y: Integers, n_levels: int) -> Any:
    """The rows of threshold above less x'b, and of x'b less threshold below, as functions of b and thresholds."""
    from scipy.sparse import csr_array, hstack, vstack

    parts = []
    for sign, has, threshold in ((-1.0, y < n_levels - 1, y), (1.0, y > 0, y - 1)):
        row = np.flatnonzero(has)
        at = csr_array(
            (np.full(len(row), -sign), (np.arange(len(row)), threshold[row])), shape=(len(row), n_levels - 1)
        )
        parts.append(hstack([csr_array(sign * x[row]), at]))
    return csr_array(vstack(parts))
