"""Rows added up by cluster and domain."""

import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.summing import cluster_totals

CLUSTERS = Clusters(np.array([0, 0, 1], np.int32), np.zeros(2))
DOMAINS = 3


def totals_of(cluster, domain, weight, values=None, **options):
    return cluster_totals(
        np.array(cluster, np.int32),
        np.array(domain, np.int32),
        DOMAINS,
        np.array(weight, np.float64),
        CLUSTERS,
        values=None if values is None else np.array(values, np.float64),
        **options,
    )


def sample(n=700_000):
    rng = np.random.default_rng(8)
    values = np.column_stack([rng.random(n) < 0.7, rng.normal(size=n)])
    return rng.integers(0, 3, n), rng.integers(-1, DOMAINS, n), rng.lognormal(0, 0.5, n), values


def same(one, other):
    names = ("cluster", "domain", "nobs", "squares", "sums", "products")
    return all(getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in names)


rows = st.lists(
    st.tuples(st.integers(0, 2), st.integers(-1, DOMAINS - 1), st.floats(0.001, 1000), st.booleans()),
    min_size=1,
    max_size=40,
)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(rows)
def test_sums_of_a_proportion_are_fsum(table):
    cluster, domain, weight, answer = zip(*table, strict=True)
    totals = totals_of(cluster, domain, weight, np.array([answer]).T)
    parts = defaultdict(list)
    for row in table:
        if row[1] >= 0:
            parts[row[:2]].append(row[2:])
    assert list(zip(totals.cluster.tolist(), totals.domain.tolist(), strict=True)) == sorted(parts)
    for i, pair in enumerate(sorted(parts)):
        assert totals.nobs[i] == len(parts[pair])
        assert totals.sums[i, 0] == math.fsum(w for w, _ in parts[pair])
        assert totals.sums[i, 1] == math.fsum(w for w, yes in parts[pair] if yes)
        assert totals.squares[i] == pytest.approx(math.fsum(w * w for w, _ in parts[pair]), rel=1e-15)


def test_no_order_and_no_number_of_threads_changes_a_bit():
    cluster, domain, weight, values = sample()
    expected = totals_of(cluster, domain, weight, values, products=True, threads=1)
    for threads in (2, 3, 7, None):
        assert same(totals_of(cluster, domain, weight, values, products=True, threads=threads), expected)
    order = np.random.default_rng(1).permutation(len(weight))
    shuffled = totals_of(cluster[order], domain[order], weight[order], values[order], products=True, threads=2)
    assert same(shuffled, expected)


def test_values_laid_out_by_column_give_the_same():
    cluster, domain, weight, values = sample(5000)
    expected = totals_of(cluster, domain, weight, values, products=True)
    assert same(totals_of(cluster, domain, weight, np.asfortranarray(values), products=True), expected)


def test_products_are_those_of_every_pair_of_values():
    totals = totals_of([0, 0], [1, 1], [2, 1], [[1, 3, 5], [0, 1, 1]], products=True)
    assert totals.sums.tolist() == [[3, 2, 7, 11]]
    assert totals.products.tolist() == [[2, 6, 10, 19, 31, 51]]
    assert all(column.flags.c_contiguous for column in (*totals.sums.T, *totals.products.T))


def test_constants_stay_constant():
    """A value that everyone has the same gives a sum that is it times the weight: the mean varies not at all."""
    weight = np.random.default_rng(2).lognormal(0, 1, 1000)
    totals = totals_of(np.zeros(1000), np.zeros(1000), weight, np.ones((1000, 1)))
    assert totals.sums[0, 0] == totals.sums[0, 1]


def test_weights_alone():
    totals = totals_of([0, 2], [0, 0], [1, 2])
    assert (totals.sums.tolist(), totals.squares.tolist(), totals.products) == ([[1], [2]], [1, 4], None)


def test_no_rows():
    totals = totals_of([], [], [], np.empty((0, 2)), products=True)
    assert (totals.sums.shape, totals.products.shape, totals.domain_nobs.tolist()) == ((0, 3), (0, 3), [0, 0, 0])


def test_weights_may_differ_as_far_as_their_bits_can_be_kept():
    weight = [1.0, 1.0, 2.0**-37 * (2 - 2.0**-52)]
    assert totals_of([0, 0, 0], [0, 0, 0], weight).sums[0, 0] == math.fsum(weight)
    assert totals_of([0, 1], [0, 0], [1e150, 1e150]).squares.tolist() == [1e150 * 1e150] * 2
    assert totals_of([0, 1], [0, 0], [1e-150, 0]).squares.tolist() == [1e-150 * 1e-150, 0]


