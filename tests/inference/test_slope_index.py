"""dr.slope_index: the regression written out, its limits by three methods, and what zeros do."""

import math

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

import dueregard as dr
from dueregard.flags import Flag

COUNT, NOBS = np.array([210, 240, 250, 270, 280]), np.array([400, 410, 405, 395, 390])
MEASURES, TRANSFORMS = ("slope", "relative"), ("none", "log", "logit")
TO = {"none": lambda p: p, "log": np.log, "logit": lambda p: np.log(p / (1 - p))}
BACK = {"none": lambda x: x, "log": np.exp, "logit": lambda x: 1 / (1 + np.exp(-x))}


def ends(count, nobs, transform, population=None):
    """The published form: ordinary least squares of y and of the two columns, each multiplied by the root of a."""
    a = np.asarray(nobs if population is None else population, float)
    a = a / a.sum()
    b = np.cumsum(a) - a / 2
    y, root = TO[transform](count / nobs), np.sqrt(a)
    (intercept, slope), *_ = np.linalg.lstsq(np.column_stack([root, b * root]), root * y, rcond=None)
    return BACK[transform](intercept), BACK[transform](intercept + slope)


@pytest.mark.parametrize("transform", TRANSFORMS)
def test_the_line_is_that_of_weighted_least_squares(transform):
    bottom, top = ends(COUNT, NOBS, transform)
    slope = dr.slope_index(COUNT, NOBS, transform=transform)
    relative = dr.slope_index(COUNT, NOBS, transform=transform, measure="relative")
    assert (slope.bottom, slope.top) == pytest.approx((bottom, top), rel=1e-9)
    assert slope.estimate == pytest.approx(top - bottom, rel=1e-9)
    assert relative.estimate == pytest.approx(top / bottom, rel=1e-9)
    assert (relative.measure, relative.transform, relative.multiplier) == ("relative", transform, 1)


def test_populations_set_the_weights():
    people = [10, 20, 40, 20, 10]
    bottom, top = ends(COUNT, NOBS, "none", people)
    found = dr.slope_index(COUNT, NOBS, population=people)
    assert (found.bottom, found.top) == pytest.approx((bottom, top), rel=1e-9)


@pytest.mark.parametrize("transform", ["none", "log"])
def test_limits_from_distances_are_those_of_a_regression(transform):
    a = NOBS / NOBS.sum()
    design = sm.add_constant(np.cumsum(a) - a / 2)
    fit = sm.WLS(TO[transform](COUNT / NOBS), design, weights=a).fit()
    low, high = fit.conf_int(0.1)[1]
    measure = "slope" if transform == "none" else "relative"
    found = dr.slope_index(
        COUNT, NOBS, transform=transform, measure=measure, method="least-squares", confidence_level=0.9
    )
    back = BACK["log"] if transform == "log" else BACK["none"]
    assert (found.low, found.high) == pytest.approx((back(low), back(high)), rel=1e-9)
    assert found.pvalue == pytest.approx(fit.pvalues[1], rel=1e-9)


def test_the_delta_method_by_hand():
    """Two groups of one size: the slope is twice the difference of the shares, and so is its standard error."""
    found = dr.slope_index([30, 50], [100, 100])
    assert found.estimate == pytest.approx(0.4)
    variances = [(x + 0.5) / 101 * (1 - (x + 0.5) / 101) / 100 for x in (30, 50)]
    error = 2 * math.sqrt(sum(variances))
    assert (found.low, found.high) == pytest.approx((0.4 - norm.ppf(0.975) * error, 0.4 + norm.ppf(0.975) * error))
    assert found.pvalue == pytest.approx(2 * norm.sf(0.4 / error))
    rates = dr.slope_index([30, 50], exposure=[100, 100])
    error = 2 * math.sqrt(30.5 + 50.5) / 100
    assert rates.high == pytest.approx(0.4 + norm.ppf(0.975) * error)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("transform", TRANSFORMS)
def test_drawn_limits_agree_with_computed_ones(measure, transform):
    many = {"measure": measure, "transform": transform}
    computed = dr.slope_index(10 * COUNT, 10 * NOBS, **many)
    drawn = dr.slope_index(10 * COUNT, 10 * NOBS, method="simulation", **many)
    width = computed.high - computed.low
    assert drawn.estimate == computed.estimate
    assert (drawn.low, drawn.high) == pytest.approx((computed.low, computed.high), abs=0.03 * width)
    assert "100,000 lines drawn, rng=0" in drawn.method


def test_drawn_limits_are_the_same_each_time():
    one, again, other = (dr.slope_index(COUNT, NOBS, method="simulation", rng=rng) for rng in (1, 1, 2))
    assert one == again
    assert one.low != other.low


tables = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 60)), min_size=3, max_size=6)


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from(MEASURES), st.sampled_from(TRANSFORMS), st.sampled_from(["delta", "least-squares"]))
def test_one_story(drawn, measure, transform, method):
    count = np.array([some for some, _ in drawn])
    nobs = count + [more for _, more in drawn]
    found = dr.slope_index(count, nobs, measure=measure, transform=transform, method=method)
    null = 0 if measure == "slope" else 1
    if not math.isnan(found.estimate):
        assert found.low - 1e-12 <= found.estimate <= found.high + 1e-12
        outside = found.low > null + 1e-12 or found.high < null - 1e-12
        if abs(found.pvalue - 0.05) > 1e-9:
            assert outside == (found.pvalue < 0.05)


