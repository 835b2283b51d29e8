"""Exact unconditional comparisons: the supremum on fine grids, interval and test as one story, size, coverage, laws."""

import itertools
from functools import cache

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

import dueregard as dr
from dueregard import _core

METHODS = ("chan-zhang", "agresti-min")
NULLS = (0.0, 0.1, -0.3)
LEVELS = (0.8, 0.95, 0.998)
NO_INTERVAL = float("nan")
SMALL = [(n1, n2) for n1 in range(1, 9) for n2 in range(1, 9)]
SIZES = [pytest.param(n1, n2, marks=[] if max(n1, n2) <= 3 else pytest.mark.thorough) for n1, n2 in SMALL]


def every_table(n1, n2):
    x1, x2 = np.divmod(np.arange((n1 + 1) * (n2 + 1.0)), n2 + 1)
    return x1, np.full_like(x1, n1), x2, np.full_like(x1, n2)


def seeded_tables(n):
    rng = np.random.default_rng(1999)
    n1, n2 = rng.integers(1, 31, (2, n))
    return [column.astype(float) for column in (rng.integers(0, n1 + 1), n1, rng.integers(0, n2 + 1), n2)]


def compare(tables, null, method, level=NO_INTERVAL, alternative="two-sided"):
    columns = [np.ascontiguousarray(a) for a in np.broadcast_arrays(*tables, null)]
    return _core.compare_unconditional(*columns, method, level, alternative)


def pvalues(tables, null, method, alternative="two-sided"):
    return compare(tables, null, method, NO_INTERVAL, alternative)[0][4]


@cache
def statistics(n1, n2, null):
    return dr.compare_proportions(*every_table(n1, n2), method="score-uncorrected", null=null).statistic


def probabilities(n1, n2, null, shares):
    """Of every table, one row each, when the second share is one of these and the first differs by the null."""
    x1, _, x2, _ = every_table(n1, n2)
    first = binom.pmf(np.arange(n1 + 1)[:, None], n1, np.clip(shares + null, 0, 1))
    return first[x1.astype(int)] * binom.pmf(np.arange(n2 + 1)[:, None], n2, shares)[x2.astype(int)]


def grid(null, points):
    return np.linspace(max(0.0, -null), min(1.0, 1.0 - null), points)


def on_grid(n1, n2, null, method, points, tables=slice(None)):
    """The p-values of tables as far as a grid of shares shows them."""
    t, by_share = statistics(n1, n2, null), probabilities(n1, n2, null, grid(null, points))
    seen = t[tables, None]
    slack = 1e-9 * np.maximum(1, np.abs(seen))

    def largest(extreme):
        return (extreme.astype(float) @ by_share).max(axis=1)

    if method == "agresti-min":
        return largest(np.abs(t) >= np.abs(seen) - slack)
    return np.minimum(1, 2 * np.minimum(largest(t >= seen - slack), largest(t <= seen + slack)))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("n1", "n2"), SIZES)
def test_the_supremum_on_a_grid_of_twenty_thousand(n1, n2, method):
    """No point exceeds p, and p exceeds them by no more than a second derivative of 2 (n1 + n2)^2 at most allows."""
    for null in NULLS:
        found, seen = pvalues(every_table(n1, n2), null, method), on_grid(n1, n2, null, method, 20_000)
        between = 2 * (n1 + n2) ** 2 / 8 * (1 / 20_000) ** 2 * (2 if method == "chan-zhang" else 1)
        assert (seen <= found + 1e-9).all()
        assert (found <= seen + between + 1e-9).all()


