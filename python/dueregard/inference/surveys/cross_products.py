"""Weighted cross-products of columns: what regressions and the importance of drivers are computed from.

    totals = designed(data, ["borough"], design, values=["trust", "visible", "fair"], products=True).cells
    cross_products(totals)               # (n_domains, 4, 4): the matrix X'WX with a column of ones first
    cross_products_by_cluster(totals)    # the same in every pair of a cluster and a domain, for scores
    cross_products_by_replicate(totals)  # the same in every replicate made from the clusters

They come out of the one pass over the rows that `cluster_totals` makes with ``products=True``, and add up: over
clusters, over domains (`unions`), and over files.
"""

from dataclasses import replace

import numpy as np

from dueregard.inference.checked import Floats
from dueregard.inference.surveys.cluster_totals import ClusterTotals
from dueregard.inference.surveys.replicates.replicate_totals import replicate_totals


def cross_products(totals: ClusterTotals) -> Floats:
    """X'WX of each domain, shape (n_domains, k + 1, k + 1); row and column 0 are of ones: sums and the sum of weights.

    Raises
    ------
    ValueError
        If the totals have no products.
    """
    _products(totals)
    return _squared(totals.domain_sums, np.asarray(totals.domain_products))


def cross_products_by_cluster(totals: ClusterTotals) -> Floats:
    """X'WX in each pair of a cluster and a domain, shape (m, k + 1, k + 1), in the order of ``totals.cluster``."""
    return _squared(totals.sums, _products(totals))


def cross_products_by_replicate(totals: ClusterTotals) -> Floats:
    """X'WX of each domain in each replicate, shape (R, n_domains, k + 1, k + 1).

    Raises
    ------
    ValueError
        If there are no replicates, or those that came with the data have no columns of products after those of values.
    """
    replicates = totals.replicates
    if replicates is None:
        raise ValueError("totals: there are no replicates")
    columns = np.column_stack([totals.sums, _products(totals)])
    given = replicates.totals
    if given is not None and given.shape[2] != columns.shape[1]:
        raise ValueError("totals: the replicates that came with the data have no sums of products")
    found = replicate_totals(replicates, replace(totals, sums=columns, products=None))
    n_sums, flat = totals.sums.shape[1], (-1, columns.shape[1])
    matrices = _squared(found.reshape(flat)[:, :n_sums], found.reshape(flat)[:, n_sums:])
    return matrices.reshape(*found.shape[:2], n_sums, n_sums)


def _products(totals: ClusterTotals) -> Floats:
    if totals.products is None:
        raise ValueError("totals: there are no products; sum with products=True")
    return totals.products


def _squared(sums: Floats, products: Floats) -> Floats:
    """Symmetric matrices from sums (..., k + 1) and the upper triangle of products, row by row."""
    k = sums.shape[-1] - 1
    matrices = np.empty((len(sums), k + 1, k + 1))
    matrices[:, 0, :] = matrices[:, :, 0] = sums
    rows, columns = np.triu_indices(k)
    matrices[:, rows + 1, columns + 1] = matrices[:, columns + 1, rows + 1] = products
    return matrices
