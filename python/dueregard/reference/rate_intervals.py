"""The interval of one rate of events, one sample at a time."""

from collections.abc import Callable
from math import inf, nan, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.tails import gamma_below, where_rising

Limits = tuple[float, float]


def rate_interval(
    count: NDArray[np.float64], exposure: NDArray[np.float64], method: str, confidence_level: float
) -> NDArray[np.float64]:
    """Rows low and high."""
    tail = (1 - confidence_level) / 2
    pairs = [limits(method, x, time, tail) for x, time in zip(count.tolist(), exposure.tolist(), strict=True)]
    return np.array(pairs, np.float64).reshape(-1, 2).T


def limits(method: str, x: float, exposure: float, tail: float) -> Limits:
    if exposure == 0:
        return nan, nan
    low, high = METHODS[method](x, tail)
    return (0.0 if x == 0 else max(low, 0.0)) / exposure, high / exposure


def score(x: float, tail: float) -> Limits:
    """The two roots of (x - mean)^2 = z^2 mean."""
    z = z_of(tail)
    return x + z * z / 2 - z * sqrt(x + z * z / 4), x + z * z / 2 + z * sqrt(x + z * z / 4)


def byar(x: float, tail: float) -> Limits:
    """Cubes of normal limits of the cube root of the mean."""
    z = z_of(tail)
    low = 0.0 if x == 0 else x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3
    return low, (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3


def exact(x: float, tail: float) -> Limits:
    """P(X >= x) = tail below; P(X <= x) = tail above."""
    return ends(x, tail, lambda mean: at_least(x, mean), lambda mean: at_least(x + 1, mean))


def mid_p(x: float, tail: float) -> Limits:
    """Half of P(X = x) belongs to either side."""

    def above(mean: float) -> float:
        return (at_least(x, mean) + at_least(x + 1, mean)) / 2

    return ends(x, tail, above, above)


def jeffreys(x: float, tail: float) -> Limits:
    """Equal tails of the gamma distribution of shape x + 1/2."""

    def below(mean: float) -> float:
        return gamma_below(mean, x + 0.5)

    return ends(x, tail, below, below)


def ends(x: float, tail: float, for_low: Callable[[float], float], for_high: Callable[[float], float]) -> Limits:
    """Where the two functions of the mean, which rise, reach the tail and its complement; 0 if there is no event."""
    return (0.0 if x == 0 else where_rising(for_low, tail, inf)), where_rising(for_high, 1 - tail, inf)


def at_least(x: float, mean: float) -> float:
    """P(X >= x) for X events where ``mean`` are expected."""
    return 1.0 if x <= 0 else gamma_below(mean, x)


def z_of(tail: float) -> float:
    return -NormalDist().inv_cdf(tail)


METHODS = {"mid-p": mid_p, "exact": exact, "byar": byar, "jeffreys": jeffreys, "score": score}
