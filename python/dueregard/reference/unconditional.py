"""Exact unconditional comparison of two proportions, by every table, a grid of nuisance values and a scan of nulls."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Table = tuple[int, int, int, int]

TIED = 1e-9
GRID = 40
SCAN = 16


def compare_unconditional(
    count1: Floats,
    nobs1: Floats,
    count2: Floats,
    nobs2: Floats,
    null: Floats,
    method: str,
    confidence_level: float,
    alternative: str,
) -> tuple[Floats, NDArray[np.bool_]]:
    """Rows estimate, low, high, statistic and pvalue; and whether a null between the limits was seen to be rejected."""
    rows, inside = np.full((5, len(count1)), np.nan), np.zeros(len(count1), np.bool_)
    for i, (x1, n1, x2, n2, d) in enumerate(zip(count1, nobs1, count2, nobs2, null, strict=True)):
        table = (int(x1), int(n1), int(x2), int(n2))
        if n1 > 0 and n2 > 0:
            rows[0, i] = x1 / n1 - x2 / n2
            rows[3, i] = statistic(table, d)
            rows[4, i] = pvalue(table, d, method, alternative)
            if not math.isnan(confidence_level):
                rows[1, i], rows[2, i], inside[i] = hull(table, method, 1 - confidence_level, alternative)
    return rows, inside


def statistic(table: Table, null: float) -> float:
    """The difference less the null, over its standard error at the most likely shares that differ by the null."""
    x1, n1, x2, n2 = table
    excess = x1 / n1 - x2 / n2 - null
    share2 = most_likely_share(table, null)
    share1 = share2 + null
    variance = share1 * (1 - share1) / n1 + share2 * (1 - share2) / n2
    if abs(excess) < 1e-14:
        return 0.0
    return excess / math.sqrt(variance) if variance > 1e-15 else math.copysign(math.inf, excess)


def most_likely_share(table: Table, null: float) -> float:
    """The second share t with the greatest likelihood when the first is t + null: where its logarithm stops rising."""
    x1, n1, x2, n2 = table

    def rises(t: float) -> bool:
        terms = ((x1, t + null), (-(n1 - x1), 1 - t - null), (x2, t), (-(n2 - x2), 1 - t))
        return sum(count / share for count, share in terms if count) > 0

    low, high = max(0.0, -null), min(1.0, 1.0 - null)
    for _ in range(60):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if rises(middle) else (low, middle)
    return (low + high) / 2


def pvalue(table: Table, null: float, method: str, alternative: str) -> float:
    """The supremum of the probability of tables at least as extreme."""
    seen = statistic(table, null)
    slack = TIED * max(1.0, abs(seen))
    if alternative == "greater":
        return supremum(table, null, lambda t: t >= seen - slack)
    if alternative == "less":
        return supremum(table, null, lambda t: t <= seen + slack)
    if method == "agresti-min":
        return supremum(table, null, lambda t: abs(t) >= abs(seen) - slack)
    one_sided = (pvalue(table, null, method, side) for side in ("less", "greater"))
    return min(1.0, 2 * min(one_sided))


def supremum(table: Table, null: float, is_extreme: Callable[[float], bool]) -> float:
    """Over the second share: a grid, then golden sections around each peak of it."""
    _, n1, _, n2 = table
    extreme = [
        (x1, x2) for x1 in range(n1 + 1) for x2 in range(n2 + 1) if is_extreme(statistic((x1, n1, x2, n2), null))
    ]

    def probability(t: float) -> float:
        first = [binomial(x, n1, min(1.0, max(0.0, t + null))) for x in range(n1 + 1)]
        second = [binomial(x, n2, t) for x in range(n2 + 1)]
        return sum(first[x1] * second[x2] for x1, x2 in extreme)

    start, end = max(0.0, -null), min(1.0, 1.0 - null)
    grid = [start + (end - start) * i / GRID for i in range(GRID + 1)]
    values = [probability(t) for t in grid]
    best = max(values)
    for i in range(1, GRID):
        if values[i] >= max(values[i - 1], values[i + 1], 0.9 * best):
            best = max(best, golden_section(probability, grid[i - 1], grid[i + 1]))
    return best


def binomial(x: int, n: int, share: float) -> float:
    """The probability of x of n."""
    return math.comb(n, x) * share**x * (1 - share) ** (n - x)


def golden_section(function: Callable[[float], float], low: float, high: float) -> float:
    """The greatest value found while closing in on a peak."""
    shorter = (3 - math.sqrt(5)) / 2
    left, right = low + shorter * (high - low), high - shorter * (high - low)
    at_left, at_right = function(left), function(right)
    best = max(at_left, at_right)
    while high - low > 1e-6:
        if at_left > at_right:
            high, right, at_right = right, left, at_left
            left = low + shorter * (high - low)
            at_left = function(left)
        else:
            low, left, at_left = left, right, at_right
            right = high - shorter * (high - low)
            at_right = function(right)
        best = max(best, at_left, at_right)
    return best


def hull(table: Table, method: str, outside: float, alternative: str) -> tuple[float, float, bool]:
    """The outermost nulls not rejected, and whether one between them is: a scan, then bisection at the ends."""
    x1, n1, x2, n2 = table

    def is_kept(null: float) -> bool:
        return pvalue(table, null, method, alternative) >= outside

    nulls = sorted({-1 + 2 * i / SCAN for i in range(SCAN + 1)} | {x1 / n1 - x2 / n2})
    kept = [is_kept(null) for null in nulls]
    first, last = kept.index(True), len(kept) - 1 - kept[::-1].index(True)
    low = nulls[first] if first == 0 else edge(is_kept, nulls[first - 1], nulls[first])
    high = nulls[last] if last == len(nulls) - 1 else edge(is_kept, nulls[last + 1], nulls[last])
    inside = not all(kept[first : last + 1])
    return -1.0 if alternative == "less" else low, 1.0 if alternative == "greater" else high, inside


def edge(is_kept: Callable[[float], bool], rejected: float, kept: float) -> float:
    """Where rejection ends, between a null that is rejected and one that is not."""
    while abs(kept - rejected) > 1e-6:
        middle = (rejected + kept) / 2
        rejected, kept = (rejected, middle) if is_kept(middle) else (middle, kept)
    return kept
