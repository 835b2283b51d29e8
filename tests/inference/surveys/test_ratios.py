"""Laws of totals, means and ratios of domains, for any sample of clusters in strata."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.ratios import ratios, shares, totals_of, variances
from dueregard.inference.surveys.replicates import replicate_designs
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.inference.surveys.unions import each_alone, placed, together, unions

N_DOMAINS = 3


@st.composite
def samples(draw):
    """Rows of up to four strata with two to four clusters each."""
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=4))
    clusters = Clusters(np.repeat(np.arange(len(sizes)), sizes).astype(np.int32), np.zeros(len(sizes)))
    n = draw(st.integers(clusters.n_clusters, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cluster = np.concatenate([np.arange(clusters.n_clusters), rng.integers(0, clusters.n_clusters, n)])
    n = len(cluster)
    return {
        "cluster": cluster.astype(np.int32),
        "domain": rng.integers(-1, N_DOMAINS, n).astype(np.int32),
        "weight": rng.uniform(0.5, 3, n),
        "clusters": clusters,
        "values": rng.normal(10, 3, (n, 2)),
    }


def summed(sample, **changes):
    return cluster_totals(**{**sample, **changes, "n_domains": N_DOMAINS})


def assert_same(one, other, *, exactly=False):
    for name in ("value", "variance", "nobs", "weight", "kish", "clusters", "degrees_of_freedom", "flag"):
        pair = getattr(one, name), getattr(other, name)
        if exactly:
            np.testing.assert_array_equal(*pair, err_msg=name)
        else:
            np.testing.assert_allclose(*pair, rtol=1e-9, atol=1e-12, err_msg=name)


@settings(deadline=None)
@given(samples(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit(sample, random):
    order = list(range(len(sample["weight"])))
    random.shuffle(order)
    rows = {name: sample[name][order] for name in ("cluster", "domain", "weight", "values")}
    for of in (ratios, totals_of):
        assert_same(of(summed(sample)), of(summed(sample, **rows)), exactly=True)


@settings(deadline=None)
@given(samples(), st.floats(0.01, 100))
def test_scaling_all_weights_changes_no_ratio(sample, factor):
    before, after = (ratios(summed(sample, weight=factor * sample["weight"])) for factor in (1.0, factor))
    np.testing.assert_allclose(before.value, after.value, rtol=1e-12)
    np.testing.assert_allclose(before.se, after.se, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(before.kish, after.kish, rtol=1e-12)


@settings(deadline=None)
@given(samples())
def test_domains_merged_agree_with_their_union(sample):
    merged = summed(sample, domain=np.where(sample["domain"] == 1, 0, sample["domain"]).astype(np.int32))
    as_union = ratios(summed(sample), members=([0, 0, 1], [0, 1, 2], 2))
    assert_same(ratios(merged).taken([0, 2]), as_union)
    assert_same(ratios(unions(summed(sample), placed([0, 0, 1], 2))), as_union)


@settings(deadline=None)
@given(samples())
def test_totals_of_domains_add_up(sample):
    totals = summed(sample)
    everybody = totals_of(totals, members=(np.zeros(N_DOMAINS, int), np.arange(N_DOMAINS), 1))
    added = totals_of(totals).combined(np.zeros(N_DOMAINS, int), np.arange(N_DOMAINS), 1.0, 1)
    for name in ("value", "variance", "nobs", "clusters", "degrees_of_freedom"):
        np.testing.assert_allclose(getattr(added, name), getattr(everybody, name), rtol=1e-9, atol=1e-9)


@settings(deadline=None)
@given(samples())
def test_the_jackknife_of_a_total_is_its_linearised_variance(sample):
    totals = summed(sample)
    replicated = replace(totals, replicates=replicate_designs.make("jkn", totals.clusters))
    np.testing.assert_allclose(
        totals_of(totals).covariance().matrix()[1], totals_of(replicated).covariance().matrix()[1], rtol=1e-9, atol=1e-9
    )


@settings(deadline=None)
@given(samples())
def test_combined_and_quotients_are_ratios_again(sample):
    totals = summed(sample)
    sums = totals_of(totals, [1, 1, 1, 0, 0, 0], together(each_alone(N_DOMAINS), each_alone(N_DOMAINS)))
    assert_same(sums.quotients([0, 1, 2], [3, 4, 5]).taken([0, 1, 2]), _doubled(ratios(totals)))


def _doubled(estimates):
    """A quotient adds up the cases of its two parts."""
    parts = {name: 2 * getattr(estimates, name) for name in ("nobs", "weight", "kish")}
    return replace(estimates, **parts)


@settings(deadline=None)
@given(samples())
def test_a_covariance_is_symmetric_and_has_the_variances(sample):
    means = ratios(summed(sample))
    indices, matrix = means.covariance().matrix()
    np.testing.assert_allclose(matrix, matrix.T)
    known = ~np.isnan(means.value[indices])
    np.testing.assert_allclose(np.diag(matrix)[known], means.variance[indices][known], rtol=1e-9, atol=1e-15)


@settings(max_examples=20, deadline=None)
@given(samples())
def test_a_share_is_the_mean_of_having_the_answer(sample):
    yes = (sample["values"][:, 0] > 10).astype(int)
    domain = np.where(sample["domain"] >= 0, sample["domain"] * 2 + yes, -1).astype(np.int32)
    cells = cluster_totals(sample["cluster"], domain, 6, sample["weight"], sample["clusters"])
    members = np.repeat(np.arange(N_DOMAINS), 2), np.arange(6), N_DOMAINS
    found = shares(cells, members, np.tile([False, True], N_DOMAINS))
    assert_same(found, ratios(summed(sample, values=yes[:, np.newaxis].astype(float))))


def test_overlapping_statistics_count_every_member():
    totals = small()
    rest = ratios(totals, members=([0, 0, 1, 1], [0, 1, 1, 2], 2))
    assert rest.value == pytest.approx([(1 + 2 + 6) / 3, (6 + 8 + 10) / 3])
    assert list(rest.nobs) == [3, 3]


def small(weight=(1.0, 1.0, 1.0, 1.0, 1.0)):
    """Two strata of two clusters: domain 0 in one cluster, 1 in one, 2 in the second stratum's two."""
    return cluster_totals(
        np.array([0, 0, 1, 2, 3], np.int32),
        np.array([0, 0, 1, 2, 2], np.int32),
        4,
        np.array(weight),
        Clusters(np.array([0, 0, 1, 1], np.int32), np.zeros(2)),
        values=np.array([[1.0], [2.0], [6.0], [8.0], [10.0]]),
    )


