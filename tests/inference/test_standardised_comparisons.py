"""Two directly standardised rates compared: against a plain twin, hand calculations, simulation and laws."""

import itertools
import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import norm

import dueregard as dr
from dueregard import Flag

PAIRS = [("ratio", "mover"), ("ratio", "log"), ("difference", "mover"), ("difference", "wald")]
NULLS = {"ratio": (0.5, 1.0, 2.0), "difference": (-0.02, 0.0, 0.01)}
STRATA = st.lists(
    st.tuples(st.integers(0, 40), st.floats(1, 1e3), st.integers(0, 40), st.floats(1, 1e3), st.floats(0.1, 10)),
    min_size=1,
    max_size=5,
).map(lambda rows: np.array(rows).T)


def plain(x1, n1, x2, n2, standard, measure, method, level):
    """Estimate, low and high of one pair of rates."""
    first = [
        dr.standardised_rate(x, n, standard, method="gamma", confidence_level=level) for x, n in ((x1, n1), (x2, n2))
    ]
    (d1, l1, u1, _), (d2, l2, u2, _) = first
    if method == "mover" and measure == "difference":
        return d1 - d2, d1 - d2 - math.hypot(d1 - l1, u2 - d2), d1 - d2 + math.hypot(u1 - d1, d2 - l2)
    if method == "mover":
        low = brentq(lambda t: d1 - t * d2 - math.hypot(d1 - l1, t * (u2 - d2)), 0, d1 / d2, xtol=1e-15)
        far = d1 / d2
        while d1 - far * d2 + math.hypot(u1 - d1, far * (d2 - l2)) > 0:
            far *= 2
        high = brentq(lambda t: d1 - t * d2 + math.hypot(u1 - d1, t * (d2 - l2)), d1 / d2, far, xtol=1e-15)
        return d1 / d2, low, high
    share = [w / sum(standard) for w in standard]
    v1, v2 = (sum((w / n) ** 2 * x for w, x, n in zip(share, xs, ns, strict=True)) for xs, ns in ((x1, n1), (x2, n2)))
    z = NormalDist().inv_cdf(0.5 + level / 2)
    if method == "wald":
        return d1 - d2, d1 - d2 - z * math.sqrt(v1 + v2), d1 - d2 + z * math.sqrt(v1 + v2)
    error = math.sqrt(v1 / d1**2 + v2 / d2**2)
    return d1 / d2, d1 / d2 * math.exp(-z * error), d1 / d2 * math.exp(z * error)


@pytest.mark.parametrize("level", [0.8, 0.95])
@pytest.mark.parametrize(("measure", "method"), PAIRS)
@given(strata=STRATA)
@settings(max_examples=40, derandomize=True, deadline=None)
def test_it_answers_as_its_twin_does(measure, method, level, strata):
    strata[[0, 2]] += 1  # the twin knows nothing of zeros
    found = dr.compare_standardised_rates(*strata, measure=measure, method=method, confidence_level=level)
    expected = plain(*strata.tolist(), measure, method, level)
    assert found[:3] == pytest.approx(expected, rel=1e-8, abs=1e-12)


def test_by_hand():
    """Rates 0.1 and 0.02 against 0.05 and 0.02 in a standard of three to one: 0.08 against 0.0425."""
    found = dr.compare_standardised_rates([10, 6], [100, 300], [5, 2], [100, 100], [3, 1], method="log")
    v1 = (0.75 / 100) ** 2 * 10 + (0.25 / 300) ** 2 * 6
    v2 = (0.75 / 100) ** 2 * 5 + (0.25 / 100) ** 2 * 2
    error = math.sqrt(v1 / 0.08**2 + v2 / 0.0425**2)
    assert found.estimate == pytest.approx(0.08 / 0.0425, rel=1e-12)
    assert found.statistic == pytest.approx(math.log(0.08 / 0.0425) / error, rel=1e-12)
    assert found.pvalue == pytest.approx(2 * norm.sf(found.statistic), rel=1e-12)
    assert found.low == pytest.approx(0.08 / 0.0425 * math.exp(-1.959963984540054 * error), rel=1e-12)


@pytest.mark.parametrize(("measure", "method"), PAIRS)
@given(strata=STRATA, alternative=st.sampled_from(["two-sided", "less", "greater"]))
@settings(max_examples=80, derandomize=True, deadline=None)
def test_p_is_where_the_interval_ends_at_the_null_value(measure, method, strata, alternative):
    for null in NULLS[measure]:
        asked = {"measure": measure, "method": method, "null": null, "alternative": alternative}
        pvalue = dr.compare_standardised_rates(*strata, **asked).pvalue
        if not 1e-9 < pvalue < (1 - 1e-6 if alternative == "two-sided" else 0.5):
            continue
        for level, held in ((1 - 0.999 * pvalue, True), (1 - 1.001 * pvalue, False)):
            if 0 < level < 1:
                at = dr.compare_standardised_rates(*strata, **asked, confidence_level=level)
                assert (at.low <= null <= at.high) is held


