"""Two groups compared within strata: against R, statsmodels and a published example, by enumeration and by laws."""

import itertools
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import dueregard as dr
from dueregard import Flag

GOLDEN = json.loads((Path(__file__).parent / "stratified_golden.json").read_text())["tables"]
MEASURES = {"difference": (-0.3, 0.0, 0.1), "ratio": (0.5, 1.0, 2.0), "odds-ratio": (0.5, 1.0, 2.0)}
METHODS = ("score", "mantel-haenszel")
STRATA = st.lists(
    st.tuples(st.integers(1, 40), st.floats(0, 1), st.integers(1, 40), st.floats(0, 1)), min_size=1, max_size=5
).map(lambda rows: np.array([(round(p * n), n, round(q * m), m) for n, p, m, q in rows]).T)


def golden(name):
    """The rows of the golden tables that have this value."""
    return [pytest.param(row["counts"], row[name], id=table) for table, row in GOLDEN.items() if row.get(name)]


def three(found):
    return found.estimate, found.low, found.high


@pytest.mark.parametrize(("counts", "expected"), golden("odds_ratio"))
def test_odds_ratios_are_those_of_mantelhaen_test(counts, expected):
    found = dr.compare_stratified(*counts, measure="odds-ratio", method="mantel-haenszel")
    assert three(found) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("counts", "expected"), golden("log_odds_ratio"))
def test_logarithms_of_odds_ratios_and_their_errors_are_those_of_statsmodels(counts, expected):
    found = dr.compare_stratified(*counts, measure="odds-ratio", method="mantel-haenszel")
    error = math.log(found.high / found.low) / (2 * norm.isf(0.025))
    assert (math.log(found.estimate), error) == pytest.approx(expected, rel=1e-9)
    assert found.statistic == pytest.approx(expected[0] / expected[1], rel=1e-9)


@pytest.mark.parametrize(("counts", "expected"), golden("ratio_wald"))
def test_ratios_are_those_of_epir(counts, expected):
    found = dr.compare_stratified(*counts, measure="ratio", method="mantel-haenszel")
    assert three(found) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("counts", "expected"), golden("ratio"))
def test_ratios_are_those_of_statsmodels(counts, expected):
    for method in METHODS:
        assert dr.compare_stratified(*counts, measure="ratio", method=method).estimate == pytest.approx(
            expected, rel=1e-12
        )


@pytest.mark.parametrize(("counts", "expected"), golden("difference_sato"))
def test_differences_are_those_of_epir(counts, expected):
    found = dr.compare_stratified(*counts, method="mantel-haenszel")
    assert three(found) == pytest.approx(expected, abs=1e-9)
    assert dr.compare_stratified(*counts).estimate == pytest.approx(expected[0], abs=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize(("counts", "expected"), golden("cochran_mantel_haenszel"))
def test_the_score_of_no_difference_is_cochran_mantel_haenszel(counts, expected, measure):
    found = dr.compare_stratified(*counts, measure=measure)
    assert (found.statistic**2, found.pvalue) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("counts", "expected"), golden("breslow_day_tarone"))
def test_homogeneity_of_odds_ratios_is_breslow_day_tarone(counts, expected, method):
    found = dr.compare_stratified(*counts, measure="odds-ratio", method=method).homogeneity
    assert (found.statistic, found.pvalue) == pytest.approx(expected, rel=1e-6)
    assert found.df == len(counts[0]) - 1


def test_homogeneity_where_two_strata_of_rabbits_tell_nothing():
    """Statsmodels divides 0 by 0 there."""
    counts = np.array(GOLDEN["rabbits"]["counts"])
    found = dr.compare_stratified(*counts, measure="odds-ratio").homogeneity
    telling = dr.compare_stratified(*counts[:, 1:4], measure="odds-ratio").homogeneity
    assert found.df == telling.df == 2
    assert found.statistic == pytest.approx(telling.statistic, rel=1e-12)
    assert found.pvalue == pytest.approx(math.exp(-found.statistic / 2), rel=1e-12)


