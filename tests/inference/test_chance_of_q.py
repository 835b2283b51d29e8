"""What Cochran's Q comes to by chance: Welch's test, areas that share clusters, and how often it finds what is not."""

import numpy as np
import pytest
from scipy import stats

from dueregard.inference.two_groups.chance_of_q import Errors, chance_of_q
from dueregard.inference.two_groups.variation import cochran_q, spread

RNG = np.random.default_rng(5)


def samples(sizes, deviations, rng=RNG):
    return [deviation * rng.standard_normal(size) for size, deviation in zip(sizes, deviations, strict=True)]


def estimated(found):
    """Means, their variances and degrees of freedom."""
    mean, variance = (np.array([f(each) / (len(each) if f is var else 1) for each in found]) for f in (np.mean, var))
    return mean, variance, np.array([len(each) - 1.0 for each in found])


def var(values):
    return np.var(values, ddof=1)


@pytest.mark.parametrize("sizes", [(12, 9), (10, 20, 15), (12, 30, 8, 25, 60, 14)])
def test_of_means_it_is_welchs_test(sizes):
    oneway = pytest.importorskip("statsmodels.stats.oneway")
    found = samples(sizes, np.linspace(1, 3, len(sizes)))
    mean, variance, degrees = estimated(found)
    expected = oneway.anova_oneway(found, use_var="unequal", welch_correction=True)
    assert spread(mean, variance, 0.95, 100.0, Errors(degrees)).pvalue == pytest.approx(expected.pvalue, rel=1e-9)


def test_of_two_it_is_welchs_t():
    found = samples((9, 14), (1, 3))
    mean, variance, degrees = estimated(found)
    expected = stats.ttest_ind(*found, equal_var=False).pvalue
    assert spread(mean, variance, 0.95, 100.0, Errors(degrees)).pvalue == pytest.approx(expected, rel=1e-9)


def test_without_end_of_degrees_it_is_chi_squared():
    gap, variance = np.array([0.1, -0.2, 0.05, 0.3]), np.array([0.01, 0.02, 0.01, 0.015])
    known = spread(gap, variance, 0.95)
    assert spread(gap, variance, 0.95, 1.0, Errors(np.full(4, np.inf))) == pytest.approx(known, rel=1e-9)
    assert known.pvalue == pytest.approx(stats.chi2.sf(cochran_q(gap, variance), 3))


def test_a_covariance_of_areas_that_share_nothing_changes_nothing():
    gap, variance = np.array([0.1, -0.2, 0.05, 0.3]), np.array([0.01, 0.02, 0.01, 0.015])
    degrees = np.array([20.0, 30.0, 12.0, 9.0])
    alone = spread(gap, variance, 0.95, 1.0, Errors(degrees))
    assert spread(gap, variance, 0.95, 1.0, Errors(degrees, np.diag(variance))) == pytest.approx(alone, rel=1e-9)


def test_areas_that_move_together_differ_by_less_than_their_variances():
    """With a common part c in each variance v, deviations have variances v - c."""
    gap, variance, common = np.array([0.1, -0.2, 0.15]), 0.02, 0.015
    covariance = np.full((3, 3), common) + (variance - common) * np.eye(3)
    found = spread(gap, np.full(3, variance), 0.95, 1.0, Errors(np.full(3, np.inf), covariance))
    expected = spread(gap, np.full(3, variance - common), 0.95)
    assert found.pvalue == pytest.approx(expected.pvalue, rel=1e-9)
    assert found.estimate == pytest.approx(expected.estimate, rel=1e-6)


def test_the_interval_leaves_out_0_exactly_where_p_is_below_the_level():
    rng = np.random.default_rng(8)
    for _ in range(60):
        mean, variance, degrees = estimated(samples((10, 15, 12, 20), (1, 1, 2, 1), rng))
        found = spread(mean + rng.normal(0, 0.3, 4), variance, 0.9, 100.0, Errors(degrees))
        assert (found.low > 0) == (found.pvalue < 0.1) and found.low <= found.estimate <= found.high


def test_the_estimate_is_where_q_is_its_mean():
    gap, variance = np.array([0.4, -0.5, 0.1, 0.3, -0.2]), np.array([0.01, 0.02, 0.01, 0.015, 0.03])
    errors = Errors(np.array([9.0, 12.0, 30.0, 15.0, 20.0]))
    found = spread(gap, variance, 0.95, 1.0, errors)
    between = found.estimate**2
    assert cochran_q(gap, variance + between) == pytest.approx(chance_of_q(variance, errors, between).mean, rel=1e-9)


@pytest.mark.parametrize("degrees", [12, 25])
def test_p_is_spread_evenly_where_nothing_varies(degrees):
    rng, below = np.random.default_rng(degrees), []
    for _ in range(400):
        deviation = rng.uniform(0.5, 2, 20)
        variance = deviation**2 * rng.chisquare(degrees, 20) / degrees
        found = spread(deviation * rng.standard_normal(20), variance, 0.95, 100.0, Errors(np.full(20, float(degrees))))
        below.append(found.pvalue)
    for level in (0.05, 0.25, 0.5, 0.75):
        assert abs(np.mean(np.array(below) < level) - level) < 3.5 * np.sqrt(level * (1 - level) / 400) + 0.01


def test_variation_that_there_is_is_found():
    rng, held, estimates = np.random.default_rng(3), 0, []
    for _ in range(200):
        deviation = rng.uniform(0.5, 1, 25)
        variance = deviation**2 * rng.chisquare(15, 25) / 15
        gap = deviation * rng.standard_normal(25) + rng.standard_normal(25)
        found = spread(gap, variance, 0.95, 100.0, Errors(np.full(25, 15.0)))
        held += found.low <= 1 <= found.high
        estimates.append(found.estimate)
    assert 168 <= held <= 192  # 90% of 200, 2.8 standard errors either way
    assert np.mean(estimates) == pytest.approx(1, abs=0.06)
