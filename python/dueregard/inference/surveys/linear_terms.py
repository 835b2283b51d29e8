"""Terms of linear combinations: which statistic goes into which new one, how often."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]


class Terms(NamedTuple):
    """``coefficient[i]`` times statistic ``source[i]`` is added to ``to[i]``."""

    to: Integers
    source: Integers
    coefficient: NDArray[np.float64]


def terms_of(to: Any, source: Any, coefficient: Any, n_old: int, n_new: int) -> Terms:
    """The terms in the order of their source, after a check that there are such statistics.

    Raises
    ------
    ValueError
        If lengths differ or a number is out of range, naming the first.
    """
    terms = Terms(np.asarray(to, np.int64), np.asarray(source, np.int64), np.asarray(coefficient, np.float64))
    if not terms.to.shape == terms.source.shape == terms.coefficient.shape == (terms.to.size,):
        raise ValueError(f"terms: {' and '.join(str(each.shape) for each in terms)} are not one length")
    for name, numbers, n in (("to", terms.to, n_new), ("source", terms.source, n_old)):
        for i in np.flatnonzero((numbers < 0) | (numbers >= n))[:1]:
            raise ValueError(f"{name}: {numbers[i]} of term {i} is not a statistic from 0 to {n - 1}")
    order = np.argsort(terms.source, kind="stable")
    return Terms(terms.to[order], terms.source[order], terms.coefficient[order])
