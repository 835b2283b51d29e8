"""Variation between areas: its test keeps its level, its interval its equation, its largest gap its meaning."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import chi2, norm

import dueregard as dr
from dueregard.flags import Flag
from dueregard.inference.two_groups.variation import LARGEST, SPREAD, chance_rate, cochran_q, largest_expected, spread

# Nine studies: effects and variances, with the values worked out by hand below from the definitions.
GAP = np.array([0.02, 0.10, 0.05, -0.12, 0.20, 0.00, 0.07, 0.15, -0.05])
VARIANCE = np.array([0.003, 0.002, 0.004, 0.006, 0.005, 0.001, 0.0025, 0.0035, 0.002])


def plain_q(between):
    weight = [1 / (v + between) for v in VARIANCE]
    mean = sum(w * g for w, g in zip(weight, GAP, strict=True)) / sum(weight)
    return sum(w * (g - mean) ** 2 for w, g in zip(weight, GAP, strict=True))


def test_the_estimate_is_that_of_paule_and_mandel():
    found = spread(GAP, VARIANCE, 0.95)
    assert plain_q(found.estimate**2) == pytest.approx(8, rel=1e-9)
    assert found.pvalue == pytest.approx(chi2.sf(plain_q(0), 8), rel=1e-12)
    assert cochran_q(GAP, VARIANCE) == pytest.approx(plain_q(0))


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
def test_limits_solve_their_equations(level):
    found = spread(GAP, VARIANCE, level)
    if found.low > 0:
        assert plain_q(found.low**2) == pytest.approx(chi2.ppf(level, 8), rel=1e-9)
    assert plain_q(found.high**2) == pytest.approx(chi2.ppf(1 - level, 8), rel=1e-9)
    assert (found.low > 0) == (found.pvalue < 1 - level)


def test_the_interval_excludes_zero_exactly_when_p_is_small():
    rng = np.random.default_rng(2)
    for _ in range(200):
        variance = rng.uniform(0.001, 0.01, 6)
        found = spread(rng.normal(0, np.sqrt(variance + 0.004)), variance, 0.95)
        assert (found.low > 0) == (found.pvalue < 0.05)
        assert found.low <= found.high <= 1


def test_the_estimate_lies_within_its_interval_also_with_areas_that_are_far_out():
    gap = np.array([0.1, 0.12, 0.11, 0.09, 5.0, -4.0])
    for variance in (np.full(6, 1e-4), np.array([1e-5, 1e-5, 1e-5, 1e-5, 2.0, 0.5])):
        found = spread(gap, variance, 0.95, most=20.0)
        assert found.low <= found.estimate <= found.high
    rng = np.random.default_rng(5)
    for _ in range(300):
        variance = rng.uniform(1e-4, 0.05, 5) ** 2
        found = spread(rng.normal(0, 0.03, 5), variance, 0.95)
        assert found.low <= found.estimate <= found.high


def test_equal_gaps_have_no_spread_and_far_ones_are_cut():
    assert spread(np.full(5, 0.1), np.full(5, 0.001), 0.95)[:3] == (0.0, 0.0, 0.0)
    assert spread(np.array([-1.0, 1.0]), np.array([1e-6, 1e-6]), 0.95).high == 1.0


def test_the_largest_gap_is_its_integral_and_its_simulation():
    mean = (GAP / VARIANCE).sum() / (1 / VARIANCE).sum()
    sd = np.sqrt(VARIANCE)

    def beyond(t):
        return 1 - np.prod(norm.cdf((t - mean) / sd) - norm.cdf((-t - mean) / sd))

    found = largest_expected(GAP, VARIANCE)
    assert found == pytest.approx(quad(beyond, 0, 1, limit=200)[0], rel=1e-6)
    draws = np.abs(np.random.default_rng(3).normal(mean, sd, (20000, 9))).max(axis=1)
    assert found == pytest.approx(draws.mean(), abs=4 * draws.std() / math.sqrt(20000))


def test_very_many_areas_are_taken_in_blocks():
    one = largest_expected(np.tile(GAP, 200), np.tile(VARIANCE, 200))
    draws = np.random.default_rng(5).normal(0, 1, (400, 1800)) * np.sqrt(np.tile(VARIANCE, 200))
    mean = (GAP / VARIANCE).sum() / (1 / VARIANCE).sum()
    assert one == pytest.approx(np.abs(mean + draws).max(axis=1).mean(), rel=0.02)


def test_variances_are_usable_at_the_edges_and_near_the_plain_one_elsewhere():
    _, variance = chance_rate(np.array([0.0, 1.0, 0.8]), np.array([5.0, 5.0, 4000.0]))
    assert (variance > 0).all() and np.isfinite(variance).all()
    assert variance[2] == pytest.approx(0.8 * 0.2 / 4000, rel=0.01)
    _, none = chance_rate(np.zeros(3), np.array([0.0, 20.0, 20.0]))
    assert np.isnan(none[0]) and none[1] > 0


@pytest.mark.parametrize(
    "n_group, n_reference, rate, gap",
    [
        ([200], [440], 0.81, -0.07),
        ([20], [100], 0.81, -0.07),
        ([5], [20], 0.8, -0.05),
        ([8, 30, 80, 300], [50, 300, 100, 40], 0.8, -0.05),
        ([8, 30, 80, 300], [50, 300, 100, 40], 0.95, -0.03),
        ([50], [200], 0.05, 0.03),
    ],
)
def test_areas_that_do_not_differ_are_rarely_said_to(n_group, n_reference, rate, gap):
    rng = np.random.default_rng(2011)
    n1, n2 = (np.resize(np.array(n, float), 32) for n in (n_group, n_reference))
    found = 0
    for _ in range(1200):
        p1, p2 = rng.binomial(n1.astype(int), rate + gap) / n1, rng.binomial(n2.astype(int), rate) / n2
        variance = chance_rate(p1, n1)[1] + chance_rate(p2, n2)[1]
        found += chi2_tail(cochran_q(p1 - p2, variance), 31) < 0.05
    assert found / 1200 < 0.075  # the standard error is 0.6%


def chi2_tail(q, degrees):
    from scipy.special import chdtrc

    return chdtrc(degrees, q)


def test_areas_that_differ_are_found():
    rng = np.random.default_rng(4)
    n = np.full(32, 150.0)
    found = 0
    for _ in range(300):
        p1 = rng.binomial(150, np.clip(rng.normal(0.7, 0.1, 32), 0, 1)) / n
        p2 = rng.binomial(150, 0.8, 32) / n
        variance = chance_rate(p1, n)[1] + chance_rate(p2, n)[1]
        found += spread(p1 - p2, variance, 0.95).pvalue < 0.05
    assert found > 290


def findings(counts, areas=None, **options):
    counts = np.array(counts)
    labels = {"area": areas or list("abcdefgh"[: len(counts)]), "g": ["Asian", "White"], "y": [False, True]}
    tally = dr.Tally(counts, labels, outcome="y")
    return dr.gap(tally, outcome="y", positive=True, group="g", reference="White", by="area", **options)


def test_the_rows_of_a_gap():
    counts = [[[20, 80], [50, 250]], [[35, 65], [40, 160]], [[0, 0], [10, 90]], [[10, 30], [30, 70]]]
    between, largest = findings(counts).filter(row_type="variation").rows()
    used = [0, 1, 3]
    n = np.array(counts)[used].sum(axis=2).astype(float)
    p = np.array(counts)[used][:, :, 1] / n
    variance = chance_rate(p[:, 0], n[:, 0])[1] + chance_rate(p[:, 1], n[:, 1])[1]
    expected = spread(p[:, 0] - p[:, 1], variance, 0.95)
    assert (between["estimate"], between["low"], between["high"]) == pytest.approx(
        (100 * expected.estimate, 100 * expected.low, 100 * expected.high)
    )
    assert between["pvalue"] == pytest.approx(expected.pvalue)
    assert between["confidence_level"] == 0.9
    assert between["method"].startswith(f"{SPREAD}, 3 areas") and largest["method"] == f"{LARGEST}, 3 areas"
    assert between["flag"] == largest["flag"] == Flag.AREAS_LEFT_OUT
    assert largest["value"] == pytest.approx(100 * np.abs(p[:, 0] - p[:, 1]).max())
    assert largest["estimate"] == pytest.approx(100 * largest_expected(p[:, 0] - p[:, 1], variance))
    assert between["area"] is None and between["count"] is None and between["verdict"] is None


def test_one_area_cannot_vary():
    between, largest = findings([[[20, 80], [50, 250]]]).filter(row_type="variation").rows()
    assert math.isnan(between["estimate"]) and math.isnan(largest["estimate"])
    assert Flag.TOO_FEW_AREAS in between["flag"]


def test_people_of_unknown_area_are_pooled_but_are_no_area():
    counts = [[[20, 80], [50, 250]], [[35, 65], [40, 160]], [[0, 9], [10, 90]]]
    found = findings(counts, areas=["a", "b", "not stated"])
    assert next(found.filter(row_type="variation").rows())["method"].startswith(f"{SPREAD}, 2 areas")
    assert found["nobs"][0] == 209
    assert found["area"][-1] == "not stated"
