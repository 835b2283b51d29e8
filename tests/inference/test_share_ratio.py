"""Share over share: Wilson by hand, one p for both measures, MOVER, exact tails, zeros, refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import dueregard as dr
from dueregard import Flag

Z = 1.959963984540054


def test_by_hand():
    """12 of 100 against 40%: Wilson's limits of 0.12 are (15.84146 -+ 13.42178...) / 207.68292, divided by 0.4."""
    count, nobs, against = 12, 100, 0.4
    root = Z * math.sqrt(Z**2 + 4 * count * (1 - count / nobs))
    low, high = ((2 * count + Z**2 + sign * root) / (2 * (nobs + Z**2)) for sign in (-1, 1))
    found = dr.compare_share(count, nobs, against)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.3, low / 0.4, high / 0.4), rel=1e-12)
    assert found.statistic == pytest.approx(-0.28 / math.sqrt(0.4 * 0.6 / 100), rel=1e-12)
    assert found.pvalue == pytest.approx(2 * stats.norm.sf(abs(found.statistic)), rel=1e-12)
    points = dr.compare_share(count, nobs, against, measure="difference")
    assert (points.estimate, points.low, points.high) == pytest.approx((-0.28, low - 0.4, high - 0.4), rel=1e-12)
    assert (points.statistic, points.pvalue) == (found.statistic, found.pvalue)


shares = st.floats(0.001, 0.999)
sizes = st.integers(1, 5_000)


@given(st.data(), sizes, shares, st.sampled_from([0.8, 0.95, 0.998]), st.sampled_from(["score", "exact", "mid-p"]))
def test_p_is_small_exactly_when_the_interval_excludes_no_difference(data, nobs, against, level, method):
    count = data.draw(st.integers(0, nobs))
    ratio, points = (
        dr.compare_share(count, nobs, against, measure=measure, method=method, confidence_level=level)
        for measure in ("ratio", "difference")
    )
    assert ratio.pvalue == points.pvalue
    assert 0 <= ratio.low <= ratio.estimate <= ratio.high
    near = min(abs(ratio.low - 1), abs(ratio.high - 1)) < 1e-9
    assert near or (ratio.pvalue < 1 - level) == (ratio.low > 1 or ratio.high < 1)
    assert near or (points.pvalue < 1 - level) == (points.low > 0 or points.high < 0)


@given(st.data(), sizes, shares, st.floats(1e-4, 0.2), st.sampled_from([0.8, 0.95, 0.998]))
def test_the_same_where_the_population_is_estimated(data, nobs, against, se, level):
    count = data.draw(st.integers(0, nobs))
    ratio, points = (
        dr.compare_share(count, nobs, against, population_se=se, measure=measure, confidence_level=level)
        for measure in ("ratio", "difference")
    )
    assert ratio.pvalue == points.pvalue
    assert 0 <= ratio.low <= ratio.estimate <= ratio.high
    near = min(abs(ratio.low - 1), abs(ratio.high - 1), abs(points.low), abs(points.high)) < 1e-7
    assert near or (ratio.pvalue < 1 - level) == (ratio.low > 1 or ratio.high < 1)
    assert near or (points.pvalue < 1 - level) == (points.low > 0 or points.high < 0)
    known = dr.compare_share(count, nobs, against, confidence_level=level)
    assert ratio.low <= known.low + 1e-12 and ratio.high >= known.high - 1e-12
    assert ratio.pvalue >= known.pvalue - 1e-9


def test_mover_by_hand():
    """30 of 200 against 0.1 (0.06 to 0.15), from the formulas as they are printed."""
    found = dr.compare_share(30, 200, 0.1, population_low=0.06, population_high=0.15)
    own = dr.proportion_interval(30, 200)
    t1, l1, u1, t2, l2, u2 = 0.15, own.low, own.high, 0.1, 0.06, 0.15
    low = (t1 * t2 - math.sqrt((t1 * t2) ** 2 - l1 * u2 * (2 * t1 - l1) * (2 * t2 - u2))) / (u2 * (2 * t2 - u2))
    high = (t1 * t2 + math.sqrt((t1 * t2) ** 2 - u1 * l2 * (2 * t1 - u1) * (2 * t2 - l2))) / (l2 * (2 * t2 - l2))
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-12)
    points = dr.compare_share(30, 200, 0.1, population_low=0.06, population_high=0.15, measure="difference")
    assert points.low == pytest.approx(0.05 - math.hypot(t1 - l1, u2 - t2), rel=1e-12)
    assert points.high == pytest.approx(0.05 + math.hypot(u1 - t1, t2 - l2), rel=1e-12)
    assert found.flag == points.flag == Flag.ESTIMATED_POPULATION