def by_totals(x1, n1, x2, n2, shares):
    """P(|z| as far from 0) at null 0 by another way: given the total the first count is hypergeometric."""
    total = np.arange(n1 + n2 + 1)[:, None]
    count1 = np.arange(n1 + 1)[None, :]
    count2, pooled = total - count1, total / (n1 + n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (count1 / n1 - count2 / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    extreme = (count2 >= 0) & (count2 <= n2) & (np.abs(np.nan_to_num(z)) >= abs(z[x1 + x2, x1]) - 1e-9)
    rejected = np.where(extreme, hypergeom.pmf(count1, n1 + n2, n1, total), 0).sum(axis=1)
    return rejected @ binom.pmf(total, n1 + n2, shares)


@pytest.mark.parametrize(
    "shares",
    [
        np.linspace(0.98, 0.986, 301),
        pytest.param(np.linspace(0, 1, 100_000), marks=pytest.mark.thorough),
    ],
)
def test_the_supremum_that_few_points_miss(shares):
    """It is 0.10115, at shares of 0.9833 and 0.0167; at 32 points, SciPy's default, 0.09862."""
    table = (130, 300, 110, 300)
    seen = np.concatenate([by_totals(*table, part) for part in np.array_split(shares, max(1, len(shares) // 5000))])
    worst = shares[seen.argmax()]
    assert max(worst, 1 - worst) == pytest.approx(0.9833, abs=1e-4)
    for method in METHODS:
        found = dr.compare_proportions(*table, method=method, confidence_level=None)
        assert found.pvalue == pytest.approx(0.10115, abs=5e-6)
        assert seen.max() - 1e-9 <= found.pvalue <= seen.max() + 1e-6
        assert np.isnan(found.low) and np.isnan(found.high)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [8, pytest.param(500, marks=pytest.mark.thorough)])
def test_seeded_tables_on_grids(n, method):
    tables = seeded_tables(n)
    for null in NULLS:
        found = pvalues(tables, null, method)
        for p, (x1, n1, x2, n2) in zip(found, np.transpose(tables).astype(int), strict=True):
            (seen,) = on_grid(n1, n2, null, method, 1001, [x1 * (n2 + 1) + x2])
            assert seen - 1e-9 <= p <= seen + (n1 + n2) ** 2 / 2 * 1e-6


def assert_one_story(tables, method, level, alternative="two-sided"):
    """p is below 1 - level at every null outside the interval; the limits are where that ends."""
    (estimate, low, high, _, _), _ = compare(tables, 0.0, method, level, alternative)
    assert (low <= estimate).all() and (estimate <= high).all() and (low >= -1).all() and (high <= 1).all()
    for null in (*NULLS, 0.65):
        outside = (null < low) | (null > high)
        assert (pvalues(tables, null, method, alternative)[outside] < 1 - level).all()
    for limit, out in ((low, -1), (high, 1)):
        just_outside = np.clip(limit + out * 1e-10, -1, 1)
        beyond = just_outside != limit
        assert (pvalues(tables, just_outside, method, alternative)[beyond & (np.abs(limit) < 1)] < 1 - level).all()
        inside = [np.clip(limit - out * step, -1, 1) for step in (0, 2e-12, 1e-9)]
        largest = np.max([pvalues(tables, null, method, alternative) for null in inside], axis=0)
        assert (largest >= 1 - level).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("n1", "n2"), SIZES)
def test_interval_and_test_tell_one_story(n1, n2, method):
    for level in LEVELS:
        assert_one_story(every_table(n1, n2), method, level)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("n", [30, pytest.param(500, marks=pytest.mark.thorough)])
def test_one_story_for_seeded_tables(n, method):
    for level in LEVELS:
        assert_one_story(seeded_tables(n), method, level)


@pytest.mark.parametrize("alternative", ["less", "greater"])
def test_one_story_on_one_side(alternative):
    tables = seeded_tables(20)
    assert_one_story(tables, "chan-zhang", 0.95, alternative)
    one, other = (compare(tables, 0.1, method, 0.95, alternative) for method in METHODS)
    assert np.array_equal(one[0], other[0]) and np.array_equal(one[1], other[1])
    open_end = one[0][1] if alternative == "less" else one[0][2]
    assert (open_end == (-1 if alternative == "less" else 1)).all()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("n1", "n2"),
    [(2, 5), (4, 4), pytest.param(12, 9, marks=pytest.mark.thorough), pytest.param(8, 7, marks=pytest.mark.thorough)],
)
def test_a_scan_of_nulls_finds_nothing_else(n1, n2, method):
    """At every one of 401 nulls: outside the hull rejected; rejected inside only where it is flagged."""
    tables = every_table(n1, n2)
    (_, low, high, _, _), inside = compare(tables, 0.0, method, 0.9)
    scan = np.linspace(-1, 1, 401)
    for i, table in enumerate(np.transpose(tables)):
        rejected = pvalues(table, scan, method) < 1 - 0.9
        assert rejected[(scan < low[i]) | (scan > high[i])].all()
        if not inside[i]:
            assert not rejected[(scan > low[i] + 1e-7) & (scan < high[i] - 1e-7)].any()


def test_a_rejected_null_inside_is_flagged():
    """There are such tables, and the flag is public."""
    tables = every_table(8, 8)
    (_, low, high, _, _), inside = compare(tables, 0.0, "agresti-min", 0.95)
    assert 0 < inside.sum() < len(inside)
    scan = np.linspace(-1, 1, 4001)
    seen = 0
    for x1, x2, at_low, at_high in zip(tables[0][inside], tables[2][inside], low[inside], high[inside], strict=True):
        between = scan[(scan > at_low + 1e-6) & (scan < at_high - 1e-6)]
        seen += bool((pvalues((x1, 8.0, x2, 8.0), between, "agresti-min") < 1 - 0.95).any())
        assert dr.Flag.REJECTED_INSIDE in dr.compare_proportions(x1, 8, x2, 8, method="agresti-min").flag
    assert seen > 0.5 * inside.sum()
    assert dr.Flag.REJECTED_INSIDE not in dr.compare_proportions(4, 8, 4, 8, method="agresti-min").flag


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("null", [*NULLS, 0.85])
def test_symmetry(method, null):
    x1, n1, x2, n2 = tables = seeded_tables(40)
    p, (_, low, high, statistic, _), inside = pvalues(tables, null, method), *compare(tables, null, method, 0.95)
    for mirrored in ((x2, n2, x1, n1), (n1 - x1, n1, n2 - x2, n2)):
        rows, flagged = compare(mirrored, -null, method, 0.95)
        np.testing.assert_allclose(rows[4], p, atol=1e-9)
        np.testing.assert_allclose(rows[3], -statistic, atol=1e-9)
        np.testing.assert_allclose([rows[1], rows[2]], [-high, -low], atol=2e-9)
        assert np.array_equal(flagged, inside)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("n1", "n2"), [(5, 7), (8, 8), (3, 10)])
def test_the_size_of_the_test(n1, n2, method):
    """For every share and every level that p can take, p falls to it no more often."""
    for null in (*NULLS, 0.7):
        p, by_share = pvalues(every_table(n1, n2), null, method), probabilities(n1, n2, null, grid(null, 1001))
        for level in np.unique(p):
            assert by_share[p <= level + 1e-9].sum(axis=0).max() <= level + 2e-9


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("n1", "n2"),
    [(4, 6), (7, 7), pytest.param(10, 10, marks=pytest.mark.thorough), pytest.param(9, 5, marks=pytest.mark.thorough)],
)
@pytest.mark.parametrize("level", LEVELS)
def test_coverage_is_at_least_the_level(n1, n2, level, method):
    tables = every_table(n1, n2)
    (_, low, high, _, _), _ = compare(tables, 0.0, method, level)
    shares = (np.arange(1, 101) - 0.5) / 100
    share1, share2 = (a.ravel() for a in np.meshgrid(shares, shares))
    first = binom.pmf(np.arange(n1 + 1)[:, None], n1, shares)[:, (share1 * 100).astype(int)]
    second = binom.pmf(np.arange(n2 + 1)[:, None], n2, shares)[:, (share2 * 100).astype(int)]
    chance = first[tables[0].astype(int)] * second[tables[2].astype(int)]
    difference = share1 - share2
    covers = (low[:, None] <= difference) & (difference <= high[:, None])
    assert (chance * covers).sum(axis=0).min() >= level - 1e-12


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
def test_empty_and_full_cells(method, alternative):
    for n1, n2 in itertools.product((1, 2, 29, 60), repeat=2):
        for x1, x2 in itertools.product((0, n1), (0, n2)):
            found = dr.compare_proportions(x1, n1, x2, n2, method=method, alternative=alternative)
            assert -1 <= found.low <= found.estimate <= found.high <= 1
            assert 0 < found.pvalue <= 1
            assert found.low < found.high


def test_the_statistic_is_the_score_without_its_factor():
    tables = seeded_tables(30)
    for null in NULLS:
        found = compare(tables, null, "chan-zhang")[0][3]
        assert np.array_equal(found, dr.compare_proportions(*tables, method="score-uncorrected", null=null).statistic)


def test_no_cases():
    found = dr.compare_proportions([0, 3, 0], [0, 5, 0], [1, 0, 0], [4, 0, 0], method="chan-zhang")
    for values in found[:-1]:
        assert np.isnan(values).all()
    assert (found.flag & dr.Flag.NO_CASES).tolist() == [1, 0, 1]
    assert ((found.flag & dr.Flag.NO_REFERENCE) > 0).tolist() == [False, True, True]


def test_equivalence_is_two_one_sided_tests():
    for method in METHODS:
        both = dr.compare_proportions(20, 25, 19, 24, method=method, alternative="equivalence", null=(-0.2, 0.25))
        above = dr.compare_proportions(20, 25, 19, 24, method=method, alternative="greater", null=-0.2)
        below = dr.compare_proportions(20, 25, 19, 24, method=method, alternative="less", null=0.25)
        assert both.pvalue == max(above.pvalue, below.pvalue)
        assert (both.low, both.high) == (above.low, below.high)
        assert both.estimate == above.estimate


def test_scalars_shapes_and_order():
    single = dr.compare_proportions(7, 10, 3, 12, method="chan-zhang", null=0.1)
    assert all(type(value) is float for value in single[:-1]) and type(single.flag) is dr.Flag
    many = dr.compare_proportions([[7], [2]], 10, [3, 5, 0], 12, method="chan-zhang", null=0.1)
    assert many.pvalue.shape == many.flag.shape == (2, 3)
    assert (many.low[0, 0], many.high[0, 0], many.pvalue[0, 0]) == (single.low, single.high, single.pvalue)
    assert dr.compare_proportions([], [], [], [], method="agresti-min").low.shape == (0,)


@pytest.mark.parametrize("method", METHODS)
def test_what_is_too_large_is_refused_at_once(method):
    with pytest.raises(ValueError, match=r"nobs1: 5001 at index 1 is above 5000, too many for 'ch|agr"):
        dr.compare_proportions([1, 2], [5000, 5001], 3, 10, method=method)
    with pytest.raises(ValueError, match="nobs2: 1000000 is above 5000"):
        dr.compare_proportions(1, 5, 3, 10**6, method=method)


def test_only_these_methods_leave_the_interval_out():
    with pytest.raises(TypeError, match="confidence_level: None is not a number"):
        dr.compare_proportions(1, 5, 3, 10, confidence_level=None)
    with pytest.raises(ValueError, match="confidence_level: 1 is not between"):
        dr.compare_proportions(1, 5, 3, 10, method="chan-zhang", confidence_level=1)


@pytest.mark.thorough
@pytest.mark.parametrize("n1", range(61))
@pytest.mark.parametrize("method", METHODS)
def test_every_table_to_60_has_a_p_value(n1, method):
    """All sizes of the second group from n1 on; exchanging the groups is among the laws above."""
    for n2 in range(n1, 61):
        p = pvalues(every_table(n1, n2), 0.0, method)
        assert np.isnan(p).all() if n1 == 0 else ((p > 0) & (p <= 1)).all(), n2


@pytest.mark.thorough
@pytest.mark.parametrize("n1", range(1, 13))
@pytest.mark.parametrize("method", METHODS)
def test_every_table_to_12_has_an_interval(n1, method):
    for n2 in range(n1, 13):
        (estimate, low, high, _, _), _ = compare(every_table(n1, n2), 0.0, method, 0.95)
        assert ((low >= -1) & (low <= estimate) & (estimate <= high) & (high <= 1)).all(), n2
