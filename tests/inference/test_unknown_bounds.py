"""Bounds when groups are not known: published figures, every allotment of small numbers, laws, zeros, bad input."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import dueregard as dr

GOLDEN = json.loads(Path(__file__).with_name("unknown_ethnicity.json").read_text())
SMALL = st.integers(0, 6)


def measured(share1, share2, measure):
    """The measure of two shares, NaN where it is not defined."""
    if math.isnan(share1) or math.isnan(share2):
        return math.nan
    if measure == "difference":
        return share1 - share2
    if measure == "odds-ratio":
        share1, share2 = share1 * (1 - share2), share2 * (1 - share1)
    return share1 / share2 if share2 else math.nan if share1 == 0 else math.inf


def share(count, nobs):
    return count / nobs if nobs else math.nan


def every_proportion(count1, nobs1, count2, nobs2, unknown_count, unknown_nobs, measure, further):
    """The measure under every allotment of whole cases; with further groups cases may be of neither of the two."""
    lost = unknown_nobs - unknown_count
    for p1, n1 in product(range(unknown_count + 1), range(lost + 1)):
        seconds = product(range(unknown_count - p1 + 1), range(lost - n1 + 1)) if further else [
            (unknown_count - p1, lost - n1)
        ]  # fmt: skip
        for p2, n2 in seconds:
            yield measured(share(count1 + p1, nobs1 + p1 + n1), share(count2 + p2, nobs2 + p2 + n2), measure)


def every_ratio(count1, exposure1, count2, exposure2, unknown, further):
    for u1 in range(unknown + 1):
        for u2 in range(unknown - u1 + 1) if further else [unknown - u1]:
            yield measured((count1 + u1) / exposure1, (count2 + u2) / exposure2, "ratio")


def ends(values):
    known = [value for value in values if not math.isnan(value)]
    return (min(known), max(known)) if known else (math.nan, math.nan)


def golden_bounds(group, **options):
    events, people = GOLDEN["events"], GOLDEN["pop"]
    other = sum(n for name, n in events.items() if name not in (group, "White", "not_stated"))
    counts = events[group], people[group], events["White"], people["White"], events["not_stated"]
    return dr.bound_rates(*counts, other=other, **options)


def test_the_published_rules_are_recomputed():
    found = golden_bounds("Black")
    assert found.stated == pytest.approx(GOLDEN["exclude"], abs=1e-9)
    assert found.in_proportion == pytest.approx(GOLDEN["proportional"], abs=1e-9)
    assert found.all_in_reference == pytest.approx(GOLDEN["all_to_white"], abs=1e-9)
    assert found.all_in_group == pytest.approx(GOLDEN["all_to_black"], abs=1e-9)
    assert (found.low, found.high) == (found.all_in_reference, found.all_in_group)
    assert found.flag == dr.Flag(0)


def test_rates_in_proportion_grow_by_the_same_part_whatever_the_measure():
    found = golden_bounds("Black", measure="difference")
    stated = 300 / 5000 - 900 / 60_000
    assert found.stated == pytest.approx(stated)
    assert found.in_proportion == pytest.approx(stated * (1400 + 280) / 1400)  # 280 of 1,680 are not stated
    assert found.high == pytest.approx(580 / 5000 - 900 / 60_000)
    assert found.low == pytest.approx(300 / 5000 - 1180 / 60_000)


def test_the_region_has_the_limits_of_the_two_ends():
    found = golden_bounds("Black", confidence_level=0.9)
    lowest = dr.compare_rates(300, 5000, 900 + 280, 60_000, confidence_level=0.9)
    highest = dr.compare_rates(300 + 280, 5000, 900, 60_000, confidence_level=0.9)
    assert (found.region_low, found.region_high) == (lowest.low, highest.high)


@pytest.mark.parametrize("further", [True, False])
@given(SMALL, SMALL, st.integers(1, 9), st.integers(1, 9), SMALL)
def test_no_allotment_of_events_is_outside_the_bounds_and_both_are_reached(further, count1, count2, n1, n2, unknown):
    found = dr.bound_rates(count1, n1, count2, n2, unknown)
    low, high = ends(every_ratio(count1, n1, count2, n2, unknown, further))
    # 0 to 0 is not defined: with nothing stated an end may be one of those
    assert math.isnan(found.low) or found.low == pytest.approx(low)
    assert math.isnan(found.high) or found.high == pytest.approx(high)
    assert not (count2 and math.isnan(found.high))


@pytest.mark.parametrize("further", [True, False])
@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
@given(st.data())
def test_no_allotment_of_people_is_outside_the_bounds_and_both_are_reached(measure, further, data):
    def sample(name):
        nobs = data.draw(st.integers(0, 4), f"nobs{name}")
        return data.draw(st.integers(0, nobs), f"count{name}"), nobs

    (count1, nobs1), (count2, nobs2), (lost, missing) = sample(1), sample(2), sample("unknown")
    found = dr.bound_proportions(count1, nobs1, count2, nobs2, lost, missing, measure=measure)
    low, high = ends(every_proportion(count1, nobs1, count2, nobs2, lost, missing, measure, further))
    if measure == "difference":
        assert [found.low, found.high] == pytest.approx([low, high], nan_ok=True)
        return
    assert math.isnan(found.low) or found.low == pytest.approx(low)  # of ratios 0 to 0 is not defined
    assert math.isnan(found.high) or found.high == pytest.approx(high)


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 30), st.integers(0, 30))
def test_every_rule_is_within_the_bounds_and_these_within_the_region(count1, count2, unknown, other):
    for measure in ("ratio", "difference"):
        found = dr.bound_rates(count1, 1000, count2, 3000, unknown, other=other, measure=measure)
        rules = (found.stated, found.in_proportion, found.all_in_reference, found.all_in_group)
        near = 1e-12 * max(1, abs(found.high))
        if measure == "ratio":
            assert all(found.low - near <= rule <= found.high + near for rule in rules)
        assert found.region_low < found.low + near and found.high - near < found.region_high


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 30))
def test_more_unknown_cases_widen_the_bounds(count1, count2, unknown):
    fewer, more = (dr.bound_rates(count1, 1000, count2, 3000, n) for n in (unknown, unknown + 1))
    assert more.low < fewer.low and fewer.high < more.high
    fewer, more = (dr.bound_proportions(count1, 50, count2, 50, n // 2, n) for n in (unknown, unknown + 2))
    assert more.low <= fewer.low and fewer.high <= more.high


@pytest.mark.parametrize("measure", ["difference", "ratio", "odds-ratio"])
def test_without_unknown_cases_every_rule_says_the_same(measure):
    found = dr.bound_proportions(37, 50, 81, 100, 0, 0, measure=measure, other_count=3, other_nobs=9)
    stated = dr.compare_proportions(37, 50, 81, 100, measure=measure)
    assert found[:6] == pytest.approx([stated.estimate] * 6)
    assert (found.region_low, found.region_high) == pytest.approx((stated.low, stated.high))


def test_the_direction_of_proportions_is_first_minus_second():
    found = dr.bound_proportions(37, 50, 81, 100, 6, 10)
    assert found.high == pytest.approx(43 / 56 - 81 / 104)  # 6 with the outcome here, 4 without it there
    assert found.low == pytest.approx(37 / 54 - 87 / 106)
    assert found.all_in_group == pytest.approx(43 / 60 - 0.81)
    assert found.all_in_reference == pytest.approx(0.74 - 87 / 110)


def test_in_proportion_keeps_the_odds_ratio_and_allots_by_outcome():
    found = dr.bound_proportions(37, 50, 81, 100, 6, 10, other_count=5, other_nobs=11, measure="odds-ratio")
    assert found.in_proportion == pytest.approx(found.stated)
    found = dr.bound_proportions(37, 50, 81, 100, 6, 10, other_count=5, other_nobs=11)
    with_it, without = 1 + 6 / 123, 1 + 4 / 38
    first = 37 * with_it / (37 * with_it + 13 * without)
    second = 81 * with_it / (81 * with_it + 19 * without)
    assert found.in_proportion == pytest.approx(first - second)


def test_arrays_keep_their_shape_and_scalars_their_type():
    found = dr.bound_rates([[300, 200], [0, 0]], [[5000, 12_000], [5, 0]], 900, 60_000, 280)
    assert found.low.shape == (2, 2) and found.flag.dtype == np.int64
    assert found.flag[1].tolist() == [0, dr.Flag.NO_CASES]
    assert np.isnan([row[1, 1] for row in found[:8]]).all()
    assert isinstance(dr.bound_rates(1, 2, 3, 4, 5).low, float)


def test_zeros():
    found = dr.bound_rates(0, 10, 0, 20, 3)
    assert math.isnan(found.stated) and math.isnan(found.in_proportion) and found.flag == dr.Flag.UNDEFINED
    assert (found.low, found.high) == (0.0, math.inf)
    found = dr.bound_rates(0, 10, 4, 20, 3)
    assert (found.stated, found.low, found.high) == (0.0, 0.0, pytest.approx(1.5))
    nobody = dr.bound_proportions(0, 0, 4, 10, 0, 3)
    assert math.isnan(nobody.stated) and (nobody.low, nobody.high) == pytest.approx((-0.4, -4 / 12))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((1.5, 2, 3, 4, 5), "count1: 1.5 is not a whole number"),
        ((1, 2, 3, 4, -5), "unknown: -5 is negative"),
        ((1, -2, 3, 4, 5), "exposure1: -2 is negative"),
        ((1, 0, 3, 4, 5), "count1: 1 happened where exposure1 is 0"),
        ((1, 2, [3, 3], 4, [5, 5, 5]), "do not broadcast"),
    ],
)
def test_bad_rates_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        dr.bound_rates(*arguments)


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((3, 2, 3, 4, 0, 0), {}, "count1: 3 is above nobs1, which is 2 there"),
        ((1, 2, 3, 4, 5, 4), {}, "unknown_count: 5 is above unknown_nobs"),
        ((1, 2, 3, 4, 1, 4), {"other_count": 2}, "other_count: 2 is above other_nobs"),
        ((1, 2, 3, 4, 1, 4), {"measure": "gap"}, "measure: 'gap' is not one of"),
        ((1, 2, 3, 4, 1, 4), {"method": "chan-zhang"}, "method: 'chan-zhang' is not a method"),
        ((1, 2, 3, 4, 1, 4), {"confidence_level": 95}, "confidence_level: 95 is not between 0 and 1"),
    ],
)
def test_bad_proportions_are_refused(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        dr.bound_proportions(*arguments, **options)