def test_small_products_are_rounded_beside_large_ones():
    totals = totals_of([0, 0, 1, 1], [0, 0, 0, 0], [1] * 4, [[1e300], [-1e300], [1e-300], [1e280]])
    assert totals.sums[0, 1] == 0.0
    assert totals.sums[1, 1] == pytest.approx(1e280, rel=0, abs=2.0 ** (998 - 91))


def test_values_of_rows_in_no_domain_may_be_missing():
    totals = totals_of([0, 1], [0, -1], [1, 1], [[3.0], [math.nan]])
    assert totals.sums.tolist() == [[1, 3]]


@pytest.mark.parametrize("outside", [1e-12, 1e-300, 1e300])
def test_what_rows_in_no_domain_weigh_has_no_part_in_what_is_added(outside):
    totals = totals_of([0, 1, 2], [0, -1, 1], [1, outside, 3])
    assert totals.sums[:, 0].tolist() == [1, 3]


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        ([1, -1], "weight 'weight': -1.0 at row 1 is negative"),
        ([1, math.nan], "weight 'weight': nan at row 1 is not a number"),
        ([math.inf, 1], "weight 'weight': inf at row 0 is infinite"),
        ([0, 0], "weight: all are 0"),
        ([1, 1e-12], r"weight: 1e-12 at row 1 is nothing beside the largest, 1: give 0"),
        ([1e-100, 1e100], r"weight: 1e-100 at row 0 is nothing beside the largest, 1e\+100: give 0"),
        ([1e-300, 1e300], r"weight: 1e\+300 at row 1 is above 2\*\*500"),
        ([1e-300, 1e-300], r"weight: 1e-300 at row 0 is below 2\*\*-500"),
        ([1, 5e-324], r"weight: 4.94066e-324 at row 1 is below 2\*\*-500"),
    ],
)
def test_weights_that_are_none_are_refused(weight, message):
    with pytest.raises(ValueError, match=message):
        totals_of([0, 0], [0, 0], weight)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([[1.0, 2], [3, math.nan]], "values: nan at row 1 of column 1 is not finite"),
        ([[-math.inf, 2], [3, 4]], "values: -inf at row 0 of column 0 is not finite"),
        ([[1e308, 2], [3, 4]], "values: sums of weight times value 0 may be above the largest float"),
        ([[1e200, 2], [3, 4]], "values: sums of weight times value 0 times value 0 may be above the largest float"),
        ([[1.0], [2], [3]], "values has 3 rows but weight has 2"),
    ],
)
def test_values_that_are_none_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        totals_of([0, 0], [0, 0], [8, 1], values, products=True)


@pytest.mark.parametrize(
    ("cluster", "domain", "error", "message"),
    [
        ([0, 3], [0, 0], IndexError, "cluster: code 3 at row 1 is outside 0 to 2"),
        ([0, 0], [0, 3], IndexError, "domain: code 3 at row 1 is outside -1 to 2"),
        ([0], [0, 0], ValueError, "cluster has 1 rows but weight has 2"),
        ([0, 0], [0], ValueError, "domain has 1 rows but weight has 2"),
    ],
)
def test_codes_that_are_none_are_refused(cluster, domain, error, message):
    with pytest.raises(error, match=message):
        totals_of(cluster, domain, [1, 1])


def test_the_first_bad_row_is_counted_from_the_start_in_every_thread():
    cluster, domain, weight, values = sample()
    domain[-1] = DOMAINS
    for threads in (1, 2):
        with pytest.raises(IndexError, match="domain: code 3 at row 699999 is outside -1 to 2"):
            totals_of(cluster, domain, weight, values, threads=threads)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"cluster": np.zeros(2, np.int64)}, "cluster must hold int32, not int64"),
        ({"domain": [0, 0]}, "domain must be a NumPy array, not list"),
        ({"weight": np.ones(2, np.float32)}, "weight 'weight' must hold float64, not float32"),
        ({"values": np.ones(2)}, "values must be a float64 array of rows by values, not float64 of"),
        ({"values": np.ones((2, 1), bool)}, "values must be a float64 array of rows by values, not bool of"),
        ({"threads": 1.5}, "threads must be a whole number, not 1.5"),
    ],
)
def test_arrays_of_other_types_are_refused(change, message):
    codes = np.zeros(2, np.int32)
    arguments = {"cluster": codes, "domain": codes, "n_domains": 3, "weight": np.ones(2), "clusters": CLUSTERS}
    with pytest.raises(TypeError, match=message):
        cluster_totals(**(arguments | change))
