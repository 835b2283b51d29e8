"""How fast are exact answers for an odds ratio, table after table?"""

from functools import partial

import numpy as np
from harness import Question, check_equal, versions
from numpy.typing import NDArray
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio

import dueregard as dr

TABLES = 20_000
THEIRS = 20
"""Tables given to SciPy, which takes one at a time."""

Counts = tuple[NDArray[np.int64], ...]


def make() -> Counts:
    """Tables of 20 to 400 cases in each group, none of whose cells is empty."""
    rng = np.random.default_rng(1935)
    nobs1, nobs2 = rng.integers(20, 400, (2, TABLES))
    count1 = np.clip(rng.binomial(nobs1, rng.uniform(0.2, 0.8, TABLES)), 1, nobs1 - 1)
    count2 = np.clip(rng.binomial(nobs2, rng.uniform(0.2, 0.8, TABLES)), 1, nobs2 - 1)
    return count1, nobs1, count2, nobs2


def with_dueregard(method: str, counts: Counts) -> dr.Comparison:
    return dr.compare_proportions(*counts, measure="odds-ratio", method=method)


def fourfold(counts: Counts) -> NDArray[np.int64]:
    count1, nobs1, count2, nobs2 = counts
    return np.stack([[count1, nobs1 - count1], [count2, nobs2 - count2]]).transpose(2, 0, 1)


def pvalues_with_scipy(counts: Counts) -> NDArray[np.float64]:
    return np.array([fisher_exact(table).pvalue for table in fourfold(counts)])


def intervals_with_scipy(counts: Counts) -> NDArray[np.float64]:
    """Conditional estimate and central interval, one row a table."""
    rows = []
    for table in fourfold(counts):
        found = odds_ratio(table)
        rows.append([found.statistic, *found.confidence_interval(0.95)])
    return np.array(rows)


def check(counts: Counts) -> None:
    fisher, central = with_dueregard("fisher", counts), with_dueregard("central", counts)
    same = np.isclose(fisher.pvalue, pvalues_with_scipy(counts), rtol=1e-8, atol=0)
    check_equal("fisher_exact", bool(same.all()), True)
    found = np.column_stack([central.estimate, central.low, central.high])
    same = np.isclose(found, intervals_with_scipy(counts), rtol=1e-6, atol=0)
    check_equal("odds_ratio", bool(same.all()), True)


def run() -> Question:
    question = Question(
        "Exact answers for an odds ratio",
        f"{TABLES:,} tables of 20 to 400 cases a group: estimate, interval and p, one thread; "
        f"{versions('scipy')}: {THEIRS} tables, fisher_exact for p alone and odds_ratio for estimate and interval.",
    )
    counts = make()
    few: Counts = tuple(a[:THEIRS] for a in counts)
    check(few)
    fisher, central = f"dueregard: fisher, {TABLES:,} tables", f"dueregard: central, {TABLES:,} tables"
    p_alone, interval = f"fisher_exact, {THEIRS} tables", f"odds_ratio with interval, {THEIRS} tables"
    seconds = question.race(
        {
            fisher: partial(with_dueregard, "fisher", counts),
            central: partial(with_dueregard, "central", counts),
            p_alone: partial(pvalues_with_scipy, few),
            interval: partial(intervals_with_scipy, few),
        },
        runs=5,
    )
    question.at_least(
        "fisher_exact / dueregard fisher, a table", seconds[p_alone] / THEIRS / (seconds[fisher] / TABLES), 15
    )
    question.at_least(
        "odds_ratio / dueregard central, a table", seconds[interval] / THEIRS / (seconds[central] / TABLES), 400
    )
    question.at_most("microseconds a table, central", seconds[central] / TABLES * 1e6, 80)
    return question