def test_the_interval_of_level_1_less_p_ends_at_no_difference():
    found = dr.compare_share(30, 200, 0.1, population_se=0.02)
    again = dr.compare_share(30, 200, 0.1, population_se=0.02, confidence_level=1 - found.pvalue)
    assert again.low == pytest.approx(1, abs=1e-9)


def test_a_range_is_so_many_standard_errors():
    by_se = dr.compare_share(30, 200, 0.1, population_se=0.02)
    by_range = dr.compare_share(30, 200, 0.1, population_low=0.1 - Z * 0.02, population_high=0.1 + Z * 0.02)
    z90 = stats.norm.ppf(0.95)
    by_other = dr.compare_share(
        30, 200, 0.1, population_low=0.1 - z90 * 0.02, population_high=0.1 + z90 * 0.02, population_level=0.9
    )
    assert by_range[:5] == pytest.approx(by_se[:5], rel=1e-9)
    assert by_other[:5] == pytest.approx(by_se[:5], rel=1e-9)


def test_a_small_standard_error_is_nearly_a_known_population():
    known, nearly = dr.compare_share(30, 200, 0.1), dr.compare_share(30, 200, 0.1, population_se=1e-9)
    assert nearly[:5] == pytest.approx(known[:5], rel=1e-6)


def test_a_population_that_may_be_nobody_leaves_the_ratio_without_an_upper_limit():
    found = dr.compare_share(5, 100, 0.02, population_low=0.0, population_high=0.05)
    assert found.high == math.inf
    assert found.low > 0
    nobody = dr.compare_share(0, 100, 0.02, population_low=0.0, population_high=0.05)
    assert (nobody.low, nobody.high) == (0, math.inf)


@pytest.mark.parametrize(("count", "nobs", "against"), [(3, 40, 0.16), (0, 25, 0.1), (25, 25, 0.7), (12, 60, 0.2)])
def test_exact_tails(count, nobs, against):
    upper, lower = stats.binom.sf(count - 1, nobs, against), stats.binom.cdf(count, nobs, against)
    exact = dr.compare_share(count, nobs, against, method="exact")
    assert exact.pvalue == pytest.approx(min(1, 2 * min(upper, lower)), rel=1e-10)
    limits = dr.proportion_interval(count, nobs, method="clopper-pearson")
    assert (exact.low, exact.high) == pytest.approx((limits.low / against, limits.high / against), rel=1e-12)
    half = stats.binom.pmf(count, nobs, against) / 2
    mid = dr.compare_share(count, nobs, against, method="mid-p")
    assert mid.pvalue == pytest.approx(min(1, 2 * (min(upper, lower) - half)), rel=1e-9)
    assert math.isnan(exact.statistic) and math.isnan(mid.statistic)


def test_nobody_among_the_staff_has_an_upper_limit():
    found = dr.compare_share(0, 60, 0.16)
    assert (found.estimate, found.low) == (0, 0)
    assert found.high == pytest.approx(Z**2 / (60 + Z**2) / 0.16)
    estimated = dr.compare_share(0, 60, 0.16, population_se=0.01)
    assert (estimated.estimate, estimated.low) == (0, 0)
    assert found.high < estimated.high < math.inf


def test_nobody_in_the_population():
    for measure in ("ratio", "difference"):
        some = dr.compare_share(3, 60, 0.0, measure=measure)
        assert all(math.isnan(value) for value in some[:5])
        assert some.flag == Flag.NO_POPULATION
    none = dr.compare_share(0, 60, 0.0)
    assert math.isnan(none.estimate)
    assert (none.low, none.high, none.pvalue) == (0, math.inf, 1)
    assert none.flag == Flag.NO_POPULATION | Flag.UNDEFINED
    points = dr.compare_share(0, 60, 0.0, measure="difference")
    assert (points.estimate, points.low, points.pvalue) == (0, 0, 1)


