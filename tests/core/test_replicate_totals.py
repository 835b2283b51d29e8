"""Totals of domains in replicates: the twin adds in the same order, so that all bits agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import replicate_totals


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.integers(0, 40), st.integers(1, 9), st.integers(1, 5), st.integers(0, 40), st.integers(0, 2**32))
def test_it_is_the_twin(n, n_clusters, n_domains, n_replicates, seed):
    rng = np.random.default_rng(seed)
    cluster = np.sort(rng.integers(0, n_clusters, n)).astype(np.int32)
    domain = rng.integers(0, n_domains, n).astype(np.int32)
    arguments = cluster, domain, rng.normal(size=n), rng.random((n_clusters, n_replicates)), n_domains
    found = _core.replicate_totals(*arguments)
    assert found.shape == (n_domains, n_replicates)
    assert found.tolist() == replicate_totals.replicate_totals(*arguments).tolist()


def test_replicates_taken_apart_are_the_same():
    rng = np.random.default_rng(3)
    cluster, domain = np.sort(rng.integers(0, 50, 400)).astype(np.int32), rng.integers(0, 7, 400).astype(np.int32)
    sums, multipliers = rng.normal(size=400), rng.random((50, 45))
    whole = _core.replicate_totals(cluster, domain, sums, multipliers, 7)
    for first, end in ((0, 1), (3, 20), (16, 45)):
        part = np.ascontiguousarray(multipliers[:, first:end])
        assert (_core.replicate_totals(cluster, domain, sums, part, 7) == whole[:, first:end]).all()


PAIRS = {"cluster": np.array([0, 1], np.int32), "domain": np.array([1, 0], np.int32), "sums": np.ones(2)}
GOOD = PAIRS | {"multipliers": np.ones((2, 3)), "n_domains": 2}
REFUSED = {
    "cluster high": (IndexError, "the cluster or domain of pair 1 does not exist", {"cluster": np.int32([0, 2])}),
    "cluster low": (IndexError, "the cluster or domain of pair 0 does not exist", {"cluster": np.int32([-1, 1])}),
    "domain high": (IndexError, "the cluster or domain of pair 0 does not exist", {"n_domains": 1}),
    "cluster type": (TypeError, "cluster must be an array of int32", {"cluster": np.array([0, 1])}),
    "domain length": (ValueError, "domain has 1 entries, not 2", {"domain": np.int32([0])}),
    "sums type": (TypeError, "sums must be an array of float64", {"sums": np.int32([0, 1])}),
    "multipliers axes": (TypeError, "multipliers must be a C-contiguous float64 array", {"multipliers": np.ones(3)}),
    "multipliers type": (TypeError, "multipliers must be", {"multipliers": np.ones((2, 3), int)}),
    "multipliers order": (TypeError, "multipliers must be", {"multipliers": np.ones((3, 2)).T}),
    "multipliers list": (TypeError, "multipliers must be", {"multipliers": [[1.0]]}),
    "n_domains": (ValueError, "n_domains: -1 is not from 0", {"n_domains": -1}),
    "interrupt": (TypeError, "interrupt", {"interrupt": 5}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_arguments_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        _core.replicate_totals(**(GOOD | bad))
