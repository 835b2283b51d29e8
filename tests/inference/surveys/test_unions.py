"""Statistics as unions of domains: each domain in one of them, in several, or in none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals
from dueregard.inference.surveys.unions import each_alone, placed, together, unions

DOMAINS = 4
CLUSTERS = Clusters(np.array([0, 0, 1, 1, 1], np.int32), np.zeros(2))

rows = st.lists(
    st.tuples(st.integers(0, 4), st.integers(-1, DOMAINS - 1), st.floats(0.01, 50), st.floats(-9, 9), st.floats(-9, 9)),
    min_size=1,
    max_size=30,
)
places = st.lists(st.integers(-1, 2), min_size=DOMAINS, max_size=DOMAINS)


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


def same(found, expected):
    assert found.n_domains == expected.n_domains and found.clusters is CLUSTERS
    for name in ("cluster", "domain", "nobs"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
        assert getattr(found, name).dtype == getattr(expected, name).dtype
    for name in ("sums", "squares", "products"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-14, atol=1e-12)
        assert getattr(found, name).shape == getattr(expected, name).shape


@settings(max_examples=200, derandomize=True, deadline=None)
@given(rows, places)
def test_domains_put_together_are_rows_with_other_domains(table, to):
    domain = [-1 if row[1] < 0 else to[row[1]] for row in table]
    same(unions(totals_of(table), placed(to, 3)), totals_of(table, domain=domain, n_domains=3))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(rows, st.lists(st.tuples(st.integers(0, 4), st.integers(0, DOMAINS - 1)), max_size=12, unique=True))
def test_a_domain_counts_in_every_statistic_that_it_is_a_part_of(table, pairs):
    statistic, domain = np.array(pairs, np.int64).reshape(-1, 2).T
    repeated = [(row, s) for row in table for s, d in pairs if d == row[1]]
    found = unions(totals_of(table), (statistic, domain, 5))
    if not repeated:
        assert len(found.cluster) == 0 and found.domain_sums.shape == (5, 3)
        return
    same(found, totals_of([row for row, _ in repeated], domain=[s for _, s in repeated], n_domains=5))


@given(rows)
@settings(max_examples=50, derandomize=True, deadline=None)
def test_each_alone_changes_nothing(table):
    totals = totals_of(table, products=False)
    found = unions(totals, each_alone(DOMAINS))
    assert found.sums.tolist() == totals.sums.tolist() and found.squares.tolist() == totals.squares.tolist()
    assert found.products is None and unions(totals, None) is totals
    assert all(column.flags.c_contiguous for column in found.sums.T)


@given(rows, st.permutations(range(DOMAINS)))
@settings(max_examples=100, derandomize=True, deadline=None)
def test_the_numbers_of_domains_change_no_bit(table, order):
    """Sums are exact, so that which domain comes first does not matter."""
    renumbered = totals_of(table, domain=[order[row[1]] if row[1] >= 0 else -1 for row in table])
    everything = (np.zeros(DOMAINS, np.int64), np.arange(DOMAINS), 1)
    first, second = unions(totals_of(table), everything), unions(renumbered, everything)
    assert first.sums.tolist() == second.sums.tolist() and first.products.tolist() == second.products.tolist()


def test_domains_may_all_be_left_out():
    found = unions(totals_of([(0, 1, 2.0, 1, 3)]), placed(np.full(DOMAINS, -1), 2))
    assert (len(found.cluster), found.sums.shape, found.products.shape) == (0, (0, 3), (0, 3))
    assert found.domain_sums.tolist() == [[0, 0, 0], [0, 0, 0]]


def test_statistics_of_several_members_follow_each_other():
    statistic, domain, n = together(each_alone(2), ([0, 0], [1, 0], 1))
    assert (statistic.tolist(), domain.tolist(), n) == ([0, 1, 2, 2], [0, 1, 1, 0], 3)


@pytest.mark.parametrize(("members", "message"), [
    (([0, 0], [0, 4], 1), "members: domain 4 at index 1 is not from 0 to 3"),
    (([2], [0], 2), "members: statistic 2 at index 0 is not from 0 to 1"),
    (([0, 0], [0], 1), r"members: \(2,\) statistics for \(1,\) domains"),
    (placed([0, 1, 3, 1], 3), "members: statistic 3 at index 2 is not from 0 to 2"),
    (placed([0, -2, 0, 1], 3), "members: statistic -2 at index 1 is not from 0 to 2"),
    (placed([0, 0, 0, 0, 0], 3), "members: domain 4 at index 4 is not from 0 to 3"),
])  # fmt: skip
def test_members_that_are_none_are_refused(members, message):
    with pytest.raises(ValueError, match=message):
        unions(totals_of([(0, 1, 2.0, 1, 3)]), members)
