"""Two Poisson rates compared: every method by its definition, limits by bisection.

A method is a pair of probabilities that depend on the null value: that of data at least as high as these, which rises
with the null value, and that of data at least as low, which falls. The p-value and both limits follow from the two.
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Rates(NamedTuple):
    """Events and exposures of two groups."""

    x1: float
    n1: float
    x2: float
    n2: float

    def estimate(self, measure: str) -> float:
        if measure == "difference":
            return self.x1 / self.n1 - self.x2 / self.n2
        return math.inf if self.x2 == 0 else self.x1 / self.n1 / (self.x2 / self.n2)


Function = Callable[[float], float]
Tails = tuple[float, float]


def compare_rates(
    count1: NDArray[np.float64],
    exposure1: NDArray[np.float64],
    count2: NDArray[np.float64],
    exposure2: NDArray[np.float64],
    null: NDArray[np.float64],
    measure: str,
    method: str,
    confidence_level: float,
    alternative: str,
) -> NDArray[np.float64]:
    """Rows estimate, low, high, statistic and pvalue, one column for each pair of groups."""
    columns = zip(count1, exposure1, count2, exposure2, null, strict=True)
    answers = [
        _compare(Rates(*map(float, numbers[:4])), float(numbers[4]), measure, method, confidence_level, alternative)
        for numbers in columns
    ]
    return np.array(answers, np.float64).reshape(-1, 5).T


def _compare(
    rates: Rates, null: float, measure: str, method: str, confidence_level: float, alternative: str
) -> tuple[float, float, float, float, float]:
    if rates.n1 == 0 or rates.n2 == 0:
        return (math.nan,) * 5
    if measure == "ratio" and rates.x1 + rates.x2 == 0:
        return math.nan, 0.0, math.inf, math.nan, 1.0

    def tails(at: float) -> Tails:
        return conditional_tails(rates, at, method) if method in CONDITIONAL else normal_tails(statistic(at))

    def statistic(at: float) -> float:
        return math.nan if method in CONDITIONAL else STATISTICS[measure, method](rates, at)

    outside = 1 - confidence_level
    tail = outside / 2 if alternative == "two-sided" else outside
    low, high = (_difference_limits if measure == "difference" else _ratio_limits)(rates, tails, tail)
    above, below = tails(null)
    return (
        rates.estimate(measure),
        low if alternative != "less" else (-math.inf if measure == "difference" else 0.0),
        high if alternative != "greater" else math.inf,
        statistic(null),
        {"two-sided": min(1.0, 2 * min(above, below)), "greater": above, "less": below}[alternative],
    )


def normal_tails(statistic: float) -> Tails:
    """Probabilities of a standard normal deviate at least as high, and at least as low."""
    return math.erfc(statistic / math.sqrt(2)) / 2, math.erfc(-statistic / math.sqrt(2)) / 2


# Limits: the nulls at which a tail is as probable as is allowed


def _difference_limits(rates: Rates, tails: Callable[[float], Tails], tail: float) -> tuple[float, float]:
    """From the estimate outwards, in steps that double, until the limit is passed."""
    estimate, step = rates.estimate("difference"), (rates.x1 + 1) / rates.n1 + (rates.x2 + 1) / rates.n2

    def search(excess: Function) -> float:
        """Where a rising function crosses 0."""
        here = excess(estimate)
        if here == 0:
            return estimate
        ends = (estimate + (step if here < 0 else -step) * 2**k for k in range(99))
        return bisect(excess, *sorted((estimate, next(end for end in ends if (excess(end) > 0) != (here > 0)))))

    return search(lambda at: tails(at)[0] - tail), search(lambda at: tail - tails(at)[1])


def _ratio_limits(rates: Rates, tails: Callable[[float], Tails], tail: float) -> tuple[float, float]:
    """On the logarithm's scale, as far as it goes; a limit that is not found is the end of the range."""
    shift, far = math.log(rates.n2 / rates.n1), 60.0

    def search(excess: Function) -> float:
        def of_log(at: float) -> float:
            return excess(math.exp(at + shift))

        if of_log(-far) > 0:
            return 0.0
        return math.inf if of_log(far) < 0 else math.exp(bisect(of_log, -far, far) + shift)

    low = 0.0 if rates.x1 == 0 else search(lambda at: tails(at)[0] - tail)
    high = math.inf if rates.x2 == 0 else search(lambda at: tail - tails(at)[1])
    return low, high


def bisect(function: Function, low: float, high: float) -> float:
    """Where a rising function crosses 0, to the last bit; the nearer end where it does not."""
    while True:
        middle = low + (high - low) / 2
        if not low < middle < high:
            return middle
        low, high = (low, middle) if function(middle) > 0 else (middle, high)


# The score and its skewness


class Moments(NamedTuple):
    """How far the data are from the null value, and the variance and third moment of that under the null value."""

    excess: float
    variance: float
    third: float


def difference_moments(rates: Rates, null: float) -> Moments:
    """With the rates that make the counts most probable among those that differ by the null value."""
    x1, n1, x2, n2 = rates
    least = max(0.0, -null)

    def too_high(rate2: float) -> float:
        """The likelihood's slope, which falls in rate2, turned round."""
        return n1 + n2 - (x1 / (rate2 + null) if x1 else 0.0) - (x2 / rate2 if x2 else 0.0)

    rate2 = bisect(too_high, least, least + (x1 + x2) / (n1 + n2))
    rate1 = max(0.0, rate2 + null)
    return Moments(x1 / n1 - x2 / n2 - null, rate1 / n1 + rate2 / n2, rate1 / n1**2 - rate2 / n2**2)


