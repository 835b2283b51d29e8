"""Intervals of answers in clusters: against SciPy where clusters are alike in size, and where nothing varies."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, ttest_1samp

import dueregard as dr
from dueregard.inference.agreement.clusters import difference_interval, jackknife, mean_interval, share_interval

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


PARTS = st.lists(st.tuples(st.integers(1, 6), st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=12)


def sides(parts):
    sizes = np.array([size for size, _, _ in parts], dtype=float)
    first = np.array([round(size * part) for size, part, _ in parts], dtype=float)
    return first, np.array([round((n - f) * p) for n, f, (_, _, p) in zip(sizes, first, parts, strict=True)]), sizes


@given(PARTS, st.floats(0.5, 0.99))
def test_differences_mirror_each_other_and_their_p_values_agree_with_their_limits(parts, level):
    first, second, sizes = sides(parts)
    one, other = (difference_interval(*each, sizes, level) for each in ((first, second), (second, first)))
    assert (one.low, one.high) == (pytest.approx(-other.high, abs=1e-9), pytest.approx(-other.low, abs=1e-9))
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-6)
    assert one.low <= one.estimate <= one.high
    if abs(one.pvalue - (1 - level)) > 1e-6:
        assert (one.low > 0 or one.high < 0) == (one.pvalue < 1 - level)


def test_where_no_answer_differs_both_limits_are_those_of_none_at_all():
    none, sizes = np.zeros(6), np.full(6, 5.0)
    found = difference_interval(none, none, sizes, 0.95)
    most = binomtest(0, 6).proportion_ci(0.95).high
    assert (found.estimate, found.low, found.high, found.pvalue) == (0, pytest.approx(-most), pytest.approx(most), 1)


def test_many_clusters_of_one_answer_have_the_interval_of_paired_proportions():
    answers = [(1, 0)] * 60 + [(0, 1)] * 30 + [(0, 0)] * 310
    first, second = np.array(answers, dtype=float).T
    found = difference_interval(first, second, np.ones(400), 0.95)
    tango = dr.compare_paired(155, 60, 30, 155)
    assert (found.low, found.high) == (pytest.approx(tango.low, abs=0.004), pytest.approx(tango.high, abs=0.004))
    assert found.pvalue == pytest.approx(tango.pvalue, abs=0.002)


def test_the_difference_of_one_cluster_has_no_limits():
    found = difference_interval(np.array([2.0]), np.array([1.0]), np.array([5.0]), 0.95)
    assert found.estimate == pytest.approx(0.2)
    assert np.isnan(found[1:]).all()


def test_limits_hold_a_rare_difference_about_as_often_as_they_say():
    """32 units of five answers, of which one in twenty is above the check, units unlike each other."""
    rng = np.random.default_rng(2011)
    share, alike, held, repeats = 0.05, 0.2, 0, 400
    for _ in range(repeats):
        of_unit = rng.beta(share * (1 / alike - 1), (1 - share) * (1 / alike - 1), 32)
        found = difference_interval(rng.binomial(5, of_unit).astype(float), np.zeros(32), np.full(32, 5.0), 0.95)
        held += found.low <= share <= found.high
    assert held / repeats > 0.92  # the jackknife holds it in 86 of 100


def test_limits_follow_how_much_answers_vary_whatever_scale_they_are_put_on():
    rng = np.random.default_rng(7)
    steps = (rng.random((32, 6)) < 0.3).astype(float)
    sums, none, sizes = steps.sum(axis=1), np.zeros(32), np.full(32, 6.0)
    whole = difference_interval(sums, none, sizes, 0.95)
    third = difference_interval(sums / 3, none, sizes, 0.95, (float(sums.sum()) / 9, 0.0))
    plain = difference_interval(sums / 3, none, sizes, 0.95)
    assert (3 * third.low, 3 * third.high) == (pytest.approx(whole.low, abs=0.04), pytest.approx(whole.high, abs=0.04))
    assert plain.low < third.low < third.high < plain.high
