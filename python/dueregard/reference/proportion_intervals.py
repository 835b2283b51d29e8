"""The interval of one proportion, one sample at a time."""

from collections.abc import Callable
from math import nan, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.tails import beta_below, where_rising

Limits = tuple[float, float]


def proportion_interval(
    count: NDArray[np.float64], nobs: NDArray[np.float64], method: str, confidence_level: float
) -> NDArray[np.float64]:
    """Rows low and high."""
    tail = (1 - confidence_level) / 2
    pairs = [limits(method, x, n, tail) for x, n in zip(count.tolist(), nobs.tolist(), strict=True)]
    return np.array(pairs, np.float64).reshape(-1, 2).T


def limits(method: str, x: float, n: float, tail: float) -> Limits:
    if n == 0:
        return nan, nan
    low, high = METHODS[method](x, n, tail)
    return max(low, 0.0), min(high, 1.0)


def wilson(x: float, n: float, tail: float) -> Limits:
    """The two roots of (n + z^2) p^2 - (2 x + z^2) p + x^2/n = 0; at x = 0 and x = n one of them is the end."""
    z = z_of(tail)
    middle, spread = 2 * x + z * z, z * sqrt(z * z + 4 * x * (n - x) / n)
    low, high = (middle - spread) / (2 * (n + z * z)), (middle + spread) / (2 * (n + z * z))
    return (0.0 if x == 0 else low), (1.0 if x == n else high)


def agresti_coull(x: float, n: float, tail: float) -> Limits:
    """Wald's interval with z^2/2 cases added, and as many others."""
    z = z_of(tail)
    return wald(x + z * z / 2, n + z * z, tail)


def wald(x: float, n: float, tail: float) -> Limits:
    share = x / n
    reach = z_of(tail) * sqrt(share * (1 - share) / n)
    return share - reach, share + reach


def clopper_pearson(x: float, n: float, tail: float) -> Limits:
    """P(X >= x) = tail below; P(X <= x) = tail above."""
    return ends(x, n, tail, lambda p: at_least(x, n, p), lambda p: at_least(x + 1, n, p))


def mid_p(x: float, n: float, tail: float) -> Limits:
    """Half of P(X = x) belongs to either side."""

    def above(p: float) -> float:
        return (at_least(x, n, p) + at_least(x + 1, n, p)) / 2

    return ends(x, n, tail, above, above)


def jeffreys(x: float, n: float, tail: float) -> Limits:
    """Equal tails of the beta distribution with x + 1/2 and n - x + 1/2."""

    def below(p: float) -> float:
        return beta_below(p, x + 0.5, n - x + 0.5)

    return ends(x, n, tail, below, below)


def ends(
    x: float, n: float, tail: float, for_low: Callable[[float], float], for_high: Callable[[float], float]
) -> Limits:
    """Where the two functions of p, which rise, reach the tail and its complement; 0 if no case is, 1 if all are."""
    low = 0.0 if x == 0 else where_rising(for_low, tail, 1.0)
    return low, (1.0 if x == n else where_rising(for_high, 1 - tail, 1.0))


def at_least(x: float, n: float, p: float) -> float:
    """P(X >= x) for X cases of n; between whole numbers, the beta distribution that this is at them."""
    if x <= 0 or x >= n + 1:
        return float(x <= 0)
    return beta_below(p, x, n - x + 1)


def z_of(tail: float) -> float:
    return -NormalDist().inv_cdf(tail)


METHODS = {
    "wilson": wilson,
    "agresti-coull": agresti_coull,
    "jeffreys": jeffreys,
    "clopper-pearson": clopper_pearson,
    "mid-p": mid_p,
    "wald": wald,
}
