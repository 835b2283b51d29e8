"""Exact limits for a number in a finite whole, from a simple random sample of it."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dueregard.inference.checked import Floats

Numbers = NDArray[np.int64]

TIES = 1e-9
"""Chances this close below a tail, relative to it, are on it: what rounding in the last digits can do."""


def at_most(count: Any, sampled: Any, number: Any, total: Any) -> Floats:
    """The chance of this count or less among ``sampled`` of ``total``, ``number`` of which have the property."""
    from scipy.stats import hypergeom

    return np.asarray(hypergeom.cdf(count, total, number, sampled), np.float64)


def at_least(count: Any, sampled: Any, number: Any, total: Any) -> Floats:
    """The chance of this count or more."""
    from scipy.stats import hypergeom

    return np.asarray(hypergeom.sf(np.asarray(count) - 1, total, number, sampled), np.float64)


def number_limits(count: Any, sampled: Any, total: Any, confidence_level: Any) -> tuple[Numbers, Numbers]:
    """How many of the whole may have the property when ``count`` of those sampled have it.

    Parameters
    ----------
    count, sampled, total : int or array of int
        ``count`` of ``sampled`` have it, drawn from ``total``; 0 <= count <= sampled <= total. They broadcast.
    confidence_level : float or array of float
        Between 0 and 1, both tails alike.

    Returns
    -------
    tuple of two arrays of int
        The least and the greatest number, among all the values that are possible, which leave at least
        (1 - confidence_level) / 2 on either side. Where everything was sampled both are the count; where nothing was,
        they are 0 and the total.

    Notes
    -----
    Exact, by the tails of the hypergeometric distribution; the chance that the limits hold the number is never below
    the level. Wright, T. (1991), Exact Confidence Bounds when Sampling from Small Finite Universes, Springer.

    Examples
    --------
    >>> low, high = number_limits(1, 6, 18, 0.95)
    >>> int(low), int(high)
    (1, 10)
    """
    count, sampled, total = (np.asarray(each, np.int64) for each in np.broadcast_arrays(count, sampled, total))
    tail = (1 - np.asarray(confidence_level, np.float64)) / 2 * (1 - TIES)
    least, most = count, total - (sampled - count)
    low = _first(lambda number: at_least(count, sampled, number, np.maximum(total, 1)) >= tail, least, most)
    high = most - _first(
        lambda left: at_most(count, sampled, most - left, np.maximum(total, 1)) >= tail,
        np.zeros_like(most),
        most - least,
    )
    return low, np.asarray(high)


def _first(holds: Any, low: Numbers, high: Numbers) -> Numbers:
    """The first number from ``low`` on for which something holds that then holds for all up to ``high``."""
    low, high = low.copy(), high.copy()
    while (low < high).any():
        middle = (low + high) // 2
        found = holds(middle)
        open_still = low < high
        high = np.where(open_still & found, middle, high)
        low = np.where(open_still & ~found, middle + 1, low)
    return low
