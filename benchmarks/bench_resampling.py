"""How fast is a bootstrap interval, or a permutation test, of a gap?"""

from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal, versions
from scipy import stats

import dueregard as dr

COUNTS = [[300, 100], [150, 90]]
PEOPLE = [np.repeat([1.0, 0.0], group) for group in COUNTS]
SCALE = [[40, 60, 120, 110, 70], [40, 50, 70, 50, 30]]
SCORES = [1, 2, 3, 4, 5]
ANSWERS = [np.repeat(np.array(SCORES, np.float64), group) for group in SCALE]
RESAMPLES = 9999
RUNS = 5  # each of SciPy's takes a good part of a second


def gap(first: Any, second: Any, axis: int = -1) -> Any:
    return first.mean(axis=axis) - second.mean(axis=axis)


def scipys_bootstrap(people: list[Any]) -> Any:
    return stats.bootstrap(people, gap, method="percentile", n_resamples=RESAMPLES, rng=1)


def scipys_permutation(people: list[Any]) -> Any:
    return stats.permutation_test(people, gap, vectorized=True, n_resamples=RESAMPLES, rng=1)


def check_bootstrap(ours: dr.Bootstrap, theirs: Any) -> None:
    """Within Monte Carlo error: a 2.5% quantile of 9,999 has a standard error near 0.027 standard deviations."""
    for mine, other in zip((ours.low, ours.high), theirs.confidence_interval, strict=True):
        check_equal("scipy.stats.bootstrap", abs(mine - other) < 0.2 * ours.standard_error, True)


def check_permutation(ours: dr.PermutationTest, theirs: Any) -> None:
    """The same statistic, and p-values within five standard errors of one drawn 9,999 times, both sides doubled."""
    error = 2 * (ours.pvalue * (1 - ours.pvalue) / RESAMPLES) ** 0.5 + 2 / RESAMPLES
    check_equal("scipy.stats.permutation_test", abs(ours.statistic - theirs.statistic) < 1e-12, True)
    check_equal("scipy.stats.permutation_test", abs(ours.pvalue - theirs.pvalue) < 5 * error, True)


def run() -> Question:
    question = Question(
        "Bootstrap and permutation of a gap",
        f"400 and 240 people, {RESAMPLES:,} replicates where any are drawn, one thread; "
        f"{versions('scipy')}, vectorised. "
        "The gap of two shares has an exact law, which is used; the gap of two means is drawn.",
    )
    ours: dict[str, Any] = {
        "dueregard: bootstrap of a gap of shares, exact": partial(dr.bootstrap, COUNTS, "difference", positive=0),
        "dueregard: permutation of a gap of shares, exact": partial(
            dr.permutation_test, COUNTS, "difference", positive=0
        ),
        "dueregard: bootstrap of a gap of shares, drawn": partial(
            dr.bootstrap, COUNTS, "difference", positive=0, exact=False, rng=1, threads=1
        ),
        "dueregard: permutation of a gap of shares, drawn": partial(
            dr.permutation_test, COUNTS, "difference", positive=0, exact=False, rng=1, threads=1
        ),
        "dueregard: bootstrap of a gap of means of 5 answers, drawn": partial(
            dr.bootstrap, SCALE, "mean difference", values=SCORES, rng=1, threads=1
        ),
        "dueregard: permutation of a gap of means of 5 answers, drawn": partial(
            dr.permutation_test, SCALE, "mean difference", values=SCORES, rng=1, threads=1
        ),
    }
    theirs: dict[str, Any] = {
        "scipy.stats.bootstrap of a gap": partial(scipys_bootstrap, PEOPLE),
        "scipy.stats.permutation_test of a gap": partial(scipys_permutation, PEOPLE),
        "scipy.stats.bootstrap of a gap of means": partial(scipys_bootstrap, ANSWERS),
        "scipy.stats.permutation_test of a gap of means": partial(scipys_permutation, ANSWERS),
    }
    mine, other = list(ours), list(theirs)
    pairs = list(zip(mine, [*other[:2], *other[:2], *other[2:]], strict=True))
    for i, (name, peer) in enumerate(pairs):
        (check_permutation if i % 2 else check_bootstrap)(ours[name](), theirs[peer]())
    seconds = question.race(ours | theirs, RUNS)
    bounds = [100, 1000, 10, 40, 3, 7]
    for (name, peer), bound in zip(pairs, bounds, strict=True):
        question.at_least(f"SciPy / {name}", seconds[peer] / seconds[name], bound)
    return question