@settings(max_examples=60, deadline=None)
@given(tables, st.integers(2, 9), st.sampled_from(TRANSFORMS))
def test_laws(drawn, times, transform):
    count = np.array([some for some, _ in drawn])
    nobs = count + [more for _, more in drawn]
    slope = dr.slope_index(count, nobs, transform=transform)
    turned = dr.slope_index(count[::-1], nobs[::-1], transform=transform)
    assert turned.estimate == pytest.approx(-slope.estimate, abs=1e-9)
    assert (turned.low, turned.high) == pytest.approx((-slope.high, -slope.low), abs=1e-9)
    scaled = dr.slope_index(times * count, times * nobs, transform=transform)
    assert scaled.estimate == pytest.approx(slope.estimate, abs=1e-9)
    level = dr.slope_index(np.full(len(count), 3), 10, transform=transform)
    assert level.estimate == pytest.approx(0, abs=1e-9)
    assert level.pvalue == pytest.approx(1, abs=1e-6)


def test_multipliers():
    plain = dr.slope_index(COUNT, NOBS)
    percent = dr.slope_index(COUNT, NOBS, multiplier=-100)
    assert percent[:3] == pytest.approx((-100 * plain.estimate, -100 * plain.high, -100 * plain.low))
    ratio = dr.slope_index(COUNT, NOBS, measure="relative")
    over = dr.slope_index(COUNT, NOBS, measure="relative", multiplier=-100)
    assert over[:3] == pytest.approx((1 / ratio.estimate, 1 / ratio.high, 1 / ratio.low))
    assert over.pvalue == ratio.pvalue
    assert dr.slope_index(COUNT, NOBS, measure="relative", multiplier=100)[:4] == ratio[:4]


def test_the_ratio_without_a_transform_has_the_p_value_of_the_slope():
    slope, ratio = (dr.slope_index(COUNT, NOBS, measure=measure) for measure in MEASURES)
    assert slope.pvalue == ratio.pvalue


@pytest.mark.parametrize("method", ["delta", "simulation"])
@pytest.mark.parametrize("measure", MEASURES)
def test_rates_that_a_scale_does_not_have(method, measure):
    options = {"method": method, "measure": measure, "n_resamples": 999}
    for transform, count in (("log", [0, 3, 5]), ("logit", [0, 3, 5]), ("logit", [3, 5, 10])):
        found = dr.slope_index(count, 10, transform=transform, **options)
        assert all(math.isnan(value) for value in found[:6])
        assert found.flag == Flag.UNDEFINED
    assert dr.slope_index([3, 5, 10], 10, transform="log", **options).flag == Flag(0)
    found = dr.slope_index([0, 3, 10], 10, **options)
    assert found.low < found.high


def test_a_line_that_ends_below_0_has_no_ratio():
    for method in ("delta", "simulation"):
        below = dr.slope_index([0, 1, 20], 30, measure="relative", method=method)
        assert math.isnan(below.estimate)
        assert (below.low <= 1, below.high, below.flag) == (True, math.inf, Flag.UNDEFINED)
        above = dr.slope_index([20, 1, 0], 30, measure="relative", method=method)
        assert math.isnan(above.estimate)
        assert above.low == 0
        assert above.flag == Flag.UNDEFINED


def test_no_events_and_all_events():
    for count in ([0, 0, 0], [10, 10, 10]):
        found = dr.slope_index(count, 10)
        assert found.estimate == pytest.approx(0, abs=1e-12)
        assert found.low < 0 < found.high


def test_two_groups_have_no_distances_from_the_line():
    assert dr.slope_index([3, 5], 10).flag == Flag.SMALL_BASE
    found = dr.slope_index([3, 5], 10, method="least-squares")
    assert all(math.isnan(value) for value in found[:6])
    assert found.flag & Flag.NO_CASES


@pytest.mark.slow
def test_coverage_of_the_slope():
    """Five groups of 30 on a line of shares from 0.1 to 0.5: 95% intervals leave it out about 5 times in 100."""
    shares, random = np.linspace(0.14, 0.46, 5), np.random.default_rng(4)
    found = dr.slope_index(random.binomial(30, shares, (4000, 5)), 30)
    assert np.mean((found.low > 0.4) | (found.high < 0.4)) == pytest.approx(0.05, abs=0.015)
    ratio = dr.slope_index(random.binomial(60, shares, (4000, 5)), 60, measure="relative")
    assert np.mean((ratio.low > 5) | (ratio.high < 5)) == pytest.approx(0.05, abs=0.02)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"measure": "difference"}, ValueError, "measure: 'difference' is not one of 'slope', 'relative'"),
        ({"transform": "square"}, ValueError, "transform: 'square' is not one of"),
        ({"method": "bootstrap"}, ValueError, "method: 'bootstrap' is not one of 'delta'"),
        ({"multiplier": 0}, ValueError, "multiplier: 0 is not a finite number other than 0"),
        ({"multiplier": math.inf}, ValueError, "multiplier: inf is not a finite number"),
        ({"multiplier": "100"}, TypeError, "multiplier: '100' is not a number"),
        ({"population": [1, -1, 2]}, ValueError, "population: -1 at index 1 is negative"),
        ({"population": [1, 2]}, ValueError, "count and population: shapes .* do not broadcast"),
        ({"nobs": None, "exposure": 10, "transform": "logit"}, ValueError, "transform: 'logit' is for proportions"),
    ],
)
def test_bad_input(change, error, message):
    arguments = {"count": [1, 2, 3], "nobs": 10} | change
    with pytest.raises(error, match=message):
        dr.slope_index(arguments.pop("count"), arguments.pop("nobs"), **arguments)
