"""Two proportions compared by the Wilson limits of each, as the papers print the formulas.

The p-value is the smallest 1 - level at which the interval excludes the null value, found by halving.
"""

from collections.abc import Callable
from math import inf, isnan, nan, sqrt

from dueregard.reference.two_proportions import Comparison, Question, Table, pvalue

Arm = tuple[float, float, float]
"""A value with its lower and upper limit."""

Interval = Callable[[Table, float], tuple[float, float]]
"""The limits that reach z standard errors."""

HALVINGS = 100


def newcombe(table: Table, question: Question) -> Comparison:
    return compare(table, question, newcombe_interval)


def mover_ratio(table: Table, question: Question) -> Comparison:
    return compare(table, question, ratio_interval)


def mover_odds_ratio(table: Table, question: Question) -> Comparison:
    return compare(table, question, odds_ratio_interval)


def compare(table: Table, question: Question, interval: Interval) -> Comparison:
    estimate = table.estimate(question.measure)
    if isnan(estimate):
        return Comparison(nan, 0.0, inf, nan, 1.0)
    low, high = interval(table, question.z)
    statistic = furthest_z_without(table, question.null, interval)
    if estimate < question.null:
        statistic = -statistic
    lowest, highest = question.ends
    return Comparison(
        estimate,
        lowest if question.alternative == "less" else low,
        highest if question.alternative == "greater" else high,
        statistic,
        pvalue(statistic, question.alternative),
    )


def furthest_z_without(table: Table, null: float, interval: Interval) -> float:
    def without(z: float) -> bool:
        low, high = interval(table, z)
        return low > null or high < null

    low, high = 0.0, 1.0
    while without(high):
        low, high = high, 2 * high
        if high > 1e6:
            return inf
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if without(middle) else (low, middle)
    return low


def wilson(x: float, n: float, z: float) -> Arm:
    spread = z * sqrt(z * z + 4 * x * (1 - x / n))
    low = (2 * x + z * z - spread) / (2 * (n + z * z))
    high = (2 * x + z * z + spread) / (2 * (n + z * z))
    return x / n, 0.0 if x == 0 else low, 1.0 if x == n else high


def newcombe_interval(table: Table, z: float) -> tuple[float, float]:
    """Newcombe (1998), method 10."""
    p1, l1, u1 = wilson(table.x1, table.n1, z)
    p2, l2, u2 = wilson(table.x2, table.n2, z)
    return p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2), p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)


def ratio_interval(table: Table, z: float) -> tuple[float, float]:
    return donner_and_zou(wilson(table.x1, table.n1, z), wilson(table.x2, table.n2, z))


def donner_and_zou(first: Arm, second: Arm) -> tuple[float, float]:
    """Limits of a ratio: the roots of equations of second degree. Donner and Zou (2012)."""
    a, l1, u1 = first
    b, l2, u2 = second
    product = a * b
    low = smaller_root(u2 * (2 * b - u2), product, l1 * (2 * a - l1))
    if l2 == 0:
        return low, inf
    under = l2 * (2 * b - l2)
    return low, (product + sqrt(max(product**2 - u1 * (2 * a - u1) * under, 0.0))) / under


def smaller_root(square: float, half: float, constant: float) -> float:
    """The smaller positive root of square y^2 - 2 half y + constant = 0."""
    if abs(square) < 1e-12:
        return constant / (2 * half) if half > 0 else inf
    return (half - sqrt(max(half**2 - square * constant, 0.0))) / square


def odds_ratio_interval(table: Table, z: float) -> tuple[float, float]:
    """The ratio of odds; of the other two cells where a group has cases only. Fagerland and Newcombe (2013)."""
    if z == 0:
        return table.estimate("odds-ratio"), table.estimate("odds-ratio")
    if table.y1 == 0 or table.y2 == 0:
        table = Table(table.y2, table.n2, table.y1, table.n1)
    first, second = wilson(table.x1, table.n1, z), wilson(table.x2, table.n2, z)
    if table.y1 == 0:  # against none: infinite odds against odds of 0
        return odds(first[1]) / odds(second[2]), inf
    if table.y2 == 0:
        return 0.0, odds(first[2]) / odds(second[1])
    p1, l1, u1 = map(odds, first)
    p2, l2, u2 = map(odds, second)
    return donner_and_zou((p1, l1, u1), (p2, l2, u2))


def odds(share: float) -> float:
    return share / (1 - share)
