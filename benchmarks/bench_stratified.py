"""How fast are two groups compared within strata, table after table?"""

from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal, versions
from numpy.typing import NDArray
from statsmodels.stats.contingency_tables import StratifiedTable

import dueregard as dr

TABLES = 20_000
STRATA = 6
THEIRS = 100
"""Tables given to statsmodels, which takes one at a time."""

Counts = tuple[NDArray[np.int64], ...]


def make() -> Counts:
    """Tables of six strata of 50 to 400 cases in each group, none of whose cells is empty."""
    rng = np.random.default_rng(1985)
    nobs1, nobs2 = rng.integers(50, 400, (2, TABLES, STRATA))
    share = rng.uniform(0.3, 0.7, (TABLES, STRATA))
    return rng.binomial(nobs1, share), nobs1, rng.binomial(nobs2, share), nobs2


def with_dueregard(counts: Counts, **question: str) -> dr.Stratified:
    return dr.compare_stratified(*counts, **question)


def with_statsmodels(counts: Counts) -> NDArray[np.float64]:
    """Common odds ratio with interval, Cochran Mantel Haenszel, Breslow Day Tarone: one row a table."""
    rows: list[list[float]] = []
    for count1, nobs1, count2, nobs2 in zip(*counts, strict=True):
        table = StratifiedTable(np.array([[count1, nobs1 - count1], [count2, nobs2 - count2]], float))
        low, high = table.oddsratio_pooled_confint()
        null, equal = table.test_null_odds(), table.test_equal_odds(adjust=True)
        rows.append([table.oddsratio_pooled, low, high, null.pvalue, equal.pvalue])
    return np.array(rows)


def check(counts: Counts) -> None:
    ours = dr.compare_stratified(*counts, measure="odds-ratio", method="mantel-haenszel")
    score = dr.compare_stratified(*counts, measure="odds-ratio")
    found = np.column_stack([ours.estimate, ours.low, ours.high, score.pvalue, ours.homogeneity.pvalue])
    same = np.isclose(found, with_statsmodels(counts), rtol=1e-6, atol=1e-9)
    check_equal("statsmodels", bool(same.all()), True)


def run() -> Question:
    question = Question(
        "Two groups compared within strata",
        f"{TABLES:,} tables of {STRATA} strata: interval, p and test of homogeneity, one thread; "
        f"{versions('statsmodels')}: {THEIRS} tables.",
    )
    counts = make()
    few: Counts = tuple(a[:THEIRS] for a in counts)
    check(few)
    work: dict[str, Any] = {
        f"dueregard: {measure}, {method}": partial(with_dueregard, counts, measure=measure, method=method)
        for method in ("score", "mantel-haenszel")
        for measure in ("difference", "ratio", "odds-ratio")
    }
    theirs = f"statsmodels StratifiedTable, {THEIRS} tables"
    seconds = question.race(work | {theirs: partial(with_statsmodels, few)}, runs=5)
    ours = seconds["dueregard: odds-ratio, mantel-haenszel"] / TABLES
    question.at_least("statsmodels / dueregard per table, odds ratio", seconds[theirs] / THEIRS / ours, 100)
    score = max(seconds[name] for name in work) / TABLES * 1e6
    question.at_most("microseconds a table, the slowest measure and method", score, 60)
    return question
