"""Intervals of answers in clusters: against SciPy where clusters are alike in size, and where nothing varies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_1samp

from dueregard.inference.agreement.clusters import jackknife, mean_interval, share_interval

VALUES = st.lists(st.integers(-3, 3), min_size=2, max_size=30)


@given(VALUES, st.integers(1, 9))
def test_means_of_clusters_of_one_size_have_the_interval_of_a_t_test(values, size):
    values = np.array(values, dtype=float)
    found = mean_interval(size * values, np.full(len(values), float(size)), 0.9)
    if np.ptp(values) == 0:
        assert found.estimate == pytest.approx(values[0])
        assert np.isnan(found[1:]).all()
        return
    expected = ttest_1samp(values, 0)
    limits = expected.confidence_interval(0.9)
    assert found.estimate == pytest.approx(values.mean())
    assert (found.low, found.high) == (pytest.approx(limits.low), pytest.approx(limits.high))
    assert found.pvalue == pytest.approx(expected.pvalue)


@given(VALUES, st.integers(2, 5))
def test_the_same_answers_again_within_a_cluster_tell_nothing_new(values, times):
    counts = np.abs(np.array(values, dtype=float))
    sizes = np.full(len(values), 3.0)
    once, again = share_interval(counts, sizes, 0.95), share_interval(times * counts, times * sizes, 0.95)
    assert again[:2] == pytest.approx(once[:2], nan_ok=True)


@pytest.mark.parametrize("n", [2, 6, 32])
def test_none_at_all_counts_each_cluster_once(n):
    found = share_interval(np.zeros(n), np.full(n, 5.0), 0.95)
    exact = binomtest(0, n).proportion_ci(0.95)
    assert (found.low, found.high) == (0, pytest.approx(exact.high))
    every = share_interval(np.full(n, 5.0), np.full(n, 5.0), 0.95)
    assert (every.low, every.high) == (pytest.approx(1 - exact.high), 1)


def test_never_more_independent_answers_than_there_are():
    # every cluster has one of two: less varied than chance would make it
    found, exact = share_interval(np.ones(10), np.full(10, 2.0), 0.95), binomtest(10, 20).proportion_ci(0.95)
    assert (found.low, found.high) == (pytest.approx(exact.low), pytest.approx(exact.high))


@given(st.lists(st.tuples(st.integers(1, 9), st.floats(0, 1)), min_size=2, max_size=20))
def test_a_share_lies_within_its_limits_and_they_within_0_and_1(clusters):
    sizes = np.array([size for size, _ in clusters], dtype=float)
    counts = np.round([size * part for size, part in clusters])
    found = share_interval(counts, sizes, 0.95)
    assert 0 <= found.low <= found.estimate <= found.high <= 1


def test_one_cluster_or_none_has_no_limits():
    for counts, sizes in (([2.0], [5.0]), ([], [])):
        found = share_interval(np.array(counts), np.array(sizes), 0.95)
        assert np.isnan(found[1:]).all()
        assert found.estimate == pytest.approx(0.4 if sizes else float("nan"), nan_ok=True)


def test_an_estimate_that_is_undefined_without_a_cluster_has_no_limits():
    assert np.isnan(jackknife(0.5, np.array([0.4, np.nan, 0.6]), 0.95)[1:]).all()
