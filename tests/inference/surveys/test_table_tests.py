"""Tests of tables, beyond R's values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dueregard.flags import Flag
from dueregard.inference.surveys.clusters import Clusters
from dueregard.inference.surveys.hypotheses.table_tests import METHODS, table_tests
from dueregard.inference.surveys.summing import cluster_totals


def cells(cell, n_cells, cluster=None, weight=None):
    n = len(cell)
    cluster = np.arange(n, dtype=np.int32) if cluster is None else np.array(cluster, np.int32)
    weight = np.ones(n) if weight is None else weight
    clusters = Clusters(np.zeros(cluster.max() + 1, np.int32), np.zeros(1))
    return cluster_totals(cluster, np.array(cell, np.int32), n_cells, weight, clusters)


def random_cells(seed, n=300, n_cells=12):
    rng = np.random.default_rng(seed)
    return (
        rng.integers(0, n_cells, n),
        np.concatenate([np.arange(40), rng.integers(0, 40, n - 40)]),
        rng.uniform(1, 2, n),
    )


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_columns_and_areas_does_not_matter(method, seed):
    cell, cluster, weight = random_cells(seed)
    area, row, column = np.unravel_index(cell, (2, 2, 3))
    found = table_tests(cells(cell, 12, cluster, weight), (2, 2, 3), method)
    moved = np.ravel_multi_index((1 - area, 2 - column, 1 - row), (2, 3, 2))
    other = table_tests(cells(moved, 12, cluster, weight), (2, 3, 2), method)
    for name in ("statistic", "degrees", "denominator_degrees", "pvalue"):
        np.testing.assert_allclose(getattr(found, name), getattr(other, name)[::-1], rtol=1e-8)


def test_rows_one_by_one_of_equal_weight_are_pearsons_test_but_for_one_degree():
    from scipy.stats import chi2_contingency

    cell = random_cells(1, n_cells=6)[0]
    table = np.bincount(cell, minlength=6).reshape(2, 3)
    found = table_tests(cells(cell, 6), (1, 2, 3), "chi-square")
    assert found.statistic[0] == pytest.approx(chi2_contingency(table, correction=False).statistic)
    assert found.pvalue[0] == pytest.approx(chi2_contingency(table, correction=False).pvalue, abs=0.01)


def test_areas_are_tested_apart():
    cell, cluster, weight = random_cells(2)
    whole = table_tests(cells(cell, 12, cluster, weight), (2, 2, 3))
    inside = cell < 6
    alone = cluster_totals(
        cluster.astype(np.int32),
        np.where(inside, cell, -1).astype(np.int32),
        6,
        weight,
        Clusters(np.zeros(40, np.int32), np.zeros(1)),
    )
    assert table_tests(alone, (1, 2, 3)).pvalue[0] == pytest.approx(whole.pvalue[0], rel=1e-9)


def test_a_row_without_anybody_is_no_part_of_the_table():
    cell = random_cells(3, n_cells=6)[0]
    with_empty = np.where(cell >= 3, cell + 3, cell)  # a third row between the two
    one, other = table_tests(cells(cell, 6), (1, 2, 3)), table_tests(cells(with_empty, 9), (1, 3, 3))
    assert one.pvalue[0] == pytest.approx(other.pvalue[0], rel=1e-9) and one.degrees == pytest.approx(other.degrees)


@pytest.mark.parametrize("method", METHODS)
def test_where_there_is_no_table_there_is_no_test(method):
    found = table_tests(cells([0, 1, 0, 1, 1], 12), (3, 2, 2), method)
    assert np.isnan(found.pvalue).all() and np.isnan(found.statistic).all()
    assert found.flag[0] == Flag.UNDEFINED and found.flag[1] & Flag.NO_CASES


@pytest.mark.parametrize("method", METHODS)
def test_one_cluster_gives_no_test(method):
    found = table_tests(cells([0, 1, 2, 3, 0, 3], 4, cluster=[0] * 6), (1, 2, 2), method)
    assert np.isnan(found.pvalue[0]) and found.flag[0] & Flag.FEW_DEGREES and found.flag[0] & Flag.ONE_CLUSTER
    assert not found.flag[0] & Flag.UNDEFINED


@pytest.mark.parametrize("method", METHODS)
def test_what_the_design_fixes_is_not_tested(method):
    """Every cell is a stratum of its own, so that no table of another sample would differ."""
    sizes = np.array([7, 12, 5, 9])
    stratum = np.repeat(np.arange(4), sizes).astype(np.int32)
    weight = np.repeat([0.3, 1.1, 0.7, 2.3], sizes)
    fixed = cluster_totals(np.arange(len(stratum), dtype=np.int32), stratum, 4, weight, Clusters(stratum, np.zeros(4)))
    found = table_tests(fixed, (1, 2, 2), method)
    assert np.isnan(found.pvalue[0]) and found.flag[0] == Flag.NO_VARIANCE


def test_fewer_clusters_than_contrasts_give_no_wald_test():
    cell = random_cells(4, n=60, n_cells=9)[0]
    found = table_tests(cells(cell, 9, cluster=np.arange(60) % 3), (1, 3, 3), "wald")
    assert np.isnan(found.pvalue[0]) and found.flag[0] == Flag.FEW_DEGREES


def test_bad_arguments_are_named():
    with pytest.raises(
        ValueError, match="method: 'f' is not one of 'rao-scott', 'chi-square', 'wald', 'adjusted-wald'"
    ):
        table_tests(cells([0, 1], 4), (1, 2, 2), "f")
    with pytest.raises(ValueError, match=r"cells: 4 domains for tables of shape \(1, 2, 3\)"):
        table_tests(cells([0, 1], 4), (1, 2, 3))
