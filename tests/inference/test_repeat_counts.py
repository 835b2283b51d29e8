"""How concentrated events are, and what chance alone would make of it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dueregard.inference.repeats.repeat_counts import EventNumbers, by_chance, clustered_limits, repeat_events_size

numbers = st.lists(st.integers(1, 9), min_size=1, max_size=25)


def of(*events):
    return EventNumbers.of(np.array(events, np.int64))


def test_the_most_affected_have_so_much_of_the_events():
    found = of(1, 6, 1, 1, 1)  # half a person is a tenth of five
    assert found.top_share(0.10) == pytest.approx(3 / 10)
    assert found.top_share(0.01) == pytest.approx(0.05 * 6 / 10)
    assert found.top_share(0.40) == pytest.approx(7 / 10)
    assert found.top_share(1.0) == pytest.approx(1)


def test_gini_is_the_mean_difference_over_twice_the_mean():
    assert of(1, 6, 1, 1, 1).gini() == pytest.approx(2 * 4 * 5 / 25 / (2 * 2))
    assert of(3, 3, 3).gini() == 0


@given(numbers)
def test_gini_and_shares_by_their_definitions(events):
    found, x = of(*events), np.array(events, float)
    assert found.gini() == pytest.approx(np.abs(x[:, None] - x).mean() / (2 * x.mean()), abs=1e-12)
    assert found.mean == pytest.approx(x.mean())
    assert found.share_with(2) == pytest.approx((x >= 2).mean())
    assert found.share_with(3, 3) == pytest.approx((x == 3).mean())
    for k in range(len(x) + 1):  # whole numbers of people
        assert found.top_share(k / len(x)) == pytest.approx(np.sort(x)[::-1][:k].sum() / x.sum())


@given(numbers, st.floats(0, 1), st.floats(0, 1))
def test_the_curve_rises_ever_less(events, a, b):
    found = of(*events)
    middle = found.top_share((a + b) / 2)
    assert middle >= (found.top_share(a) + found.top_share(b)) / 2 - 1e-12


def test_nobody():
    found = of()
    assert all(math.isnan(each) for each in (found.mean, found.gini(), found.top_share(0.1), found.share_with(2)))
    assert math.isnan(by_chance([float("nan")])[0].share_with(2))


def test_chance_is_a_poisson_law_without_its_zero():
    mean = 1 / (1 - math.exp(-1))  # of rate 1
    found = by_chance([mean])[0]
    assert found.people.sum() == pytest.approx(1, abs=1e-12)
    assert found.mean == pytest.approx(mean)
    for k in (1, 2, 5):
        assert found.share_with(k, k) == pytest.approx(math.exp(-1) / math.factorial(k) / (1 - math.exp(-1)))
    drawn = np.random.default_rng(1).poisson(1, 400_000)
    seen = EventNumbers.of(drawn[drawn > 0])
    assert found.gini() == pytest.approx(seen.gini(), abs=0.002)
    assert found.top_share(0.05) == pytest.approx(seen.top_share(0.05), abs=0.002)


@pytest.mark.parametrize("mean", [1 + 1e-12, 1.001, 1.5, 4.0, 60.0, 900.0])
def test_chance_has_the_mean_asked_for(mean):
    assert by_chance([mean])[0].mean == pytest.approx(mean, rel=1e-9)


def test_where_all_have_one_event_chance_leaves_it_so():
    found = by_chance([1.0])[0]
    assert (found.share_with(1, 1), found.gini()) == (1, 0)


def sums(events):
    x = np.array(events, float)
    return repeat_events_size(np.array([len(x)]), np.array([x.sum()]), np.array([(x * x).sum()]))


def test_events_that_are_repeats_by_hand():
    share, size = sums([1, 1, 2, 4])
    assert share[0] == pytest.approx(4 / 8)
    variance = sum((n - 1 - 0.5 * n) ** 2 for n in (1, 1, 2, 4)) / 64
    assert size[0] == pytest.approx(0.25 / variance)


@pytest.mark.parametrize(("events", "share"), [([1, 1, 1], 0.0), ([2, 2, 2, 2], 0.5), ([5], 0.8)])
def test_where_people_do_not_vary_they_are_the_size(events, share):
    found = sums(events)
    assert (found[0][0], found[1][0]) == pytest.approx((share, len(events)))


def test_no_events_have_no_share():
    share, size = repeat_events_size(np.zeros(1), np.zeros(1), np.zeros(1))
    assert math.isnan(share[0]) and size[0] == 0


def test_few_people_reach_as_far_as_students_t():
    share, size, people = np.array([0.5, 0.5, 0.5]), np.array([8.0, 1e6, 4.0]), np.array([4.0, 1e6, 1.0])
    low, high = clustered_limits(share, size, people, 0.95)
    t, n = 3.182446305284263, 6.0  # the quantile for 3 degrees of freedom, and 8 times 3 quarters
    assert high[0] == pytest.approx(0.5 + t / 2 / math.sqrt(n + t * t), rel=1e-12)  # Wilson's at one half
    assert (low[1], high[1]) == pytest.approx((0.5 - 0.00098, 0.5 + 0.00098), abs=1e-5)
    assert np.isnan([low[2], high[2]]).all()