def ratio_moments(rates: Rates, null: float) -> Moments:
    """With the rates that make the counts most probable among those whose ratio is the null value."""
    x1, n1, x2, n2 = rates
    rate2 = (x1 + x2) / (null * n1 + n2)
    rate1 = null * rate2
    return Moments(
        x1 / n1 - null * x2 / n2,
        rate1 / n1 + null**2 * rate2 / n2,
        rate1 / n1**2 - null**3 * rate2 / n2**2,
    )


def score(moments: Moments) -> float:
    """Miettinen and Nurminen (1985): standard errors from the null value."""
    return 0.0 if moments.excess == 0 else moments.excess / math.sqrt(moments.variance)


def skewness_corrected(moments: Moments) -> float:
    """Laud (2017): the z with z + g (z^2 - 1) = score, where g is a sixth of the skewness."""
    if moments.variance == 0:
        return 0.0
    g = moments.third / math.sqrt(moments.variance) ** 3 / 6
    right = score(moments) + g
    if abs(g * right) < 1e-9:  # the quadratic's terms of higher order are beyond a double's digits
        return right - g * right**2
    inside = 1 + 4 * g * right
    return (math.sqrt(inside) - 1) / (2 * g) if inside >= 0 else 2 * right


# Limits put together from those of each rate


def score_limits(x: float, z: float) -> tuple[float, float]:
    """Of the mean of one Poisson count: the two means that the count is z standard errors from."""
    centre, spread = x + z * z / 2, z * math.sqrt(x + z * z / 4)
    return x * x / (centre + spread), centre + spread


def mover_difference(rates: Rates, null: float) -> float:
    """Standard errors, with a sign, at which the interval for the difference ends at the null value."""
    x1, n1, x2, n2 = rates

    def limits(z: float) -> tuple[float, float]:
        (low1, high1), (low2, high2) = score_limits(x1, z), score_limits(x2, z)
        down, up = math.hypot((x1 - low1) / n1, (high2 - x2) / n2), math.hypot((high1 - x1) / n1, (x2 - low2) / n2)
        return x1 / n1 - x2 / n2 - down, x1 / n1 - x2 / n2 + up

    return _reach(limits, rates.estimate("difference"), null)


def mover_ratio(rates: Rates, null: float) -> float:
    """The same for the ratio, by Donner and Zou's equations (2012)."""
    x1, n1, x2, n2 = rates

    def lower(x1: float, x2: float, z: float) -> float:
        if x1 == 0:
            return 0.0
        low1, high2 = score_limits(x1, z)[0], score_limits(x2, z)[1]
        root = math.sqrt(max(0.0, (x1 * x2) ** 2 - low1 * high2 * (2 * x1 - low1) * (2 * x2 - high2)))
        return low1 * (2 * x1 - low1) / (x1 * x2 + root)

    def limits(z: float) -> tuple[float, float]:
        low, turned = lower(x1, x2, z), lower(x2, x1, z)
        return low * n2 / n1, n2 / n1 / turned if turned > 0 else math.inf

    return _reach(limits, rates.estimate("ratio"), null)


def _reach(limits: Callable[[float], tuple[float, float]], estimate: float, null: float) -> float:
    if null == estimate:
        return 0.0
    if null < estimate:
        return bisect(lambda z: null - limits(z)[0], 0.0, 1e6)
    return -bisect(lambda z: limits(z)[1] - null, 0.0, 1e6)


STATISTICS: dict[tuple[str, str], Callable[[Rates, float], float]] = {
    ("difference", "score"): lambda rates, null: score(difference_moments(rates, null)),
    ("difference", "skewness-corrected"): lambda rates, null: skewness_corrected(difference_moments(rates, null)),
    ("difference", "mover"): mover_difference,
    ("ratio", "score"): lambda rates, null: score(ratio_moments(rates, null)),
    ("ratio", "skewness-corrected"): lambda rates, null: skewness_corrected(ratio_moments(rates, null)),
    ("ratio", "mover"): mover_ratio,
}

# Given all events, those of the first group are binomial

CONDITIONAL = {"exact": 1.0, "mid-p": 0.5}
"""How much of the probability of the data themselves counts towards each tail."""


def conditional_tails(rates: Rates, null: float, method: str) -> Tails:
    """Of the first group's share in all events, each of which is its own with odds null n1 / n2."""
    x1, n1, x2, n2 = rates
    at_x1 = CONDITIONAL[method] * binomial(x1, x2, null * n1 / n2)
    higher = sum(binomial(x1 + k, x2 - k, null * n1 / n2) for k in _steps(x2))
    lower = sum(binomial(x1 - k, x2 + k, null * n1 / n2) for k in _steps(x1))
    return at_x1 + higher, at_x1 + lower


def _steps(most: float) -> Iterator[int]:
    return iter(range(1, int(most) + 1))


def binomial(x: float, rest: float, odds: float) -> float:
    """The probability of x cases and the rest others."""
    ways = math.lgamma(x + rest + 1) - math.lgamma(x + 1) - math.lgamma(rest + 1)
    return math.exp(ways + x * math.log(odds) - (x + rest) * math.log1p(odds))
