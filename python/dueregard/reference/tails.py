"""Tails of distributions by series whose terms are all positive, and where a tail has a given value, by halving."""

from collections.abc import Callable
from math import exp, inf, lgamma, log, log1p


def beta_below(p: float, a: float, b: float) -> float:
    """P(X < p) for X of the beta distribution.

    p^a (1 - p)^b / (a B(a, b)) (1 + (a + b)/(a + 1) p + (a + b)(a + b + 1)/((a + 1)(a + 2)) p^2 + ...), or the same of
    the complement where p is above the mean.
    """
    if p <= 0 or p >= 1:
        return float(p >= 1)
    if p > a / (a + b):
        return 1 - beta_below(1 - p, b, a)
    size = a * log(p) + b * log1p(-p) + lgamma(a + b) - lgamma(a + 1) - lgamma(b)
    return exp(size) * series(lambda k: (a + b + k) / (a + 1 + k) * p)


def gamma_below(x: float, a: float) -> float:
    """P(X < x) for X of the gamma distribution.

    x^a exp(-x) / Gamma(a + 1) (1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ...).
    """
    if x <= 0:
        return 0.0
    return exp(a * log(x) - x - lgamma(a + 1)) * series(lambda k: x / (a + 1 + k))


def series(ratio: Callable[[int], float]) -> float:
    """1 + r(0) + r(0) r(1) + ..., until nothing is added."""
    total, term, k = 0.0, 1.0, 0
    while total + term != total:
        total += term
        term *= ratio(k)
        k += 1
    return total


def where_rising(function: Callable[[float], float], value: float, high: float) -> float:
    """The x from 0 to ``high`` where a function that rises has the value, to the last bit."""
    low = 0.0
    while low < (middle := halfway(low, high)) < high:
        low, high = (middle, high) if function(middle) < value else (low, middle)
    return high


def halfway(low: float, high: float) -> float:
    """The middle; towards infinity, by doubling."""
    return max(1.0, 2 * low) if high == inf else low + (high - low) / 2