@pytest.mark.parametrize("level", [0.8, 0.95, 0.998])
@pytest.mark.parametrize(("measure", "method"), PAIRS)
def test_every_small_pair_of_strata(measure, method, level):
    """No failure, NaN only without a stratum to use, and one story of p and interval."""
    arms = [(0, 0)] + [(x, n) for n in (1, 10) for x in (0, 1, 5)]
    strata = np.array(list(itertools.product(arms, arms)), float).reshape(-1, 4)
    one, two = np.divmod(np.arange(len(strata) ** 2), len(strata))
    counts = [np.stack([strata[one, i], strata[two, i]], axis=-1) for i in range(4)]
    unused = ((counts[1] == 0) | (counts[3] == 0)).all(axis=-1)
    for null in NULLS[measure]:
        for alternative in ("two-sided", "less", "greater"):
            found = dr.compare_standardised_rates(
                *counts, [2, 3], measure=measure, method=method, null=null, alternative=alternative,
                confidence_level=level,
            )  # fmt: skip
            for row in (found.low, found.high, found.pvalue):
                np.testing.assert_array_equal(np.isnan(row), unused)
            np.testing.assert_array_equal(found.pvalue < 1 - level, (null < found.low) | (null > found.high))
    defined = ~np.isnan(found.estimate)
    assert (found.low <= found.estimate)[defined].all()
    assert (found.estimate <= found.high)[defined].all()


@pytest.mark.parametrize(("measure", "method"), PAIRS)
def test_limits_hold_the_truth_as_often_as_they_say(measure, method):
    """Strata whose ratios differ: what is estimated is the ratio in the standard population."""
    rng = np.random.default_rng(2)
    n1, n2, standard = np.array([80.0, 400, 60]), np.array([300.0, 200, 500]), np.array([0.5, 0.3, 0.2])
    rate1, rate2 = np.array([0.2, 0.05, 0.4]), np.array([0.05, 0.1, 0.1])
    x1, x2 = rng.poisson(rate1 * n1, (6000, 3)), rng.poisson(rate2 * n2, (6000, 3))
    one, two = (standard * rate1).sum(), (standard * rate2).sum()
    truth = one / two if measure == "ratio" else one - two
    found = dr.compare_standardised_rates(x1, n1, x2, n2, standard, measure=measure, method=method)
    assert 0.94 <= np.mean((found.low <= truth) & (truth <= found.high)) <= 0.985


@pytest.mark.parametrize(("measure", "method"), PAIRS)
@given(strata=STRATA)
@settings(max_examples=60, derandomize=True, deadline=None)
def test_exchanging_groups_turns_the_answer(measure, method, strata):
    one = dr.compare_standardised_rates(*strata, measure=measure, method=method)
    other = dr.compare_standardised_rates(*strata[[2, 3, 0, 1, 4]], measure=measure, method=method)

    def turned(value):
        return -value if measure == "difference" else 1 / value if value else math.inf

    assert one.low == pytest.approx(turned(other.high), rel=1e-9, abs=1e-12)
    assert one.high == pytest.approx(turned(other.low), rel=1e-9, abs=1e-12)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-8)


def test_a_standard_made_up_as_the_first_group_is_indirect_standardisation():
    x1, n1, x2, n2 = [30, 12], [1000, 900], [400, 90], [9000, 4000]
    found = dr.compare_standardised_rates(x1, n1, x2, n2, n1)
    expected = dr.expected_events(n1, np.array(x2) / n2)
    assert found.estimate == pytest.approx(dr.indirect_ratio(42, expected).estimate, rel=1e-12)
    narrow = dr.indirect_ratio(42, expected, method="rothman-greenland")
    wide = dr.compare_standardised_rates(x1, n1, x2, n2, n1, method="log")
    assert wide.low < narrow.low and narrow.high < wide.high
    certain = dr.compare_standardised_rates(x1, n1, np.array(x2) * 10**8, np.array(n2) * 10.0**8, n1, method="log")
    assert (certain.low, certain.high) == pytest.approx((narrow.low, narrow.high), rel=1e-7)


def test_strata_that_only_one_group_has_are_left_out():
    both = dr.compare_standardised_rates([10, 6], [100, 300], [5, 2], [100, 100], [3, 1])
    more = dr.compare_standardised_rates([10, 6, 4, 0], [100, 300, 50, 0], [5, 2, 0, 0], [100, 100, 0, 0], [3, 1, 9, 9])
    assert both[:5] == pytest.approx(more[:5], rel=1e-12)
    assert more.flag == both.flag | Flag.STRATA_LEFT_OUT
    outside = dr.compare_standardised_rates([10, 6, 0], [100, 300, 0], [5, 2, 3], [100, 100, 9], [3, 1, 0])
    assert outside[:5] == both[:5]
    assert Flag.STRATA_LEFT_OUT not in outside.flag


