"""The intervals that are held against their promise: ours, and what other tools give by default."""

from functools import partial

import numpy as np
from enumeration import LEVEL, Floats, Limits
from numpy.typing import NDArray
from scipy.stats import norm

import dueregard as dr
from dueregard.inference.two_groups.comparisons import METHODS

Counts = NDArray[np.int64]
Z = norm.isf((1 - LEVEL) / 2)
LARGEST_UNCONDITIONAL = 20


def limits_of(measure: str, method: str, x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """The limits of one of our methods."""
    found = dr.compare_proportions(x1, n1, x2, n2, measure=measure, method=method, confidence_level=LEVEL)
    return found.low, found.high


def ours() -> dict[tuple[str, str], Limits]:
    """Every method of every measure."""
    return {
        (measure, f"dueregard {method}"): partial(limits_of, measure, method)
        for measure, methods in METHODS.items()
        for method in methods
    }


def wald(x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """Estimate and 1.96 standard errors, as epiR gives for an attributable risk."""
    p1, p2 = x1 / n1, x2 / n2
    error = np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return p1 - p2 - Z * error, p1 - p2 + Z * error


def log_ratio(x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """Katz on the scale of logarithms; nothing where a count is 0, as SciPy's relative_risk and epiR have it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(x1 / n1) - np.log(x2 / n2)
        error = np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
        return np.exp(centre - Z * error), np.exp(centre + Z * error)


def log_odds(x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """Woolf on the scale of logarithms; nothing where a cell is 0, as epiR has it."""
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = np.log(x1 / (n1 - x1)) - np.log(x2 / (n2 - x2))
        error = np.sqrt(1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2))
        return np.exp(centre - Z * error), np.exp(centre + Z * error)


def statsmodels_default(compare: str, x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """confint_proportions_2indep without a method."""
    from statsmodels.stats.proportion import confint_proportions_2indep

    with np.errstate(all="ignore"):
        return confint_proportions_2indep(x1, n1, x2, n2, compare=compare, alpha=1 - LEVEL)


def scipy_conditional(x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """scipy.stats.contingency.odds_ratio, one table at a time."""
    from scipy.stats.contingency import odds_ratio

    found = [odds_ratio([[a, n1 - a], [b, n2 - b]]).confidence_interval(LEVEL) for a, b in zip(x1, x2, strict=True)]
    return np.array([f.low for f in found]), np.array([f.high for f in found])


def fairlearn_bootstrap(x1: Counts, n1: int, x2: Counts, n2: int) -> tuple[Floats, Floats]:
    """The interval of MetricFrame.difference: percentiles of the bootstrapped largest minus smallest group rate.

    Without drawing: the law of the distance between two binomial shares. It holds the distance only, not its sign, and
    is held against the distance.
    """
    from scipy.stats import binom

    low, high = np.empty(len(x1)), np.empty(len(x1))
    a, b = np.meshgrid(np.arange(n1 + 1), np.arange(n2 + 1), indexing="ij")
    distance = np.abs(a / n1 - b / n2).reshape(-1)
    order = np.argsort(distance, kind="stable")
    for k, (x, y) in enumerate(zip(x1, x2, strict=True)):
        chance = np.outer(binom.pmf(np.arange(n1 + 1), n1, x / n1), binom.pmf(np.arange(n2 + 1), n2, y / n2))
        cumulative = np.cumsum(chance.reshape(-1)[order])
        ends = np.searchsorted(cumulative, [(1 - LEVEL) / 2 - 1e-12, (1 + LEVEL) / 2 - 1e-12])
        low[k], high[k] = distance[order[np.minimum(ends, len(order) - 1)]]
    return low, high


PEERS: dict[tuple[str, str], Limits] = {
    ("difference", "statsmodels default (Newcombe)"): partial(statsmodels_default, "diff"),
    ("difference", "epiR default (Wald)"): wald,
    ("distance", "fairlearn default (bootstrap)"): fairlearn_bootstrap,
    ("ratio", "statsmodels default (adjusted log)"): partial(statsmodels_default, "ratio"),
    ("ratio", "SciPy and epiR default (log)"): log_ratio,
    ("odds-ratio", "statsmodels default (adjusted logit)"): partial(statsmodels_default, "odds-ratio"),
    ("odds-ratio", "epiR default (Woolf)"): log_odds,
    ("odds-ratio", "SciPy default (conditional)"): scipy_conditional,
}

LARGEST = {
    "dueregard chan-zhang": LARGEST_UNCONDITIONAL,
    "dueregard agresti-min": LARGEST_UNCONDITIONAL,
    "SciPy default (conditional)": 20,
    "fairlearn default (bootstrap)": 20,
}
"""Methods that take long are enumerated up to this size of a group."""
