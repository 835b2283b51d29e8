"""Every method for one proportion: against R and SciPy, its own equation, its laws, and at the ends."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special, stats

from dueregard.flags import Flag
from dueregard.inference.intervals import PROPORTION_METHODS, normal_quantile, proportion_interval

GOLDEN = json.loads((Path(__file__).parent / "one_sample.json").read_text())["proportion"]
SEARCHED = {"mid-p"}  # by R to its own tolerance
RISING = tuple(m for m in PROPORTION_METHODS if m != "wald")  # methods whose limits move up with every case
COUNTS = np.array([x for n in range(61) for x in range(n + 1)])
TOTALS = np.array([n for n in range(61) for x in range(n + 1)])


@st.composite
def samples(draw, largest=10**6):
    nobs = draw(st.integers(1, 10 ** draw(st.integers(0, round(math.log10(largest))))))
    return draw(st.integers(0, nobs)), nobs


LEVELS = st.sampled_from([0.2, 0.8, 0.95, 0.998]) | st.floats(0.01, 0.9999)


@pytest.mark.parametrize("method, row", [(method, row) for method in GOLDEN for row in GOLDEN[method]])
def test_limits_are_those_of_r(method, row):
    count, nobs, low, high = row
    found = proportion_interval(count, nobs, method=method)
    near = 1e-6 if method in SEARCHED else 1e-9
    unmodified = method == "jeffreys"  # R's has the quantile of the beta distribution at the ends too
    assert found.low == pytest.approx(0.0 if unmodified and count == 0 else max(low, 0.0), abs=near)
    assert found.high == pytest.approx(1.0 if unmodified and count == nobs else min(high, 1.0), abs=near)


def test_every_method_has_values_to_meet():
    assert set(GOLDEN) == set(PROPORTION_METHODS)


@pytest.mark.parametrize("confidence_level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize("method", PROPORTION_METHODS)
def test_no_count_up_to_sixty_fails(method, confidence_level):
    found = proportion_interval(COUNTS, TOTALS, method=method, confidence_level=confidence_level)
    some = TOTALS > 0
    assert np.isnan([found.low[~some], found.high[~some]]).all()
    low, high = found.low[some], found.high[some]
    assert (low >= 0).all() and (low <= found.estimate[some]).all()
    assert (high <= 1).all() and (high >= found.estimate[some]).all()
    assert (low[COUNTS[some] == 0] == 0).all() and (high[(COUNTS == TOTALS)[some]] == 1).all()


@pytest.mark.parametrize("confidence_level", [0.5, 0.95, 0.998])
def test_exact_limits_put_the_tail_beyond_the_count(confidence_level):
    found = proportion_interval(COUNTS, TOTALS, method="clopper-pearson", confidence_level=confidence_level)
    tail = (1 - confidence_level) / 2
    some, below = COUNTS > 0, COUNTS < TOTALS
    upper = stats.binom.sf(COUNTS[some] - 1, TOTALS[some], found.low[some])
    np.testing.assert_allclose(upper, tail, rtol=1e-9)
    lower = stats.binom.cdf(COUNTS[below], TOTALS[below], found.high[below])
    np.testing.assert_allclose(lower, tail, rtol=1e-9)


@pytest.mark.parametrize("confidence_level", [0.5, 0.95, 0.998])
def test_mid_p_limits_put_the_tail_beyond_half_of_the_count(confidence_level):
    found = proportion_interval(COUNTS, TOTALS, method="mid-p", confidence_level=confidence_level)
    tail = (1 - confidence_level) / 2
    some, below = COUNTS > 0, COUNTS < TOTALS
    x, n, p = COUNTS[some], TOTALS[some], found.low[some]
    np.testing.assert_allclose(stats.binom.sf(x, n, p) + stats.binom.pmf(x, n, p) / 2, tail, rtol=1e-9)
    x, n, p = COUNTS[below], TOTALS[below], found.high[below]
    np.testing.assert_allclose(stats.binom.cdf(x, n, p) - stats.binom.pmf(x, n, p) / 2, tail, rtol=1e-9)


def test_large_counts_meet_the_quantiles_of_scipy():
    rng = np.random.default_rng(20110208)
    n = np.floor(10 ** rng.uniform(0, 6, 3000))
    x = np.floor(rng.random(3000) ** 3 * (n + 1))
    tail = 0.025
    exact = proportion_interval(x, n, method="clopper-pearson")
    some, below = x > 0, x < n
    np.testing.assert_allclose(exact.low[some], special.betaincinv(x, n - x + 1, tail)[some], rtol=1e-11)
    np.testing.assert_allclose(exact.high[below], special.betainccinv(x + 1, n - x, tail)[below], rtol=1e-11)
    jeffreys = proportion_interval(x, n, method="jeffreys")
    np.testing.assert_allclose(jeffreys.low[some], special.betaincinv(x + 0.5, n - x + 0.5, tail)[some], rtol=1e-11)
    np.testing.assert_allclose(jeffreys.high[below], special.betainccinv(x + 0.5, n - x + 0.5, tail)[below], rtol=1e-11)


@pytest.mark.parametrize("method", PROPORTION_METHODS)
@pytest.mark.parametrize("share", [1e-15, 1e-6, 0.3, 0.5])
def test_the_largest_counts_have_normal_limits(method, share):
    nobs = 2**53
    count = round(share * nobs)
    found = proportion_interval(count, nobs, method=method)
    reach = normal_quantile(0.95) * math.sqrt(found.estimate * (1 - found.estimate) / nobs)
    near = 3 if count < 100 else 3 / math.sqrt(count)  # standard errors by which skewness and steps of 1 move a limit
    assert found.low == pytest.approx(max(found.estimate - reach, 0), abs=near * reach + 2e-16)
    assert found.high == pytest.approx(found.estimate + reach, abs=near * reach + 2e-16)


def test_one_case_among_the_most_there_can_be():
    nobs = 2**53
    found = proportion_interval(1, nobs, method="clopper-pearson")
    assert found.low * nobs == pytest.approx(special.gammaincinv(1, 0.025), rel=1e-9)
    assert found.high * nobs == pytest.approx(special.gammainccinv(2, 0.025), rel=1e-9)
    assert proportion_interval(0, nobs, method="clopper-pearson").high * nobs == pytest.approx(
        -math.log(0.025), rel=1e-12
    )


@pytest.mark.parametrize("method", PROPORTION_METHODS)
@given(sample=samples(2**53), confidence_level=LEVELS)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_counting_the_others_turns_the_interval_round(method, sample, confidence_level):
    count, nobs = sample
    one = proportion_interval(count, nobs, method=method, confidence_level=confidence_level)
    other = proportion_interval(nobs - count, nobs, method=method, confidence_level=confidence_level)
    assert one.low == pytest.approx(1 - other.high, abs=4e-16)
    assert one.high == pytest.approx(1 - other.low, abs=4e-16)


@pytest.mark.parametrize("method", RISING)
@given(sample=samples(), confidence_level=LEVELS)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_one_case_more_moves_both_limits_up(method, sample, confidence_level):
    count, nobs = sample
    cases = np.array([count, count + 1])
    found = proportion_interval(cases, nobs + 1, method=method, confidence_level=confidence_level)
    assert found.low[0] <= found.low[1] and found.high[0] <= found.high[1]


@pytest.mark.parametrize("method", PROPORTION_METHODS)
@given(sample=samples(), levels=st.tuples(LEVELS, LEVELS).map(sorted))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_a_higher_level_holds_the_lower_one(method, sample, levels):
    inner, outer = (proportion_interval(*sample, method=method, confidence_level=level) for level in levels)
    assert outer.low <= inner.low * (1 + 1e-14) and inner.high * (1 - 1e-14) <= outer.high


@given(sample=samples(), confidence_level=LEVELS)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_mid_p_lies_within_the_exact_interval(sample, confidence_level):
    exact = proportion_interval(*sample, method="clopper-pearson", confidence_level=confidence_level)
    mid = proportion_interval(*sample, method="mid-p", confidence_level=confidence_level)
    assert exact.low <= mid.low <= mid.high <= exact.high


@pytest.mark.parametrize("method", PROPORTION_METHODS)
def test_scalars_arrays_and_no_cases(method):
    one = proportion_interval(9, 17, method=method)
    assert isinstance(one.low, float) and one.flag == Flag.SMALL_BASE
    grid = proportion_interval(np.arange(3)[:, None], [17, 40], method=method)
    assert grid.low.shape == (3, 2) and grid.high[2, 0] == proportion_interval(2, 17, method=method).high
    none = proportion_interval(0, 0, method=method)
    assert all(math.isnan(value) for value in none[:3]) and none.flag == Flag.NO_CASES
    assert proportion_interval([], [], method=method).high.shape == (0,)
