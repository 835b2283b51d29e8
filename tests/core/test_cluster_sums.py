"""Sums by cluster and domain are those of the slow twin, to the last bit, in any order and however rows are split."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard import _core
from dueregard.reference import cluster_sums

CLUSTERS, DOMAINS = 5, 3
WEIGHT, VALUE, SQUARE, PRODUCT = (0, -1, -1), (0, 1, -1), (0, 0, -1), (0, 1, 2)
TERMS = np.array([WEIGHT, VALUE, SQUARE, PRODUCT], np.int32)

numbers = st.floats(-(2.0**10), 2.0**10)
rows = st.lists(
    st.tuples(st.integers(0, CLUSTERS - 1), st.integers(-1, DOMAINS - 1), st.floats(0, 2.0**10), numbers, numbers),
    max_size=40,
)


def arrays(table):
    cluster, domain, *columns = zip(*table, strict=True) if table else [()] * 5
    return np.array(cluster, np.int32), np.array(domain, np.int32), [np.array(c, np.float64) for c in columns]


def low_of(*tops):
    return np.array([max(top - 90, -1074) for top in tops], np.int32)


LOWS = low_of(11, 22, 22, 33)


def part(cluster, domain, columns, lows=LOWS, terms=TERMS, core=_core, sizes=(CLUSTERS, DOMAINS), first_row=0):
    return core.sum_clusters(cluster, domain, *sizes, columns, terms, lows, first_row)


def assert_same(found, expected):
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == other.dtype and one.shape == other.shape
        assert one.tolist() == other.tolist()


@settings(max_examples=200, derandomize=True, deadline=None)
@given(rows)
def test_the_sums_are_those_of_the_twin(table):
    cluster, domain, columns = arrays(table)
    expected = cluster_sums.read_cluster_sums([part(cluster, domain, columns, core=cluster_sums)])
    assert_same(_core.read_cluster_sums([part(cluster, domain, columns)]), expected)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(rows, st.randoms(use_true_random=False), st.lists(st.integers(0, 40), max_size=3))
def test_no_order_and_no_split_changes_a_bit(table, random, cuts):
    expected = _core.read_cluster_sums([part(*arrays(table))])
    random.shuffle(table)
    bounds = [0, *sorted(min(cut, len(table)) for cut in cuts), len(table)]
    pieces = [arrays(table[start:stop]) for start, stop in pairwise(bounds)]
    assert_same(_core.read_cluster_sums([part(*piece) for piece in pieces]), expected)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(st.floats(2.0**-20, 2.0**16), min_size=1, max_size=30), st.lists(st.booleans(), min_size=30))
def test_within_the_window_a_sum_is_fsum(weights, signs):
    weight = np.array([-w if minus else w for w, minus in zip(weights, signs, strict=False)])
    zero = np.zeros(len(weight), np.int32)
    (*_, sums) = _core.read_cluster_sums([part(zero, zero, [weight], low_of(17), TERMS[:1])])
    assert sums.tolist() == [[math.fsum(weight)]]


@pytest.mark.parametrize("low", [-1074, -1073, -1023, -1022, -1021, -90, 0, 900])
def test_the_ends_of_the_floats(low):
    unit = 2.0**low
    columns = [
        np.array([unit, unit, -3 * unit, unit * 2.0**89, -unit * (2.0**53 - 1), unit / 2, -unit / 2, unit / 4, 0])
    ]
    cluster = np.array([0, 0, 1, 2, 2, 3, 4, 3, 4], np.int32)
    domain = np.zeros(9, np.int32)
    lows = np.array([low], np.int32)
    expected = cluster_sums.read_cluster_sums([part(cluster, domain, columns, lows, TERMS[:1], cluster_sums)])
    assert_same(_core.read_cluster_sums([part(cluster, domain, columns, lows, TERMS[:1])]), expected)


def test_a_sum_above_the_floats_is_infinite():
    large = [np.full(4, 2.0**1023)]
    zero = np.zeros(4, np.int32)
    for sign in (1, -1):
        found = _core.read_cluster_sums([part(zero, zero, [sign * large[0]], low_of(1023 + 1), TERMS[:1])])
        assert found[3].tolist() == [[sign * math.inf]]


def many(n=1_300_000, n_clusters=3000, n_domains=7):
    """More than two slices, with whole numbers so that plain sums are exact."""
    rng = np.random.default_rng(5)
    cluster, domain = rng.integers(0, n_clusters, n, np.int32), rng.integers(-1, n_domains, n, np.int32)
    return cluster, domain, [rng.integers(0, 9, n).astype(float), rng.integers(-5, 5, n).astype(float)]


@pytest.mark.parametrize("order", ["shuffled", "by cluster", "by pair", "backwards"])
def test_many_slices(order):
    cluster, domain, columns = many()
    key = {
        "shuffled": np.arange(len(cluster)),
        "by cluster": np.argsort(cluster, kind="stable"),
        "by pair": np.lexsort([domain, cluster]),
        "backwards": np.lexsort([domain, cluster])[::-1],
    }[order]
    cluster, domain, columns = cluster[key], domain[key], [column[key] for column in columns]
    kept = domain >= 0
    cell = cluster[kept] * 7 + domain[kept]
    counts = np.bincount(cell)
    found = _core.read_cluster_sums([part(cluster, domain, columns, low_of(5, 8, 9), TERMS[:3], sizes=(3000, 7))])
    assert (found[0] * 7 + found[1]).tolist() == np.flatnonzero(counts).tolist()
    assert found[2].tolist() == counts[counts > 0].tolist()
    for sums, product in zip(found[3], (columns[0], columns[0] * columns[1], columns[0] ** 2), strict=True):
        assert sums.tolist() == np.bincount(cell, product[kept])[counts > 0].tolist()


@pytest.mark.parametrize("sizes", [(1, 1), (1, 2**31 - 1), (2**20, 2**31 - 1), (2**31 - 1, 2**20), (2**31 - 1, 1)])
def test_sizes_up_to_what_can_be_numbered(sizes):
    cluster, domain = (np.array([size - 1, 0, size - 1], np.int32) for size in sizes)
    found = _core.read_cluster_sums([part(cluster, domain, [np.ones(3)], low_of(2), TERMS[:1], sizes=sizes)])
    pairs = sorted({(0, 0), (sizes[0] - 1, sizes[1] - 1)})
    assert list(zip(found[0].tolist(), found[1].tolist(), strict=True)) == pairs
    assert found[2].sum() == 3 and found[3].sum() == 3


@pytest.mark.parametrize("layout", ["strided", "backwards", "unaligned", "swapped", "repeated"])
def test_arrays_lie_in_memory_in_any_way(layout):
    n = 3000
    rng = np.random.default_rng(3)
    cluster, domain = rng.integers(0, CLUSTERS, n, np.int32), rng.integers(-1, DOMAINS, n, np.int32)
    weight = np.full(n, 0.3) if layout == "repeated" else rng.random(n)

    def laid_out(array):
        if layout == "strided":
            return np.repeat(array, 2)[::2]
        if layout == "backwards":
            return array[::-1].copy()[::-1]
        if layout == "unaligned":
            table = np.zeros(n, [("x", "u1"), ("y", array.dtype)])
            table["y"] = array
            return table["y"]
        return array.astype(array.dtype.newbyteorder()) if layout == "swapped" else array

    expected = _core.read_cluster_sums([part(cluster, domain, [weight], low_of(1), TERMS[:1])])
    moved = [np.broadcast_to(0.3, n)] if layout == "repeated" else [laid_out(weight)]
    assert_same(
        _core.read_cluster_sums([part(laid_out(cluster), laid_out(domain), moved, low_of(1), TERMS[:1])]), expected
    )


def test_no_rows_and_no_domain():
    none = np.zeros(0, np.int32)
    for cluster, domain in ((none, none), (np.zeros(2_000_000, np.int32), np.full(2_000_000, -1, np.int32))):
        found = _core.read_cluster_sums([part(cluster, domain, [np.ones(len(cluster))], low_of(2), TERMS[:1])])
        assert [array.shape for array in found] == [(0,), (0,), (0,), (1, 0)]


def test_parts_may_be_read_again():
    cluster, domain, columns = many(1000)
    parts = [part(cluster, domain, columns, low_of(5), TERMS[:1], sizes=(3000, 7))] * 2
    assert_same(_core.read_cluster_sums(parts), _core.read_cluster_sums(parts))
    once = _core.read_cluster_sums(parts[:1])
    assert (2 * once[3]).tolist() == _core.read_cluster_sums(parts)[3].tolist()


@pytest.mark.parametrize(
    ("cluster", "domain", "message"),
    [
        ([0, 5], [0, 0], "cluster: code 5 at row 101 is outside 0 to 4"),
        ([0, -1], [0, 0], "cluster: code -1 at row 101 is outside 0 to 4"),
        ([0, 0, 9], [0, 3, 0], "domain: code 3 at row 101 is outside -1 to 2"),
        ([0, 0], [0, -2], "domain: code -2 at row 101 is outside -1 to 2"),
        ([0, 7], [0, -1], "cluster: code 7 at row 101 is outside 0 to 4"),
        ([0, 8], [0, 8], "cluster: code 8 at row 101 is outside 0 to 4"),
    ],
)
def test_a_code_out_of_range_names_the_first_row(cluster, domain, message):
    codes = np.array(cluster, np.int32), np.array(domain, np.int32)
    for core in (_core, cluster_sums):
        with pytest.raises(IndexError) as error:
            part(*codes, [np.ones(len(cluster))], low_of(2), TERMS[:1], core=core, first_row=100)
        assert str(error.value) == message


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf, 2.0**91, -(2.0**91)])
def test_a_number_outside_the_window_is_refused(bad):
    zero = np.zeros(3000, np.int32)
    weight = np.ones(3000)
    weight[2500] = bad
    with pytest.raises(RuntimeError, match="term 0 at row 2507 is outside the window"):
        part(zero, zero, [weight], np.zeros(1, np.int32), TERMS[:1], first_row=7)


CODES = np.zeros(3, np.int32)
ONES = np.ones(3)


def call(cluster=CODES, domain=CODES, sizes=(5, 3), columns=(ONES,), terms=TERMS[:1], lows=LOWS[:1], interrupt=None):
    return _core.sum_clusters(cluster, domain, *sizes, columns, terms, lows, 0, interrupt)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"cluster": [0, 1, 2]}, TypeError, "cluster must be a NumPy array, not list"),
        ({"cluster": CODES.astype("i8")}, TypeError, "cluster must hold int32, not int64"),
        ({"domain": CODES.astype("u4")}, TypeError, "domain must hold int32, not uint32"),
        ({"domain": CODES[:, None]}, ValueError, "domain must have one dimension, not 2"),
        ({"domain": CODES[:2]}, ValueError, "cluster has 3 rows but domain has 2"),
        ({"columns": 5}, TypeError, "not iterable"),
        ({"columns": [[1.0]]}, TypeError, "a column must be a NumPy array, not list"),
        ({"columns": [ONES.astype("f4")]}, TypeError, "a column must hold float64, not float32"),
        ({"columns": [ONES[:2]]}, ValueError, "cluster has 3 rows but column 0 has 2"),
        ({"terms": TERMS[:1].astype("i8")}, TypeError, "terms must be an int32 array of 2 dimensions"),
        ({"terms": TERMS[:1, :2].copy()}, ValueError, "terms must have three columns"),
        ({"terms": TERMS[1:2]}, ValueError, "terms: 1 is no column of term 0"),
        ({"terms": np.array([[-1, 0, 0]], np.int32)}, ValueError, "terms: -1 is no column of term 0"),
        ({"terms": np.array([[0, -1, 0]], np.int32)}, ValueError, "terms: 0 is no column of term 0"),
        ({"terms": np.array([[0, -2, -1]], np.int32)}, ValueError, "terms: -2 is no column of term 0"),
        ({"lows": LOWS[:2]}, ValueError, "lows as many elements as terms has rows"),
        ({"lows": [0]}, TypeError, "lows must be an int32 array of 1 dimension"),
        ({"lows": np.array([-1075], np.int32)}, ValueError, "lows must lie from -1074 to 1023, not -1075"),
        ({"lows": np.array([1024], np.int32)}, ValueError, "lows must lie from -1074 to 1023, not 1024"),
        ({"sizes": (-1, 3)}, ValueError, "n_clusters: -1 is negative"),
        ({"sizes": (5, -3)}, ValueError, "n_domains: -3 is negative"),
        ({"sizes": (2**31, 1)}, ValueError, "2147483648 clusters by 1 domains are more pairs than can be numbered"),
        ({"sizes": (2**27, 2**27)}, ValueError, "more pairs than can be numbered"),
        ({"interrupt": [0]}, TypeError, "interrupt must"),
    ],
)
def test_wrong_arguments(arguments, error, message):
    with pytest.raises(error, match=message):
        call(**arguments)


def test_parts_that_do_not_belong_together_are_refused():
    one = call()
    others = [
        call(sizes=(6, 3)),
        call(sizes=(5, 4)),
        call(lows=LOWS[1:2]),
        call(terms=TERMS[[0, 0]], lows=LOWS[[0, 0]]),
    ]
    for other in others:
        with pytest.raises(ValueError, match="parts: element 1 has other clusters, domains, terms or units"):
            _core.read_cluster_sums([one, other])
    for wrong in (None, 5, np.zeros(3)):
        with pytest.raises(TypeError, match="parts: element 1 is no result of sum_clusters"):
            _core.read_cluster_sums([one, wrong])
    with pytest.raises(ValueError, match="parts is empty"):
        _core.read_cluster_sums([])
