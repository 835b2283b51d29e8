"""Directly standardised rates: against a plain twin, hand calculations, simulation and laws."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

import dueregard as dr
from dueregard import Flag

METHODS = ("dobson", "dobson-exact", "gamma")
STRATA = st.lists(st.tuples(st.integers(0, 60), st.floats(1, 1e4), st.floats(0.01, 100)), min_size=1, max_size=6).map(
    lambda rows: np.array(rows).T
)


def plain(count, exposure, standard, method, level, variance_count=None):
    """One rate at a time, as the papers print the formulas, with chi-squared quantiles."""
    share = [w / sum(standard) for w in standard]
    rate = sum(w * x / n for w, x, n in zip(share, count, exposure, strict=True))
    spread = count if variance_count is None else variance_count
    variance = sum((w / n) ** 2 * v for w, v, n in zip(share, spread, exposure, strict=True))
    tail, total = (1 - level) / 2, sum(count)
    if method == "gamma":
        most = max(w / n for w, n in zip(share, exposure, strict=True))
        low = variance / (2 * rate) * chi2.ppf(tail, 2 * rate**2 / variance) if rate else 0.0
        upper, more = rate + most, variance + most**2
        return rate, low, more / (2 * upper) * chi2.isf(tail, 2 * upper**2 / more)
    if not rate:
        return rate, 0.0, math.nan
    if method == "dobson" and total >= 10:
        z = -NormalDist().inv_cdf(tail)
        low = total * max(1 - 1 / (9 * total) - z / (3 * math.sqrt(total)), 0) ** 3
        high = (total + 1) * (1 - 1 / (9 * (total + 1)) + z / (3 * math.sqrt(total + 1))) ** 3
    else:
        low, high = chi2.ppf(tail, 2 * total) / 2, chi2.isf(tail, 2 * total + 2) / 2
    scale = math.sqrt(variance / total)
    return rate, max(rate + scale * (low - total), 0.0), rate + scale * (high - total)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize("method", METHODS)
@given(strata=STRATA)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_it_answers_as_its_twin_does(method, level, strata):
    found = dr.standardised_rate(*strata, method=method, confidence_level=level)
    expected = plain(*strata.tolist(), method, level)
    assert found[:3] == pytest.approx(expected, rel=1e-9, abs=1e-15, nan_ok=True)


def test_by_hand():
    """10 of 100 and 6 of 300 in a standard of three to one: 0.75 x 0.1 + 0.25 x 0.02 = 0.08; 16 events by Byar."""
    found = dr.standardised_rate([10, 6], [100, 300], [3, 1])
    variance = (0.75 / 100) ** 2 * 10 + (0.25 / 300) ** 2 * 6
    low = 16 * (1 - 1 / 144 - 1.959963984540054 / 12) ** 3
    assert found.estimate == pytest.approx(0.08, rel=1e-12)
    assert found.low == pytest.approx(0.08 + math.sqrt(variance / 16) * (low - 16), rel=1e-12)


@pytest.mark.parametrize("count", [3, 9, 10, 40])
def test_one_stratum_is_a_crude_rate(count):
    """Dobson's limits are then those of the number of events, and so are the gamma ones."""
    crude = dr.rate_interval(count, 700.0, method="exact" if count < 10 else "byar")
    exact = dr.rate_interval(count, 700.0, method="exact")
    assert dr.standardised_rate([count], [700.0], [5])[:3] == pytest.approx(crude[:3], rel=1e-12)
    for method in ("dobson-exact", "gamma"):
        assert dr.standardised_rate([count], [700.0], [5], method=method)[:3] == pytest.approx(exact[:3], rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_a_standard_made_up_as_the_population_gives_the_crude_rate(method):
    found = dr.standardised_rate([10, 6], [100, 300], [1, 3], method=method)
    assert found.estimate == pytest.approx(16 / 400, rel=1e-12)


@pytest.mark.parametrize("method", METHODS)
@given(strata=STRATA, factor=st.sampled_from([1e-9, 7.0, 1e9]))
@settings(max_examples=40, derandomize=True, deadline=None)
def test_only_the_proportions_of_the_standard_matter(method, strata, factor):
    one = dr.standardised_rate(*strata, method=method)
    other = dr.standardised_rate(*strata * np.array([[1], [1], [factor]]), method=method)
    assert one[:3] == pytest.approx(other[:3], rel=1e-12, nan_ok=True)


@pytest.mark.parametrize(("method", "least"), [("dobson", 0.93), ("dobson-exact", 0.93), ("gamma", 0.95)])
def test_limits_hold_the_rate_as_often_as_they_say(method, least):
    rng = np.random.default_rng(3)
    exposure, standard = np.array([50.0, 400, 90, 300]), np.array([0.4, 0.1, 0.3, 0.2])
    rate = np.array([0.05, 0.02, 0.2, 0.08])
    count = rng.poisson(rate * exposure, (6000, 4))
    found = dr.standardised_rate(count, exposure, standard, method=method)
    truth = (standard * rate).sum()
    assert least <= np.mean((found.low <= truth) & (truth <= found.high)) <= 0.98


def test_people_who_repeat():
    """Three people with one event and two with four: the variance of the count is 3 x 1 + 2 x 16, not 11."""
    count, exposure, standard = [11, 20], [100, 100], [1, 1]
    repeats = 3 * 1**2 + 2 * 4**2
    found = dr.standardised_rate(count, exposure, standard, variance_count=[repeats, 20])
    once = dr.standardised_rate(count, exposure, standard)
    assert found[:3] == pytest.approx(plain(count, exposure, standard, "dobson", 0.95, [repeats, 20]), rel=1e-12)
    assert found.estimate == once.estimate
    assert found.high - found.low == pytest.approx((once.high - once.low) * math.sqrt(55 / 31), rel=1e-12)


def test_few_events_keep_their_figure_and_are_flagged():
    """Published tables leave it out; the figure and what to know of it are both here."""
    few = dr.standardised_rate([4, 5], [100, 100], [1, 1])
    assert few.flag == Flag.FEW_EVENTS
    assert few.low < few.estimate < few.high
    assert dr.standardised_rate([5, 5], [100, 100], [1, 1]).flag == Flag(0)


@pytest.mark.parametrize("method", METHODS)
def test_a_stratum_of_the_standard_without_people(method):
    """Its rate is not known, so the whole is not; without a part in the standard it does not matter."""
    nobody = dr.standardised_rate([5, 0], [100, 0], [1, 1], method=method)
    assert nobody.flag == Flag.NO_POPULATION
    assert all(math.isnan(value) for value in nobody[:3])
    outside = dr.standardised_rate([5, 0], [100, 0], [1, 0], method=method)
    assert outside[:3] == dr.standardised_rate([5], [100], [1], method=method)[:3]


def test_events_outside_the_standard_are_not_among_the_few():
    found = dr.standardised_rate([5, 900], [100, 1000], [1, 0])
    assert found[:3] == dr.standardised_rate([5], [100], [1])[:3]
    assert found.flag == Flag.FEW_EVENTS


def test_without_events():
    for method in ("dobson", "dobson-exact"):
        none = dr.standardised_rate([0, 0], [100, 50], [1, 1], method=method)
        assert (none.estimate, none.low) == (0, 0)
        assert math.isnan(none.high)
        assert none.flag == Flag.FEW_EVENTS | Flag.UNDEFINED
    gamma = dr.standardised_rate([0, 0], [100, 50], [1, 1], method="gamma")
    assert gamma.high == pytest.approx(0.5 / 50 * -math.log(0.025), rel=1e-12)
    assert gamma.flag == Flag.FEW_EVENTS


def test_strata_lie_where_axis_says():
    rng = np.random.default_rng(1)
    exposure = rng.uniform(50, 99, (3, 4, 2))
    count, standard = rng.poisson(exposure / 4), np.array([2.0, 3, 4, 5])[:, np.newaxis]
    found = dr.standardised_rate(count, exposure, standard, axis=1)
    assert found.low.shape == found.flag.shape == (3, 2)
    alone = dr.standardised_rate(count[2, :, 1], exposure[2, :, 1], standard[:, 0])
    assert (found.estimate[2, 1], found.low[2, 1], found.high[2, 1]) == pytest.approx(alone[:3], rel=1e-12)
    assert type(alone.low) is float
    assert type(alone.flag) is Flag


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"count": [1, -2]}, ValueError, "count: -2 at index 1 is negative"),
        ({"count": [1, 2.5]}, ValueError, "count: 2.5 at index 1 is not a whole number"),
        ({"exposure": [1, -2]}, ValueError, "exposure: -2 at index 1 is negative"),
        ({"exposure": [1, 0]}, ValueError, "count: 2 at index 1 is above 0 although the exposure is 0 there"),
        ({"standard": [1, -2]}, ValueError, "standard: -2 at index 1 is negative"),
        ({"standard": [0, 0]}, ValueError, "standard: it is 0 in every stratum"),
        ({"standard": [1, math.nan]}, ValueError, "standard: nan at index 1 is not a number"),
        ({"standard": [1, 2, 3]}, ValueError, "do not broadcast"),
        ({"axis": 2}, ValueError, r"axis: 2 is not an axis of counts of shape \(2,\)"),
        ({"method": "wald"}, ValueError, "method: 'wald' is not one of"),
        ({"confidence_level": 95}, ValueError, "confidence_level: 95 is not between 0 and 1"),
        ({"variance_count": [1, -1]}, ValueError, "variance_count: -1 at index 1 is negative"),
        (
            {"variance_count": [1, 1], "method": "gamma"},
            ValueError,
            "variance_count: 'gamma' is for independent events",
        ),
        ({"count": ["a", 1]}, TypeError, "count: 'a' at index 0 is not a number"),
    ],
)
def test_bad_input(arguments, error, message):
    with pytest.raises(error, match=message):
        dr.standardised_rate(**{"count": [1, 2], "exposure": [10, 20], "standard": [1, 1]} | arguments)


def test_scalars_have_no_strata():
    with pytest.raises(ValueError, match=r"axis: -1 is not an axis of counts of shape \(\)"):
        dr.standardised_rate(1, 2, 3)
