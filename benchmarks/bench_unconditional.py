"""How fast are exact unconditional comparisons of two proportions, and do they find their maximum?"""

from functools import partial
from typing import Any

import numpy as np
from harness import Question, versions
from numpy.typing import NDArray
from scipy.special import betaln, xlog1py, xlogy
from scipy.stats import barnard_exact, boschloo_exact, hypergeom

import dueregard as dr

TABLE = (130, 300, 110, 300)
GRID = 100_000
Table = tuple[int, int, int, int]


def with_dueregard(table: Table, method: str, confidence_level: float | None = None) -> dr.Comparison:
    return dr.compare_proportions(*table, method=method, confidence_level=confidence_level)


def with_scipy(function: Any, table: Table) -> float:
    x1, n1, x2, n2 = table
    return float(function([[x1, x2], [n1 - x1, n2 - x2]]).pvalue)


def on_grid(table: Table) -> float:
    """The largest probability of |z| as large; given the total, the first count is hypergeometric."""
    x1, n1, x2, n2 = table
    total, count1 = np.arange(n1 + n2 + 1)[:, None], np.arange(n1 + 1)[None, :]
    count2, pooled = total - count1, total / (n1 + n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num((count1 / n1 - count2 / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2)))
    extreme = (count2 >= 0) & (count2 <= n2) & (np.abs(z) >= abs(z[x1 + x2, x1]) - 1e-9)
    given_total = np.where(extreme, hypergeom.pmf(count1, n1 + n2, n1, total), 0).sum(axis=1)
    ways = -betaln(total + 1, n1 + n2 - total + 1) - np.log(n1 + n2 + 1)
    parts = np.array_split(np.linspace(0, 1, GRID), 50)
    return float(max((given_total @ np.exp(ways + powers(total, n1 + n2, shares))).max() for shares in parts))


def powers(total: NDArray[np.int64], n: int, shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(xlogy(total, shares) + xlog1py(n - total, -shares))


def check_maximum(table: Table) -> None:
    """Refuse to time what misses its own maximum, or exceeds it by more than lies between points of the grid."""
    found, seen = with_dueregard(table, "agresti-min").pvalue, on_grid(table)
    if not seen - 1e-9 <= found <= seen + 1e-6:
        raise AssertionError(f"{table}: {found}, but {seen} on a grid of {GRID:,} points")


def tables(n: int) -> list[Table]:
    rng = np.random.default_rng(1945)
    return [(int(rng.binomial(300, 0.4)), 300, int(rng.binomial(300, 0.35)), 300) for _ in range(n)]


def run() -> Question:
    question = Question(
        "Exact unconditional comparison of two proportions",
        f"130 of 300 against 110 of 300, and three tables drawn; {versions('scipy')}, with its 32 points of the share "
        "that the null leaves open; ours is the supremum, checked on 100,000 points before it is timed.",
    )
    for table in (TABLE, *tables(3)):
        check_maximum(table)
    time_pvalues(question)
    time_intervals(question)
    return question


def time_pvalues(question: Question) -> None:
    ours, other = "dueregard, p, chan-zhang", "dueregard, p, agresti-min"
    theirs, boschloo = "SciPy barnard_exact", "SciPy boschloo_exact"
    seconds = question.race(
        {
            ours: partial(with_dueregard, TABLE, "chan-zhang"),
            other: partial(with_dueregard, TABLE, "agresti-min"),
            theirs: partial(with_scipy, barnard_exact, TABLE),
        }
    )
    question.at_most("p of 300 + 300, chan-zhang, milliseconds", seconds[ours] * 1e3, 1.4)
    question.at_most("p of 300 + 300, agresti-min, milliseconds", seconds[other] * 1e3, 1.4)
    question.at_least("barnard_exact / chan-zhang", seconds[theirs] / seconds[ours], 50)
    question.at_least("barnard_exact / agresti-min", seconds[theirs] / seconds[other], 50)
    question.race({boschloo: partial(with_scipy, boschloo_exact, TABLE)}, runs=2)
    drawn = question.race(
        {
            f"dueregard, p, {x1} of 300 against {x2} of 300": partial(with_dueregard, (x1, n1, x2, n2), "chan-zhang")
            for x1, n1, x2, n2 in tables(3)
        }
    )
    question.at_most("p of the slowest of three tables drawn, milliseconds", max(drawn.values()) * 1e3, 1.4)


def time_intervals(question: Question) -> None:
    for table in ((9, 20, 4, 20), TABLE):
        question.race(
            {
                f"dueregard, p and interval of {table[1]} + {table[3]}, {method}": partial(
                    with_dueregard, table, method, 0.95
                )
                for method in ("chan-zhang", "agresti-min")
            },
            runs=5,
        )
