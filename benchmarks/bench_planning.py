"""How fast is the exact power of a comparison, and the size it needs?"""

import math
from functools import partial

from harness import Question, check_equal

import dueregard as dr

SHARES = (0.5, 0.7)
SIZES = (60, 60)


def in_plain_python(p1: float, p2: float, nobs1: int, nobs2: int) -> float:
    """Every pair of counts: its probability, where the score statistic of no difference is beyond 1.96."""
    first = [math.comb(nobs1, x) * p1**x * (1 - p1) ** (nobs1 - x) for x in range(nobs1 + 1)]
    second = [math.comb(nobs2, x) * p2**x * (1 - p2) ** (nobs2 - x) for x in range(nobs2 + 1)]
    n, critical, power = nobs1 + nobs2, 1.959963984540054**2, 0.0
    for x1, probability1 in enumerate(first):
        for x2, probability2 in enumerate(second):
            pooled = (x1 + x2) / n
            variance = pooled * (1 - pooled) * (1 / nobs1 + 1 / nobs2) * n / (n - 1)
            if variance > 0 and (x1 / nobs1 - x2 / nobs2) ** 2 > critical * variance:
                power += probability1 * probability2
    return power


def run() -> Question:
    question = Question(
        "Power and sample size of a comparison",
        f"Score comparison of {SHARES[0]} and {SHARES[1]}, {SIZES[0]} + {SIZES[1]} cases; the size for a power of 0.8.",
    )
    expected, found = in_plain_python(*SHARES, *SIZES), dr.comparison_power(*SHARES, *SIZES)
    check_equal("plain Python", math.isclose(expected, found, rel_tol=1e-10), True)
    ours, plain, size = "dueregard: power", "plain Python: power", "dueregard: sample size"
    work = {
        ours: partial(dr.comparison_power, *SHARES, *SIZES),
        plain: partial(in_plain_python, *SHARES, *SIZES),
        size: partial(dr.comparison_sample_size, *SHARES),
    }
    seconds = question.race(work, runs=5)
    question.at_least("plain Python / dueregard, power", seconds[plain] / seconds[ours], 1.0)
    question.at_most("seconds for a sample size", seconds[size], 2.0)
    return question
