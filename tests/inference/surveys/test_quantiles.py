"""Weighted quantiles and Woodruff's limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.quantiles import OrderedValues, quantiles
from dueregard.inference.surveys.summing import cluster_totals

WEIGHTED = st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 4)), min_size=1, max_size=20)


@settings(deadline=None)
@given(WEIGHTED, st.integers(0, 20))
def test_they_are_those_of_each_row_written_out(rows, twentieths):
    """The definition: the smallest value that at least the share of people do not exceed."""
    share = twentieths / 20
    values, weight = (np.array(each, float) for each in zip(*rows, strict=True))
    found = OrderedValues.of(values, weight, np.zeros(len(rows), int), 1).at(np.array([[share]]))[0, 0]
    written_out = sorted(value for value, times in rows for _ in range(times))
    below = [sum(each <= value for each in written_out) * 20 >= twentieths * len(written_out) for value in written_out]
    assert found == written_out[below.index(True)]


@settings(deadline=None)
@given(WEIGHTED, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(rows, random):
    shuffled = rows[:]
    random.shuffle(shuffled)
    found = []
    for each in (rows, shuffled):
        values, weight = (np.array(column, float) for column in zip(*each, strict=True))
        found.append(OrderedValues.of(values, weight / 3, np.zeros(len(each), int), 1))
    np.testing.assert_array_equal(found[0].value, found[1].value)
    np.testing.assert_array_equal(found[0].below, found[1].below)


def asked(values, domain, n_domains, cluster=None, shares=(0.5,)):
    values, domain = np.array(values, float), np.array(domain, np.int32)
    cluster = np.arange(len(values), dtype=np.int32) if cluster is None else np.array(cluster, np.int32)
    weight = np.ones(len(values))
    clusters = Clusters(np.zeros(cluster.max() + 1, np.int32), np.zeros(1))

    def summed(columns):
        return cluster_totals(cluster, domain, n_domains, weight, clusters, values=columns)

    return quantiles(values, weight, domain, n_domains, np.array(shares), summed, 0.95)


def test_an_empty_domain_has_no_quantile():
    found = asked([1, 2, 3, 4], [0, 0, 0, 0], 2)
    assert np.isnan([found.value[1], found.low[1], found.high[1]]).all() and found.flag[1, 0] & Flag.NO_CASES


def test_equal_values_have_no_interval_without_width():
    found = asked([7] * 50, [0] * 50, 1)
    assert found.value == 7 and np.isnan(found.low) and np.isnan(found.high) and np.isnan(found.se)
    assert found.flag[0, 0] & Flag.NO_VARIANCE


def test_one_cluster_has_a_quantile_and_no_interval():
    found = asked([1, 2, 3, 9], [0, 0, 0, 1], 2, cluster=[0, 0, 0, 1])
    assert found.value[0] == 2 and np.isnan(found.low[0]) and found.flag[0, 0] & Flag.ONE_CLUSTER


def test_a_limit_beyond_the_sample_is_nan_and_flagged():
    found = asked(range(10), [0] * 10, 1, shares=(0.1, 0.5))
    assert np.isnan(found.low[0, 0]) and found.high[0, 0] > found.value[0, 0] and found.flag[0, 0] & Flag.LIMIT_OUTSIDE
    assert not found.flag[0, 1] and found.low[0, 1] < found.value[0, 1] < found.high[0, 1]


def test_rows_that_weigh_nothing_are_no_values():
    ordered = OrderedValues.of(np.array([1.0, 5.0]), np.array([1.0, 0.0]), np.zeros(2, int), 1)
    assert ordered.at(np.array([[1.0]]))[0, 0] == 1
    assert np.isnan(ordered.at(np.array([[1.1, -0.1]]))).all()


@pytest.mark.parametrize("n_domains", [0, 2])
def test_no_rows(n_domains):
    ordered = OrderedValues.of(np.zeros(0), np.zeros(0), np.zeros(0, int), n_domains)
    assert np.isnan(ordered.at(np.full((n_domains, 1), 0.5))).all()