@pytest.mark.parametrize(("counts", "expected"), golden("difference_score"))
def test_a_published_score_interval(counts, expected):
    assert three(dr.compare_stratified(*counts)) == pytest.approx(expected, abs=1.5e-6)


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("measure", MEASURES)
def test_one_stratum_is_compare_proportions(measure, alternative):
    arms = [(x, n) for n in (1, 2, 5, 17) for x in range(n + 1)]
    tables = np.array([(*a, *b) for a in arms for b in arms]).T
    for null in MEASURES[measure]:
        asked = {"measure": measure, "alternative": alternative, "null": null}
        alone = dr.compare_proportions(*tables, **asked)
        within = dr.compare_stratified(*tables[..., np.newaxis], **asked)
        for name in ("low", "high", "statistic", "pvalue", "estimate"):
            np.testing.assert_allclose(getattr(within, name), getattr(alone, name), rtol=1e-9, atol=1e-9, err_msg=name)


def all_tables(largest):
    """Every pair of strata with at most so many in each group."""
    arms = [(x, n) for n in range(largest + 1) for x in range(n + 1)]
    first, second = np.array(list(itertools.product(arms, arms)), float).transpose(1, 2, 0)
    both = np.concatenate([first, second])
    n = both.shape[1]
    one, two = np.divmod(np.arange(n * n), n)
    return [np.stack([row[one], row[two]], axis=-1) for row in both]


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("measure", MEASURES)
def test_every_small_pair_of_strata(measure, method, level):
    """No failure, NaN only without a stratum to use, and one story of p and interval."""
    counts = all_tables(3)
    unused = ((counts[1] == 0) | (counts[3] == 0)).all(axis=-1)
    for null in MEASURES[measure]:
        for alternative in ("two-sided", "less", "greater") if level == 0.95 else ("two-sided",):
            found = dr.compare_stratified(
                *counts, measure=measure, method=method, null=null, alternative=alternative, confidence_level=level
            )
            for row in (found.low, found.high, found.pvalue):
                np.testing.assert_array_equal(np.isnan(row), unused)
            excluded = (null < found.low) | (null > found.high)
            np.testing.assert_array_equal(found.pvalue < 1 - level, excluded)
            assert not (found.flag & Flag.REJECTED_INSIDE).any()
    defined = ~np.isnan(found.estimate)
    assert (found.low <= found.estimate)[defined].all()
    assert (found.estimate <= found.high)[defined].all()
    assert (np.nan_to_num(found.homogeneity.statistic) >= 0).all()


@pytest.mark.parametrize("measure", MEASURES)
def test_every_pair_of_strata_of_four(measure):
    """The default question at the default level, up to four in each group."""
    counts = all_tables(4)
    null = MEASURES[measure][0]
    found = dr.compare_stratified(*counts, measure=measure, null=null)
    np.testing.assert_array_equal(found.pvalue < 0.05, (null < found.low) | (null > found.high))


def test_a_null_value_rejected_inside_the_interval_is_flagged():
    """Nobody in two strata: no difference is hard to believe, a small one in either direction is not."""
    counts = [0, 0, 0], [3, 10, 14], [0, 1, 0], [21, 1, 21]
    found = dr.compare_stratified(*counts, confidence_level=0.998)
    assert found.pvalue < 0.002
    assert found.low < 0 < found.high
    assert Flag.REJECTED_INSIDE in found.flag
    assert dr.compare_stratified(*counts, confidence_level=0.998, null=found.high - 0.01).pvalue > 0.002
    assert Flag.REJECTED_INSIDE not in dr.compare_stratified(*counts, confidence_level=0.8).flag


@pytest.mark.parametrize("measure", MEASURES)
def test_whatever_lies_outside_is_rejected_and_rejections_inside_are_flagged(measure):
    """Strata as different as can be: shares of 0 and 1 beside any others."""
    rng = np.random.default_rng(12)
    nobs1, nobs2 = np.floor(np.exp(rng.uniform(0, 6, (2, 3000, 3))))
    share1, share2 = np.where(
        rng.random((2, 3000, 3)) < 0.3, rng.integers(0, 2, (2, 3000, 3)), rng.random((2, 3000, 3))
    )
    counts = np.round(nobs1 * share1), nobs1, np.round(nobs2 * share2), nobs2
    for null in MEASURES[measure]:
        found = dr.compare_stratified(*counts, measure=measure, null=null)
        outside, rejected = (null < found.low) | (null > found.high), found.pvalue < 0.05
        assert not (outside & ~rejected).any()
        np.testing.assert_array_equal((found.flag & Flag.REJECTED_INSIDE) > 0, rejected & ~outside)
        assert (rejected & ~outside).mean() < 0.005


