"""Two rates compared within strata: against a plain twin, `compare_rates`, published figures and laws."""

import itertools
import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import chi2, norm

import dueregard as dr
from dueregard import Flag

MEASURES = {"ratio": (0.5, 1.0, 2.0), "difference": (-0.2, 0.0, 0.1)}
METHODS = ("score", "mantel-haenszel")
PAIRS = [(measure, method) for measure in MEASURES for method in METHODS]
FIELDS = ("estimate", "low", "high", "statistic", "pvalue")

UNEVEN = ([2, 12, 28, 28, 31], [2 * 6.0, 20.0, 15.0, 8.0, 4.0]), ([1, 4, 12, 9, 11], [30.0, 25.0, 11.0, 5.0, 2.5])
"""Strata of very different rates."""


def tables():
    """Strata with some events: x1, n1, x2, n2."""
    stratum = st.tuples(st.integers(0, 30), st.floats(0.5, 500), st.integers(0, 30), st.floats(0.5, 500))
    return st.lists(stratum, min_size=1, max_size=5).map(lambda rows: np.array(rows).T)


def z_of(level):
    return NormalDist().inv_cdf(0.5 + level / 2)


# The twin: one table at a time, as the papers print it


def plain(strata, measure, method, null, level):
    """Estimate, low, high, statistic and pvalue of strata (x1, n1, x2, n2) that have exposure on both sides."""
    weights = [n1 * n2 / (n1 + n2) for _, n1, _, n2 in strata]
    first = math.fsum(w * x1 / n1 for w, (x1, n1, _, _) in zip(weights, strata, strict=True))
    second = math.fsum(w * x2 / n2 for w, (_, _, x2, n2) in zip(weights, strata, strict=True))
    z = z_of(level)
    if method == "score":
        return plain_score(strata, weights, measure, null, z, first, second)
    if measure == "ratio":
        spread = math.fsum((x1 + x2) * n1 * n2 / (n1 + n2) ** 2 for x1, n1, x2, n2 in strata)
        error = math.sqrt(spread / (first * second))
        estimate = first / second
        statistic = math.log(estimate / null) / error
        low, high = estimate * math.exp(-z * error), estimate * math.exp(z * error)
    else:
        pairs = zip(weights, strata, strict=True)
        variance = math.fsum(w * w * (x1 / n1**2 + x2 / n2**2) for w, (x1, n1, x2, n2) in pairs)
        error = math.sqrt(variance) / sum(weights)
        estimate = (first - second) / sum(weights)
        statistic = (estimate - null) / error
        low, high = estimate - z * error, estimate + z * error
    return estimate, low, high, statistic, math.erfc(abs(statistic) / math.sqrt(2))


def plain_score(strata, weights, measure, null, z, first, second):
    def statistic(value):
        return plain_statistic(strata, weights, measure, value)

    at_null = statistic(null)
    if measure == "ratio":
        estimate = first / second
        low = math.exp(brentq(lambda t: statistic(math.exp(t)) - z, -60, math.log(estimate), xtol=1e-14))
        high = math.exp(brentq(lambda t: statistic(math.exp(t)) + z, math.log(estimate), 60, xtol=1e-14))
    else:
        estimate = (first - second) / sum(weights)
        low = brentq(lambda d: statistic(d) - z, estimate - 1e6, estimate, xtol=1e-14, rtol=1e-14)
        high = brentq(lambda d: statistic(d) + z, estimate, estimate + 1e6, xtol=1e-14, rtol=1e-14)
    return estimate, low, high, at_null, math.erfc(abs(at_null) / math.sqrt(2))


def plain_statistic(strata, weights, measure, value):
    """Residuals over their standard error at the most likely rates that have that ratio or difference."""
    residual = variance = 0.0
    for w, (x1, n1, x2, n2) in zip(weights, strata, strict=True):
        if measure == "ratio":
            rate2 = (x1 + x2) / (value * n1 + n2)
            rate1 = value * rate2
            residual += w * (x1 / n1 - value * x2 / n2)
            variance += w * w * (rate1 / n1 + value**2 * rate2 / n2)
        else:
            rate2 = most_likely(x1, n1, x2, n2, value)
            residual += w * (x1 / n1 - x2 / n2 - value)
            variance += w * w * ((rate2 + value) / n1 + rate2 / n2)
    return residual / math.sqrt(variance)


