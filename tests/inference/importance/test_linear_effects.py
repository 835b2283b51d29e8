"""Least squares from cross-products, and the precision of what steps of columns change."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.importance.linear_effects import effects, fit
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.cross_products import cross_products
from dueregard.inference.surveys.summing import cluster_totals


def sampled(seed, n=60, n_domains=2):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2)) + 5
    y = x @ [1.0, -0.5] + rng.normal(size=n)
    cluster, domain = np.arange(n, dtype=np.int32) // 3, np.tile(np.arange(n_domains, dtype=np.int32), n)[:n]
    clusters = Clusters(stratum=np.zeros(n // 3, np.int32), fraction=np.zeros(1))
    weight, values = rng.uniform(1, 3, n), np.column_stack([x, y])
    totals = cluster_totals(cluster, domain, n_domains, weight, clusters, values=values, products=True)
    return totals, x, y, weight, cluster, domain


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_slopes_are_those_of_weighted_least_squares(seed):
    totals, x, y, weight, _, domain = sampled(seed)
    own = domain == 1
    design, root = np.column_stack([np.ones(own.sum()), x[own]]), np.sqrt(weight[own])
    expected = np.linalg.lstsq(design * root[:, np.newaxis], y[own] * root, rcond=None)[0]
    found = fit(cross_products(totals)[1], np.array([0, 1]))
    np.testing.assert_allclose([found.constant, *found.slope], expected, rtol=1e-7)


def test_errors_are_those_of_a_sandwich_between_clusters():
    sm = pytest.importorskip("statsmodels.api")
    totals, x, y, weight, cluster, _ = sampled(3, n_domains=1)
    found = effects(totals, [fit(cross_products(totals)[0], np.array([0, 1]))], np.array([[1.0, 0], [2.0, 2.0]]))
    model = sm.WLS(y, sm.add_constant(x), weights=weight).fit(
        cov_type="cluster", cov_kwds={"groups": cluster, "use_correction": False}
    )
    step = np.array([[0, 1, 0], [0, 2, 2]])
    expected = np.sqrt(np.diag(step @ model.cov_params() @ step.T) * 20 / 19)
    np.testing.assert_allclose(found.value, step @ model.params, rtol=1e-9)
    np.testing.assert_allclose(found.se, expected, rtol=1e-8)
    assert found.degrees_of_freedom.tolist() == [19, 19]


def test_a_column_that_is_left_out_has_no_effect_and_no_score():
    totals, *_ = sampled(4)
    cross = cross_products(totals)
    found = effects(totals, [fit(cross[0], np.array([1])), None], np.eye(2))
    assert found.value[0] == 0 and found.se[0] == 0
    assert np.isnan(found.value[2:]).all()
