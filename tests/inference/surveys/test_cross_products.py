"""Cross-products come out of the pass over the rows."""

from dataclasses import replace

import numpy as np
import pytest

from dueregard.inference.surveys.cross_products import (
    cross_products,
    cross_products_by_cluster,
    cross_products_by_replicate,
)
from dueregard.inference.surveys.replicates import replicate_designs


def columns(sample):
    return sample.numbers("api00", "api99", "enroll")


def crossed(sample, weight, rows):
    x = np.column_stack([np.ones(len(sample)), columns(sample)])[rows]
    return x.T @ (x * weight[rows, np.newaxis])


def test_they_are_those_of_the_rows(api):
    sample = api("apiclus1")
    labels, codes = sample.coded("stype")
    totals = sample.summed(columns(sample), codes, len(labels), products=True)
    by_domain, by_cluster = cross_products(totals), cross_products_by_cluster(totals)
    for d in range(len(labels)):
        np.testing.assert_allclose(by_domain[d], crossed(sample, sample.weight, codes == d), rtol=1e-12)
    for i in range(len(totals.cluster)):
        rows = (codes == totals.domain[i]) & (sample.cluster == totals.cluster[i])
        np.testing.assert_allclose(by_cluster[i], crossed(sample, sample.weight, rows), rtol=1e-12)


def test_a_regression_from_them_is_that_of_the_rows(api):
    sample = api("apistrat")
    (matrix,) = cross_products(sample.summed(columns(sample), products=True))
    slopes = np.linalg.solve(matrix[np.ix_([0, 2, 3], [0, 2, 3])], matrix[[0, 2, 3], 1])
    x = np.column_stack([np.ones(len(sample)), columns(sample)[:, 1:]])
    root = np.sqrt(sample.weight)[:, np.newaxis]
    expected = np.linalg.lstsq(x * root, columns(sample)[:, 0] * root[:, 0])[0]
    np.testing.assert_allclose(slopes, expected, rtol=1e-8)


def test_by_replicate_they_are_those_of_the_weights_of_the_replicate(api):
    sample = api("apiclus1_nofpc")
    made = replicate_designs.make("jk1", sample.clusters)
    totals = replace(sample.summed(columns(sample), products=True), replicates=made)
    found = cross_products_by_replicate(totals)
    assert found.shape == (15, 1, 4, 4)
    for r in range(made.n):
        weight = sample.weight * made.multipliers[sample.cluster, r]
        np.testing.assert_allclose(found[r, 0], crossed(sample, weight, slice(None)), rtol=1e-11)


def test_totals_without_products_are_refused(api):
    sample = api("apiclus1")
    with pytest.raises(ValueError, match="totals: there are no products; sum with products=True"):
        cross_products(sample.summed(columns(sample)))
    with pytest.raises(ValueError, match="totals: there are no replicates"):
        cross_products_by_replicate(sample.summed(columns(sample), products=True))
