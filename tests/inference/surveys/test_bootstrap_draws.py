"""Multipliers of a bootstrap, drawn a few replicates at a time."""

import numpy as np
import pytest

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.replicates.bootstrap_draws import BootstrapDraws

KEY = np.array([3, 5], np.uint64)


def draws_of(lonely, n=60):
    """Strata of 3, 1, 4, 1 and 1 clusters, of which a quarter and all were taken in the last two."""
    stratum = np.repeat(np.arange(5), [3, 1, 4, 1, 1]).astype(np.int32)
    return BootstrapDraws(Clusters(stratum, np.array([0.0, 0.0, 0.5, 0.25, 1.0]), lonely), KEY, n)


@pytest.mark.parametrize("lonely", ["grand-mean", "remove", "average"])
def test_any_part_is_the_same(lonely):
    draws = draws_of(lonely)
    whole = draws.multipliers(0, 60)
    assert (draws.multipliers(17, 5) == whole[:, 17:22]).all()
    np.testing.assert_allclose(whole.sum(axis=0), 10, rtol=1e-12)
    assert (whole > -0.2).all()


@pytest.mark.parametrize("lonely", ["remove", "average"])
def test_lonely_clusters_stay(lonely):
    whole = draws_of(lonely).multipliers(0, 60)
    assert (whole[[3, 8, 9]] == 1).all()


def test_lonely_clusters_and_all_change_places_by_coins():
    """By their reach, the root of what was not sampled; the one taken for certain moves with all others alone."""
    whole = draws_of("grand-mean", 4000).multipliers(0, 4000)
    shared = whole[9] - 1
    first, second = whole[3] - 1 - shared, whole[8] - 1 - shared
    np.testing.assert_allclose(np.abs(first), 1, rtol=1e-12)
    np.testing.assert_allclose(np.abs(second), 0.75**0.5, rtol=1e-12)
    np.testing.assert_allclose(shared, -(first + second) / 10, atol=1e-12)
    assert abs(first.mean()) < 0.08
    assert abs((first * second).mean()) < 0.08
