"""Totals by cluster and domain: their margins."""

import numpy as np

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.ratios import ratios
from dueregard.inference.surveys.summing import cluster_totals

DOMAINS = 4
CLUSTERS = Clusters(np.array([0, 0, 1, 1, 1], np.int32), np.zeros(2))


def totals_of(table, products=True, domain=None, n_domains=DOMAINS):
    cluster, original, weight, *values = zip(*table, strict=True)
    codes = np.array(original if domain is None else domain, np.int32)
    return cluster_totals(
        np.array(cluster, np.int32),
        codes,
        n_domains,
        np.array(weight, float),
        CLUSTERS,
        values=np.array(values, float).T,
        products=products,
    )


def test_margins():
    table = [
        (0, 1, 2.0, 1, 3),
        (0, 1, 1.0, 0, 1),
        (3, 1, 4.0, 1, 0),
        (2, 0, 1.0, 1, 1),
        (4, -1, 9.0, 1, 1),
        (1, 2, 0.0, 1, 1),
    ]
    totals = totals_of(table)
    assert totals.n_values == 2
    assert totals.domain_nobs.tolist() == [1, 3, 1, 0]
    assert totals.domain_squares.tolist() == [1, 21, 0, 0]
    assert totals.domain_sums.tolist() == [[1, 1, 1], [7, 6, 7], [0, 0, 0], [0, 0, 0]]
    assert totals.domain_products.tolist() == [[1, 1, 1], [6, 6, 19], [0, 0, 0], [0, 0, 0]]
    assert ratios(totals).clusters.tolist() == [1, 2, 0, 0]  # a row of weight 0 is not in the sample
    assert ratios(totals).degrees_of_freedom.tolist() == [0, 0, 0, 0]
    assert totals_of(table, products=False).domain_products is None