def test_many_pairs_are_for_mantel_haenszel():
    """Pairs as strata: 30 with only the first, 10 with only the second. The most likely odds ratio is the square, 9."""
    first = np.repeat([1, 0], [30, 10])
    counts = first, np.ones(40), 1 - first, np.ones(40)
    assert dr.compare_stratified(*counts, measure="odds-ratio").estimate == pytest.approx(9)
    assert dr.compare_stratified(*counts, measure="odds-ratio", method="mantel-haenszel").estimate == pytest.approx(3)


@pytest.mark.parametrize("measure", MEASURES)
@given(counts=STRATA)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_score_limits_put_back_give_the_critical_value(measure, counts):
    found = dr.compare_stratified(*counts, measure=measure)
    lowest, highest = (-1, 1) if measure == "difference" else (0, math.inf)
    z = norm.isf(0.025)
    for limit, expected in ((found.low, z), (found.high, -z)):
        if lowest < limit < highest:
            at = dr.compare_stratified(*counts, measure=measure, null=limit).statistic
            if measure != "difference" or abs(limit) < 1 - 1e-6:
                assert at == pytest.approx(expected, abs=1e-7)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("measure", MEASURES)
@given(counts=STRATA)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_exchanging_groups_turns_the_answer(measure, method, counts):
    one = dr.compare_stratified(*counts, measure=measure, method=method)
    other = dr.compare_stratified(*counts[[2, 3, 0, 1]], measure=measure, method=method)

    def turned(value):
        if measure == "difference":
            return -value
        return 1 / value if value else math.inf

    assert one.low == pytest.approx(turned(other.high), rel=1e-8, abs=1e-8)
    assert one.high == pytest.approx(turned(other.low), rel=1e-8, abs=1e-8)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-8)
    if measure != "ratio" or method == "score":
        assert one.homogeneity.df == pytest.approx(other.homogeneity.df, nan_ok=True)


@given(counts=STRATA, order=st.randoms(use_true_random=False))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_order_of_strata_and_empty_strata_do_not_matter(counts, order):
    places = list(range(counts.shape[1]))
    order.shuffle(places)
    shuffled = np.concatenate([counts[:, places], [[0], [0], [3], [7]], [[0], [0], [0], [0]]], axis=1)
    for method in METHODS:
        one, other = (dr.compare_stratified(*c, measure="ratio", method=method) for c in (counts, shuffled))
        assert one[:5] == pytest.approx(other[:5], rel=1e-9, abs=1e-12, nan_ok=True)
        assert Flag.STRATA_LEFT_OUT in other.flag
        assert Flag.STRATA_LEFT_OUT not in one.flag


def test_nothing_to_compare():
    empty = dr.compare_stratified([0, 0], [0, 0], [1, 2], [3, 4])
    assert all(math.isnan(value) for value in (*empty[:5], *empty.homogeneity))
    assert Flag.NO_CASES | Flag.STRATA_LEFT_OUT in empty.flag
    apart = dr.compare_stratified([1, 0], [40, 0], [0, 2], [0, 40])
    assert math.isnan(apart.low)
    assert apart.flag == Flag.STRATA_LEFT_OUT | Flag.UNDEFINED
    none = dr.compare_stratified([], [], [], [])
    assert none.flag == Flag.NO_CASES | Flag.NO_REFERENCE
    nobody = dr.compare_stratified([0, 0], [40, 50], [0, 0], [40, 50], measure="ratio")
    assert math.isnan(nobody.estimate)
    assert (nobody.low, nobody.high, nobody.pvalue, nobody.flag) == (0, math.inf, 1, Flag.UNDEFINED)


def test_flags_of_what_has_no_standard_error():
    point = dr.compare_stratified([0, 0], [40, 50], [0, 0], [40, 50], method="mantel-haenszel")
    assert (point.low, point.high, point.flag) == (0, 0, Flag.UNDEFINED)
    open_ended = dr.compare_stratified([0, 0], [40, 50], [5, 7], [40, 50], measure="ratio", method="mantel-haenszel")
    assert (open_ended.estimate, open_ended.low, open_ended.high, open_ended.pvalue) == (0, 0, math.inf, 1)
    assert open_ended.flag == Flag.UNDEFINED
    assert dr.compare_stratified([0, 0], [40, 50], [5, 7], [40, 50], measure="ratio").flag == Flag(0)
    small = dr.compare_stratified([1, 2, 9], [9, 9, 90], [1, 2, 0], [40, 50, 0])
    assert small.flag == Flag.SMALL_BASE | Flag.STRATA_LEFT_OUT


