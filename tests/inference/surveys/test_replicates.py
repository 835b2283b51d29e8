"""Totals of replicates, and values in them."""

from dataclasses import replace

import numpy as np
import pytest

from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates.replicate_designs import make
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals
from dueregard.inference.surveys.replicates.replicate_values import ReplicateValues
from dueregard.inference.surveys.replicates.replicates import Replicates

CLUSTERS = Clusters(np.repeat(np.arange(4), 10).astype(np.int32), np.zeros(4))


def pairs_of(rng, n_domains=5, n_columns=3):
    cluster, domain = np.nonzero(rng.random((40, n_domains)) < 0.6)
    sums = rng.normal(5, 1, (len(cluster), n_columns))
    codes = cluster.astype(np.int32), domain.astype(np.int32)
    return ClusterTotals(CLUSTERS, n_domains, *codes, np.ones(len(cluster), int), sums[:, 0] ** 2, sums)


def given_totals(totals, **options):
    return Replicates("other", 1.0, np.ones(len(totals)), totals=totals, **options)


@pytest.mark.parametrize("kind", ["jkn", "bootstrap"])
def test_totals_are_sums_over_clusters_for_any_number_of_threads(kind):
    pairs = pairs_of(np.random.default_rng(1))
    made = make(kind, CLUSTERS, *([100] if kind == "bootstrap" else []), rng=7)
    totals = replicate_totals(made, pairs, threads=1)
    multipliers = made.multipliers_of(0, made.n)
    for domain in range(5):
        here = pairs.domain == domain
        expected = multipliers[pairs.cluster[here]].T @ pairs.sums[here]
        np.testing.assert_allclose(totals[:, domain], expected, rtol=1e-12)
    for threads in (2, 3, 50):
        assert (replicate_totals(made, pairs, threads=threads) == totals).all()


def test_given_totals_are_united_as_domains_are():
    totals = np.random.default_rng(2).integers(0, 9, (6, 4, 2)).astype(float)
    united = given_totals(totals).united([1, 0, 1, 0], [0, 1, 3, 3], 3)
    expected = np.stack([totals[:, 1] + totals[:, 3], totals[:, 0] + totals[:, 3], np.zeros((6, 2))], axis=1)
    assert (united.totals == expected).all()
    made = make("jkn", CLUSTERS)
    assert made.united([0], [0], 1) is made


def test_values_deviate_from_their_mean_or_the_whole_samples():
    values, full = np.array([[1.0, 2.0], [3.0, 2.0], [8.0, 5.0]]), np.array([5.0, 2.0])
    replicates = Replicates("other", 0.5, np.array([1.0, 2.0, 1.0]), totals=np.zeros((3, 1, 1)))
    centred = ReplicateValues(replicates, values, full).covariance().matrix()[1]
    deviations = values - values.mean(axis=0)
    np.testing.assert_allclose(centred, 0.5 * deviations.T @ (deviations * [[1], [2], [1]]), rtol=1e-14)
    about = ReplicateValues(replace(replicates, mse=True), values, full)
    deviations = values - full
    expected = 0.5 * deviations.T @ (deviations * [[1], [2], [1]])
    np.testing.assert_allclose(about.covariance().matrix()[1], expected, rtol=1e-14)
    np.testing.assert_allclose(about.variance, np.diag(expected), rtol=1e-14)


def test_replicates_of_scale_zero_do_not_count():
    """Not in the mean either, whatever they hold."""
    values = np.array([[1.0], [3.0], [np.nan]])
    replicates = Replicates("other", 1.0, np.array([1.0, 1.0, 0.0]), totals=np.zeros((3, 1, 1)))
    assert ReplicateValues(replicates, values, np.zeros(1)).variance.tolist() == [2.0]


def test_a_value_that_is_not_known_in_a_replicate_has_no_variance():
    values = np.array([[1.0, 1.0], [np.nan, 3.0]])
    variance = ReplicateValues(given_totals(np.zeros((2, 1, 1))), values, np.zeros(2)).variance
    assert np.isnan(variance[0])
    assert variance[1] == 2.0


def test_combinations_blocks_and_their_order():
    rng = np.random.default_rng(4)
    values = ReplicateValues(given_totals(np.zeros((9, 1, 1))), rng.normal(size=(9, 5)), rng.normal(size=5))
    assert values.n == 5
    weights = rng.normal(size=(3, 5))
    to, source = np.nonzero(weights)
    combined = values.combined(to, source, weights.ravel(), 3)
    np.testing.assert_allclose(combined.full, weights @ values.full, rtol=1e-14)
    whole = values.covariance().matrix()[1]
    np.testing.assert_allclose(combined.covariance().matrix()[1], weights @ whole @ weights.T, rtol=1e-12)
    indices, matrix = values.covariance([3, 1, 3, 1, 3]).matrix(3)
    assert indices.tolist() == [0, 2, 4]
    np.testing.assert_allclose(matrix, whole[np.ix_(indices, indices)], rtol=1e-13)
    with pytest.raises(ValueError, match="source: 5 of term 0 is not a statistic from 0 to 4"):
        values.combined([0], [5], [1.0], 1)


TOTALS = np.zeros((3, 1, 1))
GOOD = {"kind": "other", "scale": 1.0, "scales": np.ones(3), "totals": TOTALS}
REFUSED = {
    "one": (ValueError, "replicates: a variance needs at least 2, not 1", {"scales": np.ones(1), "totals": TOTALS[:1]}),
    "none": (
        ValueError,
        "replicates: a variance needs at least 2, not 0",
        {"scales": np.ones(0), "totals": TOTALS[:0]},
    ),
    "scale": (ValueError, "scale: -1.0 is not a finite number above 0", {"scale": -1.0}),
    "scale nan": (ValueError, "scale: nan is not a finite number above 0", {"scale": float("nan")}),
    "scale text": (TypeError, "scale: 'one' is not a number", {"scale": "one"}),
    "scales": (
        ValueError,
        "scales: -0.5 of replicate 1 is not a finite number of at least 0",
        {"scales": np.array([1, -0.5, 1])},
    ),
    "scales zero": (ValueError, "scales: fewer than 2 replicates count", {"scales": np.array([1.0, 0, 0])}),
    "totals shape": (ValueError, r"totals: the shape \(2, 1, 1\) does not fit 3 replicates", {"totals": TOTALS[:2]}),
    "totals axes": (ValueError, r"totals: the shape \(3, 1\) does not fit 3 replicates", {"totals": TOTALS[:, 0]}),
    "multipliers": (
        ValueError,
        r"multipliers: the shape \(9, 2\) does not fit 3",
        {"totals": None, "multipliers": np.ones((9, 2))},
    ),
    "both": (ValueError, "need either multipliers of clusters or totals", {"multipliers": np.ones((9, 3))}),
    "neither": (ValueError, "need either multipliers of clusters or totals", {"totals": None}),
    "mse": (TypeError, "mse: 1 is neither True nor False", {"mse": 1}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_replicates_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        Replicates(**(GOOD | bad))


def test_replicates_of_another_design_or_of_other_sums_are_refused():
    pairs = pairs_of(np.random.default_rng(1))
    other = make("jkn", Clusters(np.repeat([0, 1], 3).astype(np.int32), np.zeros(2)))
    with pytest.raises(ValueError, match="replicates: of 6 clusters, but there are 40"):
        replicate_totals(other, pairs)
    with pytest.raises(ValueError, match=r"replicates: totals have the shape \(3, 1, 1\), not \(3, 5, 3\)"):
        replicate_totals(given_totals(TOTALS), pairs)
