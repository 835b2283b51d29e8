"""Shrinkage: fits against a slow twin and SciPy's optimiser, hand calculations, and limits that hold."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize
from scipy.stats import beta, betabinom, gamma, nbinom

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.areas.priors import rise

X, N = [12, 45, 30, 8, 60, 25, 19, 70, 33, 2, 5, 71], [40, 100, 90, 31, 120, 66, 48, 160, 77, 52, 20, 88]
E = [8.5, 31.0, 30.2, 4.4, 51.0, 25.5, 22.0, 90.0, 12.5, 14.0, 3.3, 40.0]


def plain_beta_binomial(a, b):
    """The log-likelihood as products over single cases, without any special function."""
    total = 0.0
    for x, n in zip(X, N, strict=True):
        total += sum(math.log(a + j) for j in range(x)) + sum(math.log(b + j) for j in range(n - x))
        total -= sum(math.log(a + b + j) for j in range(n))
    return total


def plain_gamma_poisson(a, mean):
    total = 0.0
    for x, e in zip(X, E, strict=True):
        total += sum(math.log(a + j) for j in range(x)) - a * math.log1p(mean * e / a)
        total += x * (math.log(mean * e) - math.log(a + mean * e))
    return total


def best(log_likelihood, start):
    found = minimize(
        lambda v: -log_likelihood(*np.exp(v)), start, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-13}
    )
    return np.exp(found.x)


def test_the_beta_is_the_most_probable_one():
    a, b = best(plain_beta_binomial, [1.0, 1.0])
    found = dr.beta_binomial(X, N)
    assert found.mean == pytest.approx(a / (a + b), rel=1e-6)
    assert found.strength == pytest.approx(a + b, rel=1e-6)
    top = plain_beta_binomial(found.mean * found.strength, (1 - found.mean) * found.strength)
    for da, db in ((1.001, 1), (0.999, 1), (1, 1.001), (1, 0.999)):
        assert plain_beta_binomial(found.mean * found.strength * da, (1 - found.mean) * found.strength * db) < top


def test_the_gamma_is_the_most_probable_one():
    a, mean = best(plain_gamma_poisson, [1.0, 0.0])
    found = dr.gamma_poisson(X, E)
    assert found.mean == pytest.approx(mean, rel=1e-6)
    assert found.strength == pytest.approx(a, rel=1e-6)


def test_it_is_the_most_probable_by_scipys_distributions_too():
    found = dr.beta_binomial(X, N)
    a, b = found.mean * found.strength, (1 - found.mean) * found.strength
    top = betabinom.logpmf(X, N, a, b).sum()
    assert all(
        betabinom.logpmf(X, N, a * r, b * s).sum() < top for r, s in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99))
    )
    found = dr.gamma_poisson(X, E)

    def likelihood(a, mean):
        return nbinom.logpmf(X, a, a / (a + mean * np.array(E))).sum()

    top = likelihood(found.strength, found.mean)
    assert all(
        likelihood(found.strength * r, found.mean * s) < top for r, s in ((1.01, 1), (0.99, 1), (1, 1.01), (1, 0.99))
    )


def test_estimates_weigh_the_areas_own_figure_against_the_mean():
    found = dr.beta_binomial(X, N)
    own, n = np.array(X) / N, np.array(N)
    np.testing.assert_allclose(found.weight, n / (n + found.strength), rtol=1e-12)
    np.testing.assert_allclose(found.estimate, found.weight * own + (1 - found.weight) * found.mean, rtol=1e-12)
    assert found.spread == pytest.approx(
        beta(found.mean * found.strength, (1 - found.mean) * found.strength).std(), rel=1e-9
    )
    found = dr.gamma_poisson(X, E)
    own, e = np.array(X) / E, np.array(E)
    np.testing.assert_allclose(found.weight, e / (e + found.strength / found.mean), rtol=1e-12)
    np.testing.assert_allclose(found.estimate, found.weight * own + (1 - found.weight) * found.mean, rtol=1e-12)
    assert found.spread == pytest.approx(gamma(found.strength, scale=found.mean / found.strength).std(), rel=1e-9)


def test_limits_as_if_the_fit_were_known_are_quantiles():
    found = dr.beta_binomial(X, N, allow_for_fit=False, confidence_level=0.9)
    a, b, x, n = found.mean * found.strength, (1 - found.mean) * found.strength, np.array(X), np.array(N)
    np.testing.assert_allclose(found.low, beta.ppf(0.05, a + x, b + n - x), rtol=1e-8)
    np.testing.assert_allclose(found.high, beta.ppf(0.95, a + x, b + n - x), rtol=1e-8)
    found = dr.gamma_poisson(X, E, allow_for_fit=False, confidence_level=0.9)
    shape, rate = found.strength + x, found.strength / found.mean + np.array(E)
    np.testing.assert_allclose(found.low, gamma.ppf(0.05, shape, scale=1 / rate), rtol=1e-8)


def test_moments_by_hand():
    found = dr.beta_binomial(X, N, fit="moments")
    p, average = sum(X) / sum(N), sum(N) / len(N)
    spread = sum(n * (x / n - p) ** 2 for x, n in zip(X, N, strict=True)) / sum(N)
    between = (spread - p * (1 - p) / average) / (1 - 1 / average)
    assert (found.mean, found.spread) == (pytest.approx(p, rel=1e-12), pytest.approx(math.sqrt(between), rel=1e-12))
    found = dr.gamma_poisson(X, E, fit="moments")
    rate, average = sum(X) / sum(E), sum(E) / len(E)
    spread = sum(e * (x / e - rate) ** 2 for x, e in zip(X, E, strict=True)) / sum(E)
    assert found.spread == pytest.approx(math.sqrt(spread - rate / average), rel=1e-12)


@pytest.mark.parametrize("fit", ["likelihood", "moments"])
@pytest.mark.parametrize("shrink", [dr.beta_binomial, dr.gamma_poisson])
def test_areas_that_vary_no_more_than_chance_all_have_the_pooled_value(shrink, fit):
    found = shrink([20, 41, 59, 82], [100, 200, 300, 400], fit=fit)
    np.testing.assert_allclose(found.estimate, 0.202, rtol=1e-12)
    assert (found.weight == 0).all() and found.spread == 0 and math.isinf(found.strength)
    assert all(flag & Flag.NO_VARIATION for flag in found.flag)
    assert (found.low < 0.202).all() and (found.high > 0.202).all()  # they may differ all the same
    known = shrink([20, 41, 59, 82], [100, 200, 300, 400], fit=fit, allow_for_fit=False)
    assert np.isnan(known.low).all() and np.isnan(known.high).all()


def test_areas_that_vary_a_little_more_than_chance_are_not_taken_for_alike():
    """Where the slope of the likelihood is above 0 as variation sets in, there is a prior that fits better."""
    x, n = np.array([20, 41, 59, 112]), np.array([100, 200, 300, 400])
    p = x.sum() / n.sum()
    assert (x * (x - 1) / p + (n - x) * (n - x - 1) / (1 - p) - n * (n - 1)).sum() > 0
    found = dr.beta_binomial(x, n)
    assert 0 < found.weight.min() < found.weight.max() < 1 and math.isfinite(found.strength)


def test_an_area_without_cases_is_not_made_up():
    found = dr.beta_binomial([*X, 0], [*N, 0])
    assert math.isnan(found.estimate[-1]) and math.isnan(found.low[-1]) and math.isnan(found.weight[-1])
    assert found.flag[-1] == int(Flag.NO_CASES)
    np.testing.assert_array_equal(found.estimate[:-1], dr.beta_binomial(X, N).estimate)


@pytest.mark.parametrize("areas", [([], []), ([3], [10]), ([3, 0], [10, 0])])
def test_one_area_is_too_few(areas):
    found = dr.beta_binomial(*areas)
    assert np.isnan(found.estimate).all() and math.isnan(found.mean)
    assert all(flag & Flag.TOO_FEW_AREAS for flag in found.flag)


def test_nobody_or_everybody_has_the_limit_of_all_areas_together():
    none = dr.beta_binomial([0, 0], [12, 14])
    assert (none.estimate == 0).all() and (none.low == 0).all()
    np.testing.assert_allclose(none.high, beta.ppf(0.975, 0.5, 26.5), rtol=1e-9)
    every = dr.beta_binomial([12, 14], [12, 14])
    np.testing.assert_allclose(every.low, 1 - none.high, rtol=1e-9)
    events = dr.gamma_poisson([0, 0], [12.0, 14.0])
    np.testing.assert_allclose(events.high, gamma.ppf(0.975, 0.5) / 26, rtol=1e-9)


def test_all_or_nothing_keeps_the_areas_own_figures():
    found = dr.beta_binomial([0, 9, 0, 7], [5, 9, 8, 7])
    assert found.weight.min() > 0.99
    assert (found.low <= found.estimate).all() and (found.estimate <= found.high).all()
    assert found.high[0] > 0.1  # five cases without the property do not show that nobody has it


areas = st.lists(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=12
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(areas)
def test_estimates_lie_between_the_own_figure_and_the_mean_and_within_their_limits(pairs):
    x, n = (np.array(each) for each in zip(*pairs, strict=True))
    for shrink in (dr.beta_binomial, dr.gamma_poisson):
        found = shrink(x, n)
        near, far = np.minimum(x / n, found.mean), np.maximum(x / n, found.mean)
        assert ((found.estimate >= near - 1e-9) & (found.estimate <= far + 1e-9)).all()
        assert ((found.low <= found.estimate) & (found.estimate <= found.high)).all()
        assert ((found.weight >= 0) & (found.weight <= 1)).all()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(areas, st.randoms())
def test_the_order_of_areas_does_not_matter(pairs, random):
    shuffled = list(pairs)
    random.shuffle(shuffled)
    first, second = (dr.beta_binomial(*zip(*each, strict=True)) for each in (pairs, shuffled))
    place = dict(zip(shuffled, second.estimate, strict=True))
    assert [place[pair] for pair in pairs] == pytest.approx(list(first.estimate), abs=1e-6)


def test_twice_the_exposure_is_half_the_rate():
    once, twice = dr.gamma_poisson(X, E), dr.gamma_poisson(X, 2 * np.array(E))
    np.testing.assert_allclose(twice.estimate, once.estimate / 2, rtol=1e-8)
    np.testing.assert_allclose(twice.high, once.high / 2, rtol=1e-6)
    assert twice.strength == pytest.approx(once.strength, rel=1e-8)


def test_limits_hold_on_average_over_areas_and_those_of_a_known_fit_do_not():
    """Areas of 10 to 150 cases, drawn again and again; where the known fit has no limits it counts as a miss."""
    rng = np.random.default_rng(20)
    for areas, strength, least in ((8, 15, 0.88), (20, 30, 0.9), (20, 500, 0.92)):
        held, held_if_known = [], []
        for _ in range(40):
            n, p = rng.integers(10, 150, areas), rng.beta(0.3 * strength, 0.7 * strength, areas)
            x = rng.binomial(n, p)
            found, known = dr.beta_binomial(x, n), dr.beta_binomial(x, n, allow_for_fit=False)
            held.append(np.mean((found.low <= p) & (p <= found.high)))
            held_if_known.append(np.mean((known.low <= p) & (p <= known.high)))
        assert np.mean(held) >= least
        assert np.mean(held) > np.mean(held_if_known)


def test_shrinking_brings_figures_nearer_to_the_truth():
    rng = np.random.default_rng(3)
    n, p = rng.integers(5, 60, 200), rng.beta(8, 12, 200)
    x = rng.binomial(n, p)
    found = dr.beta_binomial(x, n)
    assert np.mean(np.square(found.estimate - p)) < 0.75 * np.mean(np.square(x / n - p))


@pytest.mark.parametrize("start", [0.01, 3.0, 9_999.0, 10_001.0, 3e7])
def test_the_rise_of_the_digamma_is_a_sum(start):
    steps = np.array([0.0, 1.0, 2.0, 40.0])
    expected = [math.fsum(1 / (start + j) for j in range(int(k))) for k in steps]
    np.testing.assert_allclose(rise(np.array(start), steps), expected, rtol=1e-9)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: dr.beta_binomial([1, 20], [5, 10]), "count: 20 at index 1 is above nobs, which is 10 there"),
        (lambda: dr.beta_binomial([1, -2], [5, 10]), "count: -2 at index 1 is negative"),
        (lambda: dr.beta_binomial(1, 5), "count and nobs: one number for each area is needed"),
        (lambda: dr.beta_binomial([1, 2], [5, 10, 12]), "shapes .* do not broadcast"),
        (lambda: dr.beta_binomial([1, 2], [5, 10], fit="guess"), "fit: 'guess' is not one of"),
        (lambda: dr.beta_binomial([1, 2], [5, 10], confidence_level=2), "confidence_level: 2 is not between"),
        (lambda: dr.gamma_poisson([1, 2], [5.0, -1.0]), "exposure: -1 at index 1 is negative"),
        (lambda: dr.gamma_poisson([1, 2], [5.0, 0.0]), "count: 2 at index 1 happened where exposure is 0"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_what_is_no_number_is_a_type_error():
    with pytest.raises(TypeError, match="count: 'one' at index 0 is not a number"):
        dr.beta_binomial(["one", 2], [5, 10])
    with pytest.raises(TypeError, match="allow_for_fit: 'no' is neither True nor False"):
        dr.gamma_poisson([1, 2], [5, 10], allow_for_fit="no")


@pytest.mark.parametrize("seed", range(8))
def test_rare_events_in_areas_of_all_sizes(seed):
    rng = np.random.default_rng(seed)
    areas, rarity = int(rng.integers(2, 40)), 10 ** rng.uniform(-6, -0.1)
    n = np.ceil(rng.gamma(0.5, 10 ** rng.uniform(0, 7), areas)) + 1
    x = rng.binomial(n.astype(int), np.minimum(rng.gamma(2, rarity / 2, areas), 1))
    for found in (dr.beta_binomial(x, n), dr.gamma_poisson(x, n * 10 ** rng.uniform(-3, 3))):
        assert not np.isnan(found.estimate).any()
        assert ((found.low <= found.estimate) & (found.estimate <= found.high)).all()


@pytest.mark.parametrize("method", [dr.beta_binomial, dr.gamma_poisson])
def test_the_order_of_areas_changes_no_bit(method):
    rng = np.random.default_rng(20)
    size = rng.integers(0, 200, 300)
    count = rng.binomial(size, rng.beta(3, 5, 300))
    order = rng.permutation(300)
    found, other = method(count, size), method(count[order], size[order])
    for name in ("estimate", "low", "high", "weight", "flag"):
        assert np.array_equal(getattr(found, name)[order], getattr(other, name), equal_nan=name != "flag")
    assert (found.mean, found.spread, found.strength) == (other.mean, other.spread, other.strength)
