"""Two proportions by every closed form and exactly: R's values, no failure at any count, one story, and laws."""

import json
import math
from functools import cache
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dueregard as dr
from dueregard.flags import Flag

GOLDEN = json.loads((Path(__file__).parent / "two_proportions_golden.json").read_text())
FORMULAS = [
    ("difference", "newcombe"),
    ("difference", "agresti-caffo"),
    ("difference", "wald"),
    ("ratio", "katz"),
    ("ratio", "mover"),
    ("odds-ratio", "wald"),
    ("odds-ratio", "mover"),
]
EXACT = [("odds-ratio", "central"), ("odds-ratio", "mid-p"), ("odds-ratio", "fisher")]
ONE_STORY = [*FORMULAS, *EXACT[:2]]
NULLS = {"difference": (0.0, 0.1, -0.25), "ratio": (1.0, 0.8, 2.0), "odds-ratio": (1.0, 0.8, 2.0)}
LEVELS = (0.8, 0.95, 0.998)
ALTERNATIVES = ("two-sided", "less", "greater")
TABLES = st.tuples(st.integers(1, 200), st.floats(0, 1), st.integers(1, 200), st.floats(0, 1)).map(
    lambda t: (round(t[1] * t[0]), t[0], round(t[3] * t[2]), t[2])
)


@cache
def all_tables(largest, smallest=0):
    """Every table with both sizes in a range, as four columns."""
    sizes = range(smallest, largest + 1)
    rows = [(x1, n1, x2, n2) for n1, n2 in product(sizes, sizes) for x1 in range(n1 + 1) for x2 in range(n2 + 1)]
    return np.array(rows, float).T


def compare(table, case, **options):
    measure, method = case
    return dr.compare_proportions(*table, measure=measure, method=method, **options)


def close(found, expected):
    return found == expected or math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-12)


@pytest.mark.parametrize("case", GOLDEN["limits"])
@pytest.mark.parametrize("name", GOLDEN["tables"])
def test_limits_are_those_of_r(case, name):
    found = compare(GOLDEN["tables"][name], case.split())
    expected = [float(limit) for limit in GOLDEN["limits"][case][name]]
    assert close(found.low, expected[0]) and close(found.high, expected[1])


@pytest.mark.parametrize("method", ["wald", "agresti-caffo"])
@pytest.mark.parametrize("name", GOLDEN["tables"])
def test_limits_are_those_of_propcis_cut_at_one(method, name):
    found = compare(GOLDEN["tables"][name], ("difference", method))
    low, high = GOLDEN["propcis"][name][method]
    assert close(found.low, max(low, -1)) and close(found.high, min(high, 1))


@pytest.mark.parametrize(
    ("table", "expected"),
    [((56, 70, 48, 80), (1.2920952, 5.5469378)), ((20, 100, 20, 100), (0.5033862, 1.9865463))],
)
def test_mover_odds_ratio_by_hand(table, expected):
    """Donner and Zou's formula with the odds of the Wilson limits (56 of 70: 0.6918 to 0.8770, 48 of 80: 0.4904 to
    0.7003). The package that has the method in R puts the shares where the odds belong."""
    found = compare(table, ("odds-ratio", "mover"))
    assert (found.low, found.high) == pytest.approx(expected, abs=1e-7)


def check_nothing_fails(table, case, alternatives):
    count1, nobs1, count2, nobs2 = table
    full = (nobs1 > 0) & (nobs2 > 0)
    alone = {"difference": False, "ratio": (count1 == 0) & (count2 == 0)}  # where the estimate is not defined
    alone = full & alone.get(case[0], (count1 + count2 == 0) | (count1 + count2 == nobs1 + nobs2))
    for alternative in alternatives:
        found = compare(table, case, alternative=alternative)
        for column in (found.low, found.high, found.pvalue):
            np.testing.assert_array_equal(np.isnan(column), ~full)
        np.testing.assert_array_equal(np.isnan(found.estimate), ~full | alone)
        np.testing.assert_array_equal(found.flag & Flag.UNDEFINED > 0, alone)
        assert (found.low[alone] == 0).all() and np.isinf(found.high[alone]).all()
        assert ((found.pvalue >= 0) & (found.pvalue <= 1) | ~full).all()
        assert ((found.low >= (-1 if case[0] == "difference" else 0)) & (found.low <= found.high) | ~full).all()


@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_nothing_fails_and_only_empty_groups_have_no_limits(case):
    check_nothing_fails(all_tables(15), case, ALTERNATIVES)


@pytest.mark.thorough
@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_nothing_fails_at_any_table_up_to_60(case):
    check_nothing_fails(all_tables(60), case, ["two-sided"])


def check_one_story(table, case, levels=LEVELS, alternatives=ALTERNATIVES):
    full = (table[1] > 0) & (table[3] > 0)
    for level, null, alternative in product(levels, NULLS[case[0]], alternatives):
        found = compare(table, case, confidence_level=level, alternative=alternative, null=null)
        excluded = (found.low > null) | (found.high < null)
        rejected = found.pvalue < 1 - level
        assert not (excluded & ~rejected).any()
        if case[1] != "fisher":
            assert not (rejected & ~excluded & full).any()


@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_p_is_below_1_minus_level_exactly_when_the_interval_excludes_the_null(case):
    check_one_story(all_tables(10), case)


@pytest.mark.thorough
@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_one_story_at_every_table_up_to_30(case):
    check_one_story(all_tables(30), case)


