"""Replicates of what drivers explain, and the precision that comes of them."""

from dataclasses import replace

import numpy as np
import pytest

from dueregard.inference.importance import share_replicates as module
from dueregard.inference.importance.driver_statistics import precision_of
from dueregard.inference.importance.explained_shares import explained_shares
from dueregard.inference.importance.players import Players
from dueregard.inference.importance.share_replicates import drawn_again, share_replicates, shares_of
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.cross_products import cross_products, cross_products_by_replicate
from dueregard.inference.surveys.replicates import replicate_designs
from dueregard.inference.surveys.summing import cluster_totals

PLAYERS = Players(((0,), (1,), (2,)), ())


def sampled(n=200, n_domains=3, fraction=0.0):
    rng = np.random.default_rng(1)
    x = rng.normal(size=(n, 3)) + rng.normal(size=(n, 1))
    y = x @ [1.0, 0.5, 0.2] + rng.normal(size=n)
    clusters = Clusters(stratum=np.zeros(n, np.int32), fraction=np.array([fraction]))
    domain = rng.integers(0, n_domains, n).astype(np.int32)
    return cluster_totals(
        np.arange(n, dtype=np.int32), domain, n_domains, np.ones(n), clusters,
        values=np.column_stack([x, y]), products=True,
    )  # fmt: skip


def test_each_replicate_is_the_share_of_its_cross_products(monkeypatch):
    totals = drawn_again(sampled(), 100, 5)
    explained = explained_shares(cross_products(totals), PLAYERS)
    found = share_replicates(totals, PLAYERS, explained)
    cross = cross_products_by_replicate(totals)
    for domain in range(3):
        np.testing.assert_array_equal(found.explained[:, domain], explained_shares(cross[:, domain], PLAYERS))
    monkeypatch.setattr(module, "MOST_NUMBERS", 1)  # one domain at a time
    np.testing.assert_array_equal(share_replicates(totals, PLAYERS, explained).explained, found.explained)


def test_a_domain_without_a_model_has_none():
    totals = drawn_again(sampled(), 100, 5)
    explained = explained_shares(cross_products(totals), PLAYERS)
    explained[1] = np.nan
    found = share_replicates(totals, PLAYERS, explained)
    assert np.isnan(found.explained[:, 1]).all() and np.isfinite(found.explained[:, [0, 2]]).all()
    precision = precision_of(explained, found, np.full(3, 60.0), 0.95)
    assert np.isnan(precision.share.low[1]).all() and np.isfinite(precision.share.low[0]).all()


def test_nothing_is_drawn_of_a_full_count_or_of_one_cluster():
    full = sampled(fraction=1.0)
    assert drawn_again(full, 100, 5).replicates is None
    assert share_replicates(full, PLAYERS, np.zeros((3, 3))) is None
    one = replace(full, clusters=Clusters(stratum=np.zeros(1, np.int32), fraction=np.zeros(1)))
    assert drawn_again(one, 100, 5).replicates is None


def test_replicates_of_the_design_are_kept_and_have_angles():
    totals = sampled()
    totals = replace(totals, replicates=replicate_designs.make("jk1", totals.clusters))
    assert drawn_again(totals, 100, 5) is totals
    explained = explained_shares(cross_products(totals), PLAYERS)
    found = share_replicates(totals, PLAYERS, explained)
    assert not found.is_bootstrap
    precision = precision_of(explained, found, np.full(3, 60.0), 0.95)
    assert precision.method == "Student's t of angles, jk1 replicates"
    assert (precision.share.low < shares_of(explained)).all() and (precision.share.high > shares_of(explained)).all()
    np.testing.assert_allclose(precision.covariance.sum(axis=2), 0, atol=1e-12)  # shares sum to 1
    drawn = share_replicates(drawn_again(sampled(), 2000, 5), PLAYERS, explained)
    assert drawn.is_bootstrap
    by_draws = precision_of(explained, drawn, np.full(3, 60.0), 0.95)
    np.testing.assert_allclose(by_draws.se, precision.se, rtol=0.3)


def test_shares_of_nothing_are_nan():
    assert np.isnan(shares_of(np.zeros((2, 3)))).all()
    assert shares_of(np.array([[0.1, 0.3]])).tolist() == [[0.25, pytest.approx(0.75)]]
