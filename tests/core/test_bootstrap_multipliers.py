"""Clusters drawn again: the twin draws from the same words, and the numbers of draws follow their law."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import bootstrap_multipliers

KEY = np.array([2011, 2**64 - 25], np.uint64)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.sampled_from([0.0, 0.1, 0.75, 1.0])), max_size=6),
    st.integers(0, 2**64 - 1),
    st.integers(0, 19),
)
def test_it_is_the_twin(strata, first, n):
    sizes, fractions = np.array([s for s, _ in strata], int), np.array([f for _, f in strata], float)
    arguments = sizes, fractions, KEY, first, n
    found = _core.bootstrap_multipliers(*arguments)
    assert found.shape == (sizes.sum(), n)
    assert found.tolist() == bootstrap_multipliers.bootstrap_multipliers(*arguments).tolist()


def test_halves_drawn_again_are_the_twins():
    """Of a stratum this large some twenty of the halves are refused."""
    sizes, none = np.array([300_007]), np.zeros(1)
    twin = bootstrap_multipliers.bootstrap_multipliers(sizes, none, KEY, 5, 1)
    assert (_core.bootstrap_multipliers(sizes, none, KEY, 5, 1) == twin).all()


def test_any_split_gives_the_same_replicates():
    sizes, fractions = np.array([7, 1, 30]), np.array([0.2, 0.0, 0.0])
    whole = _core.bootstrap_multipliers(sizes, fractions, KEY, 7, 50)
    for cuts in ([0, 50], [0, 1, 50], [0, 16, 16, 33, 50]):
        parts = [_core.bootstrap_multipliers(sizes, fractions, KEY, 7 + a, b - a) for a, b in pairwise(cuts)]
        assert (np.concatenate(parts, axis=1) == whole).all()


@pytest.mark.parametrize("n", [2, 3, 10, 57])
def test_draws_are_binomial_and_add_up(n):
    from scipy.stats import binom, chisquare

    drawn = _core.bootstrap_multipliers(np.array([n]), np.zeros(1), KEY, 0, 40_000) * ((n - 1) / n)
    times = np.rint(drawn).astype(int)
    np.testing.assert_allclose(drawn, times, atol=1e-12)
    assert (times.sum(axis=0) == n - 1).all()
    seen = np.bincount(times[n // 2], minlength=n)
    expected = binom(n - 1, 1 / n).pmf(np.arange(n)) * 40_000
    often = expected >= 5
    seen, expected = [np.append(a[often], a[~often].sum()) for a in (seen, expected)]
    kept = expected > 1e-3
    assert chisquare(seen[kept], expected[kept] * seen[kept].sum() / expected[kept].sum()).pvalue > 1e-4


def test_a_variance_is_that_of_the_design():
    """Over many replicates the variance of a total is (1 - f) n / (n - 1) times the sum of squared deviations."""
    y = np.array([3.0, 8.0, 1.0, 9.0, 4.0])
    totals = y @ _core.bootstrap_multipliers(np.array([5]), np.array([0.36]), KEY, 0, 200_000)
    expected = 0.64 * 5 / 4 * np.square(y - y.mean()).sum()
    assert abs(totals.mean() - y.sum()) < 5 * (expected / 200_000) ** 0.5
    assert abs(totals.var() / expected - 1) < 0.02


GOOD = {"sizes": np.array([3, 2]), "fractions": np.zeros(2), "key": KEY, "first": 0, "n_replicates": 4}
REFUSED = {
    "sizes negative": (ValueError, "sizes: -1 of stratum 1 is negative", {"sizes": np.array([3, -1])}),
    "sizes large": (
        ValueError,
        r"of stratum 1 is negative, or makes 2\*\*31 clusters",
        {"sizes": np.array([3, 2**31])},
    ),
    "sizes type": (TypeError, "sizes must be an array of int64", {"sizes": np.array([3.0, 2.0])}),
    "fractions length": (ValueError, "fractions has 1 entries, not 2", {"fractions": np.zeros(1)}),
    "fractions high": (ValueError, "fractions: that of stratum 0 is outside 0 to 1", {"fractions": np.array([1.5, 0])}),
    "fractions nan": (ValueError, "fractions: that of stratum 1 is outside", {"fractions": np.array([0, np.nan])}),
    "key": (ValueError, "key must be a uint64 array of length 2", {"key": KEY[:1]}),
    "first": (ValueError, "first must be a whole number from 0", {"first": -1}),
    "n_replicates": (ValueError, "n_replicates: -1 is negative", {"n_replicates": -1}),
    "interrupt": (TypeError, "interrupt", {"interrupt": 5}),
}


@pytest.mark.parametrize("case", REFUSED)
def test_bad_arguments_are_refused(case):
    error, message, bad = REFUSED[case]
    with pytest.raises(error, match=message):
        _core.bootstrap_multipliers(**(GOOD | bad))


def test_more_than_memory_holds():
    with pytest.raises(MemoryError):
        _core.bootstrap_multipliers(np.array([2**31 - 1]), np.zeros(1), KEY, 0, 2**40)