def test_strata_lie_where_axis_says():
    rng = np.random.default_rng(4)
    nobs = rng.integers(1, 30, (2, 3, 4))
    count1, count2 = rng.binomial(nobs, 0.3), rng.binomial(nobs, 0.4)
    found = dr.compare_stratified(count1, nobs, count2, nobs, axis=1, null=[0.0, 0.1, -0.1, 0.2])
    assert found.low.shape == found.flag.shape == found.homogeneity.df.shape == (2, 4)
    alone = dr.compare_stratified(count1[1, :, 2], nobs[1, :, 2], count2[1, :, 2], nobs[1, :, 2], null=-0.1)
    assert tuple(value[1, 2] for value in found[:6]) == tuple(alone[:6])
    assert type(alone.low) is type(alone.homogeneity.pvalue) is float


def test_equivalence_is_two_one_sided_tests():
    counts = GOLDEN["berkeley_by_department"]["counts"]
    found = dr.compare_stratified(*counts, alternative="equivalence", null=(-0.05, 0.05))
    above = dr.compare_stratified(*counts, alternative="greater", null=-0.05)
    below = dr.compare_stratified(*counts, alternative="less", null=0.05)
    assert (found.low, found.high) == (above.low, below.high)
    assert found.pvalue == max(above.pvalue, below.pvalue)
    ninety = dr.compare_stratified(*counts, confidence_level=0.9)
    assert (found.low, found.high) == pytest.approx((ninety.low, ninety.high), abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"axis": 1}, ValueError, r"axis: 1 is not an axis of counts of shape \(2,\)"),
        ({"count1": [1, 9]}, ValueError, "count1: 9 at index 1 is above nobs1, which is 5 there"),
        ({"count2": [1, -1]}, ValueError, "count2: -1 at index 1 is negative"),
        ({"nobs2": [[5, 5, 5]]}, ValueError, "do not broadcast"),
        ({"measure": "risk"}, ValueError, "measure: 'risk' is not one of"),
        ({"method": "woolf"}, ValueError, "method: 'woolf' is not a method for the difference"),
        ({"null": 1.5}, ValueError, "null: 1.5 is not between -1 and 1"),
        ({"null": [0.1, 0.2, 0.3], "count1": np.ones((2, 2))}, ValueError, r"null: shape \(3,\) does not broadcast"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"count1": ["a", "b"]}, TypeError, "count1: 'a' at index 0 is not a number"),
    ],
)
def test_bad_input(arguments, error, message):
    asked = {"count1": [1, 2], "nobs1": [5, 5], "count2": [1, 2], "nobs2": [5, 5]} | arguments
    with pytest.raises(error, match=message):
        dr.compare_stratified(**asked)


def test_scalars_have_no_strata():
    with pytest.raises(ValueError, match=r"axis: -1 is not an axis of counts of shape \(\)"):
        dr.compare_stratified(1, 2, 3, 4)


def test_limits_that_are_nowhere_are_infinite():
    """Far out, where nothing is rejected, factors have no square any more; the search for limits must still end."""
    tables = ([0, 18], [28, 95], [0, 0], [4_075_944_561_563_630, 349])
    found = dr.compare_stratified(*tables, measure="ratio", confidence_level=1e-6, alternative="less")
    assert found.low == 0 and found.high == np.inf
    found = dr.compare_stratified(*tables, measure="ratio", confidence_level=1e-6, alternative="greater")
    assert found.low == np.inf and found.high == np.inf


def test_the_search_for_limits_ends_whatever_the_numbers_are():
    from dueregard import _core

    count1, nobs1 = np.array([[np.inf, 1.0]]), np.array([[3.0, 7.0]])
    count2, nobs2 = np.array([[1.0, 1e-9]]), np.array([[1e9, 1e-9]])
    found = _core.compare_stratified(count1, nobs1, count2, nobs2, np.array([0.5]), "ratio", "score", 0.95, "two-sided")
    assert not np.isfinite(found[1:3]).any()


def test_limits_of_a_low_one_sided_level_stay_in_the_range():
    found = dr.compare_stratified(
        [1, 0], [1, 1], [0, 1], [1, 1], method="mantel-haenszel", confidence_level=1e-6, alternative="greater"
    )
    assert found.low == found.high == 1
