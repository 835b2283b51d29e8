"""Exact conditional methods for odds ratios: R's fisher.test, their own equations, and the hull of Fisher's test."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import hypergeom, nchypergeom_fisher

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = json.loads((Path(__file__).parent / "two_proportions_golden.json").read_text())["fisher"]
TABLES = [(9, 17, 3, 29), (1, 5, 6, 10), (3, 4, 1, 4), (56, 70, 48, 80), (2, 40, 7, 35), (10, 12, 3, 60)]


def compare(table, method, **options):
    return dr.compare_proportions(*table, measure="odds-ratio", method=method, **options)


def first_cell(table, odds_ratio):
    """The distribution of the first count given the margins, by SciPy."""
    x1, n1, x2, n2 = table
    return nchypergeom_fisher(n1 + n2, n1, x1 + x2, odds_ratio)


@pytest.mark.parametrize("row", GOLDEN, ids=lambda row: f"{row[:4]} {row[4]}")
def test_values_are_those_of_r(row):
    """The limits that R prints hold to a hundredth, its estimate to 1e-5; it prints one of 0 for 0 against 0."""
    *table, alternative, pvalue, estimate, low, high = row
    found, central = (
        compare(table, "fisher", alternative=alternative),
        compare(table, "central", alternative=alternative),
    )
    assert found.pvalue == pytest.approx(pvalue, rel=1e-12)
    assert (central.low, central.high) == pytest.approx((float(low), float(high)), rel=1e-2)
    if table[0] + table[2] > 0:
        assert found.estimate == central.estimate == pytest.approx(estimate, rel=1e-5)
    else:
        assert np.isnan(found.estimate)
    if alternative != "two-sided":
        assert list(found[1:3]) == list(central[1:3])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
def test_limits_and_estimate_solve_their_equations(table, level):
    tail = (1 - level) / 2
    central, mid = (compare(table, method, confidence_level=level) for method in ("central", "mid-p"))
    if central.low > 0:
        assert first_cell(table, central.low).sf(table[0] - 1) == pytest.approx(tail, rel=1e-9)
        upper = first_cell(table, mid.low)
        assert upper.sf(table[0]) + upper.pmf(table[0]) / 2 == pytest.approx(tail, rel=1e-9)
    lower = first_cell(table, mid.high)
    assert first_cell(table, central.high).cdf(table[0]) == pytest.approx(tail, rel=1e-9)
    assert lower.cdf(table[0]) - lower.pmf(table[0]) / 2 == pytest.approx(tail, rel=1e-9)
    assert first_cell(table, central.estimate).mean() == pytest.approx(table[0], rel=1e-9)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("null", [0.5, 1.0, 3.0])
def test_p_values_add_up_tables(table, null):
    x1 = table[0]
    given = first_cell(table, null)
    probabilities = given.pmf(np.arange(table[1] + 1))
    likely = probabilities[probabilities <= given.pmf(x1) * (1 + 1e-7)].sum()
    less, more = given.cdf(x1), given.sf(x1 - 1)
    half = given.pmf(x1) / 2
    assert compare(table, "fisher", null=null).pvalue == pytest.approx(min(likely, 1), rel=1e-9)
    assert compare(table, "central", null=null).pvalue == pytest.approx(min(2 * less, 2 * more, 1), rel=1e-9)
    assert compare(table, "mid-p", null=null).pvalue == pytest.approx(
        min(2 * (less - half), 2 * (more - half)), rel=1e-9
    )
    assert compare(table, "mid-p", null=null, alternative="less").pvalue == pytest.approx(less - half, rel=1e-9)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95])
def test_fishers_interval_is_the_hull_of_what_is_not_rejected(level):
    """Every table of up to 6 against 7: a fine grid of null values outside is rejected, the ends are not."""
    rows = [(x1, n1, x2, n2) for n1 in range(1, 7) for n2 in (2, 7) for x1 in range(n1 + 1) for x2 in range(n2 + 1)]
    table = np.array(rows, float).T
    found = compare(table, "fisher", confidence_level=level)
    nulls = np.exp(np.linspace(-9, 9, 1501))[:, np.newaxis]
    pvalue = compare(table, "fisher", null=nulls).pvalue
    outside = (nulls < found.low) | (nulls > found.high)
    assert outside.any() and (pvalue[outside] < 1 - level).all()
    for limit, inwards in ((found.low, 1 + 1e-9), (found.high, 1 - 1e-9)):
        inner = (limit > 0) & (limit < np.inf)
        at_limit = compare(table[:, inner], "fisher", null=limit[inner] * inwards).pvalue
        assert inner.any() and (at_limit >= (1 - level) * (1 - 1e-8)).all()


@pytest.mark.parametrize("method", ["central", "mid-p", "fisher"])
def test_each_one_larger_first_count_raises_estimate_and_limits(method):
    found = compare((np.arange(31), 30, 12, 40), method)
    for column in (found.estimate, found.low, found.high):
        assert (column[1:] >= column[:-1]).all()


def test_a_rejected_null_inside_the_interval_is_flagged():
    """At 4.0955 the p-value jumps to just above 0.05, sinks below it from 4.13 to 4.28, and rises again."""
    table, nulls = (11, 13, 2, 18), np.linspace(3.9, 4.6, 701)
    found = compare(table, "fisher", null=nulls)
    inside = (found.low < nulls) & (nulls < found.high) & (found.pvalue < 1 - 0.95)
    assert found.low[0] == pytest.approx(4.0955131, abs=1e-7)
    assert inside.any() and nulls[inside].min() > 4.0955 and nulls[inside].max() < 4.5
    np.testing.assert_array_equal(found.flag & Flag.REJECTED_INSIDE > 0, inside)
    assert not (compare(table, "central", null=nulls).flag & Flag.REJECTED_INSIDE).any()


@pytest.mark.parametrize("method", ["central", "mid-p", "fisher"])
@pytest.mark.parametrize("table", [(0, 7, 0, 9), (7, 7, 9, 9)])
def test_one_possible_table_says_nothing(method, table):
    found = compare(table, method, null=3.0)
    assert np.isnan(found.estimate) and (found.low, found.high, found.pvalue) == (0, np.inf, 1)
    assert found.flag == Flag.SMALL_BASE | Flag.SMALL_REFERENCE | Flag.UNDEFINED


def test_a_million_cases_take_milliseconds_and_are_right():
    """The p-value of a null value of 1 is a tail of the hypergeometric distribution, which SciPy sums by itself."""
    table = (300_000, 500_000, 301_000, 500_000)
    start = time.perf_counter()
    found = compare(table, "central")
    assert time.perf_counter() - start < 0.5  # some 2 ms on an idle machine
    assert found.pvalue == pytest.approx(2 * hypergeom(1_000_000, 500_000, 601_000).cdf(300_000), rel=1e-6)
    assert found.low < found.estimate < found.high < 1


def test_rare_events_among_many_are_not_refused():
    found = compare((3, 10**15, 9, 10**15), "central")
    assert found.pvalue == pytest.approx(0.1459960937, rel=1e-8)  # 3 or fewer of 12, one half each, twice


@pytest.mark.parametrize("method", ["central", "mid-p", "fisher"])
def test_tables_that_would_take_too_long_are_refused(method):
    large = 10**9
    with pytest.raises(ValueError, match=f"nobs1: {large} at index 1 is too large for '{method}'"):
        compare(([4, large // 2], [9, large], [5, large // 2], [9, large]), method)