@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
@given(table=TABLES, level=st.sampled_from(LEVELS))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_exchanging_the_groups(case, table, level):
    """The difference turns its sign, ratios their value; less becomes greater."""
    sign = case[0] == "difference"
    null = NULLS[case[0]][1]
    for one_side, other_side in (("two-sided", "two-sided"), ("less", "greater")):
        one = compare(table, case, confidence_level=level, alternative=one_side, null=null)
        turned = (*table[2:], *table[:2])
        other_null = -null if sign else 1 / null
        other = compare(turned, case, confidence_level=level, alternative=other_side, null=other_null)
        with np.errstate(divide="ignore"):
            mirrored = [-v if sign else np.float64(1) / np.float64(v) for v in (other.estimate, other.high, other.low)]
        assert list(one[:3]) == pytest.approx(mirrored, rel=1e-9, abs=1e-12, nan_ok=True)
        assert one.pvalue == pytest.approx(other.pvalue, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("case", [*FORMULAS[:3], FORMULAS[5], *EXACT])
@given(table=TABLES)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_counting_the_complement(case, table):
    """The difference turns its sign, the odds ratio its value."""
    sign = case[0] == "difference"
    x1, n1, x2, n2 = table
    one, other = compare(table, case), compare((n1 - x1, n1, n2 - x2, n2), case)
    with np.errstate(divide="ignore"):
        mirrored = [-v if sign else np.float64(1) / np.float64(v) for v in (other.estimate, other.high, other.low)]
    assert list(one[:3]) == pytest.approx(mirrored, rel=1e-9, abs=1e-12, nan_ok=True)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("case", [case for case in FORMULAS if case[1] in {"newcombe", "mover"}])
@given(table=TABLES)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_at_the_level_of_p_the_interval_ends_at_the_null(case, table):
    null = NULLS[case[0]][2]
    found = compare(table, case, null=null)
    if 1e-10 < found.pvalue < 1 - 1e-10:
        at_p = compare(table, case, null=null, confidence_level=1 - found.pvalue)
        nearest = at_p.low if found.statistic > 0 else at_p.high
        assert nearest == pytest.approx(null, rel=1e-5, abs=1e-6)
        assert math.copysign(1, found.statistic) == math.copysign(1, found.estimate - null)


@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_equivalence_is_two_one_sided_tests(case):
    table = all_tables(8, 1)
    low, high = (-0.3, 0.25) if case[0] == "difference" else (0.3, 4.0)
    for level in (0.7, 0.95):
        found = compare(table, case, confidence_level=level, alternative="equivalence", null=(low, high))
        above = compare(table, case, confidence_level=level, alternative="greater", null=low)
        below = compare(table, case, confidence_level=level, alternative="less", null=high)
        np.testing.assert_array_equal(found.pvalue, np.maximum(above.pvalue, below.pvalue))
        np.testing.assert_array_equal([found.low, found.high], [above.low, below.high])
        both = compare(table, (case[0], "central" if case[1] == "fisher" else case[1]), confidence_level=2 * level - 1)
        np.testing.assert_allclose([found.low, found.high], [both.low, both.high], rtol=1e-9, atol=1e-12)
        shown = (found.low > low) & (found.high < high)
        np.testing.assert_array_equal(found.pvalue < 1 - level, shown)


def test_equivalence_takes_the_statistic_of_the_larger_p():
    found = dr.compare_proportions(50, 100, 52, 100, method="wald", alternative="equivalence", null=(-0.2, 0.1))
    error = math.sqrt(0.5 * 0.5 / 100 + 0.52 * 0.48 / 100)
    assert found.statistic == pytest.approx(-0.12 / error)
    assert found.pvalue == pytest.approx(math.erfc(0.12 / error / math.sqrt(2)) / 2)


@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_one_side_leaves_the_other_open(case):
    lowest, highest = (-1, 1) if case[0] == "difference" else (0, math.inf)
    table = (9, 17, 4, 29)
    both = compare(table, case, confidence_level=0.9)
    less, greater = (compare(table, case, alternative=side) for side in ("less", "greater"))
    assert (less.low, greater.high) == (lowest, highest)
    if case[1] != "fisher":
        assert (greater.low, less.high) == pytest.approx((both.low, both.high), rel=1e-9)


def test_a_null_value_that_no_newcombe_interval_holds_has_p_0():
    """With both shares one half the widest interval reaches from -0.71 to 0.71."""
    found = dr.compare_proportions(5, 10, 5, 10, method="newcombe", null=0.9)
    assert (found.statistic, found.pvalue) == (-math.inf, 0.0)
    assert dr.compare_proportions(5, 10, 5, 10, method="newcombe", null=0.7, confidence_level=1 - 1e-15).high < 0.7072


@pytest.mark.parametrize("case", [*FORMULAS, *EXACT])
def test_extreme_counts_nulls_and_levels(case):
    """From one case to 2**53, null values near the ends of the range, levels from next to none to next to all."""
    sizes = (1, 3, 10**4, 10**9, 2**53)
    few = [(x, n) for n in sizes for x in sorted({0, 1, n // 2, n - 1, n}) if min(x, n - x) <= 10**6]
    if case in EXACT:  # larger tables are refused
        few = [(x, n) for x, n in few if n <= 10**4]
    table = np.array([(*one, *other) for one, other in product(few, few)], float).T
    nulls = (-0.999999, 0.0, 0.999999) if case[0] == "difference" else (5e-324, 1e-12, 1.0, 1e15, 1.7e308)
    for null, level in product(nulls, (0.5, 0.95, 1 - 2**-53)):
        found = compare(table, case, null=null, confidence_level=level)
        assert (found.low <= found.high).all() and ((found.pvalue >= 0) & (found.pvalue <= 1)).all()
        excluded, rejected = (found.low > null) | (found.high < null), found.pvalue < 1 - level
        assert (excluded <= rejected).all()
        if case[1] != "fisher":
            assert (excluded == rejected).all()
