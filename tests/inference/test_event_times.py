"""Times to an event with open cases: by hand, against SciPy and published values, and against plain proportions."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import CensoredData, ecdf, logrank

import dueregard as dr
from dueregard import Flag
from dueregard.inference.distributions.event_times import still_open, within

# Acute myelogenous leukaemia, Miller (1981): weeks in remission with and without maintenance, and whether they ended.
MAINTAINED = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0)]
NOT_MAINTAINED = [
    (5, 1), (5, 1), (8, 1), (8, 1), (12, 1), (16, 0), (23, 1), (27, 1), (30, 1), (33, 1), (43, 1), (45, 1),
]  # fmt: skip
TIMES = sorted({time for time, _ in MAINTAINED + NOT_MAINTAINED})

cases = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=40)


def counted(cases, times):
    """Events and open cases at each time."""
    return tuple([sum(t == time and bool(e) == kind for t, e in cases) for time in times] for kind in (True, False))


def censored_data(cases):
    """The same cases for SciPy."""
    return CensoredData(uncensored=[t for t, e in cases if e], right=[t for t, e in cases if not e])


def test_the_published_example():
    first, open1 = counted(MAINTAINED, TIMES)
    second, open2 = counted(NOT_MAINTAINED, TIMES)
    test = dr.log_rank(TIMES, first, second, censored1=open1, censored2=open2)
    assert (test.observed, round(test.expected, 2)) == (7, 10.69)
    assert test.statistic**2 == pytest.approx(3.396, abs=5e-4) and test.pvalue == pytest.approx(0.0653, abs=5e-5)
    assert dr.median_time(TIMES, first, censored=open1).estimate == 31
    assert dr.median_time(TIMES, second, censored=open2).estimate == 23


def test_by_hand():
    """Ten cases: 2 events at 1, 3 open at 2, 1 event at 3 among the 5 left."""
    found = dr.share_within([1, 2, 3, 9], [2, 0, 1, 0], censored=[0, 3, 0, 4], target=3)
    assert found.estimate == pytest.approx(1 - 0.8 * 0.8)
    greenwood = 0.64**2 * (2 / (10 * 8) + 1 / (5 * 4))
    _, size = within(np.array([1.0, 2, 3, 9]), np.array([2.0, 0, 1, 0]), np.array([0.0, 3, 0, 4]), 3)
    assert size == pytest.approx(0.36 * 0.64 / greenwood)
    plain = 0.36 * size
    assert (found.low, found.high) == pytest.approx(wilson(plain, size))


def wilson(count, n):
    """Wilson's limits as printed."""
    z = 1.959963984540054
    middle, half = count + z * z / 2, z * math.sqrt(count * (1 - count / n) + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


@given(cases, st.integers(0, 13))
@settings(max_examples=80, deadline=None)
def test_without_open_cases_it_is_the_plain_proportion(cases, target):
    times = list(range(13))
    events, _ = counted([(time, True) for time, _ in cases], times)
    none = [0] * len(times)
    found = dr.share_within(times, events, censored=none, target=target)
    plain = dr.proportion_interval(sum(events[: target + 1]), sum(events))
    assert found[:3] == pytest.approx(plain[:3], abs=1e-12) and found.flag == plain.flag
    assert dr.median_time(times, events, censored=none).estimate == np.median([time for time, _ in cases])


@given(cases)
@settings(max_examples=60, deadline=None)
def test_the_product_limit_is_that_of_scipy(cases):
    times = list(range(13))
    events, open_ = counted(cases, times)
    survival, _ = still_open(np.array(events, float), np.array(open_, float))
    theirs = ecdf(censored_data(cases)).sf
    assert survival == pytest.approx(theirs.evaluate(np.array(times)), abs=1e-12)


@given(cases, cases)
@settings(max_examples=60, deadline=None)
def test_the_log_rank_test_is_that_of_scipy_and_turns_with_the_groups(first, second):
    times = list(range(13))
    (events1, open1), (events2, open2) = counted(first, times), counted(second, times)
    found = dr.log_rank(times, events1, events2, censored1=open1, censored2=open2)
    other = dr.log_rank(times, events2, events1, censored1=open2, censored2=open1)
    assert other.statistic == pytest.approx(-found.statistic, abs=1e-9, nan_ok=True)
    if not math.isnan(found.statistic):
        theirs = logrank(censored_data(first), censored_data(second))
        assert found.statistic == pytest.approx(theirs.statistic, abs=1e-9)
        assert found.pvalue == pytest.approx(theirs.pvalue, abs=1e-12)


@given(cases, st.integers(0, 12))
@settings(max_examples=100, deadline=None)
def test_limits_hold_the_estimate_and_lie_between_zero_and_one(cases, target):
    times = list(range(13))
    events, open_ = counted(cases, times)
    found = dr.share_within(times, events, censored=open_, target=target)
    followed = any(time >= target for time, _ in cases)
    if math.isnan(found.estimate):
        assert not followed and dr.Flag.UNDEFINED in found.flag
    else:
        assert 0 <= found.low <= found.estimate <= found.high <= 1
        assert found.high > found.low


@given(cases)
@settings(max_examples=60, deadline=None)
def test_the_median_lies_in_its_interval(cases):
    times = list(range(13))
    events, open_ = counted(cases, times)
    found = dr.median_time(times, events, censored=open_)
    assert math.isnan(found.estimate) == (dr.Flag.NOT_REACHED in found.flag)
    if not math.isnan(found.estimate):
        assert found.low <= found.estimate <= found.high


def test_at_none_and_all_there_is_a_width():
    nobody = dr.share_within([5, 40], [0, 0], censored=[10, 30], target=28)
    assert (nobody.estimate, nobody.low) == (0, 0) and nobody.high == pytest.approx(wilson(0, 30)[1])
    everybody = dr.share_within([5, 6, 7], [10, 0, 10], censored=[0, 10, 0], target=28)
    assert (everybody.estimate, everybody.high) == (1, 1)
    assert everybody.low == pytest.approx(wilson(15, 15)[0])  # 10 at risk, of two thirds still open


def test_nobody_followed_to_the_target_is_no_number():
    found = dr.share_within([5, 6], [3, 0], censored=[0, 7], target=28)
    assert all(map(math.isnan, found[:3])) and dr.Flag.UNDEFINED in found.flag
    assert dr.share_within([5], [0], target=3).flag == dr.Flag.NO_CASES


def test_a_median_that_is_not_reached():
    found = dr.median_time([1, 50], [1, 0], censored=[0, 9])
    assert math.isnan(found.estimate) and found.high == math.inf and dr.Flag.NOT_REACHED in found.flag


def test_groups_without_events_or_cases_have_no_log_rank_test():
    assert dr.log_rank([1, 2], [0, 0], [0, 0], censored1=[1, 1], censored2=[1, 1]).flag == dr.Flag.UNDEFINED
    assert dr.log_rank([1, 2], [0, 0], [1, 1]).flag == dr.Flag.NO_CASES
    assert dr.log_rank([1, 2], [1, 1], [0, 0]).flag == dr.Flag.NO_REFERENCE


def test_coverage_with_half_of_the_cases_open():
    """Days to an update, exponential with mean 20, followed for 5 to 45 days: 4,000 samples of 60."""
    rng = np.random.default_rng(7)
    days = np.ceil(rng.exponential(20, (4000, 60))).astype(int)
    followed = rng.integers(5, 46, days.shape)
    last, ended = np.minimum(days, followed), days <= followed
    events, open_ = (np.stack([((last == t) & kind).sum(axis=1) for t in range(1, 46)], 1) for kind in (ended, ~ended))
    assert 0.3 < open_.sum() / open_.size / 60 * 45 < 0.6
    found = dr.share_within(np.arange(1, 46), events, censored=open_, target=14)
    truth = 1 - math.exp(-14 / 20)
    assert ((found.low <= truth) & (truth <= found.high)).mean() > 0.94
    middle = dr.median_time(np.arange(1, 46), events, censored=open_)
    assert ((middle.low <= 14) & (middle.high >= 14)).mean() > 0.94


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"times": [1, -2]}, ValueError, "times: -2 at index 1 is negative"),
        ({"times": []}, ValueError, "times: needs one axis with at least one time"),
        ({"events": [1, 2, 3]}, ValueError, "events: 3 along the last axis for 2 times"),
        ({"events": [1, 0.5]}, ValueError, "events: 0.5 at index 1 is not a whole number"),
        ({"censored": [1]}, ValueError, "censored: 1 along the last axis for 2 times"),
        ({"target": -1}, ValueError, "target: -1 is negative"),
        ({"target": math.nan}, ValueError, "target: nan is not a number"),
    ],
)
def test_bad_input_is_named(change, error, words):
    with pytest.raises(error, match=words):
        dr.share_within(**{"times": [1, 2], "events": [1, 1], "target": 1} | change)


def test_cases_told_one_by_one_are_events_or_still_open():
    """Eight victims, five not updated yet: 3 of 8 within 30 days, not 3 of 3."""
    days, closed = [5, 10, 15, 60, 70, 80, 90, 100], [True] * 3 + [False] * 5
    found = dr.share_within(days, closed, target=30)
    assert found.estimate == pytest.approx(3 / 8)
    counted = dr.share_within(days, [1] * 3 + [0] * 5, censored=[0] * 3 + [1] * 5, target=30)
    assert found == counted
    assert dr.share_within(days, np.array(closed), target=30) == counted
    assert Flag.NOT_REACHED in dr.median_time(days, closed).flag


def test_open_cases_are_not_lost_in_silence():
    days, closed = [5, 10, 15, 60], [1, 1, 1, 0]
    for ask in (lambda: dr.share_within(days, closed, target=30), lambda: dr.median_time(days, closed)):
        with pytest.raises(ValueError, match="events: 0 at index 3 would be nobody: give open cases as True and False"):
            ask()
    with pytest.raises(ValueError, match="censored: events that are True or False already say which cases are open"):
        dr.share_within(days, [True, True, True, False], censored=[0, 0, 0, 1], target=30)