def most_likely(x1, n1, x2, n2, difference):
    """Where the slope of the log likelihood x1 / (r + d) + x2 / r - n1 - n2 is 0, by halving."""
    low = max(0.0, -difference)
    high = low + (x1 + x2) / (n1 + n2) + 1.0

    def slope(rate):
        gained = (x1 / (rate + difference) if x1 else 0.0) + (x2 / rate if x2 else 0.0)
        return gained - n1 - n2

    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) > 0 else (low, middle)
    return low


@pytest.mark.parametrize(("measure", "method"), PAIRS)
@given(table=tables())
@settings(max_examples=40, derandomize=True, deadline=None)
def test_it_answers_as_its_twin_does(measure, method, table):
    table[[0, 2]] += 1  # the twin knows nothing of zeros
    for null in MEASURES[measure]:
        found = dr.compare_stratified_rates(*table, measure=measure, method=method, null=null, confidence_level=0.9)
        expected = plain([tuple(row) for row in table.T.tolist()], measure, method, null, 0.9)
        assert found[:5] == pytest.approx(expected, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize("alternative", ["two-sided", "less", "greater"])
@pytest.mark.parametrize("measure", MEASURES)
def test_one_stratum_is_compare_rates(measure, alternative):
    """For "score" at every count, zeros too."""
    arms = [(x, n) for n in (0.5, 3, 400) for x in (0, 1, 2, 7, 40)]
    counts = np.array([(*a, *b) for a in arms for b in arms]).T
    for null, level in itertools.product(MEASURES[measure], (0.95, 0.3)):
        asked = {"measure": measure, "alternative": alternative, "null": null, "confidence_level": level}
        alone = dr.compare_rates(*counts, **asked)
        within = dr.compare_stratified_rates(*counts[..., np.newaxis], **asked)
        for name in FIELDS:
            np.testing.assert_allclose(
                getattr(within, name), getattr(alone, name), rtol=2e-8, atol=2e-8, err_msg=f"{name} {null} {level}"
            )


def test_one_stratum_of_mantel_haenszel_is_wald():
    """Of the log ratio 1 / x1 + 1 / x2 is the variance, of the difference x1 / n1^2 + x2 / n2^2."""
    ratio = dr.compare_stratified_rates([41], [28_010], [15], [19_017], method="mantel-haenszel")
    assert math.log(ratio.high / ratio.low) == pytest.approx(2 * z_of(0.95) * math.sqrt(1 / 41 + 1 / 15), rel=1e-12)
    difference = dr.compare_stratified_rates(
        [41], [28_010], [15], [19_017], measure="difference", method="mantel-haenszel"
    )
    assert difference.high - difference.low == pytest.approx(
        2 * z_of(0.95) * math.sqrt(41 / 28_010**2 + 15 / 19_017**2), rel=1e-12
    )


def test_by_hand():
    """Two strata: 10 in 100 against 5 in 100, 6 in 300 against 2 in 100."""
    found = dr.compare_stratified_rates([10, 6], [100, 300], [5, 2], [100, 100], method="mantel-haenszel")
    assert found.estimate == pytest.approx((10 * 100 / 200 + 6 * 100 / 400) / (5 * 100 / 200 + 2 * 300 / 400))
    spread = 15 * 100 * 100 / 200**2 + 8 * 300 * 100 / 400**2
    error = math.sqrt(spread / (6.5 * 4.0))
    assert found.low == pytest.approx(6.5 / 4 * math.exp(-z_of(0.95) * error), rel=1e-12)
    assert found.statistic == pytest.approx(math.log(6.5 / 4) / error, rel=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_at_no_difference_the_score_is_the_person_time_test_of_mantel_and_haenszel(measure):
    """Given the events of a stratum those of the first group are binomial."""
    (x1, n1), (x2, n2) = (map(np.asarray, side) for side in UNEVEN)
    events, share = x1 + x2, n1 / (n1 + n2)
    square = (x1 - events * share).sum() ** 2 / (events * share * (1 - share)).sum()
    found = dr.compare_stratified_rates(x1, n1, x2, n2, measure=measure)
    assert found.statistic**2 == pytest.approx(square, rel=1e-12)
    assert found.pvalue == pytest.approx(chi2.sf(square, 1), rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_homogeneity_of_ratios_is_breslow_and_day_with_tarones_correction(method):
    (x1, n1), (x2, n2) = (map(np.asarray, side) for side in UNEVEN)
    found = dr.compare_stratified_rates(x1, n1, x2, n2, method=method)
    share = found.estimate * n1 / (found.estimate * n1 + n2)
    residual, variance = x1 - (x1 + x2) * share, (x1 + x2) * share * (1 - share)
    square = (residual**2 / variance).sum() - residual.sum() ** 2 / variance.sum()
    assert found.homogeneity.statistic == pytest.approx(square, rel=1e-12)
    assert found.homogeneity.df == 4
    assert found.homogeneity.pvalue == pytest.approx(chi2.sf(square, 4), rel=1e-12)


def test_homogeneity_of_differences_by_hand():
    """At the common difference the most likely rates come from halving."""
    strata = [(10, 100.0, 5, 100.0), (6, 300.0, 2, 100.0), (40, 90.0, 4, 80.0)]
    counts = np.array(strata).T
    found = dr.compare_stratified_rates(*counts, measure="difference")
    scores, information = [], []
    for x1, n1, x2, n2 in strata:
        rate2 = most_likely(x1, n1, x2, n2, found.estimate)
        variance = (rate2 + found.estimate) / n1 + rate2 / n2
        scores.append((x1 / n1 - x2 / n2 - found.estimate) / variance)
        information.append(1 / variance)
    squares = sum(s * s / i for s, i in zip(scores, information, strict=True))
    assert found.homogeneity.statistic == pytest.approx(squares - sum(scores) ** 2 / sum(information), rel=1e-9)


def test_homogeneity_under_the_law():
    """With one true ratio its p-value is uniform."""
    rng = np.random.default_rng(8)
    n1, n2 = np.array([200.0, 400, 50, 100]), np.array([300.0, 300, 300, 300])
    rate = np.array([0.2, 0.1, 0.6, 0.3])
    x1, x2 = rng.poisson(2 * rate * n1, (4000, 4)), rng.poisson(rate * n2, (4000, 4))
    found = dr.compare_stratified_rates(x1, n1, x2, n2).homogeneity
    assert (found.df == 3).all()
    assert np.mean(found.pvalue < 0.05) == pytest.approx(0.05, abs=0.012)
    assert np.mean(found.statistic) == pytest.approx(3, abs=0.15)


@pytest.mark.parametrize(("measure", "method"), PAIRS)
def test_limits_hold_the_common_measure_as_often_as_they_say(measure, method):
    rng = np.random.default_rng(5)
    n1, n2 = np.array([60.0, 300, 20, 100]), np.array([300.0, 100, 300, 50])
    rate = np.array([0.05, 0.1, 0.2, 0.08])
    truth = 1.5 if measure == "ratio" else 0.05
    rate1 = truth * rate if measure == "ratio" else rate + truth
    x1, x2 = rng.poisson(rate1 * n1, (4000, 4)), rng.poisson(rate * n2, (4000, 4))
    found = dr.compare_stratified_rates(x1, n1, x2, n2, measure=measure, method=method)
    covered = np.mean((found.low <= truth) & (truth <= found.high))
    assert covered == pytest.approx(0.95, abs=0.012)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize(("measure", "method"), PAIRS)
def test_every_small_pair_of_strata(measure, method, level):
    """No failure, NaN only without a stratum to use, and one story of p and interval."""
    counts = all_tables()
    unused = ((counts[1] == 0) | (counts[3] == 0)).all(axis=-1)
    for null in MEASURES[measure]:
        for alternative in ("two-sided", "less", "greater"):
            found = dr.compare_stratified_rates(
                *counts, measure=measure, method=method, null=null, alternative=alternative, confidence_level=level
            )
            for row in (found.low, found.high, found.pvalue):
                np.testing.assert_array_equal(np.isnan(row), unused)
            excluded = (null < found.low) | (null > found.high)
            inside = (found.flag & Flag.REJECTED_INSIDE) > 0
            np.testing.assert_array_equal((found.pvalue < 1 - level) & ~inside, excluded)
    defined = ~np.isnan(found.estimate)
    assert (found.low <= found.estimate)[defined].all()
    assert (found.estimate <= found.high)[defined].all()
    assert (np.nan_to_num(found.homogeneity.statistic) >= 0).all()


@pytest.mark.parametrize("level", [0.5, 0.95, 0.999999])
@pytest.mark.parametrize("measure", MEASURES)
def test_whatever_lies_outside_is_rejected_and_rejections_inside_are_flagged(measure, level):
    """Strata as different as can be: exposures from a hundredth to a thousand million."""
    rng = np.random.default_rng(12)
    shape = (3000, 3)
    n1, n2 = np.exp(rng.uniform(-5, 20, (2, *shape)))
    x1, x2 = np.floor(np.exp(rng.uniform(-2, 5, (2, *shape))))
    for alternative in ("two-sided", "less", "greater"):
        for null in MEASURES[measure]:
            found = dr.compare_stratified_rates(
                x1, n1, x2, n2, measure=measure, null=null, confidence_level=level, alternative=alternative
            )
            outside, rejected = (null < found.low) | (null > found.high), found.pvalue < 1 - level
            assert not (outside & ~rejected).any()
            np.testing.assert_array_equal((found.flag & Flag.REJECTED_INSIDE) > 0, rejected & ~outside)
            assert (rejected & ~outside).mean() < (0.05 if measure == "difference" else 1e-9)


def test_a_null_value_rejected_inside_the_interval_is_flagged():
    """Nobody in one stratum, one event in the other: no difference is hard to believe, one of -0.2 is not."""
    counts = [0, 1], [1, 1], [0, 0], [1, 10]
    found = dr.compare_stratified_rates(*counts, measure="difference", confidence_level=0.998)
    assert found.pvalue < 0.002
    assert found.low < -0.2 < 0 < found.high
    assert Flag.REJECTED_INSIDE in found.flag
    assert dr.compare_stratified_rates(*counts, measure="difference", null=-0.2).pvalue > 0.002
    narrower = dr.compare_stratified_rates(*counts, measure="difference", confidence_level=0.9975)
    assert narrower.low > 0
    assert Flag.REJECTED_INSIDE not in narrower.flag


def all_tables():
    """Every pair of strata with few events and exposure of 0, 1 or 10."""
    arms = [(0, 0)] + [(x, n) for n in (1, 10) for x in (0, 1, 4)]
    strata = np.array(list(itertools.product(arms, arms)), float).reshape(-1, 4)
    one, two = np.divmod(np.arange(len(strata) ** 2), len(strata))
    return [np.stack([strata[one, i], strata[two, i]], axis=-1) for i in range(4)]


@pytest.mark.parametrize("measure", MEASURES)
@given(table=tables())
@settings(max_examples=60, derandomize=True, deadline=None)
def test_score_limits_put_back_give_the_critical_value(measure, table):
    found = dr.compare_stratified_rates(*table, measure=measure)
    for limit, expected in ((found.low, norm.isf(0.025)), (found.high, -norm.isf(0.025))):
        if math.isfinite(limit) and (measure == "difference" or limit > 0):
            at = dr.compare_stratified_rates(*table, measure=measure, null=limit).statistic
            assert at == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize(("measure", "method"), PAIRS)
@given(table=tables())
@settings(max_examples=60, derandomize=True, deadline=None)
def test_exchanging_groups_turns_the_answer(measure, method, table):
    one = dr.compare_stratified_rates(*table, measure=measure, method=method)
    other = dr.compare_stratified_rates(*table[[2, 3, 0, 1]], measure=measure, method=method)

    def turned(value):
        return -value if measure == "difference" else 1 / value if value else math.inf

    assert one.low == pytest.approx(turned(other.high), rel=1e-8, abs=1e-8)
    assert one.high == pytest.approx(turned(other.low), rel=1e-8, abs=1e-8)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-8)
    assert one.homogeneity.df == pytest.approx(other.homogeneity.df, nan_ok=True)


@pytest.mark.parametrize(("measure", "method"), PAIRS)
@given(table=tables(), order=st.randoms(use_true_random=False))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_order_of_strata_and_strata_of_one_group_do_not_matter(measure, method, table, order):
    places = list(range(table.shape[1]))
    order.shuffle(places)
    more = np.concatenate([table[:, places], [[0, 5], [0, 9], [3, 0], [7, 0]]], axis=1)
    one, other = (dr.compare_stratified_rates(*t, measure=measure, method=method) for t in (table, more))
    assert one[:5] == pytest.approx(other[:5], rel=1e-8, abs=1e-10, nan_ok=True)
    assert Flag.STRATA_LEFT_OUT in other.flag
    assert Flag.STRATA_LEFT_OUT not in one.flag


@given(table=tables(), factor=st.sampled_from([1e-6, 12.0, 1e6]))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_the_unit_of_exposure_does_not_matter(table, factor):
    scaled = table * np.array([[1], [factor], [1], [factor]])
    for method in METHODS:
        one, other = (dr.compare_stratified_rates(*t, method=method) for t in (table, scaled))
        assert one[:5] == pytest.approx(other[:5], rel=1e-9, nan_ok=True)
        one, other = (dr.compare_stratified_rates(*t, measure="difference", method=method) for t in (table, scaled))
        assert one.high == pytest.approx(factor * other.high, rel=1e-7)
        assert one.pvalue == pytest.approx(other.pvalue, rel=1e-9)


def test_one_ratio_over_all_areas_can_mislead():
    """Twice the rate in every area, and less than the reference's over all."""
    counts = [20, 8], [100, 4_000], [990, 1], [9_900, 1_000]
    assert dr.compare_rates(28, 4_100, 991, 10_900).estimate < 0.1
    found = dr.compare_stratified_rates(*counts)
    assert found.estimate == pytest.approx(2, abs=0.01)
    assert found.homogeneity.pvalue > 0.9


def test_nothing_to_compare():
    empty = dr.compare_stratified_rates([0, 0], [0, 0], [1, 2], [3, 4])
    assert all(math.isnan(value) for value in (*empty[:5], *empty.homogeneity))
    assert empty.flag == Flag.NO_CASES | Flag.STRATA_LEFT_OUT
    apart = dr.compare_stratified_rates([1, 0], [40, 0], [0, 2], [0, 40])
    assert math.isnan(apart.low)
    assert apart.flag == Flag.STRATA_LEFT_OUT | Flag.UNDEFINED
    none = dr.compare_stratified_rates([], [], [], [])
    assert none.flag == Flag.NO_CASES | Flag.NO_REFERENCE
    for method in METHODS:
        nobody = dr.compare_stratified_rates([0, 0], [40, 50], [0, 0], [40, 50], method=method)
        assert math.isnan(nobody.estimate)
        assert (nobody.low, nobody.high, nobody.pvalue) == (0, math.inf, 1)
        assert nobody.flag == Flag.UNDEFINED | Flag.FEW_EVENTS


def test_ratios_of_none_and_to_none():
    none = dr.compare_stratified_rates([0, 0], [40, 50], [9, 3], [40, 50])
    assert (none.estimate, none.low) == (0, 0)
    assert 0 < none.high < 1
    to_none = dr.compare_stratified_rates([9, 3], [40, 50], [0, 0], [40, 50])
    assert (to_none.estimate, to_none.high) == (math.inf, math.inf)
    assert to_none.low == pytest.approx(1 / none.high, rel=1e-12)
    assert none.flag == to_none.flag == Flag.FEW_EVENTS
    blunt = dr.compare_stratified_rates([0, 0], [40, 50], [9, 3], [40, 50], method="mantel-haenszel")
    assert (blunt.estimate, blunt.low, blunt.high, blunt.pvalue) == (0, 0, math.inf, 1)
    assert Flag.UNDEFINED in blunt.flag
    assert math.isnan(blunt.homogeneity.pvalue)


def test_a_difference_without_events():
    point = dr.compare_stratified_rates([0], [40], [0], [50], measure="difference", method="mantel-haenszel")
    assert (point.estimate, point.low, point.high, point.pvalue) == (0, 0, 0, 1)
    assert Flag.UNDEFINED in point.flag
    score = dr.compare_stratified_rates([0, 0], [40, 10], [0, 0], [50, 10], measure="difference")
    assert score.low < 0 < score.high
    assert Flag.UNDEFINED not in score.flag


def test_strata_lie_where_axis_says():
    rng = np.random.default_rng(4)
    n1, n2 = rng.uniform(1, 30, (2, 2, 3, 4))
    x1, x2 = rng.poisson(n1 * 0.3), rng.poisson(n2 * 0.4)
    found = dr.compare_stratified_rates(x1, n1, x2, n2, axis=1, null=[0.5, 1, 2, 3])
    assert found.low.shape == found.flag.shape == found.homogeneity.df.shape == (2, 4)
    alone = dr.compare_stratified_rates(x1[1, :, 2], n1[1, :, 2], x2[1, :, 2], n2[1, :, 2], null=2)
    assert [value[1, 2] for value in found[:5]] == pytest.approx(list(alone[:5]), rel=1e-12)
    assert type(alone.low) is type(alone.homogeneity.pvalue) is float
    assert type(alone.flag) is Flag


@pytest.mark.parametrize(("measure", "null"), [("ratio", (0.8, 1.25)), ("difference", (-0.05, 0.05))])
def test_equivalence_is_two_one_sided_tests(measure, null):
    counts = [30, 40], [400, 300], [31, 42], [410, 305]
    found = dr.compare_stratified_rates(*counts, measure=measure, alternative="equivalence", null=null)
    above = dr.compare_stratified_rates(*counts, measure=measure, alternative="greater", null=null[0])
    below = dr.compare_stratified_rates(*counts, measure=measure, alternative="less", null=null[1])
    assert (found.low, found.high) == (above.low, below.high)
    assert found.pvalue == max(above.pvalue, below.pvalue)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"axis": 1}, ValueError, r"axis: 1 is not an axis of counts of shape \(2,\)"),
        ({"axis": 0.5}, TypeError, "axis: 0.5 is not a whole number"),
        ({"count1": [1, 1.5]}, ValueError, "count1: 1.5 at index 1 is not a whole number"),
        ({"count2": [1, -1]}, ValueError, "count2: -1 at index 1 is negative"),
        ({"exposure1": [5, -1]}, ValueError, "exposure1: -1 at index 1 is negative"),
        ({"exposure2": [5, math.inf]}, ValueError, "exposure2: inf at index 1 is infinite"),
        ({"exposure2": [5, 0]}, ValueError, "count2: 2 at index 1 happened where exposure2 is 0"),
        ({"exposure2": [[5, 5, 5]]}, ValueError, "do not broadcast"),
        ({"measure": "odds-ratio"}, ValueError, "measure: 'odds-ratio' is not one of"),
        ({"method": "mover"}, ValueError, "method: 'mover' is not a method for the ratio"),
        ({"null": 0}, ValueError, "null: 0 is not above 0"),
        ({"null": [1, 2, 3], "count1": np.ones((2, 2))}, ValueError, r"null: shape \(3,\) does not broadcast"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"alternative": "both"}, ValueError, "alternative: 'both' is not one of"),
        ({"count1": ["a", "b"]}, TypeError, "count1: 'a' at index 0 is not a number"),
    ],
)
def test_bad_input(arguments, error, message):
    asked = {"count1": [1, 2], "exposure1": [5, 5], "count2": [1, 2], "exposure2": [5, 5]} | arguments
    with pytest.raises(error, match=message):
        dr.compare_stratified_rates(**asked)
