"""Student's t and Wilcoxon's test for a design, beyond R's values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.distributions.ordinal import compare_ordinal
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.hypotheses.mean_tests import rank_scores, t_tests
from dueregard.inference.surveys.ratios import ratios
from dueregard.inference.surveys.summing import cluster_totals


def means(values, group, n_groups=2, cluster=None):
    cluster = np.arange(len(values), dtype=np.int32) if cluster is None else np.array(cluster, np.int32)
    clusters = Clusters(np.zeros(cluster.max() + 1, np.int32), np.zeros(1))
    values = np.array(values, float)[:, np.newaxis]
    return ratios(
        cluster_totals(cluster, np.array(group, np.int32), n_groups, np.ones(len(values)), clusters, values=values)
    )


def test_swapping_sides_changes_the_sign_alone():
    each = means([1, 4, 2, 8, 5, 7], [0, 0, 0, 1, 1, 1])
    one, other = t_tests(each, [0], [1]), t_tests(each, [1], [0])
    assert one.estimate == -other.estimate and one.pvalue == other.pvalue
    assert one.low == pytest.approx(-other.high) and one.high == pytest.approx(-other.low)


@settings(deadline=None)
@given(st.lists(st.integers(0, 6), min_size=6, max_size=30), st.floats(0.5, 0.99))
def test_the_interval_leaves_zero_out_where_p_is_below(values, level):
    found = t_tests(means(values, np.arange(len(values)) % 2), [0], [1], level)
    if np.isnan(found.pvalue[0]):
        assert np.isnan(found.low[0])
    elif abs(found.pvalue[0] - (1 - level)) > 1e-9:
        assert (found.pvalue[0] < 1 - level) == (not found.low[0] <= 0 <= found.high[0])


def test_no_variance_gives_no_test():
    found = t_tests(means([3, 3, 5, 5], [0, 0, 1, 1]), [0], [1])
    assert found.estimate == -2 and np.isnan([found.se, found.pvalue, found.low]).all()
    assert found.flag[0] & Flag.NO_VARIANCE


@settings(deadline=None)
@given(st.lists(st.floats(0.5, 3), min_size=8, max_size=20), st.floats(0.1, 100))
def test_rounding_is_no_variance(weight, value):
    n = len(weight)
    totals = cluster_totals(
        np.arange(n, dtype=np.int32),
        (np.arange(n) % 2).astype(np.int32),
        2,
        np.array(weight),
        Clusters(np.zeros(n, np.int32), np.zeros(1)),
        values=np.full((n, 1), value),
    )
    found = t_tests(ratios(totals), [0], [1])
    assert abs(found.estimate[0]) < 1e-12 and np.isnan(found.pvalue[0]) and found.flag[0] & Flag.NO_VARIANCE


def test_too_few_clusters_give_no_test():
    found = t_tests(means([1, 2, 3, 5], [0, 1, 0, 1], cluster=[0, 0, 1, 1]), [0], [1])
    assert found.degrees_of_freedom == 0 and np.isnan(found.pvalue) and np.isnan(found.low)
    assert found.se > 0 and found.flag[0] & Flag.FEW_DEGREES


def test_a_group_without_cases_gives_no_test():
    found = t_tests(means([1, 2, 3], [0, 0, 0]), [0], [1])
    assert np.isnan([found.estimate, found.se, found.statistic, found.pvalue]).all() and found.flag[0] & Flag.NO_CASES


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 1), st.integers(1, 3)), min_size=2, max_size=25))
def test_the_difference_of_mean_ranks_is_the_chance_of_a_higher_value_less_a_half(rows):
    values, group, times = (np.array(each) for each in zip(*rows, strict=True))
    if len(set(group.tolist())) < 2:
        return
    scores = rank_scores(values.astype(float), times.astype(float), np.zeros(len(rows), int), 1)
    averages = [np.average(scores[group == g], weights=times[group == g]) for g in (0, 1)]
    counts = [np.bincount(values[group == g], times[group == g], 5).astype(int) for g in (0, 1)]
    chance = compare_ordinal(counts[0], counts[1]).estimate
    assert averages[0] - averages[1] + 0.5 == pytest.approx(chance, abs=1e-12)


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 3), st.integers(-1, 1)), min_size=1),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_changes_no_rank(rows, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    values, weight, area = (np.array(each) for each in zip(*rows, strict=True))
    before = rank_scores(values.astype(float), weight / 3, area, 2)
    after = rank_scores(values[order].astype(float), weight[order] / 3, area[order], 2)
    np.testing.assert_array_equal(before[order], after)
    np.testing.assert_array_equal(np.isnan(before), area == -1)