def test_nothing_to_compare():
    empty = dr.compare_standardised_rates([0, 0], [0, 0], [1, 2], [3, 4], [1, 1])
    assert all(math.isnan(value) for value in empty[:5])
    assert empty.flag == Flag.NO_CASES | Flag.STRATA_LEFT_OUT
    apart = dr.compare_standardised_rates([1, 0], [40, 0], [0, 2], [0, 40], [1, 1])
    assert apart.flag == Flag.STRATA_LEFT_OUT | Flag.UNDEFINED
    for measure, method in PAIRS[:2]:
        nobody = dr.compare_standardised_rates([0, 0], [4, 5], [0, 0], [4, 5], [1, 1], measure=measure, method=method)
        assert math.isnan(nobody.estimate)
        assert (nobody.low, nobody.high, nobody.pvalue) == (0, math.inf, 1)
        assert nobody.flag == Flag.UNDEFINED | Flag.FEW_EVENTS


def test_ratios_of_none_and_to_none():
    none = dr.compare_standardised_rates([0, 0], [40, 50], [40, 30], [40, 50], [1, 1])
    to_none = dr.compare_standardised_rates([40, 30], [40, 50], [0, 0], [40, 50], [1, 1])
    assert (none.estimate, none.low) == (0, 0)
    assert 0 < none.high < 1
    assert (to_none.estimate, to_none.high) == (math.inf, math.inf)
    assert to_none.low == pytest.approx(1 / none.high, rel=1e-12)
    assert none.pvalue == pytest.approx(to_none.pvalue) and none.pvalue < 0.05
    assert none.flag == to_none.flag == Flag.FEW_EVENTS
    blunt = dr.compare_standardised_rates([0, 0], [40, 50], [9, 3], [40, 50], [1, 1], method="log")
    assert (blunt.estimate, blunt.low, blunt.high, blunt.pvalue) == (0, 0, math.inf, 1)
    assert Flag.UNDEFINED in blunt.flag
    point = dr.compare_standardised_rates([0], [4], [0], [5], [1], measure="difference", method="wald")
    assert (point.low, point.high, point.pvalue) == (0, 0, 1)
    assert Flag.UNDEFINED in point.flag


def test_equivalence_is_two_one_sided_tests():
    counts = [300, 40], [400, 300], [310, 42], [410, 305], [1, 1]
    found = dr.compare_standardised_rates(*counts, alternative="equivalence", null=(0.8, 1.25))
    above = dr.compare_standardised_rates(*counts, alternative="greater", null=0.8)
    below = dr.compare_standardised_rates(*counts, alternative="less", null=1.25)
    assert (found.low, found.high) == (above.low, below.high)
    assert found.pvalue == max(above.pvalue, below.pvalue)


def test_strata_lie_where_axis_says():
    rng = np.random.default_rng(4)
    n1, n2 = rng.uniform(1, 30, (2, 2, 3, 4))
    x1, x2 = rng.poisson(n1 * 0.3), rng.poisson(n2 * 0.4)
    standard = np.array([1.0, 2, 3])[:, np.newaxis]
    found = dr.compare_standardised_rates(x1, n1, x2, n2, standard, axis=1, null=[0.5, 1, 2, 3])
    assert found.low.shape == found.flag.shape == (2, 4)
    alone = dr.compare_standardised_rates(x1[1, :, 2], n1[1, :, 2], x2[1, :, 2], n2[1, :, 2], [1, 2, 3], null=2)
    assert [value[1, 2] for value in found[:5]] == pytest.approx(list(alone[:5]), rel=1e-9)
    assert type(alone.low) is float and type(alone.flag) is Flag


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"count1": [1, -2]}, ValueError, "count1: -2 at index 1 is negative"),
        ({"exposure2": [5, 0]}, ValueError, "count2: 2 at index 1 happened where exposure2 is 0"),
        ({"standard": [1, -1]}, ValueError, "standard: -1 at index 1 is negative"),
        ({"standard": [0, 0]}, ValueError, "standard: it is 0 in every stratum"),
        ({"measure": "odds-ratio"}, ValueError, "measure: 'odds-ratio' is not one of"),
        ({"method": "wald"}, ValueError, "method: 'wald' is not a method for the ratio: 'mover', 'log'"),
        ({"null": 0}, ValueError, "null: 0 is not above 0"),
        ({"axis": 3}, ValueError, "axis: 3 is not an axis"),
        ({"confidence_level": 1}, ValueError, "confidence_level: 1 is not between 0 and 1"),
    ],
)
def test_bad_input(arguments, error, message):
    asked = {"count1": [1, 2], "exposure1": [5, 5], "count2": [1, 2], "exposure2": [5, 5], "standard": [1, 1]}
    with pytest.raises(error, match=message):
        dr.compare_standardised_rates(**asked | arguments)
