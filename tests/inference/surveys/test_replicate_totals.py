"""Weighted sums of domains in each replicate."""

import numpy as np
import pytest

from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates.replicate_designs import make
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals
from dueregard.inference.surveys.replicates.replicates import Replicates

CLUSTERS = Clusters(np.repeat(np.arange(4), 10).astype(np.int32), np.zeros(4))


def pairs_of(rng, n_domains=5, n_columns=3):
    cluster, domain = np.nonzero(rng.random((40, n_domains)) < 0.6)
    sums = rng.normal(5, 1, (len(cluster), n_columns))
    codes = cluster.astype(np.int32), domain.astype(np.int32)
    return ClusterTotals(CLUSTERS, n_domains, *codes, np.ones(len(cluster), int), sums[:, 0] ** 2, sums)


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


def test_replicates_of_another_design_or_of_other_sums_are_refused():
    pairs = pairs_of(np.random.default_rng(1))
    other = make("jkn", Clusters(np.repeat([0, 1], 3).astype(np.int32), np.zeros(2)))
    with pytest.raises(ValueError, match="replicates: of 6 clusters, but there are 40"):
        replicate_totals(other, pairs)
    given = Replicates("other", 1.0, np.ones(3), totals=np.zeros((3, 1, 1)))
    with pytest.raises(ValueError, match=r"replicates: totals have the shape \(3, 1, 1\), not \(3, 5, 3\)"):
        replicate_totals(given, pairs)