def test_everybody_in_the_population():
    whole = dr.compare_share(60, 60, 1.0)
    assert (whole.estimate, whole.high, whole.pvalue) == (1, 1, 1)
    part = dr.compare_share(59, 60, 1.0)
    assert part.high < 1 and part.pvalue == 0 and part.statistic == -math.inf


def test_no_staff_and_no_population():
    found = dr.compare_share([0, 3], [0, 60], [0.1, math.nan])
    assert np.isnan(found.estimate).all() and np.isnan(found.pvalue).all() and np.isnan(found.high).all()
    assert found.flag.tolist() == [Flag.NO_CASES, Flag.NO_POPULATION]


def test_few_cases_are_flagged_and_arrays_broadcast():
    found = dr.compare_share([[3], [4]], [29, 30], 0.1)
    assert found.low.shape == (2, 2)
    assert found.flag.tolist() == [[Flag.SMALL_BASE, 0]] * 2
    one = dr.compare_share(3, 29, 0.1)
    assert type(one.estimate) is float and isinstance(one.flag, Flag)
    assert found.low[0, 0] == one.low


@pytest.mark.parametrize("method", ["score", "exact", "mid-p"])
def test_coverage_of_the_upper_and_lower_limit_together(method):
    """Every count of 40 weighed by its probability: near 95%, and never below it for the exact method."""
    for against in (0.05, 0.2, 0.5):
        counts = np.arange(41)
        found = dr.compare_share(counts, 40, against, method=method)
        weight = stats.binom.pmf(counts, 40, against)
        covered = weight[(found.low <= 1) & (found.high >= 1)].sum()
        assert covered >= (0.95 - 1e-9 if method == "exact" else 0.92)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"count": 61}, ValueError, "count: 61 is above nobs, which is 60 there"),
        ({"count": -1}, ValueError, "count: -1 is negative"),
        ({"count": 1.5}, ValueError, "count: 1.5 is not a whole number"),
        ({"count": True}, TypeError, "count: True is not a number"),
        ({"population_share": 16}, ValueError, "population_share: 16 is not between 0 and 1"),
        ({"population_share": [0.1, 1.2]}, ValueError, "population_share: 1.2 at index 1 is not between 0 and 1"),
        ({"population_se": -0.1}, ValueError, "population_se: -0.1 is negative"),
        ({"population_se": math.nan}, ValueError, "population_se: nan is not a number"),
        ({"population_low": 0.1}, ValueError, "population_low: a range has two ends; give population_high too"),
        ({"population_high": 0.3}, ValueError, "population_high: a range has two ends; give population_low too"),
        (
            {"population_low": 0.2, "population_high": 0.3},
            ValueError,
            "population_low: 0.2 is above population_share there",
        ),
        (
            {"population_low": 0.1, "population_high": 0.15},
            ValueError,
            "population_high: 0.15 is below population_share there",
        ),
        (
            {"population_se": 0.1, "population_low": 0.1, "population_high": 0.3},
            ValueError,
            "population_se: there is a range too",
        ),
        ({"measure": "odds-ratio"}, ValueError, "measure: 'odds-ratio' is not one of 'ratio', 'difference'"),
        ({"method": "wald"}, ValueError, "method: 'wald' is not one of 'score', 'exact', 'mid-p'"),
        (
            {"method": "exact", "population_se": 0.01},
            ValueError,
            "method: 'exact' is for a population that is known",
        ),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"population_share": [0.1, 0.2], "count": [1, 2, 3]}, ValueError, "do not broadcast"),
    ],
)
def test_bad_input(changes, error, message):
    with pytest.raises(error, match=message):
        dr.compare_share(**{"count": 3, "nobs": 60, "population_share": 0.16} | changes)


@pytest.mark.parametrize(("share", "against", "se"), [(0.06, 0.1, 0.012), (0.3, 0.25, 0.02), (0.02, 0.02, 0.003)])
def test_coverage_where_the_population_is_estimated(share, against, se):
    """4,000 workforces of 500 and estimates of the population: the true ratio is in 95% of the intervals, or nearly."""
    made = np.random.Generator(np.random.Philox(9))
    counts = made.binomial(500, share, 4_000)
    estimated = np.clip(against + se * made.standard_normal(4_000), 1e-6, 1)
    found = dr.compare_share(counts, 500, estimated, population_se=se)
    assert ((found.low <= share / against) & (share / against <= found.high)).mean() > 0.935
