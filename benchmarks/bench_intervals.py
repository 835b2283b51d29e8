"""How fast is the interval of a proportion, or of a rate, sample after sample?"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from harness import Question, check_equal, versions
from numpy.typing import NDArray
from scipy import stats
from scipy.optimize import brentq
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.rates import confint_poisson

import dueregard as dr

SAMPLES = 20_000
THEIRS = 20
"""Samples given to what takes one at a time."""

TAIL = 0.025
Counts = NDArray[np.int64]
Limits = NDArray[np.float64]


def make() -> tuple[Counts, Counts]:
    """Samples of 20 to 2,000 cases, at least one of each kind; as events, the same over as many person-years."""
    rng = np.random.default_rng(1934)
    nobs = rng.integers(20, 2000, SAMPLES)
    return np.clip(rng.binomial(nobs, rng.random(SAMPLES)), 1, nobs - 1), nobs


def ours(interval: Callable[..., Any], method: str, count: Counts, size: Counts) -> Limits:
    found = interval(count, size, method=method)
    return np.array([found.low, found.high])


def one_by_one(limits: Callable[[int, int], tuple[float, float]], count: Counts, size: Counts) -> Limits:
    return np.array([limits(x, n) for x, n in zip(count.tolist(), size.tolist(), strict=True)]).T


def scipy_exact(count: int, nobs: int) -> tuple[float, float]:
    found = stats.binomtest(count, nobs).proportion_ci(method="exact")
    return found.low, found.high


def scipy_mid_p(count: int, nobs: int) -> tuple[float, float]:
    """No package has it: SciPy's root finder on SciPy's binomial distribution, as one would write it."""

    def above(p: float) -> float:
        return float(stats.binom.sf(count, nobs, p) + stats.binom.pmf(count, nobs, p) / 2)

    low = brentq(lambda p: above(p) - TAIL, 0, 1, xtol=1e-14)
    return low, brentq(lambda p: above(p) - (1 - TAIL), 0, 1, xtol=1e-14)


def statsmodels_mid_p(count: int, exposure: int) -> tuple[float, float]:
    low, high = confint_poisson(count, exposure, method="midp-c")
    return float(low), float(high)


def statsmodels_exact(count: Counts, nobs: Counts) -> Limits:
    return np.array(proportion_confint(count, nobs, method="beta"))


def statsmodels_garwood(count: Counts, exposure: Counts) -> Limits:
    return np.array(confint_poisson(count, exposure, method="exact-c"))


OURS: dict[str, Callable[[Counts, Counts], Limits]] = {
    "clopper-pearson": partial(ours, dr.proportion_interval, "clopper-pearson"),
    "mid-p": partial(ours, dr.proportion_interval, "mid-p"),
    "rate exact": partial(ours, dr.rate_interval, "exact"),
    "rate mid-p": partial(ours, dr.rate_interval, "mid-p"),
    "wilson": partial(ours, dr.proportion_interval, "wilson"),
}

PEERS: dict[str, tuple[str, Callable[[Counts, Counts], Limits], int]] = {
    "statsmodels proportion_confint beta": ("clopper-pearson", statsmodels_exact, SAMPLES),
    "SciPy binomtest exact": ("clopper-pearson", partial(one_by_one, scipy_exact), THEIRS),
    "SciPy binom and brentq, mid-p": ("mid-p", partial(one_by_one, scipy_mid_p), THEIRS),
    "statsmodels confint_poisson exact-c": ("rate exact", statsmodels_garwood, SAMPLES),
    "statsmodels confint_poisson midp-c": ("rate mid-p", partial(one_by_one, statsmodels_mid_p), THEIRS),
}

PROMISES = {
    "statsmodels proportion_confint beta": 0.5,
    "SciPy binomtest exact": 50.0,
    "SciPy binom and brentq, mid-p": 200.0,
    "statsmodels confint_poisson exact-c": 0.25,
    "statsmodels confint_poisson midp-c": 1000.0,
}
"""How many times as long each must take per sample. Two of them call SciPy's vectorised quantiles, which are as
quick for proportions and quicker for rates; the rest take one sample at a time."""


def run() -> Question:
    question = Question(
        "Intervals of proportions and rates",
        f"{SAMPLES:,} samples of 20 to 2,000 cases, one thread; {versions('statsmodels', 'scipy')}; "
        f"what takes one sample at a time: {THEIRS}.",
    )
    count, size = make()
    work: dict[str, Callable[[], Limits]] = {f"dueregard {name}": partial(f, count, size) for name, f in OURS.items()}
    for name, (twin, function, samples) in PEERS.items():
        few = count[:samples], size[:samples]
        same = np.isclose(OURS[twin](*few), function(*few), rtol=1e-6, atol=1e-8)
        check_equal(name, bool(same.all()), True)
        work[name] = partial(function, *few)
    seconds = question.race(work, runs=3)
    for name, (twin, _, samples) in PEERS.items():
        ratio = seconds[name] / samples / (seconds[f"dueregard {twin}"] / SAMPLES)
        question.at_least(f"{name} / dueregard {twin}, per sample", ratio, PROMISES[name])
    question.at_most("microseconds a sample, Wilson", seconds["dueregard wilson"] / SAMPLES * 1e6, 0.5)
    return question