def test_an_empty_domain_is_nan_with_a_flag():
    found = ratios(small())
    assert np.isnan(found.value[3]) and np.isnan(found.se[3])
    assert found.flag[3] == Flag.NO_CASES and found.degrees_of_freedom[3] == 0


def test_a_domain_in_one_cluster_is_flagged():
    found = ratios(small())
    assert [bool(flag & Flag.ONE_CLUSTER) for flag in found.flag] == [True, True, False, False]
    assert list(found.degrees_of_freedom) == [0, 0, 1, 0]


def test_rows_that_weigh_nothing_contain_no_domain():
    found = ratios(small((0.0, 0.0, 1.0, 1.0, 1.0)))
    assert np.isnan(found.value[0]) and found.flag[0] == Flag.ZERO_WEIGHT and found.clusters[0] == 0


def test_degrees_of_freedom_of_a_difference_are_those_of_both():
    gap = ratios(small()).combined([0, 0], [0, 2], [1.0, -1.0], 1)
    assert gap.value == pytest.approx([1.5 - 9]) and list(gap.degrees_of_freedom) == [1]
    assert gap.flag[0] == Flag.ONE_CLUSTER and gap.clusters[0] == 3


def test_a_variance_needs_two_cases():
    values = np.array([[1.0, 1.0], [2.0, 4.0], [6.0, 36.0]])
    totals = cluster_totals(
        np.arange(3, dtype=np.int32),
        np.array([0, 0, 1], np.int32),
        2,
        np.ones(3),
        Clusters(np.zeros(3, np.int32), np.zeros(1)),
        values=values,
    )
    found = variances(totals)
    assert found.value[0] == pytest.approx(0.5) and np.isnan(found.value[1])


def test_bad_columns_are_named():
    totals = small()
    with pytest.raises(ValueError, match="column: 2 of totals with 2 columns"):
        totals_of(totals, 2)
