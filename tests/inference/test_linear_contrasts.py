"""Sums of shares with factors: MOVER and Wald."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.inference.linear_contrasts import contrast_error, linear_contrast

COUNTS = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda pair: (min(pair), max(pair)))


def column(*values):
    return np.array(values, float)[:, np.newaxis]


@given(COUNTS, COUNTS, st.sampled_from([0.5, 0.9, 0.95, 0.99]))
@settings(max_examples=100, deadline=None)
def test_of_two_shares_it_is_newcombes_interval_with_its_p(one, other, level):
    (x1, n1), (x2, n2) = one, other
    contrast = linear_contrast(column(1, -1), column(x1 / n1, x2 / n2), column(n1, n2))
    found = contrast.compare(level)
    expected = dr.compare_proportions(x1, n1, x2, n2, method="newcombe", confidence_level=level)
    ours = [found.estimate[0], found.low[0], found.high[0]]
    assert ours == pytest.approx([expected.estimate, expected.low, expected.high], abs=1e-12)
    assert found.pvalue[0] == pytest.approx(expected.pvalue, abs=1e-9)


@given(st.lists(st.tuples(COUNTS, st.floats(-2, 2)), min_size=1, max_size=6), st.sampled_from(["mover", "wald"]))
@settings(max_examples=100, deadline=None)
def test_p_is_below_the_level_exactly_when_the_interval_excludes_no_difference(shares, method):
    counts, factors = zip(*shares, strict=True)
    x, n = (np.array(each, float)[:, np.newaxis] for each in zip(*counts, strict=True))
    found = linear_contrast(np.array(factors)[:, np.newaxis], x / n, n, method=method).compare(0.95)
    low, high, p = found.low[0], found.high[0], found.pvalue[0]
    if np.isnan(low):
        assert np.isnan(p)
    elif min(abs(low), abs(high)) > 1e-9:
        assert (p < 0.05) == (low > 0 or high < 0)
        assert low < high


def test_shares_without_a_factor_have_no_part_and_may_have_no_cases():
    with_it = linear_contrast(column(1, 0, -1), column(0.5, np.nan, 0.2), column(10, 0, 20)).compare(0.95)
    without = linear_contrast(column(1, -1), column(0.5, 0.2), column(10, 20)).compare(0.95)
    assert with_it.low[0] == without.low[0]
    assert with_it.high[0] == without.high[0]


@pytest.mark.parametrize("factors", [(1, -1), (0, 0), (np.nan, 1)])
def test_without_cases_without_factors_and_with_unknown_ones_nothing_is_known(factors):
    contrast = linear_contrast(column(*factors), column(0.5, np.nan), column(10, 0))
    found = contrast.compare(0.95)
    assert np.isnan([found.estimate[0], found.low[0], found.high[0], found.pvalue[0]]).all()


def test_the_interval_has_a_width_at_0_and_1_and_wald_knows_nothing_there():
    shares, sizes = column(1, 1, 0), column(30, 20, 10)
    mover = linear_contrast(column(0.5, -0.7, 0.2), shares, sizes).compare(0.95)
    assert mover.low[0] < mover.estimate[0] < mover.high[0]
    wald = linear_contrast(column(0.5, -0.7, 0.2), shares, sizes, method="wald").compare(0.95)
    assert np.isnan([wald.low[0], wald.high[0]]).all()
    assert contrast_error(column(0.5, -0.7, 0.2), shares, sizes)[0] == 0


def test_wald_reaches_so_many_standard_errors():
    factors, shares, sizes = column(1, -0.5), column(0.8, 0.6), column(50, 40)
    found = linear_contrast(factors, shares, sizes, method="wald").compare(0.95)
    error = np.sqrt(0.8 * 0.2 / 50 + 0.25 * 0.6 * 0.4 / 40)
    assert contrast_error(factors, shares, sizes)[0] == pytest.approx(error, rel=1e-12)
    assert found.high[0] - found.estimate[0] == pytest.approx(1.959963984540054 * error, rel=1e-9)


@pytest.mark.parametrize("monthly", [(4, 11), (1, 14), (15, 38)])
@pytest.mark.parametrize("shared", [0, 9, 11])
def test_a_change_of_gaps_between_windows_is_covered_as_often_as_it_says(monthly, shared):
    """Twelve months against twelve, so many of them shared; nothing has changed. Wald's interval covers far less."""
    rng = np.random.default_rng(2010)
    factors, shares, sizes = [], [], []
    for sign, cases, share in zip((1, -1), monthly, (0.74, 0.81), strict=True):
        left, stayed, joined = (rng.poisson(cases * months, 8000) for months in (12 - shared, shared, 12 - shared))
        before, after = np.maximum(left + stayed, 1), np.maximum(stayed + joined, 1)
        factors += [-sign * left / before, sign * (stayed / after - stayed / before), sign * joined / after]
        sizes += [left, stayed, joined]
        shares += [rng.binomial(n, share) / np.maximum(n, 1) for n in (left, stayed, joined)]
    arrays = (np.array(each, float) for each in (factors, shares, sizes))
    found = linear_contrast(*arrays).compare(0.95)
    known = ~np.isnan(found.low)
    covered = ((found.low <= 0) & (found.high >= 0))[known].mean()
    assert 0.94 < covered < 0.965
