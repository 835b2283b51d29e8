"""How fast are two rates, and two answers of the same people, compared, table after table?"""

from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal, versions
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.rates import confint_poisson_2indep, test_poisson_2indep

import dueregard as dr

TABLES = 100_000
THEIRS = 10
"""Tables given to statsmodels, which takes one at a time for intervals by score."""

Counts = tuple[NDArray[Any], ...]


def make() -> Counts:
    """Groups of up to 200 events, of which a few have none."""
    rng = np.random.default_rng(2010)
    events1, events2 = rng.integers(0, 200, (2, TABLES))
    exposure1, exposure2 = rng.uniform(50, 200, (2, TABLES))
    return events1, exposure1, events2, exposure2


def with_dueregard(counts: Counts, **question: str) -> dr.Comparison:
    return dr.compare_rates(*counts, **question)


def with_statsmodels(counts: Counts, compare: str, method: str) -> NDArray[np.float64]:
    """Interval and, where there is one, p by score: one row a table."""
    rows: list[list[float]] = []
    for table in zip(*counts, strict=True):
        limits = confint_poisson_2indep(*table, method=method, compare=compare)
        score = test_poisson_2indep(*table, method="score", compare=compare)
        rows.append([*limits, score.pvalue])
    return np.array(rows)


def exact_with_scipy(counts: Counts) -> NDArray[np.float64]:
    """Clopper and Pearson's limits of the first group's share in all events, and twice the smaller tail, on arrays."""
    x1, n1, x2, n2 = counts
    with np.errstate(divide="ignore"):
        low, high = stats.beta.ppf(0.025, x1, x2 + 1), stats.beta.ppf(0.975, x1 + 1, x2)
        low, high = np.where(x1 == 0, 0.0, low), np.where(x2 == 0, 1.0, high)
        split = stats.binom(x1 + x2, n1 / (n1 + n2))
        pvalue = np.minimum(1, 2 * np.minimum(split.sf(x1 - 1), split.cdf(x1)))
        return np.stack([low / (1 - low) * n2 / n1, high / (1 - high) * n2 / n1, pvalue])


def mcnemar_with_statsmodels(pairs: Counts) -> NDArray[np.float64]:
    tables = np.stack(pairs, axis=-1).reshape(-1, 2, 2)
    return np.array([mcnemar(table, exact=False, correction=False).pvalue for table in tables])


def check(counts: Counts, few: Counts, pairs: Counts) -> None:
    for measure, compare in (("ratio", "ratio"), ("difference", "diff")):
        ours = dr.compare_rates(*few, measure=measure)
        found = np.column_stack([ours.low, ours.high, ours.pvalue])
        same = np.allclose(found, with_statsmodels(few, compare, "score"), rtol=1e-6, atol=1e-7)
        check_equal(f"statsmodels, {measure}, score", same, True)
        mover = dr.compare_rates(*few, measure=measure, method="mover")
        theirs = with_statsmodels(few, compare, "mover")[:, :2]
        check_equal("statsmodels, mover", np.allclose(np.column_stack([mover.low, mover.high]), theirs), True)
    exact = dr.compare_rates(*counts, method="exact")
    found = np.stack([exact.low, exact.high, exact.pvalue])
    some = counts[0] + counts[2] > 0
    check_equal("SciPy", np.allclose(found[:, some], exact_with_scipy(counts)[:, some], rtol=1e-9, atol=0), True)
    check_equal(
        "statsmodels, McNemar", np.allclose(dr.compare_paired(*pairs).pvalue, mcnemar_with_statsmodels(pairs)), True
    )


def run() -> Question:
    question = Question(
        "Two rates, and two answers of the same people",
        f"{TABLES:,} tables: interval and p, one thread; {versions('scipy', 'statsmodels')}: "
        f"{THEIRS} tables where it takes one at a time. Tango's interval has no peer in either. "
        "For the exact ratio SciPy's beta quantiles on arrays are faster.",
    )
    counts = make()
    few: Counts = tuple(a[:THEIRS] for a in counts)
    pairs: Counts = tuple(np.random.default_rng(1947).integers(1, 100, (4, TABLES)))
    check(counts, few, tuple(a[:THEIRS] for a in pairs))
    asked = [("ratio", m) for m in ("score", "skewness-corrected", "mover", "exact", "mid-p")]
    asked += [("difference", m) for m in ("score", "skewness-corrected", "mover")]
    work: dict[str, Any] = {
        f"dueregard: {measure}, {method}": partial(with_dueregard, counts, measure=measure, method=method)
        for measure, method in asked
    }
    work["dueregard: paired difference, score"] = partial(dr.compare_paired, *pairs)
    work["SciPy: ratio, exact"] = partial(exact_with_scipy, counts)
    seconds = question.race(work, runs=3)
    theirs = f"statsmodels: {{}}, score, {THEIRS} tables"
    slow = {theirs.format(name): partial(with_statsmodels, few, name, "score") for name in ("ratio", "diff")}
    seconds |= question.race(slow, runs=1)

    def per_table(name: str) -> float:
        return seconds[name] / (THEIRS if name.startswith("statsmodels") else TABLES)

    for measure, name in (("ratio", "ratio"), ("difference", "diff")):
        ours = per_table(f"dueregard: {measure}, score")
        question.at_least(
            f"statsmodels / dueregard per table, {measure} by score", per_table(theirs.format(name)) / ours, 400
        )
    question.at_most("microseconds a table, ratio, exact", per_table("dueregard: ratio, exact") * 1e6, 40)
    question.at_most("microseconds a table, ratio by score", per_table("dueregard: ratio, score") * 1e6, 1.5)
    question.at_most("microseconds a table, difference by score", per_table("dueregard: difference, score") * 1e6, 6)
    question.at_most("microseconds a table, paired", per_table("dueregard: paired difference, score") * 1e6, 6)
    return question
