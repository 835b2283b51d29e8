"""The same people asked twice: every method by its definition, limits by bisection.

A method is a pair of probabilities that depend on the null value: that of data at least as high as these, which rises
with the null value, and that of data at least as low, which falls. The p-value and both limits follow from the two.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dueregard.reference.rate_comparisons import Tails, binomial, bisect, normal_tails


class Pairs(NamedTuple):
    """People by their two answers."""

    both: float
    first_only: float
    second_only: float
    neither: float


def compare_paired(
    both: NDArray[np.float64],
    first_only: NDArray[np.float64],
    second_only: NDArray[np.float64],
    neither: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
) -> NDArray[np.float64]:
    """Rows estimate, low, high, statistic and pvalue, one column for each table."""
    columns = zip(both, first_only, second_only, neither, null, strict=True)
    answers = [
        _compare(Pairs(*map(float, numbers[:4])), float(numbers[4]), measure, method, confidence_level, alternative)
        for numbers in columns
    ]
    return np.array(answers, np.float64).reshape(-1, 5).T


def _compare(
    pairs: Pairs, null: float, measure: str, method: str, confidence_level: float, alternative: str
) -> tuple[float, float, float, float, float]:
    if sum(pairs) == 0:
        return (math.nan,) * 5
    if measure == "odds-ratio" and pairs.first_only + pairs.second_only == 0:
        return math.nan, 0.0, math.inf, math.nan, 1.0

    def tails(at: float) -> Tails:
        return normal_tails(tango(pairs, at)) if measure == "difference" else odds_tails(pairs, at, method)

    outside = 1 - confidence_level
    tail = outside / 2 if alternative == "two-sided" else outside
    if measure == "difference":
        estimate, ends = (pairs.first_only - pairs.second_only) / sum(pairs), (-1.0, 1.0)
        low = bisect(lambda at: tails(at)[0] - tail, *ends)
        high = bisect(lambda at: tail - tails(at)[1], *ends)
    else:
        estimate = math.inf if pairs.second_only == 0 else pairs.first_only / pairs.second_only
        ends = (0.0, math.inf)
        low, high = 0.0, math.inf
        if pairs.first_only > 0:
            low = math.exp(bisect(lambda at: tails(math.exp(at))[0] - tail, -60.0, 60.0))
        if pairs.second_only > 0:
            high = math.exp(bisect(lambda at: tail - tails(math.exp(at))[1], -60.0, 60.0))
    above, below = tails(null)
    return (
        estimate,
        ends[0] if alternative == "less" else low,
        ends[1] if alternative == "greater" else high,
        tango(pairs, null) if measure == "difference" else math.nan,
        {"two-sided": min(1.0, 2 * min(above, below)), "greater": above, "less": below}[alternative],
    )


def tango(pairs: Pairs, null: float) -> float:
    """Tango (1998): standard errors from the null value, with the probabilities that are most probable under it.

    They are those of a change in either direction, with the null value between them, and of no change.
    """
    b, c, n = pairs.first_only, pairs.second_only, sum(pairs)
    same = n - b - c
    least, most = max(0.0, -null), (1 - null) / 2

    def falling(second_only: float) -> float:
        """The slope of the log-likelihood in the probability of a yes only the second time, turned round."""
        first_only = second_only + null
        left = 1 - first_only - second_only
        gains = _per(b, first_only) + _per(c, second_only)
        return 2 * _per(same, left) - gains

    second_only = bisect(falling, least, most)
    variance = (max(2 * second_only + null, 0.0) - null**2) / n
    distance = (b - c) / n - null
    if distance == 0:
        return 0.0
    return distance / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, distance)


def _per(count: float, probability: float) -> float:
    if count == 0:
        return 0.0
    return count / probability if probability > 0 else math.inf


def odds_tails(pairs: Pairs, odds: float, method: str) -> Tails:
    """Of those who change, how many say yes the first time; the table itself counts whole, or half for mid-p."""
    b, c = int(pairs.first_only), int(pairs.second_only)
    itself = {"exact": 1.0, "mid-p": 0.5}[method] * binomial(b, c, odds)
    higher = sum(binomial(b + k, c - k, odds) for k in range(1, c + 1))
    lower = sum(binomial(b - k, c + k, odds) for k in range(1, b + 1))
    return itself + higher, itself + lower
