"""How often intervals of indices leave the true index out: tables are drawn from groups that are known to differ."""

import numpy as np
import pytest

from dueregard.inference.indices import index_formulas as formulas
from dueregard.inference.indices.disparity_index import disparity_formula
from dueregard.inference.indices.group_indices import GroupIndex
from dueregard.inference.indices.index_limits import Draws, limits
from dueregard.inference.indices.index_models import Distributions, Rates

TABLES, RESAMPLES = 400, 399

SIZES = np.array([400.0, 120, 60, 30, 15])
PEOPLE = np.array([48000.0, 2400, 5500, 1300, 700])
TRUTHS = {
    "equal": [0.2, 0.2, 0.2, 0.2, 0.2],
    "a little": [0.18, 0.22, 0.25, 0.25, 0.2],
    "one group": [0.2, 0.2, 0.4, 0.2, 0.2],
    "a lot": [0.1, 0.3, 0.5, 0.2, 0.6],
    "rare": [0.02, 0.02, 0.1, 0.02, 0.02],
}
INDICES = {
    "variance": GroupIndex(formulas.variance),
    "hoover": GroupIndex(formulas.hoover),
    "gini": GroupIndex(formulas.gini),
    "theil": GroupIndex(formulas.theil),
    "disparity": GroupIndex(disparity_formula(None, "k"), turned=True),
    "disparity from a group": GroupIndex(disparity_formula(0, "k-1"), turned=True),
    "disparity from the best": GroupIndex(disparity_formula(np.min, "k-1"), turned=True),
}
AREAS = {
    "equal": ([0.3, 0.25, 0.2, 0.15, 0.1], [0.3, 0.25, 0.2, 0.15, 0.1]),
    "a little": ([0.3, 0.25, 0.2, 0.15, 0.1], [0.25, 0.25, 0.25, 0.15, 0.1]),
    "a lot": ([0.6, 0.2, 0.1, 0.08, 0.02], [0.05, 0.15, 0.2, 0.3, 0.3]),
}


def rates_missed(index, truth, binomial, tables, resamples, size=SIZES, seed=1):
    """The parts of tables whose interval lies above and below the true index; tables without an index do not count."""
    truth, random = np.asarray(truth, float), np.random.default_rng(seed)
    true = float(index.formula(truth, size))
    found = []
    for i in range(tables):
        count = random.binomial(size.astype(int), truth) if binomial else random.poisson(size * truth)
        model = Rates(count.astype(float), size, binomial, index.turned)
        seen = float(index.formula(model.rate[np.newaxis], size)[0])
        if np.isfinite(seen):
            interval = limits(model, lambda r: index.formula(r, size), seen, 0.95, Draws(resamples, i))
            found.append((interval.low, interval.high))
    return _outside(found, true)


def areas_missed(truth, sizes, known, tables, resamples, seed=1):
    """The same for the dissimilarity of two distributions."""
    first, second = map(np.asarray, truth)
    true, random, found = float(formulas.dissimilarity(first, second)), np.random.default_rng(seed), []
    for i in range(tables):
        count1 = random.multinomial(sizes[0], first).astype(float)
        count2 = second * 1e6 if known else random.multinomial(sizes[1], second).astype(float)
        kept = (count1 > 0) | (count2 > 0)
        model = Distributions(count1[kept], count2[kept], known)

        def of_both(both):
            return formulas.dissimilarity(both[..., 0, :], both[..., 1, :])

        seen = float(of_both(model.both[np.newaxis])[0])
        interval = limits(model, of_both, seen, 0.95, Draws(resamples, i))
        found.append((interval.low, interval.high))
    return _outside(found, true)


def _outside(found, true):
    low, high = np.array(found).T
    slack = 1e-9 * true
    return float((low > true + slack).mean()), float((high < true - slack).mean())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["variance", "theil", "disparity"])
@pytest.mark.parametrize("truth", ["equal", "one group"])
def test_few_intervals_leave_the_true_index_out(name, truth):
    """At 95%, 150 tables: 2 standard errors above 7% are 11%."""
    assert sum(rates_missed(INDICES[name], TRUTHS[truth], True, 150, 299)) <= 0.11


@pytest.mark.thorough
@pytest.mark.parametrize("name", INDICES)
@pytest.mark.parametrize("truth", TRUTHS)
def test_coverage_of_shares(name, truth):
    above, below = rates_missed(INDICES[name], TRUTHS[truth], True, TABLES, RESAMPLES)
    assert above <= 0.055
    assert above + below <= 0.085
    if truth == "equal":
        assert above <= 0.045


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["variance", "theil", "disparity"])
@pytest.mark.parametrize("truth", ["equal", "one group", "a lot"])
def test_coverage_of_rates(name, truth):
    above, below = rates_missed(INDICES[name], np.array(TRUTHS[truth]) / 20, False, TABLES, RESAMPLES, PEOPLE)
    assert above <= 0.055
    assert above + below <= 0.085


@pytest.mark.thorough
@pytest.mark.parametrize("truth", AREAS)
@pytest.mark.parametrize("sizes", [(60, 60), (400, 150)])
@pytest.mark.parametrize("known", [False, True])
def test_coverage_of_dissimilarity(truth, sizes, known):
    above, below = areas_missed(AREAS[truth], sizes, known, TABLES, RESAMPLES)
    assert above <= 0.055
    assert above + below <= 0.085
