"""Totals by cluster and domain: their margins, and domains added together."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals

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
    assert totals.domain_clusters.tolist() == [1, 2, 0, 0]  # a row of weight 0 is not in the sample
    assert totals.domain_strata.tolist() == [1, 2, 0, 0]
    assert totals_of(table, products=False).domain_products is None


@settings(max_examples=200, derandomize=True, deadline=None)
@given(rows, places)
def test_regrouping_is_summing_rows_with_other_domains(table, to):
    totals = totals_of(table)
    found = totals.regrouped(np.array(to), 3)
    domain = [-1 if row[1] < 0 else to[row[1]] for row in table]
    expected = totals_of(table, domain=domain, n_domains=3)
    assert found.n_domains == 3 and found.clusters is CLUSTERS
    for name in ("cluster", "domain", "nobs"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()
        assert getattr(found, name).dtype == getattr(expected, name).dtype
    for name in ("sums", "squares", "products"):
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-14, atol=1e-12)
        assert getattr(found, name).shape == getattr(expected, name).shape


@given(rows)
@settings(max_examples=50, derandomize=True, deadline=None)
def test_regrouping_to_the_same_changes_nothing(table):
    totals = totals_of(table, products=False)
    found = totals.regrouped(np.arange(DOMAINS), DOMAINS)
    assert found.sums.tolist() == totals.sums.tolist() and found.squares.tolist() == totals.squares.tolist()
    assert found.products is None
    assert all(column.flags.c_contiguous for column in found.sums.T)


def test_domains_may_all_be_left_out():
    found = totals_of([(0, 1, 2.0, 1, 3)]).regrouped(np.full(DOMAINS, -1), 2)
    assert (len(found.cluster), found.sums.shape, found.products.shape) == (0, (0, 3), (0, 3))
    assert found.domain_sums.tolist() == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize(
    ("to", "message"),
    [
        ([0, 1], "to: must be 4 whole numbers, one for each domain"),
        ([0.0, 1, 1, 1], "to: must be 4 whole numbers"),
        ([0, 1, 3, 1], "to: 3 of domain 2 is outside -1 to 2"),
        ([0, -2, 0, 1], "to: -2 of domain 1 is outside -1 to 2"),
    ],
)
def test_places_that_are_none_are_refused(to, message):
    with pytest.raises(ValueError, match=message):
        totals_of([(0, 1, 2.0, 1, 3)]).regrouped(np.array(to), 3)
